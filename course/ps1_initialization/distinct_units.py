"""How many units of a layer are different."""

from itertools import permutations

import numpy as np

from autograder.model import Exercise, case

exercise = Exercise(points=1)


@exercise.reference
def distinct_units(W):
    """Return how many different rows, hence different units, `W` has.

    Parameters
    ----------
    W : (n_l, n_{l-1}) ndarray

    Returns
    -------
    int
    """
    return len(np.unique(W, axis=0))


@exercise.cases
def cases(rng):
    """How many rows differ is drawn anew for each case, so that no answer can be kept."""
    W = rng.normal(0, 1, (12, 3))
    several, single, side_by_side, multiples, nearly, orders = map(
        int, rng.integers((4, 5, 3, 4, 3, 4), (11, 13, 8, 13, 8, 7))
    )  # more orders than first entries: 3
    yield case(W[:single], label=f"{single} different rows")
    yield case(np.tile(W[:1], (single, 1)), label="rows that are all equal")
    yield case(
        W[rng.permutation([0, 1, 2, 0, 1, 0, *range(several)])],
        label="rows that appear several times, not next to each other",
    )
    times = 1 + rng.permutation(side_by_side) % 3
    yield case(np.repeat(W[:side_by_side], times, axis=0), label="equal rows next to each other")
    yield case(
        W[0] * np.arange(1, multiples + 1)[:, None], label="rows that are multiples of each other"
    )
    close = np.tile(W[:1], (nearly + 1, 1))
    close[:, 1] += 1e-9 * np.array([*range(nearly), 0])
    yield case(close, label="rows that differ by a billionth")
    bits = np.tile(W[:1], (nearly + 2, 1))
    for i in range(1, nearly):
        bits[i:nearly, 2] = np.nextafter(bits[i:nearly, 2], np.inf)
    yield case(bits, label="rows that differ in the last digit")
    yield case(one_entry(rng, several), label="rows that differ in one entry, each in another")
    # Whole numbers and their halves, so that sums are exact: 1, 2, 3, ... times the row is equal.
    weights = np.tile(rng.integers(1, 9, 6) / 2, (side_by_side, 1))
    weights[:, :2] += np.outer(np.arange(side_by_side), [2, -1])
    weights[:, 4:] += np.outer(np.arange(side_by_side)[::-1], [6, -5])
    yield case(weights, label="rows whose weighted sums agree")
    yield case(W[:1], label="a single row", only="hidden")
    yield case(rng.permutation(np.repeat(W[:several, :1], 2, axis=0)), label="a single column")
    turns = rng.permutation(list(permutations(range(3))))[:orders]
    yield case(
        W[0][np.array([*turns, turns[0]])], label="rows of the same numbers in another order"
    )
    yield case(np.zeros((single, 4)), label="weights of zero")
    yield case(
        rng.permutation(np.vstack([W[:several], -W[:single]])), label="rows of opposite signs"
    )
    many = rng.normal(0, 1, (300, 4))
    yield case(many[rng.integers(0, 300, 400)], label="hundreds of rows", only="hidden")


def one_entry(rng, n):
    """Return a matrix of which row i differs from row 0 in column i alone, in another order."""
    W = np.tile(rng.normal(0, 1, n), (n, 1))
    W[np.arange(1, n), np.arange(1, n)] += 1
    return rng.permutation(np.vstack([W, W[-1:]]))


@exercise.mistake(
    "That counts the different numbers in `W`; expected the number of different rows."
)
def entries(W):
    return len(np.unique(W))


@exercise.mistake("That counts the different columns; each unit is a row.")
def columns(W):
    return np.unique(W, axis=1).shape[1]


@exercise.mistake("That counts all rows; equal ones should be counted once.")
def all_rows(W):
    return W.shape[0]


@exercise.mistake(
    "The rows were told apart by their first entry alone; rows with the same first weight can "
    "still be different."
)
def first_column(W):
    return len(set(W[:, 0]))


@exercise.mistake(
    "Rows that are nearly equal were taken as equal; a row that differs at all is another unit.",
    decimals=(2, 6, 8, 9, 12),
)
def rounded(W, *, decimals):
    return len(np.unique(np.round(W, decimals), axis=0))


