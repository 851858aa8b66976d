"""Two rings of points and the net 2-10-5-1: the experiment of the forum thread, bit by bit.

The points are those which ``sklearn.datasets.make_circles(noise=0.05)`` gives for seed 1
(train) and seed 2 (test), made here with NumPy alone.
"""

import numpy as np

from . import nets
from .descent import accuracy, train_all

LAYER_DIMS = [2, 10, 5, 1]
LEARNING_RATE = 0.01
N_STEPS = 15_000
SEED = 3  # of the weights

STARTS = {  # by name, the standard deviation of the weights
    "zeros": 0.0,
    **{f"{scale:g}": scale for scale in (0.01, 0.1, 0.5, 1, 2, 10)},
    "Xavier": nets.xavier,
    "He": nets.he,
}
SEVEN = ("zeros", "0.01", "0.1", "1", "10", "Xavier", "He")


def make_circles(n_points, seed, noise=0.05, factor=0.8):
    """Return points on two rings, shuffled, with noise.

    Parameters
    ----------
    n_points : int
        Half of them lie on the outer ring, radius 1, label 0.
    seed : int
        Of a `numpy.random.RandomState`.
    noise : float, optional
        Standard deviation of the noise on each coordinate.
    factor : float, optional
        Radius of the inner ring, label 1.

    Returns
    -------
    X : (2, n_points) ndarray
    y : (1, n_points) ndarray
    """
    rng = np.random.RandomState(seed)
    angles = np.linspace(0, 2 * np.pi, n_points // 2, endpoint=False)
    ring = np.column_stack([np.cos(angles), np.sin(angles)])
    points = np.vstack([ring, ring * factor])
    labels = np.repeat([0.0, 1.0], n_points // 2)
    order = np.arange(n_points)
    rng.shuffle(order)
    points = points[order] + rng.normal(scale=noise, size=points.shape)
    return np.ascontiguousarray(points.T), labels[order].reshape(1, -1)


def circles():
    """Return the thread's data: ``X_train, y_train, X_test, y_test``, 300 and 100 points."""
    return *make_circles(300, seed=1), *make_circles(100, seed=2)


def start(name, seed=SEED):
    """Return the parameters of the start `name`, one of `STARTS`, drawn with `seed`."""
    return nets.start(np.random.RandomState(seed), LAYER_DIMS, STARTS[name])


def run(names, seed=SEED, every=1000, bar=iter):
    """Train from some starts and return everything that the lesson shows of each.

    Parameters
    ----------
    names : sequence of str
        Of `STARTS`.
    seed : int, optional
        Of the weights.
    every, bar : optional
        As for `train`.

    Returns
    -------
    dict of dict
        By name ``"params"``, ``"costs"`` (nats), ``"train"`` and ``"test"`` (accuracies).
    """
    X, y, X_test, y_test = circles()
    starts = {name: start(name, seed) for name in names}
    trained = train_all(starts, X, y, LEARNING_RATE, N_STEPS, every, bar=bar)
    return {
        name: {
            "params": params,
            "costs": costs,
            "train": accuracy(params, X, y),
            "test": accuracy(params, X_test, y_test),
        }
        for name, (params, costs) in trained.items()
    }


def naive_cost(logits, y):
    """Return the cost as the assignment computes it: infinite when a sigmoid rounds to 0 or 1.

    Parameters
    ----------
    logits : (1, m) ndarray
    y : (1, m) ndarray of 0 and 1

    Returns
    -------
    float
        In nats. ``0 * inf`` gives NaN, which `nansum` skips.
    """
    with np.errstate(over="ignore", divide="ignore", invalid="ignore"):
        A = 1 / (1 + np.exp(-logits))
        return np.nansum(-np.log(A) * y - np.log(1 - A) * (1 - y)) / y.size


def naive_start_cost(name, seed=SEED):
    """Return `naive_cost` of the start `name` on the training points, in nats."""
    X, y, _, _ = circles()
    return naive_cost(nets.outputs(start(name, seed), X)[-1], y)
