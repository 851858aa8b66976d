"""Writing a name, at each step the most likely character."""

import itertools

import numpy as np

from autograder.cases import value
from autograder.model import Exercise, case

from . import writing
from .rnn_forward import rnn_forward
from .rnn_step_forward import rnn_step_forward
from .sample import column_with_one, follow
from .shared import alphabet, cycling, draw_long_name, draw_params, renumbered, spelling
from .writing import (
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
)

REMINDER = (
    "Take the most likely character at each step, from a zero state and a zero input; feed it back "
    "and carry the state on to the end; nothing here is random."
)
exercise = Exercise(points=2, expect=value(remind=REMINDER))


@exercise.reference
def greedy_name(params, char_to_ix, max_length=50):
    """Write a name, at each step the most likely character.

    Parameters
    ----------
    params : dict of ndarray
    char_to_ix : dict of str to int
    max_length : int, optional
        Characters after which the newline is appended if it has not come.

    Returns
    -------
    list of int
        Ends with the newline.
    """
    return write_name(params, char_to_ix, lambda p: int(np.argmax(p)), max_length)


def draw_clear_path(rng, n_a, n, max_length, ends):
    """Draw a network whose most likely name has three letters or more, all chosen clearly."""
    misled = (
        write_without_reset,
        write_without_feedback,
        write_without_memory,
        write_from_newline,
        write_from_ones,
    )
    for _ in range(3000):
        params = draw_params(rng, n_a, n, 1.5)
        name = greedy_name(params, alphabet(n), max_length)
        if (len(name) - 1 < max_length) != ends or len(set(name)) < 4:
            continue
        _, cache = rnn_forward([None, *name[:-1]], name, np.zeros((n_a, 1)), params)
        top = [np.sort(p.ravel())[-2:] for p in cache["p"][:max_length]]
        others = [write(params, alphabet(n), np.argmax, max_length) for write in misled]
        if name not in others and min(b / a for a, b in top) > 1.02:
            return params
    return params


@exercise.cases
def cases(rng):
    n, n_a = 6, 5
    ending = draw_clear_path(rng, n_a, n, 9, True)
    yield case(ending, alphabet(n), 9, label="a network that ends its name")
    open_ended = draw_clear_path(rng, n_a, n, 6, False)
    yield case(open_ended, alphabet(n), 6, label="a network that reaches max_length=6")
    yield case(cycling(5), alphabet(5), 7, label="a network that writes abcdabcd...")
    yield case(*renumbered(cycling(4, 3)), label="max_length left out, and a newline that is 2")
    label = "a name of 70 letters and max_length=100"
    yield case(spelling(draw_long_name(rng), 4), alphabet(4), 100, label=label, only="hidden")
    yield case(spelling([0], 4), alphabet(4), 5, label="a newline at the first step")
    yield case(cycling(4), alphabet(4), 1, label="max_length=1")
    length = len(greedy_name(ending, alphabet(n), 9))
    label = f"a newline that comes as character {length} of max_length={length}"
    yield case(ending, alphabet(n), length, label=label)
    yield case(*renumbered(ending), 9, label=f"a newline that is number {n - 2}")
    label = "a newline that is number 1"
    yield case(*renumbered(spelling([1, 2, 1, 0], 3)), 9, label=label, only="hidden")


@exercise.mistake(writing.INPUT_NOT_RESET)
def input_not_reset(params, char_to_ix, max_length=50):
    return write_without_reset(params, char_to_ix, lambda p: int(np.argmax(p)), max_length)


@exercise.mistake(writing.INPUT_NOT_UPDATED)
def input_not_updated(params, char_to_ix, max_length=50):
    return write_without_feedback(params, char_to_ix, lambda p: int(np.argmax(p)), max_length)


@exercise.mistake(writing.STATE_NOT_UPDATED)
def state_not_updated(params, char_to_ix, max_length=50):
    return write_without_memory(params, char_to_ix, lambda p: int(np.argmax(p)), max_length)


