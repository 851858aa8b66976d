"""Cross-entropies with one fault each, and what a check at the start sees of it.

Columns are examples; every loss takes `labels` (m,) and `logits` (C, m) as the right one
does and returns a float.
"""

import numpy as np

from .losses import log_shares, surprise


def right(labels, logits):
    """Take the mean of the surprise."""
    return np.mean(surprise(labels, logits))


def softmax_twice(labels, logits):
    """Treat probabilities as logits: the model ends in softmax, the loss has its own."""
    return right(labels, np.exp(log_shares(logits)))


def guarded_logarithm(labels, logits):
    """Add 1e-8 inside the logarithm, against a logarithm of zero."""
    return -np.log(np.exp(-surprise(labels, logits)) + 1e-8).mean()


def summed(labels, logits):
    """Add the examples up where the mean is meant."""
    return np.sum(surprise(labels, logits))


def base_two(labels, logits):
    """Count in bits."""
    return right(labels, logits) / np.log(2)


def wrong_axis(labels, logits):
    """Normalise over the examples instead of the classes."""
    return -log_shares(logits.T).T[labels, np.arange(len(labels))].mean()


def unshifted(labels, logits):
    """Take exponentials without subtracting the maximum first."""
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
        powers = np.exp(logits)
        return np.mean(np.log(powers.sum(axis=0) / powers[labels, np.arange(len(labels))]))


LOSSES = {
    "right": right,
    "softmax twice": softmax_twice,
    "log(p + 1e-8)": guarded_logarithm,
    "no shift": unshifted,
    "sum for mean": summed,
    "log base 2": base_two,
    "wrong axis": wrong_axis,
}


def sure(labels, n_classes, size):
    """Return logits that are `size` at the given labels and 0 elsewhere."""
    logits = np.zeros((n_classes, len(labels)))
    logits[labels, np.arange(len(labels))] = size
    return logits


def fault_table(logits, labels, size=800.0):
    """Compare the losses at the start, when sure and right, and when sure and wrong.

    Returns
    -------
    dict of str to tuple of float
        For each loss its value on `logits`, on logits that are `size` at the label, and on
        logits that are `size` at the class after it.
    """
    n_classes = len(logits)
    right = sure(labels, n_classes, size)
    wrong = sure((labels + 1) % n_classes, n_classes, size)
    return {
        name: tuple(float(loss(labels, each)) + 0.0 for each in (logits, right, wrong))
        for name, loss in LOSSES.items()
    }  # + 0.0 turns -0.0 into 0.0


def slope_at_label(loss, logits, labels, step=1e-3):
    """Return the derivative of `loss` by the logit of the first example's label.

    A central difference: its error is of the order of ``step**2``.
    """
    up, down = logits.copy(), logits.copy()
    up[labels[0], 0] += step
    down[labels[0], 0] -= step
    return (loss(labels, up) - loss(labels, down)) / (2 * step)


def logit_gradient(logits, labels, twice):
    """Return the derivative of the mean loss by the logits, with one softmax or two."""
    target = np.eye(len(logits))[:, labels]
    P = np.exp(log_shares(logits))
    if not twice:
        return (P - target) / len(labels)
    dP = (np.exp(log_shares(P)) - target) / len(labels)
    return P * (dP - np.sum(P * dP, axis=0))


def distinct_examples(X, labels, n_examples, rng):
    """Draw examples of which no two have the same input, so that all can be learnt.

    Returns
    -------
    X : (n_0, n_examples) ndarray
    labels : (n_examples,) ndarray of int
    """
    _, first = np.unique(X, axis=1, return_index=True)
    chosen = rng.permutation(first)[:n_examples]
    return X[:, chosen], labels[chosen]


def overfit_batch(X, labels, n_classes, twice, rng, n_steps=600, learning_rate=0.5, n_hidden=100):
    """Train a ReLU network on a few examples until it knows them by heart, if it can.

    Parameters
    ----------
    X : (n_0, m) ndarray
    labels : (m,) ndarray of int
    n_classes : int
    twice : bool
        Whether the loss takes the softmax of the softmax.
    rng : numpy.random.Generator
    n_steps, learning_rate, n_hidden : optional

    Returns
    -------
    losses : (n_steps,) ndarray
        The loss before each step, as the training itself would print it.
    accuracy : float
        Share of the examples whose most likely class is the label, after the last step.
    """
    loss = softmax_twice if twice else right
    W1 = rng.normal(scale=np.sqrt(2 / np.sum(X[:, 0])), size=(n_hidden, len(X)))
    W2 = rng.normal(scale=0.01, size=(n_classes, n_hidden))
    losses = np.empty(n_steps)
    for step in range(n_steps):
        Z = np.maximum(0, W1 @ X)  # (n_hidden, m)
        logits = W2 @ Z  # (C, m)
        losses[step] = loss(labels, logits)
        dlogits = logit_gradient(logits, labels, twice)
        dW1 = ((W2.T @ dlogits) * (Z > 0)) @ X.T
        W2 = W2 - learning_rate * dlogits @ Z.T
        W1 = W1 - learning_rate * dW1
    logits = W2 @ np.maximum(0, W1 @ X)
    return losses, np.mean(np.argmax(logits, axis=0) == labels)
