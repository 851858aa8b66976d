"""Right answers to ps1_initialization in unusual ways: Box-Muller, reversed draws, warnings."""

# ruff: noqa: E731

import warnings

import numpy as np
from matplotlib.ticker import FuncFormatter


def shapes(layer_dims):
    return [(n_out, n_in) for n_in, n_out in zip(layer_dims, layer_dims[1:], strict=False)]


# The last layer is drawn first, and stands first in the dict.
def make_params(layer_dims, draw):
    params = {}
    for number, shape in reversed(list(enumerate(shapes(layer_dims), start=1))):
        params.update({f"b{number}": 0.0 * np.ones((shape[0], 1)), f"W{number}": draw(shape)})
    return params


initialize_zeros = lambda layer_dims: make_params(layer_dims, np.zeros)


# Box and Muller: two uniform numbers make one normal one.
def normal(rng, shape):
    u, v = rng.random(shape), rng.random(shape)
    return np.sqrt(-2.0 * np.log1p(-u)) * np.sin(2 * np.pi * v)


def initialize_scaled(layer_dims, scale, rng):
    return make_params(layer_dims, lambda shape: scale * normal(rng, shape))


# One long draw, cut into the layers.
def initialize_xavier(layer_dims, rng):
    sizes = [rows * columns for rows, columns in shapes(layer_dims)]
    pool = rng.standard_normal(sum(sizes))
    parts = iter(np.split(pool, np.cumsum(sizes)[:-1])[::-1])
    return make_params(layer_dims, lambda shape: next(parts).reshape(shape) * shape[1] ** -0.5)


# Drawn as (n_in, n_out) and turned: the same distribution.
def initialize_he(layer_dims, rng):
    print("He initialization of", layer_dims)
    return make_params(layer_dims, lambda s: rng.normal(0, np.sqrt(2.0 / s[1]), (s[1], s[0])).T)


# The bias as a column of W that meets a row of ones.
def forward(X, params):
    warnings.warn("forward pass", stacklevel=2)
    L = max(int(key[1:]) for key in params)
    ones = np.ones((1, X.shape[1]))
    activations = (X.copy(),)
    for layer in range(1, L + 1):
        Wb = np.hstack([params[f"W{layer}"], params[f"b{layer}"]])
        Z = Wb @ np.vstack([activations[-1], ones])
        activations += (Z * (Z > 0) if layer < L else Z,)
    return activations


# log(1 + e^z) overflows with a warning for large z, where it is z itself.
def binary_cross_entropy(logits, y):
    margin = np.where(y == 1, -logits, logits)
    with_overflow = np.log1p(np.exp(margin))
    return np.array(np.where(margin > 30, margin + np.exp(-margin), with_overflow).mean())


# The sigmoid through tanh, which never overflows; gradients summed example by example.
def backward(y, activations, params):
    sigmoid = 0.5 * (1 + np.tanh(0.5 * activations[-1]))
    delta = (sigmoid - y) / y.size
    grads = {}
    for layer in range(len(activations) - 1, 0, -1):
        below = activations[layer - 1]
        grads[f"db{layer}"] = delta @ np.ones((y.size, 1))
        grads[f"dW{layer}"] = np.einsum("ij,kj->ik", delta, below)
        delta = np.einsum("ki,kj->ij", params[f"W{layer}"], delta) * np.sign(below)
    return grads


def update(params, grads, learning_rate):
    new = {key: value.copy() for key, value in params.items()}
    for key, gradient in grads.items():
        new[key.removeprefix("d")] -= learning_rate * gradient
    return new


def activation_summary(activations):
    _, *hidden, _ = activations
    out = np.empty((len(hidden), 3))
    for row, A in zip(out, hidden, strict=True):
        second_moment = np.mean((A - A.mean()) ** 2)
        row[:] = A.mean(), second_moment**0.5, 1 - np.count_nonzero(A) / A.size
    return out


distinct_units = lambda W: len({tuple(row) for row in W})


# The spread of a sum of n terms, one layer after the other, kept in a list.
def fan_in_audit(layer_dims, scale):
    variances = [n * scale**2 for n in layer_dims][:-1]
    return np.power(variances, 0.5)


def nan_fraction(params):
    weights = [key for key in params if key[0] == "W"]
    weights.sort(key=lambda key: int(key[1:]))
    return np.array([1 - np.mean(params[key] == params[key]) for key in weights])


def constant_classifier_accuracy(y_train, y_test):
    counts = np.bincount(np.asarray(y_train).astype(int).ravel(), minlength=2)
    majority = np.argmax(counts)  # the first, so 0 on a tie
    share_of_ones = float(np.mean(y_test))
    return share_of_ones if majority else 1 - share_of_ones


# Points that are not finite are left out, log 2 is drawn for comparison.
def plot_cost(costs, ax, every=1):
    x = every * np.arange(len(costs))
    y = np.array(costs, dtype=float)
    finite = np.isfinite(y)
    ax.plot(x[finite], y[finite], "k-", label="cost")
    ax.axhline(np.log(2), linestyle=":", label="log 2")
    ax.yaxis.set_major_formatter(FuncFormatter(lambda value, position: f"{value:.3g}"))
    ax.set_ylim(0, max(1, 1.2 * y[finite].max()))
    ax.set_xlabel("Iteration")
    ax.set_ylabel("Cross-entropy in nats")
    ax.set_title("Cost during training")
    ax.legend()
    return ax