@exercise.mistake(writing.NO_NEWLINE_AT_LIMIT)
def no_newline_at_limit(params, char_to_ix, max_length=50):
    return write_open_ended(params, char_to_ix, lambda p: int(np.argmax(p)), max_length)


@exercise.mistake(writing.NEWLINE_TWICE)
def newline_twice(params, char_to_ix, max_length=50):
    return write_newline_twice(params, char_to_ix, lambda p: int(np.argmax(p)), max_length)


@exercise.mistake(writing.NEWLINE_TWICE_AT_LIMIT)
def newline_twice_at_limit(params, char_to_ix, max_length=50):
    def choose(p):
        return int(np.argmax(p))

    return write_newline_twice_at_limit(params, char_to_ix, choose, max_length)


@exercise.mistake(writing.NO_NEWLINE_AT_END)
def no_newline_at_end(params, char_to_ix, max_length=50):
    return write_name(params, char_to_ix, lambda p: int(np.argmax(p)), max_length)[:-1]


@exercise.mistake(writing.NO_NEWLINE_AT_END, id="no_newline_at_end")
def newline_at_limit_only(params, char_to_ix, max_length=50):
    def choose(p):
        return int(np.argmax(p))

    return write_newline_at_limit_only(params, char_to_ix, choose, max_length)


@exercise.mistake(writing.DOES_NOT_STOP)
def does_not_stop(params, char_to_ix, max_length=50):
    return write_on(params, char_to_ix, lambda p: int(np.argmax(p)), max_length)


@exercise.mistake(writing.NEWLINE_IS_0)
def newline_is_0(params, char_to_ix, max_length=50):
    return write_name(params, {"\n": 0}, lambda p: int(np.argmax(p)), max_length)


@exercise.mistake(writing.NEWLINE_IS_0, id="newline_is_0")
def stops_at_0(params, char_to_ix, max_length=50):
    return write_to_0(params, char_to_ix, lambda p: int(np.argmax(p)), max_length)


@exercise.mistake(writing.NEWLINE_IS_0, id="newline_is_0")
def appends_0(params, char_to_ix, max_length=50):
    return write_and_append_0(params, char_to_ix, lambda p: int(np.argmax(p)), max_length)


@exercise.mistake("That is the second most likely letter at each step; expected the most likely.")
def second(params, char_to_ix, max_length=50):
    def choose(p):
        return int(np.argsort(p.ravel())[-2])

    return write_name(params, char_to_ix, choose, max_length)


@exercise.mistake("That is the least likely letter at each step; expected the most likely.")
def least_likely(params, char_to_ix, max_length=50):
    return write_name(params, char_to_ix, lambda p: int(np.argmin(p)), max_length)


@exercise.mistake("The newline is never chosen, although it is the most likely character there.")
def never_newline(params, char_to_ix, max_length=50):
    others = np.arange(len(char_to_ix))[:, np.newaxis] != char_to_ix["\n"]
    return write_name(params, char_to_ix, lambda p: int(np.argmax(p * others)), max_length)


@exercise.mistake(writing.STARTS_WITH_NEWLINE)
def starts_with_newline(params, char_to_ix, max_length=50):
    return write_from_newline(params, char_to_ix, lambda p: int(np.argmax(p)), max_length)


@exercise.mistake(writing.ONES_START)
def ones_start(params, char_to_ix, max_length=50):
    return write_from_ones(params, char_to_ix, lambda p: int(np.argmax(p)), max_length)


@exercise.mistake(writing.LIMIT_TOO_LONG)
def limit_too_long(params, char_to_ix, max_length=50):
    return write_name(params, char_to_ix, lambda p: int(np.argmax(p)), max_length + 1)


@exercise.mistake(writing.LIMIT_TOO_SHORT)
def limit_too_short(params, char_to_ix, max_length=50):
    return write_name(params, char_to_ix, lambda p: int(np.argmax(p)), max_length - 1)


