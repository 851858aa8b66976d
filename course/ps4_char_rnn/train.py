"""Training, one name a step.

What is measured and within which ranges is in the modules beside this one: `start_measures`,
`untrained`, `training_ranges`, and, for gradings alone, `single_steps`.
"""

import itertools
from functools import partial

import numpy as np

from autograder.checks.wire import Seed
from autograder.model import Exercise, case

from . import training_ranges
from .build_vocabulary import build_vocabulary
from .encode import encode
from .optimize import optimize
from .rnn_backward import rnn_backward
from .rnn_forward import rnn_forward
from .single_steps import (
    step_by_norm,
    step_from_newline,
    step_not_clipped,
    step_not_shifted,
    step_uphill,
    step_with_loss_after,
    step_without_newline,
    step_without_start,
)
from .untrained import N_A, N_STEPS, draw_names, untrained

exercise = Exercise(points=5)

INITIAL_SCALE = 0.01  # small enough that the loss starts at log n_y to four digits
MAX_GRADIENT = 5.0
LETTERS = "abcdefgh"


def initialize_parameters(n_a, n_x, rng, scale=INITIAL_SCALE):
    """Return normal weights of standard deviation `scale` and zero biases."""
    return {
        "Wax": scale * rng.standard_normal((n_a, n_x)),
        "Waa": scale * rng.standard_normal((n_a, n_a)),
        "Wya": scale * rng.standard_normal((n_x, n_a)),
        "b": np.zeros((n_a, 1)),
        "by": np.zeros((n_x, 1)),
    }


@exercise.reference
def train(names, n_steps, n_a, learning_rate, rng):
    """Train a character RNN, one name a step, the state reset to zero for every name.

    Parameters
    ----------
    names : list of str
        Gone through again and again, in an order shuffled once by `rng`.
    n_steps : int
    n_a : int
        Units.
    learning_rate : float
    rng : numpy.random.Generator or numpy.random.RandomState

    Returns
    -------
    params : dict of ndarray
    losses : (n_steps,) ndarray
        Raw loss of each step, the sum over its name, in nats.
    """
    char_to_ix, _ = build_vocabulary(names)
    params = initialize_parameters(n_a, len(char_to_ix), rng)
    examples = [encode(names[i], char_to_ix) for i in rng.permutation(len(names))]
    losses = np.zeros(n_steps)
    for step in range(n_steps):
        X, Y = examples[step % len(examples)]
        a0 = np.zeros((n_a, 1))
        losses[step], params, _ = optimize(X, Y, a0, params, learning_rate, MAX_GRADIENT)
    return params, losses


EXPECTED = {
    "10 names and a learning rate of 0": untrained,
    "10 other names and a learning rate of 0": partial(untrained, twice=False),
    "one step on 60 times the same letter": training_ranges.one_step,
    "20 steps on one name": training_ranges.overfitted,
    "144 steps on 8 names of one letter": training_ranges.distinguished,
    "single steps, repeated": training_ranges.single_steps,
}


def draw_seed(rng, kind="Generator"):
    return Seed(kind, int(rng.integers(2**31 - 10)))


@exercise.cases
def cases(rng):
    unlearned, others, clipped, one_name, letters, steps = EXPECTED
    yield case(draw_names(rng), N_STEPS, N_A, 0.0, draw_seed(rng), label=unlearned, only="public")
    yield case(draw_names(rng), N_STEPS, N_A, 0.0, draw_seed(rng), label=others, only="hidden")
    yield case(["a" * 60], 1, 8, 2.0, draw_seed(rng), label=clipped)
    seed = draw_seed(rng, "RandomState")
    yield case(["mississippi"], 20, 20, 0.1, seed, label=one_name, only="public")
    names = rng.permutation([*LETTERS]).tolist()
    yield case(names, 144, 16, 0.25, draw_seed(rng), label=letters, only="public")
    # Of different lengths, so that a loss at small weights tells the name. The longest has
    # gradients that are clipped; of what begins late, most begins before step 100.
    names = ["C b", "abba", "b" * 9, "accab", "c", "ca"]
    n_steps = int(rng.integers(104, 116))
    yield case(names, n_steps, 5, 0.1, draw_seed(rng), label=steps, only="hidden")


