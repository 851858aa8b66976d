"""The gradients of the cost, from the top down."""

import math

import numpy as np

from autograder.cases import value
from autograder.model import Exercise, case

from .forward import forward
from .initialize_zeros import initialize_zeros
from .shared import TEXT_ORDER, draw_logits, draw_params, shuffled, sigmoid, sizes_near

# Gradients of small activations are small: no absolute tolerance that would hide them.
exercise = Exercise(points=4, expect=value(rtol=1e-10, atol=1e-15, single=True))


def where_on(A, dA):
    return dA * (A > 0)


def down(dZ, activations, params, through=where_on):
    """Return the gradients that follow from that of the logits.

    `through` takes the output of a hidden layer and its gradient, and returns the gradient before
    the ReLU.
    """
    grads = {}
    for layer in range(len(activations) - 1, 0, -1):
        A = activations[layer - 1]
        grads[f"dW{layer}"] = dZ @ A.T  # (n_l, n_{l-1})
        grads[f"db{layer}"] = np.sum(dZ, axis=1, keepdims=True)  # (n_l, 1)
        dZ = through(A, params[f"W{layer}"].T @ dZ)
    return grads


@exercise.reference
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
    return down((sigmoid(activations[-1]) - y) / y.size, activations, params)


@exercise.cases
def cases(rng):
    dims = [*sizes_near(rng, 3, 6, 4), 1]
    for m, sizes, label in ((8, dims, f"layers of {dims}"), (5, [dims[0], 1], "a single layer")):
        params = draw_params(rng, sizes)
        activations = forward(rng.normal(0, 1, (sizes[0], m)), params)
        yield case(draw_logits(rng, m)[1], activations, params, label=label)
    sizes = [dims[0], 5, 1]
    params = initialize_zeros(sizes)
    X = rng.normal(0, 1, (sizes[0], 7))
    yield case(draw_logits(rng, 7)[1], forward(X, params), params, label="weights of zero")
    params = draw_params(rng, sizes, spread=1000.0)
    yield case(
        draw_logits(rng, 7)[1],
        forward(1e6 * X, params),
        params,
        label="inputs in the millions, weights in the thousands",
    )
    params = draw_params(rng, [dims[0], 6, 5, 1])
    params = {key: array * (key[0] == "W") for key, array in params.items()}
    X = 1e-10 * rng.normal(0, 1, (dims[0], 8))
    yield case(
        draw_logits(rng, 8)[1], forward(X, params), params, label="two hidden layers, near 1e-10"
    )
    params = draw_params(rng, sizes)
    X = rng.normal(0, 1, (sizes[0], 1))
    yield case(
        rng.integers(0, 2, (1, 1)),
        forward(X, params),
        params,
        label="a single example",
        only="hidden",
    )
    yield case(*deep(rng), label="eleven layers, the dict in another order")


def deep(rng):
    """Draw the arguments for eleven layers of which none is dead, so that each has gradients."""
    sizes = [*sizes_near(rng, *[4] * 11), 1]
    y = draw_logits(rng, 6)[1]
    while True:
        params = draw_params(rng, sizes)
        activations = forward(rng.normal(0, 1, (sizes[0], 6)), params)
        if all(map(np.any, backward(y, activations, params).values())):
            return y, activations, shuffled(rng, params)


@exercise.mistake(
    "The factor 1/m is missing: those are the gradients of the sum over the examples, but the "
    "cost is the mean."
)
def no_mean(y, activations, params):
    return down(sigmoid(activations[-1]) - y, activations, params)


@exercise.mistake("The factor 1/m is missing in the gradients of the biases.")
def bias_no_mean(y, activations, params):
    m = y.shape[1]
    grads = down(sigmoid(activations[-1]) - y, activations, params)
    return {key: grad / m if key.startswith("dW") else grad for key, grad in grads.items()}


@exercise.mistake("The factor 1/m is missing in the gradients of the weights.")
def weights_no_mean(y, activations, params):
    m = y.shape[1]
    grads = down(sigmoid(activations[-1]) - y, activations, params)
    return {key: grad / m if key.startswith("db") else grad for key, grad in grads.items()}


@exercise.mistake("The gradients of the biases are divided by m twice.")
def mean_twice(y, activations, params):
    m = y.shape[1]
    grads = down((sigmoid(activations[-1]) - y) / m, activations, params)
    return {key: grad / m if key.startswith("db") else grad for key, grad in grads.items()}


@exercise.mistake("The gradients are divided by m twice.", id="mean_twice")
def all_mean_twice(y, activations, params):
    m = y.shape[1]
    grads = down((sigmoid(activations[-1]) - y) / m, activations, params)
    return {key: grad / m for key, grad in grads.items()}


