"""A last layer that starts by predicting the class frequencies."""

import math

import numpy as np

from autograder.cases import random_arrays
from autograder.checks.wire import Seed
from autograder.model import Exercise, case

from ..ps1_initialization.starts import RANDOM_BIAS
from .bias_from_frequencies import BASE_2, BASE_10, bias_from_frequencies
from .shared import draw_frequencies

exercise = Exercise(points=3)


@exercise.reference
def initialize_output_layer(n_features, frequencies, scale, rng):
    """Return a last layer that starts by predicting the class frequencies.

    Parameters
    ----------
    n_features : int
    frequencies : (C,) ndarray
        All positive.
    scale : float
        Standard deviation of the weights.
    rng : numpy.random.Generator or numpy.random.RandomState

    Returns
    -------
    W : (C, n_features) ndarray
    b : (C, 1) ndarray
    """
    W = rng.normal(scale=scale, size=(len(frequencies), n_features))
    return W, bias_from_frequencies(frequencies)


# Few weights come first. They show the spread of what the generator itself draws to the last digit,
# and one layer of a grading that a larger one has it too; draws that are made otherwise are in
# doubt, and asked for again in sizes that show it.
@exercise.cases
def cases(rng):
    yield drawn(rng, "Generator", rng.integers(5, 9), rng.integers(40, 60))
    yield drawn(rng, "RandomState", rng.integers(20, 30), rng.integers(10, 16))
    yield drawn(rng, "Generator", 2, rng.integers(100, 200), only="hidden")
    for options in ({"only": "hidden"}, {"only": "public", "in_doubt": True}):
        yield drawn(rng, "Generator", rng.integers(5, 9), rng.integers(600, 800), **options)
    yield drawn(rng, "RandomState", rng.integers(50, 60), rng.integers(100, 120), in_doubt=True)
    large = rng.integers(30_000, 31_000)
    yield drawn(rng, "Generator", 2, large, only="hidden", in_doubt=True)


def drawn(rng, kind, C, n_features, **options):
    """Return a case of a layer of this size."""
    return case(
        int(n_features),
        draw_frequencies(rng, int(C)),
        float(rng.choice([0.01, 0.3])),
        Seed(kind, int(rng.integers(2**31))),
        label=f"{C} classes, {n_features} features and a {kind}",
        **options,
    )


@exercise.expected
def expected(exercise, case_input):
    n_features, f, scale, _ = case_input.args
    b = np.log(f).reshape(-1, 1)
    arrays = {
        "0": {"name": "W", "shape": (len(f), n_features), "std": scale},
        "1": {
            "name": "b",
            "shape": b.shape,
            "shift_free": True,
            "value": b,
            "random": RANDOM_BIAS,
        },
    }
    once, exact = case_input.only == "hidden", not case_input.in_doubt
    return random_arrays(exercise, case_input, arrays, once, exact)


@exercise.mistake(
    "The bias is zero, or equal everywhere, whatever the frequencies: then the output starts "
    "uniform."
)
def zero_bias(n_features, frequencies, scale, rng):
    n_classes = len(frequencies)
    return rng.standard_normal((n_classes, n_features)) * scale, np.zeros((n_classes, 1))


@exercise.mistake("The bias is b = f, the frequencies themselves; softmax of it is not f.")
def bias_is_f(n_features, frequencies, scale, rng):
    W = rng.standard_normal((len(frequencies), n_features)) * scale
    return W, np.asarray(frequencies).reshape(-1, 1)


@exercise.mistake("The sign of the bias is wrong: the most frequent class gets the smallest.")
def negated(n_features, frequencies, scale, rng):
    W = rng.standard_normal((len(frequencies), n_features)) * scale
    return W, -bias_from_frequencies(frequencies)


@exercise.mistake(BASE_2)
def base_2(n_features, frequencies, scale, rng):
    W = rng.standard_normal((len(frequencies), n_features)) * scale
    return W, np.log2(frequencies).reshape(-1, 1)


@exercise.mistake(BASE_10)
def base_10(n_features, frequencies, scale, rng):
    W = rng.standard_normal((len(frequencies), n_features)) * scale
    return W, np.log10(frequencies).reshape(-1, 1)


@exercise.mistake("The bias is multiplied by `scale`; only the weights should be.")
def bias_scaled(n_features, frequencies, scale, rng):
    W = rng.standard_normal((len(frequencies), n_features)) * scale
    return W, scale * bias_from_frequencies(frequencies)


@exercise.mistake("The standard deviation is 1 whatever `scale` is.")
def scale_ignored(n_features, frequencies, scale, rng):
    return rng.standard_normal((len(frequencies), n_features)), bias_from_frequencies(frequencies)


@exercise.mistake(
    "That is `scale` squared: `scale` is the standard deviation already, nothing has to be squared."
)
def scale_squared(n_features, frequencies, scale, rng):
    W = rng.normal(0, scale**2, size=(len(frequencies), n_features))
    return W, bias_from_frequencies(frequencies)


