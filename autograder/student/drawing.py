"""Judging random arrays by their distribution.

Every band is six standard errors wide: a right answer falls outside one of them about twice
in a billion draws.
"""

import numpy as np

from .compare import difference
from .rules import Problem, as_problem, center

SIGMAS = 6.0


def problem(rule, call, replies):
    """Return what is wrong with three replies: seed, same seed, another seed."""
    first, again, other = (reply.value for reply in replies)
    return (_structure(rule, first)
            or _fixed(rule, first)
            or _distribution(rule, first)
            or _layers(rule, first)
            or _seeds(rule, replies, first, again, other))


def _parts(rule, value):
    """Yield key, array and specification of each part of the result."""
    for key, spec in rule.arrays.items():
        yield key, value[int(key)] if isinstance(value, (tuple, list)) else value[key], spec


def _name(rule, key):
    return rule.arrays[key].get("name", key)


def _structure(rule, value):
    shapes = {key: np.zeros(spec["shape"]) for key, spec in rule.arrays.items()}
    frame = tuple(shapes.values()) if all(key.isdigit() for key in shapes) else shapes
    gap = difference(frame, value, rtol=0, atol=np.inf)   # any number will do, but no NaN
    if gap and gap.got != "nan":
        return as_problem(gap)
    for key, array, _ in _parts(rule, value):
        bad = int(np.sum(~np.isfinite(np.asarray(array, float))))
        if bad:
            share = bad / array.size
            hint = ("About half the entries are NaN: a negative number was raised to a power "
                    "(`**`) where it should be multiplied (`*`)." if 0.3 < share < 0.7 else "")
            return Problem("finite numbers", f"{bad} of {array.size} entries NaN or infinite",
                           hint, f"in {_name(rule, key)}", "nan" if hint else "")
    return None


def _fixed(rule, value):
    for key, array, spec in _parts(rule, value):
        if "value" not in spec:
            continue
        expected, got = spec["value"], array
        if spec.get("shift_free"):
            expected, got = center(expected), center(got)
        gap = difference(expected, got)
        if gap:
            slip = next((each for each in rule.slips if key in each.get("values", {})
                         and not difference(each["values"][key], array)), None)
            hint = slip["says"] if slip else gap.hint
            return Problem(gap.expected, gap.got, hint, f"in {_name(rule, key)}{gap.where}",
                           slip["id"] if slip else "")
    return None


def _distribution(rule, value):
    wrong = [(key, array, spec) for key, array, spec in _parts(rule, value)
             if "std" in spec and _off(array, 0.0, spec["std"])]
    if not wrong:
        return None
    for slip in rule.slips:
        if "std" in slip and not any(_off(array, 0.0, slip["std"][key])
                                     for key, array, spec in _parts(rule, value)
                                     if "std" in spec):
            return _spread(rule, *wrong[0], slip["says"], slip["id"])
    key, array, spec = wrong[0]
    if not array.any():
        return Problem(f"a standard deviation of {spec['std']:.4g}", "zeros only",
                       where=f"in {_name(rule, key)}", slip="zeros")
    if array.min() >= 0:
        return Problem("normal draws, about half of them negative", "no negative entry",
                       "Those are draws from a uniform distribution (`rand`), not from a "
                       "normal one.", f"in {_name(rule, key)}", "uniform")
    if len(np.unique(array)) < array.size / 2:
        return Problem("every entry drawn by itself", "the same numbers again and again",
                       where=f"in {_name(rule, key)}", slip="repeated")
    if abs(array.mean()) > SIGMAS * spec["std"] / np.sqrt(array.size):
        return Problem("mean 0", f"mean {array.mean():.3g}", where=f"in {_name(rule, key)}")
    if _std_off(array, spec["std"]):
        return _spread(rule, key, array, spec, "", "")
    return Problem("draws from a normal distribution", "another distribution with that spread",
                   where=f"in {_name(rule, key)}")


def _spread(rule, key, array, spec, says, slip):
    return Problem(f"a standard deviation of {spec['std']:.4g}", f"{np.std(array):.4g}",
                   says, f"in {_name(rule, key)}, of shape {array.shape}", slip)


def _std_off(array, std):
    return abs(np.std(array) - std) > SIGMAS * std / np.sqrt(2 * array.size)


def _off(array, mean, std):
    """Tell whether an array is no sample of a normal distribution of this spread."""
    z = (array.ravel() - mean) / std
    if len(np.unique(z)) < z.size / 2:
        return True
    moments = abs(z.mean()) * np.sqrt(z.size), abs(np.mean(z > 0) - 0.5) * 2 * np.sqrt(z.size)
    kurtosis = abs(np.mean(z**4) / np.mean(z**2) ** 2 - 3) * np.sqrt(z.size / 24)
    # The sample's kurtosis is skewed, its upper tail heavier than a normal one's.
    return max(moments) > SIGMAS or kurtosis > 2 * SIGMAS or _std_off(z, 1.0)


def _layers(rule, value):
    """Layers drawn from generators with the same seed begin with the same draws."""
    drawn = [(key, array.ravel()) for key, array, spec in _parts(rule, value) if "std" in spec]
    for i, (key, array) in enumerate(drawn):
        for other, second in drawn[i + 1:]:
            n = min(array.size, second.size)
            together = np.corrcoef(array[:n], second[:n])[0, 1]
            if abs(together) > SIGMAS / np.sqrt(n):
                both = f"{_name(rule, key)} and {_name(rule, other)}"
                return Problem("layers drawn independently", f"{both} share their draws",
                               "Was the generator made again, with the same seed, for each "
                               "layer?", slip="shared_draws")
    return None


def _seeds(rule, replies, first, again, other):
    if difference(first, other, rtol=0, atol=0) is None:
        return Problem("other numbers from another generator", "the same numbers",
                       "Draw from the `rng` that is handed in, not from one with a seed of "
                       "your own.", slip="own_seed")
    if difference(first, again, rtol=0, atol=0) or any(r.global_draws for r in replies):
        return Problem("the same numbers from a generator of the same seed",
                       "the global generator was used" if any(r.global_draws for r in replies)
                       else "other numbers",
                       "Draw from the `rng` that is handed in, never from `np.random`.",
                       slip="global_generator")
    return None
