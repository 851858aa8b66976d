"""Cross-entropy, and the best constants of regression losses. Columns are examples."""

import numpy as np


def log_shares(logits):
    """Return the logarithm of the softmax of each column: what softmax gives, without overflow."""
    return logits - np.logaddexp.reduce(logits, axis=0)


def surprise(labels, logits):
    """Return ``-log p`` of each example's label, (m,), in nats; its mean is the loss."""
    return -log_shares(logits)[labels, np.arange(len(labels))]


def entropy_of(f):
    """Return ``sum of -f log f`` in nats; what never occurs adds nothing."""
    f = np.asarray(f)[np.asarray(f) > 0]
    return -(f @ np.log(f))


CURVES = {  # of the residual; delta is that of Huber's loss
    "absolute": lambda r, delta: np.abs(r),
    "huber": lambda r, delta: np.where(
        np.abs(r) <= delta, r**2 / 2, delta * (np.abs(r) - delta / 2)
    ),
    "squared": lambda r, delta: r**2,
}


def mean_loss(targets, name, delta, constants):
    """Return the mean loss of predicting each of `constants` for all targets."""
    return np.array([np.mean(CURVES[name](targets - c, delta)) for c in constants])


def search(targets, name, delta, n_rounds=12):
    """Return the best constant and its mean loss, by looking ever closer round the best so far."""
    ends = np.array([targets.min(), targets.max()])
    for _ in range(n_rounds):
        grid = np.linspace(*ends, 41)
        means = mean_loss(targets, name, delta, grid)
        best = int(np.argmin(means))
        ends = grid[[max(best - 1, 0), min(best + 1, 40)]]
    return grid[best], means[best]
