"""Judging random arrays by their distribution."""

from collections.abc import Iterator, Set
from typing import Any, NotRequired, TypedDict

import numpy as np

from . import normal
from .calls import Call, Reply
from .compare import Difference, difference, distinct, tally
from .rules import (
    COPY,
    GLOBAL_GENERATOR,
    OWN_SEED,
    Mismatch,
    RandomArrays,
    as_mismatch,
    center,
    reseed,
)
from .sample_faults import sample_fault, tail
from .samples import SIGMAS, UNIFORM_BELOW, alike, kurtosis, off
from .texts import said

RANDOM = "It is random, a different number with each generator; expected a fixed one."
UNIFORM = "Their histogram is flat, like that of uniform draws; expected normal draws."
SHARED = (
    "Was the generator created again with the same seed for each of them, or were the same "
    "numbers used twice?"
)
WHOLE = (
    "The draws were stored as whole numbers, which cuts their fractions off: an array takes its "
    "type from what it is made of."
)
FACTOR = (
    "The generator's own draws are multiplied by that, so it is no accident of drawing: it is "
    "{:.5g} times what it should be."
)
MANY = 300  # draws: of normal ones, one such sample in ten thousand looks uniform
FACTOR_TOLERANCE = 1e-6  # relative: what a scale computed in float32 may be off by
NAMED = 1e-3  # relative: of an exact factor and that of a mistake


class Spec(TypedDict):
    """What is expected of one array of the result: a spread or, if it is not random, a value."""

    shape: tuple[int, ...]
    std: NotRequired[float]
    value: NotRequired[np.ndarray]
    shift_free: NotRequired[bool]
    random: NotRequired[dict[str, str]]  # id and message, if it is drawn all the same
    name: NotRequired[str]  # for a message, if not its key


Random = tuple[str, np.ndarray, float]  # key, draws and the spread that they must have
Factors = dict[str, float]  # by key: the exact spread, where it is known
Stretches = dict[str, normal.Stretch]  # by key: the generator's own draws, where an array is these


def mismatch(rule: RandomArrays, call: Call, replies: list[Reply]) -> Mismatch | None:
    """Return what is wrong with three replies (seed, same seed, another seed), or with one."""
    values = [reply.value for reply in replies]
    first, other = values[0], values[-1]
    if bad := next(filter(None, (_structure(rule, each) for each in values)), None):
        return bad
    if bad := _fixed(rule, first, other):
        return bad
    known = _stretches(rule, call, first)
    if rule.exact and len(known) < len(_random(rule, first)):
        return None  # and in doubt
    found = (
        _distribution(rule, first, {key: each.factor for key, each in known.items()})
        or _samples(rule, first, known)
        or _shared_draws(rule, first, known)
    )
    if found or rule.once:
        return found
    others = _stretches(rule, reseed(call, 1), other)
    return (
        _own_seed(rule, first, other, known.keys() & others.keys())
        or _samples(rule, other, others)
        or _not_reproducible(replies)
    )


def settles(rule: RandomArrays, call: Call, value: Any) -> bool:
    """Tell whether arrays that are right so far are the generator's own draws, all of them.

    More of them would tell nothing more.
    """
    return len(_stretches(rule, call, value)) == len(_random(rule, value))


def _stretches(rule: RandomArrays, call: Call, value: Any) -> Stretches:
    """Return the arrays that consist of the generator's own draws, and which these are."""
    seed = next(each for each in (*call.args, *call.kwargs.values()) if hasattr(each, "seed"))
    return normal.stretches({key: array for key, array, _ in _random(rule, value)}, seed)


def _parts(rule: RandomArrays, value: Any) -> Iterator[tuple[str, np.ndarray, Spec]]:
    """Yield key, array and specification of each part of the result."""
    for key, spec in rule.arrays.items():
        yield key, value[int(key)] if isinstance(value, (tuple, list)) else value[key], spec


def _random(rule: RandomArrays, value: Any) -> list[Random]:
    """Return the parts of the result that are drawn."""
    return [(key, array, spec["std"]) for key, array, spec in _parts(rule, value) if "std" in spec]


def _name(rule: RandomArrays, key: str) -> str:
    name: str = rule.arrays[key].get("name", key)
    return name


def _structure(rule: RandomArrays, value: Any) -> Mismatch | None:
    shapes = {key: np.zeros(spec["shape"]) for key, spec in rule.arrays.items()}
    frame = tuple(shapes.values()) if all(key.isdigit() for key in shapes) else shapes
    gap = difference(frame, _without_nan(value), rtol=0, atol=np.inf)  # any number will do
    if gap:
        return as_mismatch(gap)
    for key, array, _ in _parts(rule, value):
        bad = int(np.sum(~np.isfinite(np.asarray(array, float))))
        if bad:
            share = bad / array.size
            hint = (
                "About half the entries are NaN: a negative number was raised to a power "
                "(`**`) where it should be multiplied (`*`)."
                if 0.3 < share < 0.7
                else ""
            )
            return Mismatch(
                "finite numbers",
                f"{bad} of {array.size} entries NaN or infinite",
                hint,
                f"in {_name(rule, key)}",
                "nan" if hint else "",
            )
    return None


