"""One step of gradient descent on one name."""

from functools import partial

import numpy as np

from autograder.cases import value
from autograder.model import Exercise, case

from .clip import clip
from .encode import encode
from .rnn_backward import rnn_backward
from .rnn_forward import draw_reading, rnn_forward
from .shared import LONG, TIGHT, alphabet, doubtful, remembering

exercise = Exercise(points=4, expect=value(rtol=TIGHT, fresh=True))


@exercise.reference
def optimize(X, Y, a_prev, params, learning_rate=0.01, max_value=5):
    """Take one step of gradient descent on one name, with clipped gradients.

    Parameters
    ----------
    X, Y : lists
        As `encode` returns them.
    a_prev : (n_a, 1) ndarray
    params : dict of ndarray
        Left as they are.
    learning_rate, max_value : float, optional

    Returns
    -------
    loss : float
        Before the step.
    new_params : dict of ndarray
    a_last : (n_a, 1) ndarray
        State after the last character.
    """
    loss, cache = rnn_forward(X, Y, a_prev, params)
    gradients = clip(rnn_backward(Y, params, cache), max_value)
    new_params = {n: v - learning_rate * gradients["d" + n] for n, v in params.items()}
    return loss, new_params, cache["a"][-1]


@exercise.cases
def cases(rng):
    X, Y, a_prev, params = draw_reading(rng, 3, 4, 3)
    yield case(X, Y, a_prev, params, label="a name of 3 letters")
    yield case(X, Y, a_prev, params, 0.5, 0.3, label="learning_rate=0.5, max_value=0.3")
    X, Y = encode("a" * 40, alphabet(4))
    same = X, Y, a_prev, doubtful(params)
    yield case(*same, 0.1, label="40 times the same letter")
    yield case(*same, 0.1, 12, label="40 times the same letter, max_value=12")
    yield case(*same, 0.0, label="a learning rate of 0", only="hidden")
    X = [None, *rng.integers(0, 3, 120).tolist()]
    network = remembering(rng, 3, 3)
    a = np.tanh(rng.normal(size=(3, 1)))
    yield case(X, [*X[1:], 0], a, network, 0.01, 1000, label="a text of 120 characters")
    X = [None, *rng.integers(0, 3, LONG).tolist()]
    label = f"a text of {LONG:,} characters"
    yield case(X, [*X[1:], 0], a, network, 0.01, 1e6, label=label, only="hidden")
    yield case(*draw_reading(rng, 4, 5, 5), 0.2, 1.0, label="another network", only="hidden")


def forth_and_back(X, Y, a_prev, params):
    """Return the loss, the gradients and the states."""
    loss, cache = rnn_forward(X, Y, a_prev, params)
    return loss, rnn_backward(Y, params, cache), cache["a"]


def descended(params, gradients, learning_rate):
    return {name: each - learning_rate * gradients["d" + name] for name, each in params.items()}


@exercise.mistake("The gradients are not clipped.")
def not_clipped(X, Y, a_prev, params, learning_rate=0.01, max_value=5):
    loss, gradients, states = forth_and_back(X, Y, a_prev, params)
    return loss, descended(params, gradients, learning_rate), states[-1]


@exercise.mistake("The step goes uphill: to go downhill, subtract the gradient from its parameter.")
def ascent(X, Y, a_prev, params, learning_rate=0.01, max_value=5):
    loss, gradients, states = forth_and_back(X, Y, a_prev, params)
    return loss, descended(params, clip(gradients, max_value), -learning_rate), states[-1]


@exercise.mistake(
    "The gradients were multiplied by the learning rate before they were clipped; clip them first."
)
def clipped_after_rate(X, Y, a_prev, params, learning_rate=0.01, max_value=5):
    loss, gradients, states = forth_and_back(X, Y, a_prev, params)
    new_params = {}
    for name in params:
        step = np.clip(learning_rate * gradients["d" + name], -max_value, max_value)
        new_params[name] = params[name] - step
    return loss, new_params, states[-1]


