"""The smoothed loss of a character RNN: computations of lesson 03 and of `reproduce`.

Losses are in nats, summed over a name. Step 0 is the first one, so that the value "at step t"
has seen t + 1 losses, as in the output of the well-known assignment.
"""

import hashlib

import numpy as np

from .averages import averaged, corrected
from .fast_rnn import FastRNN
from .letters import as_pair, numbered, random_weights

BETA = 0.999
N_PRINTED = 7  # names that the assignment samples at each print; used where a length belongs
N_UNITS, MAX_GRADIENT = 50, 5.0


def assignment_order(names):
    """Return the names in the assignment's order: shuffled with the legacy seed 0."""
    order = list(names)
    np.random.RandomState(0).shuffle(order)
    return order


def assignment_parameters(n_characters):
    """Return the assignment's weights: 0.01 times normal numbers of the legacy seed 1."""
    return random_weights(np.random.RandomState(1), N_UNITS, n_characters)


def run_assignment(names, n_steps, initial, beta=BETA, learning_rate=0.01, watch=iter):
    """Train as the assignment does and keep the loss that it would print.

    One name a step, gradients clipped at 5, and the state carried over from one name to the
    next. The loss is smoothed inside the loop, as there; ``beta=0`` leaves it as it is.

    Parameters
    ----------
    names : list of str
    n_steps : int
    initial : float
        Start of the average, in nats.
    beta, learning_rate : float, optional
    watch : callable, optional
        Wraps the range of the steps, for a progress bar.

    Returns
    -------
    params : dict of ndarray
    raw, printed : (n_steps,) ndarray
        The loss of each name, and the average after it.
    """
    char_to_ix = numbered(names)
    model = FastRNN(assignment_parameters(len(char_to_ix)), learning_rate, MAX_GRADIENT)
    examples = [model.prepare(*as_pair(char_to_ix, name)) for name in assignment_order(names)]
    raw, printed = np.empty(n_steps), np.empty(n_steps)
    loss, a = initial, np.zeros(N_UNITS)
    for step in watch(range(n_steps)):
        example = examples[step % len(examples)]
        raw[step] = model.step(example, a)
        a = model.state_after(example)
        printed[step] = loss = loss * beta + raw[step] * (1 - beta)
    return model.params(), raw, printed


def fingerprint(params):
    """Return a digest of every bit of the parameters: one bit changed, another digest."""
    digest = hashlib.sha256()
    for name in sorted(params):
        digest.update(name.encode() + np.ascontiguousarray(params[name]).tobytes())
    return digest.hexdigest()[:16]


def five_starts(losses, names, beta=BETA):
    """Return the average of `losses` from the five starts that the lesson compares.

    Parameters
    ----------
    losses : (n,) ndarray
    names : list of str
        What the model is trained on.
    beta : float, optional

    Returns
    -------
    dict of (n,) ndarray
        ``"zero"``, ``"corrected"``, ``"helper"`` (the assignment's 7), ``"first"`` (the first
        loss itself) and ``"informed"`` (the mean length).
    """
    per_character = np.log(len(numbered(names)))
    starts = {
        "zero": 0.0,
        "corrected": None,
        "helper": per_character * N_PRINTED,
        "first": losses[0],
        "informed": per_character * np.mean([len(name) + 1 for name in names]),
    }
    return {
        name: corrected(beta, losses) if v_0 is None else averaged(v_0, beta, losses)
        for name, v_0 in starts.items()
    }


def centred_mean(losses, window=1000):
    """Return the plain mean of the losses up to ``window/2`` steps before and after each.

    It looks ahead, which no running average can, and so it does not lag. Near the ends the
    window shrinks, on both sides alike, so that it stays centred.

    Parameters
    ----------
    losses : (n,) ndarray
    window : int, optional

    Returns
    -------
    (n,) ndarray
    """
    n = len(losses)
    steps = np.arange(n)
    half = np.minimum(np.minimum(steps, n - 1 - steps), window // 2)
    total = np.concatenate([[0.0], np.cumsum(losses)])
    return (total[steps + half + 1] - total[steps - half]) / (2 * half + 1)


def expected_average(beta, initial, mean, n_steps):
    """Return E[v_t], t = 1, ..., n_steps, of an average of losses with a constant mean."""
    left = beta ** np.arange(1, n_steps + 1)  # weight that the start still has
    return (1 - left) * mean + left * initial


def lag_of_corrected(beta, n_steps):
    """Return the mean age, in steps, of the losses in the corrected average.

    On a loss that falls by s a step, the corrected average lies s times this too high. The
    answer, (n_steps,), grows from 0 to ``beta/(1-beta)``.
    """
    t = np.arange(1, n_steps + 1)
    return beta / (1 - beta) - t * beta**t / (1 - beta**t)


def spread_ratio(beta):
    """Return the spread of a settled average over that of a single independent loss."""
    return np.sqrt((1 - beta) / (1 + beta))
