"""A rule for `train`: numbers measured on what it returns, parameters and losses.

Nothing here computes a loss: what a name costs before anything is learned, and how far the
losses should have come, are given as numbers. Students receive this module with the checks.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from autograder.checks.calls import Call, Reply
from autograder.checks.compare import difference
from autograder.checks.rules import Mismatch, changed, raised, register, reseed
from autograder.checks.texts import said

from .start_measures import STARTS, weights

Params = dict[str, np.ndarray]  # what a training returns, by name
Entry = dict[str, Any]  # one measure of a rule: what, its bounds, its words
SAME = 1e-9  # relative, between two trainings from the same seed


@register
@dataclass
class TrainingRanges:
    """Numbers measured on a training that must lie between two bounds.

    The first entry of `measures` says what must come back, numbers aside: {"shapes", "n_steps",
    "shapes_are"}. Each of the others is {"of", "low", "high", "expected", "got", "message",
    "mistake", "others"}, where "of" is one of the MEASURES. With `again`, another seed must give a
    different training, and with `twice` the same seed the same one.
    """

    measures: list[Entry]
    again: bool = True
    twice: bool = True

    def calls(self, call: Call) -> list[Call]:
        if not self.again:
            return [call]
        return [call, *[call] * self.twice, reseed(call, 1)]

    def mismatch(self, call: Call, replies: list[Reply]) -> Mismatch | None:
        stopped = next(filter(None, map(raised, replies)), None)
        return stopped or _mismatch(self, call, replies)


def _mismatch(rule: TrainingRanges, call: Call, replies: list[Reply]) -> Mismatch | None:
    """Return what is wrong with the replies of one training, repeated if `rule.again`."""
    frame, *measures = rule.measures
    for reply in replies:
        bad = _structure(frame, reply.value)
        if bad:
            return bad
    params, losses = _parts(replies[0].value)
    return (
        _outside(measures, params, losses)
        or (_seeds(replies, measures) if rule.again else None)
        or changed(call, replies[0])
    )


def _parts(value: Any) -> tuple[Params, np.ndarray]:
    return value[0], np.asarray(value[1], float)


def _structure(frame: Entry, value: Any) -> Mismatch | None:
    """Check types, shapes and finiteness: everything but the numbers."""
    zeros = {name: np.zeros(shape) for name, shape in frame["shapes"].items()}
    if isinstance(value, (tuple, list)) and len(value) == 2 and isinstance(value[1], dict):
        return Mismatch(
            "the parameters first, then the losses",
            "a dict as the second result",
            "The results are in the wrong order.",
            mistake="exchanged",
        )
    if not isinstance(value, (tuple, list)) or len(value) != 2:
        gap = difference((zeros, np.zeros(frame["n_steps"])), value)
        got = gap.got if gap else "something else"
        return Mismatch(
            "two results, the parameters and the losses",
            got,
            gap.hint if gap else "",
            mistake="not_two",
        )
    gap = difference(zeros, value[0], rtol=0, atol=np.inf)
    if gap:
        shapes = "shape" in gap.got and "shape" in gap.expected
        return Mismatch(
            gap.expected,
            gap.got,
            frame["shapes_are"] if shapes else gap.hint,
            f"in the parameters{gap.where}",
            "shapes" if shapes else "",
        )
    for name, array in value[0].items():
        if not np.isfinite(array).all():
            return _not_finite(name, array, value[1])
    return _losses(frame["n_steps"], value[1])


def _not_finite(name: str, array: np.ndarray, losses: Any) -> Mismatch:
    """Say which parameters are not finite, and what the losses tell about it."""
    bad = int(np.sum(~np.isfinite(array)))
    try:
        known = np.asarray(losses, float).ravel()
        finite = known[np.isfinite(known)]
    except (TypeError, ValueError):
        finite = known = np.zeros(0)
    if not len(finite):
        hint = "Does a step divide by zero, or take a root or a logarithm of a negative number?"
    elif finite[-1] > 2 * finite[0]:
        hint = "The losses rise before that: the steps go uphill or are too large."
    elif len(finite) < len(known):
        hint = f"The first loss that is not finite is that of step {np.argmin(np.isfinite(known))}."
    else:
        hint = "All losses are finite, so look at the last step and at what is done after it."
    got = f"{bad} of {array.size} entries NaN or infinite"
    return Mismatch("finite parameters", got, hint, f"in {name}")


def _losses(n_steps: int, losses: Any) -> Mismatch | None:
    if isinstance(losses, (list, tuple)) and all(
        isinstance(each, (int, float, np.number)) for each in losses
    ):
        losses = np.array(losses, float)  # a list of numbers is accepted too
    gap = difference(np.zeros(n_steps), losses, rtol=0, atol=np.inf)
    right_shape = isinstance(losses, np.ndarray) and losses.shape == (n_steps,)
    if right_shape and losses.dtype.kind in "iuf" and not np.isfinite(losses).all():
        first = int(np.flatnonzero(~np.isfinite(losses))[0])
        return Mismatch(
            "losses that stay finite",
            f"{losses[first]} at step {first}",
            "Do they rise before that? Then the steps go uphill or are too large.",
        )
    return gap and Mismatch(
        gap.expected,
        gap.got,
        "One loss for each of the n_steps steps; a step reads one name.",
        "for the losses",
        "n_losses",
    )


def _outside(measures: list[Entry], params: Params, losses: np.ndarray) -> Mismatch | None:
    """Return the Mismatch of the first number that lies outside of its bounds."""
    for entry in measures:
        number = MEASURES[entry["of"]](params, losses, entry)
        if entry["low"] <= number <= entry["high"]:
            continue
        named: Entry = next(
            (other for other in entry.get("others", ()) if _within(other, entry, params, losses)),
            {},
        )
        message, mistake = (
            str(named.get(key, entry.get(key, ""))) for key in ("message", "mistake")
        )
        return Mismatch(entry["expected"], entry["got"].format(number), message, mistake=mistake)
    return None


def _within(other: Entry, entry: Entry, params: Params, losses: np.ndarray) -> bool:
    """Tell whether a mistake explains the number; it may be measured otherwise."""
    merged = {**entry, **other}
    number = MEASURES[merged["of"]](params, losses, merged)
    return bool(other["low"] <= number <= other["high"])


def _seeds(replies: list[Reply], measures: list[Entry]) -> Mismatch | None:
    """Check that the same seed gives the same training, and another seed a different one."""
    trained = [_parts(reply.value) for reply in replies]
    (first, losses), (other, others) = trained[0], trained[-1]
    again, repeated = trained[-2]  # the first one, if it was not made twice
    if difference(first, again, SAME) or difference(losses, repeated, SAME):
        used = any(reply.global_draws for reply in replies)
        return Mismatch(
            "the same result from a generator with the same seed",
            "the global generator was used" if used else "a different result",
            "Draw from the `rng` that was passed in, never from `np.random`.",
            mistake="global_generator",
        )
    same = [name for name in weights(first) if difference(first[name], other[name], SAME) is None]
    if same:
        return Mismatch(
            "different weights from a different generator",
            "the same weights",
            "Draw from the `rng` that was passed in, not from one with a seed of your own.",
            f"in {same[0]}",
            mistake="own_seed",
        )
    if difference(losses, others, 1e-2) is None:
        return Mismatch(
            "a different order of the names from a different generator",
            "the same order",
            "Shuffle the names with `rng`.",
            mistake="not_shuffled",
        )
    listed = next((each for each in measures if each["of"] == "as listed"), None)
    if listed and (found := _hardly_shuffled((losses, others), listed)):
        return Mismatch(
            listed["expected"],
            found,
            "Every order should be possible, as after `rng.permutation` or `rng.shuffle`.",
            mistake="not_shuffled",
        )
    return None


def _hardly_shuffled(trainings: Sequence[np.ndarray], entry: Entry) -> str:
    """Say what two orders of ten names have kept of the list, if shuffling hardly ever does."""
    orders = np.array([_costs(losses, entry)[1][: len(entry["costs"])] for losses in trainings])
    n = orders.shape[1]
    steps = np.diff(orders) % n
    if all(np.all(each == 1) or np.all(each == n - 1) for each in steps):
        return said("the order of the list, begun elsewhere or taken backwards")
    # Both orders of ten keep the same five of them with a probability of 3e-7.
    in_place = int(np.sum(np.all(orders == np.arange(n), axis=0)))
    if in_place >= n / 2:
        return said(f"{in_place} of {n} names in their place of the list, in each of two orders")
    return ""


def _costs(losses: np.ndarray, entry: Entry) -> tuple[np.ndarray, np.ndarray]:
    """Return, for each step, which of the expected costs its loss is nearest to."""
    costs = np.asarray(entry["costs"], float)
    return costs, np.argmin(np.abs(losses[:, np.newaxis] / costs - 1), axis=1)


def _misfit(params: Params, losses: np.ndarray, entry: Entry) -> float:
    """Return how far a loss is from every cost, relative, at worst."""
    costs, nearest = _costs(losses, entry)
    return float(np.max(np.abs(losses / costs[nearest] - 1)))


def _met(params: Params, losses: np.ndarray, entry: Entry) -> int:
    """Return how many of the names occur in a full pass, at worst."""
    costs, nearest = _costs(losses, entry)
    n = len(costs)
    return min(len(set(nearest[i : i + n])) for i in range(0, len(nearest) - n + 1, n))


def _reordered(params: Params, losses: np.ndarray, entry: Entry) -> int:
    """Return at how many steps the name is another one than a pass before."""
    costs, nearest = _costs(losses, entry)
    n = len(costs)
    return int(np.sum(nearest[n:] != nearest[:-n]))


def _as_listed(params: Params, losses: np.ndarray, entry: Entry) -> int:
    """Return at how many steps of the first pass the name is that of the list."""
    costs, nearest = _costs(losses, entry)
    return int(np.sum(nearest[: len(costs)] == np.arange(len(costs))))


def _drift(params: Params, losses: np.ndarray, entry: Entry) -> float:
    """Return by how much the loss of one name changes from time to time, relative, at worst."""
    _, nearest = _costs(losses, entry)
    groups = [losses[nearest == name] for name in set(nearest)]
    return max(float(np.ptp(group) / np.mean(group)) for group in groups)


def _mean(params: Params, losses: np.ndarray, entry: Entry) -> float:
    return float(np.mean(losses[entry["first"] : entry["last"]]))


def _lowest(params: Params, losses: np.ndarray, entry: Entry) -> float:
    return float(np.min(losses[entry["first"] : entry["last"]]))


def _zeros(params: Params, losses: np.ndarray, entry: Entry) -> int:
    return int(np.sum(losses == 0))


def _bias_spread(params: Params, losses: np.ndarray, entry: Entry) -> float:
    return float(np.std(params["by"]))


def _lead(params: Params, losses: np.ndarray, entry: Entry) -> float:
    """Return by how much one output bias is ahead of another one."""
    one, other = entry["rows"]
    return float(params["by"][one, 0] - params["by"][other, 0])


MEASURES: dict[str, Callable[[Params, np.ndarray, Entry], float]] = {
    **STARTS,
    "misfit": _misfit,
    "met": _met,
    "reordered": _reordered,
    "as listed": _as_listed,
    "drift": _drift,
    "mean": _mean,
    "zeros": _zeros,
    "lowest": _lowest,
    "lead": _lead,
    "bias spread": _bias_spread,
}
