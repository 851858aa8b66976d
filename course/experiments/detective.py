"""The 34 % detective: six starts with one accuracy, and the evidence that tells them apart.

The net 12288-20-7-5-1 of the question on AI Stack Exchange, on made-up pictures.
"""

import numpy as np

from . import nets
from .descent import accuracy, train

LAYER_DIMS = [12288, 20, 7, 5, 1]
LEARNING_RATE = 0.0075
N_STEPS = 2500


def initialize_power(layer_dims, exponent, rng):
    """Return what the question's code makes: normal numbers to a power, zero biases.

    A negative number has no real power of 0.001; NumPy gives NaN for it.

    Parameters
    ----------
    layer_dims : sequence of int, L + 1 long
    exponent : float
    rng : numpy.random.Generator or numpy.random.RandomState

    Returns
    -------
    dict of ndarray
    """
    params = nets.start(rng, layer_dims, 1.0)
    with np.errstate(invalid="ignore"):
        return {
            name: value**exponent if name.startswith("W") else value
            for name, value in params.items()
        }


STARTS = {
    "randn ** 0.001": lambda rng: initialize_power(LAYER_DIMS, 0.001, rng),
    "zeros": lambda rng: nets.start(rng, LAYER_DIMS, 0.0),
    "all 0.01": lambda rng: nets.equal(LAYER_DIMS, 0.01),
    "randn * 0.001": lambda rng: nets.start(rng, LAYER_DIMS, 0.001),
    "randn * 0.01": lambda rng: nets.start(rng, LAYER_DIMS, 0.01),
    "randn * 1": lambda rng: nets.start(rng, LAYER_DIMS, 1.0),
}
CURES = {
    "randn / sqrt(n)": lambda rng: nets.start(rng, LAYER_DIMS, nets.xavier),
    "randn * sqrt(2/n)": lambda rng: nets.start(rng, LAYER_DIMS, nets.he),
}


def rotate(params, *Xs):
    """Return the same net and pictures in as many coordinates as there are pictures.

    The pictures span far fewer directions than they have pixels. In an orthonormal basis Q of
    that span, ``W1 @ X`` is ``(W1 @ Q) @ (Q.T @ X)``, and gradient descent on ``W1 @ Q`` is
    gradient descent on `W1` seen in that basis: the same costs and answers up to rounding,
    in a small part of the time.

    Parameters
    ----------
    params : dict of ndarray
    *Xs : (n_0, m) ndarray

    Returns
    -------
    params : dict of ndarray
        With `W1` (n_1, r), r the number of all pictures.
    *Xs : (r, m) ndarray
    """
    Q, parts = _basis(*Xs)
    return {**params, "W1": params["W1"] @ Q}, *parts


def _train_where_it_moves(params, X, y, n_steps, every):
    """Train as `train` does; coordinates in which all pictures are 0, the last ones, stay out.

    `rotate` puts the training pictures first: what only the test pictures have moves no weight.
    """
    n = np.flatnonzero(X.any(axis=1))[-1] + 1
    W1 = params["W1"]
    inner = {**params, "W1": np.ascontiguousarray(W1[:, :n])}
    inner, costs = train(inner, np.ascontiguousarray(X[:n]), y, LEARNING_RATE, n_steps, every)
    return {**inner, "W1": np.hstack([inner["W1"], W1[:, n:]])}, costs


_bases = []  # of the last two sets of pictures: six starts ask for one after the other


def _basis(*Xs):
    """Return the basis of `rotate` and the pictures in it, of the same arrays only once."""
    for known, found in _bases:
        if all(a is b for a, b in zip(known, Xs)):
            return found
    Q, R = np.linalg.qr(np.hstack(Xs))
    found = Q, np.split(R, np.cumsum([X.shape[1] for X in Xs])[:-1], axis=1)
    _bases[:] = [*_bases[-1:], (Xs, found)]
    return found


def investigate(name, data, seed=1, n_steps=N_STEPS, every=100, small=True):
    """Train from one start and return all the evidence, not the accuracy alone.

    Parameters
    ----------
    name : str
        One of `STARTS` or `CURES`.
    data : tuple
        ``X_train, y_train, X_test, y_test``, as from `pictures`.
    seed : int, optional
        Of the weights.
    n_steps, every : int, optional
        As for `train`.
    small : bool, optional
        Whether to train in the coordinates of `rotate`, fast, or on the pixels themselves.

    Returns
    -------
    dict
        ``"start"`` and ``"params"`` (before and after; the latter as from `rotate`), ``"train"``
        and ``"test"`` (accuracies), ``"costs"`` (nats), ``"nan"`` (share of NaN by layer at
        the start), ``"spread"`` (standard deviation of each layer's output at the start, the
        logits last), ``"zeros"`` (share of exact zeros in each hidden layer at the end).
    """
    X, y, X_test, y_test = data
    start = {**STARTS, **CURES}[name](np.random.RandomState(seed))
    params = start
    if small:
        params, X, X_test = rotate(start, X, X_test)
    found = nets.outputs(params, X)
    params, costs = _train_where_it_moves(params, X, y, n_steps, every)
    hidden = nets.outputs(params, X)[1:-1]
    return {
        "start": start,
        "params": params,
        "costs": costs,
        "nan": [np.mean(np.isnan(start[f"W{k}"])) for k in range(1, len(LAYER_DIMS))],
        "train": accuracy(params, X, y),
        "test": accuracy(params, X_test, y_test),
        "zeros": [np.mean(A == 0) for A in hidden],
        "spread": [np.std(A) for A in found[1:]],
    }