@exercise.mistake("The gradients of the weights are divided by m twice.", id="mean_twice")
def weights_mean_twice(y, activations, params):
    m = y.shape[1]
    grads = down((sigmoid(activations[-1]) - y) / m, activations, params)
    return {key: grad / m if key.startswith("dW") else grad for key, grad in grads.items()}


@exercise.mistake(
    "The factor 1/m is applied again in each layer; it belongs to the cost and comes in once."
)
def mean_in_each_layer(y, activations, params):
    m = y.shape[1]
    dZ = (sigmoid(activations[-1]) - y) / m
    return down(dZ, activations, params, lambda A, dA: dA * (A > 0) / m)


NO_MASK = (
    "The slope of the ReLU is missing on the way back, or is 1 everywhere: no gradient passes "
    "through a unit whose activation is 0."
)


@exercise.mistake(NO_MASK)
def no_mask(y, activations, params):
    dZ = (sigmoid(activations[-1]) - y) / y.shape[1]
    return down(dZ, activations, params, lambda A, dA: dA)


# Every output of a ReLU is at least 0.
@exercise.mistake(NO_MASK, id="no_mask")
def mask_never_zero(y, activations, params):
    dZ = (sigmoid(activations[-1]) - y) / y.shape[1]
    return down(dZ, activations, params, lambda A, dA: dA * np.where(A >= 0, 1, 0))


@exercise.mistake("The ReLU was applied to the gradient; its slope depends on the activation.")
def mask_of_gradient(y, activations, params):
    dZ = (sigmoid(activations[-1]) - y) / y.shape[1]
    return down(dZ, activations, params, lambda A, dA: dA * (dA > 0))


@exercise.mistake("That uses the slope of tanh, 1 - A**2; the hidden layers are ReLU.")
def tanh_slope(y, activations, params):
    dZ = (sigmoid(activations[-1]) - y) / y.shape[1]
    return down(dZ, activations, params, lambda A, dA: dA * (1 - A**2))


@exercise.mistake("That uses the slope of a sigmoid, A (1 - A); the hidden layers are ReLU.")
def sigmoid_slope_hidden(y, activations, params):
    dZ = (sigmoid(activations[-1]) - y) / y.shape[1]
    return down(dZ, activations, params, lambda A, dA: dA * A * (1 - A))


@exercise.mistake("The gradient was multiplied by the activation; the slope of a ReLU is 0 or 1.")
def times_activation(y, activations, params):
    dZ = (sigmoid(activations[-1]) - y) / y.shape[1]
    return down(dZ, activations, params, lambda A, dA: dA * A)


@exercise.mistake(
    "Every sign is wrong: a gradient should point in the direction in which the cost grows."
)
def sign(y, activations, params):
    return down((y - sigmoid(activations[-1])) / y.shape[1], activations, params)


@exercise.mistake(
    "The logits were used as probabilities: the last of `activations` has no sigmoid yet."
)
def no_sigmoid(y, activations, params):
    return down((activations[-1] - y) / y.shape[1], activations, params)


@exercise.mistake(
    "There is an extra factor, the slope of the sigmoid: with the cross-entropy it cancels."
)
def sigmoid_slope(y, activations, params):
    a = sigmoid(activations[-1])
    return down((a - y) * a * (1 - a) / y.shape[1], activations, params)


@exercise.mistake(
    "At large logits 0 was divided by 0, or infinity by infinity: the sigmoid is exactly 0 or 1 "
    "there, and the exponential of a large number too large for a float. Simplify the derivative "
    "on paper, until nothing is divided by the sigmoid, and let no exponential overflow."
)
def divided_by_zero(y, activations, params):
    a = 1 / (1 + np.exp(-activations[-1]))
    dA = -(y / a - (1 - y) / (1 - a))
    return down(dA * a * (1 - a) / y.shape[1], activations, params)


@exercise.mistake(TEXT_ORDER)
def text_order(y, activations, params):
    keys = sorted(key for key in params if key[0] == "W")
    dZ = (sigmoid(activations[-1]) - y) / y.shape[1]
    grads = {}
    for i in reversed(range(len(keys))):
        grads["d" + keys[i]] = dZ @ activations[i].T
        grads["db" + keys[i][1:]] = dZ.sum(axis=1, keepdims=True)
        if i > 0:
            dZ = (params[keys[i]].T @ dZ) * (activations[i] > 0)
    return grads


@exercise.mistake("The labels are not used: the error is the probability minus the label.")
def labels_forgotten(y, activations, params):
    return down(sigmoid(activations[-1]) / y.shape[1], activations, params)


