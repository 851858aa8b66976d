"""What a network's loss is before the first step: computations of lesson 02.

Columns are examples, losses are in nats. The classes are the 27 characters of the list of
dinosaur names: the newline (0) and the letters.
"""

from pathlib import Path

import numpy as np

from .letters import as_pair, as_targets, numbered, unrolled
from .losses import expected_surprise, log_shares, surprise

NAMES = Path(__file__).parents[2] / "data" / "dinosaurs.txt"


def load_names():
    """Return the names of `data/dinosaurs.txt`, without their newlines."""
    return NAMES.read_text(encoding="ascii").split()


def next_characters(names):
    """Return every character that a model of `names` has to predict, newlines included.

    Returns
    -------
    (m,) ndarray of int
    """
    number = numbered(names)
    return np.concatenate([as_targets(number, name) for name in names])


def character_windows(names, length=3):
    """Return the `length` characters before each character, one-hot, and that character.

    The characters before the start of a name are newlines.

    Returns
    -------
    X : (length * C, m) ndarray
    labels : (m,) ndarray of int
    """
    number = numbered(names)
    n_classes = len(number)
    padded = [[0] * length + as_targets(number, name) for name in names]
    windows = np.array(
        [row[t : t + length + 1] for row in padded for t in range(len(row) - length)]
    )
    X = np.eye(n_classes)[windows[:, :length]].reshape(len(windows), -1).T
    return X, windows[:, length]


def relu_features(X, n_hidden, rng):
    """Return a random ReLU layer's output, its mean square near 1.

    He's variance is 2 over the number of inputs; of the one-hot inputs here only as many
    are not zero as a window has characters, so that this number takes the fan-in's place.

    Returns
    -------
    (n_hidden, m) ndarray
    """
    n_active = np.sum(X[:, 0])
    W = rng.normal(scale=np.sqrt(2 / n_active), size=(n_hidden, len(X)))
    return np.maximum(0, W @ X)


def mean_probabilities(X, n_hidden, scale, n_networks, n_classes, rng):
    """Return each class's probability, averaged over the examples, for fresh networks.

    Returns
    -------
    (n_networks, C) ndarray
    """
    rows = []
    for _ in range(n_networks):
        Z = relu_features(X, n_hidden, rng)
        W = rng.normal(scale=scale, size=(n_classes, n_hidden))
        rows.append(np.exp(log_shares(W @ Z)).mean(axis=1))
    return np.array(rows)


def excess_over(frequencies, logit_std, rng, n_examples=20_000):
    """Measure how far the loss lies above the entropy of `frequencies`, in nats.

    The logits are ``log f`` plus independent normal numbers. Each class counts as the
    label in proportion to its frequency, which takes the labels' luck out.

    Parameters
    ----------
    frequencies : (C,) ndarray
    logit_std : float
    rng : numpy.random.Generator
    n_examples : int, optional

    Returns
    -------
    float
    """
    noise = rng.normal(scale=logit_std, size=(len(frequencies), n_examples))
    logits = np.log(frequencies)[:, None] + noise
    return -np.mean(frequencies @ log_shares(logits)) - expected_surprise(frequencies, frequencies)


def jensen_gap(logit_std, n_classes, rng, n_examples=20_000):
    """Measure how far the mean loss of normal logits lies above ``log n``, in nats."""
    return excess_over(np.full(n_classes, 1 / n_classes), logit_std, rng, n_examples)


def rnn_initial_loss(names, params):
    """Return the loss of a character RNN on `names`, in nats per character.

    The newline that ends a name counts as a character.
    """
    number = numbered(names)
    total = sum(unrolled(params, *as_pair(number, name))[0] for name in names)
    return total / sum(len(name) + 1 for name in names)


def losses_by_scale(Z, labels, n_classes, scales, n_networks, rng):
    """Return the loss of fresh last layers on `Z`, each at all of `scales`.

    Parameters
    ----------
    Z : (n_hidden, m) ndarray
    labels : (m,) ndarray of int
    n_classes : int
    scales : sequence of float
        Standard deviations; one draw is multiplied by each in turn.
    n_networks : int
    rng : numpy.random.Generator

    Returns
    -------
    (n_networks, len(scales)) ndarray
        In nats.
    """
    draws = [rng.standard_normal((n_classes, len(Z))) @ Z for _ in range(n_networks)]
    return np.array([[surprise(labels, scale * V).mean() for scale in scales] for V in draws])
