"""One step of the exponentially weighted average."""

import numpy as np

from autograder.model import Exercise, case

from .shared import BETA_FIXED, BETA_OF_0, ROUNDED, SWAPPED, tight

exercise = Exercise(points=1, expect=tight)


@exercise.reference
def smooth(loss, cur_loss, beta=0.999):
    """Return the average after one more loss: ``beta * loss + (1 - beta) * cur_loss``.

    Parameters
    ----------
    loss : float
        The smoothed value so far.
    cur_loss : float
        The raw loss of this step.
    beta : float, optional
        Weight of the past.

    Returns
    -------
    float
    """
    return beta * loss + (1 - beta) * cur_loss


@exercise.cases
def cases(rng):
    past, new = rng.uniform(20, 45, 2)
    yield case(float(past), float(new), label="the default `beta`")
    yield case(float(past), float(new), float(rng.uniform(0.6, 0.95)), label="another `beta`")
    yield case(float(new), float(past), 0.0, label="a `beta` of 0")
    yield case(0.0, float(new), 0.9, label="a start of 0")
    yield case(7, 2, 0.25, label="whole numbers")
    yield case(1e-10, 4e-10, float(rng.uniform(0.6, 0.95)), label="tiny losses")
    yield case(1.5, 4e10, 0.99995, label="a `beta` near 1 and a very large loss")
    yield case(float(past), 0.0, 0.1, label="a new loss of 0", only="hidden")


@exercise.mistake(SWAPPED)
def swapped(loss, cur_loss, beta=0.999):
    return (1 - beta) * loss + beta * cur_loss


@exercise.mistake(BETA_FIXED)
def beta_fixed(loss, cur_loss, beta=0.999):
    return 0.999 * loss + 0.001 * cur_loss


@exercise.mistake(BETA_OF_0)
def beta_of_0(loss, cur_loss, beta=0.999):
    return smooth(loss, cur_loss, beta or 0.999)


@exercise.mistake("The new loss has no weight; expected two weights that sum to 1.")
def no_weight(loss, cur_loss, beta=0.999):
    return beta * loss + cur_loss


@exercise.mistake("The past has no weight; expected two weights that sum to 1.")
def past_unweighted(loss, cur_loss, beta=0.999):
    return loss + (1 - beta) * cur_loss


@exercise.mistake("Both have the weight `beta`; the new loss has 1 - beta.")
def one_weight(loss, cur_loss, beta=0.999):
    return beta * loss + beta * cur_loss


@exercise.mistake("That is the plain mean of the two; the past has the weight `beta`.")
def mean(loss, cur_loss, beta=0.999):
    return (loss + cur_loss) / 2


@exercise.mistake("The two parts are subtracted; they should be added.")
def sign(loss, cur_loss, beta=0.999):
    return beta * loss - (1 - beta) * cur_loss


@exercise.mistake("A pair of parentheses is missing around 1 - beta.")
def parentheses(loss, cur_loss, beta=0.999):
    return beta * loss + 1 - beta * cur_loss


@exercise.mistake("That is the new loss itself, without any smoothing.")
def new_only(loss, cur_loss, beta=0.999):
    return cur_loss


@exercise.mistake("That is the smoothed value as it was: the new loss has no influence.")
def past_only(loss, cur_loss, beta=0.999):
    return loss


@exercise.mistake("That is the past times `beta`: the new loss has no influence.")
def decay_only(loss, cur_loss, beta=0.999):
    return beta * loss


@exercise.mistake("That is the change of the average, not its new value.")
def change(loss, cur_loss, beta=0.999):
    return (1 - beta) * (cur_loss - loss)


@exercise.mistake(ROUNDED, decimals=(2, 1, 0, 3, 4, 6, 8))
def rounded(loss, cur_loss, beta=0.999, *, decimals):
    return round(beta * loss + (1 - beta) * cur_loss, decimals)


@exercise.mistake(
    "The new loss was limited before it was averaged; it counts as it is.", cap=(100, 1000)
)
def limited(loss, cur_loss, beta=0.999, *, cap):
    return beta * loss + (1 - beta) * min(cur_loss, cap)


@exercise.mistake("A start of 0 was taken for no start at all; 0 is averaged like any number.")
def zero_is_no_start(loss, cur_loss, beta=0.999):
    return beta * loss + (1 - beta) * cur_loss if loss else cur_loss


@exercise.refused("`return` line")
def returns_nothing(loss, cur_loss, beta=0.999):
    loss = beta * loss + (1 - beta) * cur_loss


@exercise.right
def vectorised(loss, cur_loss, beta=0.999):
    return loss + (1 - beta) * (cur_loss - loss)


@exercise.right
def loops(loss, cur_loss, beta=0.999):
    return beta * loss + (1 - beta) * cur_loss


@exercise.right
def own_style(loss, cur_loss, beta=0.999):
    assert 0 <= beta <= 1, "beta is a weight"
    old_part = np.multiply(beta, loss)
    new_part = np.multiply(1.0 - beta, cur_loss)
    return np.add(old_part, new_part)


@exercise.right
def as_a_mean(loss, cur_loss, beta=0.999):
    return np.average([loss, cur_loss], weights=[beta, 1 - beta])


@exercise.right
def interpolated(loss, cur_loss, beta=0.999):
    return np.einsum("i,i", np.array([beta, 1 - beta]), np.array([loss, cur_loss], dtype=float))


unusual = exercise.right(
    lambda loss, cur_loss, beta=0.999: np.dot([beta, 1 - beta], [loss, cur_loss])
)
