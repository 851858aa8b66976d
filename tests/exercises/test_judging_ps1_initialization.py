"""What is special to `ps1_initialization`: random starts, gradients array by array, a picture."""

import numpy as np
import pytest

from autograder.exercises import by_name
from autograder.reference import ps1_initialization as ref
from autograder.student import plot
from autograder.student.calls import Reply
from autograder.student.judging import judge, local_caller
from autograder.student.rules import Plot
from autograder.student.wire import Drawn
from tests.conftest import cases_of

EXERCISES = by_name("ps1_initialization")
STEP = 1e-6  # of central differences: their error is about STEP**2 times the third derivative
SLOPE_TOLERANCE = 1e-7


def found(name, answer, seed=5):
    return judge(name, cases_of(EXERCISES[name], seed), local_caller(answer))


def cost(y, X, params):
    return ref.binary_cross_entropy(ref.forward(X, params)[-1], y)


@pytest.mark.parametrize(
    "case",
    [
        case
        for case in cases_of(EXERCISES["backward"], 3)
        if np.abs(case.call.args[1][-1]).max() < 30 and case.call.args[2]["W1"].any()
    ],
    ids=lambda case: case.label,
)
def test_expected_gradients_are_central_differences_of_the_cost(case):
    y, activations, params = case.call.args
    for name, array in params.items():
        for place in np.ndindex(array.shape):
            shifted = []
            for sign in (1, -1):
                moved = {key: value.copy() for key, value in params.items()}
                moved[name][place] += sign * STEP
                shifted.append(cost(y, activations[0], moved))
            slope = (shifted[0] - shifted[1]) / (2 * STEP)
            assert abs(slope - case.rule.value["d" + name][place]) < SLOPE_TOLERANCE


def test_a_message_says_which_gradients_are_off_and_which_are_right():
    def answer(y, activations, params):
        grads = ref.backward(y, activations, params)
        return {key: 2 * array if key in ("dW1", "db2") else array for key, array in grads.items()}

    message = found("backward", answer).message
    assert "db2 and dW1 are off; dW3, db3, dW2 and db1 are right" in message


@pytest.mark.thorough
@pytest.mark.parametrize("name", ["initialize_scaled", "initialize_xavier", "initialize_he"])
def test_a_right_start_passes_with_every_seed(name):
    for seed in range(25):
        assert found(name, getattr(ref, name), seed).state == "passed"


def test_layers_that_share_draws_are_found_when_they_are_transposed():
    def answer(layer_dims, rng):
        draws = rng.standard_normal(10**5)
        params = ref.initialize_zeros(layer_dims)
        for layer, n_in in enumerate(layer_dims[:-1], start=1):
            n_out = layer_dims[layer]
            W = draws[: n_in * n_out].reshape(n_in, n_out).T
            params[f"W{layer}"] = W * np.sqrt(2 / n_in)
        return params

    assert found("initialize_he", answer).slip == "shared_draws"


@pytest.mark.parametrize("start", ["text", np.array("text"), {"W1": 1}, [np.nan] * 6, np.nan])
def test_a_start_of_another_kind_is_a_failure_not_a_fault(start):
    def answer(layer_dims, rng):
        return {key: start for key in ref.initialize_zeros(layer_dims)}

    assert found("initialize_he", answer).state == "failed"


def test_nan_in_one_layer_and_another_kind_in_the_next_is_a_failure():
    def answer(layer_dims, rng):
        params = ref.initialize_he(layer_dims, rng)
        params["W1"][0, 0] = np.nan
        return {**params, "b2": "zero"}

    assert "b2" in found("initialize_he", answer).message


@pytest.mark.parametrize(
    "answer, said",
    [
        (lambda y, t: np.mean(t == np.argmax(np.bincount(y))), "of shape (1, m)"),
        (lambda y, t: np.sum(t == (2 * np.sum(y) > y.shape[1])) / t.shape[1], "of shape (m,)"),
        (lambda y, t: np.sum(t == (2 * np.sum(y) > y.size)) / len(t), "has length 1"),
        (lambda y, t: np.mean(t == (np.sum(y) / len(y) > 0.5)), "has length 1"),
    ],
    ids=["one dimension", "one row", "length of the tests", "length of the training"],
)
def test_labels_come_as_a_row_and_in_one_dimension(answer, said):
    finding = found("constant_classifier_accuracy", answer)
    assert finding.state == "failed" and said in finding.message


def up_to_nine(layer_dims):
    return {
        key: array for key, array in ref.initialize_zeros(layer_dims).items() if int(key[1:]) < 10
    }


def test_zeros_for_ten_layers_and_more():
    assert found("initialize_zeros", up_to_nine).slip == "one_digit"
    assert found("initialize_zeros", lambda dims: ref.initialize_zeros(dims[:6])).state == "failed"


