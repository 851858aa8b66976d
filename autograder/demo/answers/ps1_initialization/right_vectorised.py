"""Right answers to ps1_initialization in array operations; short ones."""

import numpy as np


def initialize_zeros(layer_dims):
    params = {}
    for layer, (n_in, n_out) in enumerate(zip(layer_dims[:-1], layer_dims[1:], strict=True), 1):
        params[f"W{layer}"] = np.zeros((n_out, n_in))
        params[f"b{layer}"] = np.zeros((n_out, 1))
    return params


def initialize_scaled(layer_dims, scale, rng):
    params = initialize_zeros(layer_dims)
    for layer in range(1, len(layer_dims)):
        params[f"W{layer}"] = rng.standard_normal(params[f"W{layer}"].shape) * scale
    return params


def initialize_xavier(layer_dims, rng):
    params = initialize_scaled(layer_dims, 1.0, rng)
    for layer in range(1, len(layer_dims)):
        params[f"W{layer}"] *= np.sqrt(1 / layer_dims[layer - 1])
    return params


def initialize_he(layer_dims, rng):
    params = initialize_zeros(layer_dims)
    for layer, n_in in enumerate(layer_dims[:-1], start=1):
        shape = (layer_dims[layer], n_in)
        params[f"W{layer}"] = rng.normal(scale=np.sqrt(2 / n_in), size=shape)
    return params


def forward(X, params):
    L = len(params) // 2
    A = [X]
    for layer in range(1, L):
        A.append(np.maximum(0, params[f"W{layer}"] @ A[-1] + params[f"b{layer}"]))
    A.append(params[f"W{L}"] @ A[-1] + params[f"b{L}"])
    return A


def binary_cross_entropy(logits, y):
    return np.mean(np.logaddexp(0, logits) - y * logits)


def backward(y, activations, params):
    m = y.shape[1]
    with np.errstate(over="ignore"):
        dZ = 1 / (1 + np.exp(-activations[-1])) - y
    grads = {}
    for layer in reversed(range(1, len(activations))):
        A_prev = activations[layer - 1]
        grads[f"dW{layer}"] = dZ @ A_prev.T / m
        grads[f"db{layer}"] = dZ.mean(axis=1, keepdims=True)
        dZ = (params[f"W{layer}"].T @ dZ) * (A_prev > 0)
    return grads


def update(params, grads, learning_rate):
    return {key: params[key] - learning_rate * grads["d" + key] for key in params}


def activation_summary(activations):
    hidden = activations[1:-1]
    return np.array([(A.mean(), A.std(), (A == 0).mean()) for A in hidden]).reshape(-1, 3)


def distinct_units(W):
    return np.unique(W, axis=0).shape[0]


def fan_in_audit(layer_dims, scale):
    return scale * np.sqrt(layer_dims[:-1])


def nan_fraction(params):
    L = sum(key.startswith("W") for key in params)
    return np.array([np.isnan(params[f"W{layer + 1}"]).mean() for layer in range(L)])


def constant_classifier_accuracy(y_train, y_test):
    guess = np.mean(y_train) > 0.5
    return np.mean(np.asarray(y_test) == guess)


def plot_cost(costs, ax, every=1):
    costs = np.asarray(costs, dtype=float)
    ax.plot(np.arange(len(costs)) * every, costs, marker=".")
    ax.set(xlabel="iterations", ylabel="cost (nats)")
    ax.set_ylim(bottom=0, top=costs[np.isfinite(costs)].max() * 1.05)
    ax.get_yaxis().get_major_formatter().set_useOffset(False)
    ax.get_yaxis().get_major_formatter().set_scientific(False)
    return ax