def _without_nan(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_nan(each) for key, each in value.items()}
    if isinstance(value, (tuple, list)):  # kept apart: a message names the type
        kind = tuple if isinstance(value, tuple) else list
        return kind(_without_nan(each) for each in value)
    floats = isinstance(value, np.ndarray) and value.dtype.kind == "f"
    return np.nan_to_num(value) if floats else value


def _fixed(rule: RandomArrays, value: Any, other: Any) -> Mismatch | None:
    """Compare the arrays that are not random with what is expected."""
    others = {key: array for key, array, _ in _parts(rule, other)}
    for key, array, spec in _parts(rule, value):
        if "value" not in spec:
            continue
        expected, got = spec["value"], array
        if spec.get("shift_free"):
            expected, got = center(expected), center(got)
        gap = difference(expected, got)
        if gap:
            return _not_fixed(rule, key, array, others[key], gap)
    return None


def _not_fixed(
    rule: RandomArrays, key: str, array: np.ndarray, other: np.ndarray, gap: Difference
) -> Mismatch:
    """Say what is wrong with an array that should not be random, given the one of another seed."""
    where = f"in {_name(rule, key)}{gap.where}"
    if difference(array, other, rtol=0, atol=0):
        known = rule.arrays[key].get("random", {"id": "random", "message": RANDOM})
        return Mismatch(gap.expected, gap.got, known["message"], where, known["id"])
    for mistake in rule.mistakes:
        if key in mistake.get("values", {}) and not difference(mistake["values"][key], array):
            return Mismatch(gap.expected, gap.got, mistake["message"], where, mistake["id"])
    return Mismatch(gap.expected, gap.got, gap.hint, where)


def _distribution(rule: RandomArrays, value: Any, factors: Factors) -> Mismatch | None:
    random = _random(rule, value)
    wrong = [each for each in random if _off(*each, factors)]
    if not wrong:
        return None
    for mistake in rule.mistakes:
        if "std" in mistake and all(_gives(mistake, *each[:2], factors) for each in random):
            return _spread(rule, wrong, value, factors, mistake["message"], mistake["id"])
    key, array, std = wrong[0]
    if key in factors:
        return _spread(rule, wrong, value, factors, "", "")
    if unlike := _unlike_normal(array, std, f"in {_name(rule, key)}"):
        return unlike
    message, mistake_id = (UNIFORM, "uniform") if _flat(array) else ("", "")
    cut = tail(array / np.std(array))  # which makes the spread smaller too
    if cut and cut.mistake == "truncated" and not message:
        cut.where = f"in {_name(rule, key)}"
        return cut
    if normal.spread_off(array / std):
        return _spread(rule, wrong, value, factors, message, mistake_id)
    return Mismatch(
        "draws from a normal distribution",
        "another distribution with that spread",
        message,
        f"in {_name(rule, key)}",
        mistake_id,
    )


def _off(key: str, array: np.ndarray, std: float, factors: Factors) -> bool:
    """Tell whether an array is off: exactly where its spread is known, else beyond chance."""
    if key in factors:
        return abs(factors[key] / std - 1) > FACTOR_TOLERANCE
    return off(array, std) or normal.spread_off(array / std)


def _gives(mistake: dict[str, Any], key: str, array: np.ndarray, factors: Factors) -> bool:
    """Tell whether an array has the spread that a mistake gives it."""
    std = mistake["std"][key]
    if key in factors:
        return bool(abs(factors[key] - std) <= NAMED * std)
    return not off(array, std)


def _unlike_normal(array: np.ndarray, std: float, where: str) -> Mismatch | None:
    """Return what tells draws from normal ones of mean 0, whatever their spread."""
    if not array.any():
        expected = f"a standard deviation of {std:.4g}"
        return Mismatch(expected, "zeros only", where=where, mistake="zeros")
    if array.dtype.kind in "iu":
        return Mismatch(
            "draws with their fractions", "whole numbers", WHOLE, where, "whole_numbers"
        )
    if array.min() >= 0:
        hint, mistake = _all_positive(array)
        expected = "normal draws, about half of them negative"
        return Mismatch(expected, "no negative entry", hint, where, mistake)
    if len(np.unique(array)) < array.size / 2:
        return Mismatch(
            "every entry drawn independently",
            "the same numbers repeated",
            where=where,
            mistake="repeated",
        )
    if abs(array.mean()) > SIGMAS * std / np.sqrt(array.size):
        return Mismatch("mean 0", f"mean {array.mean():.3g}", where=where)
    return None