@exercise.expected
def expected(exercise, case_input):
    messages = {mistake.id: mistake.message for mistake in exercise.mistakes}
    return EXPECTED[case_input.label](case_input, messages)


def start_and_order(names, n_steps, n_a, rng):
    """Return small random parameters, and the number of the name for each step."""
    params = initialize_parameters(n_a, len(build_vocabulary(names)[0]), rng)
    return params, np.resize(rng.permutation(len(names)), n_steps)


def go_through(names, order, params, learning_rate, step=optimize):
    """Take one step for each name of the order."""
    char_to_ix, _ = build_vocabulary(names)
    losses = np.zeros(len(order))
    for i, number in enumerate(order):
        X, Y = encode(names[number], char_to_ix)
        losses[i], params, _ = step(X, Y, np.zeros_like(params["b"]), params, learning_rate)
    return params, losses


@exercise.mistake("Each step sees the answer: Y has to be one place ahead of X.")
def not_shifted(names, n_steps, n_a, learning_rate, rng):
    params, order = start_and_order(names, n_steps, n_a, rng)
    return go_through(names, order, params, learning_rate, step_not_shifted)


@exercise.mistake("The first input is the newline; it should be the zero vector.")
def newline_start(names, n_steps, n_a, learning_rate, rng):
    params, order = start_and_order(names, n_steps, n_a, rng)
    return go_through(names, order, params, learning_rate, step_from_newline)


CHARACTER_MISSING = (
    "One character of each name is not counted. The first letter, which the network writes from "
    "the zero vector, and the newline at the end both count."
)


@exercise.mistake(CHARACTER_MISSING, id="character_missing")
def no_start(names, n_steps, n_a, learning_rate, rng):
    params, order = start_and_order(names, n_steps, n_a, rng)
    return go_through(names, order, params, learning_rate, step_without_start)


@exercise.mistake(CHARACTER_MISSING, id="character_missing")
def no_newline(names, n_steps, n_a, learning_rate, rng):
    params, order = start_and_order(names, n_steps, n_a, rng)
    return go_through(names, order, params, learning_rate, step_without_newline)


@exercise.mistake("The state was carried over from the name before: set it to zero for every name.")
def state_carried(names, n_steps, n_a, learning_rate, rng):
    char_to_ix, _ = build_vocabulary(names)
    params, order = start_and_order(names, n_steps, n_a, rng)
    losses = np.zeros(n_steps)
    a = np.zeros((n_a, 1))
    for step in range(n_steps):
        X, Y = encode(names[order[step]], char_to_ix)
        losses[step], params, a = optimize(X, Y, a, params, learning_rate, 5)
    return params, losses


@exercise.mistake(
    "The state was carried over from the name before: set it to zero for every name.",
    id="state_carried",
    after=(20, 100),
)
def carried_later(names, n_steps, n_a, learning_rate, rng, *, after):
    char_to_ix, _ = build_vocabulary(names)
    params, order = start_and_order(names, n_steps, n_a, rng)
    losses, a = np.zeros(n_steps), np.zeros((n_a, 1))
    for step in range(n_steps):
        X, Y = encode(names[order[step]], char_to_ix)
        a0 = a if step > after else np.zeros((n_a, 1))
        losses[step], params, a = optimize(X, Y, a0, params, learning_rate, 5)
    return params, losses


@exercise.mistake("The gradients are not clipped: limit each entry to 5 before the step.")
def not_clipped(names, n_steps, n_a, learning_rate, rng):
    params, order = start_and_order(names, n_steps, n_a, rng)
    return go_through(names, order, params, learning_rate, step_not_clipped)


