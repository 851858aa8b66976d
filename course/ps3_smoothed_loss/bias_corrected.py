"""The average that starts from zero, with its start corrected."""

import warnings

import numpy as np

from autograder.model import Exercise, case

from .shared import (
    BETA_FIXED,
    BETA_OF_0,
    BY_POWERS,
    EPSILON,
    FEW_STEPS,
    LAST_VALUE,
    LISTS_TOO,
    LONG,
    RETURNS_LIST,
    ROUNDED,
    SIZES,
    SWAPPED,
    WHOLE,
    falling,
    tight,
)
from .smooth_sequence import smooth_sequence

exercise = Exercise(points=3, expect=tight)


@exercise.reference
def bias_corrected(losses, beta=0.999):
    """Return the average that starts from zero, divided by the weight that the losses have.

    Parameters
    ----------
    losses : (n,) array_like
    beta : float, optional

    Returns
    -------
    (n,) ndarray
        ``v_t / (1 - beta**t)`` for t = 1, ..., n (Kingma and Ba 2014, section 3).
    """
    steps = np.arange(1, len(losses) + 1)
    return smooth_sequence(losses, 0.0, beta) / (1 - beta**steps)


@exercise.cases
def cases(rng):
    yield case(falling(rng, 12), label="12 losses")
    yield case(falling(rng, 15), float(rng.uniform(0.5, 0.9)), label="another `beta`")
    yield case(np.full(6, 30.0), 0.9, label="losses that are all equal")
    yield case(falling(rng, 1), 0.9, label="a single loss")
    yield case(falling(rng, 6).tolist(), 0.9, label="a list of losses")
    yield case(np.array([40, 31, 20]), 0.9, label="whole numbers")
    yield case(falling(rng, 8) * SIZES, 0.9, label="tiny and huge losses")
    yield case(falling(rng, 4), 0.0, label="a `beta` of 0")
    yield case(falling(rng, 1), 1 - 1e-6, label="a single loss and a `beta` near 1")
    yield case(falling(rng, 70), 0.97, label="70 losses")
    yield case(falling(rng, LONG), 0.99, label=f"{LONG:,} losses", only="hidden")
    label = "thousands of losses and a small `beta`"  # whose powers become 0
    yield case(falling(rng, LONG), 0.6, label=label, only="hidden")


FROM_ZERO = "The steps are counted from 0, and 1 - beta**0 is 0: the first loss is step 1."


@exercise.mistake(FROM_ZERO)
def t_from_zero(losses, beta=0.999):
    v = []
    value = 0.0
    for t, loss in enumerate(losses):
        value = beta * value + (1 - beta) * loss
        v.append(value / (1 - np.float64(beta) ** t))
    return np.array(v)


@exercise.mistake(FROM_ZERO, id="t_from_zero")
def division_by_zero(losses, beta=0.999):
    v = []
    value = 0.0
    for t, loss in enumerate(losses):
        value = beta * value + (1 - beta) * float(loss)
        v.append(value / (1 - beta**t))
    return np.array(v)


@exercise.mistake(
    "From the second loss on, the number of the step is one too small: the first loss is step 1, "
    "the second one step 2."
)
def one_early(losses, beta=0.999):
    v = []
    value = 0.0
    for t, loss in enumerate(losses):
        value = beta * value + (1 - beta) * loss
        v.append(value / (1 - beta**t) if t > 0 else loss)
    return np.array(v)


@exercise.mistake(
    "The corrected value was fed back into the average; the average goes on from the value "
    "without the correction."
)
def fed_back(losses, beta=0.999):
    v = []
    value = 0.0
    for t, loss in enumerate(losses, start=1):
        value = (beta * value + (1 - beta) * loss) / (1 - beta**t)
        v.append(value)
    return np.array(v)


@exercise.mistake(
    "That is the average that starts from 0, without the correction: it is far too low at first."
)
def not_corrected(losses, beta=0.999):
    v = []
    value = 0.0
    for loss in losses:
        value = beta * value + (1 - beta) * loss
        v.append(value)
    return np.array(v)


@exercise.mistake(
    "The divisor is 1 - beta at every step; `beta` should be raised to the number of the step."
)
def no_power(losses, beta=0.999):
    v = []
    value = 0.0
    for loss in losses:
        value = beta * value + (1 - beta) * loss
        v.append(value / (1 - beta))
    return np.array(v)


