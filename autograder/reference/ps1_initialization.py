"""Reference answers of `ps1_initialization`: how a network starts.

Columns are examples: `X` is (n_0, m), `W_l` is (n_l, n_{l-1}), `b_l` is (n_l, 1), and
``layer_dims = [n_0, ..., n_L]``. Hidden layers are ReLU; the cost is in nats.
"""

import numpy as np


def _initialize(layer_dims, scales, draw):
    """Return parameters whose `W_l` is ``draw(shape) * scales[l - 1]``, with zero biases."""
    params = {}
    for layer, scale in enumerate(scales, start=1):
        shape = (layer_dims[layer], layer_dims[layer - 1])
        params[f"W{layer}"] = draw(shape) * scale
        params[f"b{layer}"] = np.zeros((layer_dims[layer], 1))
    return params


def initialize_zeros(layer_dims):
    """Return parameters that are all zero.

    Parameters
    ----------
    layer_dims : sequence of int, L + 1 long

    Returns
    -------
    dict of ndarray
        ``{"W1", "b1", ..., "WL", "bL"}``: `W_l` (n_l, n_{l-1}), `b_l` (n_l, 1).
    """
    return _initialize(layer_dims, np.zeros(len(layer_dims) - 1), np.zeros)


def initialize_scaled(layer_dims, scale, rng):
    """Return normal weights of standard deviation `scale`, and zero biases.

    Parameters
    ----------
    layer_dims : sequence of int, L + 1 long
    scale : float
        The same for every layer.
    rng : numpy.random.Generator or numpy.random.RandomState

    Returns
    -------
    dict of ndarray
    """
    return _initialize(layer_dims, np.full(len(layer_dims) - 1, float(scale)), rng.standard_normal)


def initialize_xavier(layer_dims, rng):
    """Return normal weights of variance ``1/n_{l-1}``, and zero biases.

    This is the fan-in form. Glorot and Bengio (2010, eq. 12) compromise between the forward
    and the backward pass with ``2/(n_{l-1} + n_l)``.

    Parameters
    ----------
    layer_dims : sequence of int, L + 1 long
    rng : numpy.random.Generator or numpy.random.RandomState

    Returns
    -------
    dict of ndarray
    """
    return _initialize(layer_dims, np.sqrt(1 / np.array(layer_dims[:-1])), rng.standard_normal)


def initialize_he(layer_dims, rng):
    """Return normal weights of variance ``2/n_{l-1}`` (He et al. 2015, eq. 10), zero biases.

    Parameters
    ----------
    layer_dims : sequence of int, L + 1 long
    rng : numpy.random.Generator or numpy.random.RandomState

    Returns
    -------
    dict of ndarray
    """
    return _initialize(layer_dims, np.sqrt(2 / np.array(layer_dims[:-1])), rng.standard_normal)


def count_layers(params):
    """Return L, the number of weight matrices among `params`."""
    return sum(name.startswith("W") for name in params)


def forward(X, params):
    """Return what every layer puts out.

    Parameters
    ----------
    X : (n_0, m) ndarray
    params : dict of ndarray

    Returns
    -------
    list of ndarray, L + 1 long
        ``[A_0, ..., A_{L-1}, Z_L]``: the input, the hidden layers after their ReLU, and the
        logits (1, m) without a sigmoid.
    """
    activations = [X]
    n_layers = count_layers(params)
    for layer in range(1, n_layers + 1):
        Z = params[f"W{layer}"] @ activations[-1] + params[f"b{layer}"]  # (n_l, m)
        activations.append(np.maximum(Z, 0) if layer < n_layers else Z)
    return activations


def sigmoid(logits):
    """Return ``1/(1 + exp(-logits))`` without overflow, small values precise as well."""
    small = np.exp(-np.abs(logits))  # never above 1
    return np.where(logits > 0, 1, small) / (1 + small)


def binary_cross_entropy(logits, y):
    """Return the mean cross-entropy of ``sigmoid(logits)`` against `y`, in nats.

    Parameters
    ----------
    logits : (1, m) ndarray
    y : (1, m) ndarray of 0 and 1

    Returns
    -------
    float
        ``mean(max(z, 0) - z y + log(1 + exp(-|z|)))``: the logarithm of the sigmoid written
        out, so that neither a logarithm of 0 nor an overflow can occur.
    """
    per_example = np.maximum(logits, 0) - logits * y + np.log1p(np.exp(-np.abs(logits)))
    return np.mean(per_example)


