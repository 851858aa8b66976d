"""Is an array a sample of independent normal draws? Tests with their false alarm written down.

Every function takes `z`, draws divided by the standard deviation that they should have. A test
raises a false alarm once in 1e9 samples (`RARE`) or less often; docs/statistics.md adds them up.
"""

import math
from collections.abc import Callable, Iterator
from functools import partial
from itertools import product
from statistics import NormalDist
from typing import NamedTuple

import numpy as np

from .calls import generator
from .wire import Seed

RARE = 1e-9  # the probability that one test refuses right draws
SIGMAS = 6.1  # at which a normal number lies outside, on either side, with that probability
EXACT = 1e-12  # of the spread: a mean or a standard deviation is never as exact by chance
SAME = 1e-13  # relative: draws are never as near to each other, but roundings are
LINE = 32  # entries of a row or a column from which on its own spread is tested
MAX_LINES = 500  # whose pairs are compared: the time grows with their square
PAIRS = 300  # of rows from which on the sum of their squared correlations is tested
NEIGHBOURS = 3000  # products of neighbours from which on their sum is tested
TAILS = (2.5, 3.0, 3.5, 4.0)  # where draws are counted that lie further out
LISTED = 10  # draws that may be met twice, and one in 200 besides: float32 repeats one in 300


def deviate(squares: np.ndarray | float, n: np.ndarray | float) -> np.ndarray:
    """Return sums of `n` squares as nearly normal numbers (Wilson and Hilferty 1931)."""
    cube = np.cbrt(np.asarray(squares) / n)
    deviates: np.ndarray = (cube - (1 - 2 / (9 * np.asarray(n)))) / np.sqrt(2 / (9 * np.asarray(n)))
    return deviates


def bound(count: int) -> float:
    """Return what the largest of `count` normal numbers exceeds with probability `RARE`."""
    return -NormalDist().inv_cdf(RARE / (2 * count))


def spread_off(z: np.ndarray, sigmas: float = SIGMAS) -> bool:
    """Tell whether the mean square is another one than 1."""
    return bool(abs(deviate(float(np.sum(z * z)), z.size)) > sigmas)


def tail(z: np.ndarray) -> tuple[float, int, float] | None:
    """Return a limit beyond which lie too few or too many draws, their number, the expected one.

    Chernoff's bound for a Poisson number, which a binomial one's tails do not exceed.
    """
    size = np.abs(z)
    for limit in TAILS:
        mean = 2 * z.size * NormalDist().cdf(-limit)
        seen = int(np.count_nonzero(size > limit))
        exponent = mean - seen + (seen * math.log(seen / mean) if seen else 0.0)
        if exponent > math.log(2 / RARE):
            return limit, seen, mean
    return None


def bins_off(z: np.ndarray) -> bool:
    """Tell whether 20 bins that normal draws fill alike are filled unlike (chi-square)."""
    edges = [NormalDist().inv_cdf(share / 20) for share in range(1, 20)]
    counts = np.bincount(np.searchsorted(edges, z.ravel(), side="right"), minlength=20)
    expected = z.size / 20
    return bool(expected > 20 and deviate(np.sum((counts - expected) ** 2) / expected, 19) > SIGMAS)


def flat(z: np.ndarray, sigmas: float) -> bool:
    """Tell whether the fourth moment is too small, as that of sums of uniform draws is."""
    squares = (z - z.mean()) ** 2
    excess = float(np.mean(squares**2) / np.mean(squares) ** 2) - 3
    return excess < -sigmas * math.sqrt(24 / z.size)


def too_exact(z: np.ndarray) -> bool:
    """Tell whether mean or spread are exact: the draws were standardized after they were made."""
    return bool(z.size > 2 and min(abs(z.mean()), abs(np.std(z) - 1)) < EXACT)