@exercise.mistake(
    'The keys are the names of the parameters; the name of a gradient is "d" + the name of its '
    "parameter."
)
def keys_without_d(y, activations, params):
    m = y.shape[1]
    dZ = sigmoid(activations[-1]) - y
    grads = {}
    for layer in range(len(params) // 2, 0, -1):
        grads[f"W{layer}"] = dZ @ activations[layer - 1].T / m
        grads[f"b{layer}"] = np.sum(dZ, axis=1, keepdims=True) / m
        dZ = (params[f"W{layer}"].T @ dZ) * (activations[layer - 1] > 0)
    return grads


@exercise.mistake("The gradient of a bias is a column, like the bias: (n_l, 1), not (n_l,).")
def flat_bias(y, activations, params):
    m = y.shape[1]
    dZ = sigmoid(activations[-1]) - y
    grads = {}
    for layer in range(len(params) // 2, 0, -1):
        grads[f"dW{layer}"] = dZ @ activations[layer - 1].T / m
        grads[f"db{layer}"] = np.sum(dZ, axis=1) / m
        dZ = (params[f"W{layer}"].T @ dZ) * (activations[layer - 1] > 0)
    return grads


@exercise.mistake(
    "Rows and columns of the weights' gradients are swapped: dW_l has the shape of W_l."
)
def transposed(y, activations, params):
    m = y.shape[1]
    dZ = sigmoid(activations[-1]) - y
    grads = {}
    for layer in range(len(params) // 2, 0, -1):
        grads[f"dW{layer}"] = activations[layer - 1] @ dZ.T / m
        grads[f"db{layer}"] = np.sum(dZ, axis=1, keepdims=True) / m
        dZ = (params[f"W{layer}"].T @ dZ) * (activations[layer - 1] > 0)
    return grads


@exercise.mistake("Only the last layer has gradients; every layer has weights and a bias.")
def last_layer_only(y, activations, params):
    m, L = y.shape[1], len(params) // 2
    dZ = sigmoid(activations[-1]) - y
    return {
        f"dW{L}": dZ @ activations[-2].T / m,
        f"db{L}": np.sum(dZ, axis=1, keepdims=True) / m,
    }


# Turns the caller's logits into the gradient in place.
@exercise.refused("Work on a copy")
def changes_activations(y, activations, params):
    dZ = activations[-1]
    dZ[:] = (sigmoid(dZ) - y) / y.shape[1]
    return down(dZ, activations, params)


@exercise.right
def vectorised(y, activations, params):
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


def sigmoid_of_one(z):
    return 1 / (1 + math.exp(-z)) if z >= 0 else math.exp(z) / (1 + math.exp(z))


@exercise.right
def loops(y, activations, params):
    L, m = len(params) // 2, y.shape[1]
    dZ = np.zeros((1, m))
    for j in range(m):
        dZ[0, j] = sigmoid_of_one(float(activations[L][0, j])) - y[0, j]
    grads = {}
    for layer in range(L, 0, -1):
        W, A = params["W" + str(layer)], activations[layer - 1]
        grads["dW" + str(layer)] = np.zeros(W.shape)
        grads["db" + str(layer)] = np.zeros((W.shape[0], 1))
        for j in range(m):
            for i in range(W.shape[0]):
                grads["db" + str(layer)][i, 0] += dZ[i, j] / m
                grads["dW" + str(layer)][i] += dZ[i, j] * A[:, j] / m
        dZ = np.dot(W.T, dZ)
        for i in range(dZ.shape[0]):
            for j in range(m):
                if A[i, j] == 0:
                    dZ[i, j] = 0
    return grads


@exercise.right
def own_style(y, activations, params):
    assert len(activations) == len(params) // 2 + 1
    logits = activations[-1]
    # e^-|z| is at most 1, on either side
    e = np.exp(-np.abs(logits))
    probability = np.where(logits >= 0, 1, e) / (1 + e)
    per_example = probability - y
    grads, layer = {}, len(activations) - 1
    while layer >= 1:
        previous = activations[layer - 1]
        grads["dW%d" % layer] = np.dot(per_example, previous.T) / y.shape[1]  # noqa: UP031
        grads["db%d" % layer] = np.sum(per_example, axis=1).reshape(-1, 1) / y.shape[1]  # noqa: UP031
        per_example = np.dot(params[f"W{layer}"].T, per_example)
        per_example[previous <= 0] = 0
        layer -= 1
    return grads


# The sigmoid through tanh, which never overflows; gradients summed example by example.
@exercise.right
def unusual(y, activations, params):
    probability = 0.5 * (1 + np.tanh(0.5 * activations[-1]))
    delta = (probability - y) / y.size
    grads = {}
    for layer in range(len(activations) - 1, 0, -1):
        below = activations[layer - 1]
        grads[f"db{layer}"] = delta @ np.ones((y.size, 1))
        grads[f"dW{layer}"] = np.einsum("ij,kj->ik", delta, below)
        delta = np.einsum("ki,kj->ij", params[f"W{layer}"], delta) * np.sign(below)
    return grads
