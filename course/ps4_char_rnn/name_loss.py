"""Minus the log-probability that the network writes a name."""

import math

import numpy as np

from autograder.model import Exercise, case

from .encode import encode
from .rnn_forward import Tape, rnn_forward
from .rnn_step_forward import rnn_step_forward
from .shared import alphabet, draw_name, draw_params

exercise = Exercise(points=2)


@exercise.reference
def name_loss(name, params, char_to_ix):
    """Return ``-log`` of the probability of exactly this name, newline included, in nats.

    Parameters
    ----------
    name : str
    params : dict of ndarray
    char_to_ix : dict of str to int

    Returns
    -------
    float
    """
    return rnn_forward(*encode(name, char_to_ix), np.zeros_like(params["b"]), params)[0]


@exercise.cases
def cases(rng):
    for length, n_a, n in ((4, 3, 5), (7, 4, 6), (1, 3, 4)):
        name = draw_name(rng, n, length)
        yield case(name, draw_params(rng, n_a, n), alphabet(n), label=f'"{name}"')


# The probability of each character, newline included.
def shares(name, params, char_to_ix):
    X, Y = encode(name, char_to_ix)
    _, cache = rnn_forward(X, Y, np.zeros_like(params["b"]), params)
    return np.array([p[y, 0] for p, y in zip(cache["p"], Y)])


@exercise.mistake(
    "The newline is left out: without it, that is the probability that a name begins like this one."
)
def no_newline(name, params, char_to_ix):
    X, Y = encode(name, char_to_ix)
    loss, _ = rnn_forward(X[:-1], Y[:-1], np.zeros_like(params["b"]), params)
    return loss


@exercise.mistake(
    "The loss was divided by the number of characters; expected the loss of the whole name."
)
def divided(name, params, char_to_ix):
    X, Y = encode(name, char_to_ix)
    loss, _ = rnn_forward(X, Y, np.zeros_like(params["b"]), params)
    return loss / len(Y)


@exercise.mistake(
    "The loss was divided by the length of the name; expected the loss of the whole name.",
    id="divided",
)
def divided_by_the_length(name, params, char_to_ix):
    X, Y = encode(name, char_to_ix)
    loss, _ = rnn_forward(X, Y, np.zeros_like(params["b"]), params)
    return loss / len(name)


@exercise.mistake(
    "The newline is left out, and the loss was divided by the length; expected the loss of the "
    "whole name, newline included.",
    id="divided",
)
def divided_without_newline(name, params, char_to_ix):
    X, Y = encode(name, char_to_ix)
    loss, _ = rnn_forward(X[:-1], Y[:-1], np.zeros_like(params["b"]), params)
    return loss / len(name)


@exercise.mistake("The first letter is left out: the model writes it too, from the zero vector.")
def no_first_letter(name, params, char_to_ix):
    return -np.sum(np.log(shares(name, params, char_to_ix)[1:]))


@exercise.mistake(
    "The name is read without the zero vector in front, so the first letter is given instead of "
    "predicted."
)
def no_start(name, params, char_to_ix):
    X, Y = encode(name, char_to_ix)
    loss, _ = rnn_forward(X[1:], Y[1:], np.zeros_like(params["b"]), params)
    return loss


@exercise.mistake("The sign is wrong: that is the logarithm of the probability.")
def sign(name, params, char_to_ix):
    X, Y = encode(name, char_to_ix)
    loss, _ = rnn_forward(X, Y, np.zeros_like(params["b"]), params)
    return -loss


@exercise.mistake("That is the probability itself; expected minus its logarithm.")
def probability(name, params, char_to_ix):
    X, Y = encode(name, char_to_ix)
    loss, _ = rnn_forward(X, Y, np.zeros_like(params["b"]), params)
    return np.exp(-loss)


@exercise.mistake("That is in bits, a logarithm to base 2; expected nats, the natural logarithm.")
def base_2(name, params, char_to_ix):
    X, Y = encode(name, char_to_ix)
    loss, _ = rnn_forward(X, Y, np.zeros_like(params["b"]), params)
    return loss / np.log(2)


