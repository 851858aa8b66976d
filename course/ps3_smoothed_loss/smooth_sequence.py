"""The average after each loss of a run."""

from itertools import accumulate

import numpy as np

from autograder.model import Exercise, case

from .shared import (
    BETA_FIXED,
    BETA_OF_0,
    BY_POWERS,
    FEW_STEPS,
    LAST_VALUE,
    LISTS_TOO,
    LONG,
    RETURNS_LIST,
    ROUNDED,
    SIZES,
    START_FIRST,
    SWAPPED,
    WHOLE,
    ZERO_IS_NO_START,
    falling,
    tight,
)
from .smooth import smooth

exercise = Exercise(points=2, expect=tight)


@exercise.reference
def smooth_sequence(losses, initial, beta=0.999):
    """Return the smoothed value after each of `losses`.

    Parameters
    ----------
    losses : (n,) array_like
    initial : float
        Value of the average before the first loss; it is not part of the answer.
    beta : float, optional

    Returns
    -------
    (n,) ndarray
    """
    smoothed = np.empty(len(losses))
    value = initial
    for step, loss in enumerate(losses):
        value = smooth(value, loss, beta)
        smoothed[step] = value
    return smoothed


@exercise.cases
def cases(rng):
    yield case(falling(rng, 12), float(rng.uniform(30, 50)), label="12 losses")
    yield case(
        falling(rng, 15),
        float(rng.uniform(30, 50)),
        float(rng.uniform(0.5, 0.9)),
        label="another `beta`",
    )
    yield case(falling(rng, 7), 0.0, 0.9, label="a start of 0")
    yield case(falling(rng, 1), 23.0, 0.9, label="a single loss")
    yield case(np.full(5, 30.0), 30.0, 0.9, label="losses equal to the start")
    yield case(falling(rng, 6).tolist(), 33.0, 0.9, label="a list of losses")
    yield case([], 23.0, 0.9, label="an empty list")
    yield case(np.array([40, 31, 20]), 50, 0.9, label="whole numbers")
    yield case(falling(rng, 8) * SIZES, 4e-10, 0.9, label="tiny and huge losses")
    yield case(falling(rng, 4), 42.0, 0.0, label="a `beta` of 0")
    yield case(falling(rng, 70), 1.0, 0.97, label="70 losses")
    yield case(falling(rng, LONG), 42.0, 0.6, label=f"{LONG:,} losses", only="hidden")
    yield case(falling(rng, LONG), 42.0, label=f"{LONG:,} losses, `beta` left out", only="hidden")


@exercise.mistake(START_FIRST)
def start_included(losses, initial, beta=0.999):
    v = [initial]
    for loss in losses:
        v.append(beta * v[-1] + (1 - beta) * loss)
    return np.array(v)


@exercise.mistake(START_FIRST, id="start_included")
def start_included_in_a_list(losses, initial, beta=0.999):
    v = [initial]
    for loss in losses:
        v.append(smooth(v[-1], loss, beta))
    return v


@exercise.mistake(
    "Every value comes one step late: entry t should be the average after loss t, and the start "
    "has no entry."
)
def one_late(losses, initial, beta=0.999):
    v = []
    value = initial
    for loss in losses:
        v.append(value)
        value = beta * value + (1 - beta) * loss
    return np.array(v)


@exercise.mistake("The first loss is left out, with the start in its place.")
def first_loss_skipped(losses, initial, beta=0.999):
    v = np.zeros(len(losses))
    v[0] = initial
    for t in range(1, len(losses)):
        v[t] = beta * v[t - 1] + (1 - beta) * losses[t]
    return v


@exercise.mistake("The average starts from 0 whatever `initial` is.")
def initial_ignored(losses, initial, beta=0.999):
    v = []
    value = 0.0
    for loss in losses:
        value = beta * value + (1 - beta) * loss
        v.append(value)
    return np.array(v)


@exercise.mistake("The average starts from the first loss; `initial` is ignored.")
def from_first_loss(losses, initial, beta=0.999):
    v = []
    value = losses[0]
    for loss in losses:
        value = beta * value + (1 - beta) * loss
        v.append(value)
    return np.array(v)


@exercise.mistake(BETA_OF_0)
def beta_of_0(losses, initial, beta=0.999):
    return smooth_sequence(losses, initial, beta or 0.999)


@exercise.mistake(ZERO_IS_NO_START)
def zero_is_no_start(losses, initial, beta=0.999):
    return smooth_sequence(losses, initial or [*losses, 0.0][0], beta)


@exercise.mistake(BY_POWERS)
def by_powers(losses, initial, beta=0.999):
    powers = np.float64(beta) ** np.arange(1, len(losses) + 1)
    if beta == 0:
        return np.array(losses, dtype=float)
    return powers * (initial + (1 - beta) * np.cumsum(np.asarray(losses, dtype=float) / powers))


@exercise.mistake(BETA_FIXED)
def beta_fixed(losses, initial, beta=0.999):
    v = []
    value = initial
    for loss in losses:
        value = 0.999 * value + 0.001 * loss
        v.append(value)
    return np.array(v)


@exercise.mistake(SWAPPED)
def swapped(losses, initial, beta=0.999):
    v = []
    value = initial
    for loss in losses:
        value = (1 - beta) * value + beta * loss
        v.append(value)
    return np.array(v)


@exercise.mistake("Each loss is averaged with the start; carry the average on from step to step.")
def not_carried(losses, initial, beta=0.999):
    return np.array([beta * initial + (1 - beta) * loss for loss in losses])


