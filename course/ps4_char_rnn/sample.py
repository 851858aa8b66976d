"""Writing a name, each character drawn from the network's probabilities."""

import itertools
import warnings

import numpy as np

from autograder.cases import few_first, random_outcomes
from autograder.checks.rules import Frequencies
from autograder.model import Exercise, case

from . import writing
from .rnn_step_forward import rnn_step_forward
from .sample_index import IN_TURN, SURE_DRAWS, draw_seed, sample_index
from .shared import (
    alphabet,
    cycling,
    draw_long_name,
    draw_params,
    one_hot,
    renumbered,
    spelling,
)
from .writing import (
    up_to_newline,
    write_and_append_0,
    write_from_newline,
    write_from_ones,
    write_name,
    write_newline_at_limit_only,
    write_newline_twice,
    write_newline_twice_at_limit,
    write_on,
    write_open_ended,
    write_to_0,
    write_without_feedback,
    write_without_memory,
    write_without_reset,
    written_from,
)

exercise = Exercise(points=4)

# Repetitions of a random call. They are few because the cases may be judged with another function
# answered by the judge at every letter, about 2 ms each.
DRAWS = 500
LONG_DRAWS = 4  # of names of 50 letters, where only one is possible
# Names that settle it for who draws as the reference does, and how many come from each generator.
# An answer that writes another one of nine times shows it in each case but once in a thousand.
FEW, FEW_SURE, ONE_LONG = (60, 10), (2, 2), (1, 1)
# Seeds of networks, of 3 and of 4 characters, whose every mistake shows plainly in the names
# (test_sample.py says how plainly).
LONG_NAME = "a name of 70 letters and max_length=100"
TELLING_3 = (4882, 19301, 23367, 25442, 36594, 42940)
TELLING_4 = (21836, 28498, 38417)


@exercise.reference
def sample(params, char_to_ix, rng, max_length=50):
    """Write a name, each character drawn from the model's probabilities.

    Parameters
    ----------
    params : dict of ndarray
    char_to_ix : dict of str to int
    rng : numpy.random.Generator or numpy.random.RandomState
    max_length : int, optional
        Characters after which the newline is appended if it has not come.

    Returns
    -------
    list of int
        Ends with the newline.
    """
    return write_name(params, char_to_ix, lambda p: sample_index(p, rng), max_length)


def lively(seed, n_a, n):
    """Draw a network in which the letters before decide a lot, and the bias little."""
    params = draw_params(np.random.default_rng(seed), n_a, n)
    size = {"Wax": 2.5, "Waa": 2.0, "Wya": 1.5, "b": 0.5, "by": 0.5}
    return {name: size[name] * each for name, each in params.items()}


@exercise.cases
def cases(rng):
    label = "a network that writes cabcab..., max_length=4 and a newline that is 2"
    yield case(*renumbered(cycling(4, 3)), draw_seed(rng), 4, label=label)
    label = "a network that writes abcabc... and max_length left out"
    yield case(cycling(4), alphabet(4), draw_seed(rng), label=label, only="public")
    label = "a, b and the newline, max_length=3"
    network = lively(rng.choice(TELLING_3), 4, 3)
    yield case(network, alphabet(3), draw_seed(rng), 3, label=label, only="public")
    label = "a, b, c and the newline, max_length=2 and a RandomState"
    network = lively(rng.choice(TELLING_4), 3, 4)
    seed = draw_seed(rng, "RandomState")
    yield case(network, alphabet(4), seed, 2, label=label, only="hidden")
    network = spelling(draw_long_name(rng), 4)
    yield case(*renumbered(network), draw_seed(rng), 100, label=LONG_NAME, only="hidden")


def most_likely_index(p):
    return int(np.argmax(p))


@exercise.expected
def expected(exercise, case_input):
    if case_input.label == LONG_NAME:  # the only one of this network; mistakes show elsewhere
        params, char_to_ix, _, max_length = case_input.args
        name = write_name(params, char_to_ix, most_likely_index, max_length)
        rule = Frequencies({str(name): 1.0}, LONG_DRAWS)
        return few_first(exercise, case_input, rule, *ONE_LONG)
    rule = random_outcomes(exercise, case_input, DRAWS)
    rule.remind = "Return the numbers of the characters, in a list."
    rule.in_turn = IN_TURN
    if max(rule.probabilities.values()) < 0.99:
        return few_first(exercise, case_input, rule, *FEW)
    rule.in_turn = 1  # of `cycling`
    rule.repeats = SURE_DRAWS if len(case_input.args) > 3 else LONG_DRAWS
    return few_first(exercise, case_input, rule, *FEW_SURE)


