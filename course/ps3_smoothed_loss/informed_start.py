"""The loss that a uniform model can be expected to have on a name of a list."""

import math
from collections import Counter

import numpy as np

from autograder.model import Exercise, case

from .get_initial_loss import get_initial_loss
from .shared import BASE_10, BITS, ROUNDED, SIGN, tight

exercise = Exercise(points=2, expect=tight)


@exercise.reference
def informed_start(names, vocab_size):
    """Return the loss expected of a uniform model on a name drawn from `names`, in nats.

    Parameters
    ----------
    names : list of str
        Without their closing newline, which counts as one more character to predict.
    vocab_size : int
        Number of characters, newline included.

    Returns
    -------
    float
    """
    return np.log(vocab_size) * np.mean([len(name) + 1 for name in names])


def draw_names(rng, n):
    """Draw made-up names of different lengths, the first one neither typical nor longest.

    Returns
    -------
    list of str
    """
    letters = np.array(list("abcdefghijklmnopqrstuvwxyz"))
    lengths = [5, *rng.integers(3, 16, n - 1)]
    return ["".join(rng.choice(letters, length)) for length in lengths]


@exercise.cases
def cases(rng):
    yield case(draw_names(rng, 8), 27, label="8 names")
    yield case(draw_names(rng, 11), int(rng.integers(30, 60)), label="another vocabulary")
    twice = draw_names(rng, 5)
    yield case([*twice, twice[0], twice[0]], 27, label="a list in which a name appears three times")
    yield case(["turiasaurus"], 27, label="a single name")
    yield case([*draw_names(rng, 3), ""], 27, label="a list with an empty name")
    signs = ["T. rex", "A-1", " ab", "cd ", "Æ", "no 27 b"]
    yield case(signs, 40, label="names with blanks, capitals, digits and signs")
    long = "".join(rng.choice(list("abc"), 1500))
    yield case([*10 * draw_names(rng, 120), long], 27, label="a long list", only="hidden")
    yield case(draw_names(rng, 4), 1, label="a vocabulary of one character", only="hidden")


@exercise.mistake(
    "The length was taken as 7. In the original assignment the 7 is the number of names that it "
    "prints; find the length from `names`."
)
def seven(names, vocab_size):
    return np.log(vocab_size) * 7


@exercise.mistake(
    "The newline that ends each name is not counted; the model has to predict it too."
)
def newline_forgotten(names, vocab_size):
    return np.log(vocab_size) * np.mean([len(name) for name in names])


@exercise.mistake("Only one newline was counted for the whole list; every name ends with one.")
def one_newline(names, vocab_size):
    return np.log(vocab_size) * (sum(map(len, names)) + 1) / len(names)


@exercise.mistake(
    "That is log n times the number of names; expected log n times their mean length."
)
def number_of_names(names, vocab_size):
    return np.log(vocab_size) * len(names)


SUM = "That is the loss of all names together; expected the mean over the names."


@exercise.mistake(SUM, id="sum")
def sum_over_names(names, vocab_size):
    return np.log(vocab_size) * np.sum([len(name) + 1 for name in names])


@exercise.mistake(SUM, id="sum")
def sum_without_newlines(names, vocab_size):
    return np.log(vocab_size) * len("".join(names))


@exercise.mistake("The median of the lengths was taken; expected their mean.")
def median(names, vocab_size):
    return np.log(vocab_size) * np.median([len(name) + 1 for name in names])


@exercise.mistake("That is the loss of the longest name; expected the mean over the names.")
def longest(names, vocab_size):
    return np.log(vocab_size) * (max(len(name) for name in names) + 1)


@exercise.mistake("That is the loss of the first name; expected the mean over all of them.")
def first_name(names, vocab_size):
    return np.log(vocab_size) * (len(names[0]) + 1)


@exercise.mistake("That is the loss of the last name; expected the mean over all of them.")
def last_name(names, vocab_size):
    for name in names:
        loss = np.log(vocab_size) * (len(name) + 1)
    return loss


ROUNDED_LENGTH = "The mean length was rounded to a whole number."


@exercise.mistake(ROUNDED_LENGTH)
def rounded_length(names, vocab_size):
    length = sum(len(name) + 1 for name in names) // len(names)
    return np.log(vocab_size) * length


@exercise.mistake(ROUNDED_LENGTH, id="rounded_length")
def rounded_to_the_nearest(names, vocab_size):
    length = sum(len(name) + 1 for name in names) / len(names)
    return np.log(vocab_size) * round(length)


