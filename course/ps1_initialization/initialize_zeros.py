"""A start with nothing in it, to compare the others with."""

import numpy as np

from autograder.cases import value
from autograder.model import Exercise, case

from .shared import sizes_near
from .starts import make_backwards, make_params

EXACTLY = "Every weight and every bias should be exactly 0: nothing is drawn here."
exercise = Exercise(points=1, expect=value(rtol=0, atol=0, remind=EXACTLY))


@exercise.reference
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
    return make_params(layer_dims, lambda n_out, n_in: np.zeros((n_out, n_in)))


@exercise.cases
def cases(rng):
    yield case([*sizes_near(rng, 6, 4, 9), 1], label="three layers that end in one unit")
    yield case(sizes_near(rng, 5, 2), label="a single layer")
    yield case(sizes_near(rng, *[2] * 12), label="eleven layers")
    yield case(sizes_near(rng, *[1] * 102), label="a hundred and one layers", only="hidden")


def zeros(n_out, n_in):
    return np.zeros((n_out, n_in))


def ones(n_out, n_in=1):
    return np.ones((n_out, n_in))


@exercise.mistake("The weights are ones; they should be zeros.", id="ones")
def weights_of_one(layer_dims):
    return make_params(layer_dims, ones)


@exercise.mistake("Weights and biases are ones; they should be zeros.", id="ones")
def all_ones(layer_dims):
    return make_params(layer_dims, ones, ones)


@exercise.mistake("The biases are ones; they should be zeros.", id="ones")
def biases_of_one(layer_dims):
    return make_params(layer_dims, zeros, ones)


@exercise.mistake("Each bias is a column of shape (n_l, 1), not (n_l,).")
def flat_bias(layer_dims):
    return make_params(layer_dims, zeros, np.zeros)


@exercise.mistake("Each bias is a column of shape (n_l, 1), not a row.")
def row_bias(layer_dims):
    return make_params(layer_dims, zeros, lambda n: np.zeros((1, n)))


@exercise.mistake(
    "Rows and columns of the weights are swapped: W_l has a row for each unit of its own layer "
    "and a column for each of its inputs, (n_l, n_{l-1})."
)
def transposed(layer_dims):
    return make_params(layer_dims, lambda n_out, n_in: np.zeros((n_in, n_out)))


@exercise.mistake("Those are lists of numbers; W_l and b_l should be arrays.")
def lists(layer_dims):
    return make_params(
        layer_dims,
        lambda n_out, n_in: [[0.0] * n_in for _ in range(n_out)],
        lambda n: [[0.0] for _ in range(n)],
    )


@exercise.mistake("The layers are counted from 0; the first weights are W1, the first bias is b1.")
def from_layer_0(layer_dims):
    params = {}
    for layer in range(len(layer_dims) - 1):
        params[f"W{layer}"] = np.zeros((layer_dims[layer + 1], layer_dims[layer]))
        params[f"b{layer}"] = np.zeros((layer_dims[layer + 1], 1))
    return params


@exercise.mistake("The last layer is missing: L + 1 sizes make L layers.")
def last_layer_missing(layer_dims):
    params = {}
    for layer in range(1, len(layer_dims) - 1):
        params[f"W{layer}"] = np.zeros((layer_dims[layer], layer_dims[layer - 1]))
        params[f"b{layer}"] = np.zeros((layer_dims[layer], 1))
    return params


@exercise.mistake("The layers from 10 on are missing: there may be ten layers and more.")
def one_digit(layer_dims):
    return make_params(layer_dims[:10], zeros)


@exercise.mistake("The biases are missing: each layer has a column b_l too.")
def no_bias(layer_dims):
    sizes = zip(layer_dims[:-1], layer_dims[1:])
    return {f"W{layer}": np.zeros((n_out, n_in)) for layer, (n_in, n_out) in enumerate(sizes, 1)}


@exercise.mistake("That is a list of layers; expected a dict with the keys W1, b1, W2, b2, ...")
def list_of_layers(layer_dims):
    layers = []
    for n_in, n_out in zip(layer_dims[:-1], layer_dims[1:]):
        layers.append((np.zeros((n_out, n_in)), np.zeros((n_out, 1))))
    return layers


@exercise.mistake(
    "Those are always the layers of the example, 2-10-5-1; the sizes come in `layer_dims`."
)
def hard_coded(layer_dims):
    return make_params([2, 10, 5, 1], zeros)


@exercise.refused("`return` line")
def returns_nothing(layer_dims):
    params = {}
    for layer in range(1, len(layer_dims)):
        params[f"W{layer}"] = np.zeros((layer_dims[layer], layer_dims[layer - 1]))
        params[f"b{layer}"] = np.zeros((layer_dims[layer], 1))


@exercise.refused("should be exactly 0: nothing is drawn here")
def small_numbers(layer_dims):
    return make_params(layer_dims, lambda n_out, n_in: np.random.randn(n_out, n_in) * 1e-9)


@exercise.right
def vectorised(layer_dims):
    params = {}
    for layer, (n_in, n_out) in enumerate(zip(layer_dims[:-1], layer_dims[1:], strict=True), 1):
        params[f"W{layer}"] = np.zeros((n_out, n_in))
        params[f"b{layer}"] = np.zeros((n_out, 1))
    return params


@exercise.right
def loops(layer_dims):
    params = {}
    for layer in range(1, len(layer_dims)):
        rows = []
        for _ in range(layer_dims[layer]):
            rows.append([0.0] * layer_dims[layer - 1])
        params["W" + str(layer)] = np.array(rows)
        params["b" + str(layer)] = np.array([[0.0]] * layer_dims[layer])
    return params


FIRST_LAYER = 1


@exercise.right
def own_style(layer_dims):
    n_layers = len(layer_dims) - 1

    def W(layer):
        return np.full((layer_dims[layer], layer_dims[layer - 1]), 0.0)

    weights = {f"W{layer}": W(layer) for layer in range(FIRST_LAYER, n_layers + 1)}
    biases = {f"b{layer}": np.zeros([layer_dims[layer], 1]) for layer in range(1, n_layers + 1)}
    return weights | biases


unusual = exercise.right(lambda layer_dims: make_backwards(layer_dims, zeros))