def backward(y, activations, params):
    """Return the gradients of the mean cross-entropy (Rumelhart et al. 1986).

    Parameters
    ----------
    y : (1, m) ndarray of 0 and 1
    activations : list of ndarray, L + 1 long
        What `forward` returned.
    params : dict of ndarray

    Returns
    -------
    dict of ndarray
        ``{"dW1", "db1", ...}``, each in the shape of its parameter.
    """
    grads = {}
    dZ = (sigmoid(activations[-1]) - y) / y.size  # (1, m)
    for layer in range(count_layers(params), 0, -1):
        grads[f"dW{layer}"] = dZ @ activations[layer - 1].T  # (n_l, n_{l-1})
        grads[f"db{layer}"] = np.sum(dZ, axis=1, keepdims=True)  # (n_l, 1)
        if layer > 1:
            dZ = (params[f"W{layer}"].T @ dZ) * (activations[layer - 1] > 0)
    return grads


def update(params, grads, learning_rate):
    """Return the parameters after one step of gradient descent; the given ones are kept.

    Parameters
    ----------
    params : dict of ndarray
    grads : dict of ndarray
        ``"d"`` + each name of `params`.
    learning_rate : float

    Returns
    -------
    dict of ndarray
    """
    return {name: value - learning_rate * grads["d" + name] for name, value in params.items()}


def activation_summary(activations):
    """Return mean, standard deviation and share of exact zeros of each hidden layer.

    Parameters
    ----------
    activations : list of ndarray, L + 1 long
        What `forward` returned; the input and the logits are no hidden layers.

    Returns
    -------
    (L-1, 3) ndarray
    """
    rows = [[np.mean(A), np.std(A), np.mean(A == 0)] for A in activations[1:-1]]
    return np.array(rows).reshape(-1, 3)


def distinct_units(W):
    """Return how many different rows, hence different units, `W` has.

    Parameters
    ----------
    W : (n_l, n_{l-1}) ndarray

    Returns
    -------
    int
    """
    return len(np.unique(W, axis=0))


def fan_in_audit(layer_dims, scale):
    """Return the factor by which each layer multiplies the spread of its input.

    A sum of n independent terms of spread `scale` has spread ``scale * sqrt(n)``
    (Glorot and Bengio 2010, eq. 5, for one layer).

    Parameters
    ----------
    layer_dims : sequence of int, L + 1 long
    scale : float
        Standard deviation of the weights, the same for every layer.

    Returns
    -------
    (L,) ndarray
        1 would keep the spread.
    """
    return scale * np.sqrt(np.array(layer_dims[:-1]))


def nan_fraction(params):
    """Return the share of NaN entries in each weight matrix, in layer order.

    Parameters
    ----------
    params : dict of ndarray

    Returns
    -------
    (L,) ndarray
    """
    layers = range(1, count_layers(params) + 1)
    return np.array([np.mean(np.isnan(params[f"W{layer}"])) for layer in layers])


def constant_classifier_accuracy(y_train, y_test):
    """Return the accuracy on `y_test` of the more common label of `y_train` (0 on a tie).

    Parameters
    ----------
    y_train, y_test : ndarray of 0 and 1
        (m,) or (1, m).

    Returns
    -------
    float
    """
    answer = 1 if np.mean(y_train) > 0.5 else 0
    return np.mean(np.asarray(y_test) == answer)


def plot_cost(costs, ax, every=1):
    """Draw a cost curve whose height can be believed: from 0, and without an offset.

    Parameters
    ----------
    costs : (n,) array_like
        In nats; entries that are infinite or NaN are left as gaps.
    ax : matplotlib.axes.Axes
    every : int, optional
        Iterations between two entries of `costs`.

    Returns
    -------
    matplotlib.axes.Axes
    """
    costs = np.asarray(costs, dtype=float)
    finite = costs[np.isfinite(costs)]
    largest = np.max(finite, initial=0.0)
    ax.plot(every * np.arange(len(costs)), np.where(np.isfinite(costs), costs, np.nan))
    ax.set_ylim(0, 1.05 * largest if largest > 0 else 1)
    ax.ticklabel_format(style="plain", useOffset=False)
    ax.set_xlabel("iteration")
    ax.set_ylabel("cost (nats)")
    return ax
