"""The loss of a model that knows nothing."""

import math

import numpy as np

from autograder.model import Exercise, case

from .shared import BASE_10, BITS, EPSILON, ROUNDED, SIGN, tight

exercise = Exercise(points=1, expect=tight)


@exercise.reference
def get_initial_loss(vocab_size, seq_length):
    """Return the loss of a uniform model on `seq_length` characters, in nats.

    Parameters
    ----------
    vocab_size : int
    seq_length : float
        Number of predictions added up; a mean length may be fractional.

    Returns
    -------
    float
        ``-log(1/vocab_size) * seq_length``.
    """
    return -np.log(1.0 / vocab_size) * seq_length


@exercise.cases
def cases(rng):
    yield case(27, 7, label="27 characters and a length of 7")
    yield case(int(rng.integers(30, 90)), int(rng.integers(10, 40)), label="another vocabulary")
    yield case(int(rng.integers(5, 20)), float(rng.uniform(8, 14)), label="a mean length")
    yield case(27, 1, label="a single character")
    yield case(1, 9, label="a vocabulary of one character")
    n, length = int(rng.integers(10**8, 10**9)), float(rng.uniform(2000, 4000))
    yield case(n, length, label="a large vocabulary and a long sequence")
    yield case(2, float(rng.uniform(0.1, 0.9)), label="two characters", only="hidden")
    yield case(97, int(rng.integers(10**8, 10**9)), label="a very long sequence", only="hidden")


@exercise.mistake("That is the loss of a single character: the length of the sequence is missing.")
def no_length(vocab_size, seq_length):
    return -np.log(1 / vocab_size)


@exercise.mistake(SIGN)
def sign(vocab_size, seq_length):
    return np.log(1 / vocab_size) * seq_length


@exercise.mistake(BITS)
def base_2(vocab_size, seq_length):
    return np.log2(vocab_size) * seq_length


@exercise.mistake(BASE_10)
def base_10(vocab_size, seq_length):
    return np.log10(vocab_size) * seq_length


@exercise.mistake(
    "That is the probability of a character times the length; the loss takes minus the logarithm "
    "of the probability."
)
def probability(vocab_size, seq_length):
    return 1 / vocab_size * seq_length


LENGTH_IN_LOG = (
    "The length is inside the logarithm; the losses of the characters add up, so it multiplies "
    "the logarithm."
)


@exercise.mistake(LENGTH_IN_LOG)
def length_in_log(vocab_size, seq_length):
    return np.log(vocab_size * seq_length)


@exercise.mistake(LENGTH_IN_LOG, id="length_in_log")
def length_in_log_of_probability(vocab_size, seq_length):
    return -np.log(1 / vocab_size * seq_length)


@exercise.mistake("The loss was divided by the length; a sum over the sequence grows with it.")
def divided(vocab_size, seq_length):
    return np.log(vocab_size) / seq_length


@exercise.mistake("Vocabulary and length are swapped.")
def exchanged(vocab_size, seq_length):
    return np.log(seq_length) * vocab_size


@exercise.mistake(
    "One was added to the length; `seq_length` already counts every character that is predicted."
)
def newline_added(vocab_size, seq_length):
    return np.log(vocab_size) * (seq_length + 1)


@exercise.mistake(
    "That was an integer division: its result is 0, and the logarithm of 0 is minus infinity."
)
def integer_division(vocab_size, seq_length):
    return -np.log(1 // vocab_size) * seq_length


FIXED_LENGTH = "The length is always taken as {}; it is an argument."


@exercise.mistake(FIXED_LENGTH.format(7), id="fixed_length")
def fixed_length_of_7(vocab_size, seq_length):
    return np.log(vocab_size) * 7


@exercise.mistake(FIXED_LENGTH.format(25), id="fixed_length")
def fixed_length_of_25(vocab_size, seq_length):
    return np.log(vocab_size) * 25


@exercise.mistake("That is always 23.07, the loss of 27 characters and a length of 7.")
def fixed_number(vocab_size, seq_length):
    return 23.070858062030304


@exercise.mistake("The length was rounded; it may be a mean, and so a fraction.")
def rounded_length(vocab_size, seq_length):
    return np.log(vocab_size) * int(seq_length)


@exercise.mistake(
    "The logarithm is that of vocab_size - 1, one character too few; every character can come next."
)
def one_class_less(vocab_size, seq_length):
    return np.log(vocab_size - 1) * seq_length


@exercise.mistake(EPSILON, small=(1e-8, 1e-10, 1e-12, 1e-15))
def epsilon(vocab_size, seq_length, *, small):
    return -np.log(1 / vocab_size + small) * seq_length


@exercise.mistake(ROUNDED, decimals=(2, 1, 0, 3, 4, 6, 8))
def rounded(vocab_size, seq_length, *, decimals):
    return np.round(-np.log(1 / vocab_size) * seq_length, decimals)


@exercise.mistake(ROUNDED, id="rounded", decimals=(4, 2, 3, 5, 6))
def rounded_probability(vocab_size, seq_length, *, decimals):
    return -np.log(np.round(1 / vocab_size, decimals)) * seq_length


@exercise.refused("`return` line")
def prints(vocab_size, seq_length):
    print(np.log(vocab_size) * seq_length)


@exercise.right
def vectorised(vocab_size, seq_length):
    return np.log(vocab_size) * seq_length


@exercise.right
def loops(vocab_size, seq_length):
    return -math.log(1 / vocab_size) * seq_length


@exercise.right
def own_style(vocab_size, seq_length):
    """Add the loss of a uniform guess for each character."""
    guess = 1.0 / vocab_size
    per_character = -np.log(guess)
    return float(per_character * seq_length)


@exercise.right
def one_off(vocab_size, seq_length):
    return seq_length * math.log1p(vocab_size - 1)


@exercise.right
def cross_entropy_of_uniform(vocab_size, seq_length):
    logits = np.zeros(min(vocab_size, 1000))
    rest = vocab_size / len(logits)  # each stands for as many characters
    return seq_length * (np.logaddexp.reduce(logits) + np.log(rest))


unusual = exercise.right(lambda vocab_size, seq_length: np.array(np.log(vocab_size) * seq_length))
