"""What several exercises of this assignment need: messages, and losses to average."""

import numpy as np

from autograder.cases import value

# In another order, or by another formula, the right answers come out within 2e-13 of the
# reference (2,050 losses, or a `beta` of 0.9999). Losses may be tiny, so there is no absolute
# tolerance to speak of, and the smallest entry counts as much as the largest.
tight = value(rtol=1e-11, atol=1e-250, each=True)

BITS = "That is in bits, a logarithm to base 2; expected nats, the natural logarithm."
BASE_10 = "That is a logarithm to base 10; expected the natural logarithm."
SIGN = "The sign is wrong: a loss is never negative."
ROUNDED = "The result was rounded; expected all its digits."
EPSILON = "A small number was added where one divides or takes a logarithm; nothing is 0 there."
WHOLE = (
    "The results were stored as whole numbers, which cuts their fractions off: an array takes its "
    "type from what it is made of, and `losses` or the start may be whole numbers."
)
FEW_STEPS = "The later losses are missing or wrong: `losses` may have thousands of entries."

BETA_FIXED = "`beta` is always taken as 0.999; it is an argument."
BETA_OF_0 = (
    "A `beta` of 0 was taken for none given, and became 0.999; 0 is a weight like any other."
)
BY_POWERS = (
    "Dividing by a power of `beta` goes wrong after many losses: the power becomes 0. Carry the "
    "average on from loss to loss instead."
)
ZERO_IS_NO_START = (
    "A start of 0 was taken for none given: then the average began at the first loss; 0 is a start "
    "like any other."
)
SWAPPED = "The weights are swapped: `beta` belongs to the past, 1 - beta to the new loss."

LISTS_TOO = "Your function works on an array only; `losses` may be a list as well."
RETURNS_LIST = "That is a list with the right numbers; expected an array."
LAST_VALUE = "That is the value after the last loss only; expected one for each loss."
START_FIRST = (
    "The starting value is the first entry: there should be one entry for each loss, the first "
    "of them after the first loss."
)


SIZES = 10.0 ** np.arange(-11, 13, 3)  # for eight losses, from tiny to huge
LONG = 2050  # losses of the longest case: more than any limit that one would write


def falling(rng, n):
    """Draw losses that fall from about 40 to 25, with the noise of single names.

    Returns
    -------
    (n,) ndarray
    """
    return 25 + 15 * np.exp(-np.arange(n) / n * 3) + rng.normal(0, 5, n)