@exercise.mistake(
    "The gradients were scaled as a whole, by their norm; each entry should be limited by itself."
)
def by_norm(X, Y, a_prev, params, learning_rate=0.01, max_value=5):
    loss, gradients, states = forth_and_back(X, Y, a_prev, params)
    norm = np.sqrt(sum(np.sum(each**2) for each in gradients.values()))
    shortened = {name: each * min(1, max_value / norm) for name, each in gradients.items()}
    return loss, descended(params, shortened, learning_rate), states[-1]


@exercise.mistake("The gradients are always clipped at 5, also where `max_value` is larger.")
def clipped_at_5_too(X, Y, a_prev, params, learning_rate=0.01, max_value=5):
    loss, gradients, states = forth_and_back(X, Y, a_prev, params)
    new_params = descended(params, clip(gradients, min(max_value, 5)), learning_rate)
    return loss, new_params, states[-1]


@exercise.mistake("The step is taken twice, or twice as long as `learning_rate` says.")
def twice(X, Y, a_prev, params, learning_rate=0.01, max_value=5):
    loss, gradients, states = forth_and_back(X, Y, a_prev, params)
    return loss, descended(params, clip(gradients, max_value), 2 * learning_rate), states[-1]


@exercise.mistake("A learning rate of 0 was taken for none given; at 0 nothing should move.")
def rate_of_0(X, Y, a_prev, params, learning_rate=0.01, max_value=5):
    return optimize(X, Y, a_prev, params, learning_rate or 0.01, max_value)


@exercise.mistake("`learning_rate` is always taken as 0.01.")
def rate_ignored(X, Y, a_prev, params, learning_rate=0.01, max_value=5):
    loss, gradients, states = forth_and_back(X, Y, a_prev, params)
    return loss, descended(params, clip(gradients, max_value), 0.01), states[-1]


OTHER_DEFAULT = (
    "Left out, `learning_rate` should be 0.01 and `max_value` 5, as in the head of the function."
)


@exercise.mistake(OTHER_DEFAULT, id="other_default")
def other_rate(X, Y, a_prev, params, learning_rate=0.1, max_value=5):
    return optimize(X, Y, a_prev, params, learning_rate, max_value)


@exercise.mistake(OTHER_DEFAULT, id="other_default")
def other_limit(X, Y, a_prev, params, learning_rate=0.01, max_value=10):
    return optimize(X, Y, a_prev, params, learning_rate, max_value)


@exercise.mistake("The learning rate is missing in the step.")
def no_rate(X, Y, a_prev, params, learning_rate=0.01, max_value=5):
    loss, gradients, states = forth_and_back(X, Y, a_prev, params)
    return loss, descended(params, clip(gradients, max_value), 1), states[-1]


@exercise.mistake("The gradients are always clipped at 5, whatever `max_value` is.")
def max_value_ignored(X, Y, a_prev, params, learning_rate=0.01, max_value=5):
    loss, gradients, states = forth_and_back(X, Y, a_prev, params)
    return loss, descended(params, clip(gradients, 5), learning_rate), states[-1]


@exercise.mistake("The state starts from zeros; it should start from `a_prev`.")
def zero_state(X, Y, a_prev, params, learning_rate=0.01, max_value=5):
    loss, gradients, states = forth_and_back(X, Y, np.zeros_like(a_prev), params)
    return loss, descended(params, clip(gradients, max_value), learning_rate), states[-1]


@exercise.mistake(
    "The third result is the state before the name; expected the one after its last character."
)
def first_state(X, Y, a_prev, params, learning_rate=0.01, max_value=5):
    loss, gradients, states = forth_and_back(X, Y, a_prev, params)
    return loss, descended(params, clip(gradients, max_value), learning_rate), states[0]


@exercise.mistake(
    'The third result is the state one step too early: "a" in the cache starts with a0, so it '
    "has one entry more than the name has steps."
)
def early_state(X, Y, a_prev, params, learning_rate=0.01, max_value=5):
    loss, gradients, states = forth_and_back(X, Y, a_prev, params)
    new_params = descended(params, clip(gradients, max_value), learning_rate)
    return loss, new_params, states[len(X) - 1]


