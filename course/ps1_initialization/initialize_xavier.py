"""A start with the scale of each layer made from its fan-in."""

import copy
import math

import numpy as np

from autograder.model import Exercise, case

from .initialize_scaled import initialize_scaled
from .starts import (
    ALL_ZERO,
    BIAS_COUNTED,
    FAN_OUT,
    FIRST_LAYER,
    GLOROT,
    HUNDREDTH,
    ONE_LESS,
    UNSCALED,
    layers,
    make_backwards,
    make_params,
    normal_weights,
)

exercise = Exercise(points=2)


@exercise.reference
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
    return make_params(
        layer_dims, lambda n_out, n_in: rng.standard_normal((n_out, n_in)) * np.sqrt(1 / n_in)
    )


@exercise.cases
def cases(rng):
    for dims, seed, options in layers(rng):
        yield case(dims, seed, **options)


@exercise.expected
def expected(exercise, case_input):
    return normal_weights(exercise, case_input, lambda n_in: n_in**-0.5)


@exercise.mistake(
    "That is 1/n without the square root: 1/n is the variance, and draws are multiplied by the "
    "standard deviation."
)
def no_root(layer_dims, rng):
    return make_params(
        layer_dims, lambda n_out, n_in: rng.standard_normal((n_out, n_in)) * (1 / n_in)
    )


@exercise.mistake(FAN_OUT)
def fan_out(layer_dims, rng):
    return make_params(
        layer_dims, lambda n_out, n_in: rng.standard_normal((n_out, n_in)) * np.sqrt(1 / n_out)
    )


@exercise.mistake("That is He's variance, 2/n; here it is 1/n.")
def he(layer_dims, rng):
    return make_params(
        layer_dims, lambda n_out, n_in: rng.standard_normal((n_out, n_in)) * np.sqrt(2 / n_in)
    )


@exercise.mistake(GLOROT)
def glorot(layer_dims, rng):
    return make_params(
        layer_dims,
        lambda n_out, n_in: rng.standard_normal((n_out, n_in)) * np.sqrt(2 / (n_in + n_out)),
    )


@exercise.mistake("That is 1/(n_{l-1} + n_l); here the fan-in alone decides.")
def mean_of_both(layer_dims, rng):
    return make_params(
        layer_dims,
        lambda n_out, n_in: rng.standard_normal((n_out, n_in)) * np.sqrt(1 / (n_in + n_out)),
    )


TURNED = (
    "The spread is the square root of n instead of 1 over it: the draws were multiplied where "
    "they should be divided, or the other way round."
)


@exercise.mistake(TURNED)
def divided(layer_dims, rng):
    return make_params(
        layer_dims, lambda n_out, n_in: rng.standard_normal((n_out, n_in)) / np.sqrt(1 / n_in)
    )


@exercise.mistake(TURNED, id="divided")
def times_root_of_n(layer_dims, rng):
    return make_params(
        layer_dims, lambda n_out, n_in: rng.standard_normal((n_out, n_in)) * np.sqrt(n_in)
    )


@exercise.mistake(FIRST_LAYER)
def first_layer(layer_dims, rng):
    return make_params(
        layer_dims,
        lambda n_out, n_in: rng.standard_normal((n_out, n_in)) * np.sqrt(1 / layer_dims[0]),
    )


@exercise.mistake(BIAS_COUNTED)
def bias_counted(layer_dims, rng):
    return make_params(
        layer_dims,
        lambda n_out, n_in: rng.standard_normal((n_out, n_in)) * np.sqrt(1 / (n_in + 1)),
    )


@exercise.mistake(ONE_LESS)
def one_input_less(layer_dims, rng):
    return make_params(
        layer_dims,
        lambda n_out, n_in: rng.standard_normal((n_out, n_in)) * np.sqrt(1 / (n_in - 1)),
    )


@exercise.mistake(UNSCALED)
def unscaled(layer_dims, rng):
    return make_params(layer_dims, lambda n_out, n_in: rng.standard_normal((n_out, n_in)))


@exercise.mistake(HUNDREDTH)
def fixed(layer_dims, rng):
    return make_params(layer_dims, lambda n_out, n_in: rng.standard_normal((n_out, n_in)) * 0.01)


