"""What the network reads and what it should answer, step by step."""

from autograder.model import Exercise

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
    yield from ()
