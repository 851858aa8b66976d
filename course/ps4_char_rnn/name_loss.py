"""Minus the log-probability that the network writes a name."""

import numpy as np

from autograder.model import Exercise

from .encode import encode
from .rnn_forward import rnn_forward

exercise = Exercise(points=2)


@exercise.reference
def name_loss(name, params, char_to_ix):
    """Return ``-log`` of the probability of exactly this name, newline included, in nats.

    Parameters
    ----------
    name : str
    params : dict of ndarray
    char_to_ix : dict of str to int

    Returns
    -------
    float
    """
    return rnn_forward(*encode(name, char_to_ix), np.zeros_like(params["b"]), params)[0]


@exercise.cases
def cases(rng):
    yield from ()
