"""Writing a name letter by letter: what `sample` and `greedy_name` share, right and wrong."""

from itertools import islice

import numpy as np

from .rnn_step_forward import rnn_step_forward
from .shared import one_hot


def write_name(params, char_to_ix, choose, max_length):
    """Write a name from a zero state and a zero input, feeding each character back.

    Parameters
    ----------
    params : dict of ndarray
    char_to_ix : dict of str to int
    choose : callable
        Takes probabilities (n_y, 1) and returns an index.
    max_length : int
        Characters after which the newline is appended if it has not come.

    Returns
    -------
    list of int
        Ends with the newline.
    """
    zero_state, zero_input = np.zeros_like(params["b"]), np.zeros_like(params["by"])
    written = written_from(zero_state, zero_input, params, choose)
    return up_to_newline(written, char_to_ix["\n"], max_length)


def written_from(a, x, params, choose):
    """Yield characters, each chosen from the probabilities and fed back."""
    while True:
        a, p = rnn_step_forward(params, a, x)
        index = choose(p)
        yield index
        x = one_hot(index, len(x))


def up_to_newline(written, newline, max_length):
    """Return the characters up to the newline, which is appended after `max_length` of them."""
    indices = []
    for index in islice(written, max_length):
        indices.append(index)
        if index == newline:
            return indices
    return [*indices, newline]


STARTS_WITH_NEWLINE = "The first input is the newline; it should be the zero vector."


def write_from_newline(params, char_to_ix, choose, max_length):
    newline = char_to_ix["\n"]
    x = one_hot(newline, len(params["by"]))
    written = written_from(np.zeros_like(params["b"]), x, params, choose)
    return up_to_newline(written, newline, max_length)


ONES_START = "The first input is all ones; it should be the zero vector."


def write_from_ones(params, char_to_ix, choose, max_length):
    a, x = np.zeros_like(params["b"]), np.ones_like(params["by"])
    return up_to_newline(written_from(a, x, params, choose), char_to_ix["\n"], max_length)


INPUT_NOT_RESET = (
    "The input is not reset: after a few letters it holds several ones. At each step it should "
    "hold a single 1, for the letter just written."
)


def write_without_reset(params, char_to_ix, choose, max_length):
    newline = char_to_ix["\n"]
    a, x = np.zeros_like(params["b"]), np.zeros_like(params["by"])
    indices = []
    while len(indices) < max_length:
        a, p = rnn_step_forward(params, a, x)
        indices.append(choose(p))
        if indices[-1] == newline:
            return indices
        x[indices[-1]] = 1
    return indices + [newline]


INPUT_NOT_UPDATED = (
    "The letter that was written is not fed back: the input stays the same at every step."
)


def write_without_feedback(params, char_to_ix, choose, max_length):
    newline = char_to_ix["\n"]
    a, x = np.zeros_like(params["b"]), np.zeros_like(params["by"])
    indices = []
    while len(indices) < max_length:
        a, p = rnn_step_forward(params, a, x)
        indices.append(choose(p))
        if indices[-1] == newline:
            return indices
    return indices + [newline]


STATE_NOT_UPDATED = "The state is not carried over: every step starts from zeros."


def write_without_memory(params, char_to_ix, choose, max_length):
    newline = char_to_ix["\n"]
    a, x = np.zeros_like(params["b"]), np.zeros_like(params["by"])
    indices = []
    while len(indices) < max_length:
        _, p = rnn_step_forward(params, a, x)
        indices.append(choose(p))
        if indices[-1] == newline:
            return indices
        x = one_hot(indices[-1], len(x))
    return indices + [newline]


NO_NEWLINE_AT_LIMIT = (
    "A name that reaches `max_length` characters without a newline should get one appended."
)


def write_open_ended(params, char_to_ix, choose, max_length):
    return write_name(params, char_to_ix, choose, max_length)[:max_length]


NEWLINE_TWICE = "The name should end with one newline; yours has a second one after it."


def write_newline_twice(params, char_to_ix, choose, max_length):
    newline = char_to_ix["\n"]
    indices = write_name(params, char_to_ix, choose, max_length)
    return indices if len(indices) > max_length else indices + [newline]


NEWLINE_TWICE_AT_LIMIT = (
    "The newline came as the last of `max_length` characters, and a second one was appended; "
    "append one only to a name that has none."
)


def write_newline_twice_at_limit(params, char_to_ix, choose, max_length):
    indices = write_name(params, char_to_ix, choose, max_length)
    return indices + [char_to_ix["\n"]] if len(indices) == max_length else indices


NO_NEWLINE_AT_END = "The newline that ends the name belongs in the list."


def write_newline_at_limit_only(params, char_to_ix, choose, max_length):
    indices = write_name(params, char_to_ix, choose, max_length)
    return indices if len(indices) > max_length else indices[:-1]


DOES_NOT_STOP = "The newline ends the name; yours goes on after it."


def write_on(params, char_to_ix, choose, max_length):
    a, x = np.zeros_like(params["b"]), np.zeros_like(params["by"])
    return [*islice(written_from(a, x, params, choose), max_length), char_to_ix["\n"]]


NEWLINE_IS_0 = 'The newline was taken as number 0; its number is `char_to_ix["\\n"]`.'


def write_to_0(params, char_to_ix, choose, max_length):
    name = write_name(params, {"\n": 0}, choose, max_length)
    return name if len(name) <= max_length else [*name[:-1], char_to_ix["\n"]]


def write_and_append_0(params, char_to_ix, choose, max_length):
    name = write_name(params, char_to_ix, choose, max_length)
    return name if len(name) <= max_length else [*name[:-1], 0]


LIMIT_TOO_LONG = (
    "One letter too many is written before the newline is appended: at most `max_length` "
    "characters come before it."
)
LIMIT_TOO_SHORT = (
    "One letter too few is written before the newline is appended: `max_length` does not count "
    "the appended newline."
)
OTHER_DEFAULT = "Left out, `max_length` should be 50, as in the head of the function."
IGNORES_MAX_LENGTH = "`max_length` is always taken as 50."
