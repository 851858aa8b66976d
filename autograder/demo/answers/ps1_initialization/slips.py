"""Wrong answers to ps1_initialization, each named `<exercise>__<slip>`.

Where one calls another exercise, it means the right answer of the notebook it is pasted into.
"""

# ruff: noqa: F821

import numpy as np


# Biases of shape (n,), not (n, 1).
def initialize_zeros__flat_bias(layer_dims):
    params = {}
    for layer in range(1, len(layer_dims)):
        n_out, n_in = layer_dims[layer], layer_dims[layer - 1]
        params[f"W{layer}"] = np.zeros((n_out, n_in))
        params[f"b{layer}"] = np.zeros(n_out)
    return params


# W is (n_in, n_out).
def initialize_zeros__transposed(layer_dims):
    params = {}
    for layer in range(1, len(layer_dims)):
        n_out, n_in = layer_dims[layer], layer_dims[layer - 1]
        params[f"W{layer}"] = np.zeros((n_in, n_out))
        params[f"b{layer}"] = np.zeros((n_out, 1))
    return params


# Ones, not zeros.
def initialize_zeros__ones(layer_dims):
    params = {}
    for layer in range(1, len(layer_dims)):
        n_out, n_in = layer_dims[layer], layer_dims[layer - 1]
        params[f"W{layer}"] = np.ones((n_out, n_in))
        params[f"b{layer}"] = np.zeros((n_out, 1))
    return params


# The loop stops one layer too early.
def initialize_zeros__last_layer_missing(layer_dims):
    params = {}
    for layer in range(1, len(layer_dims) - 1):
        n_out, n_in = layer_dims[layer], layer_dims[layer - 1]
        params[f"W{layer}"] = np.zeros((n_out, n_in))
        params[f"b{layer}"] = np.zeros((n_out, 1))
    return params


# Layers counted from 0: W0, b0, ...
def initialize_zeros__keys_from_zero(layer_dims):
    params = {}
    for layer in range(1, len(layer_dims)):
        n_out, n_in = layer_dims[layer], layer_dims[layer - 1]
        params[f"W{layer - 1}"] = np.zeros((n_out, n_in))
        params[f"b{layer - 1}"] = np.zeros((n_out, 1))
    return params


# The return line forgotten.
def initialize_zeros__returns_nothing(layer_dims):
    params = {}
    for layer in range(1, len(layer_dims)):
        n_out, n_in = layer_dims[layer], layer_dims[layer - 1]
        params[f"W{layer}"] = np.zeros((n_out, n_in))
        params[f"b{layer}"] = np.zeros((n_out, 1))


# The biases forgotten.
def initialize_zeros__no_bias(layer_dims):
    params = {}
    for layer in range(1, len(layer_dims)):
        n_out, n_in = layer_dims[layer], layer_dims[layer - 1]
        params[f"W{layer}"] = np.zeros((n_out, n_in))
    return params


# Small random numbers, not zeros.
def initialize_zeros__small_numbers(layer_dims):
    params = {}
    for layer in range(1, len(layer_dims)):
        n_out, n_in = layer_dims[layer], layer_dims[layer - 1]
        params[f"W{layer}"] = np.random.randn(n_out, n_in) * 1e-9
        params[f"b{layer}"] = np.zeros((n_out, 1))
    return params


# Lists of lists, not arrays.
def initialize_zeros__lists(layer_dims):
    params = {}
    for layer in range(1, len(layer_dims)):
        n_out, n_in = layer_dims[layer], layer_dims[layer - 1]
        params[f"W{layer}"] = [[0.0] * n_in for _ in range(n_out)]
        params[f"b{layer}"] = [[0.0] for _ in range(n_out)]
    return params


# Biases of shape (1, n).
def initialize_zeros__row_bias(layer_dims):
    params = {}
    for layer in range(1, len(layer_dims)):
        n_out, n_in = layer_dims[layer], layer_dims[layer - 1]
        params[f"W{layer}"] = np.zeros((n_out, n_in))
        params[f"b{layer}"] = np.zeros((1, n_out))
    return params


# A list of pairs, not a dict.
def initialize_zeros__list_of_layers(layer_dims):
    layers = []
    for n_in, n_out in zip(layer_dims[:-1], layer_dims[1:], strict=True):
        layers.append((np.zeros((n_out, n_in)), np.zeros((n_out, 1))))
    return layers


# The sizes of the notebook's example, whatever is given.
def initialize_zeros__hard_coded(layer_dims):
    layer_dims = [2, 10, 5, 1]
    params = {}
    for layer in range(1, 4):
        params[f"W{layer}"] = np.zeros((layer_dims[layer], layer_dims[layer - 1]))
        params[f"b{layer}"] = np.zeros((layer_dims[layer], 1))
    return params


# `**` for `*`: NaN where the draw is negative.
def initialize_scaled__power(layer_dims, scale, rng):
    params = {}
    for layer in range(1, len(layer_dims)):
        n_out, n_in = layer_dims[layer], layer_dims[layer - 1]
        params[f"W{layer}"] = rng.standard_normal((n_out, n_in)) ** scale
        params[f"b{layer}"] = np.zeros((n_out, 1))
    return params


# `rand` for `randn`: no negative entry.
def initialize_scaled__uniform(layer_dims, scale, rng):
    params = {}
    for layer in range(1, len(layer_dims)):
        n_out, n_in = layer_dims[layer], layer_dims[layer - 1]
        params[f"W{layer}"] = rng.random((n_out, n_in)) * scale
        params[f"b{layer}"] = np.zeros((n_out, 1))
    return params


# Divided by the standard deviation instead of multiplied.
def initialize_scaled__divided(layer_dims, scale, rng):
    params = {}
    for layer in range(1, len(layer_dims)):
        n_out, n_in = layer_dims[layer], layer_dims[layer - 1]
        params[f"W{layer}"] = rng.standard_normal((n_out, n_in)) / scale
        params[f"b{layer}"] = np.zeros((n_out, 1))
    return params


# A seed of its own inside: the same start whatever is passed.
def initialize_scaled__own_seed(layer_dims, scale, rng):
    rng = np.random.RandomState(3)
    params = {}
    for layer in range(1, len(layer_dims)):
        n_out, n_in = layer_dims[layer], layer_dims[layer - 1]
        params[f"W{layer}"] = rng.standard_normal((n_out, n_in)) * scale
        params[f"b{layer}"] = np.zeros((n_out, 1))
    return params


# The generator made again for each layer: the layers share their draws.
def initialize_scaled__seed_in_loop(layer_dims, scale, rng):
    params = {}
    for layer in range(1, len(layer_dims)):
        rng = np.random.default_rng(3)
        n_out, n_in = layer_dims[layer], layer_dims[layer - 1]
        params[f"W{layer}"] = rng.standard_normal((n_out, n_in)) * scale
        params[f"b{layer}"] = np.zeros((n_out, 1))
    return params


# A copy of the generator for each layer: the layers share their draws.
def initialize_scaled__copied_generator(layer_dims, scale, rng):
    import copy

    params = {}
    for layer in range(1, len(layer_dims)):
        fresh = copy.deepcopy(rng)
        n_out, n_in = layer_dims[layer], layer_dims[layer - 1]
        params[f"W{layer}"] = fresh.standard_normal((n_out, n_in)) * scale
        params[f"b{layer}"] = np.zeros((n_out, 1))
    return params


# Draws from the global generator.
def initialize_scaled__global_generator(layer_dims, scale, rng):
    params = {}
    for layer in range(1, len(layer_dims)):
        n_out, n_in = layer_dims[layer], layer_dims[layer - 1]
        params[f"W{layer}"] = np.random.randn(n_out, n_in) * scale
        params[f"b{layer}"] = np.zeros((n_out, 1))
    return params


# Biases of shape (n,), not (n, 1).
def initialize_scaled__flat_bias(layer_dims, scale, rng):
    params = {}
    for layer in range(1, len(layer_dims)):
        n_out, n_in = layer_dims[layer], layer_dims[layer - 1]
        params[f"W{layer}"] = rng.standard_normal((n_out, n_in)) * scale
        params[f"b{layer}"] = np.zeros(n_out)
    return params


# Random biases.
def initialize_scaled__random_bias(layer_dims, scale, rng):
    params = {}
    for layer in range(1, len(layer_dims)):
        n_out, n_in = layer_dims[layer], layer_dims[layer - 1]
        params[f"W{layer}"] = rng.standard_normal((n_out, n_in)) * scale
        params[f"b{layer}"] = rng.standard_normal((n_out, 1)) * scale
    return params


