"""Whether a step is large or small for the weights that it changes."""

import math

import numpy as np

from autograder.cases import value
from autograder.model import Exercise, case

# A spread that is a thousandth of the mean loses three digits.
exercise = Exercise(points=2, expect=value(rtol=1e-11, atol=1e-11))


@exercise.reference
def update_to_data(params, grads, learning_rate):
    """Return, for each weight matrix, how large a step is beside the weights, in powers of 10.

    The rule of thumb is -3 (Karpathy, CS231n notes, "Ratio of weights:updates").

    Parameters
    ----------
    params : dict of ndarray
        `W1`, `b1`, `W2`, ...
    grads : dict of ndarray
        `dW1`, `db1`, `dW2`, ...
    learning_rate : float

    Returns
    -------
    dict of float
        By the name of the weight matrix: log10 of the ratio of the standard deviations of the
        step and of the weights. Biases are left out.
    """
    return {
        name: math.log10(learning_rate * np.std(grads["d" + name]) / np.std(array))
        for name, array in params.items()
        if name.startswith("W")
    }


@exercise.cases
def cases(rng):
    for sizes in ([4, 3, 1], [5, 8, 6, 2], [9, 12]):
        yield case(*_drawn(rng, sizes), label=f"layers of {sizes}")
    params, grads, rate = _drawn(rng, [3] * 12)
    small = {name: 1e-6 * array for name, array in params.items()}
    yield case(small, grads, rate, label="eleven layers of small weights", only="hidden")
    params, grads, _ = _drawn(rng, [4, 3, 2])
    for rate in (1e-9, 30.0):
        yield case(params, grads, rate, label=f"a learning rate of {rate:g}", only="hidden")


def _drawn(rng, sizes):
    """Draw weights and gradients with a mean, and a learning rate."""
    params, grads = {}, {}
    for layer, (n_in, n_out) in enumerate(zip(sizes, sizes[1:]), 1):
        offset = rng.uniform(0.5, 1)  # else spread and length would be nearly the same
        params[f"W{layer}"] = offset + rng.normal(0, rng.uniform(0.1, 1), (n_out, n_in))
        params[f"b{layer}"] = rng.normal(0, 1, (n_out, 1))
        grads[f"dW{layer}"] = offset + rng.normal(0, 10 ** rng.uniform(-3, 0), (n_out, n_in))
        grads[f"db{layer}"] = rng.normal(0, 1, (n_out, 1))
    return params, grads, float(10 ** rng.uniform(-3, -0.5))


@exercise.mistake("The learning rate is missing: the step is the rate times the gradient.")
def no_rate(params, grads, learning_rate):
    return update_to_data(params, grads, 1.0)


@exercise.mistake("The ratio is upside down: the step stands above, the weights below.")
def inverse(params, grads, learning_rate):
    return {name: -ratio for name, ratio in update_to_data(params, grads, learning_rate).items()}


@exercise.mistake("Those are natural logarithms; expected powers of 10.")
def natural_logarithm(params, grads, learning_rate):
    found = update_to_data(params, grads, learning_rate)
    return {name: ratio * math.log(10) for name, ratio in found.items()}


@exercise.mistake("That is the ratio itself; expected its logarithm to base 10.")
def no_logarithm(params, grads, learning_rate):
    return {name: 10**ratio for name, ratio in update_to_data(params, grads, learning_rate).items()}


@exercise.mistake("Lengths were compared; expected standard deviations, without the mean.")
def lengths(params, grads, learning_rate):
    return {
        name: math.log10(learning_rate * np.linalg.norm(grads["d" + name]) / np.linalg.norm(array))
        for name, array in params.items()
        if name.startswith("W")
    }


@exercise.mistake("Mean sizes were compared; expected standard deviations.")
def mean_sizes(params, grads, learning_rate):
    return {
        name: math.log10(learning_rate * np.abs(grads["d" + name]).mean() / np.abs(array).mean())
        for name, array in params.items()
        if name.startswith("W")
    }


@exercise.mistake("Variances were compared; expected standard deviations.")
def variances(params, grads, learning_rate):
    return {
        name: math.log10(learning_rate * np.var(grads["d" + name]) / np.var(array))
        for name, array in params.items()
        if name.startswith("W")
    }


@exercise.mistake("The mean of the ratios entry by entry was taken; expected a ratio of spreads.")
def entry_by_entry(params, grads, learning_rate):
    return {
        name: math.log10(np.mean(np.abs(learning_rate * grads["d" + name] / array)))
        for name, array in params.items()
        if name.startswith("W")
    }


@exercise.mistake(
    "A small number was added to a spread, which shifts the result; no spread is 0 here.",
    small=(1e-8, 1e-6, 1e-7, 1e-10, 1e-12),
)
def epsilon(params, grads, learning_rate, *, small):
    return {
        name: math.log10(learning_rate * np.std(grads["d" + name]) / (np.std(array) + small))
        for name, array in params.items()
        if name.startswith("W")
    }


@exercise.refused("b1")
def biases_too(params, grads, learning_rate):
    return {
        name: np.log10(learning_rate * np.std(grads["d" + name]) / max(np.std(array), 1e-300))
        for name, array in params.items()
    }


@exercise.right
def vectorised(params, grads, learning_rate):
    weights = [name for name in params if name[0] == "W"]
    steps = [np.std(learning_rate * grads[f"d{name}"]) for name in weights]
    spreads = [np.std(params[name]) for name in weights]
    return dict(zip(weights, np.log10(np.divide(steps, spreads))))


@exercise.right
def loops(params, grads, learning_rate):
    result = {}
    for number in range(1, len(params) // 2 + 1):
        W, dW = params["W" + str(number)], grads["dW" + str(number)]
        spread_of_step = (learning_rate * dW).std()
        result["W" + str(number)] = np.log10(spread_of_step) - np.log10(W.std())
    return result


@exercise.right
def own_style(params, grads, learning_rate):
    def spread(array):
        return math.sqrt(((array - array.mean()) ** 2).mean())

    return {
        key: float(math.log(learning_rate * spread(grads["d" + key]) / spread(value), 10))
        for key, value in params.items()
        if not key.startswith("b")
    }


@exercise.right
def unusual(params, grads, learning_rate):
    return {
        k: 0.5 * np.log10(np.cov(learning_rate * grads["d" + k].ravel()) / np.cov(v.ravel()))
        for k, v in params.items()
        if v.size > 1 and k.startswith("W")
    }
