"""A character RNN with switches: the wrong networks that `ps4_char_rnn` knows by name.

With every switch at its default each function is right; each slip is one switch turned.
"""

import numpy as np

from autograder.reference import ps4_char_rnn as ref

NEWLINE = "newline"  # as a first input, where the size of the vocabulary is not known yet
NEVER = 1e-13  # a name less likely than this is left out: no grading will see it


def without(params, *names):
    """Return the parameters with some of them zero, as if they were left out of a formula."""
    return {key: value * (key not in names) for key, value in params.items()}


def with_turned(params, name):
    """Return the parameters with one matrix transposed."""
    return {**params, name: params[name].T}


def hidden(params, a_prev, x):
    """Return what goes into the tanh, (n_a, 1)."""
    return params["Waa"] @ a_prev + params["Wax"] @ x + params["b"]


def step(params, a_prev, x, activation=np.tanh, read=None, output=ref.softmax):
    """Take one step; `read` picks what the output layer sees, of (a, z, a_prev)."""
    z = hidden(params, a_prev, x)
    a = activation(z)
    seen = a if read is None else read(a, z, a_prev)
    return a, output(ref.rnn_logits(params, seen))


def sigmoid(z):
    """Return ``1 / (1 + exp(-z))``."""
    return 1 / (1 + np.exp(-z))


def forward(X, Y, a0, params, carry=True, start=None, network=step, loss=None):
    """Read a name.

    `carry`: the state goes on from step to step; `start`: the input in the place of the zero
    vector; `loss`: what is made of the probabilities of the right characters.
    """
    x = [ref.one_hot(index, params["Wax"].shape[1]) for index in X]
    if start is not None and X[0] is None:
        x[0] = start
    cache = {"x": x, "a": [a0], "p": []}
    for each in x:
        a, p = network(params, cache["a"][-1] if carry else a0, each)
        cache["a"].append(a)
        cache["p"].append(p)
    q = np.array([p[target, 0] for p, target in zip(cache["p"], Y)])
    return (-np.sum(np.log(q)) if loss is None else loss(q)), cache


def slope(a):
    """Return the slope of tanh where its value is `a`."""
    return 1 - a**2


def backward(
    Y,
    params,
    cache,
    dy=None,
    future=1.0,
    factor=slope,
    at=1,
    turned=True,
    past=(0, 1),
    overwrite=(),
    late=False,
    bare=False,
):
    """Return the gradients of `forward`'s loss, with one switch for each slip.

    `dy(p, target)` is the gradient of the logits; `future` weighs what later steps ask;
    `factor` is the slope of tanh, taken of state t + `at`; `turned`: Waa transposed; `past`:
    which states stand in dWaa and dWya; `overwrite`: gradients that are set and not added up;
    `late`: the future joins after the slope; `bare`: it is passed on without the slope.
    """
    gradients = {"d" + name: np.zeros_like(value) for name, value in params.items()}
    Waa = params["Waa"].T if turned else params["Waa"]
    later = np.zeros_like(params["b"])
    for t in reversed(range(len(Y))):
        d_logits = (dy or d_cross_entropy)(cache["p"][t], Y[t])
        ahead, slopes = future * later, factor(cache["a"][t + at])
        da = params["Wya"].T @ d_logits + (0 if late else ahead)
        dz = slopes * da + (ahead if late else 0)
        parts = {
            "dWya": d_logits @ cache["a"][t + past[1]].T,
            "dby": d_logits,
            "dWax": dz @ cache["x"][t].T,
            "dWaa": dz @ cache["a"][t + past[0]].T,
            "db": dz,
        }
        for key, part in parts.items():
            gradients[key] = part + (0 if key in overwrite else gradients[key])
        later = Waa @ (da if bare else dz)
    return gradients


def d_cross_entropy(p, target):
    """Return the gradient of ``-log softmax(z)[target]`` with respect to z."""
    return p - ref.one_hot(target, len(p))


def optimize(
    X,
    Y,
    a_prev,
    params,
    learning_rate=0.01,
    max_value=5,
    *,
    sign=1.0,
    limit=ref.clip,
    read=None,
    gradients=ref.rnn_backward,
):
    """Take one step of gradient descent; `limit` takes the gradients and `max_value`."""
    X, Y = (read or (lambda X, Y: (X, Y)))(X, Y)
    loss, cache = ref.rnn_forward(X, Y, a_prev, params)
    limited = limit(gradients(Y, params, cache), max_value)
    new = {n: v - sign * learning_rate * limited["d" + n] for n, v in params.items()}
    return loss, new, cache["a"][-1]


def unclipped(gradients, max_value):
    """Return the gradients as they are."""
    return gradients


def clipped_by_norm(gradients, max_value, together=True):
    """Shorten the gradients where their length is above `max_value`."""
    lengths = {key: np.linalg.norm(value) for key, value in gradients.items()}
    whole = np.sqrt(sum(length**2 for length in lengths.values()))
    return {
        key: value * min(1, max_value / max(whole if together else lengths[key], 1e-300))
        for key, value in gradients.items()
    }


def writing(params, max_length, network=step, **slips):
    """Return the names a network writes, each with its probability.

    Parameters
    ----------
    params : dict of ndarray
    max_length : int
    network : callable, optional
    **slips
        `start`, `a0`: the first input and state; `keep`: inputs add up; `deaf`: the input stays
        the first one; `forget`: the state stays zero; `choose`: turns probabilities into others;
        `close`: what is appended at the limit; `end`: what is written for a drawn newline;
        `onward`: a newline ends nothing; `parrot`: the most likely letter is fed back.

    Returns
    -------
    dict of tuple of int to float
    """
    n = len(params["by"])
    start, a0 = slips.get("start", np.zeros((n, 1))), slips.get("a0", np.zeros_like(params["b"]))
    names, open_ones = {}, [((), 1.0, a0, ref.one_hot(0, n) if start is NEWLINE else start)]
    while open_ones:
        name, share, a_prev, x = open_ones.pop()
        if len(name) == max_length:
            closed = name + tuple(slips.get("close", (0,)))
            names[closed] = names.get(closed, 0.0) + share
            continue
        a, p = network(params, np.zeros_like(a_prev) if slips.get("forget") else a_prev, x)
        for i, q in enumerate(slips.get("choose", lambda p: p)(p[:, 0])):
            if share * q < NEVER:
                continue
            if i == 0 and not slips.get("onward"):
                done = name + tuple(slips.get("end", (0,)))
                names[done] = names.get(done, 0.0) + share * q
                continue
            i_fed = int(np.argmax(p)) if slips.get("parrot") else i
            fed = x if slips.get("deaf") else ref.one_hot(i_fed, n)
            fed = np.maximum(x, fed) if slips.get("keep") else fed
            open_ones.append(((*name, i), share * q, a, fed))
    return names


def most_likely(p):
    """Return a distribution that always takes the largest entry."""
    return np.eye(len(p))[np.argmax(p)]