def uneven(z: np.ndarray) -> int | None:
    """Return a row whose mean or spread is another one than those of the rest, or is too exact."""
    n, k = z.shape
    if k < LINE:
        return None
    means = z.sum(axis=1) / math.sqrt(k)
    spreads = deviate(np.sum(z * z, axis=1), k)
    for each in (spreads, means):
        scatter = float(deviate(float(np.sum(each * each)), n)) if n > 1 else 0.0
        if float(np.max(np.abs(each))) > bound(n) or abs(scatter) > SIGMAS:
            return int(np.argmax(np.abs(each)))
    return None


def ordered(z: np.ndarray) -> bool:
    """Tell whether the rows come in an order of their sums or sizes (Spearman's correlation)."""
    n = len(z)
    places = np.arange(n) - (n - 1) / 2
    whole = places @ places
    for each in (z.sum(axis=1), np.sum(z * z, axis=1)):
        order = places[np.argsort(each)] @ places
        # From 40 rows on a whole order is seen; fewer never reach the limit.
        if abs(order) * math.sqrt(max(n - 1, 0)) > SIGMAS * whole:
            return True
    return False


def alternating(z: np.ndarray) -> int | None:
    """Return how often the sign of the rows' sums changes from row to row; None if by chance.

    Signs of independent rows are those of a fair coin; the bound is Hoeffding's.
    """
    signs = z.sum(axis=1) > 0
    changes = int(np.count_nonzero(signs[1:] != signs[:-1]))
    n = len(z) - 1
    return changes if abs(2 * changes - n) > math.sqrt(2 * n * math.log(2 / RARE)) else None


def related(z: np.ndarray) -> tuple[int, int] | None:
    """Return two rows that are not independent, the most correlated ones, or None.

    For independent directions in k dimensions ``P(|cos| > c) <= (1 - c**2)**((k - 1)/2)``.
    """
    n, k = z.shape
    if not (1 < n <= MAX_LINES and k > 2):
        return None
    directions = z / np.linalg.norm(z, axis=1, keepdims=True)
    cosines = directions @ directions.T  # of one array: BLAS computes half of it
    np.fill_diagonal(cosines, 0.0)
    pairs = n * (n - 1) // 2
    largest = 1 - (RARE / pairs) ** (2 / (k - 1))
    squares = float(np.vdot(cosines, cosines)) / 2
    scatter = deviate(k * squares, pairs) if pairs >= PAIRS <= k * k else 0.0
    if max(cosines.max(), -cosines.min()) ** 2 <= largest and scatter <= SIGMAS:
        return None
    first, second = np.unravel_index(np.argmax(np.abs(cosines)), cosines.shape)
    return int(first), int(second)


def diagonal_off(z: np.ndarray) -> bool:
    """Tell whether the mean of the diagonal is not 0, as after an identity matrix was added."""
    entries = np.diagonal(z)
    return bool(abs(entries.sum()) > SIGMAS * math.sqrt(entries.size))


def neighbours(z: np.ndarray) -> float:
    """Return the correlation of entries and those after them in their rows; 0 if by chance.

    Of fewer products than `NEIGHBOURS` the sum has heavier tails than a normal number.
    """
    products = z[:, 1:] * z[:, :-1]
    if products.size < NEIGHBOURS or abs(products.sum()) <= SIGMAS * math.sqrt(products.size):
        return 0.0
    return float(products.mean())


def repeats(first: np.ndarray, second: np.ndarray | None = None) -> bool:
    """Tell whether draws come again, whatever their order and sign, in an array or in another."""
    one = np.sort(np.abs(first), axis=None)
    if second is None:
        return _many(np.diff(one) <= SAME * one[1:])
    other = np.sort(np.abs(second), axis=None)
    small, large = (one, other) if one.size < other.size else (other, one)
    at = np.searchsorted(large, small * (1 - SAME)).clip(max=large.size - 1)
    return _many(np.abs(large[at] - small) <= SAME * small)


def _many(same: np.ndarray) -> bool:
    number = int(np.count_nonzero(same))
    return number > LISTED + same.size / 200 or number == same.size > 4