# W is (n_in, n_out).
def initialize_scaled__transposed(layer_dims, scale, rng):
    params = {}
    for layer in range(1, len(layer_dims)):
        n_out, n_in = layer_dims[layer], layer_dims[layer - 1]
        params[f"W{layer}"] = rng.standard_normal((n_in, n_out)) * scale
        params[f"b{layer}"] = np.zeros((n_out, 1))
    return params


# The loop stops one layer too early.
def initialize_scaled__last_layer_missing(layer_dims, scale, rng):
    params = {}
    for layer in range(1, len(layer_dims) - 1):
        n_out, n_in = layer_dims[layer], layer_dims[layer - 1]
        params[f"W{layer}"] = rng.standard_normal((n_out, n_in)) * scale
        params[f"b{layer}"] = np.zeros((n_out, 1))
    return params


# `**` for `*`: NaN where the draw is negative.
def initialize_xavier__power(layer_dims, rng):
    params = {}
    for layer in range(1, len(layer_dims)):
        n_out, n_in = layer_dims[layer], layer_dims[layer - 1]
        params[f"W{layer}"] = rng.standard_normal((n_out, n_in)) ** np.sqrt(1 / n_in)
        params[f"b{layer}"] = np.zeros((n_out, 1))
    return params


# `rand` for `randn`: no negative entry.
def initialize_xavier__uniform(layer_dims, rng):
    params = {}
    for layer in range(1, len(layer_dims)):
        n_out, n_in = layer_dims[layer], layer_dims[layer - 1]
        params[f"W{layer}"] = rng.random((n_out, n_in)) * np.sqrt(1 / n_in)
        params[f"b{layer}"] = np.zeros((n_out, 1))
    return params


# Divided by the standard deviation instead of multiplied.
def initialize_xavier__divided(layer_dims, rng):
    params = {}
    for layer in range(1, len(layer_dims)):
        n_out, n_in = layer_dims[layer], layer_dims[layer - 1]
        params[f"W{layer}"] = rng.standard_normal((n_out, n_in)) / np.sqrt(1 / n_in)
        params[f"b{layer}"] = np.zeros((n_out, 1))
    return params


# A seed of its own inside: the same start whatever is passed.
def initialize_xavier__own_seed(layer_dims, rng):
    rng = np.random.RandomState(3)
    params = {}
    for layer in range(1, len(layer_dims)):
        n_out, n_in = layer_dims[layer], layer_dims[layer - 1]
        params[f"W{layer}"] = rng.standard_normal((n_out, n_in)) * np.sqrt(1 / n_in)
        params[f"b{layer}"] = np.zeros((n_out, 1))
    return params


# The generator made again for each layer: the layers share their draws.
def initialize_xavier__seed_in_loop(layer_dims, rng):
    params = {}
    for layer in range(1, len(layer_dims)):
        rng = np.random.default_rng(3)
        n_out, n_in = layer_dims[layer], layer_dims[layer - 1]
        params[f"W{layer}"] = rng.standard_normal((n_out, n_in)) * np.sqrt(1 / n_in)
        params[f"b{layer}"] = np.zeros((n_out, 1))
    return params


# A copy of the generator for each layer: the layers share their draws.
def initialize_xavier__copied_generator(layer_dims, rng):
    import copy

    params = {}
    for layer in range(1, len(layer_dims)):
        fresh = copy.deepcopy(rng)
        n_out, n_in = layer_dims[layer], layer_dims[layer - 1]
        params[f"W{layer}"] = fresh.standard_normal((n_out, n_in)) * np.sqrt(1 / n_in)
        params[f"b{layer}"] = np.zeros((n_out, 1))
    return params


# Draws from the global generator.
def initialize_xavier__global_generator(layer_dims, rng):
    params = {}
    for layer in range(1, len(layer_dims)):
        n_out, n_in = layer_dims[layer], layer_dims[layer - 1]
        params[f"W{layer}"] = np.random.randn(n_out, n_in) * np.sqrt(1 / n_in)
        params[f"b{layer}"] = np.zeros((n_out, 1))
    return params


# Biases of shape (n,), not (n, 1).
def initialize_xavier__flat_bias(layer_dims, rng):
    params = {}
    for layer in range(1, len(layer_dims)):
        n_out, n_in = layer_dims[layer], layer_dims[layer - 1]
        params[f"W{layer}"] = rng.standard_normal((n_out, n_in)) * np.sqrt(1 / n_in)
        params[f"b{layer}"] = np.zeros(n_out)
    return params


# Random biases.
def initialize_xavier__random_bias(layer_dims, rng):
    params = {}
    for layer in range(1, len(layer_dims)):
        n_out, n_in = layer_dims[layer], layer_dims[layer - 1]
        params[f"W{layer}"] = rng.standard_normal((n_out, n_in)) * np.sqrt(1 / n_in)
        params[f"b{layer}"] = rng.standard_normal((n_out, 1)) * np.sqrt(1 / n_in)
    return params


# W is (n_in, n_out).
def initialize_xavier__transposed(layer_dims, rng):
    params = {}
    for layer in range(1, len(layer_dims)):
        n_out, n_in = layer_dims[layer], layer_dims[layer - 1]
        params[f"W{layer}"] = rng.standard_normal((n_in, n_out)) * np.sqrt(1 / n_in)
        params[f"b{layer}"] = np.zeros((n_out, 1))
    return params


# The loop stops one layer too early.
def initialize_xavier__last_layer_missing(layer_dims, rng):
    params = {}
    for layer in range(1, len(layer_dims) - 1):
        n_out, n_in = layer_dims[layer], layer_dims[layer - 1]
        params[f"W{layer}"] = rng.standard_normal((n_out, n_in)) * np.sqrt(1 / n_in)
        params[f"b{layer}"] = np.zeros((n_out, 1))
    return params


# `**` for `*`: NaN where the draw is negative.
def initialize_he__power(layer_dims, rng):
    params = {}
    for layer in range(1, len(layer_dims)):
        n_out, n_in = layer_dims[layer], layer_dims[layer - 1]
        params[f"W{layer}"] = rng.standard_normal((n_out, n_in)) ** np.sqrt(2 / n_in)
        params[f"b{layer}"] = np.zeros((n_out, 1))
    return params


# `rand` for `randn`: no negative entry.
def initialize_he__uniform(layer_dims, rng):
    params = {}
    for layer in range(1, len(layer_dims)):
        n_out, n_in = layer_dims[layer], layer_dims[layer - 1]
        params[f"W{layer}"] = rng.random((n_out, n_in)) * np.sqrt(2 / n_in)
        params[f"b{layer}"] = np.zeros((n_out, 1))
    return params


# Divided by the standard deviation instead of multiplied.
def initialize_he__divided(layer_dims, rng):
    params = {}
    for layer in range(1, len(layer_dims)):
        n_out, n_in = layer_dims[layer], layer_dims[layer - 1]
        params[f"W{layer}"] = rng.standard_normal((n_out, n_in)) / np.sqrt(2 / n_in)
        params[f"b{layer}"] = np.zeros((n_out, 1))
    return params


# A seed of its own inside: the same start whatever is passed.
def initialize_he__own_seed(layer_dims, rng):
    rng = np.random.RandomState(3)
    params = {}
    for layer in range(1, len(layer_dims)):
        n_out, n_in = layer_dims[layer], layer_dims[layer - 1]
        params[f"W{layer}"] = rng.standard_normal((n_out, n_in)) * np.sqrt(2 / n_in)
        params[f"b{layer}"] = np.zeros((n_out, 1))
    return params


# The generator made again for each layer: the layers share their draws.
def initialize_he__seed_in_loop(layer_dims, rng):
    params = {}
    for layer in range(1, len(layer_dims)):
        rng = np.random.default_rng(3)
        n_out, n_in = layer_dims[layer], layer_dims[layer - 1]
        params[f"W{layer}"] = rng.standard_normal((n_out, n_in)) * np.sqrt(2 / n_in)
        params[f"b{layer}"] = np.zeros((n_out, 1))
    return params


# A copy of the generator for each layer: the layers share their draws.
def initialize_he__copied_generator(layer_dims, rng):
    import copy

    params = {}
    for layer in range(1, len(layer_dims)):
        fresh = copy.deepcopy(rng)
        n_out, n_in = layer_dims[layer], layer_dims[layer - 1]
        params[f"W{layer}"] = fresh.standard_normal((n_out, n_in)) * np.sqrt(2 / n_in)
        params[f"b{layer}"] = np.zeros((n_out, 1))
    return params


