"""How many equally likely characters a loss amounts to."""

import math

import numpy as np

from autograder.cases import value
from autograder.model import Exercise, case

exercise = Exercise(points=1, expect=value(rtol=1e-12))  # of an exponent up to 600


@exercise.reference
def perplexity(loss, n_characters):
    """Return ``exp(loss / n_characters)``: how many equally likely characters it amounts to.

    Parameters
    ----------
    loss : float
        Summed over the characters, in nats.
    n_characters : int

    Returns
    -------
    float
    """
    return np.exp(loss / n_characters)


@exercise.cases
def cases(rng):
    yield case(float(rng.uniform(20, 40)), int(rng.integers(8, 16)), label="a name")
    yield case(27 * np.log(27), 27, label="a uniform model of 27 characters")
    yield case(float(rng.uniform(1500, 2500)), 1000, label="a long text")
    yield case(30, 7, label="a loss that is a whole number")
    yield case(0.0, 5, label="a loss of 0")
    yield case(float(rng.uniform(1, 3)), 1, label="a single character")
    yield case(float(rng.uniform(2e-10, 9e-10)), 3, label="a tiny loss")
    yield case(float(rng.uniform(300, 330)), 10, label="a very large loss", only="hidden")
    yield case(float(rng.uniform(5000, 6000)), 10, label="a huge loss", only="hidden")


@exercise.mistake("That is a power of 2; the loss is in nats, so expected a power of e.")
def base_2(loss, n_characters):
    return 2 ** (loss / n_characters)


@exercise.mistake("The loss was not divided by the number of characters.")
def not_divided(loss, n_characters):
    return np.exp(loss)


@exercise.mistake("That is the loss of a character; expected its exponential.")
def no_exponential(loss, n_characters):
    return loss / n_characters


@exercise.mistake("The division belongs inside the exponential.")
def divided_late(loss, n_characters):
    return np.exp(loss) / n_characters


@exercise.mistake(
    "The sign is wrong: that is the probability of a character, on average; the perplexity is "
    "above 1."
)
def sign(loss, n_characters):
    return np.exp(-loss / n_characters)


@exercise.mistake("The loss was multiplied by the number of characters, not divided.")
def multiplied(loss, n_characters):
    return np.exp(loss * n_characters)


@exercise.mistake(
    "The division is inverted: divide the loss by the number, not the number by the loss."
)
def upside_down(loss, n_characters):
    return np.exp(n_characters / loss)


@exercise.mistake("That is a logarithm; expected the exponential.")
def logarithm(loss, n_characters):
    return np.log(loss / n_characters)


@exercise.mistake(
    "That is the loss of a character in bits; expected the exponential of the loss in nats."
)
def bits(loss, n_characters):
    return loss / n_characters / np.log(2)


@exercise.mistake(
    "That is a root of the loss; expected the exponential of the loss of a character."
)
def root(loss, n_characters):
    return loss ** (1 / n_characters)


@exercise.mistake("That was an integer division, which drops the fraction.")
def whole_division(loss, n_characters):
    return np.exp(loss // n_characters)


ROUNDED = "The result was rounded to a whole number."


# Floats, both: with an int, `round` and `np.round` would not count as the same.
@exercise.mistake(ROUNDED)
def rounded(loss, n_characters):
    return np.round(np.exp(loss / n_characters))


@exercise.mistake(ROUNDED, id="rounded")
def rounded_down(loss, n_characters):
    return np.floor(np.exp(loss / n_characters))


@exercise.mistake(
    "The result was rounded; expected all its digits.", decimals=(2, 1, 3, 4, 6, 8), id="rounded"
)
def rounded_to_digits(loss, n_characters, *, decimals):
    return np.round(np.exp(loss / n_characters), decimals)


@exercise.mistake(
    "The result was limited; a perplexity may be as large as it likes.", most=(27, 100, 1000, 1e15)
)
def limited(loss, n_characters, *, most):
    return min(np.exp(loss / n_characters), most)


@exercise.mistake("One character too many was counted: `n_characters` counts the newlines already.")
def newline_added(loss, n_characters):
    return np.exp(loss / (n_characters + 1))


@exercise.mistake(
    "That is the perplexity of a uniform model of 27 characters, whatever the arguments are."
)
def always_27(loss, n_characters):
    return 27.0


@exercise.right
def vectorised(loss, n_characters):
    return np.exp(loss / n_characters)


@exercise.right
def loops(loss, n_characters):
    return math.exp(loss / n_characters)


@exercise.right
def own_style(loss, n_characters):
    per_character = np.divide(loss, n_characters)
    return np.exp(per_character)


@exercise.right
def geometric_mean(loss, n_characters):
    likelihood = np.exp(-loss / n_characters)  # of a character, in the geometric mean
    return 1 / likelihood


@exercise.right
def by_expm1(loss, n_characters):
    return 1.0 + math.expm1(loss / float(n_characters))


unusual = exercise.right(lambda loss, n_characters: np.array(np.e ** (loss / n_characters)))
