"""Reference answers of `ps2_loss_at_init`: the loss at initialization.

Columns are examples: logits are (C, m), C classes and m examples. Losses are in nats.
"""

import numpy as np


def log_softmax(logits):
    """Return the logarithm of the softmax of each column.

    Parameters
    ----------
    logits : (C, m) ndarray

    Returns
    -------
    (C, m) ndarray
        ``logits - log(sum(exp(logits)))`` by column, computed after subtracting the
        column's maximum, so that no exponential overflows (Blanchard, Higham and
        Higham 2021, eq. 1.3).
    """
    shifted = logits - np.max(logits, axis=0, keepdims=True)
    return shifted - np.log(np.sum(np.exp(shifted), axis=0, keepdims=True))


def softmax(logits):
    """Return class probabilities, each column its own.

    Parameters
    ----------
    logits : (C, m) ndarray

    Returns
    -------
    (C, m) ndarray
    """
    return np.exp(log_softmax(logits))


def cross_entropy(logits, labels):
    """Return the mean cross-entropy of ``softmax(logits)`` against `labels`, in nats.

    Parameters
    ----------
    logits : (C, m) ndarray
    labels : (m,) ndarray of int

    Returns
    -------
    float
    """
    return -np.mean(log_softmax(logits)[labels, np.arange(len(labels))])


def expected_initial_loss(n_classes):
    """Return the cross-entropy of a uniform guess among `n_classes`, in nats."""
    return np.log(n_classes)


def class_frequencies(labels, n_classes):
    """Return the share of each class.

    Parameters
    ----------
    labels : (m,) ndarray of int
    n_classes : int

    Returns
    -------
    (C,) ndarray
    """
    return np.bincount(labels, minlength=n_classes) / len(labels)


def bias_from_frequencies(frequencies):
    """Return the output bias whose softmax is `frequencies` (Lin et al. 2017, section 4.1).

    Parameters
    ----------
    frequencies : (C,) ndarray

    Returns
    -------
    (C, 1) ndarray

    Raises
    ------
    ValueError
        If any frequency is not positive: its bias would be minus infinity.
    """
    frequencies = np.asarray(frequencies, dtype=float)
    if not np.all(frequencies > 0):
        raise ValueError("every frequency must be positive; smooth the counts first")
    return np.log(frequencies).reshape(-1, 1)


def entropy(frequencies):
    """Return ``-sum f log f`` in nats, with ``0 log 0 = 0``.

    Parameters
    ----------
    frequencies : (C,) ndarray

    Returns
    -------
    float
    """
    occurring = np.asarray(frequencies)[np.asarray(frequencies) > 0]
    return -np.sum(occurring * np.log(occurring))


def initialize_output_layer(n_features, frequencies, scale, rng):
    """Return a last layer that starts by predicting the class frequencies.

    Parameters
    ----------
    n_features : int
    frequencies : (C,) ndarray
        All positive.
    scale : float
        Standard deviation of the weights.
    rng : numpy.random.Generator or numpy.random.RandomState

    Returns
    -------
    W : (C, n_features) ndarray
    b : (C, 1) ndarray
    """
    W = rng.normal(scale=scale, size=(len(frequencies), n_features))
    return W, bias_from_frequencies(frequencies)


def excess_initial_loss(logit_std, n_classes):
    """Return, to second order, how far the loss starts above ``log(n_classes)``, in nats.

    For independent logits of spread s the mean of ``log(sum(exp))`` exceeds ``log n``
    by ``s**2/2 * (1 - 1/n)`` plus terms of fourth order.
    """
    return logit_std**2 / 2 * (1 - 1 / n_classes)


def huber(residuals, delta):
    """Return the Huber loss of each residual (Huber 1964, section 2)."""
    size = np.abs(residuals)
    return np.where(size <= delta, size**2 / 2, delta * (size - delta / 2))


def huber_location(targets, delta):
    """Return the constant with the smallest mean Huber loss, found by bisection.

    The derivative, the mean of the clipped residuals, is continuous and monotone. Where it
    is zero on an interval, any point of the interval is a minimum.
    """
    low, high = np.min(targets), np.max(targets)
    for _ in range(200):
        middle = (low + high) / 2
        if np.mean(np.clip(targets - middle, -delta, delta)) > 0:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def initial_loss_regression(targets, loss, delta=1.0):
    """Return the best constant prediction and the mean loss it has.

    Parameters
    ----------
    targets : (m,) ndarray
    loss : {"squared", "absolute", "huber"}
    delta : float, optional
        Where the Huber loss turns from quadratic to linear.

    Returns
    -------
    bias : float
    expected_loss : float

    Raises
    ------
    ValueError
        If `loss` is any other name.
    """
    targets = np.asarray(targets, dtype=float)
    if loss == "squared":
        return np.mean(targets), np.var(targets)
    if loss == "absolute":
        bias = np.median(targets)
        return bias, np.mean(np.abs(targets - bias))
    if loss == "huber":
        bias = huber_location(targets, delta)
        return bias, np.mean(huber(targets - bias, delta))
    raise ValueError(f"unknown loss {loss!r}: squared, absolute or huber")


def initial_loss_ok(logits, labels, frequencies, tolerance=0.05):
    """Return whether the loss at initialization is the entropy of `frequencies`.

    Parameters
    ----------
    logits : (C, m) ndarray
    labels : (m,) ndarray of int
    frequencies : (C,) ndarray
    tolerance : float, optional
        Largest difference accepted, in nats, on either side.

    Returns
    -------
    bool
    """
    return bool(abs(cross_entropy(logits, labels) - entropy(frequencies)) <= tolerance)
