"""What the starts share: how parameters are put together, cases of large layers, what to expect."""

import numpy as np

from autograder.cases import random_arrays, value
from autograder.checks.texts import said
from autograder.checks.wire import Seed

from .shared import sizes_near

FAN_OUT = (
    "The spread depends on the fan-out, the number of units of the layer itself; it should "
    "depend on the fan-in, the number of its inputs."
)
GLOROT = "That is Glorot and Bengio's own form, 2/(n_{l-1} + n_l); here the fan-in alone decides."
FIRST_LAYER = "The fan-in of the first layer was taken for all layers; each layer has its own."
UNSCALED = "The draws were not scaled: their standard deviation is 1 in every layer."
HUNDREDTH = (
    "The standard deviation is 0.01 in every layer; it should depend on the number of inputs."
)
# A bias that is not zero but random.
RANDOM_BIAS = {
    "id": "random_bias",
    "message": "It is random, a different number with each generator; only the weights should be.",
}
ALL_ZERO = (
    "Every weight is 0: either no draw was stored, or the draws were multiplied by 0, which an "
    "integer division (`//`) of a small number by a larger one gives too."
)
BIAS_COUNTED = "The fan-in was taken one too large; it is the number of inputs, without the bias."
ONE_LESS = "The fan-in was taken one too small; it is the number of inputs."


def column(n):
    """Return n zeros as a column."""
    return np.zeros((n, 1))


def make_params(layer_dims, weights, biases=column):
    """Return parameters made layer by layer.

    Parameters
    ----------
    layer_dims : sequence of int, L + 1 long
    weights : callable
        Takes n_l and n_{l-1}, returns `W_l`.
    biases : callable, optional
        Takes n_l, returns `b_l`.

    Returns
    -------
    dict
    """
    params = {}
    for layer in range(1, len(layer_dims)):
        n_out, n_in = layer_dims[layer], layer_dims[layer - 1]
        params[f"W{layer}"] = weights(n_out, n_in)
        params[f"b{layer}"] = biases(n_out)
    return params


def make_backwards(layer_dims, weights):
    """Return parameters of which the last layer is drawn first, and comes first in the dict."""
    params = {}
    for layer in range(len(layer_dims) - 1, 0, -1):
        n_out, n_in = layer_dims[layer], layer_dims[layer - 1]
        params.update({f"b{layer}": 0.0 * np.ones((n_out, 1)), f"W{layer}": weights(n_out, n_in)})
    return params


FEW_SIZES = (("Generator", (12, 17, 8)), ("RandomState", (7, 14)), ("Generator", (5, 9, 6)))
SIZES = (("Generator", (50, 70, 30)), ("RandomState", (30, 60)))
LARGE_SIZES = (8, 300, 400)
MANY = 11  # layers of a deep network


def layers(rng):
    """Yield sizes and seed of each case, with its options.

    Fan-in and fan-out differ but in one layer, which is square, as only such a one can be
    symmetric; networks end in one unit, and two layers of the other kind have the same shape.
    Small layers come first. They show the spread of what the generator itself draws to the last
    digit, and one network of a grading that larger layers have it too; draws that are made
    otherwise are in doubt, and asked for again in sizes that show it. The large layers, of 120,000
    weights, show a spread that is 1 % off, and a few inputs, of which one more or less shows too.
    Of a deep network only names and shapes are compared.
    """
    for each in FEW_SIZES:
        yield _network(rng, *each)
    dims = [*sizes_near(rng, *[3] * MANY), 1]
    yield dims, _seed(rng), {"label": "eleven layers"}
    generator, random_state = SIZES
    yield _network(rng, *generator, only="hidden")
    yield _network(rng, *generator, only="public", in_doubt=True)
    yield _network(rng, *random_state, in_doubt=True)
    dims = [*sizes_near(rng, *LARGE_SIZES), 1]
    label = said(f"large layers, {dims}")
    yield dims, _seed(rng), {"label": label, "only": "hidden", "in_doubt": True}


def _network(rng, kind, sizes, **options):
    dims = sizes_near(rng, *sizes)
    dims += [1] if kind == "Generator" else [*dims, dims[-1]]
    return dims, _seed(rng, kind), {"label": f"layers of {dims} and a {kind}", **options}


def _seed(rng, kind="Generator"):
    return Seed(kind, int(rng.integers(2**31)))


def normal_weights(exercise, case_input, std):
    """Return the rule for normal weights of the spread ``std(n_in)`` and biases of zero."""
    dims, arrays = case_input.args[0], {}
    if len(dims) > MANY:
        return value(rtol=0, atol=1e300)(exercise, case_input)
    for layer, (n_in, n_out) in enumerate(zip(dims, dims[1:]), start=1):
        arrays[f"W{layer}"] = {"shape": (n_out, n_in), "std": float(std(n_in))}
        arrays[f"b{layer}"] = {
            "shape": (n_out, 1),
            "value": column(n_out),
            "random": RANDOM_BIAS,
        }
    once, exact = case_input.only == "hidden", not case_input.in_doubt
    return random_arrays(exercise, case_input, arrays, once, exact)