def together(first: np.ndarray, second: np.ndarray) -> bool:
    """Tell whether two series of draws, or their sizes, are correlated as far as both go."""
    n = min(first.size, second.size)
    if n < LINE:
        return False
    one, other = np.ravel(first)[:n], np.ravel(second)[:n]
    pairs = ((one, other), (np.abs(one), np.abs(other)))
    return any(abs(np.corrcoef(*pair)[0, 1]) > SIGMAS / math.sqrt(n) for pair in pairs)


# Known draws of spread 1: where they start, how many they are, how many of these to return.
Draws = Callable[[int, int, int], np.ndarray]
FEW = 4  # of them tell most of what is no multiple


class Stretch(NamedTuple):
    """A stretch of known draws of spread 1, and the factor by which an array is its multiple.

    Nothing else has to be asked of such an array: it is normal, of that spread, and its entries
    are independent of each other and of all stretches of the same way that do not overlap.
    """

    factor: float
    way: int  # of drawing
    start: int
    size: int

    def overlaps(self, other: "Stretch") -> bool:
        """Tell whether draws of one are draws of the other, which were drawn in the same way."""
        return self.start < other.start + other.size and other.start < self.start + self.size


def stretches(arrays: dict[str, np.ndarray], seed: Seed) -> dict[str, Stretch]:
    """Return what stretch of known draws an array is a multiple of, for arrays that are made so.

    An array that is a multiple of a stretch of what `standard_normal` gives, or of what Box and
    Muller's formula makes of `random`, has exactly that spread. Of other arrays, which are as
    good, nothing is said.
    """
    starts = {0}
    for array in arrays.values():
        starts |= {start + array.size for start in starts}
    turned = {
        name: (array, array.T, array[::-1], array.T[::-1]) if array.ndim == 2 else (array,)
        for name, array in arrays.items()
    }
    left = {name: [one.ravel() for one in each] for name, each in turned.items()}
    found: dict[str, Stretch] = {}
    for way, draws in enumerate(_ways(seed, sum(array.size for array in arrays.values()))):
        for name in list(left):
            each = (_stretch(one, draws, way, start) for one in left[name] for start in starts)
            if known := next(filter(None, each), None):
                found[name] = known
                del left[name]
        if not left:
            break
    return found


def _ways(seed: Seed, total: int) -> Iterator[Draws]:
    """Yield the ways to draw that are known."""
    stream = generator(seed).standard_normal(total)
    yield lambda start, n, wanted: stream[start : start + min(n, wanted)]
    pairs = generator(seed).random(2 * total)
    for forms in product((False, True), repeat=4):
        yield partial(_box_muller, pairs, *forms)


def _box_muller(
    uniform: np.ndarray,
    of_rest: bool,
    sine: bool,
    swapped: bool,
    in_turn: bool,
    start: int,
    n: int,
    wanted: int,
) -> np.ndarray:
    """Return normal draws from the uniform ones after `start` pairs (Box and Muller 1958)."""
    part = uniform[2 * start : 2 * (start + n)]
    pair = (part[::2], part[1::2]) if in_turn else (part[: part.size // 2], part[part.size // 2 :])
    u, v = (each[:wanted] for each in (pair[::-1] if swapped else pair))
    with np.errstate(divide="ignore"):
        radius = np.sqrt(-2 * (np.log1p(-u) if of_rest else np.log(u)))
    draws: np.ndarray = radius * (np.sin if sine else np.cos)(2 * np.pi * v)
    return draws


def _stretch(draws: np.ndarray, known: Draws, way: int, start: int) -> Stretch | None:
    """Return the stretch of known draws of which an array is a multiple, if it is one."""
    factor = 0.0
    if draws.size < 2:  # any number is a multiple of any other
        return None
    for wanted in (FEW, draws.size):
        part, some = known(start, draws.size, wanted), draws[:wanted]
        if part.size != some.size or not part[0]:
            return None
        factor = float(draws[0] / part[0])
        near = 1e-9 * abs(factor)
        if not factor or np.any(np.abs(some - factor * part) > near * np.abs(part) + near):
            return None
    return Stretch(abs(factor), way, start, draws.size)
