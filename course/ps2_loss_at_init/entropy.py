"""The loss of the best constant prediction."""

import math

import numpy as np

from autograder.cases import value
from autograder.model import Exercise, case

from .shared import draw_frequencies

# Less than ten terms of at most 0.4: their sum is exact to 1e-15, and that of 1,000 small ones to
# 1e-14. So a small number in the logarithm shows down to 1e-13, one for each class.
exercise = Exercise(points=2, expect=value(rtol=0, atol=1e-13, single=True))


@exercise.reference
def entropy(frequencies):
    """Return ``-sum f log f`` in nats, with ``0 log 0 = 0``.

    Parameters
    ----------
    frequencies : (C,) ndarray

    Returns
    -------
    float
    """
    occurring = np.asarray(frequencies)[np.asarray(frequencies) > 0]
    return -np.sum(occurring * np.log(occurring))


@exercise.cases
def cases(rng):
    yield case(draw_frequencies(rng, int(rng.integers(3, 9))), label="unbalanced frequencies")
    yield case(np.full(8, 1 / 8), label="eight equal frequencies")
    yield case(np.array([0.5, 0.0, 0.3, 0.2]), label="a class that never occurs")
    yield case(np.array([0.0, 1.0, 0.0]), label="one class that always occurs")
    rare = rng.permutation(np.array([1e-3, 1e-5, 1e-8, 1e-11, 0.25]) * rng.uniform(0.5, 1.5, 5))
    yield case(np.append(rare, 1 - rare.sum()), label="classes as rare as 1 in 10 to the 11th")
    yield case(draw_frequencies(rng, 1000), only="hidden", label="a thousand classes")


@exercise.mistake("0 times log 0 gives NaN in NumPy; in the entropy it counts as 0.")
def nan_at_zero(frequencies):
    return -np.sum(frequencies * np.log(frequencies))


@exercise.mistake(
    "A class that never occurs raised an error; it is allowed here and adds 0 to the entropy."
)
def error_at_zero(frequencies):
    if np.any(frequencies <= 0):
        raise ValueError("frequencies must be positive")
    return -np.sum(frequencies * np.log(frequencies))


BITS = "That is in bits, a logarithm to base 2; expected nats, the natural logarithm."


@exercise.mistake(BITS)
def bits(frequencies):
    f = frequencies[frequencies > 0]
    return -np.sum(f * np.log2(f))


@exercise.mistake(BITS, id="bits")
def bits_with_nan(frequencies):
    return -np.sum(frequencies * np.log2(frequencies))


@exercise.mistake("That is a logarithm to base 10; expected the natural logarithm.")
def base_10(frequencies):
    f = frequencies[frequencies > 0]
    return -np.sum(f * np.log10(f))


SIGN = "The sign is wrong: an entropy is never negative."


@exercise.mistake(SIGN)
def sign(frequencies):
    f = frequencies[frequencies > 0]
    return np.sum(f * np.log(f))


@exercise.mistake(SIGN, id="sign")
def sign_with_nan(frequencies):
    return np.sum(frequencies * np.log(frequencies))


@exercise.mistake("That is the mean of the terms; expected their sum.")
def mean(frequencies):
    terms = np.zeros(len(frequencies))
    f = frequencies[frequencies > 0]
    terms[frequencies > 0] = f * np.log(f)
    return -np.mean(terms)


@exercise.mistake("Those are the terms, one for each class; expected their sum.", id="terms")
def terms_alone(frequencies):
    terms = np.zeros(len(frequencies))
    f = frequencies[frequencies > 0]
    terms[frequencies > 0] = -f * np.log(f)
    return terms


EPSILON = (
    "A small number was added inside the logarithm, or the frequencies were kept above one, which "
    "shifts the result; leave the classes that never occur out instead."
)


# Anything smaller is right to within rounding.
@exercise.mistake(EPSILON, small=(1e-3, 1e-4, 1e-5, 1e-6, 1e-7, 1e-8, 1e-9, 1e-10, 1e-11, 1e-12))
def epsilon(frequencies, *, small):
    return -np.sum(frequencies * np.log(frequencies + small))


@exercise.mistake(EPSILON, id="epsilon", small=(1e-3, 1e-6, 1e-8, 1e-10))
def clipped(frequencies, *, small):
    f = np.maximum(frequencies, small)
    return -np.sum(f * np.log(f))


@exercise.mistake(EPSILON, id="epsilon", small=(1e-3, 1e-6, 1e-8, 1e-9))
def clipped_in_the_logarithm(frequencies, *, small):
    return -np.sum(frequencies * np.log(np.clip(frequencies, small, 1)))


@exercise.mistake(
    "Rare classes are left out; only those that never occur add nothing.",
    least=(1e-2, 1e-3, 1e-6, 1e-8, 1e-10),
)
def rare_left_out(frequencies, *, least):
    f = frequencies[frequencies > least]
    return -np.sum(f * np.log(f))


@exercise.mistake("The logarithms are not weighted by the frequencies.")
def unweighted(frequencies):
    f = frequencies[frequencies > 0]
    return -np.sum(np.log(f))


@exercise.mistake("That is log n, the entropy of equal frequencies.")
def log_n(frequencies):
    return np.log(len(frequencies))


@exercise.refused("Work on a copy")
def changes_input(frequencies):
    frequencies[frequencies == 0] = 1.0
    return -np.sum(frequencies * np.log(frequencies))


@exercise.right
def vectorised(frequencies):
    f = np.asarray(frequencies, dtype=float)
    f = f[f > 0]
    return -f @ np.log(f)


@exercise.right
def loops(frequencies):
    total = 0.0
    for f in frequencies:
        if f == 0:
            continue
        total -= f * math.log(f)
    return total


@exercise.right
def own_style(frequencies):
    def term(f):
        if f <= 0:
            return 0.0
        return f * np.log(1 / f)

    return sum(map(term, frequencies))


@exercise.right
def unusual(frequencies):
    f = np.array(frequencies, dtype=float)
    with_warning = f * np.log(f)  # NumPy warns here when a frequency is 0
    return np.array(-np.nansum(with_warning))