@exercise.mistake(writing.INPUT_NOT_RESET)
def input_not_reset(params, char_to_ix, rng, max_length=50):
    return write_without_reset(params, char_to_ix, lambda p: sample_index(p, rng), max_length)


@exercise.mistake(writing.INPUT_NOT_UPDATED)
def input_not_updated(params, char_to_ix, rng, max_length=50):
    return write_without_feedback(params, char_to_ix, lambda p: sample_index(p, rng), max_length)


@exercise.mistake(writing.STATE_NOT_UPDATED)
def state_not_updated(params, char_to_ix, rng, max_length=50):
    return write_without_memory(params, char_to_ix, lambda p: sample_index(p, rng), max_length)


@exercise.mistake(writing.NO_NEWLINE_AT_LIMIT)
def no_newline_at_limit(params, char_to_ix, rng, max_length=50):
    return write_open_ended(params, char_to_ix, lambda p: sample_index(p, rng), max_length)


@exercise.mistake(writing.NEWLINE_TWICE)
def newline_twice(params, char_to_ix, rng, max_length=50):
    return write_newline_twice(params, char_to_ix, lambda p: sample_index(p, rng), max_length)


@exercise.mistake(writing.NEWLINE_TWICE_AT_LIMIT)
def newline_twice_at_limit(params, char_to_ix, rng, max_length=50):
    def choose(p):
        return sample_index(p, rng)

    return write_newline_twice_at_limit(params, char_to_ix, choose, max_length)


@exercise.mistake(writing.NO_NEWLINE_AT_END)
def no_newline_at_end(params, char_to_ix, rng, max_length=50):
    def choose(p):
        return sample_index(p, rng)

    return write_newline_at_limit_only(params, char_to_ix, choose, max_length)


@exercise.mistake(writing.DOES_NOT_STOP)
def does_not_stop(params, char_to_ix, rng, max_length=50):
    return write_on(params, char_to_ix, lambda p: sample_index(p, rng), max_length)


@exercise.mistake(writing.NEWLINE_IS_0)
def newline_is_0(params, char_to_ix, rng, max_length=50):
    return write_name(params, {"\n": 0}, lambda p: sample_index(p, rng), max_length)


@exercise.mistake(writing.NEWLINE_IS_0, id="newline_is_0")
def stops_at_0(params, char_to_ix, rng, max_length=50):
    return write_to_0(params, char_to_ix, lambda p: sample_index(p, rng), max_length)


@exercise.mistake(writing.NEWLINE_IS_0, id="newline_is_0")
def appends_0(params, char_to_ix, rng, max_length=50):
    return write_and_append_0(params, char_to_ix, lambda p: sample_index(p, rng), max_length)


@exercise.mistake("Every letter comes equally often: the model's probabilities are not used.")
def equally_likely(params, char_to_ix, rng, max_length=50):
    return write_name(params, char_to_ix, lambda p: int(rng.choice(len(p))), max_length)


@exercise.mistake(
    "The likely letters come too often, as if the probabilities had been sharpened (a "
    "temperature of 1/2)."
)
def sharpened(params, char_to_ix, rng, max_length=50):
    def choose(p):
        return sample_index(p**2 / np.sum(p**2), rng)

    return write_name(params, char_to_ix, choose, max_length)


@exercise.mistake(
    "The likely letters come too rarely, as if the probabilities had been flattened (a "
    "temperature of 2)."
)
def flattened(params, char_to_ix, rng, max_length=50):
    def choose(p):
        return sample_index(np.sqrt(p) / np.sum(np.sqrt(p)), rng)

    return write_name(params, char_to_ix, choose, max_length)


@exercise.mistake("The letter fed back is the most likely one, not the one that was written.")
def feeds_most_likely(params, char_to_ix, rng, max_length=50):
    newline = char_to_ix["\n"]
    a, x = np.zeros_like(params["b"]), np.zeros_like(params["by"])
    indices = []
    while len(indices) < max_length:
        a, p = rnn_step_forward(params, a, x)
        indices.append(sample_index(p, rng))
        if indices[-1] == newline:
            return indices
        x = one_hot(np.argmax(p), len(x))
    return indices + [newline]


@exercise.mistake(
    "That is the most likely letter at each step; each letter should be drawn with its probability."
)
def most_likely(params, char_to_ix, rng, max_length=50):
    return write_name(params, char_to_ix, lambda p: int(np.argmax(p)), max_length)


@exercise.mistake(writing.STARTS_WITH_NEWLINE)
def starts_with_newline(params, char_to_ix, rng, max_length=50):
    return write_from_newline(params, char_to_ix, lambda p: sample_index(p, rng), max_length)


