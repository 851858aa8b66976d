"""A cost that never overflows."""

import math

import numpy as np

from autograder.cases import value
from autograder.model import Exercise, case

from .shared import draw_logits

exercise = Exercise(points=3, expect=value(rtol=1e-12, atol=1e-12))


@exercise.reference
def binary_cross_entropy(logits, y):
    """Return the mean cross-entropy of ``sigmoid(logits)`` against `y`, in nats.

    Parameters
    ----------
    logits : (1, m) ndarray
    y : (1, m) ndarray of 0 and 1

    Returns
    -------
    float
        ``mean(max(z, 0) - z y + log(1 + exp(-|z|)))``: the logarithm of the sigmoid written
        out, so that neither a logarithm of 0 nor an overflow can occur.
    """
    per_example = np.maximum(logits, 0) - logits * y + np.log1p(np.exp(-np.abs(logits)))
    return np.mean(per_example)


@exercise.cases
def cases(rng):
    m = int(rng.integers(9, 14))
    yield case(*draw_logits(rng, m), label=f"{m} examples")
    yield case(np.zeros((1, m)), draw_logits(rng, m)[1], label="logits of zero")
    z, y = draw_logits(rng, m)
    sure = (2 * y - 1) * rng.uniform(20, 40, (1, m))
    yield case(sure, y, label="logits of 20 to 40, on the right side")
    yield case(-sure, y, label="logits of 20 to 40, on the wrong side")
    yield case(50 * sure, y, label="logits of 1000 and more, on the right side")
    yield case(z + 1000 * rng.choice([-1, 1], (1, m)), y, label="logits of 1000 and -1000")
    z, _ = draw_logits(rng, 1)
    for label in (0, 1):
        yield case(z, np.array([[label]]), label=f"a single example of label {label}")
    yield case(
        1e12 * rng.normal(0, 1, (1, m)),
        y * 1.0,
        label="logits of a million a million, labels as floats",
    )


@exercise.mistake("That is the sum over the examples; expected the mean.", id="sum")
def sum_over_examples(logits, y):
    return np.sum(np.logaddexp(0, logits) - y * logits)


@exercise.mistake(
    "The logits were kept within a limit, which caps the cost; the exponential can be kept from "
    "overflowing without that.",
    limit=(30, 100, 500, 700, 709),
)
def limited(logits, y, *, limit):
    z = np.clip(logits, -limit, limit)
    return np.mean(np.logaddexp(0, z) - y * z)


@exercise.mistake("The sign is wrong: a cost is never negative.")
def sign(logits, y):
    return np.mean(y * logits - np.logaddexp(0, logits))


@exercise.mistake("That is in bits, a logarithm to base 2; expected nats, the natural logarithm.")
def base_2(logits, y):
    return np.mean(np.logaddexp(0, logits) - y * logits) / np.log(2)


@exercise.mistake("That is a logarithm to base 10; expected the natural logarithm.")
def base_10(logits, y):
    return np.mean(np.logaddexp(0, logits) - y * logits) / np.log(10)


@exercise.mistake(
    "At large logits the sigmoid is rounded to exactly 0 or 1, and the logarithm of 0 is minus "
    "infinity. Write out the logarithm of the sigmoid instead: the exponential in it can be kept "
    "small."
)
def log_of_zero(logits, y):
    a = 1 / (1 + np.exp(-logits))
    return -np.mean(y * np.log(a) + (1 - y) * np.log(1 - a))


@exercise.mistake(
    "A small number was added inside the logarithm: that caps the cost (at 18.4 for 1e-8) and "
    "removes its gradient. Write out the logarithm of the sigmoid instead, and no logarithm of 0 "
    "can occur.",
    small=(1e-7, 1e-8, 1e-10, 1e-12, 1e-15),
)
def epsilon(logits, y, *, small):
    a = 1 / (1 + np.exp(-logits))
    return -np.mean(y * np.log(a + small) + (1 - y) * np.log(1 - a + small))


@exercise.mistake(
    "The probabilities were clipped away from 0 and 1: that caps the cost and removes its "
    "gradient. Write out the logarithm of the sigmoid instead, and nothing has to be clipped.",
    small=(1e-7, 1e-8, 1e-10, 1e-12, 1e-15),
)
def clipped(logits, y, *, small):
    a = np.clip(1 / (1 + np.exp(-logits)), small, 1 - small)
    return -np.mean(y * np.log(a) + (1 - y) * np.log(1 - a))


# NaN comes only where the right cost is about 0: the two below give the same.
ROUNDED = (
    "The sigmoid was rounded before its logarithm was taken: for an example on the wrong side "
    "that is imprecise from logits of about 20 on and infinite from about 37 on. Counting NaN as "
    "0 does not help. Write out the logarithm of the sigmoid instead: the exponential in it can "
    "be kept small."
)


