"""A bias that makes the output start at the class frequencies."""

import math

import numpy as np

from autograder.cases import value
from autograder.model import Exercise, case

from .shared import draw_frequencies
from .softmax import softmax

# Softmax ignores a number added to every bias. The logarithm is exact to its last digits.
exercise = Exercise(points=2, expect=value(rtol=1e-12, atol=1e-13, shift_free=True, single=True))


@exercise.reference
def bias_from_frequencies(frequencies):
    """Return the output bias whose softmax is `frequencies` (Lin et al. 2017, section 4.1).

    Parameters
    ----------
    frequencies : (C,) ndarray

    Returns
    -------
    (C, 1) ndarray

    Raises
    ------
    ValueError
        If any frequency is not positive: its bias would be minus infinity.
    """
    frequencies = np.asarray(frequencies, dtype=float)
    if not np.all(frequencies > 0):
        raise ValueError("every frequency must be positive; smooth the counts first")
    return np.log(frequencies).reshape(-1, 1)


@exercise.cases
def cases(rng):
    for n in (3, int(rng.integers(4, 9))):
        f = draw_frequencies(rng, n)
        yield case(f, label=f"the frequencies of {n} classes")
    yield case(np.full(4, 0.25), label="four equal frequencies")
    rare = f.copy()
    rare[int(rng.integers(len(f)))] = 1e-12 * rng.uniform(1, 9)
    yield case(rare / rare.sum(), label="a class of one example in 10 to the 12th")
    for place, label in ((1, "a class"), (0, "a first class"), (-1, "a last class")):
        zero = f.copy()
        zero[place] = 0.0
        yield case(zero / zero.sum(), label=f"{label} that never occurs")
    yield case(np.array([0.7, -0.1, 0.4]), label="a negative frequency")
    yield case(np.array([1.0]), label="a single class", only="hidden")
    yield case(draw_frequencies(rng, 2), label="two classes", only="hidden")
    # Their product is too small for a float.
    yield case(draw_frequencies(rng, 400), label="hundreds of classes", only="hidden")


# A helper of the answers below: most mistakes are made with and without this test.
def positive(frequencies):
    frequencies = np.asarray(frequencies)
    if np.any(frequencies <= 0):
        raise ValueError("frequencies must be positive")
    return frequencies


ITSELF = (
    "That is b = f, the frequencies themselves; softmax of it is not f. Which b has a softmax of f?"
)


@exercise.mistake(ITSELF)
def frequency_itself(frequencies):
    return positive(frequencies).reshape(-1, 1)


@exercise.mistake(ITSELF, id="frequency_itself")
def frequency_itself_unchecked(frequencies):
    return np.asarray(frequencies).reshape(-1, 1)


NEGATED = "The sign is wrong: the most frequent class gets the smallest bias."


@exercise.mistake(NEGATED)
def negated(frequencies):
    return -np.log(positive(frequencies)).reshape(-1, 1)


@exercise.mistake(NEGATED, id="negated")
def negated_unchecked(frequencies):
    return -np.log(frequencies).reshape(-1, 1)


NO_ERROR = (
    "A class with frequency 0 would need a bias of minus infinity: raise a ValueError, so that "
    "nobody trains with it."
)


@exercise.mistake(NO_ERROR)
def no_error(frequencies):
    return np.log(np.asarray(frequencies)).reshape(-1, 1)


@exercise.mistake(NO_ERROR, id="no_error")
def all_for_any(frequencies):
    if np.all(frequencies <= 0):
        raise ValueError("frequencies must be positive")
    return np.log(frequencies).reshape(-1, 1)


@exercise.mistake(
    "Only a negative frequency raises an error; a frequency of 0 must raise one too, as its bias "
    "would be minus infinity."
)
def zero_allowed(frequencies):
    if np.any(frequencies < 0):
        raise ValueError("frequencies must be positive")
    return np.log(frequencies).reshape(-1, 1)


@exercise.mistake(
    "Only a frequency of 0 raises an error; a negative one must raise one too: it has no logarithm."
)
def negative_allowed(frequencies):
    if np.any(frequencies == 0):
        raise ValueError("frequencies must be positive")
    return np.log(frequencies).reshape(-1, 1)


EPSILON = (
    "A small number was added before the logarithm, or replaced a frequency of 0: a class that "
    "never occurs then gets an arbitrary bias, and the others may be slightly off. Take the "
    "logarithm of the frequencies as they are, and raise a ValueError if one is not positive."
)


