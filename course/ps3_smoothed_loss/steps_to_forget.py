"""How many steps it takes until the start is forgotten."""

import math

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
    yield case(0.9, float(rng.uniform(1.2, 3)), label="a tolerance above 1")
    # Powers of 2, whose logarithms and powers are exact: here rounding does not decide.
    yield case(0.5, 0.25, label="0.5**2, which is the tolerance")
    yield case(0.25, 0.25, label="0.25**1, which is the tolerance")
    yield case(0.5, 2.0**-8, label="0.5**8, which is the tolerance", only="hidden")
    yield case(float(rng.uniform(0.001, 0.009)), label="a `beta` below the tolerance")
    yield case(float(rng.uniform(0.02, 0.05)), label="a small `beta`", only="hidden")
    yield case(0.02, 0.3, label="a small `beta` and a large tolerance", only="hidden")
    # The exact number lies well between two whole ones in each of these.
    yield case(0.9999, 1e-6, label="a `beta` of 0.9999 and a tolerance of 1e-6")
    yield case(0.5, 7e-16, label="a tolerance of 7e-16")
    yield case(0.99999, 4.01e-5, label="a `beta` of 0.99999", only="hidden")
    # Near a whole number, but a thousand million times as far from it as rounding gets.
    for label, little in (
        ("a quotient just above a whole number", 3e-7),
        ("a quotient just below a whole number", -3e-7),
    ):
        beta = 0.01 ** (1 / (int(rng.integers(12, 30)) + little))
        yield case(beta, label=label, only="hidden")


DOWN = "Rounded down: after that many steps the start still weighs more than `tolerance`."


@exercise.mistake(DOWN)
def rounded_down(beta, tolerance=0.01):
    return max(0, int(np.log(tolerance) / np.log(beta)))


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


NOT_AT_ONCE = "A tolerance of 1 or more is met before the first step, at t = 0."


@exercise.mistake(NOT_AT_ONCE)
def not_at_once(beta, tolerance=0.01):
    t = 1
    while beta**t > tolerance:
        t += 1
    return t


EXACTLY = "Where `beta**t` is exactly the tolerance, t is already enough: it may be equal to it."


@exercise.mistake(EXACTLY)
def strictly_below(beta, tolerance=0.01):
    t = 0
    while beta**t >= tolerance and tolerance < 1:
        t += 1
    return t


@exercise.mistake(EXACTLY, id="strictly_below")
def one_more_than_rounded_down(beta, tolerance=0.01):
    return int(np.log(tolerance) / np.log(beta)) + 1 if tolerance < 1 else 0


@exercise.mistake(NOT_AT_ONCE, id="not_at_once")
def one_more_than_rounded_down_always(beta, tolerance=0.01):
    return max(1, int(np.log(tolerance) / np.log(beta)) + 1)


@exercise.mistake("A tolerance above 1 gives a negative number of steps; the smallest number is 0.")
def negative(beta, tolerance=0.01):
    t = int(np.ceil(np.log(tolerance) / np.log(beta)))
    while beta**t > tolerance:
        t += 1
    return t


@exercise.mistake(
    "With a `beta` of at most the tolerance one step is needed: before it, the start has the "
    "weight 1."
)
def none_needed(beta, tolerance=0.01):
    t = int(np.ceil(np.log(tolerance) / np.log(beta)))
    return t if t > 1 else 0


@exercise.mistake(
    "A small number was added inside a logarithm, which shifts the result.",
    small=(1e-8, 1e-10, 1e-12, 1e-15),
)
def epsilon(beta, tolerance=0.01, *, small):
    return max(0, int(np.ceil(np.log(tolerance + small) / np.log(beta))))


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


@exercise.mistake(
    "The search stops too early: near a `beta` of 1 it takes many thousands of steps.",
    limit=(1000, 100, 5000, 10_000, 100_000, 1_000_000),
)
def few_steps(beta, tolerance=0.01, *, limit):
    for t in range(limit):
        if beta**t <= tolerance:
            return t
    return limit


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
    quotient = np.log(np.minimum(tolerance, 1.0)) / np.log(beta)
    near = np.arange(max(0, int(quotient) - 1), int(quotient) + 3)
    return int(near[beta**near <= tolerance][0])


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
def base_2(beta, tolerance=0.01):
    if tolerance >= 1:
        return 0
    t = math.ceil(math.log2(tolerance) / math.log2(beta))
    return t - 1 if beta ** (t - 1) <= tolerance else t


# The binary digits of t - 1, from powers of `beta` that are squares of each other.
@exercise.right
def by_squares(beta, tolerance=0.01):
    if tolerance >= 1:
        return 0
    squares = [beta]
    while squares[-1] > tolerance:
        squares.append(squares[-1] ** 2)
    t, weight = 0, 1.0
    for k in reversed(range(len(squares))):
        if weight * squares[k] > tolerance:
            t, weight = t + 2**k, weight * squares[k]
    return t + 1


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
