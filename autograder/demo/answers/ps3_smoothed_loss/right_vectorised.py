"""Right answers to ps3_smoothed_loss, short ones; later answers call earlier ones."""

import numpy as np


def get_initial_loss(vocab_size, seq_length):
    return np.log(vocab_size) * seq_length


def informed_start(names, vocab_size):
    mean_length = np.mean([len(name) for name in names]) + 1
    return get_initial_loss(vocab_size, mean_length)


def smooth(loss, cur_loss, beta=0.999):
    return loss + (1 - beta) * (cur_loss - loss)


def smooth_sequence(losses, initial, beta=0.999):
    smoothed = np.empty(len(losses))
    for t, loss in enumerate(losses):
        initial = smooth(initial, loss, beta)
        smoothed[t] = initial
    return smoothed


def bias_corrected(losses, beta=0.999):
    t = 1 + np.arange(len(losses))
    return smooth_sequence(losses, 0, beta) / (1 - beta**t)


def ewa_weights(n_steps, beta):
    weights = (1 - beta) * beta ** (n_steps - np.arange(n_steps + 1.0))
    weights[0] = beta**n_steps
    # The newest loss has age 0, the oldest n_steps - 1, the start n_steps.
    return weights


def effective_window(beta):
    return np.divide(1, 1 - beta)


def steps_to_forget(beta, tolerance=0.01):
    return int(np.ceil(np.log(tolerance) / np.log(beta)))


def recover_raw_loss(previous, smoothed, beta=0.999):
    return previous + (smoothed - previous) / (1 - beta)


def compare_starts(losses, initial, beta=0.999):
    return {
        "raw": np.asarray(losses),
        "zero": smooth_sequence(losses, 0, beta),
        "corrected": bias_corrected(losses, beta),
        "informed": smooth_sequence(losses, initial, beta),
    }
