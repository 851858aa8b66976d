"""The weights with which the start and the losses enter the average."""

from functools import reduce

import numpy as np

from autograder.model import Exercise, case

from .shared import LONG, RETURNS_LIST, ROUNDED, tight
from .smooth import smooth

exercise = Exercise(points=3, expect=tight)


@exercise.reference
def ewa_weights(n_steps, beta):
    """Return the weights with which `n_steps` losses and the start enter the average.

    Parameters
    ----------
    n_steps : int
    beta : float

    Returns
    -------
    (n_steps+1,) ndarray
        ``beta**n`` for the starting value, then ``(1 - beta) * beta**(n - t)`` for the loss
        of step t = 1, ..., n (Kingma and Ba 2014, eq. 1, plus the start). The sum is 1.
    """
    losses = (1 - beta) * beta ** np.arange(n_steps - 1, -1, -1)
    return np.concatenate([[beta**n_steps], losses])


@exercise.cases
def cases(rng):
    yield case(2, 0.5, label="2 steps and a `beta` of 0.5")
    yield case(int(rng.integers(8, 14)), float(rng.uniform(0.6, 0.95)), label="more steps")
    yield case(30, 0.999, label="30 steps and a `beta` of 0.999")
    yield case(1, 0.9, label="a single step")
    yield case(0, 0.9, label="no step")
    yield case(3, 0.0, label="a `beta` of 0")
    yield case(90, float(rng.uniform(0.5, 0.7)), label="90 steps")
    n = LONG // 2  # a right answer may well take the square of the steps, or their cube
    yield case(n, float(rng.uniform(0.93, 0.96)), label=f"{n:,} steps", only="hidden")


@exercise.mistake(
    "Newest and oldest are swapped: the newest loss, the last entry, has the largest weight of "
    "the losses.",
    id="reversed",
)
def newest_and_oldest_swapped(n_steps, beta):
    t = np.arange(1, n_steps + 1)
    return np.concatenate([[beta**n_steps], (1 - beta) * beta ** (t - 1)])


@exercise.mistake("The order is reversed: the start comes first, the newest loss last.")
def all_reversed(n_steps, beta):
    ages = np.arange(n_steps)
    return np.append((1 - beta) * beta**ages, beta**n_steps)


@exercise.mistake("The weight of the start comes last; it should come first.")
def start_last(n_steps, beta):
    t = np.arange(1, n_steps + 1)
    return np.append((1 - beta) * beta ** (n_steps - t), beta**n_steps)


@exercise.mistake("The weight of the starting value is missing; it comes first.")
def no_start(n_steps, beta):
    t = np.arange(1, n_steps + 1)
    return (1 - beta) * beta ** (n_steps - t)


@exercise.mistake(
    "The start is weighted like one more loss, so the weights do not sum to 1: the start keeps "
    "all the weight that the losses leave."
)
def start_like_a_loss(n_steps, beta):
    return (1 - beta) * beta ** np.arange(n_steps, -1, -1)


@exercise.mistake("The start has no weight, so the weights do not sum to 1.")
def start_zero(n_steps, beta):
    t = np.arange(1, n_steps + 1)
    return np.concatenate([[0.0], (1 - beta) * beta ** (n_steps - t)])


@exercise.mistake("The start keeps the weight 1; each step should reduce it.")
def start_one(n_steps, beta):
    weights = np.ones(n_steps + 1)
    for t in range(1, n_steps + 1):
        weights[t] = (1 - beta) * beta ** (n_steps - t)
    return weights


@exercise.mistake(
    "The weights of the losses have one power of `beta` too many: the newest should have 1 - beta."
)
def one_power_more(n_steps, beta):
    t = np.arange(1, n_steps + 1)
    return np.concatenate([[beta**n_steps], (1 - beta) * beta ** (n_steps - t + 1)])


@exercise.mistake("The weights of the losses lack the factor 1 - beta, so they do not sum to 1.")
def not_weighted(n_steps, beta):
    t = np.arange(1, n_steps + 1)
    return np.concatenate([[beta**n_steps], beta ** (n_steps - t)])


