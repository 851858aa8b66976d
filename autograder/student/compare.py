"""Comparing a result with what was expected: type, shape, finiteness, then values."""

import math
from dataclasses import dataclass, replace

import numpy as np

from .wire import Drawn, Opaque

RTOL = 1e-8    # relative to the largest entry: sums in another order differ by about 1e-15
ATOL = 1e-12   # absolute, for results that are zero up to rounding
MOST_LISTED = 8   # entries of a dict that a message names one by one


@dataclass(frozen=True)
class Difference:
    """Where two values part: what was expected there and what came."""

    expected: str
    got: str
    where: str = ""
    hint: str = ""
    parts: str = ""    # of a dict: which entries are off, and which are right


def difference(expected, got, rtol=RTOL, atol=ATOL, where=""):
    """Return the first Difference between two values, or None when they agree.

    Parameters
    ----------
    expected : object
        Its type decides what is accepted: for a float, a Python float or int, a NumPy scalar
        or a 0-d array; for a tuple, a list too; for an array, an ndarray of that shape.
    got : object
    rtol, atol : float, optional
        An entry may be off by ``atol + rtol * max(abs(expected))``.
    where : str, optional
        Which part of the result is compared, for the message.
    """
    if got is None and expected is not None:
        return Difference(_kind(expected), "nothing (None)", where,
                          "Is there a `return` line, and does every path reach it?")
    if isinstance(expected, dict):
        return _dicts(expected, got, rtol, atol, where)
    if isinstance(expected, (tuple, list)):
        return _sequences(expected, got, rtol, atol, where)
    if isinstance(expected, (bool, np.bool_)):
        return _truth(bool(expected), got, where)
    if isinstance(expected, np.ndarray):
        return _arrays(expected, got, rtol, atol, where)
    if isinstance(expected, (int, np.integer)):
        return _whole(int(expected), got, where)
    if isinstance(expected, (float, np.floating)):
        return _number(float(expected), got, rtol, atol, where)
    if type(got) is not type(expected) or got != expected:
        return Difference(_show(expected), _show(got), where)
    return None


def _dicts(expected, got, rtol, atol, where):
    if not isinstance(got, dict):
        return Difference("a dict", _kind(got), where)
    missing = [key for key in expected if key not in got]
    extra = [key for key in got if key not in expected]
    if missing or extra:
        return Difference("the keys " + _names(expected), "the keys " + _names(got), where,
                          _keys_hint(missing, extra))
    gaps = {key: difference(expected[key], got[key], rtol, atol, _inside(where, repr(key)))
            for key in expected}
    wrong = [key for key in expected if gaps[key]]
    if not wrong:
        return None
    return replace(gaps[wrong[0]], parts=tally(wrong, [key for key in gaps if not gaps[key]]))


def _keys_hint(missing, extra):
    lack = f"Missing: {_names(missing)}." if missing else ""
    return f"{lack} Not asked for: {_names(extra)}.".strip() if extra else lack


def tally(wrong, right):
    """Say which entries of a dict are off and which are right; nothing for a dict of one."""
    if not right and len(wrong) <= MOST_LISTED:
        return f"All are off: {_listed(wrong)}." if len(wrong) > 1 else ""
    if len(wrong) + len(right) > MOST_LISTED:
        return f"{len(wrong)} of {len(wrong) + len(right)} entries are off."
    off, fine = ("is" if len(keys) == 1 else "are" for keys in (wrong, right))
    return f"{_listed(wrong)} {off} off; {_listed(right)} {fine} right."


def _listed(keys):
    names = [str(key) for key in keys]
    return " and ".join([", ".join(names[:-1]), names[-1]] if names[1:] else names)


def _sequences(expected, got, rtol, atol, where):
    kind = "a tuple" if isinstance(expected, tuple) else "a list"
    if not isinstance(got, (tuple, list)):
        return Difference(f"{kind} of {len(expected)}", _kind(got), where)
    if len(got) != len(expected):
        return Difference(f"{kind} of {len(expected)}", f"{len(got)} entries", where)
    return _first(difference(e, g, rtol, atol, _inside(where, i))
                  for i, (e, g) in enumerate(zip(expected, got)))


def _first(differences):
    return next((each for each in differences if each), None)


def _inside(where, key):
    return f"{where}[{key}]" if where else f"[{key}]"


def _truth(expected, got, where):
    if isinstance(got, np.ndarray) and got.shape == () and got.dtype.kind == "b":
        got = bool(got)
    if not isinstance(got, (bool, np.bool_)):
        return Difference("True or False", _show(got), where)
    return None if bool(got) == expected else Difference(str(expected), str(bool(got)), where)


def _whole(expected, got, where):
    if isinstance(got, np.ndarray) and got.shape == () and got.dtype.kind in "iu":
        got = int(got)
    if isinstance(got, (bool, np.bool_)) or not isinstance(got, (int, np.integer)):
        return Difference(f"the int {expected}", _show(got), where)
    return None if int(got) == expected else Difference(str(expected), str(int(got)), where)