@exercise.mistake("That is a logarithm to base 10; expected the natural logarithm.")
def base_10(name, params, char_to_ix):
    X, Y = encode(name, char_to_ix)
    loss, _ = rnn_forward(X, Y, np.zeros_like(params["b"]), params)
    return loss / np.log(10)


@exercise.mistake("That is the loss of the newline alone; every character counts.")
def last_step(name, params, char_to_ix):
    X, Y = encode(name, char_to_ix)
    _, cache = rnn_forward(X, Y, np.zeros_like(params["b"]), params)
    return -np.log(cache["p"][-1][Y[-1], 0])


@exercise.mistake("That is the perplexity; expected the loss of the name.", id="perplexity")
def perplexity_of_the_name(name, params, char_to_ix):
    X, Y = encode(name, char_to_ix)
    loss, _ = rnn_forward(X, Y, np.zeros_like(params["b"]), params)
    return np.exp(loss / len(Y))


@exercise.mistake(
    "Every character starts from a zero state; the state should carry over from one to the next."
)
def state_not_carried(name, params, char_to_ix):
    X, Y = encode(name, char_to_ix)
    loss = 0.0
    for index, target in zip(X, Y, strict=True):
        step, _ = rnn_forward([index], [target], np.zeros_like(params["b"]), params)
        loss += step
    return loss


@exercise.mistake("Each step counts the character that it reads; the next one should count.")
def not_shifted(name, params, char_to_ix):
    X, Y = encode(name, char_to_ix)
    loss, _ = rnn_forward(Y, Y, np.zeros_like(params["b"]), params)
    return loss


@exercise.mistake("The first input is the newline; it should be the zero vector.")
def newline_start(name, params, char_to_ix):
    X, Y = encode(name, char_to_ix)
    X[0] = char_to_ix["\n"]
    loss, _ = rnn_forward(X, Y, np.zeros_like(params["b"]), params)
    return loss


@exercise.mistake("Expected one number, the loss; there is more than one result.")
def with_cache(name, params, char_to_ix):
    X, Y = encode(name, char_to_ix)
    return rnn_forward(X, Y, np.zeros_like(params["b"]), params)


STEPS = "Those are the losses of the steps; expected their sum."


@exercise.mistake(STEPS)
def per_step(name, params, char_to_ix):
    return -np.log(shares(name, params, char_to_ix))


@exercise.mistake(STEPS, id="per_step")
def list_of_steps(name, params, char_to_ix):
    return [-np.log(share) for share in shares(name, params, char_to_ix)]


@exercise.refused("`return` line")
def prints(name, params, char_to_ix):
    X, Y = encode(name, char_to_ix)
    loss, _ = rnn_forward(X, Y, np.zeros_like(params["b"]), params)
    print(name, loss)


@exercise.right
def vectorised(name, params, char_to_ix):
    X, Y = encode(name, char_to_ix)
    loss, _ = rnn_forward(X, Y, np.zeros_like(params["b"]), params)
    return loss


@exercise.right
def loops(name, params, char_to_ix):
    a = np.zeros((params["Waa"].shape[0], 1))
    x = np.zeros((params["Wax"].shape[1], 1))
    log_probability = 0.0
    for c in name + "\n":
        a, p = rnn_step_forward(params, a, x)
        log_probability += math.log(p[char_to_ix[c], 0])
        x = np.zeros(x.shape)
        x[char_to_ix[c]] = 1
    return -log_probability


@exercise.right
def own_style(name, params, char_to_ix):
    def log_p(prefix, letter):
        tape = Tape(np.zeros(params["b"].shape))
        p = tape.read(params, None)
        for known in prefix:
            p = tape.read(params, char_to_ix[known])
        return np.log(p[char_to_ix[letter], 0])

    word = name + "\n"
    return -sum(log_p(word[:i], word[i]) for i in range(len(word)))


# The probability of the name as a product, and its logarithm at the end.
@exercise.right
def unusual(name, params, char_to_ix):
    X, Y = encode(name, char_to_ix)
    _, cache = rnn_forward(X, Y, np.zeros((len(params["b"]), 1)), params)
    return -np.log(np.prod([p[i, 0] for p, i in zip(cache["p"], Y, strict=True)]))
