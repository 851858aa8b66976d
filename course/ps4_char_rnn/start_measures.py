"""What the weights of a start have in common: measures for `TrainingRanges`.

A start is judged by what tells units apart, not by its distribution: normal and uniform draws are
both right, and one of the matrices may be zero. Students receive this module with the checks.
"""

from typing import Any

import numpy as np

Params = dict[str, np.ndarray]

PARALLEL = 1 - 1e-6  # correlation of rows: independent ones of ten entries stay below 0.9999
SIGMAS = 6.0  # standard errors: about two in a billion draws lie further out


def weights(params: Params) -> dict[str, np.ndarray]:
    """Return the weights that are not zero throughout, by name."""
    return {name: each for name, each in params.items() if name[0] == "W" and each.any()}


def zero_matrices(params: Params, losses: np.ndarray, entry: dict[str, Any]) -> int:
    """Return how many of the weight matrices are zero."""
    return sum(name[0] == "W" for name in params) - len(weights(params))


def largest_spread(params: Params, losses: np.ndarray, entry: dict[str, Any]) -> float:
    """Return the standard deviation of the weights, of the widest matrix."""
    return max((float(np.std(each)) for each in weights(params).values()), default=0.0)


def off_center(params: Params, losses: np.ndarray, entry: dict[str, Any]) -> float:
    """Return by how many standard errors the signs or the mean of a matrix are off, at worst."""
    worst = 0.0
    for each in weights(params).values():
        signs = abs(float(np.mean(np.sign(each))))
        mean = abs(float(np.mean(each))) / max(float(np.std(each)), 1e-300)
        worst = max(worst, float(np.sqrt(each.size)) * max(signs, mean))
    return worst


def outlying(params: Params, losses: np.ndarray, entry: dict[str, Any]) -> float:
    """Return how many standard deviations the weight furthest out is from 0, of any matrix."""
    return max(
        (
            float(np.max(np.abs(each)) / np.sqrt(np.mean(each**2)))
            for each in weights(params).values()
        ),
        default=0.0,
    )


def equal_weights(params: Params, losses: np.ndarray, entry: dict[str, Any]) -> float:
    """Return the share of the weights that are equal to others, up to the sign."""
    each = np.concatenate([abs(each).ravel() for each in weights(params).values()] or [np.zeros(0)])
    return 1 - len(np.unique(each)) / max(len(each), 1)


def dependence(params: Params, losses: np.ndarray, entry: dict[str, Any]) -> float:
    """Return how far rows, columns or matrices follow each other; above 1 they do."""
    matrices = list(weights(params).values())
    worst = max((_parallel(turned) for each in matrices for turned in (each, each.T)), default=0.0)
    for i, one in enumerate(matrices):
        for other in matrices[i + 1 :]:
            worst = max(worst, *(_together(one, turned) for turned in (other, other.T)))
    return max(worst, _alternating(matrices), _alternating([each.T for each in matrices]))


def _parallel(matrix: np.ndarray) -> float:
    """Return the largest correlation of two rows that vary, over its limit."""
    rows = matrix[np.std(matrix, axis=1) > 0]
    if len(rows) < 2 or rows.shape[1] < 10:  # shorter ones may be nearly parallel by chance
        return 0.0
    return float(np.max(np.abs(np.triu(np.corrcoef(rows), 1)))) / PARALLEL


def _alternating(matrices: list[np.ndarray]) -> float:
    """Return how far the signs of the rows' sums follow those of the rows before, over its limit.

    Of draws that are independent and centred at 0 each sign is a fair coin's.
    """
    signs = [np.sum(each, axis=1) > 0 for each in matrices]
    changes = np.concatenate([each[1:] != each[:-1] for each in signs] or [np.zeros(0, bool)])
    n = max(changes.size, 1)
    return abs(2 * int(np.sum(changes)) - changes.size) / float(np.sqrt(n)) / SIGMAS


def _together(one: np.ndarray, other: np.ndarray) -> float:
    """Return the correlation of two series of draws, read either way, over its limit."""
    n = min(one.size, other.size)
    first, second = one.ravel()[:n], other.ravel()
    ways = second[:n], second[-n:], second[::-1][:n], second[::-1][-n:]
    each = (abs(float(np.corrcoef(first, way)[0, 1])) for way in ways)
    return max(each) * float(np.sqrt(n)) / SIGMAS


def diagonal(params: Params, losses: np.ndarray, entry: dict[str, Any]) -> float:
    """Return by how many standard errors the diagonal of Waa is off 0, beside the other entries."""
    Waa = params["Waa"]
    others = Waa[~np.eye(len(Waa), dtype=bool)]
    error = float(np.sqrt(len(Waa) * np.mean(others**2)))
    return abs(float(np.trace(Waa))) / error if error else 0.0


STARTS = {
    "zero matrices": zero_matrices,
    "spread": largest_spread,
    "off center": off_center,
    "outlying": outlying,
    "equal weights": equal_weights,
    "diagonal": diagonal,
    "dependence": dependence,
}
