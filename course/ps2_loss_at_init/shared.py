"""What several exercises of this assignment need."""

import numpy as np

ROOM = 4e-15  # eighteen roundings


def room_of(logits):
    """Return by how much what follows from logits may be off.

    A float near z is rounded by up to 1e-16 z, and so is a logarithm of exponentials, however it
    is computed; of an exponential that is the relative error.
    """
    return ROOM * (10 + float(np.max(np.abs(logits))))


def draw_frequencies(rng, n_classes):
    """Draw unbalanced class frequencies, of up to ten classes none below 0.2 %.

    Returns
    -------
    (n_classes,) ndarray
    """
    draws = rng.uniform(0.1, 2.0, n_classes) ** 2 + 0.05
    return draws / draws.sum()
