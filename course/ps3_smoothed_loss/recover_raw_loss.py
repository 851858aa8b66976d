"""The raw loss behind two neighbouring values of an average."""

import numpy as np

from autograder.model import Exercise, case

from .shared import BETA_FIXED, BETA_OF_0, EPSILON, SIGN, SWAPPED, tight
from .smooth import smooth

exercise = Exercise(points=2, expect=tight)


@exercise.reference
def recover_raw_loss(previous, smoothed, beta=0.999):
    """Return the raw loss that took the smoothed value from `previous` to `smoothed`.

    Parameters
    ----------
    previous, smoothed : float
        Two neighbouring values of the average.
    beta : float, optional

    Returns
    -------
    float
    """
    return (smoothed - beta * previous) / (1 - beta)


@exercise.cases
def cases(rng):
    yield case(23.070858062030304, 23.087336, label="the first two losses of the original")
    for beta in (float(rng.uniform(0.6, 0.95)), 0.99):
        past, raw = rng.uniform(20, 45, 2)
        yield case(float(past), float(smooth(past, raw, beta)), beta, label="another `beta`")
    past, raw = rng.uniform(20, 45, 2)
    yield case(float(past), float(smooth(past, raw)), label="the default `beta`")
    yield case(float(past), float(past), 0.9, label="an average that did not move")
    yield case(0.0, float(raw) * 1e-7, 1 - 1e-6, label="a start of 0 and a `beta` near 1")
    yield case(8, 6, 0.5, label="whole numbers")
    yield case(12.0, 6.0, 0.5, label="a raw loss of 0")
    yield case(3e-10, 5e-10, 0.75, label="tiny losses")
    yield case(float(past), float(raw), 0.0, label="a `beta` of 0")
    yield case(1.0, 4e10, 0.99, label="a very large raw loss", only="hidden")
    yield case(float(past) + 20, float(past), 0.8, label="an average that falls fast")


AGAIN = "That smooths again; the step should be undone, not repeated."


@exercise.mistake(AGAIN)
def smooths_again(previous, smoothed, beta=0.999):
    return beta * previous + (1 - beta) * smoothed


@exercise.mistake(AGAIN, id="smooths_again")
def smooths_backwards(previous, smoothed, beta=0.999):
    return smooth(smoothed, previous, beta)


@exercise.mistake("That is the change of the average; expected the loss that made it.")
def difference(previous, smoothed, beta=0.999):
    return smoothed - previous


@exercise.mistake(
    "The whole previous value was subtracted; only `beta` times it is still in the average."
)
def no_beta(previous, smoothed, beta=0.999):
    return (smoothed - previous) / (1 - beta)


@exercise.mistake(
    "The change, divided by the weight of the new loss, was added to the value after the step; "
    "add it to the value before.",
    id="no_beta",
)
def added_to_the_value_after(previous, smoothed, beta=0.999):
    return (smoothed - previous) / (1 - beta) + smoothed


@exercise.mistake(
    "That is what the new loss adds to the average, the loss times its weight; the weight still "
    "has to be divided out."
)
def not_divided(previous, smoothed, beta=0.999):
    return smoothed - beta * previous


@exercise.mistake("That was multiplied by the weight of the new loss; divide by it.")
def multiplied(previous, smoothed, beta=0.999):
    return (smoothed - beta * previous) * (1 - beta)


@exercise.mistake(SWAPPED)
def weights_swapped(previous, smoothed, beta=0.999):
    return (smoothed - (1 - beta) * previous) / beta


@exercise.mistake("The two values are swapped: `previous` comes before `smoothed`.")
def exchanged(previous, smoothed, beta=0.999):
    return (previous - beta * smoothed) / (1 - beta)


@exercise.mistake("That was divided by `beta`; the weight of the new loss is 1 - beta.")
def divided_by_beta(previous, smoothed, beta=0.999):
    return (smoothed - beta * previous) / beta


@exercise.mistake("A pair of parentheses is missing around the difference.")
def parentheses(previous, smoothed, beta=0.999):
    return smoothed - beta * previous / (1 - beta)


@exercise.mistake(BETA_OF_0)
def beta_of_0(previous, smoothed, beta=0.999):
    return recover_raw_loss(previous, smoothed, beta or 0.999)


@exercise.mistake(BETA_FIXED)
def beta_fixed(previous, smoothed, beta=0.999):
    return (smoothed - 0.999 * previous) / 0.001


@exercise.mistake(SIGN)
def sign(previous, smoothed, beta=0.999):
    return (beta * previous - smoothed) / (1 - beta)


@exercise.mistake(
    "The result was rounded; expected all its digits.", decimals=(2, 0, 1, 3, 4, 6, 8)
)
def rounded(previous, smoothed, beta=0.999, *, decimals):
    return round((smoothed - beta * previous) / (1 - beta), decimals)


@exercise.mistake(EPSILON, small=(1e-8, 1e-10, 1e-12, 1e-15))
def epsilon(previous, smoothed, beta=0.999, *, small):
    return (smoothed - beta * previous) / (1 - beta + small)


@exercise.mistake(
    "The result was limited; a raw loss may be as large as it likes.", cap=(50, 100, 1000)
)
def limited(previous, smoothed, beta=0.999, *, cap):
    return min((smoothed - beta * previous) / (1 - beta), cap)


@exercise.mistake(
    "The result was kept at 0 or above; where the average falls fast, it is negative."
)
def not_negative(previous, smoothed, beta=0.999):
    return max((smoothed - beta * previous) / (1 - beta), 0.0)


@exercise.mistake("That is always the number of the example; it depends on the values.")
def fixed(previous, smoothed, beta=0.999):
    return 39.549


@exercise.right
def vectorised(previous, smoothed, beta=0.999):
    return previous + (smoothed - previous) / (1 - beta)


@exercise.right
def loops(previous, smoothed, beta=0.999):
    return (smoothed - beta * previous) / (1 - beta)


@exercise.right
def own_style(previous, smoothed, beta=0.999):
    old_part = beta * previous
    new_part = smoothed - old_part
    raw = new_part / (1 - beta)
    return float(raw)


@exercise.right
def by_two_guesses(previous, smoothed, beta=0.999):
    # The average is a straight line in the raw loss: two points give it.
    low, high = smooth(previous, 0.0, beta), smooth(previous, 1.0, beta)
    return (smoothed - low) / (1.0 - beta) if high > low else smoothed


@exercise.right
def weights_ratio(previous, smoothed, beta=0.999):
    past = beta / (1 - beta)
    return (1 + past) * smoothed - past * previous


# One equation with one unknown, solved as a linear system.
@exercise.right
def unusual(previous, smoothed, beta=0.999):
    solution = np.linalg.solve([[1.0 - beta]], [smoothed - beta * previous])
    return solution[0]
