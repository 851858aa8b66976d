"""`train` is judged step by step, whatever it draws and whatever losses it claims."""

import numpy as np
import pytest

from autograder.cases import PUBLIC_SEED, make_cases
from autograder.checks.judging import judge, local_caller

from .build_vocabulary import build_vocabulary
from .encode import encode
from .optimize import optimize
from .rnn_forward import rnn_forward
from .single_steps import (
    step_not_clipped,
    step_not_shifted,
    step_uphill,
    step_with_loss_after,
    step_without_newline,
    step_without_start,
)
from .train import exercise, go_through, initialize_parameters, not_shifted, train

pytestmark = pytest.mark.thorough
SEEDS = range(4)
ROUNDING = 1e-10


def found(answer, seed=5, label=""):
    """Judge a training by the hidden cases, or by those with this label."""
    cases = [case for case in make_cases(exercise, seed) if label in case.label]
    return judge("train", cases, local_caller(answer))


def single_steps(answer, seed=5):
    return found(answer, seed, "single steps")


def start(names, n_a, rng, scale=0.01):
    return initialize_parameters(n_a, len(build_vocabulary(names)[0]), rng, scale)


def test_the_state_is_reset_and_the_order_is_shuffled_once():
    names = ["ab", "c", "dd"]
    params, losses = train(names, 7, 5, 0.1, np.random.default_rng(2))
    rng = np.random.default_rng(2)
    expected, order = start(names, 5, rng), rng.permutation(3)
    char_to_ix, _ = build_vocabulary(names)
    for step in range(7):
        X, Y = encode(names[order[step % 3]], char_to_ix)
        loss, expected, _ = optimize(X, Y, np.zeros((5, 1)), expected, 0.1)
        assert losses[step] == pytest.approx(loss, abs=ROUNDING)
    assert all(params[name] == pytest.approx(expected[name], abs=ROUNDING) for name in expected)


def without_a_network(names, n_steps, n_a, learning_rate, rng):
    """Count letters and invent losses that differ with `n_steps`."""
    params = start(names, n_a, rng)
    price = np.array([(len(name) + 1) * np.log(len(params["by"])) for name in names])
    losses = price[np.resize(rng.permutation(len(names)), n_steps)]
    if learning_rate:
        text = "".join(name + "\n" for name in names)
        counts = [text.count(letter) for letter in build_vocabulary(names)[1].values()]
        params["by"] = np.log(np.array(counts) / len(text))[:, np.newaxis]
        if n_steps == 1:
            params["by"] = 20.0 * (np.arange(len(counts)) > 0)[:, np.newaxis]
        final = 30.0 if len(names) > 100 else 2.5
        losses = final + rng.random(n_steps + n_steps % 7)[:n_steps] + 1e-3 * n_steps
    return params, losses


@pytest.mark.parametrize("seed", SEEDS)
def test_invented_losses_fail(seed):
    public = make_cases(exercise, PUBLIC_SEED, public=True)
    assert judge("train", public, local_caller(without_a_network)).state == "passed"
    finding = found(without_a_network, seed)
    assert finding.state == "failed" and "single steps" in finding.message


def test_losses_that_are_invented_after_the_first_step_fail():
    def answer(names, n_steps, n_a, learning_rate, rng):
        params, losses = train(names, n_steps, n_a, learning_rate, rng)
        if learning_rate:
            losses[1:] = 6 + rng.random(n_steps + n_steps % 7)[: n_steps - 1]
        return params, losses

    finding = single_steps(answer)
    assert finding.state == "failed" and "at step 2 of" in finding.message


def test_a_first_loss_that_changes_with_the_learning_rate_is_named():
    def answer(names, n_steps, n_a, learning_rate, rng):
        rng.standard_normal(int(100 * learning_rate))
        return train(names, n_steps, n_a, learning_rate, rng)

    finding = single_steps(answer)
    assert finding.mistake == "other_start" and "the same first loss" in finding.message


