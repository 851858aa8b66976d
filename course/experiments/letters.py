"""Names as numbers, and a character RNN in its plainest form, for lessons 2 to 4."""

import numpy as np

from .losses import log_shares


def numbered(names):
    """Return the number of each character of the names, ``{"\\n": 0, "a": 1, ...}``."""
    return {char: number for number, char in enumerate(sorted({"\n"}.union(*names)))}


def as_targets(number, name):
    """Return the numbers of a name's characters, the newline at its end among them."""
    return [number[char] for char in f"{name}\n"]


def as_pair(number, name):
    """Return inputs and targets of a name: each target's input is the character before it."""
    Y = as_targets(number, name)
    return [None, *Y[:-1]], Y


def random_weights(rng, n_units, n_characters, scale=0.01):
    """Return normal weights times `scale`, and zero biases, in the order of the assignment."""
    shapes = {"Wax": (n_units, n_characters), "Waa": (n_units, n_units)}
    shapes["Wya"] = (n_characters, n_units)
    net = {name: rng.standard_normal(shape) * scale for name, shape in shapes.items()}
    return {**net, "b": np.zeros((n_units, 1)), "by": np.zeros((n_characters, 1))}


def unrolled(net, X, Y):
    """Read a name from a zero state.

    Returns
    -------
    loss : float
        In nats, summed over the characters.
    states : list of (n_units, 1) ndarray
        The zero state first.
    log_q : list of (n_characters, 1) ndarray
    """
    states, log_q, loss = [np.zeros_like(net["b"])], [], 0.0
    for x, y in zip(X, Y, strict=True):
        z = net["Waa"] @ states[-1] + net["b"]
        if x is not None:
            z = z + net["Wax"][:, [x]]
        states.append(np.tanh(z))
        log_q.append(log_shares(net["Wya"] @ states[-1] + net["by"]))
        loss -= log_q[-1][y, 0]
    return loss, states, log_q


def tempered(T, logits):
    """Return the softmax of ``logits / T``, in columns."""
    return np.exp(log_shares(logits / T))
