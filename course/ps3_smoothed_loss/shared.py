"""What several exercises of this assignment need: messages, and losses to average."""

import numpy as np

BITS = "That is in bits, a logarithm to base 2; expected nats, the natural logarithm."
BASE_10 = "That is a logarithm to base 10; expected the natural logarithm."
SIGN = "The sign is wrong: a loss is never negative."

BETA_FIXED = "`beta` is always taken as 0.999; it is an argument."
SWAPPED = "The weights are swapped: `beta` belongs to the past, 1 - beta to the new loss."

LISTS_TOO = "Your function works on an array only; `losses` may be a list as well."
RETURNS_LIST = "That is a list with the right numbers; expected an array."
LAST_VALUE = "That is the value after the last loss only; expected one for each loss."
START_FIRST = (
    "The starting value is the first entry: there should be one entry for each loss, the first "
    "of them after the first loss."
)


def falling(rng, n):
    """Draw losses that fall from about 40 to 25, with the noise of single names.

    Returns
    -------
    (n,) ndarray
    """
    return 25 + 15 * np.exp(-np.arange(n) / n * 3) + rng.normal(0, 5, n)
