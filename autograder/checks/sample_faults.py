"""What tells an array from independent normal draws of the right spread, in words."""

import numpy as np

from . import normal
from .rules import Mismatch
from .texts import said

LARGE = 50_000  # draws from which on smaller deviations of spread and shape are taken seriously
LARGE_SIGMAS = 5.3  # once in eight million samples; only one array of an exercise is so large
FLAT_SIGMAS = 5.0  # the lower tail of a sample's kurtosis is lighter than a normal one's
SAME = 1 - 1e-9  # the cosine of rows that are equal up to rounding
ALIKE = "Equal rows of weights compute the same from their inputs."


def sample_fault(z: np.ndarray, std: float, where: str) -> Mismatch | None:
    """Return the Mismatch of draws that are not independent or not normal, or None.

    Parameters
    ----------
    z : ndarray
        The draws divided by their spread.
    std : float
        The spread.
    where : str
        Where they stand, for the message.
    """
    found = _lines(z, std) or _repeated(z, std) or _too_exact(z) or tail(z) or _shape(z, std)
    if found:
        found.where = where
    return found


def _lines(z: np.ndarray, std: float) -> Mismatch | None:
    """Test rows and columns, if there are any."""
    if z.ndim != 2:
        return None
    both = {said("row"): z, said("column"): z.T}
    zeros = (_zeros(lines, name) for name, lines in both.items())
    if found := next(filter(None, zeros), None):
        return found
    # Equal columns make rows look related too, but less, and the other way round.
    pairs = {name: normal.related(lines) for name, lines in both.items()}
    related = [(_strength(both[name], *pair), name, pair) for name, pair in pairs.items() if pair]
    if related:
        _, name, pair = max(related)
        return _related(both[name], *pair, name)
    uneven = (_uneven(lines, std, name) for name, lines in both.items())
    followed = (_followed(lines, name) for name, lines in both.items())
    ordered = (_ordered(lines, name) for name, lines in both.items())
    alternating = (_alternating(lines, name) for name, lines in both.items())
    return (
        next(filter(None, uneven), None)
        or _diagonal(z, std)
        or next(filter(None, followed), None)
        or next(filter(None, ordered), None)
        or next(filter(None, alternating), None)
    )


def _zeros(z: np.ndarray, name: str) -> Mismatch | None:
    zeros = np.flatnonzero(~z.any(axis=1))
    if not zeros.size:
        return None
    got = said(f"zeros only in {name} {zeros[0]}")
    hint = said(f"{zeros.size} of {len(z)} {name}s hold nothing but zeros.")
    return Mismatch("every entry drawn", got, hint, mistake=f"zero_{name}s")


def _cosine(z: np.ndarray, i: int, j: int) -> float:
    return float(z[i] @ z[j] / np.linalg.norm(z[i]) / np.linalg.norm(z[j]))


def _strength(z: np.ndarray, i: int, j: int) -> float:
    """Return how much rows are related: 1 if two are equal, else their mean squared cosine.

    Of that the part that chance has is taken off. What all rows share makes the largest cosine of
    a few columns larger than that of any two rows.
    """
    if abs(_cosine(z, i, j)) > SAME:
        return 1.0
    unit = z / np.linalg.norm(z, axis=1, keepdims=True)
    n, m = z.shape
    squares = np.sum((unit @ unit.T) ** 2) - n
    return float(squares / (n * (n - 1)) - 1 / m)


def _uneven(z: np.ndarray, std: float, name: str) -> Mismatch | None:
    line = normal.uneven(z)
    if line is None:
        return None
    return Mismatch(
        f"{name}s that scatter as independent draws of mean 0 and one spread do",
        f"other ones; {name} {line} is furthest off, with a mean of {std * z[line].mean():.3g} and "
        f"a standard deviation of {std * z[line].std():.4g} where {std:.4g} is expected",
        mistake=f"uneven_{name}s",
    )


