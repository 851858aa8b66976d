"""Probabilities from logits, each column its own."""

import math

import numpy as np

from autograder.cases import value
from autograder.model import Exercise, case

from .shared import room_of

exercise = Exercise(points=3)


def log_softmax(logits):
    """Return the logarithm of the softmax of each column.

    Parameters
    ----------
    logits : (C, m) ndarray

    Returns
    -------
    (C, m) ndarray
        ``logits - log(sum(exp(logits)))`` by column, computed after subtracting the
        column's maximum, so that no exponential overflows (Blanchard, Higham and
        Higham 2021, eq. 1.3).
    """
    shifted = logits - np.max(logits, axis=0, keepdims=True)
    return shifted - np.log(np.sum(np.exp(shifted), axis=0, keepdims=True))


@exercise.reference
def softmax(logits):
    """Return class probabilities, each column its own.

    Parameters
    ----------
    logits : (C, m) ndarray

    Returns
    -------
    (C, m) ndarray
    """
    return np.exp(log_softmax(logits))


@exercise.cases
def cases(rng):
    C, m = rng.integers(4, 7), rng.integers(8, 12)
    yield case(rng.normal(0, 2, (C, m)), label=f"logits of shape ({C}, {m})")
    yield case(rng.normal(0, 1, (C, C)), label="a square array of logits")
    yield case(
        rng.normal(0, 1, (C, 5)) + 1000 * rng.choice([-1, 1], 5),
        label="logits around 1000 and -1000",
    )
    yield case(
        rng.normal(0, 1, (C, 4)) + np.array([0, 3000, -4000, 900]),
        label="columns that lie thousands apart",
    )
    yield case(
        rng.uniform(-4, 4, (C, 8)) + np.array([-747, -743, -738, -730, -705, 700, 706, 711]),
        label="logits between -750 and 715",
    )
    steps = rng.permutation(np.arange(C)) * rng.uniform(20.5, 21.5)
    yield case(steps[:, None], label="a single column, about 21 apart")
    yield case(rng.integers(-4, 5, (C, 3)), label="logits that are whole numbers")
    yield case(1e5 * rng.normal(0, 1, (C, 4)), label="logits 100,000 apart", only="hidden")
    last = np.append(rng.normal(0, 1, C - 1), 800)[:, None]
    yield case(last, label="a last logit 800 above the others", only="hidden")
    # Only a shift by the largest entry is right in both columns: the first entry is the smallest
    # of one and the largest of the other. The last is the second largest: as a shift it makes
    # others overflow in the second column than the mean does.
    apart = np.cumsum(rng.uniform(1000, 1500, C))
    apart[1:] = [*rng.permutation([*apart[1:-2], apart[-1]]), apart[-2]]
    yield case(
        np.stack([apart, -apart], axis=1), label="entries of one column that lie thousands apart"
    )


@exercise.expected
def expected(exercise, case_input):
    """Compare each probability by itself: a small number put in its place is seen, of any size.

    Below 1e-306 floats begin to lose their digits.
    """
    rule = value(rtol=room_of(case_input.args[0]), atol=1e-306, each=True, single=True)
    return rule(exercise, case_input)


ROWS = (
    "Your rows sum to 1, not your columns: the sum runs along the wrong axis. Each column is one "
    "example."
)


@exercise.mistake(ROWS)
def wrong_axis(logits):
    e = np.exp(logits - np.max(logits, axis=1, keepdims=True))
    return e / np.sum(e, axis=1, keepdims=True)


@exercise.mistake(ROWS, id="wrong_axis")
def wrong_axis_unshifted(logits):
    return np.exp(logits) / np.exp(logits).sum(1, keepdims=True)


ALTOGETHER = "All your entries together sum to 1; each column should sum to 1 by itself."


@exercise.mistake(ALTOGETHER)
def all_entries(logits):
    e = np.exp(logits - np.max(logits))
    return e / np.sum(e)


@exercise.mistake(ALTOGETHER, id="all_entries")
def all_entries_unshifted(logits):
    return np.exp(logits) / np.exp(logits).sum()