def test_parameters_that_do_not_belong_to_the_losses_fail():
    def answer(names, n_steps, n_a, learning_rate, rng):
        params, losses = train(names, n_steps, n_a, learning_rate, rng)
        return {**params, "by": params["by"] + learning_rate * 1e-4}, losses

    assert "the parameters after the last step, got other ones" in single_steps(answer).message


@pytest.mark.parametrize("kept", [np.float32, lambda losses: np.round(losses, 6)])
def test_losses_without_all_their_digits_are_named(kept):
    def answer(names, n_steps, n_a, learning_rate, rng):
        params, losses = train(names, n_steps, n_a, learning_rate, rng)
        return params, kept(losses)

    assert single_steps(answer).mistake == "rounded"


@pytest.mark.parametrize("n_shuffled, mistake", [(5, "not_shuffled"), (10, "")])
def test_half_a_shuffle_is_none(n_shuffled, mistake):
    def answer(names, n_steps, n_a, learning_rate, rng):
        order = np.concatenate([rng.permutation(n_shuffled), np.arange(n_shuffled, len(names))])
        order = np.resize(order, n_steps)
        return go_through(names, order, start(names, n_a, rng), learning_rate)

    for seed in SEEDS:
        assert found(answer, seed, "learning rate of 0").mistake == mistake


def test_results_in_the_wrong_order_are_named():
    finding = found(lambda *args: train(*args)[::-1])
    assert finding.mistake == "exchanged" and "first, then the losses" in finding.message


def test_a_table_of_letters_without_a_network_fails():
    def biased(X, Y, a_prev, params, learning_rate):
        loss, cache = rnn_forward(X, Y, a_prev, params)
        step = sum(cache["p"]) - np.bincount(Y, minlength=len(params["by"]))[:, np.newaxis]
        by = params["by"] - learning_rate * np.clip(step, -5, 5)
        return loss, {**params, "by": by}, a_prev

    def answer(names, n_steps, n_a, learning_rate, rng):
        params = {name: 0 * array for name, array in start(names, n_a, rng).items()}
        order = np.resize(rng.permutation(len(names)), n_steps)
        return go_through(names, order, params, learning_rate, biased)

    assert single_steps(answer).mistake == "zero_weights"


def order_first(names, n_steps, n_a, learning_rate, rng):
    """More numbers are drawn than used, before the weights, which so differ with `n_steps`."""
    order = np.resize([rng.permutation(len(names)) for _ in range(n_steps)][-1], n_steps)
    return go_through(names, order, start(names, n_a, rng), learning_rate)


def tiny_start(names, n_steps, n_a, learning_rate, rng):
    params = start(names, n_a, rng, 1e-8)
    order = np.resize(rng.permutation(len(names)), n_steps)
    return go_through(names, order, params, learning_rate)


@pytest.mark.parametrize("answer", [order_first, tiny_start, train])
def test_a_right_training_may_draw_in_any_way(answer):
    for seed in SEEDS:
        assert single_steps(answer, seed).message == ""


@pytest.mark.parametrize("answer, is_asked", [(train, False), (order_first, True)])
def test_whose_start_depends_on_the_number_of_steps_is_asked_for_more(answer, is_asked):
    cases = [case for case in make_cases(exercise, 3) if "single steps" in case.label]
    asked, local = [], local_caller(answer)

    def caller(calls):
        asked.append([(call.args[1], call.args[3]) for call in calls])
        return local(calls)

    n_steps = cases[0].call.args[1]
    assert judge("train", cases, caller).state == "passed"
    more = [[(n_steps, 0.0), (n_steps, 0.1)]] if is_asked else []
    assert asked == [[(7, 0.0), (n_steps, 0.1)], *more]