@exercise.mistake(
    "The gradients were multiplied by the learning rate before they were clipped; clip them first."
)
def clipped_after_rate(names, n_steps, n_a, learning_rate, rng):
    def step(X, Y, a0, params, learning_rate):
        loss, cache = rnn_forward(X, Y, a0, params)
        gradients = rnn_backward(Y, params, cache)
        new_params = {}
        for name in params:
            new_params[name] = params[name] - np.clip(learning_rate * gradients["d" + name], -5, 5)
        return loss, new_params, cache["a"][-1]

    params, order = start_and_order(names, n_steps, n_a, rng)
    return go_through(names, order, params, learning_rate, step)


@exercise.mistake(
    "The gradients were scaled as a whole, by their norm; each entry should be limited to 5 by "
    "itself."
)
def by_norm(names, n_steps, n_a, learning_rate, rng):
    params, order = start_and_order(names, n_steps, n_a, rng)
    return go_through(names, order, params, learning_rate, step_by_norm)


MEAN_GRADIENT = "The step is too short, as if the gradient were that of the mean over the steps."


@exercise.mistake(MEAN_GRADIENT)
def mean_gradient(names, n_steps, n_a, learning_rate, rng):
    def step(X, Y, a0, params, learning_rate):
        loss, cache = rnn_forward(X, Y, a0, params)
        gradients = rnn_backward(Y, params, cache)
        new_params = {}
        for name in params:
            mean = np.clip(gradients["d" + name] / len(Y), -5, 5)
            new_params[name] = params[name] - learning_rate * mean
        return loss, new_params, cache["a"][-1]

    params, order = start_and_order(names, n_steps, n_a, rng)
    return go_through(names, order, params, learning_rate, step)


@exercise.mistake(MEAN_GRADIENT, id="mean_gradient")
def divided_after_clipping(names, n_steps, n_a, learning_rate, rng):
    def step(X, Y, a0, params, learning_rate):
        return optimize(X, Y, a0, params, learning_rate / len(Y), 5)

    params, order = start_and_order(names, n_steps, n_a, rng)
    return go_through(names, order, params, learning_rate, step)


@exercise.mistake("The step goes uphill: to go downhill, subtract the gradient from its parameter.")
def ascent(names, n_steps, n_a, learning_rate, rng):
    params, order = start_and_order(names, n_steps, n_a, rng)
    return go_through(names, order, params, learning_rate, step_uphill)


@exercise.mistake("The parameters stay unchanged: the new ones are not used.")
def not_updated(names, n_steps, n_a, learning_rate, rng):
    params, order = start_and_order(names, n_steps, n_a, rng)
    return params, go_through(names, order, params, 0.0)[1]


@exercise.mistake(
    "The losses do not fall: each step should start from the parameters of the step before."
)
def not_learning(names, n_steps, n_a, learning_rate, rng):
    char_to_ix, _ = build_vocabulary(names)
    start, order = start_and_order(names, n_steps, n_a, rng)
    losses = np.zeros(n_steps)
    for step in range(n_steps):
        X, Y = encode(names[order[step]], char_to_ix)
        losses[step], params, _ = optimize(X, Y, np.zeros((n_a, 1)), start, learning_rate, 5)
    return params, losses


@exercise.refused("with the whole `learning_rate`")
def rate_decays(names, n_steps, n_a, learning_rate, rng):
    char_to_ix, _ = build_vocabulary(names)
    params, order = start_and_order(names, n_steps, n_a, rng)
    losses = np.zeros(n_steps)
    for step in range(n_steps):
        X, Y = encode(names[order[step]], char_to_ix)
        rate = learning_rate * 0.999**step
        losses[step], params, _ = optimize(X, Y, np.zeros((n_a, 1)), params, rate, 5)
    return params, losses


@exercise.refused("Nothing else changes them")
def weights_decay(names, n_steps, n_a, learning_rate, rng):
    def step(X, Y, a0, params, learning_rate):
        loss, params, last = optimize(X, Y, a0, params, learning_rate, 5)
        decay = {name: 1 - 1e-3 * learning_rate * name.startswith("W") for name in params}
        return loss, {name: decay[name] * each for name, each in params.items()}, last

    params, order = start_and_order(names, n_steps, n_a, rng)
    return go_through(names, order, params, learning_rate, step)