@exercise.mistake("The third result is the list of all states; expected the last one alone.")
def all_states(X, Y, a_prev, params, learning_rate=0.01, max_value=5):
    loss, gradients, states = forth_and_back(X, Y, a_prev, params)
    return loss, descended(params, clip(gradients, max_value), learning_rate), states


@exercise.mistake("That is the loss after the step; expected the one before it.")
def loss_after(X, Y, a_prev, params, learning_rate=0.01, max_value=5):
    _, gradients, states = forth_and_back(X, Y, a_prev, params)
    new_params = descended(params, clip(gradients, max_value), learning_rate)
    loss, _ = rnn_forward(X, Y, a_prev, new_params)
    return loss, new_params, states[-1]


@exercise.mistake("The loss is the mean over the steps; expected the sum.")
def mean_loss(X, Y, a_prev, params, learning_rate=0.01, max_value=5):
    loss, gradients, states = forth_and_back(X, Y, a_prev, params)
    new_params = descended(params, clip(gradients, max_value), learning_rate)
    return loss / len(Y), new_params, states[-1]


@exercise.mistake(
    "The second result is the gradients; expected the new parameters.", id="gradients"
)
def returns_gradients(X, Y, a_prev, params, learning_rate=0.01, max_value=5):
    loss, gradients, states = forth_and_back(X, Y, a_prev, params)
    return loss, clip(gradients, max_value), states[-1]


@exercise.mistake("The parameters came back unchanged: the step is missing.")
def unchanged(X, Y, a_prev, params, learning_rate=0.01, max_value=5):
    loss, gradients, states = forth_and_back(X, Y, a_prev, params)
    return loss, params, states[-1]


MEAN = "The gradients, or the step, were divided by the number of steps; the loss is a sum."


@exercise.mistake(MEAN)
def mean_gradient(X, Y, a_prev, params, learning_rate=0.01, max_value=5):
    loss, gradients, states = forth_and_back(X, Y, a_prev, params)
    mean = {name: each / len(Y) for name, each in gradients.items()}
    return loss, descended(params, clip(mean, max_value), learning_rate), states[-1]


@exercise.mistake(MEAN, id="mean_gradient")
def mean_step(X, Y, a_prev, params, learning_rate=0.01, max_value=5):
    loss, gradients, states = forth_and_back(X, Y, a_prev, params)
    new_params = descended(params, clip(gradients, max_value), learning_rate / len(Y))
    return loss, new_params, states[-1]


@exercise.mistake("The biases are not updated.")
def weights_only(X, Y, a_prev, params, learning_rate=0.01, max_value=5):
    loss, gradients, states = forth_and_back(X, Y, a_prev, params)
    new_params = descended(params, clip(gradients, max_value), learning_rate)
    return loss, {**new_params, "b": params["b"], "by": params["by"]}, states[-1]


@exercise.mistake("The weights are not updated.")
def biases_only(X, Y, a_prev, params, learning_rate=0.01, max_value=5):
    loss, gradients, states = forth_and_back(X, Y, a_prev, params)
    new_params = descended(params, clip(gradients, max_value), learning_rate)
    return loss, {**params, "b": new_params["b"], "by": new_params["by"]}, states[-1]


ORDER = "The results are in the wrong order: the loss, the new parameters, the last state."


@exercise.mistake(ORDER)
def exchanged(X, Y, a_prev, params, learning_rate=0.01, max_value=5):
    loss, gradients, states = forth_and_back(X, Y, a_prev, params)
    return descended(params, clip(gradients, max_value), learning_rate), loss, states[-1]


@exercise.mistake(ORDER, id="exchanged")
def state_before_parameters(X, Y, a_prev, params, learning_rate=0.01, max_value=5):
    loss, gradients, states = forth_and_back(X, Y, a_prev, params)
    return loss, states[-1], descended(params, clip(gradients, max_value), learning_rate)


