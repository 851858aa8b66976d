"""A net that predicts the next character, at several widths and under two rules for its start.

The net of lesson 2 with a second hidden layer: 81 inputs, two ReLU layers of `width` units, 27
logits, no biases. Columns are examples.
"""

import numpy as np

from .adam import Adam
from .losses import log_shares

BASE = 64  # the width at which both rules are the same
LAYERS = ("W1", "W2", "W3")
N_CLASSES, N_ON = 27, 3  # of the inputs three are 1
# By rule, for each layer the powers of width / BASE in the weights' spread and in Adam's rate.
RULES = {
    "standard": ((0, 0), (-1 / 2, 0), (-1 / 2, 0)),
    "muP": ((0, 0), (-1 / 2, -1), (-1, -1)),  # Yang et al. 2022, arXiv 2203.03466, table 3
}


def start(width, rule, rng):
    """Return weights at He's scale for `BASE` units, carried over to `width` by a rule."""
    sizes = {"W1": (width, 81), "W2": (width, width), "W3": (N_CLASSES, width)}
    spreads = np.sqrt([2 / N_ON, 2 / BASE, 1 / BASE])
    return {
        name: rng.standard_normal(sizes[name], np.float32)
        * np.float32(spread * (width / BASE) ** power)
        for name, spread, (power, _) in zip(LAYERS, spreads, RULES[rule], strict=True)
    }


def rates(rate, width, rule):
    """Return the rate of each array."""
    powers = [power for _, power in RULES[rule]]
    return {name: rate * (width / BASE) ** p for name, p in zip(LAYERS, powers, strict=True)}


def layers(net, X):
    """Return both hidden layers and the logits."""
    first = np.maximum(net["W1"] @ X, 0)
    second = np.maximum(net["W2"] @ first, 0)
    return first, second, net["W3"] @ second


def slopes(net, X, labels):
    """Return the mean cross-entropy in nats, and its derivative by each array."""
    first, second, logits = layers(net, X)
    log_q, every = log_shares(logits), np.arange(labels.size)
    back = np.exp(log_q)
    back[labels, every] -= 1
    back /= labels.size
    d = {"W3": back @ second.T}
    back = (net["W3"].T @ back) * (second > 0)
    d["W2"] = back @ first.T
    back = (net["W2"].T @ back) * (first > 0)
    d["W1"] = back @ X.T
    return -log_q[labels, every].mean(), d


def changes(width, rule, rate, X, labels, n_steps=5, seed=0):
    """Return by how much each layer's output has moved after some steps of Adam on one batch.

    Returns
    -------
    (3,) ndarray
        Root mean square of the change, of the hidden layers and of the logits.
    """
    net = start(width, rule, np.random.default_rng(seed))
    before, adam = layers(net, X), Adam(net)
    for _ in range(n_steps):
        adam.step(slopes(net, X, labels)[1], rates(rate, width, rule))
    moved = zip(before, layers(net, X), strict=True)
    return np.array([np.sqrt(np.mean((new - old) ** 2)) for old, new in moved])


def trained(width, rule, rate, X, labels, n_steps, batch=64, seed=0):
    """Train by Adam and return the cost over the last 20 batches, in nats."""
    rng = np.random.default_rng(seed)
    net, costs = start(width, rule, rng), []
    adam, speed = Adam(net), rates(rate, width, rule)
    for _ in range(n_steps):
        some = rng.integers(0, labels.size, batch)
        cost, d = slopes(net, X[:, some], labels[some])
        costs.append(cost)
        adam.step(d, speed)
    return np.mean(costs[-20:])


def step_sizes(rate, X, labels, n_steps, width=BASE, batch=64, seed=0):
    """Descend without Adam; compare each step with the weights that it changes.

    Returns
    -------
    ratios : (n_steps, 3) ndarray
        Spread of the step over spread of the weights, for each array.
    costs : (n_steps,) ndarray
        In nats.
    """
    rng = np.random.default_rng(seed)
    net, ratios, costs = start(width, "standard", rng), [], []
    for _ in range(n_steps):
        some = rng.integers(0, labels.size, batch)
        cost, d = slopes(net, X[:, some], labels[some])
        costs.append(cost)
        ratios.append([rate * d[name].std() / net[name].std() for name in LAYERS])
        for name in LAYERS:
            net[name] -= rate * d[name]
    return np.array(ratios), np.array(costs)
