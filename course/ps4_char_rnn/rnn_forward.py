"""Reading a name: its loss, and what the way back needs."""

import numpy as np

from autograder.model import Exercise, case

from ..ps2_loss_at_init.softmax import log_softmax
from .encode import encode
from .rnn_step_forward import rnn_logits, rnn_step_forward
from .shared import alphabet, draw_name, draw_params, one_hot

exercise = Exercise(points=4)


@exercise.reference
def rnn_forward(X, Y, a0, params):
    """Read a name and return minus the log-probability of its characters.

    Parameters
    ----------
    X : list of int or None
        Inputs, None for the zero vector.
    Y : list of int
        Targets, as many as inputs.
    a0 : (n_a, 1) ndarray
    params : dict of ndarray

    Returns
    -------
    loss : float
        Sum over the steps of ``-log p_t[Y_t]``, in nats.
    cache : dict of list of ndarray
        ``{"x": [x_0..], "a": [a0, a_1, ..], "p": [p_0..]}``.
    """
    n_x = params["Wax"].shape[1]
    cache = {"x": [one_hot(index, n_x) for index in X], "a": [a0], "p": []}
    loss = 0.0
    for x, target in zip(cache["x"], Y, strict=True):
        a, p = rnn_step_forward(params, cache["a"][-1], x)
        loss -= log_softmax(rnn_logits(params, a))[target, 0]  # finite where p underflows
        cache["a"].append(a)
        cache["p"].append(p)
    return loss, cache


def draw_reading(rng, n_a, n, length, zero_state=False):
    """Draw a name and a network; return X, Y, a0, params."""
    X, Y = encode(draw_name(rng, n, length), alphabet(n))
    a0 = np.zeros((n_a, 1)) if zero_state else np.tanh(rng.normal(size=(n_a, 1)))
    return X, Y, a0, draw_params(rng, n_a, n)


@exercise.cases
def cases(rng):
    yield case(*draw_reading(rng, 3, 4, 2), label="a name of 2 letters")
    yield case(*draw_reading(rng, 2, 4, 3, zero_state=True), label="a name of 3 letters, a0 zero")
    yield case(*draw_reading(rng, 4, 4, 5), label="a name of 5 letters, n_a = n_x", only="hidden")
    X, Y, a0, params = draw_reading(rng, 3, 5, 4)
    yield case(X[1:], Y[1:], a0, params, label="a name without the None in front", only="hidden")
    X, Y, a0, params = draw_reading(rng, 3, 5, 3)
    yield case(
        [*X, 0, 2],
        [*Y[:-1], 0, 2, 0],
        a0,
        params,
        label="two names, so that the newline is read between them",
        only="hidden",
    )
