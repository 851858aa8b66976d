"""Exponentially weighted averages of a loss, for lesson 3."""

import numpy as np


def average(v_0, beta, losses):
    """Yield the average after each of the losses, from the start `v_0` on."""
    v = v_0
    for each in losses:
        v = v * beta + each * (1 - beta)
        yield v


def averaged(v_0, beta, losses):
    """Return what `average` yields as an array."""
    return np.fromiter(average(v_0, beta, losses), float, len(losses))


def corrected(beta, losses):
    """Return the average from 0 over the weight that the losses have so far."""
    return averaged(0.0, beta, losses) / -np.expm1(np.arange(1, len(losses) + 1) * np.log(beta))


def shares(beta, n):
    """Return the weights in the average after n losses: of the start, and of each loss."""
    of_losses = (1 - beta) * beta ** np.arange(n)[::-1]
    return beta**n, of_losses


def steps_until(left, beta):
    """Return after how many steps the start's weight is at most `left`."""
    return int(np.ceil(np.log(left) / np.log(beta)))
