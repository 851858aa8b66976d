"""Right answers to ps3_smoothed_loss in plain loops and lists."""

import math

import numpy as np


def get_initial_loss(vocab_size, seq_length):
    return -math.log(1 / vocab_size) * seq_length


def informed_start(names, vocab_size):
    characters = 0
    for name in names:
        for _ in name:
            characters += 1
        characters += 1  # the newline
    return math.log(vocab_size) * characters / len(names)


def smooth(loss, cur_loss, beta=0.999):
    return beta * loss + (1 - beta) * cur_loss


def smooth_sequence(losses, initial, beta=0.999):
    result = []
    value = initial
    for loss in losses:
        value = value * beta + loss * (1 - beta)
        result.append(value)
    return np.array(result)


def bias_corrected(losses, beta=0.999):
    corrected = np.zeros(len(losses))
    value = 0.0
    power = 1.0
    for t in range(len(losses)):
        value = beta * value + (1 - beta) * losses[t]
        power *= beta
        corrected[t] = value / (1 - power)
    return corrected


def ewa_weights(n_steps, beta):
    weights = np.zeros(n_steps + 1)
    weights[0] = 1.0
    for t in range(1, n_steps + 1):
        for i in range(t):
            weights[i] *= beta
        weights[t] = 1 - beta
    return weights


def effective_window(beta):
    return 1 / (1 - beta)


def steps_to_forget(beta, tolerance=0.01):
    t = 0
    weight = 1.0
    while weight > tolerance:
        weight *= beta
        t += 1
    return t


def recover_raw_loss(previous, smoothed, beta=0.999):
    return (smoothed - beta * previous) / (1 - beta)


def compare_starts(losses, initial, beta=0.999):
    raw, zero, corrected, informed = [], [], [], []
    from_zero, from_initial = 0.0, initial
    for t, loss in enumerate(losses, start=1):
        from_zero = beta * from_zero + (1 - beta) * loss
        from_initial = beta * from_initial + (1 - beta) * loss
        raw.append(loss)
        zero.append(from_zero)
        corrected.append(from_zero / (1 - beta**t))
        informed.append(from_initial)
    return {
        "raw": np.array(raw),
        "zero": np.array(zero),
        "corrected": np.array(corrected),
        "informed": np.array(informed),
    }