@exercise.mistake(
    "Each loss is averaged with the raw loss before it; take the average before it instead."
)
def previous_raw(losses, initial, beta=0.999):
    v = []
    previous = initial
    for loss in losses:
        v.append(beta * previous + (1 - beta) * loss)
        previous = loss
    return np.array(v)


@exercise.mistake(LAST_VALUE)
def last_value(losses, initial, beta=0.999):
    value = initial
    for loss in losses:
        value = beta * value + (1 - beta) * loss
    return value


@exercise.mistake(
    "That is the plain mean of the losses so far; old losses should fade by `beta` a step."
)
def running_mean(losses, initial, beta=0.999):
    return np.cumsum(losses) / np.arange(1, len(losses) + 1)


@exercise.mistake("The values are divided by 1 - beta**t; that correction is another exercise.")
def corrected(losses, initial, beta=0.999):
    v = []
    value = initial
    for t, loss in enumerate(losses, start=1):
        value = beta * value + (1 - beta) * loss
        v.append(value / (1 - beta**t))
    return np.array(v)


@exercise.mistake(RETURNS_LIST, id="list")
def returns_list(losses, initial, beta=0.999):
    v = []
    value = initial
    for loss in losses:
        value = beta * value + (1 - beta) * loss
        v.append(value)
    return v


@exercise.mistake("Those are the losses themselves: they are not smoothed.")
def no_smoothing(losses, initial, beta=0.999):
    return np.array(losses, dtype=float)


@exercise.mistake("For no losses, expected an empty array: there is no first loss to look at.")
def no_losses(losses, initial, beta=0.999):
    v = [smooth(initial, losses[0], beta)]
    for loss in losses[1:]:
        v.append(smooth(v[-1], loss, beta))
    return np.array(v)


@exercise.mistake(LISTS_TOO)
def lists_too(losses, initial, beta=0.999):
    v = np.zeros(losses.size)
    for t in range(losses.size):
        initial = smooth(initial, losses[t], beta)
        v[t] = initial
    return v


@exercise.mistake(LISTS_TOO, id="lists_too")
def computes_with_the_list(losses, initial, beta=0.999):
    v = []
    for share in (1 - beta) * losses:
        initial = beta * initial + share
        v.append(initial)
    return np.array(v)


@exercise.mistake(WHOLE)
def whole_numbers(losses, initial, beta=0.999):
    v = np.zeros_like(losses)
    for t in range(len(losses)):
        initial = smooth(initial, losses[t], beta)
        v[t] = initial
    return v


@exercise.mistake(WHOLE, id="whole_numbers")
def whole_start(losses, initial, beta=0.999):
    v = np.full(len(losses) + 1, initial)
    for t in range(len(losses)):
        v[t + 1] = smooth(v[t], losses[t], beta)
    return v[1:]


@exercise.mistake(FEW_STEPS, limit=(50, 64, 1000))
def few_steps(losses, initial, beta=0.999, *, limit):
    v = np.zeros(len(losses))
    for t in range(min(limit, len(losses))):
        initial = smooth(initial, losses[t], beta)
        v[t] = initial
    return v


@exercise.mistake(ROUNDED, decimals=(2, 1, 0, 3, 4, 6, 8))
def rounded(losses, initial, beta=0.999, *, decimals):
    v = []
    for loss in losses:
        initial = smooth(initial, loss, beta)
        v.append(initial)
    return np.round(np.array(v, dtype=float), decimals)


@exercise.refused("Work on a copy")
def changes_input(losses, initial, beta=0.999):
    value = initial
    for t in range(len(losses)):
        value = beta * value + (1 - beta) * losses[t]
        losses[t] = value
    return losses


@exercise.right
def vectorised(losses, initial, beta=0.999):
    smoothed = np.empty(len(losses))
    for t, loss in enumerate(losses):
        initial = smooth(initial, loss, beta)
        smoothed[t] = initial
    return smoothed


@exercise.right
def loops(losses, initial, beta=0.999):
    result = []
    value = initial
    for loss in losses:
        value = value * beta + loss * (1 - beta)
        result.append(value)
    return np.array(result)


@exercise.right
def own_style(losses, initial, beta=0.999):
    n = len(losses)
    v = np.zeros(n + 1)
    v[0] = initial
    for t in range(1, n + 1):
        v[t] = smooth(v[t - 1], losses[t - 1], beta)
    return v[1:]


@exercise.right
def by_recursion(losses, initial, beta=0.999):
    def after(start, part):
        if len(part) < 2:
            return [smooth(start, loss, beta) for loss in part]
        half = len(part) // 2
        first = after(start, part[:half])
        return first + after(first[-1], part[half:])

    return np.array(after(initial, losses), dtype=float)


# The weight of every loss in every average, and of the start.
@exercise.right
def as_a_product(losses, initial, beta=0.999):
    n = len(losses)
    age = np.subtract.outer(np.arange(n), np.arange(n))
    weights = np.where(age >= 0, (1 - beta) * float(beta) ** np.abs(age), 0.0)
    powers = float(beta) ** np.arange(1, n + 1)
    return np.einsum("ij,j->i", weights, np.asarray(losses, dtype=float)) + powers * initial


@exercise.right
def unusual(losses, initial, beta=0.999):
    values = accumulate(losses, lambda v, x: smooth(v, x, beta), initial=initial)
    return np.fromiter(values, dtype=float)[1:]
