"""Right answers to ps3_smoothed_loss with early returns, checks of arguments and docstrings."""

import numpy as np

NEWLINE = "\n"


def get_initial_loss(vocab_size, seq_length):
    """Add the loss of a uniform guess for each character."""
    probability = 1.0 / vocab_size
    per_character = -np.log(probability)
    return float(per_character * seq_length)


def informed_start(names, vocab_size):
    lengths = np.array([len(name + NEWLINE) for name in names])
    return np.average([get_initial_loss(vocab_size, length) for length in lengths])


def smooth(loss, cur_loss, beta=0.999):
    assert 0 <= beta <= 1, "beta is a weight"
    old_part = np.multiply(beta, loss)
    new_part = np.multiply(1.0 - beta, cur_loss)
    return np.add(old_part, new_part)


def smooth_sequence(losses, initial, beta=0.999):
    n = len(losses)
    v = np.zeros(n + 1)
    v[0] = initial
    for t in range(1, n + 1):
        v[t] = smooth(v[t - 1], losses[t - 1], beta)
    return v[1:]


def bias_corrected(losses, beta=0.999):
    def corrected(v, t):
        return v / (1 - beta**t)

    averages = smooth_sequence(losses, 0.0, beta)
    return np.array([corrected(v, t) for t, v in enumerate(averages, start=1)])


def ewa_weights(n_steps, beta):
    weights = np.ones(1)
    if n_steps == 0:
        return weights
    for _ in range(n_steps):
        weights = np.append(beta * weights, 1 - beta)
    return weights


def effective_window(beta):
    new_weight = 1.0 - beta
    return new_weight**-1


def steps_to_forget(beta, tolerance=0.01):
    for t in range(10**7):
        if beta**t <= tolerance:
            return t
    raise OverflowError("forgets too slowly")


def recover_raw_loss(previous, smoothed, beta=0.999):
    old_part = beta * previous
    new_part = smoothed - old_part
    raw = new_part / (1 - beta)
    return float(raw)


def compare_starts(losses, initial, beta=0.999):
    result = dict(informed=smooth_sequence(losses, initial, beta))
    result["corrected"] = bias_corrected(losses, beta)
    result["zero"] = smooth_sequence(losses, 0.0, beta)
    result["raw"] = np.array([float(loss) for loss in losses])
    return result
