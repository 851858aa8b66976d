"""Reading a name: its loss, and what the way back needs."""

import math
from itertools import accumulate

import numpy as np

from autograder.cases import value
from autograder.model import Exercise, case

from ..ps2_loss_at_init.softmax import log_softmax
from .encode import encode
from .rnn_step_forward import rnn_logits, rnn_step_forward
from .shared import LONG, TIGHT, alphabet, draw_name, draw_params, one_hot, remembering

# As `tight`, and a probability counts by its own size, however small.
exercise = Exercise(points=4, expect=value(rtol=TIGHT, atol=1e-307, each="['p']"))


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
    x, states = [one_hot(index, n_x) for index in X], [a0]
    for read in columns_of(params["Wax"] @ side_by_side(x, n_x) + params["b"]):
        states.append(np.tanh(params["Waa"] @ states[-1] + read))
    log_p = log_softmax(rnn_logits(params, side_by_side(states[1:], len(a0))))
    # Finite where p underflows.
    loss = -sum(each[target] for each, target in zip(log_p.T, Y, strict=True))
    return loss, {"x": x, "a": states, "p": columns_of(np.exp(log_p))}


def side_by_side(columns, n):
    """Return columns (n, 1) as one array, (n, T): a whole name is computed at once."""
    return np.concatenate([np.zeros((n, 0)), *columns], axis=1)


def columns_of(array):
    """Return the columns of an (n, T) array, (n, 1) each."""
    return [*array.T.copy()[:, :, np.newaxis]]


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
    )
    unlikely = {**params, "by": 1500.0 + np.array([[0.0], [-200.0], [-680.0], [0.0], [0.0]])}
    reading = [None, 2, 1], [2, 1, 0], a0, unlikely
    yield case(*reading, label="nearly impossible characters")
    yield case([None], [0], a0, params, label="an empty name", only="hidden")
    yield case(
        [None, 1, 0, 3], [3, 3, 2, 1], a0, params, label="answers that are not what is read next"
    )
    X = [None, *rng.integers(0, 3, LONG).tolist()]
    a0 = np.tanh(rng.normal(size=(2, 1)))
    label = f"a text of {LONG:,} characters"
    yield case(X, [*X[1:], 0], a0, remembering(rng, 2, 3), label=label, only="hidden")


def columns(X, params):
    return [one_hot(index, params["Wax"].shape[1]) for index in X]


def read_through(x, a0, params):
    """Return the cache of a network that reads the columns x."""
    cache = {"x": x, "a": [a0], "p": []}
    for each in x:
        a, p = rnn_step_forward(params, cache["a"][-1], each)
        cache["a"].append(a)
        cache["p"].append(p)
    return cache


def of_answers(cache, Y):
    """Return the probability of the right character at each step."""
    return np.array([p[target, 0] for p, target in zip(cache["p"], Y)])


@exercise.mistake("That is the mean over the steps; the loss of a name is the sum.")
def mean(X, Y, a0, params):
    cache = read_through(columns(X, params), a0, params)
    return -np.mean(np.log(of_answers(cache, Y))), cache


@exercise.mistake(
    "Every step starts from a0; it should start from the state after the step before."
)
def state_not_carried(X, Y, a0, params):
    x = columns(X, params)
    steps = [rnn_step_forward(params, a0, each) for each in x]
    cache = {"x": x, "a": [a0] + [a for a, _ in steps], "p": [p for _, p in steps]}
    return -np.sum(np.log(of_answers(cache, Y))), cache


@exercise.mistake("The state starts from zeros; it should start from `a0`.")
def zero_state(X, Y, a0, params):
    cache = read_through(columns(X, params), np.zeros_like(a0), params)
    return -np.sum(np.log(of_answers(cache, Y))), cache


@exercise.mistake("The state starts from zeros; it should start from `a0`.", id="zero_state")
def zero_state_beside_a0(X, Y, a0, params):
    loss, cache = zero_state(X, Y, a0, params)
    return loss, {**cache, "a": [a0, *cache["a"][1:]]}


@exercise.mistake("The right answers were taken from `X`, one place on; they are in `Y`.")
def answers_from_x(X, Y, a0, params):
    cache = read_through(columns(X, params), a0, params)
    return -np.sum(np.log(of_answers(cache, [*X[1:], 0]))), cache