# Draws from the global generator.
def initialize_he__global_generator(layer_dims, rng):
    params = {}
    for layer in range(1, len(layer_dims)):
        n_out, n_in = layer_dims[layer], layer_dims[layer - 1]
        params[f"W{layer}"] = np.random.randn(n_out, n_in) * np.sqrt(2 / n_in)
        params[f"b{layer}"] = np.zeros((n_out, 1))
    return params


# Biases of shape (n,), not (n, 1).
def initialize_he__flat_bias(layer_dims, rng):
    params = {}
    for layer in range(1, len(layer_dims)):
        n_out, n_in = layer_dims[layer], layer_dims[layer - 1]
        params[f"W{layer}"] = rng.standard_normal((n_out, n_in)) * np.sqrt(2 / n_in)
        params[f"b{layer}"] = np.zeros(n_out)
    return params


# Random biases.
def initialize_he__random_bias(layer_dims, rng):
    params = {}
    for layer in range(1, len(layer_dims)):
        n_out, n_in = layer_dims[layer], layer_dims[layer - 1]
        params[f"W{layer}"] = rng.standard_normal((n_out, n_in)) * np.sqrt(2 / n_in)
        params[f"b{layer}"] = rng.standard_normal((n_out, 1)) * np.sqrt(2 / n_in)
    return params


# W is (n_in, n_out).
def initialize_he__transposed(layer_dims, rng):
    params = {}
    for layer in range(1, len(layer_dims)):
        n_out, n_in = layer_dims[layer], layer_dims[layer - 1]
        params[f"W{layer}"] = rng.standard_normal((n_in, n_out)) * np.sqrt(2 / n_in)
        params[f"b{layer}"] = np.zeros((n_out, 1))
    return params


# The loop stops one layer too early.
def initialize_he__last_layer_missing(layer_dims, rng):
    params = {}
    for layer in range(1, len(layer_dims) - 1):
        n_out, n_in = layer_dims[layer], layer_dims[layer - 1]
        params[f"W{layer}"] = rng.standard_normal((n_out, n_in)) * np.sqrt(2 / n_in)
        params[f"b{layer}"] = np.zeros((n_out, 1))
    return params


# Always 0.01, whatever the scale.
def initialize_scaled__ignores_scale(layer_dims, scale, rng):
    params = {}
    for layer in range(1, len(layer_dims)):
        n_out, n_in = layer_dims[layer], layer_dims[layer - 1]
        params[f"W{layer}"] = rng.standard_normal((n_out, n_in)) * 0.01
        params[f"b{layer}"] = np.zeros((n_out, 1))
    return params


# The scale taken for the variance.
def initialize_scaled__scale_as_variance(layer_dims, scale, rng):
    params = {}
    for layer in range(1, len(layer_dims)):
        n_out, n_in = layer_dims[layer], layer_dims[layer - 1]
        params[f"W{layer}"] = rng.standard_normal((n_out, n_in)) * np.sqrt(scale)
        params[f"b{layer}"] = np.zeros((n_out, 1))
    return params


# The scale squared.
def initialize_scaled__scale_squared(layer_dims, scale, rng):
    params = {}
    for layer in range(1, len(layer_dims)):
        n_out, n_in = layer_dims[layer], layer_dims[layer - 1]
        params[f"W{layer}"] = rng.normal(0, scale**2, (n_out, n_in))
        params[f"b{layer}"] = np.zeros((n_out, 1))
    return params


# The scale given as the mean of the normal draws.
def initialize_scaled__scale_as_mean(layer_dims, scale, rng):
    params = {}
    for layer in range(1, len(layer_dims)):
        n_out, n_in = layer_dims[layer], layer_dims[layer - 1]
        params[f"W{layer}"] = rng.normal(scale, size=(n_out, n_in))
        params[f"b{layer}"] = np.zeros((n_out, 1))
    return params


# Uniform draws of the right spread, not normal ones.
def initialize_scaled__uniform_centred(layer_dims, scale, rng):
    params = {}
    for layer in range(1, len(layer_dims)):
        n_out, n_in = layer_dims[layer], layer_dims[layer - 1]
        params[f"W{layer}"] = scale * np.sqrt(12) * (rng.random((n_out, n_in)) - 0.5)
        params[f"b{layer}"] = np.zeros((n_out, 1))
    return params


# Divided by sqrt(n_in) as well.
def initialize_scaled__times_fan_in(layer_dims, scale, rng):
    params = {}
    for layer in range(1, len(layer_dims)):
        n_out, n_in = layer_dims[layer], layer_dims[layer - 1]
        params[f"W{layer}"] = rng.standard_normal((n_out, n_in)) * scale / np.sqrt(n_in)
        params[f"b{layer}"] = np.zeros((n_out, 1))
    return params


# 1/n without the square root.
def initialize_xavier__no_root(layer_dims, rng):
    params = {}
    for layer in range(1, len(layer_dims)):
        n_out, n_in = layer_dims[layer], layer_dims[layer - 1]
        params[f"W{layer}"] = rng.standard_normal((n_out, n_in)) * (1 / n_in)
        params[f"b{layer}"] = np.zeros((n_out, 1))
    return params


# Fan-out for fan-in.
def initialize_xavier__fan_out(layer_dims, rng):
    params = {}
    for layer in range(1, len(layer_dims)):
        n_out, n_in = layer_dims[layer], layer_dims[layer - 1]
        params[f"W{layer}"] = rng.standard_normal((n_out, n_in)) * np.sqrt(1 / n_out)
        params[f"b{layer}"] = np.zeros((n_out, 1))
    return params


# The 2 of He's start: twice the variance.
def initialize_xavier__he(layer_dims, rng):
    params = {}
    for layer in range(1, len(layer_dims)):
        n_out, n_in = layer_dims[layer], layer_dims[layer - 1]
        params[f"W{layer}"] = rng.standard_normal((n_out, n_in)) * np.sqrt(2 / n_in)
        params[f"b{layer}"] = np.zeros((n_out, 1))
    return params


# Glorot and Bengio's own form, 2/(n_in + n_out).
def initialize_xavier__glorot(layer_dims, rng):
    params = {}
    for layer in range(1, len(layer_dims)):
        n_out, n_in = layer_dims[layer], layer_dims[layer - 1]
        params[f"W{layer}"] = rng.standard_normal((n_out, n_in)) * np.sqrt(2 / (n_in + n_out))
        params[f"b{layer}"] = np.zeros((n_out, 1))
    return params


