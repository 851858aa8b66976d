"""Right answers to ps2_loss_at_init in unusual ways: warnings, prints, 0-d arrays, Box-Muller."""

# ruff: noqa: E731

import warnings

import numpy as np

TINY = np.finfo(float).tiny


def logsumexp(z):
    top = z.max(axis=0)
    return top + np.log(np.exp(z - top).sum(axis=0))


# The plain formula first, which overflows with a warning; its bad columns are done again.
def softmax(logits):
    e = np.exp(logits)
    p = e / np.sum(e, axis=0)
    total = e.sum(axis=0)
    for j in np.flatnonzero(~np.isfinite(total) | (total < 1e-200)):
        column = np.exp(logits[:, j] - logits[:, j].max())
        p[:, j] = column / column.sum()
    return p


# The product with a one-hot matrix picks the logit of each label; the result is a 0-d array.
def cross_entropy(logits, labels):
    one_hot = np.eye(logits.shape[0])[:, labels]
    picked = np.einsum("ij,ij->j", one_hot, logits)
    print("mean logit of the right class:", picked.mean())
    return np.array((logsumexp(logits) - picked).mean())


expected_initial_loss = lambda n_classes: -float(np.log(1 / n_classes))


def class_frequencies(labels, n_classes):
    warnings.warn("counting by histogram", stacklevel=2)
    counts, _ = np.histogram(labels, bins=np.arange(n_classes + 1) - 0.5)
    return counts / counts.sum()


# Centred: the bias is only defined up to a constant.
def bias_from_frequencies(frequencies):
    f = np.array(frequencies, dtype=float, ndmin=2).T
    if f.min() <= 0:
        raise ValueError
    b = np.log(f)
    return b - b.mean()


def entropy(frequencies):
    f = np.array(frequencies, dtype=float)
    with_warning = f * np.log(f)  # NumPy warns here when a frequency is 0
    return np.array(-np.nansum(with_warning))


def box_muller(rng, shape):
    radius = np.sqrt(-2 * np.log(1 - rng.random(shape)))
    return radius * np.cos(2 * np.pi * rng.random(shape))


def initialize_output_layer(n_features, frequencies, scale, rng):
    print("drawing", len(frequencies), "x", n_features, "weights")
    W = scale * box_muller(rng, (n_features, len(frequencies))).T
    b = np.log(np.asarray(frequencies)).reshape(-1, 1)
    return [W, b - b[0]]


excess_initial_loss = lambda logit_std, n_classes: (
    0.5 * (logit_std * logit_std - logit_std * logit_std / n_classes)
)


def huber(r, delta):
    a = np.minimum(np.abs(r), delta)
    return a * (np.abs(r) - a / 2)


# The slope of the Huber loss is piecewise linear in the prediction: it is zero between two
# neighbouring corners, and there a straight line gives the place exactly.
def best_huber_constant(targets, delta):
    corners = np.unique(np.concatenate([targets - delta, targets + delta]))
    slope = np.clip(targets[None, :] - corners[:, None], -delta, delta).mean(axis=1)
    return np.interp(0.0, slope[::-1], corners[::-1])


LOSSES = {
    "squared": (lambda t, d: t.mean(), lambda r, d: r**2),
    "absolute": (lambda t, d: np.median(t), lambda r, d: np.abs(r)),
    "huber": (best_huber_constant, huber),
}


def initial_loss_regression(targets, loss, delta=1.0):
    try:
        best, cost = LOSSES[loss]
    except KeyError:
        raise ValueError(f"no loss called {loss}") from None
    targets = np.array(targets, dtype=float)
    bias = best(targets, delta)
    return [np.array(bias), np.array(np.mean(cost(targets - bias, delta)))]


def initial_loss_ok(logits, labels, frequencies, tolerance=0.05):
    f = np.maximum(frequencies, TINY)
    target = -(f * np.log(f)).sum()
    loss = float(cross_entropy(logits, labels))
    return bool(target - tolerance <= loss <= target + tolerance)