@exercise.mistake(
    'All entries of "x" are one array, which holds the last input in the end; each step needs a '
    "new array."
)
def one_x(X, Y, a0, params):
    loss, cache = rnn_forward(X, Y, a0, params)
    return loss, {**cache, "x": [cache["x"][-1]] * len(X)}


@exercise.mistake(
    'All states after `a0` in "a" are one array, which holds the last state in the end; each step '
    "needs a new array."
)
def one_a(X, Y, a0, params):
    loss, cache = rnn_forward(X, Y, a0, params)
    return loss, {**cache, "a": [a0] + [cache["a"][-1]] * len(X)}


# `x[None] = 1` sets every entry.
@exercise.mistake(
    "The first input is all ones: None stands for the zero vector (and an array indexed with "
    "None means all of it)."
)
def ones_for_none(X, Y, a0, params):
    x = [np.zeros((params["Wax"].shape[1], 1)) for _ in X]
    for each, index in zip(x, X):
        each[index] = 1
    cache = read_through(x, a0, params)
    return -np.sum(np.log(of_answers(cache, Y))), cache


@exercise.mistake("The first input is the newline; None stands for the zero vector.")
def newline_for_none(X, Y, a0, params):
    x = columns([0 if index is None else index for index in X], params)
    cache = read_through(x, a0, params)
    return -np.sum(np.log(of_answers(cache, Y))), cache


# `if index:` is false for 0 too.
@exercise.mistake(
    "Character 0, the newline, was read as the zero vector; only None stands for that."
)
def zeros_for_newline(X, Y, a0, params):
    x = [np.zeros((params["Wax"].shape[1], 1)) for _ in X]
    for each, index in zip(x, X):
        if index:
            each[index] = 1
    cache = read_through(x, a0, params)
    return -np.sum(np.log(of_answers(cache, Y))), cache


@exercise.mistake("The inputs add up: each one should hold a single 1, for its own character.")
def input_not_reset(X, Y, a0, params):
    x = [np.zeros((params["Wax"].shape[1], 1))]
    for index in X:
        x.append(x[-1].copy())
        if index is not None:
            x[-1][index] = 1
    cache = read_through(x[1:], a0, params)
    return -np.sum(np.log(of_answers(cache, Y))), cache


@exercise.mistake("That is in bits, a logarithm to base 2; expected nats, the natural logarithm.")
def base_2(X, Y, a0, params):
    cache = read_through(columns(X, params), a0, params)
    return -np.sum(np.log2(of_answers(cache, Y))), cache


@exercise.mistake("That is a logarithm to base 10; expected the natural logarithm.")
def base_10(X, Y, a0, params):
    cache = read_through(columns(X, params), a0, params)
    return -np.sum(np.log10(of_answers(cache, Y))), cache


@exercise.mistake("The sign is wrong: a loss is never negative.")
def sign(X, Y, a0, params):
    cache = read_through(columns(X, params), a0, params)
    return np.sum(np.log(of_answers(cache, Y))), cache


EPSILON = (
    "A small number was added inside the logarithm, or small probabilities were raised to it, "
    "which shifts the loss; no probability is 0 here."
)


@exercise.mistake(EPSILON, small=(1e-8, 1e-7, 1e-6, 1e-10, 1e-12, 1e-15, 1e-20, 1e-100, 1e-300))
def epsilon(X, Y, a0, params, *, small):
    cache = read_through(columns(X, params), a0, params)
    return -np.sum(np.log(of_answers(cache, Y) + small)), cache


@exercise.mistake(
    EPSILON,
    id="epsilon",
    least=(1e-15, 1e-12, 1e-10, 1e-8, 1e-7, 1e-20, 1e-100, 1e-200),
)
def clipped(X, Y, a0, params, *, least):
    cache = read_through(columns(X, params), a0, params)
    return -np.sum(np.log(np.maximum(of_answers(cache, Y), least))), cache


@exercise.mistake(
    "A long text is cut off, or the state is forgotten on the way; every step counts, and each "
    "starts from the state after the step before.",
    every=(10, 25, 50, 100, 1000),
)
def forgotten(X, Y, a0, params, *, every):
    cache = {"x": columns(X, params), "a": [a0], "p": []}
    for t, x in enumerate(cache["x"]):
        before = cache["a"][-1] if t % every or t == 0 else 0 * a0
        a, p = rnn_step_forward(params, before, x)
        cache["a"].append(a)
        cache["p"].append(p)
    return -np.sum(np.log(of_answers(cache, Y))), cache


