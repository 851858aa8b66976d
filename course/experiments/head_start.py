"""What a good start of the last layer is worth to the character RNN, step by step."""

import numpy as np

from .letters import random_weights
from .loss_at_init import next_characters
from .names_training import N_UNITS, start_parameters, train_on_names

N_CHARACTERS = 27
SMALL = 0.01


def log_frequencies(names):
    """Return the logarithm of each character's share among the names' characters, as a column."""
    counts = np.bincount(next_characters(names), minlength=N_CHARACTERS)
    return np.log(counts / counts.sum()).reshape(-1, 1)


def small_starts(names, seed=1):
    """Return the assignment's start with two output biases: zero, and log f."""
    net = start_parameters(seed=seed)
    return {"by = 0": net, "by = log f": {**net, "by": log_frequencies(names)}}


def large_starts(names, seed=1):
    """Return starts at scale 1, mended one part after the other.

    Returns
    -------
    dict of dict of ndarray
        All at scale 1; then with a small last layer; then with the bias log f; then with the
        recurrent weights over the root of their number.
    """
    net = random_weights(np.random.RandomState(seed), N_UNITS, N_CHARACTERS, 1.0)
    quiet = {**net, "Wya": SMALL * net["Wya"]}
    informed = {**quiet, "by": log_frequencies(names)}
    calm = {**informed, "Waa": net["Waa"] / np.sqrt(N_UNITS)}
    return {
        "all at scale 1": net,
        "small last layer": quiet,
        "and by = log f": informed,
        "and Waa / sqrt(50)": calm,
    }


def curve(names, net, n_steps, steps, window=100):
    """Train and return the mean loss per character over the last `window` steps at each step.

    Parameters
    ----------
    names : list of str
    net : dict of ndarray
        The start.
    n_steps : int
    steps : sequence of int
        Where to look.
    window : int, optional

    Returns
    -------
    list of float
        In nats per character.
    """
    result = train_on_names(names, n_steps, start=net)
    return [result.recent(step, min(window, step)) for step in steps]