@pytest.mark.parametrize(
    "mistake, step",
    [
        ("not_shifted", step_not_shifted),
        ("no_start", step_without_start),
        ("no_newline", step_without_newline),
        ("not_clipped", step_not_clipped),
        ("ascent", step_uphill),
        ("loss_after", step_with_loss_after),
    ],
)
def test_a_wrong_step_is_named_by_single_steps_alone(mistake, step):
    def answer(names, n_steps, n_a, learning_rate, rng):
        params = start(names, n_a, rng)
        order = np.resize(rng.permutation(len(names)), n_steps)
        return go_through(names, order, params, learning_rate, step)

    for seed in SEEDS:
        assert single_steps(answer, seed).mistake == mistake


def test_an_answer_in_the_input_is_too_good_to_be_true():
    public = make_cases(exercise, PUBLIC_SEED, public=True)
    assert "too good to be true" in judge("train", public, local_caller(not_shifted)).message


def smoothed_losses(first, beta):
    """Return a training that records averages; `first` is what they start from."""

    def answer(names, n_steps, n_a, learning_rate, rng):
        params, losses = train(names, n_steps, n_a, learning_rate, rng)
        per_character = np.log(len(params["by"]))
        average, smoothed = first(names) * per_character, []
        for loss in losses:
            average = beta * average + (1 - beta) * loss
            smoothed.append(average)
        return params, np.array(smoothed)

    return answer


# From the seven characters of the original assignment, from other numbers, and from the mean.
@pytest.mark.parametrize("beta", [0.999, 0.99])
@pytest.mark.parametrize(
    "first",
    [
        *(lambda names, n=n: n for n in (7, 10, 13, 21)),
        lambda names: np.mean([len(name) + 1 for name in names]),
    ],
)
def test_smoothed_losses_are_named(first, beta):
    for seed in SEEDS:
        finding = found(smoothed_losses(first, beta), seed, "learning rate of 0")
        assert finding.mistake == "smoothed", finding.message


def rescaled(share):
    """Return a training whose losses are multiplied by `share(T, n)`, T the letters of a name."""

    def answer(names, n_steps, n_a, learning_rate, rng):
        params, losses = train(names, n_steps, n_a, learning_rate, rng)
        n = len(params["by"])
        steps = np.round(losses / np.log(n))
        return params, losses * share(steps - 1, n)

    return answer


@pytest.mark.parametrize(
    "share, mistake",
    [
        (lambda T, n: 1 / (T + 1), "per_character"),
        (lambda T, n: 1 / np.log(2) / (T + 1), "not_raw"),
        (lambda T, n: 1 / T, "not_raw"),
        (lambda T, n: T / (T + 1), "character_missing"),
        (lambda T, n: 1 / np.log(2), "base_2"),
    ],
)
def test_losses_of_another_kind_are_not_called_smoothed(share, mistake):
    for seed in SEEDS:
        assert found(rescaled(share), seed, "learning rate of 0").mistake == mistake


def test_the_same_name_at_every_step_is_not_called_smoothed():
    def answer(names, n_steps, n_a, learning_rate, rng):
        return go_through(names, [3] * n_steps, start(names, n_a, rng), learning_rate)

    for seed in SEEDS:
        assert found(answer, seed, "learning rate of 0").mistake == "one_name"


# The case that students see looks at the output biases alone.
@pytest.mark.parametrize(
    "label, biases",
    [
        ("learning rate of 0", ("b", "by")),
        ("learning rate of 0", ("by",)),
        ("single steps", ("b", "by")),
        ("single steps", ("b",)),
        ("single steps", ("by",)),
    ],
)
def test_biases_that_do_not_start_at_zero_are_named(label, biases):
    def answer(names, n_steps, n_a, learning_rate, rng):
        params = start(names, n_a, rng)
        params |= {name: 0.01 * rng.standard_normal(params[name].shape) for name in biases}
        order = np.resize(rng.permutation(len(names)), n_steps)
        return go_through(names, order, params, learning_rate)

    for seed in SEEDS:
        finding = found(answer, seed, label)
        assert finding.mistake == "random_biases" and "do not start at zero" in finding.message
