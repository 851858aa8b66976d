"""Starts of a recurrent matrix: what hundreds of steps make of a state and of a gradient."""

import numpy as np

N_UNITS = 100
KINDS = ("normal", "orthogonal", "identity")


def matrix(kind, rng, gain=1.0, n=N_UNITS):
    """Return a start of the recurrent weights.

    Parameters
    ----------
    kind : {"normal", "orthogonal", "identity"}
        Independent normal numbers of variance 1/n; a random matrix that keeps every length; ones
        on the diagonal.
    rng : numpy.random.Generator
    gain : float, optional
        A factor.
    n : int, optional

    Returns
    -------
    (n, n) ndarray

    Raises
    ------
    ValueError
        If `kind` is any other name.
    """
    if kind == "identity":
        return gain * np.eye(n)
    drawn = rng.standard_normal((n, n)) / np.sqrt(n)
    if kind == "normal":
        return gain * drawn
    if kind == "orthogonal":  # of a matrix its rotation is kept, its stretching left out
        left, _, right = np.linalg.svd(drawn)
        return gain * (left @ right)
    raise ValueError(f"unknown kind {kind!r}: one of {', '.join(KINDS)}")


def growth(W, n_steps, rng):
    """Return the lengths of a random state of length 1 under ``h <- W h``, step 0 first."""
    h = rng.standard_normal(len(W))
    h /= np.linalg.norm(h)
    lengths = [1.0]
    for _ in range(n_steps):
        h = W @ h
        lengths.append(np.linalg.norm(h))
    return np.array(lengths)


def states(W, begin, pushes, activate=np.tanh):
    """Run ``h <- activate(W h + push)``.

    Parameters
    ----------
    W : (n, n) ndarray
    begin : (n, m) ndarray
        A column for each of `m` sequences.
    pushes : (n_steps, n, m) ndarray
        What comes in from outside at each step.
    activate : callable, optional

    Returns
    -------
    (n_steps + 1, n, m) ndarray
        `begin` first.
    """
    kept = [begin]
    for push in pushes:
        kept.append(activate(W @ kept[-1] + push))
    return np.array(kept)


def way_back(W, kept, rng):
    """Return the root mean square of a gradient on its way from the last state to the first.

    Parameters
    ----------
    W : (n, n) ndarray
    kept : (n_steps + 1, n, m) ndarray
        From `states`, with tanh.
    rng : numpy.random.Generator
        Draws the gradient that arrives at the last state.

    Returns
    -------
    (n_steps + 1,) ndarray
        By the number of steps gone back.
    """
    back = rng.standard_normal(kept[-1].shape)
    sizes = [np.sqrt(np.mean(back**2))]
    for h in kept[:0:-1]:
        back = W.T @ (back * (1 - h * h))
        sizes.append(np.sqrt(np.mean(back**2)))
    return np.array(sizes)
