"""What the network reads and what it should answer, step by step."""

import numpy as np

from autograder.model import Exercise, case

from .build_vocabulary import build_vocabulary
from .shared import ELSEWHERE, LONG

exercise = Exercise(points=2)


@exercise.reference
def encode(name, char_to_ix):
    """Return what the network reads and what it must answer at each step.

    Parameters
    ----------
    name : str
        T characters.
    char_to_ix : dict of str to int

    Returns
    -------
    X : list
        ``[None, i_1, ..., i_T]``; None stands for the zero vector.
    Y : list of int
        ``[i_1, ..., i_T, newline]``.
    """
    indices = [char_to_ix[c] for c in name]
    return [None, *indices], [*indices, char_to_ix["\n"]]


@exercise.cases
def cases(rng):
    char_to_ix = build_vocabulary(["abcdeiorsux"])[0]
    for name in ("rex", "dusie", "aacc"):
        yield case(name, char_to_ix, label=f'"{name}"')
    letters = list("abcdeiorsux")
    rng.shuffle(letters)
    name = "".join(letters[: int(rng.integers(6, 10))])
    yield case(name, char_to_ix, label=f'"{name}"')
    yield case("x", char_to_ix, label="a name of one letter")
    yield case("", char_to_ix, label="an empty name")
    yield case("cab", ELSEWHERE, label="a vocabulary whose newline is number 2")
    signs = build_vocabulary(["T. rex-2 "])[0]
    yield case(" T-2 xe.r ", signs, label="a name with blanks, a capital and signs")
    long = "".join(rng.choice(letters, 70))
    yield case(long, char_to_ix, label="a name of 70 letters")
    long = "".join(rng.choice(letters, LONG))
    yield case(long, char_to_ix, label=f"a name of {LONG:,} letters", only="hidden")


NOT_SHIFTED = (
    "X and Y are the same list: each step would have to answer with the character that it reads. "
    "It should answer with the next one, so Y is one place ahead of X."
)


@exercise.mistake(NOT_SHIFTED)
def not_shifted(name, char_to_ix):
    indices = [char_to_ix[c] for c in name]
    X = indices + [char_to_ix["\n"]]
    Y = indices + [char_to_ix["\n"]]
    return X, Y


@exercise.mistake(NOT_SHIFTED, id="not_shifted")
def copy_of_x(name, char_to_ix):
    indices = [char_to_ix[c] for c in name]
    X = [None] + indices
    Y = list(X)
    return X, Y


@exercise.mistake(NOT_SHIFTED, id="not_shifted")
def letters_twice(name, char_to_ix):
    X = [char_to_ix[c] for c in name]
    Y = [char_to_ix[c] for c in name]
    return X, Y


@exercise.mistake(NOT_SHIFTED, id="not_shifted")
def start_and_newline_in_both(name, char_to_ix):
    X = [None] + [char_to_ix[c] for c in name + "\n"]
    return X, X


NO_NEWLINE = (
    "Y does not end with the newline: after the last letter the network should answer that the "
    "name ends."
)


@exercise.mistake(NO_NEWLINE)
def no_newline(name, char_to_ix):
    indices = [char_to_ix[c] for c in name]
    X = [None] + indices
    Y = indices
    return X, Y


@exercise.mistake(NO_NEWLINE, id="no_newline")
def ends_with_the_last_letter(name, char_to_ix):
    Y = [char_to_ix[c] for c in name]
    X = [None] + Y[:-1]
    return X, Y


@exercise.mistake(
    "X does not start with None: without it, the network never has to write the first letter."
)
def no_start(name, char_to_ix):
    indices = [char_to_ix[c] for c in name]
    X = indices[:]
    Y = indices[1:] + [char_to_ix["\n"]]
    return X, Y


@exercise.mistake("X does not start with None; it is one entry shorter than Y.", id="no_start")
def start_dropped(name, char_to_ix):
    indices = [char_to_ix[c] for c in name]
    X = indices
    Y = indices + [char_to_ix["\n"]]
    return X, Y


@exercise.mistake("X starts with the newline; the start is None, which stands for the zero vector.")
def newline_start(name, char_to_ix):
    indices = [char_to_ix[c] for c in name]
    X = [char_to_ix["\n"]] + indices
    Y = indices + [char_to_ix["\n"]]
    return X, Y


@exercise.mistake(
    "X starts with -1; the start is None, which stands for the zero vector.", id="newline_start"
)
def starts_with_minus_one(name, char_to_ix):
    indices = [char_to_ix[c] for c in name]
    X = [-1] + indices
    Y = indices + [char_to_ix["\n"]]
    return X, Y