@exercise.mistake(EPSILON, small=(1e-6, 1e-7, 1e-8, 1e-9, 1e-10, 1e-12, 1e-15))
def epsilon(frequencies, *, small):
    return np.log(frequencies + small).reshape(-1, 1)


@exercise.mistake(EPSILON, id="epsilon", small=(1e-6, 1e-7, 1e-8, 1e-10, 1e-12, 1e-15))
def epsilon_after_the_check(frequencies, *, small):
    return np.log(positive(frequencies) + small).reshape(-1, 1)


@exercise.mistake(EPSILON, id="epsilon", small=(1e-6, 1e-7, 1e-8, 1e-10, 1e-12, 1e-15))
def clipped(frequencies, *, small):
    return np.log(np.clip(frequencies, small, None)).reshape(-1, 1)


BASE_2 = "That is a logarithm to base 2; softmax undoes the natural one."


@exercise.mistake(EPSILON, id="epsilon", small=(1e-6, 1e-8, 1e-10))
def clipped_after_the_check(frequencies, *, small):
    return np.log(np.maximum(positive(frequencies), small)).reshape(-1, 1)


@exercise.mistake(
    "The last class is not looked at: a frequency of 0 there must raise an error too."
)
def all_but_the_last(frequencies):
    positive(frequencies[:-1])
    return np.log(frequencies).reshape(-1, 1)


@exercise.mistake(BASE_2)
def base_2(frequencies):
    return np.log2(positive(frequencies)).reshape(-1, 1)


@exercise.mistake(BASE_2, id="base_2")
def base_2_unchecked(frequencies):
    return np.log2(frequencies).reshape(-1, 1)


BASE_10 = "That is a logarithm to base 10; softmax undoes the natural one."


@exercise.mistake(BASE_10)
def base_10(frequencies):
    return np.log10(positive(frequencies)).reshape(-1, 1)


@exercise.mistake(
    "That is log(f / (1 - f)), the inverse of the sigmoid; expected the inverse of softmax."
)
def log_odds(frequencies):
    f = positive(frequencies)
    return np.log(f / (1 - f)).reshape(-1, 1)


@exercise.mistake(
    "That is the softmax of the frequencies; expected the b that softmax turns into them.",
    id="softmax",
)
def softmax_of_frequencies(frequencies):
    return softmax(frequencies.reshape(-1, 1))


@exercise.mistake(
    "All biases are equal, whatever the frequencies: their softmax gives every class the same "
    "probability."
)
def zeros(frequencies):
    return np.zeros((len(positive(frequencies)), 1))


@exercise.mistake("The bias is a column, (C, 1): one dimension would broadcast over the examples.")
def flat(frequencies):
    return np.log(positive(frequencies))


@exercise.refused("Rows and columns are swapped")
def row(frequencies):
    return np.log(positive(frequencies)).reshape(1, -1)


@exercise.mistake(
    "An `assert` ends in an AssertionError, and is skipped when Python runs with -O: raise a "
    "ValueError."
)
def assertion(frequencies):
    assert np.all(frequencies > 0), "frequencies must be positive"
    return np.log(frequencies).reshape(-1, 1)


@exercise.refused("expected a ValueError, got no error, but a value of type ValueError")
def returns_error(frequencies):
    if np.any(frequencies <= 0):
        return ValueError("frequencies must be positive")
    return np.log(frequencies).reshape(-1, 1)


@exercise.right
def vectorised(frequencies):
    frequencies = np.asarray(frequencies)
    if np.any(frequencies <= 0):
        raise ValueError("frequencies must be positive")
    return np.log(frequencies)[:, np.newaxis]


@exercise.right
def loops(frequencies):
    rows = []
    for f in frequencies:
        if f <= 0:
            raise ValueError("a class that never occurs has no finite bias")
        rows.append([math.log(f)])
    return np.array(rows)


@exercise.right
def own_style(frequencies):
    for frequency in frequencies:
        if not frequency > 0:
            raise ValueError(f"{frequency} is not positive")
    return np.array([np.log(frequencies)]).T


# Centred: the bias is only defined up to a constant.
@exercise.right
def unusual(frequencies):
    f = np.array(frequencies, dtype=float, ndmin=2).T
    if f.min() <= 0:
        raise ValueError
    b = np.log(f)
    return b - b.mean()