@exercise.mistake("The probabilities were added up; add up minus their logarithms.")
def no_log(X, Y, a0, params):
    cache = read_through(columns(X, params), a0, params)
    return np.sum(of_answers(cache, Y)), cache


@exercise.mistake("That is the probability of the name; the loss is minus its logarithm.")
def probability(X, Y, a0, params):
    cache = read_through(columns(X, params), a0, params)
    return np.prod(of_answers(cache, Y)), cache


@exercise.mistake("That is the loss of the last step alone; expected the sum over all steps.")
def last_step(X, Y, a0, params):
    cache = read_through(columns(X, params), a0, params)
    for q in of_answers(cache, Y):
        loss = -np.log(q)
    return loss, cache


@exercise.mistake("The last step is missing in the loss: the newline counts too.")
def last_left_out(X, Y, a0, params):
    cache = read_through(columns(X, params), a0, params)
    return -np.sum(np.log(of_answers(cache, Y)[:-1])), cache


@exercise.mistake("The first step is missing in the loss: the first letter counts too.")
def first_left_out(X, Y, a0, params):
    cache = read_through(columns(X, params), a0, params)
    return -np.sum(np.log(of_answers(cache, Y)[1:])), cache


@exercise.mistake(
    "The loss is an array of one entry; to get a number out of a column, index both its row and "
    "its column."
)
def array_loss(X, Y, a0, params):
    cache = read_through(columns(X, params), a0, params)
    loss = 0.0
    for p, target in zip(cache["p"], Y):
        loss -= np.log(p[target])
    return loss, cache


@exercise.mistake("The loss is an array of one entry; expected a number.", id="array_loss")
def product_of_columns(X, Y, a0, params):
    cache = read_through(columns(X, params), a0, params)
    loss = 0.0
    for p, y in zip(cache["p"], columns(Y, params)):
        loss = loss - y.T @ np.log(p)
    return loss, cache


@exercise.mistake(
    "Each step counts the probability of the character that it reads; the one of the next "
    "character, Y_t, should count."
)
def of_inputs(X, Y, a0, params):
    cache = read_through(columns(X, params), a0, params)
    loss = 0.0
    for p, index in zip(cache["p"], X):
        if index is not None:
            loss -= np.log(p[index, 0])
    return loss, cache


@exercise.mistake(
    "Each step but the first counts the probability of the character that it reads; the one of "
    "the next character, Y_t, should count.",
    id="of_inputs",
)
def of_inputs_but_first(X, Y, a0, params):
    cache = read_through(columns(X, params), a0, params)
    loss = -np.log(cache["p"][0][Y[0], 0])
    for p, index in zip(cache["p"], X):
        if index is not None:
            loss -= np.log(p[index, 0])
    return loss, cache


@exercise.mistake("The last step is missing: the network should answer with the newline too.")
def cut_short(X, Y, a0, params):
    cache = read_through(columns(X[:-1], params), a0, params)
    return -np.sum(np.log(of_answers(cache, Y[:-1]))), cache


@exercise.mistake(
    "The loss takes the most likely character at each step; the right character should count, "
    "likely or not."
)
def most_likely(X, Y, a0, params):
    cache = read_through(columns(X, params), a0, params)
    return -np.sum(np.log([np.max(p) for p in cache["p"]])), cache


@exercise.mistake("The loss adds up all characters; at each step only the right one counts.")
def all_letters(X, Y, a0, params):
    cache = read_through(columns(X, params), a0, params)
    return -np.sum([np.sum(np.log(p)) for p in cache["p"]]), cache


@exercise.mistake('a0 is missing in the cache: "a" has one entry more than "x" and "p".')
def no_first_state(X, Y, a0, params):
    cache = read_through(columns(X, params), a0, params)
    return -np.sum(np.log(of_answers(cache, Y))), {**cache, "a": cache["a"][1:]}


@exercise.mistake(
    'The last state is missing in the cache: "a" has one entry more than "x" and "p".'
)
def no_last_state(X, Y, a0, params):
    cache = read_through(columns(X, params), a0, params)
    return -np.sum(np.log(of_answers(cache, Y))), {**cache, "a": cache["a"][:-1]}


@exercise.mistake(
    'The cache holds the numbers of the characters; "x" is the list of the columns that were read.'
)
def indices(X, Y, a0, params):
    cache = read_through(columns(X, params), a0, params)
    return -np.sum(np.log(of_answers(cache, Y))), {**cache, "x": list(X)}


