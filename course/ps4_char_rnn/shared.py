"""What several exercises of this assignment need."""

import numpy as np

LETTERS = "\nabcdefgh"


def one_hot(index, n_x):
    """Return character `index` as an input, an (n_x, 1) ndarray: all zero when it is None."""
    x = np.zeros((n_x, 1))
    if index is not None:
        x[index] = 1.0
    return x


def alphabet(n):
    """Return the `char_to_ix` of a vocabulary of n characters."""
    return {c: i for i, c in enumerate(LETTERS[:n])}


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


def draw_name(rng, n, length):
    """Draw a name over the first letters of the alphabet; the same letter never follows itself."""
    letters = [int(rng.integers(1, n))]
    while len(letters) < length:
        letters.append(int(rng.choice([i for i in range(1, n) if i != letters[-1]])))
    return "".join(LETTERS[i] for i in letters)
