"""Full-batch gradient descent on the small ReLU nets of lesson 1."""

import numpy as np

from course.ps1_initialization.reference import (
    backward,
    binary_cross_entropy,
    forward,
    sigmoid,
    update,
)


def train(params, X, y, learning_rate, n_steps, every=1000):
    """Descend and return the last parameters and the cost at every `every`-th step.

    Parameters
    ----------
    params : dict of ndarray
        The start; left as it is.
    X : (n_0, m) ndarray
    y : (1, m) ndarray of 0 and 1
    learning_rate : float
    n_steps : int
    every : int, optional
        Steps between two recorded costs; the first is that of the start.

    Returns
    -------
    params : dict of ndarray
    costs : (ceil(n_steps / every),) ndarray
        In nats.
    """
    costs = []
    for step in range(n_steps):
        activations = forward(X, params)
        if step % every == 0:
            costs.append(binary_cross_entropy(activations[-1], y))
        params = update(params, backward(y, activations, params), learning_rate)
    return params, np.array(costs)


def exit_step(params, X, y, learning_rate, limit, threshold=0.6):
    """Return the first step at which the cost is below `threshold`, None if not by `limit`.

    Parameters
    ----------
    params, X, y, learning_rate
        As for `train`.
    limit : int
        Steps to wait.
    threshold : float, optional
        In nats; 0.6 is well below log 2 = 0.693, the cost of an answer of 1/2 everywhere.

    Returns
    -------
    int or None
    """
    for step in range(limit):
        activations = forward(X, params)
        if binary_cross_entropy(activations[-1], y) < threshold:
            return step
        params = update(params, backward(y, activations, params), learning_rate)
    return None


def accuracy(params, X, y):
    """Return the share of columns of `X` whose label is predicted correctly.

    The answer is 1 where the probability exceeds 1/2. One that is NaN exceeds nothing, so its
    answer is 0.

    Parameters
    ----------
    params : dict of ndarray
    X : (n_0, m) ndarray
    y : (1, m) ndarray of 0 and 1

    Returns
    -------
    float
    """
    return np.mean((sigmoid(forward(X, params)[-1]) > 0.5) == y)
