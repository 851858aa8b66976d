"""Right answers to ps2_loss_at_init in array operations; later answers call earlier ones."""

import numpy as np


def softmax(logits):
    e = np.exp(logits - logits.max(axis=0, keepdims=True))
    return e / e.sum(axis=0, keepdims=True)


def cross_entropy(logits, labels):
    m = logits.shape[1]
    z = logits - logits.max(axis=0)
    correct = z[labels, np.arange(m)]
    return np.mean(np.log(np.exp(z).sum(axis=0)) - correct)


def expected_initial_loss(n_classes):
    return np.log(n_classes)


def class_frequencies(labels, n_classes):
    return (labels[:, None] == np.arange(n_classes)).mean(axis=0)


def bias_from_frequencies(frequencies):
    frequencies = np.asarray(frequencies)
    if np.any(frequencies <= 0):
        raise ValueError("frequencies must be positive")
    return np.log(frequencies)[:, np.newaxis]


def entropy(frequencies):
    f = np.asarray(frequencies, dtype=float)
    f = f[f > 0]
    return -f @ np.log(f)


def initialize_output_layer(n_features, frequencies, scale, rng):
    W = rng.standard_normal((len(frequencies), n_features)) * scale
    return W, bias_from_frequencies(frequencies)


def excess_initial_loss(logit_std, n_classes):
    return logit_std**2 / 2 * (1 - 1 / n_classes)


def initial_loss_regression(targets, loss, delta=1.0):
    if loss == "squared":
        return targets.mean(), targets.var()
    if loss == "absolute":
        return np.median(targets), np.abs(targets - np.median(targets)).mean()
    if loss != "huber":
        raise ValueError(loss)
    # Gradient descent with step 1; the slope of the mean loss is minus the mean clipped residual.
    bias = np.median(targets)
    for _ in range(50_000):
        step = np.clip(targets - bias, -delta, delta).mean()
        bias += step
        if abs(step) < 1e-13:
            break
    r = np.abs(targets - bias)
    return bias, np.where(r <= delta, r**2 / 2, delta * (r - delta / 2)).mean()


def initial_loss_ok(logits, labels, frequencies, tolerance=0.05):
    return np.abs(cross_entropy(logits, labels) - entropy(frequencies)) <= tolerance
