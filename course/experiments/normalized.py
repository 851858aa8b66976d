"""Deep ReLU nets whose layers are normalized before the ReLU, at the start and in training.

Columns are examples. Batch normalization brings each unit to mean 0 and variance 1 over the
examples (Ioffe and Szegedy 2015, arXiv 1502.03167), layer normalization each example over the
units (Ba, Kiros and Hinton 2016, arXiv 1607.06450); both without factors and shifts of their own,
which start at 1 and 0.
"""

import numpy as np

from .depth import DEPTH, N_EXAMPLES, WIDTH, rms
from .nets import costs, sigmoid

AXES = {"none": None, "layer": 0, "batch": 1}


def divided(z, axis):
    """Return `z` brought to mean 0 and variance 1 along an axis, and the deviations it had."""
    if axis is None:
        return z, 1.0
    std = z.std(axis=axis, keepdims=True)
    return (z - z.mean(axis=axis, keepdims=True)) / std, std


def back_through(d, out, std, axis):
    """Return the gradient below a normalization, from that above it.

    Mean and deviation depend on the numbers too: what would shift or stretch them all alike is
    taken away, and the rest is divided.
    """
    if axis is None:
        return d
    along = np.mean(d * out, axis=axis, keepdims=True)
    return (d - d.mean(axis=axis, keepdims=True) - along * out) / std


def passes(scale, kind, rng, depth=DEPTH, width=WIDTH, n_examples=N_EXAMPLES):
    """Send normal numbers forward through a new net, and a normal gradient back.

    Parameters
    ----------
    scale : float
        Standard deviation of the weights.
    kind : {"none", "layer", "batch"}
        What is normalized.
    rng : numpy.random.Generator

    Returns
    -------
    forward, backward, weights : (depth + 1,) or (depth,) ndarray
        Root mean squares of the outputs of layers 0, ..., depth, of the gradients that reach
        them, and of the gradients of the weights of layers 1, ..., depth.
    """
    axis, kept = AXES[kind], []
    a = rng.standard_normal((width, n_examples))
    forward = [a]
    for _ in range(depth):
        W = scale * rng.standard_normal((width, width))
        out, std = divided(W @ a, axis)
        kept.append((W, a, out, std))
        a = np.maximum(out, 0)
        forward.append(a)
    back = [rng.standard_normal(a.shape)]
    weights = []
    for W, below, out, std in reversed(kept):
        d = back_through(back[-1] * (out > 0), out, std, axis)
        weights.append(d @ below.T / n_examples)
        back.append(W.T @ d)
    return rms(forward), rms(back)[::-1], rms(weights)[::-1]


def descend(scale, rate, X, y, n_steps, seed=0, n_units=20):
    """Train two batch-normalized hidden layers and a last layer on all points at once.

    Parameters
    ----------
    scale : float
        Standard deviation of the hidden layers' weights.
    rate : float
        Of the hidden layers; the last layer's is 0.3 always.
    X : (n_0, m) ndarray
    y : (1, m) ndarray of 0 and 1
    n_steps : int
    seed, n_units : int, optional

    Returns
    -------
    (n_steps,) ndarray
        Costs, in nats.
    """
    rng = np.random.default_rng(seed)
    W1, W2 = (scale * rng.standard_normal((n_units, n)) for n in (len(X), n_units))
    W3, b3 = rng.standard_normal((1, n_units)) / np.sqrt(n_units), np.zeros((1, 1))
    recorded = []
    for _ in range(n_steps):
        first, std1 = divided(W1 @ X, 1)
        below = np.maximum(first, 0)
        second, std2 = divided(W2 @ below, 1)
        top = np.maximum(second, 0)
        z = W3 @ top + b3
        recorded.append(np.mean(costs(z, y)))
        d = (sigmoid(z) - y) / y.size
        d2 = back_through((W3.T @ d) * (second > 0), second, std2, 1)
        d1 = back_through((W2.T @ d2) * (first > 0), first, std1, 1)
        W3, b3 = W3 - 0.3 * d @ top.T, b3 - 0.3 * d.sum()
        W2, W1 = W2 - rate * d2 @ below.T, W1 - rate * d1 @ X.T
    return np.array(recorded)
