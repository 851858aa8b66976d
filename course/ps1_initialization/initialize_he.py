"""A start that makes up for what ReLU drops."""

import copy

import numpy as np

from autograder.model import Exercise, case

from .initialize_xavier import variance_scaled
from .initialize_zeros import initialize_zeros
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
    return make_params(
        layer_dims, lambda n_out, n_in: rng.standard_normal((n_out, n_in)) * np.sqrt(2 / n_in)
    )


@exercise.cases
def cases(rng):
    for dims, seed, options in layers(rng):
        yield case(dims, seed, **options)


@exercise.expected
def expected(exercise, case_input):
    return normal_weights(exercise, case_input, lambda n_in: (2 / n_in) ** 0.5)


@exercise.mistake(
    "That is 2/n without the square root: 2/n is the variance, and draws are multiplied by the "
    "standard deviation."
)
def no_root(layer_dims, rng):
    return make_params(
        layer_dims, lambda n_out, n_in: rng.standard_normal((n_out, n_in)) * (2 / n_in)
    )


@exercise.mistake("That is sqrt(2)/n: the square root covers only the 2, not the n.")
def root_of_2(layer_dims, rng):
    return make_params(
        layer_dims, lambda n_out, n_in: rng.standard_normal((n_out, n_in)) * (np.sqrt(2) / n_in)
    )


@exercise.mistake("That is 2/sqrt(n): the square root covers only the n, not the 2.")
def root_of_n(layer_dims, rng):
    return make_params(
        layer_dims, lambda n_out, n_in: rng.standard_normal((n_out, n_in)) * (2 / np.sqrt(n_in))
    )


@exercise.mistake(FAN_OUT)
def fan_out(layer_dims, rng):
    return make_params(
        layer_dims, lambda n_out, n_in: rng.standard_normal((n_out, n_in)) * np.sqrt(2 / n_out)
    )


@exercise.mistake("That is Xavier's variance, 1/n; here it is 2/n.")
def xavier(layer_dims, rng):
    return make_params(
        layer_dims, lambda n_out, n_in: rng.standard_normal((n_out, n_in)) * np.sqrt(1 / n_in)
    )


@exercise.mistake("The square root of 2 was rounded to 1.4; it is 1.41421..., `np.sqrt(2)`.")
def rounded_gain(layer_dims, rng):
    return make_params(
        layer_dims, lambda n_out, n_in: rng.standard_normal((n_out, n_in)) * 1.4 / np.sqrt(n_in)
    )


@exercise.mistake(
    "The last layer has Xavier's variance, 1/n; here all layers, the last one too, have 2/n."
)
def xavier_at_the_end(layer_dims, rng):
    params = {}
    for layer in range(1, len(layer_dims)):
        n_out, n_in = layer_dims[layer], layer_dims[layer - 1]
        gain = 2 if layer < len(layer_dims) - 1 else 1
        params[f"W{layer}"] = rng.standard_normal((n_out, n_in)) * np.sqrt(gain / n_in)
        params[f"b{layer}"] = np.zeros((n_out, 1))
    return params


@exercise.mistake("That is a variance of 1/(2n); the 2 belongs in the numerator.")
def half(layer_dims, rng):
    return make_params(
        layer_dims, lambda n_out, n_in: rng.standard_normal((n_out, n_in)) / np.sqrt(2 * n_in)
    )


@exercise.mistake(GLOROT)
def glorot(layer_dims, rng):
    return make_params(
        layer_dims,
        lambda n_out, n_in: rng.standard_normal((n_out, n_in)) * np.sqrt(2 / (n_in + n_out)),
    )


@exercise.mistake(
    "That is 4/(n_{l-1} + n_l), with the fan-out in it; here the fan-in alone decides."
)
def mean_of_both(layer_dims, rng):
    return make_params(
        layer_dims,
        lambda n_out, n_in: rng.standard_normal((n_out, n_in)) * np.sqrt(4 / (n_in + n_out)),
    )


@exercise.mistake("The draws were divided by sqrt(2/n), not multiplied.")
def divided(layer_dims, rng):
    return make_params(
        layer_dims, lambda n_out, n_in: rng.standard_normal((n_out, n_in)) / np.sqrt(2 / n_in)
    )


@exercise.mistake(FIRST_LAYER)
def first_layer(layer_dims, rng):
    return make_params(
        layer_dims,
        lambda n_out, n_in: rng.standard_normal((n_out, n_in)) * np.sqrt(2 / layer_dims[0]),
    )


