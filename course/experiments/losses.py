"""Cross-entropy, and the best constants of regression losses. Columns are examples."""

import numpy as np


def log_shares(logits):
    """Return the logarithm of the softmax of each column: what softmax gives, without overflow."""
    return logits - np.logaddexp.reduce(logits, axis=0)


def surprise(labels, logits):
    """Return ``-log p`` of each example's label, (m,), in nats; its mean is the loss."""
    return -log_shares(logits)[labels, np.arange(len(labels))]


def expected_surprise(f, p):
    """Return ``sum of -f log p`` in nats: what saying p costs where f is true.

    With p = f it is the entropy of f. What never occurs adds nothing.
    """
    occurs = f > 0
    return -(f[occurs] @ np.log(p[occurs]))


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
