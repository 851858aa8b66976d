"""What several exercises of this assignment need."""


def draw_frequencies(rng, n_classes):
    """Draw unbalanced class frequencies, none below 0.2 %.

    Returns
    -------
    (n_classes,) ndarray
    """
    draws = rng.uniform(0.1, 2.0, n_classes) ** 2 + 0.05
    return draws / draws.sum()