@exercise.mistake("The newline is the last answer, in Y only: nothing is read after it.")
def newline_in_x(name, char_to_ix):
    indices = [char_to_ix[c] for c in name]
    X = [None] + indices + [char_to_ix["\n"]]
    Y = indices + [char_to_ix["\n"]]
    return X, Y


@exercise.mistake("Y ends with None; it should end with the number of the newline.")
def none_at_end(name, char_to_ix):
    indices = [char_to_ix[c] for c in name]
    X = [None] + indices
    Y = indices + [None]
    return X, Y


@exercise.mistake("The newline is always taken as 0; its number is in `char_to_ix`.")
def newline_fixed(name, char_to_ix):
    indices = [char_to_ix[c] for c in name]
    return [None] + indices, indices + [0]


@exercise.mistake("Blanks at the ends are cut off; they belong to the name.")
def stripped(name, char_to_ix):
    indices = [char_to_ix[c] for c in name.strip()]
    return [None] + indices, indices + [char_to_ix["\n"]]


@exercise.mistake(
    "A long name is cut off; every character of it is read.", limit=(10, 16, 25, 50, 64, 1000)
)
def cut_off(name, char_to_ix, *, limit):
    indices = [char_to_ix[c] for c in name[:limit]]
    return [None] + indices, indices + [char_to_ix["\n"]]


CHARACTERS = "Those are characters; expected their numbers."


@exercise.mistake(CHARACTERS)
def characters(name, char_to_ix):
    X = [None] + list(name)
    Y = list(name + "\n")
    return X, Y


@exercise.mistake("The newline in Y is a character; expected its number.", id="characters")
def newline_as_a_character(name, char_to_ix):
    indices = [char_to_ix[c] for c in name]
    X = [None] + indices
    Y = indices + ["\n"]
    return X, Y


@exercise.mistake(CHARACTERS, id="characters")
def letters_as_characters(name, char_to_ix):
    letters = [c for c in name]
    X = [None] + letters
    Y = letters + [char_to_ix["\n"]]
    return X, Y


@exercise.mistake("Those are arrays; expected lists, because None is no number.")
def arrays(name, char_to_ix):
    indices = [char_to_ix[c] for c in name]
    X = [None] + indices
    Y = indices + [char_to_ix["\n"]]
    return np.array(X), np.array(Y)


@exercise.mistake(
    "X and Y are swapped: what is read comes first, and the answers are one place ahead of it."
)
def swapped(name, char_to_ix):
    indices = [char_to_ix[c] for c in name]
    X = [None] + indices
    Y = indices + [char_to_ix["\n"]]
    return Y, X


@exercise.mistake("The name is read backwards.", id="reversed")
def read_backwards(name, char_to_ix):
    indices = [char_to_ix[c] for c in name[::-1]]
    X = [None] + indices
    Y = indices + [char_to_ix["\n"]]
    return X, Y


ONE_LIST = "Expected two lists, X and Y; there is only one."


@exercise.mistake(ONE_LIST)
def only_x(name, char_to_ix):
    indices = [char_to_ix[c] for c in name]
    X = [None] + indices
    return X


@exercise.mistake(ONE_LIST)
def only_y(name, char_to_ix):
    indices = [char_to_ix[c] for c in name]
    Y = indices + [char_to_ix["\n"]]
    return Y


@exercise.right
def vectorised(name, char_to_ix):
    indices = [char_to_ix[c] for c in name]
    return [None] + indices, indices + [char_to_ix["\n"]]


@exercise.right
def loops(name, char_to_ix):
    X = [None]
    Y = []
    for c in name:
        X.append(char_to_ix[c])
        Y.append(char_to_ix[c])
    Y.append(char_to_ix["\n"])
    return X, Y


@exercise.right
def own_style(name, char_to_ix):
    X, Y = [None], []
    X.extend(char_to_ix[letter] for letter in name)
    Y.extend(X[1:])
    Y.append(char_to_ix["\n"])
    return (X, Y)


@exercise.right
def shifted(name, char_to_ix):
    answers = [char_to_ix[c] for c in (*name, "\n")]
    read = answers.copy()
    read.pop()
    read.insert(0, None)
    return read, answers


@exercise.right
def by_places(name, char_to_ix):
    Y = np.array([char_to_ix[c] for c in name] + [char_to_ix["\n"]]).tolist()
    X = [None if t == 0 else Y[t - 1] for t in range(len(Y))]
    return X, Y


NEWLINE = "\n"


@exercise.right
def unusual(name, char_to_ix):
    Y = list(map(char_to_ix.__getitem__, name + NEWLINE))
    X = [None, *Y][:-1]
    return [X, Y]
