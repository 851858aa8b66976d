"""Statistics of arrays of draws: are they normal, of this spread, independent of each other?

Every band is six standard errors wide: a right answer falls outside one of them about twice
in a billion draws.
"""

import numpy as np

from .texts import said

SIGMAS = 6.0
SAME = 1e-6  # of the spread: arrays of draws are never as near to each other as that
UNIFORM_BELOW = 2.2  # a uniform distribution has a kurtosis of 1.8, a normal one of 3


def kurtosis(array: np.ndarray) -> float:
    """Return the fourth moment about the mean over the squared variance: 3 for a normal."""
    z = array - array.mean()
    fourth: float = np.mean(z**4) / np.mean(z**2) ** 2
    return fourth


def std_off(array: np.ndarray, std: float) -> bool:
    """Tell whether the standard deviation of normal draws is another one."""
    return bool(abs(np.std(array) - std) > SIGMAS * std / np.sqrt(2 * array.size))


def off(array: np.ndarray, std: float) -> bool:
    """Tell whether an array is not a sample of a normal distribution of mean 0 and this spread."""
    if std == 0:  # a mistake may give zeros only
        return bool(array.any())
    z = array.ravel() / std
    if len(np.unique(z)) < z.size / 2:
        return True
    moments = abs(z.mean()) * np.sqrt(z.size), abs(np.mean(z > 0) - 0.5) * 2 * np.sqrt(z.size)
    excess = (kurtosis(z) - 3) * np.sqrt(z.size / 24)
    # A sample's kurtosis is skewed: its upper tail is heavier than a normal one's, its lower
    # tail lighter. Uniform draws lie 12 standard errors below in an array of 2,400.
    return bool(max(moments) > SIGMAS or not -SIGMAS < excess < 2 * SIGMAS or std_off(z, 1.0))


def together(first: np.ndarray, second: np.ndarray) -> bool:
    """Tell whether two series of draws are correlated, as far as both go."""
    n = min(first.size, second.size)
    return bool(abs(np.corrcoef(first[:n], second[:n])[0, 1]) > SIGMAS / np.sqrt(n))


def alike(first: np.ndarray, second: np.ndarray, std: float) -> str:
    """Say what arrays from two seeds have in common; nothing if they are independent draws."""
    first, second = np.ravel(first), np.ravel(second)
    if np.max(np.abs(first - second)) <= SAME * std:  # so is a draw times 1e-15, added
        return said("the same numbers")
    with np.errstate(all="ignore"):
        return said("numbers correlated with the first ones") if together(first, second) else ""