@exercise.mistake(
    'The cache holds logarithms of the probabilities; "p" is the list of the probabilities.'
)
def logits(X, Y, a0, params):
    cache = read_through(columns(X, params), a0, params)
    return -np.sum(np.log(of_answers(cache, Y))), {**cache, "p": [np.log(p) for p in cache["p"]]}


@exercise.mistake("Loss and cache are swapped: the loss comes first.")
def exchanged(X, Y, a0, params):
    cache = read_through(columns(X, params), a0, params)
    return cache, -np.sum(np.log(of_answers(cache, Y)))


@exercise.mistake("Expected two results, the loss and the cache; there is only the loss.")
def only_loss(X, Y, a0, params):
    cache = read_through(columns(X, params), a0, params)
    return -np.sum(np.log(of_answers(cache, Y)))


@exercise.right
def vectorised(X, Y, a0, params):
    eye = np.eye(params["Wax"].shape[1])
    x = [0 * eye[:, :1] if i is None else eye[:, [i]] for i in X]
    a, p = [a0], []
    for x_t in x:
        a_t, p_t = rnn_step_forward(params, a[-1], x_t)
        a.append(a_t)
        p.append(p_t)
    right = np.hstack(p)[Y, np.arange(len(Y))]
    return -np.log(right).sum(), {"x": x, "a": a, "p": p}


@exercise.right
def loops(X, Y, a0, params):
    n_x = params["Wax"].shape[1]
    cache = {"x": [], "a": [a0], "p": []}
    loss = 0.0
    for t in range(len(X)):
        x = np.zeros((n_x, 1))
        if X[t] is not None:
            x[X[t]] = 1
        a, p = rnn_step_forward(params, cache["a"][t], x)
        loss -= math.log(p[Y[t], 0])
        cache["x"].append(x)
        cache["a"].append(a)
        cache["p"].append(p)
    return loss, cache


class Tape:
    """Keeps what a forward pass has seen."""

    def __init__(self, a0):
        self.x, self.a, self.p = [], [a0], []

    def read(self, params, index):
        x = np.zeros((params["Wax"].shape[1], 1))
        if index is not None:
            x[index] = 1
        a, p = rnn_step_forward(params, self.a[-1], x)
        self.x.append(x)
        self.a.append(a)
        self.p.append(p)
        return p


@exercise.right
def own_style(X, Y, a0, params):
    tape = Tape(a0)
    losses = [-np.log(tape.read(params, index)[target, 0]) for index, target in zip(X, Y)]
    return float(sum(losses)), dict(x=tape.x, a=tape.a, p=tape.p)


@exercise.right
def one_pass_of_generators(X, Y, a0, params):
    eye = np.eye(params["Wax"].shape[1])
    x = [np.zeros((len(eye), 1)) if i is None else eye[i].reshape(-1, 1) for i in X]
    states = [*accumulate(x, lambda a, c: rnn_step_forward(params, a, c)[0], initial=a0)]
    outputs = [rnn_step_forward(params, a, c)[1] for a, c in zip(states, x)]
    surprises = np.log([outputs[t].item(Y[t]) for t in range(len(Y))])
    return np.negative(surprises.sum()), dict(x=x, a=states, p=outputs)


@exercise.right
def cross_entropy_of_one_hots(X, Y, a0, params):
    def one_hot_column(index):
        return (np.arange(params["Wax"].shape[1]) == index).astype(float)[:, None]

    cache = {"x": [one_hot_column(-1 if i is None else i) for i in X], "a": [a0], "p": []}
    loss = 0.0
    for x, i in zip(cache["x"], Y):
        a, p = rnn_step_forward(params, cache["a"][-1], x)
        loss -= float(one_hot_column(i).T.dot(np.log(p))[0, 0])
        cache["a"].append(a)
        cache["p"].append(p)
    return loss, cache


@exercise.right
def unusual(X, Y, a0, params):
    states, inputs, outputs, loss = [a0], [], [], np.zeros(())
    for index, target in zip(X, Y, strict=True):
        x = np.zeros((params["Wax"].shape[1], 1))
        if index is not None:
            x[index, 0] = 1.0
        a, p = rnn_step_forward(params, states[-1], x)
        states, inputs, outputs = [*states, a], [*inputs, x], [*outputs, p]
        loss = loss - np.log(p[target, 0])
    return [np.array(loss), {"p": outputs, "a": states, "x": inputs}]