ADAPTIVE = (
    "The first step moves each parameter by a length that does not depend on the size of its "
    "gradient, as in Adagrad, RMSprop or Adam; expected the learning rate times the clipped "
    "gradient."
)


@exercise.mistake(ADAPTIVE)
def adaptive(names, n_steps, n_a, learning_rate, rng):
    params, order = start_and_order(names, n_steps, n_a, rng)
    memory = {name: np.zeros_like(each) for name, each in params.items()}

    def step(X, Y, a0, params, learning_rate):
        loss, cache = rnn_forward(X, Y, a0, params)
        gradients = rnn_backward(Y, params, cache)
        new_params = {}
        for name in params:
            clipped = np.clip(gradients["d" + name], -5, 5)
            memory[name] += clipped**2
            new_params[name] = params[name] - learning_rate * clipped / np.sqrt(memory[name] + 1e-8)
        return loss, new_params, cache["a"][-1]

    return go_through(names, order, params, learning_rate, step)


@exercise.mistake(
    "The step is twice as long as it should be, or taken twice for a name, or the gradients are "
    "limited to 10 instead of 5."
)
def twice(names, n_steps, n_a, learning_rate, rng):
    params, order = start_and_order(names, n_steps, n_a, rng)
    return go_through(names, order, params, 2 * learning_rate)


@exercise.mistake("The parameters change, although the learning rate is 0: use `learning_rate`.")
def rate_ignored(names, n_steps, n_a, learning_rate, rng):
    params, order = start_and_order(names, n_steps, n_a, rng)
    return go_through(names, order, params, 0.01)


@exercise.mistake("The loss is the one after the step; `losses` should hold the one before it.")
def loss_after(names, n_steps, n_a, learning_rate, rng):
    params, order = start_and_order(names, n_steps, n_a, rng)
    return go_through(names, order, params, learning_rate, step_with_loss_after)


@exercise.mistake(
    "Draw the weights and the order of the names from `rng` alone. The first loss is computed "
    "before the first step is taken."
)
def other_start(names, n_steps, n_a, learning_rate, rng):
    scale = 0.01 * (1 + learning_rate)
    params = initialize_parameters(n_a, len(build_vocabulary(names)[0]), rng, scale)
    order = np.resize(rng.permutation(len(names)), n_steps)
    return go_through(names, order, params, learning_rate)


@exercise.mistake("Go through the names in a random order.")
def not_shuffled(names, n_steps, n_a, learning_rate, rng):
    params, _ = start_and_order(names, n_steps, n_a, rng)
    return go_through(names, np.arange(n_steps) % len(names), params, learning_rate)


@exercise.refused("the order of the list, begun elsewhere")
def rotated(names, n_steps, n_a, learning_rate, rng):
    params, _ = start_and_order(names, n_steps, n_a, rng)
    order = (np.arange(n_steps) + rng.integers(len(names))) % len(names)
    return go_through(names, order, params, learning_rate)


@exercise.refused("names in their place of the list")
def two_swapped(names, n_steps, n_a, learning_rate, rng):
    params, _ = start_and_order(names, n_steps, n_a, rng)
    order = np.resize(np.arange(len(names)), n_steps)
    one, other = (len(names) * rng.random(2)).astype(int)
    return go_through(
        names,
        np.where(order == one, other, np.where(order == other, one, order)),
        params,
        learning_rate,
    )


@exercise.mistake(
    "In each pass every name comes once: shuffle all the names and go through them. None is left "
    "out, and none is drawn again before all have come."
)
def drawn_with_replacement(names, n_steps, n_a, learning_rate, rng):
    params, _ = start_and_order(names, n_steps, n_a, rng)
    return go_through(names, rng.choice(len(names), n_steps), params, learning_rate)


