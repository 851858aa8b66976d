"""The list of dinosaur names as data: loading, splitting, n-gram models, held-out losses.

Losses are in nats. "A character" includes the newline that closes each name, so a name of
n letters has n + 1 characters.
"""

import numpy as np

from .letters import as_pair, as_targets, numbered
from .loss_at_init import load_names
from .losses import log_shares

__all__ = [
    "N_HELD_OUT",
    "contexts",
    "count_characters",
    "first_letter_loss",
    "ladder",
    "least_loss",
    "load_names",
    "loss_by_position",
    "n_gram_step_losses",
    "n_gram_tables",
    "rnn_loss",
    "rnn_step_losses",
    "split_names",
]

N_HELD_OUT = 150
SPLIT_SEED = 0
SMOOTHING = 0.1  # added to every count; from 0.05 to 0.3 the bigram's loss changes by 0.001


def split_names(names, n_held_out=N_HELD_OUT):
    """Return (training, held out) names, drawn at random with a fixed legacy seed."""
    order = np.random.RandomState(SPLIT_SEED).permutation(len(names))
    shuffled = [names[i] for i in order]
    return shuffled[n_held_out:], shuffled[:n_held_out]


def count_characters(names):
    """Return how many characters the names have, newlines included."""
    return sum(len(name) + 1 for name in names)


def contexts(name, char_to_ix, order):
    """Yield (the `order` indices before, index) for each character; newlines before the start."""
    padded = [char_to_ix["\n"]] * order + as_targets(char_to_ix, name)
    for t in range(order, len(padded)):
        yield tuple(padded[t - order : t]), padded[t]


def n_gram_tables(names, char_to_ix, order, smoothing=SMOOTHING):
    """Return P(next character | the `order` characters before), by counting.

    Parameters
    ----------
    names : list of str
    char_to_ix : dict of str to int
    order : int
        0 for a unigram, 1 for a bigram, 2 for a trigram model.
    smoothing : float, optional
        Added to each count, so that nothing is impossible (Laplace, Lidstone).

    Returns
    -------
    (C,) * (order + 1) ndarray
        The last axis is the next character and sums to 1.
    """
    counts = np.full((len(char_to_ix),) * (order + 1), smoothing)
    for name in names:
        for before, index in contexts(name, char_to_ix, order):
            counts[(*before, index)] += 1
    return counts / counts.sum(axis=-1, keepdims=True)


def n_gram_step_losses(name, table, char_to_ix):
    """Return ``-log P`` of each character of a name, (T + 1,) ndarray."""
    order = table.ndim - 1
    return np.array(
        [-np.log(table[(*before, index)]) for before, index in contexts(name, char_to_ix, order)]
    )


def ladder(train_names, held_out):
    """Return the held-out loss of four models without a network.

    Returns
    -------
    dict of str to float
        ``"uniform", "unigram", "bigram", "trigram"``, nats per character.
    """
    char_to_ix = numbered(train_names)
    rungs = {"uniform": np.log(len(char_to_ix))}
    for order, label in enumerate(("unigram", "bigram", "trigram")):
        table = n_gram_tables(train_names, char_to_ix, order)
        losses = [n_gram_step_losses(name, table, char_to_ix).sum() for name in held_out]
        rungs[label] = sum(losses) / count_characters(held_out)
    return rungs


def least_loss(names):
    """Return the least loss that any model can have on exactly these names, nats per character.

    It is the entropy of the next character given everything before it in the name.
    """
    after = {}
    for name in names:
        for t, char in enumerate(name + "\n"):
            after.setdefault(name[:t], []).append(char)
    total = 0.0
    for chars in after.values():
        _, counts = np.unique(chars, return_counts=True)
        total -= counts @ np.log(counts / len(chars))
    return total / count_characters(names)


def rnn_step_losses(names, params, char_to_ix):
    """Return ``-log q`` of each character of each name under a character RNN, from a zero state.

    All the names go through the network side by side, one a column.

    Parameters
    ----------
    names : list of str
        m names, the longest with T characters, newline included.
    params : dict of ndarray
    char_to_ix : dict of str to int

    Returns
    -------
    (T, m) ndarray
        0 after the end of a name. The sum is the loss of all names; row 0 that of the first
        letters.
    """
    (n_a, n_x), n_steps = params["Wax"].shape, max(map(len, names)) + 1
    columns = np.hstack([params["Wax"], np.zeros((n_a, 1))])  # the last one: no character
    encoded = [as_pair(char_to_ix, name) for name in names]
    losses = np.zeros((n_steps, len(names)))
    a = np.zeros((n_a, len(names)))
    for t in range(n_steps):
        live = np.array([j for j, (_, Y) in enumerate(encoded) if t < len(Y)])
        x = [n_x if encoded[j][0][t] is None else encoded[j][0][t] for j in live]
        a[:, live] = np.tanh(params["Waa"] @ a[:, live] + columns[:, x] + params["b"])
        log_q = log_shares(params["Wya"] @ a[:, live] + params["by"])
        losses[t, live] = -log_q[[encoded[j][1][t] for j in live], np.arange(len(live))]
    return losses


def rnn_loss(names, params, char_to_ix):
    """Return the loss of a character RNN on names, in nats per character."""
    return rnn_step_losses(names, params, char_to_ix).sum() / count_characters(names)


def first_letter_loss(names, params, char_to_ix):
    """Return the mean loss of the first letter of each name, in nats."""
    return rnn_step_losses(names, params, char_to_ix)[0].mean()


def loss_by_position(names, params, char_to_ix):
    """Return the mean loss of the first characters, of the second, and so on, (T,) ndarray."""
    losses = rnn_step_losses(names, params, char_to_ix)
    lengths = np.array([len(name) + 1 for name in names])
    return losses.sum(axis=1) / np.sum(lengths > np.arange(len(losses))[:, None], axis=1)