@exercise.mistake(
    "The exponential of a logit near 1000 is too large for a float (and near -1000 it is 0, so 0 "
    "is divided by 0). Softmax does not change when the same number is subtracted from every "
    "entry of a column."
)
def no_shift(logits):
    e = np.exp(logits)
    return e / np.sum(e, axis=0, keepdims=True)


@exercise.mistake(
    "The same number was subtracted from all columns; where columns lie thousands apart, all "
    "exponentials of some become 0. Each column needs a shift of its own."
)
def global_shift(logits):
    e = np.exp(logits - np.max(logits))
    return e / np.sum(e, axis=0, keepdims=True)


@exercise.mistake(
    "Each column was shifted by its largest absolute value: where all its logits are far below 0, "
    "that moves them down instead of up, and all exponentials become 0. Shift each column by its "
    "largest entry, with its sign."
)
def shift_by_size(logits):
    e = np.exp(logits - np.abs(logits).max(axis=0))
    return e / e.sum(axis=0)


SHIFTED = (
    "Each column was shifted by {}: the exponential of what lies far above it is too large for a "
    "float. Shift each column by its largest entry; then no exponential is above 1."
)


@exercise.mistake(SHIFTED.format("its smallest entry"))
def shift_by_smallest(logits):
    e = np.exp(logits - logits.min(axis=0))
    return e / e.sum(axis=0)


@exercise.mistake(SHIFTED.format("its first entry"))
def shift_by_first(logits):
    e = np.exp(logits - logits[0])
    return e / e.sum(axis=0)


@exercise.mistake(SHIFTED.format("the mean of its entries"))
def shift_by_mean(logits):
    e = np.exp(logits - logits.mean(axis=0))
    return e / e.sum(axis=0)


@exercise.mistake(SHIFTED.format("its last entry"))
def shift_by_last(logits):
    e = np.exp(logits - logits[-1])
    return e / e.sum(axis=0)


@exercise.mistake(
    "A small number was added to the sum of the exponentials. After the shift by the largest entry "
    "the sum is at least 1, and nothing has to keep it from 0.",
    small=(1e-6, 1e-8, 1e-10, 1e-12),
)
def epsilon(logits, *, small):
    e = np.exp(logits - np.max(logits, axis=0))
    return e / (np.sum(e, axis=0) + small)


EPSILON_AFTER = (
    "A small number was added to the probabilities, or they were kept above one. A probability may "
    "be as small as a float can be."
)


@exercise.mistake(EPSILON_AFTER, id="kept_above", small=(1e-7, 1e-8, 1e-10, 1e-12, 1e-15))
def clipped(logits, *, small):
    return np.clip(softmax(logits), small, None)


@exercise.mistake(EPSILON_AFTER, id="kept_above", small=(1e-7, 1e-8, 1e-10, 1e-12, 1e-15))
def clipped_on_both_sides(logits, *, small):
    return np.clip(softmax(logits), small, 1 - small)


@exercise.mistake(EPSILON_AFTER, id="kept_above", limit=(100, 500, 700))
def exponent_kept_above(logits, *, limit):
    e = np.exp(np.maximum(logits - logits.max(axis=0), -limit))
    return e / e.sum(axis=0)


@exercise.mistake(EPSILON_AFTER, id="kept_above", small=(1e-8, 1e-10, 1e-12, 1e-15))
def added(logits, *, small):
    return softmax(logits) + small


@exercise.mistake(
    "The largest entry was taken along the rows; shift each column by its own largest entry."
)
def row_shift(logits):
    e = np.exp(logits - logits.max(axis=1, keepdims=True))
    return e / e.sum(axis=0, keepdims=True)


UNDIVIDED = "Your columns do not sum to 1: the exponentials are not divided by their sum."


@exercise.mistake(UNDIVIDED)
def not_normalised(logits):
    return np.exp(logits - np.max(logits, axis=0, keepdims=True))


