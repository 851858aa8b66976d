"""Backpropagation through time, checked array by array and with mistakes planted in it."""

import numpy as np

from .letters import unrolled

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


def numerical_gradients(X, Y, params, step=STEP):
    """Return the gradients of the loss of a name by central differences.

    Returns
    -------
    dict of ndarray
        ``{"dWax", ...}``, shapes as the parameters.
    """
    gradients = {}
    params = {name: value.copy() for name, value in params.items()}
    for name in params:
        value = params[name]
        slope = np.empty_like(value)
        for index in np.ndindex(value.shape):
            middle = value[index]
            value[index] = middle + step
            above = unrolled(params, X, Y)[0]
            value[index] = middle - step
            below = unrolled(params, X, Y)[0]
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


def slipped_backward(X, Y, params, slip=None):
    """Return the gradients as someone gets them who makes one of `SLIPS` (a key), or none."""
    d = {name: np.zeros_like(value) for name, value in params.items()}
    _, states, log_q = unrolled(params, X, Y)
    power = {"no slope": 0, "slope twice": 2}.get(slip, 1)
    back = params["Waa"] if slip == "not transposed" else params["Waa"].T
    from_future = 0.0
    for t in np.arange(len(Y))[::-1]:
        dy = np.exp(log_q[t])
        dy[Y[t]] -= slip != "dy"
        a_prev, a = states[t], states[t + 1]
        dz = (params["Wya"].T @ dy + from_future) * (1.0 - a**2) ** power
        here = dz @ (a if slip == "a_t" else a_prev).T
        d["Waa"] = here if slip == "=" else d["Waa"] + here
        if X[t] is not None:
            d["Wax"][:, [X[t]]] += dz
        d["Wya"] += dy @ a.T
        d["b"] += dz
        d["by"] += dy
        from_future = 0.0 if slip == "future" else back @ dz
    return {"d" + name: value for name, value in d.items()}


def slip_table(X, Y, params):
    """Return the relative errors that each mistake leaves, (7, 5) ndarray: slips by `ARRAYS`."""
    expected = numerical_gradients(X, Y, params)
    return np.array(
        [relative_errors(slipped_backward(X, Y, params, slip), expected) for slip in SLIPS]
    )
