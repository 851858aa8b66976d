"""Reference answers of `ps3_smoothed_loss`: exponentially weighted averages of a loss.

`losses` is (n,): the raw loss of step 1, ..., n. Losses are in nats. The smoothed value is
``v_t = beta * v_{t-1} + (1 - beta) * losses_t``, with 0 <= beta < 1 and a starting value v_0.
"""

import numpy as np


def get_initial_loss(vocab_size, seq_length):
    """Return the loss of a uniform model on `seq_length` characters, in nats.

    Parameters
    ----------
    vocab_size : int
    seq_length : float
        Number of predictions added up; a mean length may be fractional.

    Returns
    -------
    float
        ``-log(1/vocab_size) * seq_length``.
    """
    return -np.log(1.0 / vocab_size) * seq_length


def informed_start(names, vocab_size):
    """Return the loss expected of a uniform model on a name drawn from `names`, in nats.

    Parameters
    ----------
    names : list of str
        Without their closing newline, which counts as one more character to predict.
    vocab_size : int
        Number of characters, newline included.

    Returns
    -------
    float
    """
    return np.log(vocab_size) * np.mean([len(name) + 1 for name in names])


def smooth(loss, cur_loss, beta=0.999):
    """Return the average after one more loss: ``beta * loss + (1 - beta) * cur_loss``.

    Parameters
    ----------
    loss : float
        The smoothed value so far.
    cur_loss : float
        The raw loss of this step.
    beta : float, optional
        Weight of the past.

    Returns
    -------
    float
    """
    return beta * loss + (1 - beta) * cur_loss


def smooth_sequence(losses, initial, beta=0.999):
    """Return the smoothed value after each of `losses`.

    Parameters
    ----------
    losses : (n,) array_like
    initial : float
        Value of the average before the first loss; it is not part of the answer.
    beta : float, optional

    Returns
    -------
    (n,) ndarray
    """
    smoothed = np.empty(len(losses))
    value = initial
    for step, loss in enumerate(losses):
        value = smooth(value, loss, beta)
        smoothed[step] = value
    return smoothed


def bias_corrected(losses, beta=0.999):
    """Return the average that starts from zero, divided by the weight that the losses have.

    Parameters
    ----------
    losses : (n,) array_like
    beta : float, optional

    Returns
    -------
    (n,) ndarray
        ``v_t / (1 - beta**t)`` for t = 1, ..., n (Kingma and Ba 2014, section 3).
    """
    steps = np.arange(1, len(losses) + 1)
    return smooth_sequence(losses, 0.0, beta) / (1 - beta**steps)


def ewa_weights(n_steps, beta):
    """Return the weights with which `n_steps` losses and the start enter the average.

    Parameters
    ----------
    n_steps : int
    beta : float

    Returns
    -------
    (n_steps+1,) ndarray
        ``beta**n`` for the starting value, then ``(1 - beta) * beta**(n - t)`` for the loss
        of step t = 1, ..., n (Kingma and Ba 2014, eq. 1, plus the start). The sum is 1.
    """
    losses = (1 - beta) * beta ** np.arange(n_steps - 1, -1, -1)
    return np.concatenate([[beta**n_steps], losses])


def effective_window(beta):
    """Return how many equally weighted losses the average is worth: ``1/(1 - beta)``."""
    return 1 / (1 - beta)


def steps_to_forget(beta, tolerance=0.01):
    """Return the smallest t with ``beta**t <= tolerance``.

    Parameters
    ----------
    beta : float
        At least 0, below 1.
    tolerance : float, optional
        Positive: the weight of the starting value below which it counts as forgotten.

    Returns
    -------
    int
    """
    if tolerance >= 1:
        return 0
    if beta == 0:
        return 1
    # The quotient of two rounded logarithms may fall on the wrong side of an integer,
    # so it only says where to begin to look.
    t = max(0, int(np.log(tolerance) / np.log(beta)) - 1)
    while beta**t > tolerance:
        t += 1
    return t


def recover_raw_loss(previous, smoothed, beta=0.999):
    """Return the raw loss that took the smoothed value from `previous` to `smoothed`.

    Parameters
    ----------
    previous, smoothed : float
        Two neighbouring values of the average.
    beta : float, optional

    Returns
    -------
    float
    """
    return (smoothed - beta * previous) / (1 - beta)


def compare_starts(losses, initial, beta=0.999):
    """Return the same losses averaged from different starts.

    Parameters
    ----------
    losses : (n,) array_like
    initial : float
        The informed start, for example that of `informed_start`.
    beta : float, optional

    Returns
    -------
    dict of (n,) ndarray
        ``"raw"`` the losses, ``"zero"`` from 0, ``"corrected"`` from 0 with the correction
        of the bias, ``"informed"`` from `initial`.
    """
    return {
        "raw": np.array(losses, dtype=float),
        "zero": smooth_sequence(losses, 0.0, beta),
        "corrected": bias_corrected(losses, beta),
        "informed": smooth_sequence(losses, initial, beta),
    }
