"""How many steps it takes until the start is forgotten."""

import numpy as np

from autograder.model import Exercise, case

from .shared import BETA_FIXED

exercise = Exercise(points=2)


@exercise.reference
def steps_to_forget(beta, tolerance=0.01):
    """Return the smallest t with ``beta**t <= tolerance``.

    Parameters
    ----------
    beta : float
        At least 0, below 1.
    tolerance : float, optional
        Positive: the weight of the starting value below which it counts as forgotten.

    Returns
    -------
    int
    """
    if tolerance >= 1:
        return 0
    if beta == 0:
        return 1
    # The quotient of two rounded logarithms may fall on the wrong side of an integer,
    # so it only says where to begin to look.
    t = max(0, int(np.log(tolerance) / np.log(beta)) - 1)
    while beta**t > tolerance:
        t += 1
    return t


@exercise.cases
def cases(rng):
    """Draw cases whose exact number of steps lies well between two whole numbers."""
    yield case(0.999, label="a `beta` of 0.999")
    for low, high in ((0.15, 0.4), (0.6, 0.85), (0.15, 0.4)):
        while True:
            beta, tolerance = rng.uniform(0.6, 0.995), float(rng.choice([0.02, 0.05, 0.2]))
            if low < np.log(tolerance) / np.log(beta) % 1 < high:
                break
        yield case(float(beta), tolerance, label=f"a tolerance of {tolerance}")
    yield case(0.99, label="a `beta` of 0.99")
    yield case(0.9, 1.0, label="a tolerance of 1")


DOWN = "Rounded down: after that many steps the start still weighs more than `tolerance`."


@exercise.mistake(DOWN)
def rounded_down(beta, tolerance=0.01):
    return int(np.log(tolerance) / np.log(beta))


@exercise.mistake(DOWN, id="rounded_down")
def one_too_few(beta, tolerance=0.01):
    t = 0
    while beta ** (t + 1) > tolerance:
        t += 1
    return t


@exercise.mistake(
    "Rounded to the nearest whole number; where that rounds down, the start still weighs more "
    "than `tolerance`."
)
def rounded(beta, tolerance=0.01):
    return int(round(float(np.log(tolerance) / np.log(beta))))


@exercise.mistake("That is not a whole number of steps; expected the smallest one that is enough.")
def not_rounded(beta, tolerance=0.01):
    return np.log(tolerance) / np.log(beta)


@exercise.mistake("The number is right, but it is a float; expected an int.", id="float")
def returns_float(beta, tolerance=0.01):
    return float(np.ceil(np.log(tolerance) / np.log(beta)))


@exercise.mistake("One step fewer is already enough.")
def one_too_many(beta, tolerance=0.01):
    t = 0
    while beta**t > tolerance:
        t += 1
    return t + 1


@exercise.mistake("`tolerance` is always taken as 0.01; it is an argument.")
def tolerance_ignored(beta, tolerance=0.01):
    return int(np.ceil(np.log(0.01) / np.log(beta)))


@exercise.mistake(BETA_FIXED)
def beta_fixed(beta, tolerance=0.01):
    return int(np.ceil(np.log(tolerance) / np.log(0.999)))


NOT_AT_ONCE = "A tolerance of 1 is met before the first step, at t = 0."


@exercise.mistake(NOT_AT_ONCE)
def not_at_once(beta, tolerance=0.01):
    t = 1
    while beta**t > tolerance:
        t += 1
    return t


@exercise.mistake(NOT_AT_ONCE, id="not_at_once")
def one_more_than_rounded_down(beta, tolerance=0.01):
    return int(np.log(tolerance) / np.log(beta)) + 1


# All three give 1 for nearly every `beta` that is drawn here, so one message stands for them.
ALWAYS_1 = "That is 1/beta, rounded, or the two logarithms are divided the wrong way round."


@exercise.mistake(ALWAYS_1)
def one_over_beta(beta, tolerance=0.01):
    return int(1 / beta)


@exercise.mistake(ALWAYS_1, id="one_over_beta")
def one_over_beta_rounded(beta, tolerance=0.01):
    return round(1 / beta)


@exercise.mistake(ALWAYS_1, id="one_over_beta")
def logarithms_inverted(beta, tolerance=0.01):
    return int(np.ceil(np.log(beta) / np.log(tolerance)))


@exercise.mistake("The search stops too early: with 0.999 it takes thousands of steps.")
def few_steps(beta, tolerance=0.01):
    for t in range(1000):
        if beta**t <= tolerance:
            return t
    return 1000


WINDOW = "That is the window, 1/(1 - beta): by then the start still weighs about 37 %."


@exercise.mistake(WINDOW)
def window(beta, tolerance=0.01):
    return int(np.ceil(1 / (1 - beta)))


@exercise.mistake(WINDOW, id="window")
def window_rounded_down(beta, tolerance=0.01):
    return int(1 / (1 - beta))


@exercise.mistake(WINDOW, id="window")
def window_rounded(beta, tolerance=0.01):
    return round(1 / (1 - beta))


@exercise.mistake("That is when half of the start is forgotten, whatever `tolerance` is.")
def half_life(beta, tolerance=0.01):
    return int(np.ceil(np.log(0.5) / np.log(beta)))


@exercise.mistake(
    "That is when the share `tolerance` is forgotten; it is the share that may remain."
)
def forgotten_share(beta, tolerance=0.01):
    return int(np.ceil(np.log(1 - tolerance) / np.log(beta)))


@exercise.mistake(
    "The weight was taken to fall by 1 - beta at each step; it is multiplied by `beta`."
)
def linear(beta, tolerance=0.01):
    return int(np.ceil((1 - tolerance) / (1 - beta)))


@exercise.mistake("That takes -log(beta) as 1 - beta: near, but not the smallest number.")
def approximated(beta, tolerance=0.01):
    return int(np.ceil(-np.log(tolerance) / (1 - beta)))


@exercise.right
def vectorised(beta, tolerance=0.01):
    return int(np.ceil(np.log(tolerance) / np.log(beta)))


@exercise.right
def loops(beta, tolerance=0.01):
    t = 0
    remaining = 1.0
    while remaining > tolerance:
        remaining *= beta
        t += 1
    return t


@exercise.right
def own_style(beta, tolerance=0.01):
    for t in range(10**7):
        if beta**t <= tolerance:
            return t
    raise OverflowError("forgets too slowly")


@exercise.right
def unusual(beta, tolerance=0.01):
    high = 1
    while beta**high > tolerance:
        high *= 2
    low = 0
    while low < high:
        middle = (low + high) // 2
        if beta**middle <= tolerance:
            high = middle
        else:
            low = middle + 1
    return np.int64(low)