# Integer division: 1 // n is 0.
def initialize_xavier__integer_division(layer_dims, rng):
    params = {}
    for layer in range(1, len(layer_dims)):
        n_out, n_in = layer_dims[layer], layer_dims[layer - 1]
        params[f"W{layer}"] = rng.standard_normal((n_out, n_in)) * np.sqrt(1 // n_in)
        params[f"b{layer}"] = np.zeros((n_out, 1))
    return params


# Multiplied by sqrt(n) instead of divided.
def initialize_xavier__root_of_n(layer_dims, rng):
    params = {}
    for layer in range(1, len(layer_dims)):
        n_out, n_in = layer_dims[layer], layer_dims[layer - 1]
        params[f"W{layer}"] = rng.standard_normal((n_out, n_in)) * np.sqrt(n_in)
        params[f"b{layer}"] = np.zeros((n_out, 1))
    return params


# The fan-in of the first layer for every layer.
def initialize_xavier__first_layer_fan_in(layer_dims, rng):
    params = {}
    for layer in range(1, len(layer_dims)):
        n_out, n_in = layer_dims[layer], layer_dims[layer - 1]
        params[f"W{layer}"] = rng.standard_normal((n_out, n_in)) * np.sqrt(1 / layer_dims[0])
        params[f"b{layer}"] = np.zeros((n_out, 1))
    return params


# 2/n without the square root.
def initialize_he__no_root(layer_dims, rng):
    params = {}
    for layer in range(1, len(layer_dims)):
        n_out, n_in = layer_dims[layer], layer_dims[layer - 1]
        params[f"W{layer}"] = rng.standard_normal((n_out, n_in)) * (2 / n_in)
        params[f"b{layer}"] = np.zeros((n_out, 1))
    return params


# sqrt(2)/n: the root does not reach n.
def initialize_he__root_of_two_over_n(layer_dims, rng):
    params = {}
    for layer in range(1, len(layer_dims)):
        n_out, n_in = layer_dims[layer], layer_dims[layer - 1]
        params[f"W{layer}"] = rng.standard_normal((n_out, n_in)) * (np.sqrt(2) / n_in)
        params[f"b{layer}"] = np.zeros((n_out, 1))
    return params


# 2/sqrt(n): the root does not reach the 2.
def initialize_he__two_over_root_n(layer_dims, rng):
    params = {}
    for layer in range(1, len(layer_dims)):
        n_out, n_in = layer_dims[layer], layer_dims[layer - 1]
        params[f"W{layer}"] = rng.standard_normal((n_out, n_in)) * (2 / np.sqrt(n_in))
        params[f"b{layer}"] = np.zeros((n_out, 1))
    return params


# Fan-out for fan-in.
def initialize_he__fan_out(layer_dims, rng):
    params = {}
    for layer in range(1, len(layer_dims)):
        n_out, n_in = layer_dims[layer], layer_dims[layer - 1]
        params[f"W{layer}"] = rng.standard_normal((n_out, n_in)) * np.sqrt(2 / n_out)
        params[f"b{layer}"] = np.zeros((n_out, 1))
    return params


# 1/n, as in Xavier's start: half the variance.
def initialize_he__xavier(layer_dims, rng):
    params = {}
    for layer in range(1, len(layer_dims)):
        n_out, n_in = layer_dims[layer], layer_dims[layer - 1]
        params[f"W{layer}"] = rng.standard_normal((n_out, n_in)) * np.sqrt(1 / n_in)
        params[f"b{layer}"] = np.zeros((n_out, 1))
    return params


# Glorot and Bengio's form, 2/(n_in + n_out).
def initialize_he__glorot(layer_dims, rng):
    params = {}
    for layer in range(1, len(layer_dims)):
        n_out, n_in = layer_dims[layer], layer_dims[layer - 1]
        params[f"W{layer}"] = rng.standard_normal((n_out, n_in)) * np.sqrt(2 / (n_in + n_out))
        params[f"b{layer}"] = np.zeros((n_out, 1))
    return params


# Integer division: 2 // n is 0 from n = 3 on.
def initialize_he__integer_division(layer_dims, rng):
    params = {}
    for layer in range(1, len(layer_dims)):
        n_out, n_in = layer_dims[layer], layer_dims[layer - 1]
        params[f"W{layer}"] = rng.standard_normal((n_out, n_in)) * np.sqrt(2 // n_in)
        params[f"b{layer}"] = np.zeros((n_out, 1))
    return params


# 0.01, whatever the fan-in.
def initialize_he__fixed_scale(layer_dims, rng):
    params = {}
    for layer in range(1, len(layer_dims)):
        n_out, n_in = layer_dims[layer], layer_dims[layer - 1]
        params[f"W{layer}"] = rng.standard_normal((n_out, n_in)) * 0.01
        params[f"b{layer}"] = np.zeros((n_out, 1))
    return params


# ReLU on the last layer too.
def forward__relu_last(X, params):
    L = len(params) // 2
    activations = [X]
    for layer in range(1, L + 1):
        Z = params[f"W{layer}"] @ activations[-1] + params[f"b{layer}"]
        activations.append(np.maximum(Z, 0))
    return activations


# Sigmoid on the last layer: probabilities, not logits.
def forward__sigmoid_last(X, params):
    L = len(params) // 2
    activations = [X]
    for layer in range(1, L + 1):
        Z = params[f"W{layer}"] @ activations[-1] + params[f"b{layer}"]
        activations.append(np.maximum(Z, 0) if layer < L else 1 / (1 + np.exp(-Z)))
    return activations


# The biases forgotten.
def forward__no_bias(X, params):
    L = len(params) // 2
    activations = [X]
    for layer in range(1, L + 1):
        Z = params[f"W{layer}"] @ activations[-1]
        activations.append(np.maximum(Z, 0) if layer < L else Z)
    return activations


# A_0 = X is missing from the list.
def forward__input_missing(X, params):
    L = len(params) // 2
    activations = [X]
    for layer in range(1, L + 1):
        Z = params[f"W{layer}"] @ activations[-1] + params[f"b{layer}"]
        activations.append(np.maximum(Z, 0) if layer < L else Z)
    return activations[1:]


# The logits alone, not the list.
def forward__only_logits(X, params):
    L = len(params) // 2
    activations = [X]
    for layer in range(1, L + 1):
        Z = params[f"W{layer}"] @ activations[-1] + params[f"b{layer}"]
        activations.append(np.maximum(Z, 0) if layer < L else Z)
    return activations[-1]


# tanh for ReLU.
def forward__tanh(X, params):
    L = len(params) // 2
    activations = [X]
    for layer in range(1, L + 1):
        Z = params[f"W{layer}"] @ activations[-1] + params[f"b{layer}"]
        activations.append(np.tanh(Z) if layer < L else Z)
    return activations


# No ReLU at all.
def forward__linear(X, params):
    L = len(params) // 2
    activations = [X]
    for layer in range(1, L + 1):
        Z = params[f"W{layer}"] @ activations[-1] + params[f"b{layer}"]
        activations.append(Z)
    return activations


# Keeps the Z of the hidden layers, before their ReLU.
def forward__pre_activations(X, params):
    L = len(params) // 2
    activations = [X]
    A = X
    for layer in range(1, L + 1):
        Z = params[f"W{layer}"] @ A + params[f"b{layer}"]
        A = np.maximum(Z, 0)
        activations.append(Z)
    return activations


# One layer too few: the last is left out.
def forward__last_layer_missing(X, params):
    L = len(params) // 2
    activations = [X]
    for layer in range(1, L):
        Z = params[f"W{layer}"] @ activations[-1] + params[f"b{layer}"]
        activations.append(np.maximum(Z, 0) if layer < L else Z)
    return activations


# Leaky ReLU: a little of the negative part passes.
def forward__leaky(X, params):
    L = len(params) // 2
    activations = [X]
    for layer in range(1, L + 1):
        Z = params[f"W{layer}"] @ activations[-1] + params[f"b{layer}"]
        activations.append(np.maximum(Z, 0.01 * Z) if layer < L else Z)
    return activations


# The absolute value for ReLU.
def forward__absolute(X, params):
    L = len(params) // 2
    activations = [X]
    for layer in range(1, L + 1):
        Z = params[f"W{layer}"] @ activations[-1] + params[f"b{layer}"]
        activations.append(np.abs(Z) if layer < L else Z)
    return activations


# Goes through the keys as text: W10 comes before W2.
def forward__sorted_keys(X, params):
    activations = [X]
    order = sorted(key[1:] for key in params if key.startswith("W"))
    for layer in order:
        Z = params[f"W{layer}"] @ activations[-1] + params[f"b{layer}"]
        activations.append(np.maximum(Z, 0) if layer != order[-1] else Z)
    return activations


# The logarithm of a rounded probability: infinite or NaN at logits of 1000.
def binary_cross_entropy__log_of_zero(logits, y):
    a = 1 / (1 + np.exp(-logits))
    return -np.mean(y * np.log(a) + (1 - y) * np.log(1 - a))


# A small number inside the logarithms.
def binary_cross_entropy__epsilon(logits, y):
    a = 1 / (1 + np.exp(-logits))
    return -np.mean(y * np.log(a + 1e-8) + (1 - y) * np.log(1 - a + 1e-8))


# The probability clipped: never above 27.6 nats.
def binary_cross_entropy__clipped(logits, y):
    a = np.clip(1 / (1 + np.exp(-logits)), 1e-12, 1 - 1e-12)
    return -np.mean(y * np.log(a) + (1 - y) * np.log(1 - a))


# The sum over the examples, not the mean.
def binary_cross_entropy__sum(logits, y):
    return np.sum(np.maximum(logits, 0) - logits * y + np.log1p(np.exp(-np.abs(logits))))


# The minus sign forgotten.
def binary_cross_entropy__sign(logits, y):
    return -np.mean(np.maximum(logits, 0) - logits * y + np.log1p(np.exp(-np.abs(logits))))


# Logarithm to base 2.
def binary_cross_entropy__base_two(logits, y):
    return np.mean(np.maximum(logits, 0) - logits * y + np.log1p(np.exp(-np.abs(logits)))) / np.log(
        2
    )


# Only the examples with label 1 count.
def binary_cross_entropy__only_positives(logits, y):
    return np.mean(y * np.logaddexp(0, -logits))


# The labels the wrong way round.
def binary_cross_entropy__labels_swapped(logits, y):
    y = 1 - y
    return np.mean(np.maximum(logits, 0) - logits * y + np.log1p(np.exp(-np.abs(logits))))


# NaN counted as 0: the worst examples drop out.
def binary_cross_entropy__nansum(logits, y):
    a = 1 / (1 + np.exp(-logits))
    return -np.nansum(y * np.log(a) + (1 - y) * np.log(1 - a)) / y.shape[1]


# The logits are taken for probabilities.
def binary_cross_entropy__no_sigmoid(logits, y):
    a = np.clip(logits, 1e-12, 1 - 1e-12)
    return -np.mean(y * np.log(a) + (1 - y) * np.log(1 - a))


# One cost for each example, not their mean.
def binary_cross_entropy__per_example(logits, y):
    return np.maximum(logits, 0) - logits * y + np.log1p(np.exp(-np.abs(logits)))


# exp(1000) overflows: the rewriting covers one side only.
def binary_cross_entropy__overflow(logits, y):
    return np.mean(np.log1p(np.exp(logits)) - y * logits)


# The squared error of the probability.
def binary_cross_entropy__squared_error(logits, y):
    a = 1 / (1 + np.exp(-logits))
    return np.mean((a - y) ** 2)


# The 1/m forgotten: the gradients of the sum.
def backward__no_mean(y, activations, params):
    L = len(params) // 2
    dZ = np.exp(-np.logaddexp(0, -activations[-1])) - y
    grads = {}
    for layer in range(L, 0, -1):
        grads[f"dW{layer}"] = dZ @ activations[layer - 1].T
        grads[f"db{layer}"] = np.sum(dZ, axis=1, keepdims=True)
        dZ = (params[f"W{layer}"].T @ dZ) * (activations[layer - 1] > 0)
    return grads


# 1/m twice in the biases.
def backward__mean_twice(y, activations, params):
    m = y.shape[1]
    L = len(params) // 2
    dZ = np.exp(-np.logaddexp(0, -activations[-1])) - y
    grads = {}
    for layer in range(L, 0, -1):
        grads[f"dW{layer}"] = dZ @ activations[layer - 1].T / m
        grads[f"db{layer}"] = np.mean(dZ, axis=1, keepdims=True) / m
        dZ = (params[f"W{layer}"].T @ dZ) * (activations[layer - 1] > 0)
    return grads


# The ReLU's mask forgotten.
def backward__no_mask(y, activations, params):
    m = y.shape[1]
    L = len(params) // 2
    dZ = np.exp(-np.logaddexp(0, -activations[-1])) - y
    grads = {}
    for layer in range(L, 0, -1):
        grads[f"dW{layer}"] = dZ @ activations[layer - 1].T / m
        grads[f"db{layer}"] = np.sum(dZ, axis=1, keepdims=True) / m
        dZ = params[f"W{layer}"].T @ dZ
    return grads


# The mask `>= 0`, which every ReLU output fulfils.
def backward__mask_never_zero(y, activations, params):
    m = y.shape[1]
    L = len(params) // 2
    dZ = np.exp(-np.logaddexp(0, -activations[-1])) - y
    grads = {}
    for layer in range(L, 0, -1):
        grads[f"dW{layer}"] = dZ @ activations[layer - 1].T / m
        grads[f"db{layer}"] = np.sum(dZ, axis=1, keepdims=True) / m
        dZ = (params[f"W{layer}"].T @ dZ) * (activations[layer - 1] >= 0)
    return grads


# Gradients of the biases of shape (n,).
def backward__flat_bias(y, activations, params):
    m = y.shape[1]
    L = len(params) // 2
    dZ = np.exp(-np.logaddexp(0, -activations[-1])) - y
    grads = {}
    for layer in range(L, 0, -1):
        grads[f"dW{layer}"] = dZ @ activations[layer - 1].T / m
        grads[f"db{layer}"] = np.sum(dZ, axis=1) / m
        dZ = (params[f"W{layer}"].T @ dZ) * (activations[layer - 1] > 0)
    return grads


# y - a for a - y: every sign is wrong.
def backward__sign(y, activations, params):
    m = y.shape[1]
    L = len(params) // 2
    dZ = y - np.exp(-np.logaddexp(0, -activations[-1]))
    grads = {}
    for layer in range(L, 0, -1):
        grads[f"dW{layer}"] = dZ @ activations[layer - 1].T / m
        grads[f"db{layer}"] = np.sum(dZ, axis=1, keepdims=True) / m
        dZ = (params[f"W{layer}"].T @ dZ) * (activations[layer - 1] > 0)
    return grads


# The logits taken for probabilities: no sigmoid.
def backward__no_sigmoid(y, activations, params):
    m = y.shape[1]
    L = len(params) // 2
    dZ = activations[-1] - y
    grads = {}
    for layer in range(L, 0, -1):
        grads[f"dW{layer}"] = dZ @ activations[layer - 1].T / m
        grads[f"db{layer}"] = np.sum(dZ, axis=1, keepdims=True) / m
        dZ = (params[f"W{layer}"].T @ dZ) * (activations[layer - 1] > 0)
    return grads


# 1/m in the weights, forgotten in the biases.
def backward__bias_without_mean(y, activations, params):
    m = y.shape[1]
    L = len(params) // 2
    dZ = np.exp(-np.logaddexp(0, -activations[-1])) - y
    grads = {}
    for layer in range(L, 0, -1):
        grads[f"dW{layer}"] = dZ @ activations[layer - 1].T / m
        grads[f"db{layer}"] = np.sum(dZ, axis=1, keepdims=True)
        dZ = (params[f"W{layer}"].T @ dZ) * (activations[layer - 1] > 0)
    return grads


# The slope of the sigmoid once more at the output.
def backward__sigmoid_slope(y, activations, params):
    m = y.shape[1]
    L = len(params) // 2
    dZ = np.exp(-np.logaddexp(0, -activations[-1])) - y
    a = dZ + y
    dZ = dZ * a * (1 - a)
    grads = {}
    for layer in range(L, 0, -1):
        grads[f"dW{layer}"] = dZ @ activations[layer - 1].T / m
        grads[f"db{layer}"] = np.sum(dZ, axis=1, keepdims=True) / m
        dZ = (params[f"W{layer}"].T @ dZ) * (activations[layer - 1] > 0)
    return grads


# The mask from the gradient's sign, not from the activation.
def backward__mask_of_gradient(y, activations, params):
    m = y.shape[1]
    L = len(params) // 2
    dZ = np.exp(-np.logaddexp(0, -activations[-1])) - y
    grads = {}
    for layer in range(L, 0, -1):
        grads[f"dW{layer}"] = dZ @ activations[layer - 1].T / m
        grads[f"db{layer}"] = np.sum(dZ, axis=1, keepdims=True) / m
        dA = params[f"W{layer}"].T @ dZ
        dZ = dA * (dA > 0)
    return grads


# The keys W1, b1, ... of the parameters, not dW1, db1, ...
def backward__keys_without_d(y, activations, params):
    m = y.shape[1]
    L = len(params) // 2
    dZ = np.exp(-np.logaddexp(0, -activations[-1])) - y
    grads = {}
    for layer in range(L, 0, -1):
        grads[f"W{layer}"] = dZ @ activations[layer - 1].T / m
        grads[f"b{layer}"] = np.sum(dZ, axis=1, keepdims=True) / m
        dZ = (params[f"W{layer}"].T @ dZ) * (activations[layer - 1] > 0)
    return grads


# The gradients of the last layer alone.
def backward__last_layer_only(y, activations, params):
    m = y.shape[1]
    L = len(params) // 2
    dZ = np.exp(-np.logaddexp(0, -activations[-1])) - y
    grads = {}
    for layer in range(L, L - 1, -1):
        grads[f"dW{layer}"] = dZ @ activations[layer - 1].T / m
        grads[f"db{layer}"] = np.sum(dZ, axis=1, keepdims=True) / m
        dZ = (params[f"W{layer}"].T @ dZ) * (activations[layer - 1] > 0)
    return grads


# Turns the caller's logits into the gradient in place.
def backward__changes_activations(y, activations, params):
    m = y.shape[1]
    L = len(params) // 2
    dZ = activations[-1]
    dZ[:] = np.exp(-np.logaddexp(0, -dZ)) - y
    grads = {}
    for layer in range(L, 0, -1):
        grads[f"dW{layer}"] = dZ @ activations[layer - 1].T / m
        grads[f"db{layer}"] = np.sum(dZ, axis=1, keepdims=True) / m
        dZ = (params[f"W{layer}"].T @ dZ) * (activations[layer - 1] > 0)
    return grads


# The gradients of the weights transposed.
def backward__transposed(y, activations, params):
    m = y.shape[1]
    L = len(params) // 2
    dZ = np.exp(-np.logaddexp(0, -activations[-1])) - y
    grads = {}
    for layer in range(L, 0, -1):
        grads[f"dW{layer}"] = activations[layer - 1] @ dZ.T / m
        grads[f"db{layer}"] = np.sum(dZ, axis=1, keepdims=True) / m
        dZ = (params[f"W{layer}"].T @ dZ) * (activations[layer - 1] > 0)
    return grads


# The slope of tanh, 1 - a**2, for that of ReLU.
def backward__tanh_slope(y, activations, params):
    m = y.shape[1]
    L = len(params) // 2
    dZ = np.exp(-np.logaddexp(0, -activations[-1])) - y
    grads = {}
    for layer in range(L, 0, -1):
        grads[f"dW{layer}"] = dZ @ activations[layer - 1].T / m
        grads[f"db{layer}"] = np.sum(dZ, axis=1, keepdims=True) / m
        dZ = (params[f"W{layer}"].T @ dZ) * (1 - activations[layer - 1] ** 2)
    return grads


# Plus for minus: ascent.
def update__ascent(params, grads, learning_rate):
    return {name: params[name] + learning_rate * grads["d" + name] for name in params}


# Changes the caller's arrays.
def update__in_place(params, grads, learning_rate):
    for name in params:
        params[name] -= learning_rate * grads["d" + name]
    return params


# Puts the new arrays into the caller's dict.
def update__changes_dict(params, grads, learning_rate):
    for name in params:
        params[name] = params[name] - learning_rate * grads["d" + name]
    return params


# Copies the dict, but changes the arrays that both hold.
def update__shallow_copy(params, grads, learning_rate):
    new = params.copy()
    for name in new:
        new[name] -= learning_rate * grads["d" + name]
    return new


# Returns nothing.
def update__returns_nothing(params, grads, learning_rate):
    new = {}
    for name in params:
        new[name] = params[name] - learning_rate * grads["d" + name]


# The learning rate fixed at 0.01.
def update__ignores_rate(params, grads, learning_rate):
    return {name: params[name] - 0.01 * grads["d" + name] for name in params}


# The gradient without a learning rate.
def update__no_rate(params, grads, learning_rate):
    return {name: params[name] - grads["d" + name] for name in params}


# Divided by the learning rate.
def update__divided(params, grads, learning_rate):
    return {name: params[name] - grads["d" + name] / learning_rate for name in params}


# The biases are not updated.
def update__weights_only(params, grads, learning_rate):
    new = dict(params)
    for name in params:
        if name.startswith("W"):
            new[name] = params[name] - learning_rate * grads["d" + name]
    return new


# The step, not the parameters after it.
def update__step_only(params, grads, learning_rate):
    return {name: -learning_rate * grads["d" + name] for name in params}


# The last layer is left as it was.
def update__last_layer_missing(params, grads, learning_rate):
    new = dict(params)
    for layer in range(1, len(params) // 2):
        for kind in "Wb":
            name = f"{kind}{layer}"
            new[name] = params[name] - learning_rate * grads["d" + name]
    return new


# The sign of the gradient, not the gradient.
def update__sign_step(params, grads, learning_rate):
    return {n: params[n] - learning_rate * np.sign(grads["d" + n]) for n in params}


# Counts the input as a layer.
def activation_summary__counts_input(activations):
    rows = []
    for A in activations[:-1]:
        rows.append([A.mean(), A.std(), np.mean(A == 0)])
    return np.array(rows)


# Counts the logits as a layer.
def activation_summary__counts_logits(activations):
    rows = []
    for A in activations[1:]:
        rows.append([A.mean(), A.std(), np.mean(A == 0)])
    return np.array(rows)


# Counts the input and the logits as layers.
def activation_summary__counts_both(activations):
    rows = []
    for A in activations:
        rows.append([A.mean(), A.std(), np.mean(A == 0)])
    return np.array(rows)


# The sample's standard deviation, ddof 1.
def activation_summary__sample_std(activations):
    rows = []
    for A in activations[1:-1]:
        rows.append([A.mean(), A.std(ddof=1), np.mean(A == 0)])
    return np.array(rows)


# The number of zeros, not their share.
def activation_summary__number_of_zeros(activations):
    rows = []
    for A in activations[1:-1]:
        rows.append([A.mean(), A.std(), np.sum(A == 0)])
    return np.array(rows)


# The variance, not the standard deviation.
def activation_summary__variance(activations):
    rows = []
    for A in activations[1:-1]:
        rows.append([A.mean(), A.var(), np.mean(A == 0)])
    return np.array(rows)


# The share of entries that are not zero.
def activation_summary__share_not_zero(activations):
    rows = []
    for A in activations[1:-1]:
        rows.append([A.mean(), A.std(), np.mean(A != 0)])
    return np.array(rows)


# Counts entries below 1e-3 as zeros too.
def activation_summary__almost_zero(activations):
    rows = []
    for A in activations[1:-1]:
        rows.append([A.mean(), A.std(), np.mean(A < 1e-3)])
    return np.array(rows)


# The share of units that are zero for every example.
def activation_summary__dead_units(activations):
    rows = []
    for A in activations[1:-1]:
        rows.append([A.mean(), A.std(), np.mean(np.all(A == 0, axis=1))])
    return np.array(rows)


# The standard deviation first, then the mean.
def activation_summary__order(activations):
    rows = []
    for A in activations[1:-1]:
        rows.append([A.std(), A.mean(), np.mean(A == 0)])
    return np.array(rows)


# The mean and spread of the entries that are not zero.
def activation_summary__mean_of_active(activations):
    rows = []
    for A in activations[1:-1]:
        rows.append([A[A > 0].mean(), A[A > 0].std(), np.mean(A == 0)])
    return np.array(rows)


# A column for each layer instead of a row.
def activation_summary__transposed(activations):
    rows = [[A.mean(), A.std(), np.mean(A == 0)] for A in activations[1:-1]]
    return np.array(rows).T


# Prints the summary and returns nothing.
def activation_summary__prints(activations):
    for A in activations[1:-1]:
        print(A.mean(), A.std(), np.mean(A == 0))


# A dict for each layer.
def activation_summary__dicts(activations):
    return [{"mean": A.mean(), "std": A.std(), "zeros": np.mean(A == 0)} for A in activations[1:-1]]


# Different numbers, not different rows.
def distinct_units__entries(W):
    return len(np.unique(W))


# Different columns, not rows.
def distinct_units__columns(W):
    return np.unique(W, axis=1).shape[1]


# The number of rows, different or not.
def distinct_units__all_rows(W):
    return W.shape[0]


# Rows that agree to two decimals count as one.
def distinct_units__rounded(W):
    return len(np.unique(np.round(W, 2), axis=0))


# Compares each row only with the one before it.
def distinct_units__neighbours(W):
    return 1 + int(np.sum(np.any(W[1:] != W[:-1], axis=1)))


# The different rows themselves, not how many.
def distinct_units__returns_rows(W):
    return np.unique(W, axis=0)


# Counts only the rows that occur once.
def distinct_units__unrepeated(W):
    _, counts = np.unique(W, axis=0, return_counts=True)
    return int(np.sum(counts == 1))


# How many rows differ from the first.
def distinct_units__like_first(W):
    return int(np.sum(np.any(W[0] != W, axis=1)))


# Different sums of rows: other rows may have the same sum.
def distinct_units__row_sums(W):
    return len(np.unique(W.sum(axis=1)))


# The rank of the matrix: multiples of a row count as one.
def distinct_units__rank(W):
    return int(np.linalg.matrix_rank(W))


# Only whether any two units differ.
def distinct_units__bool(W):
    return len(np.unique(W, axis=0)) > 1


# Multiplied by n, without the root.
def fan_in_audit__no_root(layer_dims, scale):
    return scale * np.array(layer_dims[:-1])


# Fan-out for fan-in.
def fan_in_audit__fan_out(layer_dims, scale):
    return scale * np.sqrt(layer_dims[1:])


# The factor of the variance, scale**2 * n.
def fan_in_audit__variance(layer_dims, scale):
    return scale**2 * np.array(layer_dims[:-1])


# The scale that would keep the spread, 1/sqrt(n).
def fan_in_audit__needed_scale(layer_dims, scale):
    return 1 / np.sqrt(layer_dims[:-1])


# Divided by the scale.
def fan_in_audit__divided(layer_dims, scale):
    return np.sqrt(layer_dims[:-1]) / scale


# One entry too many: the output layer counts as an input.
def fan_in_audit__one_too_many(layer_dims, scale):
    return scale * np.sqrt(layer_dims)


# The output layer is left out.
def fan_in_audit__hidden_only(layer_dims, scale):
    return scale * np.sqrt(layer_dims[:-2])


# The product of the factors up to each layer.
def fan_in_audit__cumulative(layer_dims, scale):
    return np.cumprod(scale * np.sqrt(layer_dims[:-1]))


# Always scale 0.01.
def fan_in_audit__ignores_scale(layer_dims, scale):
    return 0.01 * np.sqrt(layer_dims[:-1])


# The factor for a ReLU layer: n/2 for n.
def fan_in_audit__he(layer_dims, scale):
    return scale * np.sqrt(np.array(layer_dims[:-1]) / 2)


# Shape (L, 1), not (L,).
def fan_in_audit__column(layer_dims, scale):
    return (scale * np.sqrt(layer_dims[:-1])).reshape(-1, 1)


# Rounded down into an array of ints.
def fan_in_audit__integers(layer_dims, scale):
    return (scale * np.sqrt(layer_dims[:-1])).astype(int)


# Keys sorted as text: W10 comes before W2.
def nan_fraction__text_order(params):
    names = sorted(name for name in params if name.startswith("W"))
    return np.array([np.mean(np.isnan(params[name])) for name in names])


# In the order of the dict, not of the layers.
def nan_fraction__dict_order(params):
    return np.array([np.mean(np.isnan(W)) for name, W in params.items() if name[0] == "W"])


# Counts, not shares.
def nan_fraction__counts(params):
    L = len(params) // 2
    return np.array([np.sum(np.isnan(params[f"W{i}"])) for i in range(1, L + 1)])


# `W == nan`, which is never true.
def nan_fraction__equals_nan(params):
    L = len(params) // 2
    return np.array([np.mean(params[f"W{i}"] == np.nan) for i in range(1, L + 1)])


# Infinite entries counted too.
def nan_fraction__not_finite(params):
    L = len(params) // 2
    return np.array([np.mean(~np.isfinite(params[f"W{i}"])) for i in range(1, L + 1)])


# The share of entries that are not NaN.
def nan_fraction__share_of_numbers(params):
    L = len(params) // 2
    return np.array([np.mean(~np.isnan(params[f"W{i}"])) for i in range(1, L + 1)])


# The biases as entries of their own.
def nan_fraction__with_biases(params):
    return np.array([np.mean(np.isnan(value)) for value in params.values()])


# The biases' entries counted with the weights.
def nan_fraction__biases_mixed_in(params):
    L = len(params) // 2
    shares = []
    for i in range(1, L + 1):
        both = np.concatenate([params[f"W{i}"].ravel(), params[f"b{i}"].ravel()])
        shares.append(np.mean(np.isnan(both)))
    return np.array(shares)


# One share for all layers.
def nan_fraction__overall(params):
    L = len(params) // 2
    return np.mean(np.concatenate([np.isnan(params[f"W{i}"]).ravel() for i in range(1, L + 1)]))


# Only whether a layer has a NaN.
def nan_fraction__any_nan(params):
    L = len(params) // 2
    return np.array([np.any(np.isnan(params[f"W{i}"])) for i in range(1, L + 1)], dtype=float)


# The loop stops one layer too early.
def nan_fraction__last_layer_missing(params):
    L = len(params) // 2
    return np.array([np.mean(np.isnan(params[f"W{i}"])) for i in range(1, L)])


# Looks at one digit of the name: layers from 10 on are missed.
def nan_fraction__one_digit(params):
    return np.array([np.mean(np.isnan(params[f"W{i}"])) for i in range(1, 10) if f"W{i}" in params])


# A dict from name to share.
def nan_fraction__dict(params):
    L = len(params) // 2
    return {f"W{i}": float(np.mean(np.isnan(params[f"W{i}"]))) for i in range(1, L + 1)}


# Sets the caller's NaN to 0 while counting.
def nan_fraction__changes_input(params):
    L = len(params) // 2
    shares = []
    for i in range(1, L + 1):
        W = params[f"W{i}"]
        bad = np.isnan(W)
        shares.append(bad.mean())
        W[bad] = 0
    return np.array(shares)


# The more common label of the test set.
def constant_classifier_accuracy__majority_of_test(y_train, y_test):
    guess = 1 if np.mean(y_test) > 0.5 else 0
    return np.mean(y_test == guess)


# The accuracy on the training set.
def constant_classifier_accuracy__accuracy_on_train(y_train, y_test):
    guess = 1 if np.mean(y_train) > 0.5 else 0
    return np.mean(y_train == guess)


# 1 on a tie.
def constant_classifier_accuracy__tie_to_one(y_train, y_test):
    guess = 1 if np.mean(y_train) >= 0.5 else 0
    return np.mean(y_test == guess)


# Always answers 0.
def constant_classifier_accuracy__always_zero(y_train, y_test):
    return np.mean(y_test == 0)


# Always answers 1.
def constant_classifier_accuracy__always_one(y_train, y_test):
    return np.mean(y_test == 1)


# The rarer label.
def constant_classifier_accuracy__minority(y_train, y_test):
    guess = 0 if np.mean(y_train) > 0.5 else 1
    return np.mean(y_test == guess)


# In percent.
def constant_classifier_accuracy__percent(y_train, y_test):
    guess = 1 if np.mean(y_train) > 0.5 else 0
    return 100 * np.mean(y_test == guess)


# The number of right answers, not their share.
def constant_classifier_accuracy__count(y_train, y_test):
    guess = 1 if np.mean(y_train) > 0.5 else 0
    return np.sum(y_test == guess)


# The share of wrong answers.
def constant_classifier_accuracy__error_rate(y_train, y_test):
    guess = 1 if np.mean(y_train) > 0.5 else 0
    return np.mean(y_test != guess)


# The notebook's 34 %, whatever is given.
def constant_classifier_accuracy__hard_coded(y_train, y_test):
    return 0.34


# One half, as for a fair coin.
def constant_classifier_accuracy__chance(y_train, y_test):
    return 0.5


# The first label of the training set.
def constant_classifier_accuracy__first_label(y_train, y_test):
    guess = np.ravel(y_train)[0]
    return np.mean(y_test == guess)


# Divided by the size of the training set.
def constant_classifier_accuracy__divided_by_train(y_train, y_test):
    guess = 1 if np.mean(y_train) > 0.5 else 0
    return np.sum(y_test == guess) / np.size(y_train)


# Automatic limits: a flat curve looks like a descent.
def plot_cost__automatic_limits(costs, ax, every=1):
    costs = np.asarray(costs, dtype=float)
    x = every * np.arange(len(costs))
    ax.plot(x, costs)
    ax.ticklabel_format(style="plain", useOffset=False)
    ax.set_xlabel("iteration")
    ax.set_ylabel("cost (nats)")
    return ax


# Limits and offset text left to Matplotlib.
def plot_cost__automatic_axis(costs, ax, every=1):
    costs = np.asarray(costs, dtype=float)
    x = every * np.arange(len(costs))
    ax.plot(x, costs)
    ax.set_xlabel("iteration")
    ax.set_ylabel("cost (nats)")
    return ax


# Limits a hair around the curve, with an offset text on the axis.
def plot_cost__offset_text(costs, ax, every=1):
    costs = np.asarray(costs, dtype=float)
    x = every * np.arange(len(costs))
    ax.plot(x, costs)
    finite = costs[np.isfinite(costs)]
    ax.set_ylim(np.min(finite) - 1e-10, np.max(finite) + 1e-10)
    ax.set_xlabel("iteration")
    ax.set_ylabel("cost (nats)")
    return ax


# No labels.
def plot_cost__no_labels(costs, ax, every=1):
    costs = np.asarray(costs, dtype=float)
    x = every * np.arange(len(costs))
    ax.plot(x, costs)
    ax.set_ylim(0, 1.05 * np.max(costs[np.isfinite(costs)]))
    ax.ticklabel_format(style="plain", useOffset=False)
    return ax


# No label on the y axis.
def plot_cost__no_y_label(costs, ax, every=1):
    costs = np.asarray(costs, dtype=float)
    x = every * np.arange(len(costs))
    ax.plot(x, costs)
    ax.set_ylim(0, 1.05 * np.max(costs[np.isfinite(costs)]))
    ax.ticklabel_format(style="plain", useOffset=False)
    ax.set_xlabel("iteration")
    return ax


# No label on the x axis.
def plot_cost__no_x_label(costs, ax, every=1):
    costs = np.asarray(costs, dtype=float)
    x = every * np.arange(len(costs))
    ax.plot(x, costs)
    ax.set_ylim(0, 1.05 * np.max(costs[np.isfinite(costs)]))
    ax.ticklabel_format(style="plain", useOffset=False)
    ax.set_ylabel("cost (nats)")
    return ax


# x counts the entries, not the iterations.
def plot_cost__ignores_every(costs, ax, every=1):
    costs = np.asarray(costs, dtype=float)
    x = np.arange(len(costs))
    ax.plot(x, costs)
    ax.set_ylim(0, 1.05 * np.max(costs[np.isfinite(costs)]))
    ax.ticklabel_format(style="plain", useOffset=False)
    ax.set_xlabel("iteration")
    ax.set_ylabel("cost (nats)")
    return ax


# x begins at `every`, not at 0.
def plot_cost__starts_at_one(costs, ax, every=1):
    costs = np.asarray(costs, dtype=float)
    x = every * np.arange(1, len(costs) + 1)
    ax.plot(x, costs)
    ax.set_ylim(0, 1.05 * np.max(costs[np.isfinite(costs)]))
    ax.ticklabel_format(style="plain", useOffset=False)
    ax.set_xlabel("iteration")
    ax.set_ylabel("cost (nats)")
    return ax


# Returns nothing.
def plot_cost__returns_nothing(costs, ax, every=1):
    costs = np.asarray(costs, dtype=float)
    x = every * np.arange(len(costs))
    ax.plot(x, costs)
    ax.set_ylim(0, 1.05 * np.max(costs[np.isfinite(costs)]))
    ax.ticklabel_format(style="plain", useOffset=False)
    ax.set_xlabel("iteration")
    ax.set_ylabel("cost (nats)")


# Returns the line, not the axes.
def plot_cost__returns_line(costs, ax, every=1):
    costs = np.asarray(costs, dtype=float)
    x = every * np.arange(len(costs))
    lines = ax.plot(x, costs)
    ax.set_ylim(0, 1.05 * np.max(costs[np.isfinite(costs)]))
    ax.ticklabel_format(style="plain", useOffset=False)
    ax.set_xlabel("iteration")
    ax.set_ylabel("cost (nats)")
    return lines


# The largest cost with the infinite ones: set_ylim fails.
def plot_cost__infinite_limit(costs, ax, every=1):
    costs = np.asarray(costs, dtype=float)
    x = every * np.arange(len(costs))
    ax.plot(x, costs)
    ax.set_ylim(0, 1.05 * np.max(costs))
    ax.ticklabel_format(style="plain", useOffset=False)
    ax.set_xlabel("iteration")
    ax.set_ylabel("cost (nats)")
    return ax


# Cut off at the last cost, below the largest.
def plot_cost__top_too_low(costs, ax, every=1):
    costs = np.asarray(costs, dtype=float)
    x = every * np.arange(len(costs))
    ax.plot(x, costs)
    ax.set_ylim(0, costs[np.isfinite(costs)][-1])
    ax.ticklabel_format(style="plain", useOffset=False)
    ax.set_xlabel("iteration")
    ax.set_ylabel("cost (nats)")
    return ax


# The upper limit fixed at 1.
def plot_cost__fixed_limit(costs, ax, every=1):
    costs = np.asarray(costs, dtype=float)
    x = every * np.arange(len(costs))
    ax.plot(x, costs)
    ax.set_ylim(0, 1)
    ax.ticklabel_format(style="plain", useOffset=False)
    ax.set_xlabel("iteration")
    ax.set_ylabel("cost (nats)")
    return ax


# A logarithmic axis, which has no 0.
def plot_cost__logarithmic(costs, ax, every=1):
    costs = np.asarray(costs, dtype=float)
    x = every * np.arange(len(costs))
    ax.plot(x, costs)
    ax.set_yscale("log")
    ax.set_xlabel("iteration")
    ax.set_ylabel("cost (nats)")
    return ax


# Draws with pyplot on a figure of its own.
def plot_cost__other_figure(costs, ax, every=1):
    import matplotlib.pyplot as plt

    costs = np.asarray(costs, dtype=float)
    x = every * np.arange(len(costs))
    _, ax = plt.subplots()
    ax.plot(x, costs)
    ax.set_ylim(0, 1.05 * np.max(costs[np.isfinite(costs)]))
    ax.ticklabel_format(style="plain", useOffset=False)
    ax.set_xlabel("iteration")
    ax.set_ylabel("cost (nats)")
    return ax


# x and y swapped.
def plot_cost__swapped(costs, ax, every=1):
    costs = np.asarray(costs, dtype=float)
    x = every * np.arange(len(costs))
    ax.plot(costs, x)
    ax.set_ylim(0, 1.05 * np.max(costs[np.isfinite(costs)]))
    ax.ticklabel_format(style="plain", useOffset=False)
    ax.set_xlabel("iteration")
    ax.set_ylabel("cost (nats)")
    return ax


# The y axis upside down.
def plot_cost__axis_upside_down(costs, ax, every=1):
    costs = np.asarray(costs, dtype=float)
    x = every * np.arange(len(costs))
    ax.plot(x, costs)
    ax.set_ylim(1.05 * np.max(costs[np.isfinite(costs)]), 0)
    ax.ticklabel_format(style="plain", useOffset=False)
    ax.set_xlabel("iteration")
    ax.set_ylabel("cost (nats)")
    return ax


# Draws a running mean, not the costs.
def plot_cost__smoothed(costs, ax, every=1):
    costs = np.asarray(costs, dtype=float)
    x = every * np.arange(len(costs))
    ax.plot(x, np.cumsum(costs) / np.arange(1, len(costs) + 1))
    ax.set_ylim(0, 1.05 * np.max(costs[np.isfinite(costs)]))
    ax.ticklabel_format(style="plain", useOffset=False)
    ax.set_xlabel("iteration")
    ax.set_ylabel("cost (nats)")
    return ax


# x limits that count the entries, not the iterations.
def plot_cost__hides_a_part(costs, ax, every=1):
    costs = np.asarray(costs, dtype=float)
    ax.plot(every * np.arange(len(costs)), costs)
    ax.set_xlim(0, len(costs))
    ax.set_ylim(0, 1.05 * np.max(costs[np.isfinite(costs)]))
    ax.ticklabel_format(style="plain", useOffset=False)
    ax.set_xlabel("iteration")
    ax.set_ylabel("cost (nats)")
    return ax


# No ticklabel_format: large costs get a factor at the end of the axis.
def plot_cost__factor_on_the_axis(costs, ax, every=1):
    costs = np.asarray(costs, dtype=float)
    ax.plot(every * np.arange(len(costs)), costs)
    ax.set_ylim(0, 1.05 * np.max(costs[np.isfinite(costs)]))
    ax.set_xlabel("iteration")
    ax.set_ylabel("cost (nats)")
    return ax


# A list of costs is indexed like an array.
def plot_cost__arrays_only(costs, ax, every=1):
    ax.plot(every * np.arange(len(costs)), costs)
    ax.set_ylim(0, 1.05 * np.max(costs[np.isfinite(costs)]))
    ax.ticklabel_format(style="plain", useOffset=False)
    ax.set_xlabel("iteration")
    ax.set_ylabel("cost (nats)")
    return ax


# A logarithmic x axis has no iteration 0.
def plot_cost__logarithmic_x(costs, ax, every=1):
    costs = np.asarray(costs, dtype=float)
    ax.plot(every * np.arange(len(costs)), costs)
    ax.set_ylim(0, 1.05 * np.max(costs[np.isfinite(costs)]))
    ax.ticklabel_format(style="plain", useOffset=False)
    ax.set_xscale("log")
    ax.set_xlabel("iteration")
    ax.set_ylabel("cost (nats)")
    return ax


# The rows are told apart by their first entry.
def distinct_units__first_column(W):
    return len(set(W[:, 0]))


# The layers in the order of their names as text: W1, W10, W11, W2, ...
def backward__text_order(y, activations, params):
    keys = sorted(key for key in params if key[0] == "W")
    dZ = (1 / (1 + np.exp(-np.clip(activations[-1], -700, 700))) - y) / y.shape[1]
    grads = {}
    for i in reversed(range(len(keys))):
        grads["d" + keys[i]] = dZ @ activations[i].T
        grads["db" + keys[i][1:]] = dZ.sum(axis=1, keepdims=True)
        if i > 0:
            dZ = (params[keys[i]].T @ dZ) * (activations[i] > 0)
    return grads


# The length of a row taken for the number of its labels.
def constant_classifier_accuracy__length_of_row(y_train, y_test):
    guess = int(np.sum(y_train) > len(y_train) / 2)
    return np.mean(np.asarray(y_test) == guess)