@exercise.mistake(
    "That is the square root of `scale`: `scale` is the standard deviation, not the variance."
)
def variance(n_features, frequencies, scale, rng):
    W = rng.standard_normal((len(frequencies), n_features)) * np.sqrt(scale)
    return W, bias_from_frequencies(frequencies)


@exercise.mistake("The standard deviation is 1/sqrt(n_features); expected `scale`.")
def xavier(n_features, frequencies, scale, rng):
    W = rng.standard_normal((len(frequencies), n_features)) / np.sqrt(n_features)
    return W, bias_from_frequencies(frequencies)


@exercise.mistake("The draws were divided by `scale`, not multiplied.")
def divided(n_features, frequencies, scale, rng):
    W = rng.standard_normal((len(frequencies), n_features)) / scale
    return W, bias_from_frequencies(frequencies)


@exercise.refused("Rows and columns are swapped")
def transposed(n_features, frequencies, scale, rng):
    W = rng.standard_normal((n_features, len(frequencies))) * scale
    return W, bias_from_frequencies(frequencies)


@exercise.refused("A column has two dimensions, (n, 1)")
def flat_bias(n_features, frequencies, scale, rng):
    W = rng.standard_normal((len(frequencies), n_features)) * scale
    return W, np.log(np.asarray(frequencies))


@exercise.refused("uniform distribution (`rand`)")
def rand_for_randn(n_features, frequencies, scale, rng):
    W = rng.random((len(frequencies), n_features)) * scale
    return W, bias_from_frequencies(frequencies)


@exercise.refused("Their histogram is flat")
def uniform(n_features, frequencies, scale, rng):
    half_width = scale * np.sqrt(3)
    W = (2 * rng.random((len(frequencies), n_features)) - 1) * half_width
    return W, bias_from_frequencies(frequencies)


@exercise.refused("raised to a power (`**`)")
def power(n_features, frequencies, scale, rng):
    W = rng.standard_normal((len(frequencies), n_features)) ** scale
    return W, bias_from_frequencies(frequencies)


@exercise.refused("never from `np.random`")
def global_generator(n_features, frequencies, scale, rng):
    W = np.random.randn(len(frequencies), n_features) * scale
    return W, bias_from_frequencies(frequencies)


@exercise.refused("not from one with a seed of your own")
def own_seed(n_features, frequencies, scale, rng):
    rng = np.random.default_rng(1)
    W = rng.standard_normal((len(frequencies), n_features)) * scale
    return W, bias_from_frequencies(frequencies)


@exercise.refused("rows 0 and 1 that are equal")
def two_rows_equal(n_features, frequencies, scale, rng):
    W = rng.standard_normal((len(frequencies), n_features)) * scale
    W[1] = W[0]
    return W, bias_from_frequencies(frequencies)


@exercise.refused("the same numbers repeated")
def same_rows(n_features, frequencies, scale, rng):
    row = rng.standard_normal((1, n_features)) * scale
    W = np.repeat(row, len(frequencies), axis=0)
    return W, bias_from_frequencies(frequencies)


@exercise.refused("zeros only")
def zero_weights(n_features, frequencies, scale, rng):
    return np.zeros((len(frequencies), n_features)), bias_from_frequencies(frequencies)


@exercise.refused("an array of shape")
def order(n_features, frequencies, scale, rng):
    W = rng.standard_normal((len(frequencies), n_features)) * scale
    return bias_from_frequencies(frequencies), W


@exercise.refused("expected a tuple of 2")
def only_weights(n_features, frequencies, scale, rng):
    return rng.standard_normal((len(frequencies), n_features)) * scale


@exercise.right
def vectorised(n_features, frequencies, scale, rng):
    W = rng.standard_normal((len(frequencies), n_features)) * scale
    return W, bias_from_frequencies(frequencies)


@exercise.right
def loops(n_features, frequencies, scale, rng):
    n_classes = len(frequencies)
    W = np.zeros((n_classes, n_features))
    for i in range(n_classes):
        for j in range(n_features):
            W[i, j] = rng.normal(0, scale)
    b = np.zeros((n_classes, 1))
    for i in range(n_classes):
        b[i, 0] = math.log(frequencies[i])
    return W, b


@exercise.right
def own_style(n_features, frequencies, scale, rng):
    rows = []
    for _ in frequencies:
        rows.append(rng.normal(loc=0.0, scale=scale, size=n_features))
    rows.reverse()  # any order of drawing is as good
    return np.vstack(rows), bias_from_frequencies(frequencies) + 3.0


def box_muller(rng, shape):
    radius = np.sqrt(-2 * np.log(1 - rng.random(shape)))
    return radius * np.cos(2 * np.pi * rng.random(shape))


@exercise.right
def unusual(n_features, frequencies, scale, rng):
    print("drawing", len(frequencies), "x", n_features, "weights")
    W = scale * box_muller(rng, (n_features, len(frequencies))).T
    b = np.log(np.asarray(frequencies)).reshape(-1, 1)
    return [W, b - b[0]]
