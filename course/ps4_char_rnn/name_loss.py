"""Minus the log-probability that the network writes a name."""

import math

import numpy as np

from autograder.model import Exercise, case

from .encode import encode
from .rnn_forward import Tape, rnn_forward
from .rnn_step_forward import rnn_step_forward
from .shared import ELSEWHERE, alphabet, draw_name, draw_params, remembering, tight

exercise = Exercise(points=2, expect=tight)


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
    yield case("cab", draw_params(rng, 3, 4), ELSEWHERE, label="a newline that is number 2")
    yield case("", draw_params(rng, 3, 4), alphabet(4), label="an empty name")
    signs = {c: i for i, c in enumerate("\n -2Tex")}
    yield case("T-2 ex ", draw_params(rng, 3, 7), signs, label="a name with blanks and signs")
    unlikely = draw_params(rng, 3, 4) | {"by": np.array([[0.0], [-600.0], [0.0], [0.0]])}
    yield case("ab", unlikely, alphabet(4), label="a nearly impossible letter")
    name = draw_name(rng, 4, 60)
    yield case(name, remembering(rng, 3, 4), alphabet(4), label="a name of 60 letters")
    # Less likely than the smallest float. Not longer: some take a step for each pair of letters.
    unlikely = remembering(rng, 3, 4) | {"by": np.array([[9.0], [0.0], [0.0], [0.0]])}
    name = draw_name(rng, 4, 260)
    yield case(name, unlikely, alphabet(4), label="a name of 260 letters", only="hidden")


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


@exercise.mistake(
    "The product of many probabilities is too small for a float, and becomes 0; add up their "
    "logarithms."
)
def product(name, params, char_to_ix):
    return -np.log(np.prod(shares(name, params, char_to_ix)))


@exercise.mistake(
    "A small number was added inside the logarithm, or small probabilities were raised; no "
    "probability is 0 here.",
    small=(1e-8, 1e-7, 1e-6, 1e-10, 1e-12, 1e-15, 1e-20, 1e-100),
)
def epsilon(name, params, char_to_ix, *, small):
    return -np.sum(np.log(shares(name, params, char_to_ix) + small))


@exercise.mistake("The newline is always taken as 0; its number is in `char_to_ix`.")
def newline_fixed(name, params, char_to_ix):
    X, Y = encode(name, char_to_ix)
    loss, _ = rnn_forward(X, [*Y[:-1], 0], np.zeros_like(params["b"]), params)
    return loss


@exercise.mistake(
    "A long name is cut off; every character counts.",
    limit=(10, 25, 50, 64, 100, 128, 200, 256),
)
def cut_off(name, params, char_to_ix, *, limit):
    X, Y = encode(name, char_to_ix)
    loss, _ = rnn_forward(X[:limit], Y[:limit], np.zeros_like(params["b"]), params)
    return loss


@exercise.mistake(
    "A long name is cut off; every character counts.", id="cut_off", limit=(50, 100, 200)
)
def cut_before_newline(name, params, char_to_ix, *, limit):
    X, Y = encode(name[:limit], char_to_ix)
    loss, _ = rnn_forward(X, Y, np.zeros_like(params["b"]), params)
    return loss


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
    tape = Tape(np.zeros(params["b"].shape))
    after = [tape.read(params, index) for index in [None, *map(char_to_ix.get, name)]]
    return -sum(np.log(p[char_to_ix[c], 0]) for p, c in zip(after, name + "\n"))


# A logarithm for four probabilities at a time: their product still fits into a float.
@exercise.right
def unusual(name, params, char_to_ix):
    X, Y = encode(name, char_to_ix)
    _, cache = rnn_forward(X, Y, np.zeros((len(params["b"]), 1)), params)
    p = [p[i, 0] for p, i in zip(cache["p"], Y, strict=True)]
    return -sum(np.log(np.prod(p[i : i + 4])) for i in range(0, len(p), 4))


@exercise.right
def by_einsum(name, params, char_to_ix):
    X, Y = encode(name, char_to_ix)
    _, cache = rnn_forward(X, Y, np.zeros(params["b"].shape), params)
    right = np.eye(len(char_to_ix))[Y]
    return -np.log(np.einsum("tn,tn->t", right, np.hstack(cache["p"]).T)).sum()


@exercise.right
def with_a_closure(name, params, char_to_ix):
    state = {"a": np.zeros_like(params["b"]), "x": np.zeros_like(params["by"])}

    def surprise(c):
        state["a"], p = rnn_step_forward(params, state["a"], state["x"])
        state["x"] = np.eye(len(p))[:, [char_to_ix[c]]]
        return -np.log(p[char_to_ix[c]].item())

    return sum(map(surprise, [*name, "\n"]))
