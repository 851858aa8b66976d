"""The 34 % detective: six starts with one accuracy, and the evidence that tells them apart.

The net 12288-20-7-5-1 of the question on AI Stack Exchange, on made-up pictures.
"""

import numpy as np

from . import nets
from .descent import accuracy, train_all

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


def rotate(starts, *Xs):
    """Return the same nets and pictures in as many coordinates as there are pictures.

    The pictures span far fewer directions than they have pixels. In an orthonormal basis Q of
    that span, ``W1 @ X`` is ``(W1 @ Q) @ (Q.T @ X)``, and gradient descent on ``W1 @ Q`` is
    gradient descent on `W1` seen in that basis: the same costs and answers up to rounding,
    in a small part of the time.

    Parameters
    ----------
    starts : dict of dict of ndarray
        Nets by name.
    *Xs : (n_0, m) ndarray

    Returns
    -------
    starts : dict of dict of ndarray
        With `W1` (n_1, r), r the number of all pictures.
    *Xs : (r, m) ndarray
    """
    Q, R = np.linalg.qr(np.hstack(Xs))
    parts = np.split(R, np.cumsum([X.shape[1] for X in Xs])[:-1], axis=1)
    return {name: {**net, "W1": net["W1"] @ Q} for name, net in starts.items()}, *parts


def _train_where_they_move(starts, X, y, *how):
    """Train as `train_all` does; coordinates in which all pictures are 0, the last ones, stay out.

    `rotate` puts the training pictures first: what only the test pictures have moves no weight.
    """
    n = np.flatnonzero(X.any(axis=1))[-1] + 1
    inner = {name: {**net, "W1": net["W1"][:, :n]} for name, net in starts.items()}
    trained = train_all(inner, np.ascontiguousarray(X[:n]), y, LEARNING_RATE, *how)
    return {
        name: ({**net, "W1": np.hstack([net["W1"], starts[name]["W1"][:, n:]])}, costs)
        for name, (net, costs) in trained.items()
    }


def start(name, seed=1):
    """Return the parameters of the start `name`, of `STARTS` or `CURES`, drawn with `seed`."""
    return {**STARTS, **CURES}[name](np.random.RandomState(seed))


def investigate(starts, data, every=100, small=True, bar=iter):
    """Train from some starts and return all the evidence, not the accuracies alone.

    Parameters
    ----------
    starts : dict of dict of ndarray
        By name, what `start` returns.
    data : tuple
        ``X_train, y_train, X_test, y_test``, as from `pictures`.
    every, bar : optional
        As for `train`.
    small : bool, optional
        Whether to train in the coordinates of `rotate`, fast, or on the pixels themselves.

    Returns
    -------
    dict of dict
        By name: ``"params"`` (at the end, as from `rotate`), ``"train"`` and ``"test"``
        (accuracies), ``"costs"`` (nats), ``"nan"`` (share of NaN by layer at the start),
        ``"spread"`` (standard deviation of each layer's output at the start, the logits last),
        ``"zeros"`` (share of exact zeros in each hidden layer at the end).
    """
    X, y, X_test, y_test = data
    begin = starts
    if small:
        begin, X, X_test = rotate(starts, X, X_test)
    trained = _train_where_they_move(begin, X, y, N_STEPS, every, None, bar)
    return {
        name: {
            "params": params,
            "costs": costs,
            "nan": [np.mean(np.isnan(starts[name][f"W{k}"])) for k in range(1, len(LAYER_DIMS))],
            "train": accuracy(params, X, y),
            "test": accuracy(params, X_test, y_test),
            "zeros": [np.mean(A == 0) for A in nets.outputs(params, X)[1:-1]],
            "spread": [np.std(A) for A in nets.outputs(begin[name], X)[1:]],
        }
        for name, (params, costs) in trained.items()
    }