def _number(expected, got, rtol, atol, where):
    if isinstance(got, np.ndarray) and got.shape == ():
        got = got[()]
    real = isinstance(got, (int, float, np.integer, np.floating))
    if not real or isinstance(got, (bool, np.bool_)):
        return Difference("a single number", _kind(got), where)
    got = float(got)
    if got == expected or math.isnan(got) and math.isnan(expected):
        return None
    finite = math.isfinite(got) and math.isfinite(expected)
    if finite and abs(got - expected) <= atol + rtol * abs(expected):
        return None
    return Difference(*distinct(expected, got), where,
                      relation(np.array(expected), np.array(got)))


def _arrays(expected, got, rtol, atol, where):
    if not isinstance(got, np.ndarray):
        if expected.shape == () and isinstance(got, (int, float, np.number)):
            return _number(float(expected), got, rtol, atol, where)
        return Difference(_kind(expected), _kind(got), where)
    if got.shape != expected.shape:
        return Difference(_kind(expected), _kind(got), where, _shape_hint(expected, got))
    if got.dtype.kind not in "biuf":
        return Difference("real numbers", f"numbers of type {got.dtype}", where)
    with np.errstate(all="ignore"):
        finite = np.abs(expected[np.isfinite(expected)])
        scale = finite.max() if finite.size else 0.0
        same = (got == expected) | (np.isnan(got) & np.isnan(expected))
        near = same | (np.abs(got - expected) <= atol + rtol * scale)
    if near.all():
        return None
    return _worst(expected, got, near, where)


def _worst(expected, got, near, where):
    """Describe the entry that is furthest off, a NaN or an infinity before all."""
    broken = ~np.isfinite(got) & np.isfinite(expected)
    with np.errstate(all="ignore"):
        gap = np.where(broken, np.inf, np.where(near, -1.0, np.abs(got - expected)))
    index = np.unravel_index(np.nanargmax(np.nan_to_num(gap, nan=np.inf, posinf=np.inf)),
                             gap.shape)
    name = _inside(where, ", ".join(map(str, index))) if index else where
    hint = relation(expected, got)
    if broken.any():
        hint = hint or f"{broken.sum()} of {got.size} entries are NaN or infinite."
    elif got.dtype == np.float32:
        hint = hint or "The numbers are float32; work in float64."
    return Difference(*distinct(expected[index], got[index]), name, hint)


# Ratios between a wrong result and the right one that have a name.
RATIOS = {
    -1.0: "Every number has the wrong sign.",
    1 / math.log(2): "Every number is 1/ln 2 = 1.4427 times too large: that is a logarithm to "
                     "base 2 (bits) where the natural one (nats) is asked for.",
    1 / math.log(10): "Every number is 1/ln 10 = 0.4343 times the right one: that is a "
                      "logarithm to base 10 where the natural one is asked for.",
}


def relation(expected, got):
    """Name a simple relation that holds for every entry: a factor or an offset.

    Parameters
    ----------
    expected, got : ndarray of one shape

    Returns
    -------
    str
        Empty when there is none.
    """
    expected, got = np.asarray(expected, float), np.asarray(got, float)
    if not (np.isfinite(expected).all() and np.isfinite(got).all()):
        return ""
    if not np.any(expected):
        return ""
    if not np.any(got):
        return "Every number is zero."
    top = np.argmax(np.abs(expected))
    ratio = got.flat[top] / expected.flat[top]
    if not np.allclose(got, ratio * expected, rtol=1e-7, atol=1e-10 * abs(ratio)):
        return ""
    for known, words in RATIOS.items():
        if math.isclose(ratio, known, rel_tol=1e-6):
            return words
    if expected.size > 1:
        return f"Every number is {ratio:.4g} times the right one."
    return ""


def _shape_hint(expected, got):
    if got.shape == expected.shape[::-1] and got.ndim == 2:
        return "Rows and columns are exchanged."
    if got.ndim == 1 and expected.shape == (got.size, 1):
        return "A column has two dimensions, (n, 1); (n,) would broadcast along the wrong axis."
    if got.size == expected.size:
        return "The entries are as many as they should be, but arranged in another shape."
    return ""


def distinct(expected, got):
    """Return two numbers as text with as many digits as it takes to tell them apart."""
    for digits in (4, 6, 9, 12, 17):
        texts = f"{expected:.{digits}g}", f"{got:.{digits}g}"
        if texts[0] != texts[1]:
            break
    return texts


def _kind(value):
    """Name the type and shape of a value, for a message."""
    if value is None:
        return "nothing (None)"
    if isinstance(value, np.ndarray):
        return f"an array of shape {value.shape}" if value.shape else "a single number"
    if isinstance(value, Opaque):
        return f"a value of type {value.name}"
    if isinstance(value, Drawn):
        return "Matplotlib axes"
    if isinstance(value, (bool, np.bool_)):
        return f"a truth value ({bool(value)})"
    if isinstance(value, (int, float, np.number)):
        return "a single number"
    article = "an" if type(value).__name__[0] in "aeiou" else "a"
    size = f" of {len(value)}" if isinstance(value, (list, tuple, dict)) else ""
    return f"{article} {type(value).__name__}{size}"


def _show(value):
    if isinstance(value, (str, int, float, bool, np.generic)) or value is None:
        text = repr(value.item() if isinstance(value, np.generic) else value)
        return text if len(text) <= 60 else text[:57] + "..."
    return _kind(value)


def _names(keys):
    return ", ".join(sorted(_show(key) for key in keys)[:12])
