"""By how much each layer stretches the spread of its input."""

import math

import numpy as np

from autograder.cases import value
from autograder.model import Exercise, case

from .shared import NO_ARRAY, sizes_near

# Each entry is one product: there is nothing to add up in another order.
exercise = Exercise(points=1, expect=value(rtol=1e-12, atol=0, each=True, single=True))


@exercise.reference
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


@exercise.cases
def cases(rng):
    yield case([12288, 20, 7, 5, 1], 0.01, label="the network behind the 34 %")
    yield case(
        sizes_near(rng, 30, 90, 12), round(float(rng.uniform(1.1, 1.9)), 3), label="two layers"
    )
    yield case(sizes_near(rng, *range(50, 94, 4)), 1.0, label="ten layers and a scale of 1")
    yield case(sizes_near(rng, 16, 3), 0.25, label="a single layer")
    small = round(float(1e-9 * rng.uniform(1, 9)), 11)
    yield case([*sizes_near(rng, 5, 7), 1], small, label="a very small scale")
    yield case([1, *sizes_near(rng, 5, 7)], 2, label="a scale that is a whole number")


@exercise.mistake(
    "The square root of the number of inputs is missing: the spread of a sum grows with the root."
)
def no_root(layer_dims, scale):
    return scale * np.array(layer_dims[:-1])


@exercise.mistake(
    "That uses the fan-out, the number of units of the layer itself; expected the fan-in, the "
    "number of its inputs."
)
def fan_out(layer_dims, scale):
    return scale * np.sqrt(layer_dims[1:])


@exercise.mistake("That is the factor of the variance; the spread is its square root.")
def variance(layer_dims, scale):
    return scale**2 * np.array(layer_dims[:-1])


@exercise.mistake("The square root of `scale` was taken too; only the number of inputs needs it.")
def root_of_both(layer_dims, scale):
    return np.sqrt(scale * np.array(layer_dims[:-1]))


@exercise.mistake(
    "That is the scale that would keep the spread; expected the factor that `scale` makes."
)
def needed_scale(layer_dims, scale):
    return 1 / np.sqrt(layer_dims[:-1])


@exercise.mistake("`scale` was divided by the root of the fan-in; it should be multiplied.")
def divided(layer_dims, scale):
    return scale / np.sqrt(layer_dims[:-1])


@exercise.mistake(
    "The root of the fan-in was divided by `scale`; it should be multiplied.", id="divided"
)
def divided_by_scale(layer_dims, scale):
    return np.sqrt(layer_dims[:-1]) / scale


@exercise.mistake(
    "There is one entry too many: the size of the last layer is the fan-in of no layer."
)
def one_too_many(layer_dims, scale):
    return scale * np.sqrt(layer_dims)


@exercise.mistake("The last layer is left out; it has weights too.")
def last_missing(layer_dims, scale):
    return scale * np.sqrt(layer_dims[:-2])


@exercise.mistake("The first layer is left out; it has weights too.")
def first_missing(layer_dims, scale):
    return scale * np.sqrt(layer_dims[1:-1])


@exercise.mistake("That is the product of the factors up to each layer; expected each layer's own.")
def cumulative(layer_dims, scale):
    return np.cumprod(scale * np.sqrt(layer_dims[:-1]))


@exercise.mistake("`scale` is always taken as 0.01; it is an argument.")
def scale_fixed(layer_dims, scale):
    return 0.01 * np.sqrt(layer_dims[:-1])


@exercise.mistake(
    "The factors were stored as whole numbers, which cuts their fractions off: an array takes its "
    "type from what it is made of, and `scale` may be a whole number."
)
def whole_like_scale(layer_dims, scale):
    factors = np.full(len(layer_dims) - 1, scale)
    factors[:] = scale * np.sqrt(layer_dims[:-1])
    return factors


@exercise.mistake("`scale` is missing: twice the scale stretches twice as much.")
def scale_forgotten(layer_dims, scale):
    return np.sqrt(layer_dims[:-1])


@exercise.mistake(
    "That includes the half that a ReLU keeps; expected the factor of the sum before the ReLU."
)
def relu_half(layer_dims, scale):
    return scale * np.sqrt(np.array(layer_dims[:-1]) / 2)


@exercise.mistake("That uses the mean of fan-in and fan-out; expected the fan-in alone.")
def both_sizes(layer_dims, scale):
    n_in, n_out = np.array(layer_dims[:-1]), np.array(layer_dims[1:])
    return scale * np.sqrt((n_in + n_out) / 2)


@exercise.mistake(NO_ARRAY.format("list"), id="list")
def a_list(layer_dims, scale):
    return [scale * math.sqrt(n) for n in layer_dims[:-1]]


@exercise.mistake("That is a column; expected one number for each layer, in one dimension.")
def column(layer_dims, scale):
    return (scale * np.sqrt(layer_dims[:-1])).reshape(-1, 1)


@exercise.mistake("The results were rounded down to whole numbers.")
def whole_numbers(layer_dims, scale):
    return (scale * np.sqrt(layer_dims[:-1])).astype(int)


@exercise.right
def vectorised(layer_dims, scale):
    return scale * np.sqrt(layer_dims[:-1])


@exercise.right
def loops(layer_dims, scale):
    factors = []
    for n in layer_dims[:-1]:
        factors.append(scale * math.sqrt(n))
    return np.array(factors)


@exercise.right
def own_style(layer_dims, scale):
    L = len(layer_dims) - 1
    audit = np.zeros(L)
    audit[:] = layer_dims[:L]
    np.sqrt(audit, out=audit)
    audit *= scale
    return audit


# The variance of a sum of n terms, then its root.
@exercise.right
def unusual(layer_dims, scale):
    variances = [n * scale**2 for n in layer_dims][:-1]
    return np.power(variances, 0.5)