@exercise.mistake(ALL_ZERO, id="zeros")
def integer_division(layer_dims, rng):
    return make_params(
        layer_dims, lambda n_out, n_in: rng.standard_normal((n_out, n_in)) * np.sqrt(1 // n_in)
    )


@exercise.refused("raised to a power (`**`)")
def power(layer_dims, rng):
    return make_params(
        layer_dims, lambda n_out, n_in: rng.standard_normal((n_out, n_in)) ** np.sqrt(1 / n_in)
    )


@exercise.refused("uniform distribution (`rand`)")
def uniform(layer_dims, rng):
    return make_params(
        layer_dims, lambda n_out, n_in: rng.random((n_out, n_in)) * np.sqrt(1 / n_in)
    )


@exercise.refused("not from one with a seed of your own")
def own_seed(layer_dims, rng):
    rng = np.random.RandomState(3)
    return make_params(
        layer_dims, lambda n_out, n_in: rng.standard_normal((n_out, n_in)) * np.sqrt(1 / n_in)
    )


@exercise.refused("with the same seed for each of them")
def seed_in_loop(layer_dims, rng):
    return make_params(
        layer_dims,
        lambda n_out, n_in: np.random.default_rng(3).normal(0, np.sqrt(1 / n_in), (n_out, n_in)),
    )


@exercise.refused("share their draws")
def copied_generator(layer_dims, rng):
    return make_params(
        layer_dims,
        lambda n_out, n_in: copy.deepcopy(rng).normal(0, np.sqrt(1 / n_in), (n_out, n_in)),
    )


@exercise.refused("never from `np.random`")
def global_generator(layer_dims, rng):
    return make_params(
        layer_dims, lambda n_out, n_in: np.random.randn(n_out, n_in) * np.sqrt(1 / n_in)
    )


@exercise.refused("A column has two dimensions, (n, 1)")
def flat_bias(layer_dims, rng):
    return make_params(
        layer_dims,
        lambda n_out, n_in: rng.standard_normal((n_out, n_in)) * np.sqrt(1 / n_in),
        np.zeros,
    )


@exercise.refused("It is random")
def random_bias(layer_dims, rng):
    return make_params(
        layer_dims,
        lambda n_out, n_in: rng.standard_normal((n_out, n_in)) * np.sqrt(1 / n_in),
        lambda n: rng.standard_normal((n, 1)),
    )


@exercise.refused("Rows and columns are swapped")
def transposed(layer_dims, rng):
    return make_params(
        layer_dims, lambda n_out, n_in: rng.standard_normal((n_in, n_out)) * np.sqrt(1 / n_in)
    )


@exercise.refused("Missing: 'W3', 'b3'")
def last_layer_missing(layer_dims, rng):
    params = {}
    for layer in range(1, len(layer_dims) - 1):
        n_out, n_in = layer_dims[layer], layer_dims[layer - 1]
        params[f"W{layer}"] = rng.standard_normal((n_out, n_in)) * np.sqrt(1 / n_in)
        params[f"b{layer}"] = np.zeros((n_out, 1))
    return params


@exercise.right
def vectorised(layer_dims, rng):
    params = initialize_scaled(layer_dims, 1.0, rng)
    for layer in range(1, len(layer_dims)):
        params[f"W{layer}"] *= np.sqrt(1 / layer_dims[layer - 1])
    return params


@exercise.right
def loops(layer_dims, rng):
    params = {}
    for layer in range(1, len(layer_dims)):
        n_in = layer_dims[layer - 1]
        rows = []
        for _ in range(layer_dims[layer]):
            rows.append(rng.standard_normal(n_in) / math.sqrt(n_in))
        params["W" + str(layer)] = np.array(rows)
        params["b" + str(layer)] = np.array([[0.0]] * layer_dims[layer])
    return params


def variance_scaled(layer_dims, gain, rng):
    params = initialize_scaled(layer_dims, 1.0, rng)
    for name in params:
        if name.startswith("b"):
            continue
        fan_in = params[name].shape[1]
        params[name] = params[name] * np.sqrt(gain) / np.sqrt(fan_in)
    return params


@exercise.right
def own_style(layer_dims, rng):
    return variance_scaled(layer_dims, 1.0, rng)


# One long draw, cut into the layers.
@exercise.right
def unusual(layer_dims, rng):
    sizes = [n_out * n_in for n_in, n_out in zip(layer_dims, layer_dims[1:])]
    pool = rng.standard_normal(sum(sizes))
    parts = iter(np.split(pool, np.cumsum(sizes)[:-1])[::-1])
    return make_backwards(
        layer_dims, lambda n_out, n_in: next(parts).reshape(n_out, n_in) * n_in**-0.5
    )
