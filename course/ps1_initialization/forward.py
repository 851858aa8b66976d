"""The outputs of all layers, the logits last."""

import warnings

import numpy as np

from autograder.cases import value
from autograder.model import Exercise, case

from .shared import (
    DICT_ORDER,
    TEXT_ORDER,
    TIGHT,
    count_layers,
    draw_params,
    shuffled,
    sigmoid,
    sizes_near,
)

exercise = Exercise(points=3, expect=value(**TIGHT))


def relu(Z):
    return np.maximum(Z, 0)


def unchanged(Z):
    return Z


def outputs(X, params, hidden=relu, last=unchanged):
    """Return the outputs of all layers, with these functions on the hidden layers and the last."""
    activations = [X]
    n_layers = count_layers(params)
    for layer in range(1, n_layers + 1):
        Z = params[f"W{layer}"] @ activations[-1] + params[f"b{layer}"]  # (n_l, m)
        activations.append(hidden(Z) if layer < n_layers else last(Z))
    return activations


@exercise.reference
def forward(X, params):
    """Return the outputs of all layers.

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
    return outputs(X, params)


def balanced(X, params):
    """Shift the last bias until there are logits of both signs."""
    logits = forward(X, params)[-1]
    params[f"b{count_layers(params)}"] -= (logits.min() + logits.max()) / 2
    return params


@exercise.cases
def cases(rng):
    dims = [*sizes_near(rng, 3, 6, 4), 1]
    X = rng.normal(0, 1, (dims[0], 7))
    yield case(X, balanced(X, draw_params(rng, dims)), label=f"layers of {dims}")
    yield case(
        X, shuffled(rng, balanced(X, draw_params(rng, dims))), label="a dict in another order"
    )
    yield case(X[:, :1], draw_params(rng, [dims[0], 5, 1]), label="a single example", only="hidden")
    yield case(X, draw_params(rng, [dims[0], 1]), label="a single layer")
    yield case(1e9 * X, draw_params(rng, dims), label="inputs of a billion", only="hidden")
    yield case(rng.normal(0, 1, (3, 4)), draw_params(rng, [3] * 12), label="eleven layers")
    # Large enough again in the last layer for the comparison to see what was cut off as small.
    params = draw_params(rng, [3, 5, 4, 1])
    params = {key: array * (key[0] == "W") for key, array in params.items()}
    params["W3"] *= 1e10
    small = rng.normal(0, 1, (3, 6)) * 1e-10 / 10.0 ** np.arange(6)
    yield case(small, params, label="two hidden layers, inputs of 1e-10 and less")


@exercise.mistake("The last layer has a ReLU too; expected the logits without one.")
def relu_last(X, params):
    return outputs(X, params, last=relu)


@exercise.mistake(
    "With a single layer the logits have a ReLU: the only layer is the last one, and has none."
)
def relu_on_the_only_layer(X, params):
    return outputs(X, params, last=relu if len(params) == 2 else unchanged)


@exercise.mistake("The logits are kept within a limit; they may be as large as they are.")
def limited(X, params):
    return outputs(X, params, last=lambda Z: np.clip(Z, -500, 500))


@exercise.mistake(
    "Small outputs became 0 with the negative ones; a ReLU keeps whatever is above 0.",
    least=(1e-8, 1e-9),
)
def small_to_0(X, params, *, least):
    return outputs(X, params, hidden=lambda Z: Z * (least < Z))


@exercise.mistake("The last layer has a sigmoid; expected the logits themselves.")
def sigmoid_last(X, params):
    return outputs(X, params, last=sigmoid)


@exercise.mistake("The biases are missing: each layer adds its own to W_l A_{l-1}.")
def no_bias(X, params):
    L = len(params) // 2
    activations = [X]
    for layer in range(1, L + 1):
        Z = params[f"W{layer}"] @ activations[-1]
        activations.append(np.maximum(Z, 0) if layer < L else Z)
    return activations


@exercise.mistake("The hidden layers have no ReLU: their negative values should become 0.")
def linear(X, params):
    return outputs(X, params, hidden=unchanged)


@exercise.mistake("The list holds the hidden layers before their ReLU; expected them after it.")
def pre_activations(X, params):
    activations, A = [X], X
    for layer in range(1, len(params) // 2 + 1):
        Z = params[f"W{layer}"] @ A + params[f"b{layer}"]
        A = np.maximum(Z, 0)
        activations.append(Z)
    return activations


@exercise.mistake("The hidden layers have a tanh; expected a ReLU.")
def tanh(X, params):
    return outputs(X, params, hidden=np.tanh)


@exercise.mistake("The hidden layers have a sigmoid; expected a ReLU.", id="sigmoid")
def sigmoid_hidden(X, params):
    return outputs(X, params, hidden=sigmoid)


@exercise.mistake(
    "All layers have a sigmoid; expected a ReLU on the hidden ones and nothing on the last.",
    id="sigmoid",
)
def sigmoid_everywhere(X, params):
    return outputs(X, params, hidden=sigmoid, last=sigmoid)


@exercise.mistake("A fraction of each negative value gets through; a ReLU makes it 0.")
def leaky(X, params):
    return outputs(X, params, hidden=lambda Z: np.maximum(Z, 0.01 * Z))


@exercise.mistake("The negative values became positive; a ReLU makes them 0.")
def absolute(X, params):
    return outputs(X, params, hidden=np.abs)


@exercise.mistake("The positive values became 0; a ReLU keeps those.")
def relu_turned(X, params):
    return outputs(X, params, hidden=lambda Z: np.minimum(Z, 0))


@exercise.mistake("The positive values became 1; a ReLU keeps them as they are.")
def relu_as_step(X, params):
    return outputs(X, params, hidden=lambda Z: (Z > 0) * 1.0)


@exercise.mistake("The input is missing from the list: it comes first.")
def input_missing(X, params):
    return outputs(X, params)[1:]


@exercise.mistake("The logits are missing from the list: they come last.")
def logits_missing(X, params):
    activations = [X]
    for layer in range(1, len(params) // 2):
        Z = params[f"W{layer}"] @ activations[-1] + params[f"b{layer}"]
        activations.append(np.maximum(Z, 0))
    return activations


@exercise.mistake("Those are the logits alone; expected the list of all layers.")
def only_logits(X, params):
    return outputs(X, params)[-1]


@exercise.mistake(TEXT_ORDER)
def text_order(X, params):
    activations = [X]
    order = sorted(key[1:] for key in params if key.startswith("W"))
    for layer in order:
        Z = params[f"W{layer}"] @ activations[-1] + params[f"b{layer}"]
        activations.append(np.maximum(Z, 0) if layer != order[-1] else Z)
    return activations


@exercise.mistake(DICT_ORDER)
def dict_order(X, params):
    activations = [X]
    weights = [key for key in params if key[0] == "W"]
    for key in weights:
        Z = params[key] @ activations[-1] + params["b" + key[1:]]
        activations.append(np.maximum(Z, 0) if key != weights[-1] else Z)
    return activations


@exercise.right
def vectorised(X, params):
    L = len(params) // 2
    A = [X]
    for layer in range(1, L):
        A.append(np.maximum(0, params[f"W{layer}"] @ A[-1] + params[f"b{layer}"]))
    A.append(params[f"W{L}"] @ A[-1] + params[f"b{L}"])
    return A


@exercise.right
def loops(X, params):
    L = len(params) // 2
    activations = [X]
    for layer in range(1, L + 1):
        W, b = params["W" + str(layer)], params["b" + str(layer)]
        A = np.zeros((W.shape[0], X.shape[1]))
        for i in range(W.shape[0]):
            for j in range(X.shape[1]):
                z = b[i, 0]
                for k in range(W.shape[1]):
                    z += W[i, k] * activations[-1][k, j]
                if layer < L and z < 0:
                    z = 0.0
                A[i, j] = z
        activations.append(A)
    return activations


def cut_below_0(Z):
    out = Z.copy()
    out[out < 0] = 0
    return out


@exercise.right
def own_style(X, params):
    def layers_after(A, layer):
        Z = np.dot(params[f"W{layer}"], A) + params[f"b{layer}"]
        if f"W{layer + 1}" not in params:
            return [Z]
        return [cut_below_0(Z)] + layers_after(cut_below_0(Z), layer + 1)

    return [X] + layers_after(X, 1)


# The bias as a column of W that meets a row of ones.
@exercise.right
def unusual(X, params):
    warnings.warn("forward pass", stacklevel=2)
    L = max(int(key[1:]) for key in params)
    ones = np.ones((1, X.shape[1]))
    activations = (X.copy(),)
    for layer in range(1, L + 1):
        Wb = np.hstack([params[f"W{layer}"], params[f"b{layer}"]])
        Z = Wb @ np.vstack([activations[-1], ones])
        activations += (Z * (Z > 0) if layer < L else Z,)
    return activations
