"""Judging random arrays by their distribution.

Every band is six standard errors wide: a right answer falls outside one of them about twice
in a billion draws.
"""

import numpy as np

from .compare import difference, tally
from .rules import GLOBAL_GENERATOR, OWN_SEED, Mismatch, as_mismatch, center

SIGMAS = 6.0
RANDOM = "It is drawn at random, and another number with each generator; expected a fixed one."
SAME = 1e-6  # of the spread: arrays of draws are never as near to each other as that


def mismatch(rule, call, replies):
    """Return what is wrong with three replies: seed, same seed, another seed."""
    first, again, other = (reply.value for reply in replies)
    return (
        next(filter(None, (_structure(rule, each) for each in (first, again, other))), None)
        or _fixed(rule, first, other)
        or _distribution(rule, first)
        or _shared_draws(rule, first)
        or _seeds(rule, replies, first, again, other)
    )


def _parts(rule, value):
    """Yield key, array and specification of each part of the result."""
    for key, spec in rule.arrays.items():
        yield key, value[int(key)] if isinstance(value, (tuple, list)) else value[key], spec


def _name(rule, key):
    return rule.arrays[key].get("name", key)


def _structure(rule, value):
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


def _without_nan(value):
    if isinstance(value, dict):
        return {key: _without_nan(each) for key, each in value.items()}
    if isinstance(value, (tuple, list)):  # kept apart: a message names the type
        kind = tuple if isinstance(value, tuple) else list
        return kind(_without_nan(each) for each in value)
    floats = isinstance(value, np.ndarray) and value.dtype.kind == "f"
    return np.nan_to_num(value) if floats else value


def _fixed(rule, value, other):
    others = {key: array for key, array, _ in _parts(rule, other)}
    for key, array, spec in _parts(rule, value):
        if "value" not in spec:
            continue
        expected, got = spec["value"], array
        if spec.get("shift_free"):
            expected, got = center(expected), center(got)
        gap = difference(expected, got)
        if gap and difference(array, others[key], rtol=0, atol=0):
            known = spec.get("random", {"id": "random", "message": RANDOM})
            return Mismatch(
                gap.expected,
                gap.got,
                known["message"],
                f"in {_name(rule, key)}{gap.where}",
                known["id"],
            )
        if gap:
            mistake = next(
                (
                    each
                    for each in rule.mistakes
                    if key in each.get("values", {}) and not difference(each["values"][key], array)
                ),
                None,
            )
            hint = mistake["message"] if mistake else gap.hint
            return Mismatch(
                gap.expected,
                gap.got,
                hint,
                f"in {_name(rule, key)}{gap.where}",
                mistake["id"] if mistake else "",
            )
    return None


def _distribution(rule, value):
    wrong = [
        (key, array, spec)
        for key, array, spec in _parts(rule, value)
        if "std" in spec and _off(array, 0.0, spec["std"])
    ]
    if not wrong:
        return None
    for mistake in rule.mistakes:
        if "std" in mistake and not any(
            _off(array, 0.0, mistake["std"][key])
            for key, array, spec in _parts(rule, value)
            if "std" in spec
        ):
            return _spread(rule, wrong, value, mistake["message"], mistake["id"])
    key, array, spec = wrong[0]
    if not array.any():
        return Mismatch(
            f"a standard deviation of {spec['std']:.4g}",
            "zeros only",
            where=f"in {_name(rule, key)}",
            mistake="zeros",
        )
    if array.min() >= 0:
        return Mismatch(
            "normal draws, about half of them negative",
            "no negative entry",
            *_all_positive(array, f"in {_name(rule, key)}"),
        )
    if len(np.unique(array)) < array.size / 2:
        return Mismatch(
            "every entry drawn by itself",
            "the same numbers again and again",
            where=f"in {_name(rule, key)}",
            mistake="repeated",
        )
    if abs(array.mean()) > SIGMAS * spec["std"] / np.sqrt(array.size):
        return Mismatch("mean 0", f"mean {array.mean():.3g}", where=f"in {_name(rule, key)}")
    message, mistake = (_UNIFORM, "uniform") if kurtosis(array) < UNIFORM_BELOW else ("", "")
    if _std_off(array, spec["std"]):
        return _spread(rule, wrong, value, message, mistake)
    return Mismatch(
        "draws from a normal distribution",
        "another distribution with that spread",
        message,
        f"in {_name(rule, key)}",
        mistake,
    )


