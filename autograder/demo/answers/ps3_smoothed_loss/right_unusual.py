"""Right answers to ps3_smoothed_loss in unusual ways: matrices, recursion, prints, warnings."""

# ruff: noqa: E731

import warnings
from functools import reduce
from itertools import accumulate

import numpy as np

get_initial_loss = lambda vocab_size, seq_length: np.array(np.log(vocab_size) * seq_length)


def informed_start(names, vocab_size):
    text = "\n".join(names) + "\n"
    print(len(text), "characters in", len(names), "names")
    return float(np.log(vocab_size)) * len(text) / len(names)


smooth = lambda loss, cur_loss, beta=0.999: np.dot([beta, 1 - beta], [loss, cur_loss])


def smooth_sequence(losses, initial, beta=0.999):
    values = accumulate(losses, lambda v, x: smooth(v, x, beta), initial=initial)
    return np.fromiter(values, dtype=float)[1:]


# The weight of every loss in every average, as a triangular matrix.
def weight_matrix(n, beta):
    step = np.arange(n)
    age = step[:, None] - step[None, :]
    return np.tril((1.0 - beta) * np.power(float(beta), np.abs(age)))


# A weighted mean: the correction divides by the sum of the weights.
def bias_corrected(losses, beta=0.999):
    warnings.warn("quadratic in the number of losses", stacklevel=2)
    weights = weight_matrix(len(losses), beta)
    return weights @ np.array(losses) / weights.sum(axis=1)


# What an average of zeros with a single one in it comes to.
def ewa_weights(n_steps, beta):
    unit = np.eye(n_steps + 1)
    return np.array([reduce(lambda v, x: smooth(v, x, beta), row[1:], row[0]) for row in unit])


def effective_window(beta):
    return np.float64(1.0) / np.float64(1.0 - beta)


def steps_to_forget(beta, tolerance=0.01):
    high = 1
    while beta**high > tolerance:
        high *= 2
    low = 0
    while low < high:
        middle = (low + high) // 2
        if beta**middle <= tolerance:
            high = middle
        else:
            low = middle + 1
    return np.int64(low)


# A straight line through beta: solved as a system of one equation.
def recover_raw_loss(previous, smoothed, beta=0.999):
    solution = np.linalg.solve([[1.0 - beta]], [smoothed - beta * previous])
    return solution[0]


STARTS = ("raw", "zero", "corrected", "informed")


def compare_starts(losses, initial, beta=0.999):
    zero = smooth_sequence(losses, 0.0, beta)
    powers = np.cumprod(np.full(len(losses), beta))
    arrays = (np.array(losses), zero, zero / (1 - powers), zero + powers * initial)
    return dict(zip(reversed(STARTS), reversed(arrays), strict=True))