def _related(z: np.ndarray, i: int, j: int, name: str) -> Mismatch:
    """Say how two rows or columns that are not independent are related."""
    cosine = _cosine(z, i, j)
    same = abs(cosine) > SAME
    how = said("equal") if cosine > 0 else said("opposite")
    return Mismatch(
        f"{name}s drawn independently of each other",
        said(f"{name}s {i} and {j} that are {how}")
        if same
        else said(f"{name}s {i} and {j} that are correlated (their correlation is {cosine:.2f})"),
        ALIKE if same and name == "row" and cosine > 0 else "",
        mistake=f"related_{name}s",
    )


def _diagonal(z: np.ndarray, std: float) -> Mismatch | None:
    if not normal.diagonal_off(z):
        return None
    return Mismatch(
        "mean 0 on the diagonal as elsewhere",
        f"mean {std * np.diagonal(z).mean():.3g} there",
        "Was an identity matrix added?",
        mistake="diagonal",
    )


def _followed(z: np.ndarray, name: str) -> Mismatch | None:
    correlation = normal.neighbours(z)
    if not correlation:
        return None
    return Mismatch(
        "every entry drawn independently",
        f"entries that depend on the one before them in their {name} (their correlation is "
        f"{correlation:.3f})",
        mistake="followed",
    )


def _ordered(z: np.ndarray, name: str) -> Mismatch | None:
    if not normal.ordered(z):
        return None
    return Mismatch(
        f"{name}s in the order in which they were drawn",
        f"{name}s in the order of their sums or sizes",
        "Were they sorted? Then a unit's place says something about its weights.",
        mistake=f"ordered_{name}s",
    )


def _alternating(z: np.ndarray, name: str) -> Mismatch | None:
    changes, number = normal.alternating(z), len(z)
    if changes is None:
        return None
    return Mismatch(
        f"{name}s whose signs do not depend on those of the {name} before",
        f"sums that change their sign {changes} times in {number} {name}s",
        mistake=f"alternating_{name}s",
    )


def _one_size(z: np.ndarray, std: float) -> Mismatch | None:
    """Say that many entries are 0 or the largest size, if they are what is repeated."""
    sizes, counts = np.unique(np.abs(z), return_counts=True)
    often = int(np.argmax(counts))
    number = counts[often]
    if number == 1 or number < counts[counts > 1].sum() / 2:
        return None
    if sizes[often] == 0:
        return Mismatch("every entry drawn", f"{number} zeros", mistake="zero_entries")
    if often < sizes.size - 1:
        return None
    return Mismatch(
        "draws as they come",
        f"{number} of {z.size} that are {std * sizes[often]:.4g} or its negative, the largest size",
        "Large draws were cut off.",
        mistake="truncated",
    )


def _repeated(z: np.ndarray, std: float) -> Mismatch | None:
    if not normal.repeats(z):
        return None
    if found := _one_size(z, std):
        return found
    return Mismatch(
        "every entry drawn independently",
        "the same numbers repeated",
        "Some draws come more than once, perhaps in another order or with another sign.",
        mistake="repeated",
    )


def _too_exact(z: np.ndarray) -> Mismatch | None:
    if not normal.too_exact(z):
        return None
    return Mismatch(
        "draws whose mean and spread scatter a little around the right ones",
        "a mean or a standard deviation that is right to the last digit",
        "Were the draws standardized afterwards? Then they are no longer independent.",
        mistake="standardized",
    )


def tail(z: np.ndarray) -> Mismatch | None:
    """Say that draws far out are too few or too many."""
    found = normal.tail(z)
    if not found:
        return None
    limit, seen, mean = found
    few = seen < mean
    return Mismatch(
        f"about {mean:.0f} of {z.size} draws beyond {limit:g} standard deviations",
        f"{seen}",
        "Were large draws cut off, or drawn again?" if few else "",
        mistake="truncated" if few else "heavy_tails",
    )


def _shape(z: np.ndarray, std: float) -> Mismatch | None:
    large = z.size >= LARGE
    if large and normal.spread_off(z, LARGE_SIGMAS):
        return Mismatch(f"a standard deviation of {std:.5g}", f"{std * np.std(z):.5g}")
    if (large and normal.flat(z, FLAT_SIGMAS)) or normal.bins_off(z):
        return Mismatch("draws from a normal distribution", "another distribution with that spread")
    return None