@exercise.mistake(
    "The names come in another order in a later pass; shuffle them once, and go through them in "
    "that order again and again."
)
def reshuffled(names, n_steps, n_a, learning_rate, rng):
    params, _ = start_and_order(names, n_steps, n_a, rng)
    passes = [rng.permutation(len(names)) for _ in range(-(-n_steps // len(names)))]
    return go_through(names, np.concatenate(passes)[:n_steps], params, learning_rate)


@exercise.mistake("The same name comes at every step: go on to the next one.")
def one_name(names, n_steps, n_a, learning_rate, rng):
    params, order = start_and_order(names, n_steps, n_a, rng)
    return go_through(names, np.full(n_steps, order[0]), params, learning_rate)


@exercise.mistake("Some losses are 0: after one pass through the names, begin the next.")
def one_pass(names, n_steps, n_a, learning_rate, rng):
    params, order = start_and_order(names, n_steps, n_a, rng)
    params, first = go_through(names, order[: len(names)], params, learning_rate)
    losses = np.zeros(n_steps)
    losses[: len(first)] = first
    return params, losses


@exercise.mistake("That is the loss of a character; expected the sum over the name.")
def per_character(names, n_steps, n_a, learning_rate, rng):
    params, order = start_and_order(names, n_steps, n_a, rng)
    params, losses = go_through(names, order, params, learning_rate)
    return params, losses / np.array([len(names[i]) + 1 for i in order])


@exercise.mistake(
    "With small weights, and before anything is learned, a name of T letters costs "
    "(T + 1) log n. `losses` should hold that raw sum at every step, no mean and no smoothed value."
)
def not_raw(names, n_steps, n_a, learning_rate, rng):
    params, order = start_and_order(names, n_steps, n_a, rng)
    params, losses = go_through(names, order, params, learning_rate)
    return params, losses / np.array([len(names[i]) for i in order])


@exercise.mistake("Those are smoothed values; expected the raw loss of each step.")
def smoothed(names, n_steps, n_a, learning_rate, rng):
    params, order = start_and_order(names, n_steps, n_a, rng)
    params, losses = go_through(names, order, params, learning_rate)
    averages = losses.copy()
    for step in range(1, n_steps):
        averages[step] = 0.9 * averages[step - 1] + 0.1 * losses[step]
    return params, averages


@exercise.mistake(
    "The losses were rounded, or kept in single precision; expected all their digits.",
    decimals=(4, 2, 6),
)
def rounded(names, n_steps, n_a, learning_rate, rng, *, decimals):
    params, order = start_and_order(names, n_steps, n_a, rng)
    params, losses = go_through(names, order, params, learning_rate)
    return params, np.round(losses, decimals)


@exercise.mistake("Those are bits; expected nats.")
def base_2(names, n_steps, n_a, learning_rate, rng):
    params, order = start_and_order(names, n_steps, n_a, rng)
    params, losses = go_through(names, order, params, learning_rate)
    return params, losses / np.log(2)


REPEATED = (
    "Some weights are equal to others, or to their negatives: a copied row, an identity, the same "
    "draws in two matrices, or a few values only. Draw every weight on its own."
)


@exercise.mistake(REPEATED)
def repeated_weights(names, n_steps, n_a, learning_rate, rng):
    params, order = start_and_order(names, n_steps, n_a, rng)
    params["Waa"] = 0.01 * np.eye(n_a)
    return go_through(names, order, params, learning_rate)


@exercise.mistake(REPEATED, id="repeated_weights")
def shared_between_matrices(names, n_steps, n_a, learning_rate, rng):
    params, order = start_and_order(names, n_steps, n_a, rng)
    params["Wya"] = params["Wax"].T.copy()
    return go_through(names, order, params, learning_rate)


@exercise.mistake(REPEATED, id="repeated_weights")
def rows_equal(names, n_steps, n_a, learning_rate, rng):
    params, order = start_and_order(names, n_steps, n_a, rng)
    params["Wax"][:] = params["Wax"][0]
    return go_through(names, order, params, learning_rate)


@exercise.mistake(
    "The diagonal of Waa is not drawn like the rest, as if an identity had been added. Draw every "
    "weight on its own, with a mean of 0.",
    size=(0.1, 0.05),
)
def identity_added(names, n_steps, n_a, learning_rate, rng, *, size):
    params, order = start_and_order(names, n_steps, n_a, rng)
    params["Waa"] += size * np.eye(n_a)
    return go_through(names, order, params, learning_rate)


SHARED = (
    "Rows, columns or whole matrices of the weights follow each other, as multiples or shifted "
    "copies do, or signs that alternate. Draw every weight on its own."
)


@exercise.mistake(SHARED)
def shared_draws(names, n_steps, n_a, learning_rate, rng):
    params, order = start_and_order(names, n_steps, n_a, rng)
    params["Wya"] = 3 * params["Wax"].T
    return go_through(names, order, params, learning_rate)


@exercise.mistake(SHARED, id="shared_draws")
def alternating_rows(names, n_steps, n_a, learning_rate, rng):
    params, order = start_and_order(names, n_steps, n_a, rng)
    for name in ("Wax", "Waa", "Wya"):
        sums = np.sum(params[name], axis=1, keepdims=True)
        params[name] *= np.sign(sums) * (-1.0) ** np.arange(len(sums))[:, np.newaxis]
    return go_through(names, order, params, learning_rate)


@exercise.mistake(
    "The weights are not as often negative as positive; draw them with a mean of 0, from "
    "`standard_normal` for example."
)
def signs_lost(names, n_steps, n_a, learning_rate, rng):
    params, order = start_and_order(names, n_steps, n_a, rng)
    for name in ("Wax", "Waa", "Wya"):
        params[name] = np.abs(params[name])
    return go_through(names, order, params, learning_rate)


@exercise.mistake(
    "With weights of zero the units stay identical forever; start from small random ones. At most "
    "one of the three matrices may be zero."
)
def zero_weights(names, n_steps, n_a, learning_rate, rng):
    params, order = start_and_order(names, n_steps, n_a, rng)
    params = {name: np.zeros_like(array) for name, array in params.items()}
    return go_through(names, order, params, learning_rate)


@exercise.mistake(
    "The weights should start small, like 0.01 times a normal draw: then the loss starts at "
    "log n for each character."
)
def large_weights(names, n_steps, n_a, learning_rate, rng):
    params, order = start_and_order(names, n_steps, n_a, rng)
    params = {name: 100 * array for name, array in params.items()}
    return go_through(names, order, params, learning_rate)


@exercise.refused("expected normal or uniform weights")
def heavy_tails(names, n_steps, n_a, learning_rate, rng):
    params, order = start_and_order(names, n_steps, n_a, rng)
    for name in ("Wax", "Waa", "Wya"):
        params[name] = 1e-3 * rng.standard_cauchy(params[name].shape)
    return go_through(names, order, params, learning_rate)


@exercise.mistake(
    "The biases do not start at zero: only the weights should be random. At a learning rate of 0 "
    "the parameters come back as they started."
)
def random_biases(names, n_steps, n_a, learning_rate, rng):
    params, order = start_and_order(names, n_steps, n_a, rng)
    for name in ("b", "by"):
        params[name] = 0.01 * rng.standard_normal(params[name].shape)
    return go_through(names, order, params, learning_rate)


@exercise.refused("Work on a copy")
def shuffles_caller(names, n_steps, n_a, learning_rate, rng):
    params, _ = start_and_order(names, n_steps, n_a, rng)
    rng.shuffle(names)
    return go_through(names, np.arange(n_steps) % len(names), params, learning_rate)


@exercise.refused("not from one with a seed of your own")
def own_seed(names, n_steps, n_a, learning_rate, rng):
    rng = np.random.default_rng(1)
    params, order = start_and_order(names, n_steps, n_a, rng)
    return go_through(names, order, params, learning_rate)


@exercise.refused("never from `np.random`")
def global_generator(names, n_steps, n_a, learning_rate, rng):
    params, order = start_and_order(names, n_steps, n_a, np.random)
    return go_through(names, order, params, learning_rate)


@exercise.refused("two results, the parameters and the losses")
def only_params(names, n_steps, n_a, learning_rate, rng):
    params, order = start_and_order(names, n_steps, n_a, rng)
    return go_through(names, order, params, learning_rate)[0]


@exercise.refused("n_a is the number of units")
def units_ignored(names, n_steps, n_a, learning_rate, rng):
    params, order = start_and_order(names, n_steps, 50, rng)
    return go_through(names, order, params, learning_rate)


@exercise.refused("One loss for each of the n_steps steps")
def last_loss(names, n_steps, n_a, learning_rate, rng):
    params, order = start_and_order(names, n_steps, n_a, rng)
    params, losses = go_through(names, order, params, learning_rate)
    return params, losses[-1]


@exercise.refused("a step reads one name")
def passes(names, n_steps, n_a, learning_rate, rng):
    a_pass = min(len(names), 4)  # all of them would take a minute to judge, and show no more
    params, order = start_and_order(names, n_steps * a_pass, n_a, rng)
    return go_through(names, order, params, learning_rate)


@exercise.right
def vectorised(names, n_steps, n_a, learning_rate, rng):
    char_to_ix, _ = build_vocabulary(names)
    n_x = len(char_to_ix)
    shapes = {"Wax": (n_a, n_x), "Waa": (n_a, n_a), "Wya": (n_x, n_a)}
    params = {name: rng.normal(scale=0.01, size=shape) for name, shape in shapes.items()}
    params |= {"b": np.zeros((n_a, 1)), "by": np.zeros((n_x, 1))}
    examples = [encode(names[i], char_to_ix) for i in rng.permutation(len(names))]
    losses = np.empty(n_steps)
    for step in range(n_steps):
        X, Y = examples[step % len(examples)]
        losses[step], params, _ = optimize(X, Y, np.zeros((n_a, 1)), params, learning_rate)
    return params, losses


# Every sum is written as a matrix product here, or training would take minutes.
@exercise.right
def loops(names, n_steps, n_a, learning_rate, rng):
    char_to_ix, _ = build_vocabulary(names)
    n_x = len(char_to_ix)
    Wax = rng.standard_normal((n_a, n_x)) * 0.01
    Waa = rng.standard_normal((n_a, n_a)) * 0.01
    Wya = rng.standard_normal((n_x, n_a)) * 0.01
    b, by = np.zeros((n_a, 1)), np.zeros((n_x, 1))
    order = rng.permutation(len(names))
    losses = np.zeros(n_steps)
    for step in range(n_steps):
        X, Y = encode(names[order[step % len(names)]], char_to_ix)
        a = {-1: np.zeros((n_a, 1))}
        x, p = {}, {}
        for t in range(len(X)):
            x[t] = np.zeros((n_x, 1))
            if X[t] is not None:
                x[t][X[t]] = 1
            a[t] = np.tanh(np.dot(Waa, a[t - 1]) + np.dot(Wax, x[t]) + b)
            e = np.exp(np.dot(Wya, a[t]) + by)
            p[t] = e / np.sum(e)
            losses[step] -= np.log(p[t][Y[t], 0])
        dWax, dWaa, dWya = np.zeros_like(Wax), np.zeros_like(Waa), np.zeros_like(Wya)
        db, dby, da_next = np.zeros_like(b), np.zeros_like(by), np.zeros_like(b)
        for t in range(len(X) - 1, -1, -1):
            p[t][Y[t]] -= 1
            dWya += np.dot(p[t], a[t].T)
            dby += p[t]
            dz = (np.dot(Wya.T, p[t]) + da_next) * (1 - a[t] ** 2)
            db += dz
            dWax += np.dot(dz, x[t].T)
            dWaa += np.dot(dz, a[t - 1].T)
            da_next = np.dot(Waa.T, dz)
        for value, gradient in [(Wax, dWax), (Waa, dWaa), (Wya, dWya), (b, db), (by, dby)]:
            value -= learning_rate * np.clip(gradient, -5, 5)
    return {"Wax": Wax, "Waa": Waa, "Wya": Wya, "b": b, "by": by}, losses


SMALL = 1e-2


@exercise.right
def own_style(names, n_steps, n_a, learning_rate, rng):
    names = list(names)
    rng.shuffle(names)
    char_to_ix, ix_to_char = build_vocabulary(names)
    n = len(ix_to_char)
    params = {}
    for name, shape in dict(by=(n, 1), b=(n_a, 1), Wya=(n, n_a), Waa=(n_a, n_a)).items():
        params[name] = np.zeros(shape) if name[0] == "b" else SMALL * rng.standard_normal(shape)
    params["Wax"] = SMALL * rng.standard_normal((n_a, n))
    losses = []
    while len(losses) < n_steps:
        for name in names[: n_steps - len(losses)]:
            X, Y = encode(name, char_to_ix)
            a0 = np.zeros((n_a, 1))
            loss, params, _ = optimize(X, Y, a0, params, learning_rate, 5.0)
            losses.append(loss)
    return params, np.asarray(losses)


# The order first, and a start that learns the recurrence from nothing.
@exercise.right
def no_recurrence_at_first(names, n_steps, n_a, learning_rate, rng):
    order = rng.permutation(len(names))
    char_to_ix, _ = build_vocabulary(names)
    n = len(char_to_ix)
    params = {"b": np.zeros((n_a, 1)), "by": np.zeros((n, 1)), "Waa": np.zeros((n_a, n_a))}
    params["Wax"] = rng.normal(0.0, 0.1, (n_a, n))
    params["Wya"] = rng.normal(0.0, 0.1, (n, n_a))
    losses = []
    for step in range(n_steps):
        X, Y = encode(names[order[step % len(order)]], char_to_ix)
        loss, cache = rnn_forward(X, Y, np.zeros((n_a, 1)), params)
        gradients = rnn_backward(Y, params, cache)
        params = {
            k: v - learning_rate * np.clip(gradients["d" + k], -5, 5) for k, v in params.items()
        }
        losses.append(loss)
    return params, np.array(losses)


class Trainer:
    """Keeps the parameters, and takes one step a call."""

    def __init__(self, n_a, n, rng):
        draws = 1e-3 * rng.standard_normal(n_a * (2 * n + n_a))
        Wax, Waa, Wya = np.split(draws, [n_a * n, n_a * (n + n_a)])
        self.params = {"Wax": Wax.reshape(n_a, n), "Waa": Waa.reshape(n_a, n_a)}
        self.params |= {"Wya": Wya.reshape(n, n_a)}
        self.params |= {"b": np.zeros((n_a, 1)), "by": np.zeros((n, 1))}

    def __call__(self, X, Y, learning_rate):
        zero_state = np.zeros_like(self.params["b"])
        loss, self.params, _ = optimize(X, Y, zero_state, self.params, learning_rate)
        return loss


@exercise.right
def as_a_class(names, n_steps, n_a, learning_rate, rng):
    char_to_ix, _ = build_vocabulary(names)
    trainer = Trainer(n_a, len(char_to_ix), rng)
    shuffled = [names[i] for i in rng.choice(len(names), len(names), replace=False)]
    losses = np.zeros(n_steps)
    for step in range(n_steps):
        losses[step] = trainer(*encode(shuffled[step % len(shuffled)], char_to_ix), learning_rate)
    return trainer.params, losses


# Small uniform weights; the order from sorting random numbers.
@exercise.right
def unusual(names, n_steps, n_a, learning_rate, rng):
    char_to_ix = build_vocabulary(names)[0]
    n_x = len(char_to_ix)
    shapes = dict(Wax=(n_a, n_x), Waa=(n_a, n_a), Wya=(n_x, n_a), b=(n_a, 1), by=(n_x, 1))
    params = {
        name: (0.02 * rng.random(shape) - 0.01) * name.startswith("W")
        for name, shape in shapes.items()
    }
    shuffled = itertools.cycle(np.argsort(rng.random(len(names))))
    losses = []
    for i in itertools.islice(shuffled, n_steps):
        X, Y = encode(names[i], char_to_ix)
        loss, params, _ = optimize(X, Y, np.zeros((n_a, 1)), params, learning_rate, 5)
        losses.append(float(loss))
    return [params, np.array(losses)]
