"""A small ReLU net for the lessons: starting weights, outputs, costs, slopes.

Columns are examples. Parameters are a dict ``{"W1", "b1", ...}``; hidden layers have a ReLU, the
last one is left as logits. All arrays may be stacks, with a net for each entry of a first axis: `@`
multiplies matrix by matrix. The assignments ask for functions of their own; none of these is one of
them, as a release of the lessons is public (tests/test_lesson_release.py).
"""

import numpy as np


def he(n_inputs):
    """Return the standard deviation that keeps the mean square through a ReLU layer."""
    return np.sqrt(2 / n_inputs)


def xavier(n_inputs):
    """Return the standard deviation that keeps the mean square through a layer without ReLU."""
    return np.sqrt(1 / n_inputs)


def start(rng, dims, spread):
    """Return normal weights and zero biases.

    Parameters
    ----------
    rng : numpy.random.Generator or numpy.random.RandomState
    dims : sequence of int
        Units of each layer, the inputs first.
    spread : float or callable
        Standard deviation of the weights, or what gives it for a number of inputs.

    Returns
    -------
    dict of ndarray
    """
    net = {}
    for k in range(1, len(dims)):
        std = spread(dims[k - 1]) if callable(spread) else spread
        net[f"W{k}"] = std * rng.standard_normal((dims[k], dims[k - 1]))
        net[f"b{k}"] = np.zeros((dims[k], 1))
    return net


def equal(dims, value):
    """Return weights that are all `value`, and zero biases."""
    net = start(np.random.default_rng(0), dims, 0.0)
    return {name: array + value * name.startswith("W") for name, array in net.items()}


def outputs(net, X):
    """Return what each layer puts out: the input, the hidden layers, the logits."""
    n_layers, found = len(net) // 2, [X]
    for k in range(1, n_layers + 1):
        Z = net[f"W{k}"] @ found[-1]  # (n_k, m)
        Z += net[f"b{k}"]
        found.append(np.maximum(0, Z, out=Z) if k < n_layers else Z)
    return found


def probability(net, X):
    """Return the probability of label 1 for each example, (1, m)."""
    return sigmoid(outputs(net, X)[-1])


def transposed(A):
    """Return the transpose of a matrix, or of each matrix of a stack."""
    return A.swapaxes(-2, -1)


def sigmoid(z):
    """Return ``1 / (1 + exp(-z))``; half a tanh, which cannot overflow."""
    return 0.5 + 0.5 * np.tanh(0.5 * z)


def costs(z, y):
    """Return the cross-entropy of each example, (1, m), in nats: ``log(1 + e^z) - y z``."""
    return np.maximum(z, 0) + np.log1p(np.exp(-np.abs(z))) - z * y


def slopes(net, found, y):
    """Return the derivative of the mean cost by each parameter, under the parameter's name.

    Parameters
    ----------
    net : dict of ndarray
    found : list of ndarray
        From `outputs`.
    y : (1, m) ndarray of 0 and 1
    """
    result, back = {}, (sigmoid(found[-1]) - y) / y.size  # the slope by the logits
    for k in reversed(range(1, len(found))):
        below = found[k - 1]
        result[f"W{k}"] = back @ transposed(below)
        result[f"b{k}"] = back.sum(axis=-1, keepdims=True)
        if k > 1:
            back = transposed(net[f"W{k}"]) @ back
            back *= below > 0  # twice as fast as to set what a mask chooses
    return result
