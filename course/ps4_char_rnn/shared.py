"""What several exercises of this assignment need."""

import numpy as np

from autograder.cases import value

# Losses and gradients by another order of sums come within 1e-13 of the reference, over a thousand
# steps too: none of the networks drawn for long names is chaotic.
TIGHT = 1e-11
tight = value(rtol=TIGHT)

LETTERS = "\nabcdefgh"
LONG = 1030  # letters of the longest names: more than any limit that one would write
ELSEWHERE = {"a": 0, "b": 1, "\n": 2, "c": 3}  # a vocabulary whose newline is not 0


def one_hot(index, n_x):
    """Return character `index` as an input, an (n_x, 1) ndarray: all zero when it is None."""
    x = np.zeros((n_x, 1))
    if index is not None:
        x[index] = 1.0
    return x


def alphabet(n):
    """Return the `char_to_ix` of a vocabulary of n characters."""
    return {c: i for i, c in enumerate(LETTERS[:n])}


def renumbered(params):
    """Return the same network with its newline elsewhere, and its vocabulary.

    What it writes is as likely as before, each character under its new number.
    """
    order = [1, *range(2, len(params["by"]) - 1), 0, len(params["by"]) - 1]
    moved = {"Wax": params["Wax"][:, order], "Wya": params["Wya"][order], "by": params["by"][order]}
    return params | moved, {LETTERS[old]: new for new, old in enumerate(order)}


def draw_params(rng, n_a, n_x, scale=1.0):
    """Return random parameters, biases too."""
    shapes = {
        "Wax": (n_a, n_x),
        "Waa": (n_a, n_a),
        "Wya": (n_x, n_a),
        "b": (n_a, 1),
        "by": (n_x, 1),
    }
    return {name: scale * rng.normal(size=shape) for name, shape in shapes.items()}


def doubtful(params):
    """Return parameters that find the letter a unlikely, so that its gradient is large."""
    quiet = {name: 0.3 * each for name, each in params.items()}
    quiet["by"][1] = -2.0
    return quiet


def remembering(rng, n_a, n):
    """Return a network whose state, and so its gradient, fades over some hundred steps only."""
    turn, _ = np.linalg.qr(rng.normal(size=(n_a, n_a)))
    params = draw_params(rng, n_a, n, 0.03)
    return params | {"Waa": 0.995 * turn, "Wya": rng.normal(size=(n, n_a))}


def draw_name(rng, n, length):
    """Draw a name over the first letters of the alphabet; the same letter never follows itself."""
    letters = [int(rng.integers(1, n))]
    while len(letters) < length:
        letters.append(int(rng.choice([i for i in range(1, n) if i != letters[-1]])))
    return "".join(LETTERS[i] for i in letters)


def spelling(indices, n):
    """Return a network that writes these characters, by a state that counts the steps."""
    k = len(indices)
    start = np.where(np.arange(k) == 0, 5.0, -5.0)[:, np.newaxis]
    letters = np.arange(n)[:, np.newaxis] == np.asarray(indices)  # (n, k)
    return {
        "Wax": np.zeros((k, n)),
        "Waa": 30.0 * np.roll(np.eye(k), 1, axis=0),
        "Wya": 45.0 * letters,
        "b": start,
        "by": 45.0 * letters.sum(axis=1, keepdims=True),
    }


def draw_long_name(rng):
    """Draw a name of 70 letters, as the numbers of its characters; for long it is one letter."""
    return [*[1] * 30, *rng.integers(1, 4, 40).tolist(), 0]


def cycling(n, first=1):
    """Return a network that, from `first`, writes the letters round and round, never a newline.

    A unit for each character is 1 after it. The last unit is 1 rather than -1 where the input adds
    up to more than 1, as one that is not reset does, and then leads to another letter.
    """
    after = [*range(2, n), 1]  # of letter 1, 2, ..., n - 1
    Wya = np.zeros((n, n + 1))
    Wya[after, np.arange(1, n)] = 90.0
    Wya[[after[first - 1]], [0]] = 90.0  # a newline as input would lead elsewhere
    third = next(i for i in range(1, n) if i not in (first, after[first - 1]))
    Wya[third, n] = 100.0
    by = np.zeros((n, 1))
    by[0], by[first], by[third] = -45.0, 45.0, 100.0
    b = np.zeros((n + 1, 1))
    b[n] = -2010.0
    return {
        "Wax": np.concatenate([20.0 * np.eye(n), np.full((1, n), 2000.0)]),
        "Waa": np.zeros((n + 1, n + 1)),
        "Wya": Wya,
        "b": b,
        "by": by,
    }