@exercise.mistake(ROUNDED, decimals=(2, 1, 0, 3, 4, 6, 8))
def rounded(names, vocab_size, *, decimals):
    loss = np.log(vocab_size) * np.mean([len(name) + 1 for name in names])
    return np.round(loss, decimals)


LETTERS = "Only some of the characters count; blanks, digits and signs are predicted too."


@exercise.mistake(LETTERS)
def letters_only(names, vocab_size):
    lengths = [sum(c.isalpha() for c in name) + 1 for name in names]
    return np.log(vocab_size) * np.mean(lengths)


@exercise.mistake(LETTERS, id="letters_only")
def letters_and_digits_only(names, vocab_size):
    lengths = [sum(c.isalnum() for c in name) + 1 for name in names]
    return np.log(vocab_size) * np.mean(lengths)


@exercise.mistake(LETTERS, id="letters_only")
def small_letters_only(names, vocab_size):
    lengths = [sum("a" <= c <= "z" for c in name) + 1 for name in names]
    return np.log(vocab_size) * np.mean(lengths)


BLANKS = "Blanks are left out of the names; a blank is a character like any other."


@exercise.mistake(BLANKS)
def stripped(names, vocab_size):
    return np.log(vocab_size) * np.mean([len(name.strip()) + 1 for name in names])


@exercise.mistake(BLANKS, id="stripped")
def no_blanks(names, vocab_size):
    return np.log(vocab_size) * np.mean([len(name.replace(" ", "")) + 1 for name in names])


@exercise.mistake("An empty name was left out; it has its newline, and counts as a name.")
def empty_left_out(names, vocab_size):
    return np.log(vocab_size) * np.mean([len(name) + 1 for name in names if name])


@exercise.mistake("`vocab_size` is always taken as 27; it is an argument.")
def fixed_vocabulary(names, vocab_size):
    return np.log(27) * np.mean([len(name) + 1 for name in names])


@exercise.mistake("One was added to the vocabulary; `vocab_size` already counts the newline.")
def newline_in_vocabulary(names, vocab_size):
    return np.log(vocab_size + 1) * np.mean([len(name) + 1 for name in names])


@exercise.mistake("That is the loss of a single character; a name has several.")
def per_character(names, vocab_size):
    return np.log(vocab_size)


@exercise.mistake("That is the mean length; each character costs log n.")
def length_only(names, vocab_size):
    return np.mean([len(name) + 1 for name in names])


@exercise.mistake(
    "A name that appears several times in the list was counted once; it is drawn more often than "
    "the others."
)
def different_names(names, vocab_size):
    return np.log(vocab_size) * np.mean([len(name) + 1 for name in set(names)])


@exercise.mistake("Those are the losses of the individual names; expected their mean.")
def per_name(names, vocab_size):
    return np.log(vocab_size) * np.array([len(name) + 1 for name in names])


@exercise.mistake(BITS)
def base_2(names, vocab_size):
    return np.log2(vocab_size) * np.mean([len(name) + 1 for name in names])


@exercise.mistake(BASE_10)
def base_10(names, vocab_size):
    return np.log10(vocab_size) * np.mean([len(name) + 1 for name in names])


@exercise.mistake(SIGN)
def sign(names, vocab_size):
    return -np.log(vocab_size) * np.mean([len(name) + 1 for name in names])


@exercise.right
def vectorised(names, vocab_size):
    mean_length = np.mean([len(name) for name in names]) + 1
    return get_initial_loss(vocab_size, mean_length)


@exercise.right
def loops(names, vocab_size):
    characters = 0
    for name in names:
        for _ in name:
            characters += 1
        characters += 1  # the newline
    return math.log(vocab_size) * characters / len(names)


@exercise.right
def mean_of_lengths(names, vocab_size):
    return float(np.fromiter(map(len, names), dtype=float).mean() + 1) * math.log(vocab_size)


@exercise.right
def counted_lengths(names, vocab_size):
    counts = Counter(len(name) for name in names)  # names of each length
    total = sum(n * get_initial_loss(vocab_size, length + 1) for length, n in counts.items())
    return total / counts.total()


NEWLINE = "\n"


@exercise.right
def own_style(names, vocab_size):
    lengths = np.array([len(name + NEWLINE) for name in names])
    return np.average([get_initial_loss(vocab_size, length) for length in lengths])


@exercise.right
def unusual(names, vocab_size):
    text = "\n".join(names) + "\n"
    print(len(text), "characters in", len(names), "names")
    return float(np.log(vocab_size)) * len(text) / len(names)
