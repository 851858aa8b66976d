"""What is special to `ps1_initialization`: random starts, gradients array by array, a picture."""

import numpy as np
import pytest

from autograder.exercises import by_name
from autograder.exercises.declare import make_cases
from autograder.reference import ps1_initialization as ref
from autograder.student import plot
from autograder.student.calls import Reply
from autograder.student.judging import judge, local_caller
from autograder.student.rules import Plot
from autograder.student.wire import Drawn

EXERCISES = by_name("ps1_initialization")
STEP = 1e-6   # of central differences: their error is about STEP**2 times the third derivative
SLOPE_TOLERANCE = 1e-7


def found(name, answer, seed=5):
    return judge(name, make_cases(EXERCISES[name], seed), local_caller(answer))


def cost(y, X, params):
    return ref.binary_cross_entropy(ref.forward(X, params)[-1], y)


@pytest.mark.parametrize("case", [
    case for case in make_cases(EXERCISES["backward"], 3)
    if np.abs(case.call.args[1][-1]).max() < 30 and case.call.args[2]["W1"].any()],
    ids=lambda case: case.label)
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
        return {key: 2 * array if key in ("dW1", "db2") else array
                for key, array in grads.items()}

    message = found("backward", answer).message
    assert "db2 and dW1 are off; dW3, db3, dW2 and db1 are right" in message


@pytest.mark.parametrize("name, extra", [
    ("initialize_scaled", None), ("initialize_xavier", ()), ("initialize_he", ())])
def test_a_right_start_passes_with_every_seed(name, extra):
    for seed in range(25):
        assert found(name, getattr(ref, name), seed).state == "passed"


def test_layers_that_share_draws_are_found_when_they_are_transposed():
    def answer(layer_dims, rng):
        draws = rng.standard_normal(10**5)
        params = ref.initialize_zeros(layer_dims)
        for layer, n_in in enumerate(layer_dims[:-1], start=1):
            n_out = layer_dims[layer]
            W = draws[:n_in * n_out].reshape(n_in, n_out).T
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


@pytest.mark.parametrize("answer", [
    lambda y, t: np.mean(t == np.argmax(np.bincount(y))),
    lambda y, t: np.sum(t == (2 * np.sum(y) > y.shape[1])) / t.shape[1]],
    ids=["one dimension", "one row"])
def test_labels_may_be_taken_as_a_row_or_as_one_dimension(answer):
    assert found("constant_classifier_accuracy", answer).state == "passed"


def drawing(draw):
    """Return an answer to plot_cost that is right but for how the costs are drawn."""
    def plot_cost(costs, ax, every=1):
        draw(ax, every * np.arange(len(costs)), costs)
        ax.set_ylim(0, 1.1 * np.max(costs[np.isfinite(costs)]))
        ax.set(xlabel="iteration", ylabel="cost in nats")
        return ax

    return plot_cost


@pytest.mark.parametrize("draw", [
    lambda ax, x, y: ax.plot(x, y),
    lambda ax, x, y: ax.scatter(x, y),
    lambda ax, x, y: ax.step(x, y),
    lambda ax, x, y: ax.plot(x[::-1], y[::-1]),
    lambda ax, x, y: ax.plot(x, np.ma.masked_invalid(y)),
    lambda ax, x, y: [ax.plot(a, b, "o") for a, b in zip(x, y)],
    lambda ax, x, y: (ax.axhline(np.log(2)), ax.plot(x[np.isfinite(y)], y[np.isfinite(y)])),
    lambda ax, x, y: (ax.plot(x, y), ax.scatter(x, y), [ax.plot(*p, "o") for p in zip(x, y)]),
    lambda ax, x, y: (ax.plot(x, y), ax.plot(x, np.full(len(x), np.log(2)), "--")),
    lambda ax, x, y: (ax.plot(x, y), ax.plot(x[2:-2], np.convolve(y, np.ones(5) / 5, "valid"))),
    lambda ax, x, y: ax.stem(x, y),
], ids=["plot", "scatter", "step", "reversed", "masked", "points", "with a mark", "twice",
        "with a level line", "with a smoothed curve", "stem"])
def test_a_curve_may_be_drawn_in_any_way(draw):
    assert found("plot_cost", drawing(draw)).message == ""


@pytest.mark.parametrize("draw, slip", [
    (lambda ax, x, y: None, "nothing_drawn"),
    (lambda ax, x, y: ax.plot(x, y + 0.1), "other_costs"),
    (lambda ax, x, y: ax.plot(x[1:], y[1:]), "other_points"),
    (lambda ax, x, y: ax.plot(y), "every_ignored"),
    (lambda ax, x, y: ax.plot(x + 1, y), "not_from_zero"),
], ids=["nothing", "shifted", "one missing", "no every", "from one"])
def test_a_curve_that_is_not_the_costs_is_named(draw, slip):
    assert found("plot_cost", drawing(draw)).slip == slip


@pytest.mark.parametrize("draw", [
    lambda ax, x, y: [ax.plot(each, y) for each in (x, x + 1, np.arange(len(y)))],
    lambda ax, x, y: [ax.plot(x, each) for each in (y / 2, y)],
    lambda ax, x, y: (ax.plot(x, y), [ax.plot(a, b / 2, "o") for a, b in zip(x, y)]),
], ids=["several x", "several y", "dots"])
def test_one_of_several_curves_is_no_answer(draw):
    assert found("plot_cost", drawing(draw)).slip == "several_curves"


@pytest.mark.parametrize("over, slip", [
    (0.9, "cut_off"), (1.0, ""), (2.9, ""), (3.1, "too_high"), (1e9, "too_high")])
def test_the_curve_fills_the_axis(over, slip):
    def answer(costs, ax, every=1):
        drawing(lambda ax, x, y: ax.plot(x, y))(costs, ax, every)
        ax.set_ylim(0, over * np.max(costs[np.isfinite(costs)]))
        ax.ticklabel_format(useOffset=False, style="plain")
        return ax

    assert found("plot_cost", answer).slip == slip


def test_a_level_that_is_not_a_number_is_no_top():
    drawn = Drawn({"lines": [{"x": np.arange(3.0), "y": np.ones(3)}], "y_limits": (0, np.nan),
                   "y_scale": "linear", "offset_text": "", "x_label": "x", "y_label": "y"})
    rule = Plot(np.arange(3), np.ones(3), 1.0)
    assert plot.problem(rule, Reply(drawn)).slip == "cut_off"


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
