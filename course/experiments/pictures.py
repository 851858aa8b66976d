"""Pictures of our own in the shape and balance of a well-known set that has no licence.

That set has 209 training pictures, 72 of them cats, and 50 test pictures, 33 of them cats, of
64 by 64 pixels in 3 colours. Here a smooth background of random colours carries a darker
shape: a head with two pointed ears (label 1) or a plain block (label 0). A seeded generator
draws them whenever they are needed, so no picture is stored.
"""

import numpy as np

SIDE = 64
COUNTS = {"train": (209, 72), "test": (50, 33)}  # pictures, of them label 1
ROWS, COLUMNS = np.mgrid[0:SIDE, 0:SIDE]


def background(rng):
    """Return a (64, 64, 3) picture of a few long waves in random colours."""
    picture = np.broadcast_to(rng.uniform(0.25, 0.6, size=3), (SIDE, SIDE, 3)).copy()
    for _ in range(4):
        down, across = rng.uniform(-2.5, 2.5, size=2)
        wave = np.cos(2 * np.pi * (down * ROWS + across * COLUMNS) / SIDE + rng.uniform(0, 6.3))
        picture += wave[:, :, None] * rng.normal(scale=0.06, size=3)
    return picture


def head(rng):
    """Return a (64, 64) bool mask: a round head with two pointed ears."""
    row, column = rng.uniform(32, 44), rng.uniform(24, 40)
    radius = rng.uniform(13, 19)
    round_part = (ROWS - row) ** 2 + (COLUMNS - column) ** 2 < radius**2
    above = ROWS - (row - 1.7 * radius)  # rows below the tip of an ear
    ears = [
        (above > 0)
        & (above < 1.2 * radius)
        & (np.abs(COLUMNS - column - side * 0.65 * radius) < 0.35 * above)
        for side in (-1, 1)
    ]
    return round_part | ears[0] | ears[1]


def block(rng):
    """Return a (64, 64) bool mask: a plain block."""
    top, left = rng.uniform(4, 30, size=2)
    height, width = rng.uniform(18, 34, size=2)
    return (np.abs(ROWS - top - height / 2) < height / 2) & (
        np.abs(COLUMNS - left - width / 2) < width / 2
    )


def make_pictures(n_pictures, n_positive, rng):
    """Return made-up pictures as columns, and their labels, in random order.

    Parameters
    ----------
    n_pictures, n_positive : int
    rng : numpy.random.Generator

    Returns
    -------
    X : (12288, n_pictures) ndarray
        Brightness from 0 to 1; a column reshapes to (64, 64, 3).
    y : (1, n_pictures) ndarray
    """
    labels = rng.permutation(np.arange(n_pictures) < n_positive)
    columns = []
    for label in labels:
        picture = background(rng)
        shape = head(rng) if label else block(rng)
        picture[shape] += rng.normal(-0.15, 0.06, size=3)
        picture += rng.normal(scale=0.03, size=picture.shape)
        columns.append(np.clip(picture, 0, 1).ravel())
    return np.array(columns).T, labels.astype(float).reshape(1, -1)


def pictures(seed=1):
    """Return ``X_train, y_train, X_test, y_test`` in the counts of the well-known set."""
    rng = np.random.default_rng(seed)
    return *make_pictures(*COUNTS["train"], rng), *make_pictures(*COUNTS["test"], rng)
