"""Names that a character RNN writes: drawn, greedy, at a temperature; and their statistics."""

import numpy as np

from .letters import as_pair, tempered, unrolled

MAX_LENGTH = 50


def write(params, char_to_ix, choose, n_names, first=None, max_length=MAX_LENGTH):
    """Write names side by side, each character fed back as the next input.

    Parameters
    ----------
    params : dict of ndarray
    char_to_ix : dict of str to int
    choose : callable
        Takes logits (C, n_names) and returns (n_names,) indices.
    n_names : int
    first : (n_names,) sequence of int, optional
        First letters, given instead of chosen.
    max_length : int, optional

    Returns
    -------
    list of str
        Without the newline.
    """
    n_a = len(params["b"])
    a, inputs, columns = np.zeros((n_a, n_names)), np.zeros((n_a, n_names)), []
    for _ in range(max_length):
        a = np.tanh(params["Waa"] @ a + inputs + params["b"])
        chosen = choose(params["Wya"] @ a + params["by"])
        if first is not None and not columns:
            chosen = np.asarray(first)
        columns.append(chosen)
        inputs = params["Wax"][:, chosen]
    ix_to_char = {index: char for char, index in char_to_ix.items()}
    rows = ("".join(ix_to_char[i] for i in row) for row in np.transpose(columns))
    return [row.split("\n")[0] for row in rows]


def draw_columns(probabilities, rng):
    """Draw an index from each column of probabilities, by inverting the cumulative sum."""
    cumulative = np.cumsum(probabilities, axis=0)
    u = rng.random(probabilities.shape[1]) * cumulative[-1]
    return np.sum(cumulative <= u, axis=0)


def sample_names(params, char_to_ix, n_names, rng, temperature=1.0):
    """Return names with every character drawn from ``softmax(logits / temperature)``."""

    def choose(logits):
        return draw_columns(tempered(temperature, logits), rng)

    return write(params, char_to_ix, choose, n_names)


def greedy_from_each_letter(params, char_to_ix):
    """Return 26 names: a first letter each, then always the most likely character."""
    letters = [index for char, index in char_to_ix.items() if char != "\n"]
    return write(
        params, char_to_ix, lambda logits: np.argmax(logits, axis=0), len(letters), first=letters
    )


def share_ending(names, ending="saurus"):
    """Return the share of names that end so."""
    return np.mean([name.endswith(ending) for name in names])


def share_known(names, known):
    """Return the share of names that occur in `known`."""
    known = set(known)
    return np.mean([name in known for name in names])


def ranks_drawn(params, char_to_ix, n_names, rng):
    """Count how often the drawn character was the most likely one, the second, and so on.

    Returns
    -------
    (C,) ndarray
        Shares by rank, the most likely first, over all characters of the names.
    """
    counts, live = np.zeros(len(char_to_ix)), np.ones(n_names, dtype=bool)

    def choose(logits):
        chosen = draw_columns(tempered(1.0, logits), rng)
        ranks = np.sum(logits > logits[chosen, np.arange(n_names)], axis=0)
        np.add.at(counts, ranks[live], 1)
        live[chosen == char_to_ix["\n"]] = False
        return chosen

    write(params, char_to_ix, choose, n_names)
    return counts / np.sum(counts)


def after_prefix(params, prefix, char_to_ix):
    """Return the probabilities (C,) of the next character after `prefix`, from a zero state."""
    _, _, log_q = unrolled(params, *as_pair(char_to_ix, prefix))
    return np.exp(log_q[-1][:, 0])


def most_likely(probabilities, char_to_ix, n=3):
    """Return the n most likely characters with their probabilities, as text."""
    ix_to_char = {index: char for char, index in char_to_ix.items()}
    best = np.argsort(probabilities)[::-1][:n]
    return "  ".join(f"{ix_to_char[i]!r} {probabilities[i]:.2f}" for i in best)


def first_letter_shares(names, char_to_ix):
    """Return the share of each character as the first of a name, (C,) ndarray."""
    firsts = [char_to_ix[(name + "\n")[0]] for name in names]
    return np.bincount(firsts, minlength=len(char_to_ix)) / len(names)