@exercise.mistake(writing.IGNORES_MAX_LENGTH)
def ignores_max_length(params, char_to_ix, max_length=50):
    return write_name(params, char_to_ix, lambda p: int(np.argmax(p)), 50)


@exercise.mistake(writing.OTHER_DEFAULT, default=(20, 30, 100))
def other_default(params, char_to_ix, max_length=None, *, default):
    length = default if max_length is None else max_length
    return write_name(params, char_to_ix, lambda p: int(np.argmax(p)), length)


def letters_of(indices, char_to_ix):
    ix_to_char = {i: c for c, i in char_to_ix.items()}
    return [ix_to_char[i] for i in indices]


TEXT = "That is a string; expected a list of ints, the numbers of the characters."


@exercise.mistake(TEXT, id="characters")
def text(params, char_to_ix, max_length=50):
    indices = write_name(params, char_to_ix, lambda p: int(np.argmax(p)), max_length)
    return "".join(letters_of(indices, char_to_ix))


@exercise.mistake(TEXT, id="characters")
def text_without_newline(params, char_to_ix, max_length=50):
    indices = write_name(params, char_to_ix, lambda p: int(np.argmax(p)), max_length)
    return "".join(letters_of(indices[:-1], char_to_ix))


@exercise.mistake("That is a list of characters; expected their numbers.")
def characters(params, char_to_ix, max_length=50):
    indices = write_name(params, char_to_ix, lambda p: int(np.argmax(p)), max_length)
    return letters_of(indices, char_to_ix)


# Always the same draws, so that nothing about this wrong answer is left to chance.
@exercise.refused("nothing here is random")
def sampled(params, char_to_ix, max_length=50):
    rng = np.random.default_rng(5)

    def choose(p):
        return int(rng.choice(len(p), p=p.ravel()))

    return write_name(params, char_to_ix, choose, max_length)


@exercise.right
def vectorised(params, char_to_ix, max_length=50):
    newline, eye = char_to_ix["\n"], np.eye(params["Wax"].shape[1])
    a, x, indices = np.zeros_like(params["b"]), np.zeros((len(eye), 1)), []
    while len(indices) < max_length and newline not in indices:
        a, p = rnn_step_forward(params, a, x)
        indices.append(np.argmax(p))
        x = eye[:, [indices[-1]]]
    return indices if newline in indices else indices + [newline]


@exercise.right
def loops(params, char_to_ix, max_length=50):
    a = np.zeros((params["Waa"].shape[0], 1))
    x = np.zeros((params["Wax"].shape[1], 1))
    indices = []
    index = -1
    while index != char_to_ix["\n"]:
        if len(indices) == max_length:
            indices.append(char_to_ix["\n"])
            return indices
        a, p = rnn_step_forward(params, a, x)
        index = 0
        for k in range(len(p)):
            if p[k, 0] > p[index, 0]:
                index = k
        indices.append(index)
        x = np.zeros(x.shape)
        x[index, 0] = 1
    return indices


@exercise.right
def own_style(params, char_to_ix, max_length=50):
    def rest(a, x, left):
        if left == 0:
            return [char_to_ix["\n"]]
        a, p = rnn_step_forward(params, a, x)
        best = np.argmax(p)
        if best == char_to_ix["\n"]:
            return [best]
        return [best] + rest(a, column_with_one(best, len(p)), left - 1)

    return rest(np.zeros(params["b"].shape), np.zeros(params["by"].shape), max_length)


@exercise.right
def unusual(params, char_to_ix, max_length=50):
    letters = follow(params, char_to_ix, lambda p: int(p.ravel().argsort(kind="stable")[-1]))
    name = list(itertools.islice(letters, max_length))
    return name + [char_to_ix["\n"]] * (char_to_ix["\n"] not in name)