@exercise.mistake(
    "The powers of `beta` were divided by their sum; the start should keep all the weight that "
    "the losses leave."
)
def normalised(n_steps, beta):
    weights = beta ** np.arange(n_steps, -1.0, -1)
    return weights / weights.sum()


@exercise.mistake("`beta` and 1 - beta are swapped: `beta` is the weight of the past.")
def swapped(n_steps, beta):
    t = np.arange(1, n_steps + 1)
    return np.concatenate([[(1 - beta) ** n_steps], beta * (1 - beta) ** (n_steps - t)])


@exercise.mistake("All weights are equal, as in a plain mean; older losses should weigh less.")
def equal(n_steps, beta):
    return np.full(n_steps + 1, 1 / (n_steps + 1))


@exercise.mistake(RETURNS_LIST, id="list")
def returns_list(n_steps, beta):
    weights = [beta**n_steps]
    for t in range(1, n_steps + 1):
        weights.append((1 - beta) * beta ** (n_steps - t))
    return weights


@exercise.mistake("That is one weight too many: there are `n_steps` losses and the start.")
def losses_from_zero(n_steps, beta):
    t = np.arange(n_steps + 1)
    return np.concatenate([[beta**n_steps], (1 - beta) * beta ** (n_steps - t)])


@exercise.mistake("That is a column; expected an array of one dimension, of shape (n_steps + 1,).")
def column(n_steps, beta):
    t = np.arange(1, n_steps + 1)
    weights = np.concatenate([[beta**n_steps], (1 - beta) * beta ** (n_steps - t)])
    return weights.reshape(-1, 1)


@exercise.mistake(
    "Small weights were set to 0; the oldest losses still weigh something.",
    least=(1e-3, 1e-4, 1e-6, 1e-8, 1e-10, 1e-12),
)
def cut_off(n_steps, beta, *, least):
    t = np.arange(1, n_steps + 1)
    weights = np.concatenate([[beta**n_steps], (1 - beta) * beta ** (n_steps - t)])
    return np.where(weights < least, 0, weights)


@exercise.mistake(ROUNDED, decimals=(3, 2, 4, 6, 8))
def rounded(n_steps, beta, *, decimals):
    t = np.arange(1, n_steps + 1)
    weights = np.concatenate([[beta**n_steps], (1 - beta) * beta ** (n_steps - t)])
    return np.round(weights, decimals)


@exercise.right
def vectorised(n_steps, beta):
    weights = (1 - beta) * beta ** (n_steps - np.arange(n_steps + 1.0))
    weights[0] = beta**n_steps
    # The newest loss has age 0, the oldest n_steps - 1, the start n_steps.
    return weights


@exercise.right
def loops(n_steps, beta):
    weights = np.zeros(n_steps + 1)
    weights[0] = 1.0
    for t in range(1, n_steps + 1):
        for i in range(t):
            weights[i] *= beta
        weights[t] = 1 - beta
    return weights


@exercise.right
def own_style(n_steps, beta):
    weights = np.ones(1)
    if n_steps == 0:
        return weights
    for _ in range(n_steps):
        weights = np.append(beta * weights, 1 - beta)
    return weights


# What an average of zeros with a single one in it comes to.
@exercise.right
def unusual(n_steps, beta):
    start, *losses = np.eye(n_steps + 1)
    return reduce(lambda v, x: smooth(v, x, beta), losses, start)


@exercise.right
def backwards(n_steps, beta):
    weights, left = [], 1.0
    for _ in range(n_steps):
        weights.append(left * (1 - beta))
        left *= beta
    return np.array([left, *reversed(weights)])


@exercise.right
def by_logarithms(n_steps, beta):
    ages = np.r_[n_steps, np.arange(n_steps)[::-1]]
    with np.errstate(divide="ignore", invalid="ignore"):
        powers = np.where(ages == 0, 1.0, np.exp(ages * np.log(beta)))
    return powers * np.r_[1.0, np.full(n_steps, 1 - beta)]