@exercise.mistake(ROUNDED, id="nan_dropped")
def nan_as_0(logits, y):
    a = 1 / (1 + np.exp(-logits))
    return -np.nansum(y * np.log(a) + (1 - y) * np.log(1 - a)) / y.shape[1]


@exercise.mistake(ROUNDED, id="nan_dropped")
def log_of_chosen(logits, y):
    a = 1 / (1 + np.exp(-logits))
    return np.mean(-np.log(np.where(y == 1, a, 1 - a)))


@exercise.mistake(
    "The examples whose cost became NaN were left out of the mean. They count too, with a cost "
    "near 0: the NaN is 0 times the logarithm of a sigmoid that was rounded to 0."
)
def nan_dropped(logits, y):
    a = 1 / (1 + np.exp(-logits))
    return np.nanmean(-(y * np.log(a) + (1 - y) * np.log(1 - a)))


ONE_SIDE = (
    "An exponential overflows for large logits of one sign. Which sign must its exponent have "
    "for positive logits, and which for negative ones?"
)


@exercise.mistake(ONE_SIDE)
def one_side(logits, y):
    return np.mean(np.log1p(np.exp(logits)) - y * logits)


@exercise.mistake(ONE_SIDE, id="one_side")
def other_side(logits, y):
    return np.mean(np.log1p(np.exp(-logits)) + (1 - y) * logits)


@exercise.mistake(
    "Only the examples with label 1 count; those with label 0 have their own part of the formula."
)
def only_positives(logits, y):
    return np.mean(y * np.logaddexp(0, -logits))


@exercise.mistake(
    "Only the examples with label 0 count; those with label 1 have their own part of the formula."
)
def only_negatives(logits, y):
    return np.mean((1 - y) * np.logaddexp(0, logits))


@exercise.mistake(
    "Every example is treated as one of the other class: the labels are swapped, or the sign of "
    "the logits is wrong."
)
def labels_exchanged(logits, y):
    return np.mean(np.logaddexp(0, logits) - (1 - y) * logits)


NO_SIGMOID = "The logits were used as probabilities: the sigmoid is missing."


@exercise.mistake(NO_SIGMOID)
def no_sigmoid(logits, y):
    return -np.mean(y * np.log(logits) + (1 - y) * np.log(1 - logits))


@exercise.mistake(NO_SIGMOID, id="no_sigmoid", small=(1e-7, 1e-8, 1e-12, 1e-15))
def no_sigmoid_clipped(logits, y, *, small):
    a = np.clip(logits, small, 1 - small)
    return -np.mean(y * np.log(a) + (1 - y) * np.log(1 - a))


@exercise.mistake("The sigmoid was applied twice.")
def sigmoid_twice(logits, y):
    a = 1 / (1 + np.exp(-logits))
    return np.mean(np.logaddexp(0, a) - y * a)


@exercise.mistake("That is the cost of each example; their mean is expected.")
def per_example(logits, y):
    return np.logaddexp(0, logits) - y * logits


@exercise.mistake("That is the squared error of the probability; expected the cross-entropy.")
def squared(logits, y):
    a = 1 / (1 + np.exp(-logits))
    return np.mean((a - y) ** 2)


@exercise.mistake("There is an extra factor of 1/2.")
def half(logits, y):
    return np.sum(np.logaddexp(0, logits) - y * logits) / (2 * y.shape[1])


@exercise.right
def vectorised(logits, y):
    return np.mean(np.logaddexp(0, logits) - y * logits)


@exercise.right
def loops(logits, y):
    total = 0.0
    m = logits.shape[1]
    for j in range(m):
        z = float(logits[0, j])
        if y[0, j] == 1:
            z = -z
        # -log(1 - sigmoid(z)) = log(1 + e^z), written so that e^z stays small
        if z > 0:
            total += z + math.log1p(math.exp(-z))
        else:
            total += math.log1p(math.exp(z))
    return total / m


@exercise.right
def own_style(logits, y):
    z, y = logits.ravel(), y.ravel()
    positive = z > 0
    costs = np.empty(z.shape)
    costs[positive] = z[positive] * (1 - y[positive]) + np.log1p(np.exp(-z[positive]))
    costs[~positive] = -z[~positive] * y[~positive] + np.log1p(np.exp(z[~positive]))
    return float(costs.sum() / len(costs))


# log(1 + e^z) overflows with a warning for large z, where it is z itself.
@exercise.right
def unusual(logits, y):
    margin = np.where(y == 1, -logits, logits)
    with_overflow = np.log1p(np.exp(margin))
    return np.array(np.where(margin > 30, margin + np.exp(-margin), with_overflow).mean())