@exercise.mistake(UNDIVIDED, id="not_normalised")
def not_normalised_unshifted(logits):
    return np.exp(logits)


@exercise.mistake("Those are the logarithms of the probabilities.")
def log(logits):
    shifted = logits - np.max(logits, axis=0, keepdims=True)
    return shifted - np.log(np.sum(np.exp(shifted), axis=0, keepdims=True))


@exercise.mistake(
    "That is the sigmoid of each entry; softmax compares the entries of a column with each other."
)
def sigmoid(logits):
    return 1 / (1 + np.exp(-logits))


@exercise.mistake(
    "The logits themselves were divided by their sum; probabilities come from their exponentials."
)
def no_exponential(logits):
    return logits / logits.sum(axis=0, keepdims=True)


@exercise.mistake("Those come from powers of 2; expected powers of e.")
def base_2(logits):
    powers = 2 ** (logits - logits.max(axis=0))
    return powers / powers.sum(axis=0)


@exercise.mistake("The largest logit gets the smallest probability: a sign is wrong.")
def negated(logits):
    return softmax(-logits)


@exercise.mistake(
    "The probabilities were stored as whole numbers, so that all become 0 or 1: an array made like "
    "`logits` takes its type from them, and they may be whole numbers."
)
def whole_numbers(logits):
    p = np.zeros_like(logits)
    for j in range(logits.shape[1]):
        p[:, j] = softmax(logits[:, [j]])[:, 0]
    return p


@exercise.refused("Work on a copy")
def changes_input(logits):
    logits -= np.max(logits, axis=0, keepdims=True)
    e = np.exp(logits)
    return e / np.sum(e, axis=0, keepdims=True)


@exercise.refused("Rows and columns are swapped")
def transposed(logits):
    e = np.exp(logits - np.max(logits, axis=0, keepdims=True))
    return (e / np.sum(e, axis=0, keepdims=True)).T


@exercise.mistake(
    "The logits were clipped, so that large ones look equal. Shift each column by its largest "
    "entry instead: that changes no probability.",
    limit=(100, 500, 700),
)
def clipped_logits(logits, *, limit):
    e = np.exp(np.clip(logits, -limit, limit))
    return e / np.sum(e, axis=0, keepdims=True)


@exercise.refused("`return` line")
def prints(logits):
    e = np.exp(logits - np.max(logits, axis=0, keepdims=True))
    print(e / np.sum(e, axis=0, keepdims=True))


@exercise.mistake("That is the softmax of the first column alone; each column needs its own.")
def first_column(logits):
    e = np.exp(logits[:, 0] - np.max(logits[:, 0]))
    return e / np.sum(e)


@exercise.right
def vectorised(logits):
    e = np.exp(logits - logits.max(axis=0, keepdims=True))
    return e / e.sum(axis=0, keepdims=True)


@exercise.right
def loops(logits):
    n_classes, m = logits.shape
    probabilities = np.zeros((n_classes, m))
    for j in range(m):
        largest = max(logits[i, j] for i in range(n_classes))
        total = 0.0
        for i in range(n_classes):
            probabilities[i, j] = math.exp(logits[i, j] - largest)
            total += probabilities[i, j]
        for i in range(n_classes):
            probabilities[i, j] /= total
    return probabilities


@exercise.right
def own_style(logits):
    """Work row-wise on the transpose, then turn it back."""
    rows = np.asarray(logits, dtype=np.float64).T.copy()
    rows -= rows.max(axis=1, keepdims=True)
    np.exp(rows, out=rows)
    rows /= rows.sum(axis=1, keepdims=True)
    assert np.allclose(rows.sum(axis=1), 1)
    return rows.T


# The plain formula first, which overflows with a warning; its bad columns are done again.
@exercise.right
def unusual(logits):
    e = np.exp(logits)
    total = e.sum(axis=0)
    p = e / total
    for j in np.flatnonzero(~np.isfinite(total) | (total < 1e-200)):
        column = np.exp(logits[:, j] - logits[:, j].max())
        p[:, j] = column / column.sum()
    return p