@exercise.mistake("The same divisor was taken for every step, that of the last one.")
def last_power(losses, beta=0.999):
    v = []
    value = 0.0
    for loss in losses:
        value = beta * value + (1 - beta) * loss
        v.append(value / (1 - beta ** len(losses)))
    return np.array(v)


@exercise.mistake("The number of the step is one too large: the first loss is step 1.")
def one_late(losses, beta=0.999):
    v = []
    value = 0.0
    for t, loss in enumerate(losses, start=1):
        value = beta * value + (1 - beta) * loss
        v.append(value / (1 - beta ** (t + 1)))
    return np.array(v)


@exercise.mistake(
    "`beta` was multiplied by the number of the step; it should be raised to that power."
)
def beta_times_t(losses, beta=0.999):
    v = []
    value = 0.0
    for t, loss in enumerate(losses, start=1):
        value = beta * value + (1 - beta) * loss
        v.append(value / (1 - beta * t))
    return np.array(v)


@exercise.mistake("The divisor is beta**t; the weights of the losses add up to 1 minus that.")
def divided_by_power(losses, beta=0.999):
    t = np.arange(1, len(losses) + 1)
    return smooth_sequence(losses, 0.0, beta) / beta**t


@exercise.mistake("The average was multiplied by 1 - beta**t; it should be divided.")
def multiplied(losses, beta=0.999):
    v = []
    value = 0.0
    for t, loss in enumerate(losses, start=1):
        value = beta * value + (1 - beta) * loss
        v.append(value * (1 - beta**t))
    return np.array(v)


@exercise.mistake(
    "The average starts from the first loss; the correction is for one that starts from 0."
)
def from_first_loss(losses, beta=0.999):
    v = []
    value = losses[0]
    for t, loss in enumerate(losses, start=1):
        value = beta * value + (1 - beta) * loss
        v.append(value / (1 - beta**t))
    return np.array(v)


@exercise.mistake(
    "The average starts from the first loss, and there is no correction; it should start from 0 "
    "and be corrected.",
    id="from_first_loss",
)
def from_first_loss_uncorrected(losses, beta=0.999):
    return smooth_sequence(losses, losses[0], beta)


@exercise.mistake(BETA_OF_0)
def beta_of_0(losses, beta=0.999):
    return bias_corrected(losses, beta or 0.999)


@exercise.mistake(BY_POWERS)
def by_powers(losses, beta=0.999):
    if beta == 0:
        return np.array(losses, dtype=float)
    powers = np.float64(beta) ** np.arange(1, len(losses) + 1)
    weighted = np.cumsum(np.asarray(losses, dtype=float) / powers)
    return powers * (1 - beta) * weighted / (1 - powers)


@exercise.mistake(BETA_FIXED)
def beta_fixed(losses, beta=0.999):
    beta = 0.999
    v = []
    value = 0.0
    for t, loss in enumerate(losses, start=1):
        value = beta * value + (1 - beta) * loss
        v.append(value / (1 - beta**t))
    return np.array(v)


@exercise.mistake(
    "In the correction, `beta` is always taken as 0.999; it is an argument.", id="beta_fixed"
)
def beta_fixed_in_the_correction(losses, beta=0.999):
    t = np.arange(1, len(losses) + 1)
    return smooth_sequence(losses, 0.0, beta) / (1 - 0.999**t)


@exercise.mistake(SWAPPED)
def swapped(losses, beta=0.999):
    v = []
    value = 0.0
    for t, loss in enumerate(losses, start=1):
        value = (1 - beta) * value + beta * loss
        v.append(value / (1 - beta**t))
    return np.array(v)


@exercise.mistake(LAST_VALUE)
def last_value(losses, beta=0.999):
    value = 0.0
    for loss in losses:
        value = beta * value + (1 - beta) * loss
    return value / (1 - beta ** len(losses))


@exercise.mistake("The start of 0 is the first entry: there should be one entry for each loss.")
def zero_first(losses, beta=0.999):
    v = [0.0]
    value = 0.0
    for t, loss in enumerate(losses, start=1):
        value = beta * value + (1 - beta) * loss
        v.append(value / (1 - beta**t))
    return np.array(v)


