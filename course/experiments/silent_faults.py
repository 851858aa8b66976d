"""Cross-entropies with one fault each, and what a check at the start sees of it.

Columns are examples; every loss takes `logits` (C, m) and `labels` (m,) as the right one
does and returns a float.
"""

import numpy as np

from course.ps2_loss_at_init.reference import cross_entropy, log_softmax, softmax


def softmax_twice(logits, labels):
    """Treat probabilities as logits: the model ends in softmax, the loss has its own."""
    return cross_entropy(softmax(logits), labels)


def guarded_logarithm(logits, labels):
    """Add 1e-8 inside the logarithm, against a logarithm of zero."""
    return -np.mean(np.log(softmax(logits)[labels, np.arange(len(labels))] + 1e-8))


def summed(logits, labels):
    """Add the examples up where the mean is meant."""
    return cross_entropy(logits, labels) * len(labels)


def base_two(logits, labels):
    """Count in bits."""
    return cross_entropy(logits, labels) / np.log(2)


def wrong_axis(logits, labels):
    """Normalise over the examples instead of the classes."""
    return -np.mean(log_softmax(logits.T).T[labels, np.arange(len(labels))])


def unshifted(logits, labels):
    """Take exponentials without subtracting the maximum first."""
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
        shares = np.exp(logits) / np.sum(np.exp(logits), axis=0)
        return -np.mean(np.log(shares[labels, np.arange(len(labels))]))


LOSSES = {
    "right": cross_entropy,
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
        name: tuple(float(loss(each, labels)) + 0.0 for each in (logits, right, wrong))
        for name, loss in LOSSES.items()
    }  # + 0.0 turns -0.0 into 0.0


def slope_at_label(loss, logits, labels, step=1e-3):
    """Return the derivative of `loss` by the logit of the first example's label.

    A central difference: its error is of the order of ``step**2``.
    """
    up, down = logits.copy(), logits.copy()
    up[labels[0], 0] += step
    down[labels[0], 0] -= step
    return (loss(up, labels) - loss(down, labels)) / (2 * step)


def logit_gradient(logits, labels, twice):
    """Return the derivative of the mean loss by the logits, with one softmax or two."""
    target = np.eye(len(logits))[:, labels]
    P = softmax(logits)
    if not twice:
        return (P - target) / len(labels)
    dP = (softmax(P) - target) / len(labels)
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
    loss = softmax_twice if twice else cross_entropy
    W1 = rng.normal(scale=np.sqrt(2 / np.sum(X[:, 0])), size=(n_hidden, len(X)))
    W2 = rng.normal(scale=0.01, size=(n_classes, n_hidden))
    losses = np.empty(n_steps)
    for step in range(n_steps):
        Z = np.maximum(0, W1 @ X)  # (n_hidden, m)
        logits = W2 @ Z  # (C, m)
        losses[step] = loss(logits, labels)
        dlogits = logit_gradient(logits, labels, twice)
        dW1 = ((W2.T @ dlogits) * (Z > 0)) @ X.T
        W2 = W2 - learning_rate * dlogits @ Z.T
        W1 = W1 - learning_rate * dW1
    logits = W2 @ np.maximum(0, W1 @ X)
    return losses, np.mean(np.argmax(logits, axis=0) == labels)
