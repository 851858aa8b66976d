"""Right answers to ps2_loss_at_init in plain loops and lists."""

# ruff: noqa: SIM103

import math

import numpy as np


def softmax(logits):
    n_classes, m = logits.shape
    probabilities = np.zeros((n_classes, m))
    for j in range(m):
        largest = max(logits[i, j] for i in range(n_classes))
        total = 0.0
        for i in range(n_classes):
            probabilities[i, j] = math.exp(logits[i, j] - largest)
            total += probabilities[i, j]
        for i in range(n_classes):
            probabilities[i, j] /= total
    return probabilities


def cross_entropy(logits, labels):
    total = 0.0
    for j, label in enumerate(labels):
        column = [float(z) for z in logits[:, j]]
        largest = max(column)
        log_sum = largest + math.log(sum(math.exp(z - largest) for z in column))
        total += log_sum - column[label]
    return total / len(labels)


def expected_initial_loss(n_classes):
    loss = 0.0
    for _ in range(n_classes):
        loss -= 1 / n_classes * math.log(1 / n_classes)
    return loss


def class_frequencies(labels, n_classes):
    counts = [0] * n_classes
    for label in labels:
        counts[label] += 1
    return np.array([count / len(labels) for count in counts])


def bias_from_frequencies(frequencies):
    rows = []
    for f in frequencies:
        if f <= 0:
            raise ValueError("a class that never occurs has no finite bias")
        rows.append([math.log(f)])
    return np.array(rows)


def entropy(frequencies):
    total = 0.0
    for f in frequencies:
        if f == 0:
            continue
        total -= f * math.log(f)
    return total


def initialize_output_layer(n_features, frequencies, scale, rng):
    n_classes = len(frequencies)
    W = np.zeros((n_classes, n_features))
    for i in range(n_classes):
        for j in range(n_features):
            W[i, j] = rng.normal(0, scale)
    b = np.zeros((n_classes, 1))
    for i in range(n_classes):
        b[i, 0] = math.log(frequencies[i])
    return W, b


def excess_initial_loss(logit_std, n_classes):
    variance = logit_std * logit_std
    second_order = variance / 2
    correction = (n_classes - 1) / n_classes
    return second_order * correction


def huber_slope(targets, c, delta):
    total = 0.0
    for t in targets:
        total += max(-delta, min(delta, t - c))
    return total


def initial_loss_regression(targets, loss, delta=1.0):
    ordered = sorted(float(t) for t in targets)
    m = len(ordered)
    if loss == "squared":
        bias = sum(ordered) / m
        return bias, sum((t - bias) ** 2 for t in ordered) / m
    elif loss == "absolute":
        half = m // 2
        bias = ordered[half] if m % 2 == 1 else (ordered[half - 1] + ordered[half]) / 2
        return bias, sum(abs(t - bias) for t in ordered) / m
    elif loss == "huber":
        low, high = ordered[0], ordered[-1]
        for _ in range(100):
            bias = (low + high) / 2
            if huber_slope(ordered, bias, delta) > 0:
                low = bias
            else:
                high = bias
        total = 0.0
        for t in ordered:
            r = abs(t - bias)
            if r <= delta:
                total += r**2 / 2
            else:
                total += delta * (r - delta / 2)
        return bias, total / m
    else:
        raise ValueError("loss must be squared, absolute or huber, not " + str(loss))


def initial_loss_ok(logits, labels, frequencies, tolerance=0.05):
    difference = cross_entropy(logits, labels) - entropy(frequencies)
    if difference > tolerance:
        return False
    if difference < -tolerance:
        return False
    return True