@exercise.mistake(writing.ONES_START)
def ones_start(params, char_to_ix, rng, max_length=50):
    return write_from_ones(params, char_to_ix, lambda p: sample_index(p, rng), max_length)


@exercise.mistake("The first letter does not come from a zero state but from a random one.")
def random_start(params, char_to_ix, rng, max_length=50):
    a, x = rng.standard_normal(params["b"].shape), np.zeros_like(params["by"])
    written = written_from(a, x, params, lambda p: sample_index(p, rng))
    return up_to_newline(written, char_to_ix["\n"], max_length)


@exercise.mistake(writing.LIMIT_TOO_LONG)
def limit_too_long(params, char_to_ix, rng, max_length=50):
    return write_name(params, char_to_ix, lambda p: sample_index(p, rng), max_length + 1)


@exercise.mistake(writing.LIMIT_TOO_SHORT)
def limit_too_short(params, char_to_ix, rng, max_length=50):
    return write_name(params, char_to_ix, lambda p: sample_index(p, rng), max_length - 1)


@exercise.mistake(writing.IGNORES_MAX_LENGTH)
def ignores_max_length(params, char_to_ix, rng, max_length=50):
    return write_name(params, char_to_ix, lambda p: sample_index(p, rng), 50)


# In the first case nothing tells it from a newline that is missing at the limit alone.
@exercise.refused("should get one appended")
def newline_cut_off(params, char_to_ix, rng, max_length=50):
    return write_name(params, char_to_ix, lambda p: sample_index(p, rng), max_length)[:-1]


@exercise.refused("Return the numbers of the characters")
def text(params, char_to_ix, rng, max_length=50):
    indices = write_name(params, char_to_ix, lambda p: sample_index(p, rng), max_length)
    ix_to_char = {i: c for c, i in char_to_ix.items()}
    return "".join(ix_to_char[i] for i in indices[:-1])


@exercise.refused("not from one with a seed of your own")
def own_seed(params, char_to_ix, rng, max_length=50):
    rng = np.random.default_rng(1)
    return write_name(params, char_to_ix, lambda p: sample_index(p, rng), max_length)


@exercise.right
def vectorised(params, char_to_ix, rng, max_length=50):
    newline, eye = char_to_ix["\n"], np.eye(params["Wax"].shape[1])
    a, x, indices = np.zeros_like(params["b"]), np.zeros((len(eye), 1)), []
    while len(indices) < max_length and newline not in indices:
        a, p = rnn_step_forward(params, a, x)
        indices.append(sample_index(p, rng))
        x = eye[:, [indices[-1]]]
    return indices if newline in indices else indices + [newline]


@exercise.right
def loops(params, char_to_ix, rng, max_length=50):
    a = np.zeros((params["Waa"].shape[0], 1))
    x = np.zeros((params["Wax"].shape[1], 1))
    indices = []
    for _ in range(max_length):
        a, p = rnn_step_forward(params, a, x)
        index = sample_index(p, rng)
        indices.append(index)
        if index == char_to_ix["\n"]:
            break
        x = np.zeros(x.shape)
        x[index, 0] = 1
    if len(indices) == 0 or indices[-1] != char_to_ix["\n"]:
        indices.append(char_to_ix["\n"])
    return indices


def column_with_one(index, n):
    column = np.zeros((n, 1))
    column[index] = 1
    return column


@exercise.right
def own_style(params, char_to_ix, rng, max_length=50):
    end = char_to_ix["\n"]
    a, x = np.zeros(params["b"].shape), np.zeros(params["by"].shape)
    name = []
    for _ in range(max_length):
        a, p = rnn_step_forward(params, a, x)
        name += [sample_index(p, rng)]
        if name[-1] == end:
            return name
        x = column_with_one(name[-1], len(x))
    name += [end]
    return name


def follow(params, char_to_ix, pick):
    x, a = np.zeros((params["Wax"].shape[1], 1)), np.zeros((params["Wax"].shape[0], 1))
    while True:
        a, p = rnn_step_forward(params, a, x)
        index = pick(p)
        yield index
        if index == char_to_ix["\n"]:
            return
        x[:] = 0
        x[index] = 1


@exercise.right
def unusual(params, char_to_ix, rng, max_length=50):
    letters = follow(params, char_to_ix, lambda p: sample_index(p, rng))
    name = tuple(itertools.islice(letters, max_length))
    if char_to_ix["\n"] not in name:
        warnings.warn("name cut off", stacklevel=2)
        name += (char_to_ix["\n"],)
    return name