@exercise.mistake(BIAS_COUNTED)
def bias_counted(layer_dims, rng):
    return make_params(
        layer_dims,
        lambda n_out, n_in: rng.standard_normal((n_out, n_in)) * np.sqrt(2 / (n_in + 1)),
    )


@exercise.mistake(ONE_LESS)
def one_input_less(layer_dims, rng):
    return make_params(
        layer_dims,
        lambda n_out, n_in: rng.standard_normal((n_out, n_in)) * np.sqrt(2 / (n_in - 1)),
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
        layer_dims, lambda n_out, n_in: rng.standard_normal((n_out, n_in)) * np.sqrt(2 // n_in)
    )


@exercise.refused("raised to a power (`**`)")
def power(layer_dims, rng):
    return make_params(
        layer_dims, lambda n_out, n_in: rng.standard_normal((n_out, n_in)) ** np.sqrt(2 / n_in)
    )


@exercise.refused("uniform distribution (`rand`)")
def uniform(layer_dims, rng):
    return make_params(
        layer_dims, lambda n_out, n_in: rng.random((n_out, n_in)) * np.sqrt(2 / n_in)
    )


@exercise.refused("not from one with a seed of your own")
def own_seed(layer_dims, rng):
    rng = np.random.RandomState(3)
    return make_params(
        layer_dims, lambda n_out, n_in: rng.standard_normal((n_out, n_in)) * np.sqrt(2 / n_in)
    )


@exercise.refused("with the same seed for each of them")
def seed_in_loop(layer_dims, rng):
    return make_params(
        layer_dims,
        lambda n_out, n_in: np.random.default_rng(3).normal(0, np.sqrt(2 / n_in), (n_out, n_in)),
    )


@exercise.refused("share their draws")
def copied_generator(layer_dims, rng):
    return make_params(
        layer_dims,
        lambda n_out, n_in: copy.deepcopy(rng).normal(0, np.sqrt(2 / n_in), (n_out, n_in)),
    )


@exercise.refused("never from `np.random`")
def global_generator(layer_dims, rng):
    return make_params(
        layer_dims, lambda n_out, n_in: np.random.randn(n_out, n_in) * np.sqrt(2 / n_in)
    )


@exercise.refused("A column has two dimensions, (n, 1)")
def flat_bias(layer_dims, rng):
    return make_params(
        layer_dims,
        lambda n_out, n_in: rng.standard_normal((n_out, n_in)) * np.sqrt(2 / n_in),
        np.zeros,
    )


@exercise.refused("It is random")
def random_bias(layer_dims, rng):
    return make_params(
        layer_dims,
        lambda n_out, n_in: rng.standard_normal((n_out, n_in)) * np.sqrt(2 / n_in),
        lambda n: rng.standard_normal((n, 1)),
    )


@exercise.refused("Rows and columns are swapped")
def transposed(layer_dims, rng):
    return make_params(
        layer_dims, lambda n_out, n_in: rng.standard_normal((n_in, n_out)) * np.sqrt(2 / n_in)
    )


@exercise.refused("Missing: 'W3', 'b3'")
def last_layer_missing(layer_dims, rng):
    params = {}
    for layer in range(1, len(layer_dims) - 1):
        n_out, n_in = layer_dims[layer], layer_dims[layer - 1]
        params[f"W{layer}"] = rng.standard_normal((n_out, n_in)) * np.sqrt(2 / n_in)
        params[f"b{layer}"] = np.zeros((n_out, 1))
    return params


@exercise.right
def vectorised(layer_dims, rng):
    params = initialize_zeros(layer_dims)
    for layer, n_in in enumerate(layer_dims[:-1], start=1):
        shape = (layer_dims[layer], n_in)
        params[f"W{layer}"] = rng.normal(scale=np.sqrt(2 / n_in), size=shape)
    return params


@exercise.right
def loops(layer_dims, rng):
    params = {}
    for layer in range(1, len(layer_dims)):
        std = (2 / layer_dims[layer - 1]) ** 0.5
        params["W" + str(layer)] = rng.standard_normal((layer_dims[layer], layer_dims[layer - 1]))
        for i in range(layer_dims[layer]):
            params["W" + str(layer)][i] *= std
        params["b" + str(layer)] = np.zeros((layer_dims[layer], 1))
    return params


@exercise.right
def own_style(layer_dims, rng):
    return variance_scaled(layer_dims, 2.0, rng)


# Drawn as (n_in, n_out) and turned: the same distribution.
@exercise.right
def unusual(layer_dims, rng):
    print("He initialization of", layer_dims)
    return make_backwards(
        layer_dims, lambda n_out, n_in: rng.normal(0, np.sqrt(2.0 / n_in), (n_in, n_out)).T
    )
