"""Numbers for the characters that occur, and the way back."""

from autograder.model import Exercise

exercise = Exercise(points=2)


@exercise.reference
def build_vocabulary(names):
    """Number the characters: the newline is 0, then the characters that occur, sorted.

    Parameters
    ----------
    names : list of str

    Returns
    -------
    char_to_ix : dict of str to int
    ix_to_char : dict of int to str
    """
    characters = ["\n", *sorted(set("".join(names)) - {"\n"})]
    return ({c: i for i, c in enumerate(characters)}, dict(enumerate(characters)))


@exercise.cases
def cases(rng):
    yield from ()