def _flat(array: np.ndarray) -> bool:
    """Tell whether draws look uniform; of a few normal ones, some do."""
    return array.size >= MANY and kurtosis(array) < UNIFORM_BELOW


def _all_positive(array: np.ndarray) -> tuple[str, str]:
    """Return hint and mistake for draws of which none is negative."""
    spread = np.std(array)
    # From 0 to a, a uniform distribution has a standard deviation of a/sqrt(12) = a/3.46.
    if _flat(array) and 3 < array.max() / spread < 4:
        return (
            said("Those are draws from a uniform distribution (`rand`), not from a normal one."),
            "uniform",
        )
    if array.mean() > 2 * spread:  # absolute values of normal draws: 1.3, their squares: 0.7
        mean = array.mean()
        return said(f"Their mean is {mean:.3g}; the draws should be centred at 0."), "mean"
    return said("Their signs are lost: all are positive."), "all_positive"


def _spread(
    rule: RandomArrays,
    wrong: list[Random],
    value: Any,
    factors: Factors,
    message: str,
    mistake: str,
) -> Mismatch:
    key, array, std = wrong[0]
    expected, got = distinct(std, factors.get(key, float(np.std(array))))
    if key in factors and not message:
        message = FACTOR.format(factors[key] / std)
    off_names = [_name(rule, each) for each, *_ in wrong]
    names = [_name(rule, each) for each, *_ in _random(rule, value)]
    right = [name for name in names if name not in off_names]
    return Mismatch(
        f"a standard deviation of {expected}",
        got,
        message,
        f"in {_name(rule, key)}, of shape {array.shape}",
        mistake,
        parts=tally(off_names, right) if right else "",
    )


def _samples(rule: RandomArrays, value: Any, known: Stretches) -> Mismatch | None:
    """Return what tells an array from independent draws, although its spread is right."""
    faults = (
        sample_fault(array / std, std, f"in {_name(rule, key)}")
        for key, array, std in _random(rule, value)
        if key not in known
    )
    return next(filter(None, faults), None)


def _shared_draws(rule: RandomArrays, value: Any, known: Stretches) -> Mismatch | None:
    """Look for the same draws in two arrays, in whatever order."""
    drawn = {key: array / std for key, array, std in _random(rule, value)}
    for i, key in enumerate(drawn):
        for other in [*drawn][i + 1 :]:
            if key in known and other in known and known[key].way == known[other].way:
                shared = known[key].overlaps(known[other])
            else:
                both = drawn[key], drawn[other]
                shared = normal.repeats(*both) or normal.together(*both)
            if shared:
                names = _name(rule, key), _name(rule, other)
                return Mismatch(
                    "arrays drawn independently",
                    f"{names[0]} and {names[1]} share their draws",
                    SHARED,
                    mistake="shared_draws",
                )
    return None


def _own_seed(rule: RandomArrays, first: Any, other: Any, from_both: Set[str]) -> Mismatch | None:
    """Each random array by itself: one that is drawn as it should be says nothing of the others.

    Those `from_both` are known to come from the two generators that were passed in.
    """
    others = {key: array for key, array, _ in _parts(rule, other)}
    shared = {
        _name(rule, key): "" if key in from_both else _common(array, others[key], std)
        for key, array, std in _random(rule, first)
    }
    wrong = [name for name, how in shared.items() if how]
    if not wrong:
        return None
    right = [name for name in shared if name not in wrong]
    return Mismatch(
        "different numbers from a different generator",
        shared[wrong[0]],
        OWN_SEED,
        f"in {wrong[0]}",
        "own_seed",
        parts=tally(wrong, right),
    )


def _common(first: np.ndarray, second: np.ndarray, std: float) -> str:
    """Say what arrays from two seeds have in common; nothing if they are independent draws."""
    if how := alike(first, second, std):
        return how
    if normal.repeats(first, second):
        return said("the same numbers in another order")
    return said("numbers correlated with the first ones") if normal.together(first, second) else ""


def _not_reproducible(replies: list[Reply]) -> Mismatch | None:
    first, again, _ = (reply.value for reply in replies)
    if difference(first, again, rtol=0, atol=0) is None:
        return None
    used = any(reply.global_draws for reply in replies)
    return Mismatch(
        "the same numbers from a generator with the same seed",
        "numbers from the global generator" if used else "different numbers",
        GLOBAL_GENERATOR,
        mistake="global_generator",
    )


def copied(rule: RandomArrays, first: Any, second: Any) -> Mismatch | None:
    """Return what is wrong with two calls in turn: they draw from one generator."""
    if wrong := _structure(rule, second):
        return wrong
    seconds = {key: array for key, array, _ in _parts(rule, second)}
    for key, array, std in _random(rule, first):
        how = alike(array, seconds[key], std)
        if how:
            return Mismatch(
                "different numbers from a second call with the same generator",
                how,
                COPY,
                f"in {_name(rule, key)}",
                "copied_generator",
            )
    return None
