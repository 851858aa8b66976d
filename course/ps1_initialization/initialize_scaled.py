"""A start with normal weights of one scale in all layers."""

import copy

import numpy as np

from autograder.model import Exercise, case

from .initialize_zeros import initialize_zeros
from .starts import layers, make_backwards, make_params, normal_weights

exercise = Exercise(points=2)


@exercise.reference
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
    return make_params(
        layer_dims, lambda n_out, n_in: rng.standard_normal((n_out, n_in)) * float(scale)
    )


@exercise.cases
def cases(rng):
    small, above = (round(float(scale * rng.uniform(1.1, 1.5)), 5) for scale in (0.001, 2))
    whole = int(rng.integers(2, 6))
    scales = (small, whole, above, whole, above, small, whole, small)
    for scale, (dims, seed, options) in zip(scales, layers(rng), strict=True):
        yield case(dims, scale, seed, **options)


@exercise.expected
def expected(exercise, case_input):
    return normal_weights(exercise, case_input, lambda n_in: case_input.args[1])


UNUSED = "The standard deviation is {} whatever `scale` is."


@exercise.mistake(UNUSED.format(1))
def scale_ignored(layer_dims, scale, rng):
    return make_params(layer_dims, lambda n_out, n_in: rng.standard_normal((n_out, n_in)))


@exercise.mistake(UNUSED.format(0.01), id="scale_ignored")
def always_a_hundredth(layer_dims, scale, rng):
    return make_params(layer_dims, lambda n_out, n_in: rng.standard_normal((n_out, n_in)) * 0.01)


@exercise.mistake(
    "That is `scale` squared: `scale` is the standard deviation already, nothing has to be squared."
)
def scale_squared(layer_dims, scale, rng):
    return make_params(layer_dims, lambda n_out, n_in: rng.normal(0, scale**2, (n_out, n_in)))


@exercise.mistake(
    "That is the square root of `scale`: `scale` is the standard deviation, not the variance."
)
def variance(layer_dims, scale, rng):
    return make_params(
        layer_dims, lambda n_out, n_in: rng.standard_normal((n_out, n_in)) * np.sqrt(scale)
    )


@exercise.mistake("The draws were divided by `scale`, not multiplied.")
def divided(layer_dims, scale, rng):
    return make_params(layer_dims, lambda n_out, n_in: rng.standard_normal((n_out, n_in)) / scale)


@exercise.mistake(
    "That is `scale` divided by the root of the fan-in; here every layer has the spread `scale`."
)
def fan_in_too(layer_dims, scale, rng):
    return make_params(
        layer_dims, lambda n_out, n_in: rng.standard_normal((n_out, n_in)) * scale / np.sqrt(n_in)
    )


@exercise.mistake(
    "That is `scale` times the root of 2 over the fan-in; here every layer has the spread `scale`.",
    id="fan_in_too",
)
def he_too(layer_dims, scale, rng):
    return make_params(
        layer_dims, lambda n_out, n_in: scale * rng.normal(0, np.sqrt(2 / n_in), (n_out, n_in))
    )


# `scale` lands in the place of the mean, so that the spread is 1.
@exercise.refused("whatever `scale` is", id="scale_ignored")
def scale_as_mean(layer_dims, scale, rng):
    return make_params(layer_dims, lambda n_out, n_in: rng.normal(scale, size=(n_out, n_in)))


@exercise.refused("raised to a power (`**`)")
def power(layer_dims, scale, rng):
    return make_params(layer_dims, lambda n_out, n_in: rng.standard_normal((n_out, n_in)) ** scale)


@exercise.refused("uniform distribution (`rand`)")
def uniform(layer_dims, scale, rng):
    return make_params(layer_dims, lambda n_out, n_in: rng.random((n_out, n_in)) * scale)


@exercise.refused("Their histogram is flat")
def uniform_centred(layer_dims, scale, rng):
    half_width = scale * np.sqrt(3)
    return make_params(
        layer_dims, lambda n_out, n_in: (2 * rng.random((n_out, n_in)) - 1) * half_width
    )


@exercise.refused("not from one with a seed of your own")
def own_seed(layer_dims, scale, rng):
    rng = np.random.RandomState(3)
    return make_params(layer_dims, lambda n_out, n_in: rng.standard_normal((n_out, n_in)) * scale)


@exercise.refused("with the same seed for each of them")
def seed_in_loop(layer_dims, scale, rng):
    return make_params(
        layer_dims,
        lambda n_out, n_in: np.random.default_rng(3).standard_normal((n_out, n_in)) * scale,
    )


@exercise.refused("share their draws")
def copied_generator(layer_dims, scale, rng):
    return make_params(
        layer_dims,
        lambda n_out, n_in: copy.deepcopy(rng).standard_normal((n_out, n_in)) * scale,
    )


@exercise.refused("never from `np.random`")
def global_generator(layer_dims, scale, rng):
    return make_params(layer_dims, lambda n_out, n_in: np.random.randn(n_out, n_in) * scale)


@exercise.refused("A column has two dimensions, (n, 1)")
def flat_bias(layer_dims, scale, rng):
    return make_params(
        layer_dims, lambda n_out, n_in: rng.standard_normal((n_out, n_in)) * scale, np.zeros
    )


@exercise.refused("It is random")
def random_bias(layer_dims, scale, rng):
    return make_params(
        layer_dims,
        lambda n_out, n_in: rng.standard_normal((n_out, n_in)) * scale,
        lambda n: rng.standard_normal((n, 1)) * scale,
    )


@exercise.refused("Rows and columns are swapped")
def transposed(layer_dims, scale, rng):
    return make_params(layer_dims, lambda n_out, n_in: rng.standard_normal((n_in, n_out)) * scale)


@exercise.refused("Missing: 'W3', 'b3'")
def last_layer_missing(layer_dims, scale, rng):
    params = {}
    for layer in range(1, len(layer_dims) - 1):
        n_out, n_in = layer_dims[layer], layer_dims[layer - 1]
        params[f"W{layer}"] = rng.standard_normal((n_out, n_in)) * scale
        params[f"b{layer}"] = np.zeros((n_out, 1))
    return params


@exercise.right
def vectorised(layer_dims, scale, rng):
    params = initialize_zeros(layer_dims)
    for layer in range(1, len(layer_dims)):
        params[f"W{layer}"] = rng.standard_normal(params[f"W{layer}"].shape) * scale
    return params


@exercise.right
def loops(layer_dims, scale, rng):
    params = {}
    for layer in range(1, len(layer_dims)):
        W = np.zeros((layer_dims[layer], layer_dims[layer - 1]))
        for i in range(W.shape[0]):
            for j in range(W.shape[1]):
                W[i, j] = rng.normal(0.0, scale)
        params["W" + str(layer)] = W
        params["b" + str(layer)] = np.zeros((layer_dims[layer], 1))
    return params


@exercise.right
def own_style(layer_dims, scale, rng):
    params = initialize_zeros(layer_dims)
    for name, value in params.items():
        if name.startswith("W"):
            value += rng.normal(loc=0, scale=scale, size=value.shape)
    return params


# Box and Muller: two uniform numbers make one normal one.
def box_muller(rng, shape):
    u, v = rng.random(shape), rng.random(shape)
    return np.sqrt(-2.0 * np.log1p(-u)) * np.sin(2 * np.pi * v)


@exercise.right
def unusual(layer_dims, scale, rng):
    return make_backwards(layer_dims, lambda *shape: scale * box_muller(rng, shape))