def _all_positive(array, where):
    """Return hint, place and mistake for draws of which none is negative."""
    spread = np.std(array)
    # From 0 to a, a uniform distribution has a standard deviation of a/sqrt(12) = a/3.46.
    if kurtosis(array) < UNIFORM_BELOW and 3 < array.max() / spread < 4:
        return (
            "Those are draws from a uniform distribution (`rand`), not from a normal one.",
            where,
            "uniform",
        )
    if array.mean() > 2 * spread:  # absolute values of normal draws: 1.3, their squares: 0.7
        return f"Their mean is {array.mean():.3g}; the draws should be centred at 0.", where, "mean"
    return "Their signs are lost: all are positive.", where, "all_positive"


UNIFORM_BELOW = 2.2  # a uniform distribution has a kurtosis of 1.8, a normal one of 3
_UNIFORM = "Their histogram is flat, as that of uniform draws; expected normal ones."


def kurtosis(array):
    """Return the fourth moment about the mean over the squared variance: 3 for a normal."""
    z = array - array.mean()
    return np.mean(z**4) / np.mean(z**2) ** 2


def _spread(rule, wrong, value, message, mistake):
    key, array, spec = wrong[0]
    off = [_name(rule, each) for each, *_ in wrong]
    right = [
        _name(rule, each)
        for each, _, each_spec in _parts(rule, value)
        if "std" in each_spec and _name(rule, each) not in off
    ]
    return Mismatch(
        f"a standard deviation of {spec['std']:.4g}",
        f"{np.std(array):.4g}",
        message,
        f"in {_name(rule, key)}, of shape {array.shape}",
        mistake,
        parts=tally(off, right) if right else "",
    )


def _std_off(array, std):
    return abs(np.std(array) - std) > SIGMAS * std / np.sqrt(2 * array.size)


def _off(array, mean, std):
    """Tell whether an array is no sample of a normal distribution of this spread."""
    if std == 0:  # a mistake may give zeros only
        return bool(array.any())
    z = (array.ravel() - mean) / std
    if len(np.unique(z)) < z.size / 2:
        return True
    moments = abs(z.mean()) * np.sqrt(z.size), abs(np.mean(z > 0) - 0.5) * 2 * np.sqrt(z.size)
    excess = (kurtosis(z) - 3) * np.sqrt(z.size / 24)
    # A sample's kurtosis is skewed: its upper tail is heavier than a normal one's, its lower
    # tail lighter. Uniform draws lie 12 standard errors below in an array of 2,400.
    return max(moments) > SIGMAS or not -SIGMAS < excess < 2 * SIGMAS or _std_off(z, 1.0)


def _shared_draws(rule, value):
    """Arrays drawn from generators with the same seed begin with the same draws."""
    drawn = [(key, array) for key, array, spec in _parts(rule, value) if "std" in spec]
    for i, (key, array) in enumerate(drawn):
        for other, second in drawn[i + 1 :]:
            if _together(array.ravel(), second.ravel()) or _together(
                array.T.ravel(), second.T.ravel()
            ):
                both = f"{_name(rule, key)} and {_name(rule, other)}"
                return Mismatch(
                    "arrays drawn independently",
                    f"{both} share their draws",
                    "Was the generator made again, with the same seed, for each of them?",
                    mistake="shared_draws",
                )
    return None


def _together(first, second):
    n = min(first.size, second.size)
    return abs(np.corrcoef(first[:n], second[:n])[0, 1]) > SIGMAS / np.sqrt(n)


def _seeds(rule, replies, first, again, other):
    own = _own_seed(rule, first, other)
    if own:
        return own
    if difference(first, again, rtol=0, atol=0) or any(r.global_draws for r in replies):
        return Mismatch(
            "the same numbers from a generator of the same seed",
            "the global generator was used"
            if any(r.global_draws for r in replies)
            else "other numbers",
            GLOBAL_GENERATOR,
            mistake="global_generator",
        )
    return None


def _own_seed(rule, first, other):
    """Each random array by itself: one that is drawn as it should be says nothing of the others."""
    others = {key: array for key, array, _ in _parts(rule, other)}
    random = [
        (key, array, spec["std"]) for key, array, spec in _parts(rule, first) if "std" in spec
    ]
    alike = {_name(rule, key): _alike(array, others[key], std) for key, array, std in random}
    wrong = [name for name, how in alike.items() if how]
    if not wrong:
        return None
    right = [name for name in alike if name not in wrong]
    return Mismatch(
        "other numbers from another generator",
        alike[wrong[0]],
        OWN_SEED,
        f"in {wrong[0]}",
        "own_seed",
        parts=tally(wrong, right),
    )


def _alike(first, second, std):
    """Say what arrays from two seeds have in common; nothing if they are independent draws."""
    first, second = np.ravel(first), np.ravel(second)
    if np.max(np.abs(first - second)) <= SAME * std:  # so is a draw times 1e-15, added
        return "the same numbers"
    with np.errstate(all="ignore"):
        return "numbers that follow the first ones" if _together(first, second) else ""