@exercise.mistake("The result is one too small: it counts all different rows but one.")
def one_less(W):
    return len(np.unique(W, axis=0)) - 1


@exercise.mistake(
    "Rows were taken as different only if all their entries differ; one that differs is enough."
)
def different_everywhere(W):
    ordered = W[np.lexsort(W.T)]
    return 1 + int(np.sum(np.all(ordered[1:] != ordered[:-1], axis=1)))


@exercise.mistake(
    "The rows were told apart by their first entries alone; what comes after them counts too.",
    entries=(2, 3),
)
def first_entries(W, *, entries):
    return len({tuple(row[:entries]) for row in W})


@exercise.mistake(
    "Each row was compared with the one before it only; equal rows need not be neighbours."
)
def neighbours(W):
    return 1 + int(np.sum(np.any(W[1:] != W[:-1], axis=1)))


@exercise.mistake(
    "Those are the different rows themselves; expected how many there are.", id="rows"
)
def different_rows(W):
    return np.unique(W, axis=0)


@exercise.mistake(
    "That counts the rows that occur only once; a row that occurs several times counts once too."
)
def unrepeated(W):
    _, counts = np.unique(W, axis=0, return_counts=True)
    return int(np.sum(counts == 1))


SEVERAL = (
    "Only rows that occur several times were counted; each different row should be counted once."
)


@exercise.mistake(SEVERAL)
def duplicates(W):
    _, counts = np.unique(W, axis=0, return_counts=True)
    return int(np.sum(counts > 1))


@exercise.mistake(SEVERAL, id="duplicates")
def repetitions(W):
    return len(W) - len(np.unique(W, axis=0))


@exercise.mistake(
    "That counts the rows that differ from the first; the first counts too, and equal ones count "
    "once."
)
def like_first(W):
    return int(np.sum(np.any(W[0] != W, axis=1)))


@exercise.mistake(
    "Every row was compared with the first only; the others may be equal to each other.",
    id="like_first",
)
def first_and_others(W):
    return 1 + int(np.sum(np.any(W[0] != W, axis=1)))


@exercise.mistake(
    "That counts the rows equal to the first; expected the number of different rows.",
    id="like_first",
)
def equal_to_first(W):
    return int(np.sum(np.all(W[0] == W, axis=1)))


SUMS = "That counts the different sums of the rows; different rows may have the same sum."


@exercise.mistake(SUMS)
def row_sums(W):
    return len(np.unique(W.sum(axis=1)))


@exercise.mistake(
    "That counts the different weighted sums of the rows; different rows may have the same one."
)
def weighted_sums(W):
    return len(set((W * np.arange(1, W.shape[1] + 1)).sum(axis=1)))


@exercise.mistake(SUMS, id="row_sums")
def rounded_row_sums(W):
    return len(np.unique(np.round(W.sum(axis=1), 10)))


@exercise.mistake(
    "That counts the different lengths of the rows; different rows may have the same length."
)
def row_norms(W):
    return len(np.unique(np.linalg.norm(W, axis=1)))


@exercise.mistake("That is the rank of `W`; multiples of a row are still different rows.")
def rank(W):
    return int(np.linalg.matrix_rank(W))


@exercise.mistake("That says whether there are different rows; expected how many.")
def yes_or_no(W):
    return len(np.unique(W, axis=0)) > 1


@exercise.mistake(
    "That says whether the rows are equal; expected how many different ones there are.",
    id="yes_or_no",
)
def all_equal(W):
    return bool(np.all(W[0] == W))


@exercise.right
def vectorised(W):
    return np.unique(W, axis=0).shape[0]


@exercise.right
def loops(W):
    seen = []
    for row in W.tolist():
        if row not in seen:
            seen.append(row)
    return len(seen)


@exercise.right
def own_style(W):
    in_order = W[np.lexsort(W.T)]
    changes = np.any(in_order[1:] != in_order[:-1], axis=1)
    return 1 + changes.sum()


unusual = exercise.right(lambda W: len({tuple(row) for row in W}))
