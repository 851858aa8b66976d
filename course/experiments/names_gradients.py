"""Backpropagation through time, checked array by array and with mistakes planted in it."""

import numpy as np

from course.ps4_char_rnn.reference import rnn_forward

ARRAYS = ("Wax", "Waa", "Wya", "b", "by")
STEP = 1e-5  # central differences err by step**2 and by 1e-16/step: about 1e-10 either way

SLIPS = {
    "dy": "dy without the minus one",
    "future": "term from the future dropped",
    "no slope": "slope of tanh left out",
    "slope twice": "slope of tanh taken twice",
    "not transposed": "Waa not transposed on the way back",
    "a_t": "a_t in place of a_(t-1) in dWaa",
    "=": "= in place of += for dWaa",
}


def numerical_gradients(X, Y, a0, params, step=STEP):
    """Return the gradients of `rnn_forward`'s loss by central differences.

    Returns
    -------
    dict of ndarray
        ``{"dWax", ...}``, shapes as the parameters.
    """
    gradients = {}
    params = {name: value.copy() for name, value in params.items()}
    for name, value in params.items():
        slope = np.empty_like(value)
        for index in np.ndindex(value.shape):
            middle = value[index]
            value[index] = middle + step
            above = rnn_forward(X, Y, a0, params)[0]
            value[index] = middle - step
            below = rnn_forward(X, Y, a0, params)[0]
            value[index] = middle
            slope[index] = (above - below) / (2 * step)
        gradients["d" + name] = slope
    return gradients


def relative_errors(gradients, expected):
    """Return ``|g - e| / (|g| + |e|)`` with Euclidean norms for each array, in `ARRAYS`' order.

    Returns
    -------
    (5,) ndarray
        0 when equal, 1 when one is zero or the opposite of the other.
    """
    errors = []
    for name in ARRAYS:
        g, e = gradients["d" + name], expected["d" + name]
        errors.append(np.linalg.norm(g - e) / (np.linalg.norm(g) + np.linalg.norm(e)))
    return np.array(errors)


def slipped_backward(Y, params, cache, slip):
    """Return the gradients as someone gets them who makes one of `SLIPS` (a key)."""
    gradients = {"d" + name: np.zeros_like(value) for name, value in params.items()}
    power = {"no slope": 0, "slope twice": 2}.get(slip, 1)
    back = params["Waa"] if slip == "not transposed" else params["Waa"].T
    da_next = np.zeros_like(params["b"])
    for t in reversed(range(len(Y))):
        dy = cache["p"][t].copy()
        dy[Y[t]] -= slip != "dy"
        a_prev, a = cache["a"][t], cache["a"][t + 1]
        dz = (params["Wya"].T @ dy + da_next) * (1.0 - a**2) ** power
        here = dz @ (a if slip == "a_t" else a_prev).T
        gradients["dWaa"] = here if slip == "=" else gradients["dWaa"] + here
        gradients["dWax"] += dz @ cache["x"][t].T
        gradients["dWya"] += dy @ a.T
        gradients["db"] += dz
        gradients["dby"] += dy
        da_next = np.zeros_like(dz) if slip == "future" else back @ dz
    return gradients


def slip_table(X, Y, a0, params):
    """Return the relative errors that each mistake leaves, (7, 5) ndarray: slips by `ARRAYS`."""
    expected = numerical_gradients(X, Y, a0, params)
    cache = rnn_forward(X, Y, a0, params)[1]
    return np.array(
        [relative_errors(slipped_backward(Y, params, cache, slip), expected) for slip in SLIPS]
    )