@exercise.mistake(RETURNS_LIST, id="list")
def returns_list(losses, beta=0.999):
    v = []
    value = 0.0
    for t, loss in enumerate(losses, start=1):
        value = beta * value + (1 - beta) * loss
        v.append(value / (1 - beta**t))
    return v


@exercise.mistake(LISTS_TOO)
def lists_too(losses, beta=0.999):
    t = np.arange(1, losses.size + 1)
    return smooth_sequence(losses, 0.0, beta) / (1 - beta**t)


@exercise.mistake(LISTS_TOO, id="lists_too")
def computes_with_the_list(losses, beta=0.999):
    v = []
    value = 0.0
    for t, share in enumerate((1 - beta) * losses, start=1):
        value = beta * value + share
        v.append(value / (1 - beta**t))
    return np.array(v)


@exercise.mistake(WHOLE)
def whole_numbers(losses, beta=0.999):
    v = np.zeros_like(losses)
    value = 0.0
    for t in range(len(losses)):
        value = beta * value + (1 - beta) * losses[t]
        v[t] = value / (1 - beta ** (t + 1))
    return v


@exercise.mistake(
    "The correction stops after some steps; it becomes small, but belongs to every step.",
    limit=(10, 50, 64, 1000),
)
def first_steps_only(losses, beta=0.999, *, limit):
    t = np.arange(1, len(losses) + 1)
    return smooth_sequence(losses, 0.0, beta) / np.where(t > limit, 1, 1 - beta**t)


@exercise.mistake(FEW_STEPS, limit=(50, 64, 1000))
def few_steps(losses, beta=0.999, *, limit):
    t = np.arange(1, len(losses) + 1)
    v = smooth_sequence(losses, 0.0, beta) / (1 - beta**t)
    return np.where(t > limit, 0, v)


@exercise.mistake(EPSILON, small=(1e-8, 1e-10, 1e-12, 1e-15))
def epsilon(losses, beta=0.999, *, small):
    t = np.arange(1, len(losses) + 1)
    return smooth_sequence(losses, 0.0, beta) / (1 - beta**t + small)


@exercise.mistake(ROUNDED, decimals=(2, 1, 0, 3, 4, 6, 8))
def rounded(losses, beta=0.999, *, decimals):
    t = np.arange(1, len(losses) + 1)
    return np.round(smooth_sequence(losses, 0.0, beta) / (1 - beta**t), decimals)


@exercise.right
def vectorised(losses, beta=0.999):
    t = 1 + np.arange(len(losses))
    return smooth_sequence(losses, 0, beta) / (1 - beta**t)


@exercise.right
def loops(losses, beta=0.999):
    corrected = np.zeros(len(losses))
    value = 0.0
    power = 1.0
    for t in range(len(losses)):
        value = beta * value + (1 - beta) * losses[t]
        power *= beta
        corrected[t] = value / (1 - power)
    return corrected


@exercise.right
def own_style(losses, beta=0.999):
    def corrected(v, t):
        return v / (1 - beta**t)

    averages = smooth_sequence(losses, 0.0, beta)
    return np.array([corrected(v, t) for t, v in enumerate(averages, start=1)])


# The sum of the weights grows along with the average of the losses.
@exercise.right
def sums_of_weights(losses, beta=0.999):
    weighted = weight = 0.0
    corrected = []
    for loss in losses:
        weighted = beta * weighted + loss
        weight = beta * weight + 1
        corrected.append(weighted / weight)
    return np.array(corrected, dtype=float)


# Like Adam: a step size that changes, and no average of zeros.
@exercise.right
def changing_weight(losses, beta=0.999):
    corrected = np.zeros(len(losses))
    value = 0.0
    for t, loss in enumerate(np.asarray(losses, dtype=float)):
        share = (1 - beta) / (1 - beta ** (t + 1))
        value += share * (loss - value)
        corrected[t] = value
    return corrected


# The weight of every loss in every average, as a triangular matrix.
def weight_matrix(n, beta):
    step = np.arange(n)
    age = step[:, None] - step[None, :]
    return np.tril((1.0 - beta) * np.power(float(beta), np.abs(age)))


# A weighted mean: the correction divides by the sum of the weights.
@exercise.right
def unusual(losses, beta=0.999):
    warnings.warn("quadratic in the number of losses", stacklevel=2)
    weights = weight_matrix(len(losses), beta)
    return weights @ np.array(losses) / weights.sum(axis=1)
