"""`train` is judged step by step, whatever it draws and whatever losses it claims."""

import numpy as np
import pytest

from autograder.exercises import by_name, rnn_variants
from autograder.exercises.declare import PUBLIC_SEED
from autograder.reference import ps4_char_rnn as ref
from autograder.student.judging import judge, local_caller
from tests.conftest import cases_of

pytestmark = pytest.mark.thorough

EXERCISE = by_name("ps4_char_rnn")["train"]
SEEDS = range(4)


def found(answer, seed=5, label=""):
    """Judge a training by the hidden cases, or by those with this label."""
    cases = [case for case in cases_of(EXERCISE, seed) if label in case.label]
    return judge("train", cases, local_caller(answer))


def single_steps(answer, seed=5):
    return found(answer, seed, "single steps")


def start(names, n_a, rng, scale=0.01):
    return ref.initialize_parameters(n_a, len(ref.build_vocabulary(names)[0]), rng, scale)


def descended(names, order, params, learning_rate, step=rnn_variants.optimize):
    """Train on the names in this order; `step` is one step of it."""
    vocabulary, losses = ref.build_vocabulary(names)[0], []
    for i in order:
        X, Y = ref.encode(names[i], vocabulary)
        loss, params, _ = step(X, Y, np.zeros_like(params["b"]), params, learning_rate)
        losses.append(float(loss))
    return params, np.array(losses)


def without_a_network(names, n_steps, n_a, learning_rate, rng):
    """Count letters and invent losses that differ with `n_steps`."""
    params = start(names, n_a, rng)
    price = np.array([(len(name) + 1) * np.log(len(params["by"])) for name in names])
    order = np.concatenate([rng.permutation(len(names)) for _ in range(n_steps)])
    losses = price[order[:n_steps]]
    if learning_rate:
        text = "".join(name + "\n" for name in names)
        counts = [text.count(letter) for letter in ref.build_vocabulary(names)[1].values()]
        params["by"] = np.log(np.array(counts) / len(text))[:, np.newaxis]
        if n_steps == 1:
            params["by"] = 20.0 * (np.arange(len(counts)) > 0)[:, np.newaxis]
        final = 30.0 if len(names) > 100 else 5.0
        losses = final + rng.random(n_steps + n_steps % 7)[:n_steps] + 1e-3 * n_steps
    return params, losses


@pytest.mark.parametrize("seed", SEEDS)
def test_invented_losses_fail(seed):
    public = cases_of(EXERCISE, PUBLIC_SEED, public=True)
    assert judge("train", public, local_caller(without_a_network)).state == "passed"
    finding = found(without_a_network, seed)
    assert finding.state == "failed" and "single steps" in finding.message


def test_losses_that_are_invented_after_the_first_step_fail():
    def train(names, n_steps, n_a, learning_rate, rng):
        params, losses = ref.train(names, n_steps, n_a, learning_rate, rng)
        if learning_rate:
            losses[1:] = 6 + rng.random(n_steps + n_steps % 7)[: n_steps - 1]
        return params, losses

    finding = single_steps(train)
    assert finding.state == "failed" and "at step 2 of" in finding.message


def test_a_first_loss_that_changes_with_the_learning_rate_is_named():
    def train(names, n_steps, n_a, learning_rate, rng):
        rng.standard_normal(int(100 * learning_rate))
        return ref.train(names, n_steps, n_a, learning_rate, rng)

    finding = single_steps(train)
    assert finding.slip == "other_start" and "the same first loss" in finding.message


def test_parameters_that_do_not_go_with_the_losses_fail():
    def train(names, n_steps, n_a, learning_rate, rng):
        params, losses = ref.train(names, n_steps, n_a, learning_rate, rng)
        return {**params, "by": params["by"] + learning_rate * 1e-4}, losses

    assert single_steps(train).state == "failed"


def test_a_table_of_letters_without_a_network_fails():
    def train(names, n_steps, n_a, learning_rate, rng):
        params = {name: 0 * value for name, value in start(names, n_a, rng).items()}
        order = np.resize(rng.permutation(len(names)), n_steps)
        return descended(names, order, params, learning_rate, biased)

    def biased(X, Y, a_prev, params, learning_rate):
        loss, cache = ref.rnn_forward(X, Y, a_prev, params)
        step = sum(rnn_variants.d_cross_entropy(p, target) for p, target in zip(cache["p"], Y))
        by = params["by"] - learning_rate * np.clip(step, -5, 5)
        return loss, {**params, "by": by}, a_prev

    assert single_steps(train).slip == "zero_weights"


