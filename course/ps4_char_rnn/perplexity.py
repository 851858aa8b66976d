"""How many equally likely characters a loss amounts to."""

import numpy as np

from autograder.model import Exercise

exercise = Exercise(points=1)


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
    yield from ()
