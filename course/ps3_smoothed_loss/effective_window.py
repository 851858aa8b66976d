"""How many losses the average stands for."""

import numpy as np

from autograder.model import Exercise, case

from .shared import EPSILON, ROUNDED, tight

exercise = Exercise(points=1, expect=tight)


@exercise.reference
def effective_window(beta):
    """Return how many equally weighted losses the average is worth: ``1/(1 - beta)``.

    Parameters
    ----------
    beta : float
        Below 1.

    Returns
    -------
    float
    """
    return 1 / (1 - beta)


@exercise.cases
def cases(rng):
    for beta in (0.5, float(rng.uniform(0.71, 0.79)), float(rng.uniform(0.981, 0.989)), 0.9993):
        yield case(beta, label=f"a `beta` of {beta:.4g}")
    yield case(0.0, label="a `beta` of 0")
    yield case(float(1 - 10 ** -rng.uniform(13, 13.5)), label="a `beta` very near 1")


@exercise.mistake("That is 1/beta; the window is 1 over the weight of the newest loss.")
def one_over_beta(beta):
    return 1 / beta


WHOLE_NUMBER = "The result was rounded to a whole number."


# Floats, all three: with an int, `int` and `np.floor` would not count as the same.
@exercise.mistake(WHOLE_NUMBER, id="rounded")
def rounded_down(beta):
    return np.floor(1 / (1 - beta))


@exercise.mistake(WHOLE_NUMBER, id="rounded")
def rounded_to_whole(beta):
    return np.round(1 / (1 - beta))


@exercise.mistake(ROUNDED, decimals=(2, 1, 3, 4, 6, 8))
def rounded(beta, *, decimals):
    return np.round(1 / (1 - beta), decimals)


@exercise.mistake(EPSILON, small=(1e-8, 1e-10, 1e-12, 1e-15))
def epsilon(beta, *, small):
    return 1 / (1 - beta + small)


@exercise.mistake(
    "The window was limited; near a `beta` of 1 it grows without bound.", cap=(1e3, 1e4, 1e6, 1e9)
)
def limited(beta, *, cap):
    return min(1 / (1 - beta), cap)


@exercise.mistake(WHOLE_NUMBER, id="rounded")
def rounded_up(beta):
    return np.ceil(1 / (1 - beta))


WEIGHT = (
    "That is 1 - beta, the weight of the newest loss; the window is 1 over it. If you did "
    "divide, look at the parentheses: a division comes before a subtraction."
)


@exercise.mistake(WEIGHT)
def weight(beta):
    return 1 - beta


@exercise.mistake(WEIGHT, id="weight")
def parentheses(beta):
    return 1 / 1 - beta


@exercise.mistake("That is beta/(1 - beta), the lag behind a falling loss.")
def lag(beta):
    return beta / (1 - beta)


@exercise.mistake("That is (1 + beta)/(1 - beta), another definition of a window.")
def span(beta):
    return 2 / (1 - beta) - 1


@exercise.mistake("That is the half-life, after which a loss has half its weight.")
def half_life(beta):
    return np.log(0.5) / np.log(beta)


@exercise.mistake("That is -1/log(beta): near, but not the same.")
def time_constant(beta):
    return -1 / np.log(beta)


@exercise.mistake("The sign is wrong: a window is positive.")
def sign(beta):
    return 1 / (beta - 1)


@exercise.mistake("That is always 1000, the window of 0.999; `beta` is an argument.")
def fixed(beta):
    return 1000.0


@exercise.refused("`return` line")
def prints(beta):
    print(1 / (1 - beta))


@exercise.right
def vectorised(beta):
    return np.divide(1, 1 - beta)


@exercise.right
def loops(beta):
    return 1 / (1 - beta)


@exercise.right
def own_style(beta):
    new_weight = 1.0 - beta
    return new_weight**-1


@exercise.right
def by_an_equation(beta):
    # The window w satisfies w = 1 + beta * w.
    return np.linalg.solve([[1 - beta]], [1.0])[0]


@exercise.right
def by_logarithms(beta):
    return np.exp(-np.log(1 - beta))


@exercise.right
def unusual(beta):
    return np.float64(1.0) / np.float64(1.0 - beta)