THREE = "Expected three results: the loss, the new parameters, the last state."


@exercise.mistake(THREE)
def no_state(X, Y, a_prev, params, learning_rate=0.01, max_value=5):
    loss, gradients, _ = forth_and_back(X, Y, a_prev, params)
    return loss, descended(params, clip(gradients, max_value), learning_rate)


@exercise.mistake(THREE, id="no_state")
def only_parameters(X, Y, a_prev, params, learning_rate=0.01, max_value=5):
    _, gradients, _ = forth_and_back(X, Y, a_prev, params)
    return descended(params, clip(gradients, max_value), learning_rate)


@exercise.refused("Work on a copy")
def in_place(X, Y, a_prev, params, learning_rate=0.01, max_value=5):
    loss, gradients, states = forth_and_back(X, Y, a_prev, params)
    gradients = clip(gradients, max_value)
    for name, array in params.items():
        array -= learning_rate * gradients["d" + name]
    return loss, params, states[-1]


@exercise.right
def vectorised(X, Y, a_prev, params, learning_rate=0.01, max_value=5):
    loss, cache = rnn_forward(X, Y, a_prev, params)
    gradients = clip(rnn_backward(Y, params, cache), max_value)
    new = {name: value - learning_rate * gradients["d" + name] for name, value in params.items()}
    return loss, new, cache["a"][-1]


@exercise.right
def loops(X, Y, a_prev, params, learning_rate=0.01, max_value=5):
    loss, cache = rnn_forward(X, Y, a_prev, params)
    gradients = rnn_backward(Y, params, cache)
    gradients = clip(gradients, max_value)
    new_params = {}
    for name in params:
        new_params[name] = params[name] - learning_rate * gradients["d" + name]
    return loss, new_params, cache["a"][-1]


@exercise.right
def own_style(X, Y, a_prev, params, learning_rate=0.01, max_value=5):
    loss, cache = rnn_forward(X, Y, a_prev, params)
    gradients = rnn_backward(Y, params, cache)
    new_params = {}
    for name in sorted(params):
        step = np.clip(gradients["d" + name], -max_value, max_value) * learning_rate
        new_params[name] = params[name] - step
    a_last = cache["a"][len(X)]
    return (loss, new_params, a_last)


@exercise.right
def by_partials(X, Y, a_prev, params, learning_rate=0.01, max_value=5):
    descend = partial(np.clip, a_min=-learning_rate * max_value, a_max=learning_rate * max_value)
    loss, cache = rnn_forward(X, Y, a_prev, params)
    slopes = rnn_backward(Y, params, cache)
    moved = {
        name: np.subtract(params[name], descend(learning_rate * slopes["d" + name]))
        for name in params
    }
    return loss, moved, cache["a"][-1].copy()


@exercise.right
def as_one_vector(X, Y, a_prev, params, learning_rate=0.01, max_value=5):
    loss, cache = rnn_forward(X, Y, a_prev, params)
    gradients = rnn_backward(Y, params, cache)
    names = list(params)
    theta = np.concatenate([params[name].ravel() for name in names])
    theta -= (
        learning_rate
        * clip({"d": np.concatenate([gradients["d" + n].ravel() for n in names])}, max_value)["d"]
    )
    ends = np.cumsum([params[name].size for name in names])
    pieces = np.split(theta, ends[:-1])
    return loss, {n: p.reshape(params[n].shape) for n, p in zip(names, pieces)}, cache["a"][-1]


@exercise.right
def unusual(X, Y, a_prev, params, learning_rate=0.01, max_value=5):
    new = {name: value.copy() for name, value in params.items()}
    loss, cache = rnn_forward(X, Y, a_prev, new)
    gradients = rnn_backward(Y, new, cache)
    clipped = clip(gradients, max_value)
    for name in ("Wax", "Waa", "Wya", "b", "by"):
        new[name] -= learning_rate * clipped["d" + name]
    return [loss, new, cache["a"].pop()]