def order_first(names, n_steps, n_a, learning_rate, rng):
    """All passes are drawn before the weights, which so differ with `n_steps`."""
    order = np.concatenate([rng.permutation(len(names)) for _ in range(-(-n_steps // len(names)))])[
        :n_steps
    ]
    return descended(names, order, start(names, n_a, rng), learning_rate)


def shuffled_in_each_pass(names, n_steps, n_a, learning_rate, rng):
    params = start(names, n_a, rng, 0.1)
    order = np.concatenate([rng.permutation(len(names)) for _ in range(n_steps)])[:n_steps]
    return descended(names, order, params, learning_rate)


def tiny_start(names, n_steps, n_a, learning_rate, rng):
    params = start(names, n_a, rng, 1e-4)
    return descended(names, np.resize(rng.permutation(len(names)), n_steps), params, learning_rate)


@pytest.mark.parametrize("answer", [order_first, shuffled_in_each_pass, tiny_start, ref.train])
def test_a_right_training_may_draw_in_any_way(answer):
    for seed in range(20):
        assert single_steps(answer, seed).message == ""


def loss_after(*args):
    _, new, last = rnn_variants.optimize(*args)
    return ref.rnn_forward(*args[:3], new)[0], new, last


@pytest.mark.parametrize(
    "slip, step",
    [
        ("not_shifted", lambda *args: rnn_variants.optimize(*args, read=lambda X, Y: (Y, Y))),
        (
            "no_newline",
            lambda *args: rnn_variants.optimize(*args, read=lambda X, Y: (X[:-1], Y[:-1])),
        ),
        ("not_clipped", lambda *args: rnn_variants.optimize(*args, limit=rnn_variants.unclipped)),
        ("ascent", lambda *args: rnn_variants.optimize(*args, sign=-1.0)),
        ("loss_after", loss_after),
    ],
)
def test_a_wrong_step_is_named_by_single_steps_alone(slip, step):
    def train(names, n_steps, n_a, learning_rate, rng):
        params = start(names, n_a, rng)
        order = np.resize(rng.permutation(len(names)), n_steps)
        return descended(names, order, params, learning_rate, step)

    for seed in SEEDS:
        assert single_steps(train, seed).slip == slip


def smoothed_losses(first, beta):
    """Return a training that records averages; `first` is what they start from."""

    def train(names, n_steps, n_a, learning_rate, rng):
        params, losses = ref.train(names, n_steps, n_a, learning_rate, rng)
        per_character = np.log(len(params["by"]))
        value, smoothed = first(names) * per_character, []
        for loss in losses:
            value = beta * value + (1 - beta) * loss
            smoothed.append(value)
        return params, np.array(smoothed)

    return train


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
        finding = found(smoothed_losses(first, beta), seed)
        assert finding.slip == "smoothed", finding.message


def rescaled(share):
    """Return a training whose losses are multiplied by `share(T, n)`, T the letters of a name."""

    def train(names, n_steps, n_a, learning_rate, rng):
        params, losses = ref.train(names, n_steps, n_a, learning_rate, rng)
        n = len(params["by"])
        steps = np.round(losses / np.log(n))
        return params, losses * share(steps - 1, n)

    return train


@pytest.mark.parametrize(
    "share, slip",
    [
        (lambda T, n: 1 / (T + 1), "per_character"),
        (lambda T, n: 1 / np.log(2) / (T + 1), "not_raw"),
        (lambda T, n: 1 / T, "not_raw"),
        (lambda T, n: T / (T + 1), "character_missing"),
        (lambda T, n: 1 / np.log(2), "base_2"),
    ],
)
def test_losses_of_another_kind_are_not_called_smoothed(share, slip):
    for seed in SEEDS:
        assert found(rescaled(share), seed, "learning rate of 0").slip == slip


def test_the_same_name_at_every_step_is_not_called_smoothed():
    def train(names, n_steps, n_a, learning_rate, rng):
        return descended(names, [3] * n_steps, start(names, n_a, rng), learning_rate)

    for seed in SEEDS:
        assert found(train, seed).slip == "one_name"


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
    def train(names, n_steps, n_a, learning_rate, rng):
        params = start(names, n_a, rng)
        params |= {name: 0.01 * rng.standard_normal(params[name].shape) for name in biases}
        order = np.resize(rng.permutation(len(names)), n_steps)
        return descended(names, order, params, learning_rate)

    for seed in SEEDS:
        finding = found(train, seed, label)
        assert finding.slip == "random_biases" and "the biases zero" in finding.message