def backward_in_text_order(y, activations, params):
    grads, dZ = {}, (ref.sigmoid(activations[-1]) - y) / y.size
    keys = sorted(key for key in params if key[0] == "W")
    for i in reversed(range(len(keys))):
        grads["d" + keys[i]] = dZ @ activations[i].T
        grads["db" + keys[i][1:]] = dZ.sum(1, keepdims=True)
        if i:
            dZ = params[keys[i]].T @ dZ * (activations[i] > 0)
    return grads


@pytest.mark.parametrize("seed", range(8))
def test_gradients_in_the_order_of_the_names_as_text_are_named(seed):
    finding = found("backward", backward_in_text_order, seed)
    assert finding.slip == "text_order" and "W10 comes before W2" in finding.message


@pytest.mark.parametrize("seed", range(8))
def test_every_layer_of_the_deepest_net_has_a_gradient(seed):
    case = next(
        case for case in cases_of(EXERCISES["backward"], seed) if len(case.call.args[2]) > 20
    )
    assert all(np.any(array) for array in case.rule.value.values())


def test_a_summary_without_hidden_layers_keeps_its_columns():
    def answer(activations):
        return np.array([[np.mean(A), np.std(A), np.mean(A == 0)] for A in activations[1:-1]])

    assert "(0, 3)" in found("activation_summary", answer).message


@pytest.mark.parametrize("seed", range(12))
def test_units_told_apart_by_their_first_weight_are_named(seed):
    assert found("distinct_units", lambda W: len(set(W[:, 0])), seed).slip == "first_column"
    rounded = found("distinct_units", lambda W: len(np.unique(np.round(W, 6), axis=0)), seed)
    assert rounded.slip == "rounded"


def drawing(draw):
    """Return an answer to plot_cost that is right but for how the costs are drawn."""

    def plot_cost(costs, ax, every=1):
        costs = np.asarray(costs, float)
        draw(ax, every * np.arange(len(costs)), costs)
        ax.set_ylim(0, 1.1 * np.max(costs[np.isfinite(costs)]))
        if ax.get_xscale() == "linear":  # others have no such format
            ax.ticklabel_format(useOffset=False, style="plain")
        ax.set(xlabel="iteration", ylabel="cost in nats")
        return ax

    return plot_cost


def pieces(ax, x, y):
    """Draw each run of finite costs as a line of its own."""
    runs = np.ma.clump_unmasked(np.ma.masked_invalid(y))
    return [ax.plot(x[run], y[run], "o-") for run in runs]


def split(ax, x, y):
    """Draw two halves that share a point."""
    middle = len(x) // 2
    return ax.plot(x[: middle + 1], y[: middle + 1]), ax.plot(x[middle:], y[middle:])


@pytest.mark.parametrize(
    "draw",
    [
        lambda ax, x, y: ax.plot(x, y),
        lambda ax, x, y: ax.scatter(x, y),
        pieces,
        split,
        lambda ax, x, y: (pieces(ax, x, y), ax.axhline(np.log(2))),
        lambda ax, x, y: (ax.plot(x, y), ax.set_xlim(0, x[-1])),
        lambda ax, x, y: ax.step(x, y),
        lambda ax, x, y: ax.plot(x[::-1], y[::-1]),
        lambda ax, x, y: ax.plot(x, np.ma.masked_invalid(y)),
        lambda ax, x, y: [ax.plot(a, b, "o") for a, b in zip(x, y)],
        lambda ax, x, y: (ax.axhline(np.log(2)), ax.plot(x[np.isfinite(y)], y[np.isfinite(y)])),
        lambda ax, x, y: (ax.plot(x, y), ax.scatter(x, y), [ax.plot(*p, "o") for p in zip(x, y)]),
        lambda ax, x, y: (ax.plot(x, y), ax.plot(x, np.full(len(x), np.log(2)), "--")),
        lambda ax, x, y: (ax.plot(x, y), ax.plot(x[2:-2], np.convolve(y, np.ones(5) / 5, "valid"))),
        lambda ax, x, y: ax.stem(x, y),
    ],
    ids=[
        "plot",
        "scatter",
        "pieces",
        "halves",
        "pieces and a mark",
        "narrow",
        "step",
        "reversed",
        "masked",
        "points",
        "with a mark",
        "twice",
        "with a level line",
        "with a smoothed curve",
        "stem",
    ],
)
def test_a_curve_may_be_drawn_in_any_way(draw):
    assert found("plot_cost", drawing(draw)).message == ""


@pytest.mark.parametrize(
    "draw, slip",
    [
        (lambda ax, x, y: None, "nothing_drawn"),
        (lambda ax, x, y: ax.plot(x, y + 0.1), "other_costs"),
        (lambda ax, x, y: ax.plot(x[1:], y[1:]), "other_points"),
        (lambda ax, x, y: ax.plot(y), "every_ignored"),
        (lambda ax, x, y: ax.plot(x + 1, y), "not_from_zero"),
        (lambda ax, x, y: split(ax, x[1:], y[1:]), "other_points"),
        (lambda ax, x, y: ax.bar(x, np.nan_to_num(y, posinf=0)), "no_curve"),
        (lambda ax, x, y: (ax.plot(x, y), ax.set_xlim(0, len(x))), "hidden_part"),
        (lambda ax, x, y: (ax.plot(x, y), ax.set_xlim(x[1], x[-1])), "hidden_part"),
        (lambda ax, x, y: ax.semilogx(x, y), "x_not_linear"),
        (lambda ax, x, y: (ax.loglog(x, y), ax.set_yscale("linear")), "x_not_linear"),
    ],
    ids=[
        "nothing",
        "shifted",
        "one missing",
        "no every",
        "from one",
        "one missing in halves",
        "bars",
        "x limits",
        "x from the second",
        "semilogx",
        "loglog",
    ],
)
def test_a_curve_that_is_not_the_costs_is_named(draw, slip):
    assert found("plot_cost", drawing(draw)).slip == slip


@pytest.mark.parametrize(
    "draw",
    [
        lambda ax, x, y: [ax.plot(each, y) for each in (x, x + 1, np.arange(len(y)))],
        lambda ax, x, y: [ax.plot(x, each) for each in (y / 2, y)],
        lambda ax, x, y: (ax.plot(x, y), [ax.plot(a, b / 2, "o") for a, b in zip(x, y)]),
        lambda ax, x, y: [split(ax, each, y) for each in (x, x + 1)],
        lambda ax, x, y: (split(ax, x, y), ax.plot(x[2], y[2] / 2, "o")),
    ],
    ids=["several x", "several y", "dots", "halves", "halves and a dot"],
)
def test_one_of_several_curves_is_no_answer(draw):
    assert found("plot_cost", drawing(draw)).slip == "several_curves"


@pytest.mark.parametrize(
    "over, slip", [(0.9, "cut_off"), (1.0, ""), (2.9, ""), (3.1, "too_high"), (1e9, "too_high")]
)
def test_the_curve_fills_the_axis(over, slip):
    def answer(costs, ax, every=1):
        drawing(lambda ax, x, y: ax.plot(x, y))(costs, ax, every)
        ax.set_ylim(0, over * np.max(np.ma.masked_invalid(costs)))
        return ax

    assert found("plot_cost", answer).slip == slip


def test_a_factor_at_the_end_of_the_axis_is_seen():
    def answer(costs, ax, every=1):
        drawing(lambda ax, x, y: ax.plot(x, y))(costs, ax, every)
        ax.ticklabel_format(useOffset=True, style="sci")
        return ax

    finding = found("plot_cost", answer)
    assert finding.slip == "offset_text" and "1e7" in finding.message


def test_costs_may_come_in_a_list():
    def answer(costs, ax, every=1):
        highest = np.max(costs[np.isfinite(costs)])
        drawing(lambda ax, x, y: ax.plot(x, y))(costs, ax, every)
        ax.set_ylim(0, highest)
        return ax

    finding = found("plot_cost", answer)
    assert finding.slip == "list_of_costs" and "may also be a list" in finding.message


def test_a_level_that_is_not_a_number_is_no_top():
    drawn = Drawn(
        {
            "lines": [{"x": np.arange(3.0), "y": np.ones(3)}],
            "x_limits": (0, 2),
            "y_limits": (0, np.nan),
            "x_scale": "linear",
            "y_scale": "linear",
            "shapes": 0,
            "offset_text": "",
            "x_label": "x",
            "y_label": "y",
        }
    )
    rule = Plot(np.arange(3), np.ones(3), 1.0)
    assert plot.problem(rule, Reply(drawn)).slip == "cut_off"


@pytest.mark.parametrize(
    "wrong", [{"x_limits": (0, 1, 2)}, {"x_limits": "ab"}, {"shapes": np.ones(2)}, {"lines": 1}]
)
def test_axes_of_another_kind_are_a_failure_not_a_fault(wrong):
    content = {
        "lines": [],
        "x_limits": (0, 2),
        "y_limits": (0, 1),
        "x_scale": "linear",
        "y_scale": "linear",
        "shapes": 0,
        "offset_text": "",
        "x_label": "",
        "y_label": "",
    }
    rule = Plot(np.arange(3), np.ones(3), 1.0)
    assert plot.problem(rule, Reply(Drawn({**content, **wrong}))).got == "others"


@pytest.mark.parametrize("layers", [(2,), (2, 3)])
def test_a_layer_with_a_seed_of_its_own_is_named(layers):
    def answer(layer_dims, rng):
        params = ref.initialize_he(layer_dims, rng)
        for layer in layers:
            own = ref.initialize_he(layer_dims, np.random.default_rng(layer))
            params[f"W{layer}"] = own[f"W{layer}"]
        return params

    finding = found("initialize_he", answer)
    assert finding.slip == "own_seed" and f"in W{layers[0]}" in finding.message


def test_an_error_while_the_picture_is_made_is_the_answers_own():
    def answer(costs, ax, every=1):
        ax.yaxis.set_major_formatter(lambda value, place: 1 / 0)
        return ax

    finding = found("plot_cost", answer)
    assert finding.state == "failed" and "ZeroDivisionError" in finding.message
