"""Comparing a result with what was expected: type, shape, finiteness, then values."""

import math
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from typing import Any, final

import numpy as np

from .texts import said
from .wire import AxesSnapshot, Opaque

RTOL = 1e-8  # relative to the largest entry: sums in another order differ by about 1e-15
ATOL = 1e-12  # absolute, for results that are zero up to rounding
CLOSE = 1e-3  # relative: what single precision or an added 1e-8 changes, nothing coarser
EXACT = {int, str, bool, type(None)}  # what is equal of these, and of one type, is the same
SEVERAL = 20  # entries of a list from which on they are compared at once
SINGLE = 4e-7  # relative: a few roundings to float32
MAX_LISTED = 8  # entries of a dict that a message names one by one
MAX_NAMED = 12  # keys of a dict, where they are not the right ones


@final  # so it is true wherever it is one: `gap and ...`
@dataclass(frozen=True)
class Difference:
    """Where two values differ: what was expected there and what was found."""

    expected: str
    got: str
    where: str = ""
    hint: str = ""
    parts: str = ""  # of a dict: which entries are off, and which are right


def difference(
    expected: Any,
    got: Any,
    rtol: float = RTOL,
    atol: float = ATOL,
    where: str = "",
    each: bool | str = False,
) -> Difference | None:
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
    each : bool or str, optional
        Whether an entry of an array may be off by its own size times `rtol` only, so that the
        small ones count as much as the largest; a text says in which part of the result, "['p']".
    """
    if got is None and expected is not None:
        whole = said("Is there a `return` line, and does every path reach it?")
        return Difference(_kind(expected), "nothing (None)", where, "" if where else whole)
    if isinstance(expected, dict):
        return _dicts(expected, got, rtol, atol, where, each)
    if isinstance(expected, (tuple, list)):
        return _sequences(expected, got, rtol, atol, where, each)
    if isinstance(expected, (bool, np.bool_)):
        return _truth(bool(expected), got, where)
    if isinstance(expected, np.ndarray):
        return _arrays(expected, got, rtol, atol, where, each)
    if isinstance(expected, (int, np.integer)):
        return _whole(int(expected), got, where)
    if isinstance(expected, (float, np.floating)):
        return _number(float(expected), got, rtol, atol, where)
    if isinstance(expected, str) and isinstance(got, str):
        expected, got = str(expected), str(got)  # a NumPy string, as of `np.unique`, is one
    if type(got) is not type(expected) or got != expected:
        return Difference(_show(expected), _show(got), where)
    return None


def _dicts(
    expected: dict[Any, Any], got: Any, rtol: float, atol: float, where: str, each: bool | str
) -> Difference | None:
    if not isinstance(got, dict):
        return Difference("a dict", _kind(got), where)
    missing = [key for key in expected if key not in got]
    extra = [key for key in got if key not in expected]
    if missing or extra:
        return Difference(
            _the_keys(expected),
            _the_keys(got),
            where,
            _keys_hint(missing, extra),
        )
    gaps = {
        key: difference(expected[key], got[key], rtol, atol, _inside(where, repr(key)), each)
        for key in expected
    }
    wrong = {key: gap for key, gap in gaps.items() if gap}
    if not wrong:
        return None
    first = next(iter(wrong.values()))
    return replace(first, parts=tally([*wrong], [key for key in gaps if not gaps[key]]))


def _the_keys(keys: Collection[Any]) -> str:
    if not keys:
        return said("a dict without keys")
    return said(f"the keys {_names(keys)}")


def _keys_hint(missing: list[Any], extra: list[Any]) -> str:
    lack = said(f"Missing: {_names(missing)}.") if missing else ""
    more = said(f"Not expected: {_names(extra)}.") if extra else ""
    return f"{lack} {more}".strip()


def tally(wrong: list[Any], right: list[Any]) -> str:
    """Say which entries of a dict are off and which are right; nothing for a dict of one entry."""
    if not right and len(wrong) <= MAX_LISTED:
        return said(f"All are off: {_listed(wrong)}.") if len(wrong) > 1 else ""
    if len(wrong) + len(right) > MAX_LISTED:
        number, all_ = len(wrong), len(wrong) + len(right)
        return said(f"{number} of {all_} entries are off.")
    verb, verbs = ("is" if len(keys) == 1 else "are" for keys in (wrong, right))
    return said(f"{_listed(wrong)} {verb} off; {_listed(right)} {verbs} right.")


def _listed(keys: Iterable[Any]) -> str:
    names = [str(key) if str(key).isprintable() else repr(key) for key in keys]
    return said(f"{', '.join(names[:-1])} and {names[-1]}") if names[1:] else names[0]


def _sequences(
    expected: tuple[Any, ...] | list[Any],
    got: Any,
    rtol: float,
    atol: float,
    where: str,
    each: bool | str,
) -> Difference | None:
    kind = said("a tuple") if isinstance(expected, tuple) else said("a list")
    number = len(expected)
    if isinstance(got, np.ndarray) and got.ndim == 1 and all(map(_is_number, expected)):
        got = list(got)  # so many numbers, in one array
    if not isinstance(got, (tuple, list)):
        return Difference(f"{kind} of {number}", _kind(got), where)
    if len(got) != len(expected):
        return Difference(f"{kind} of {number}", _kind(got), where)
    kinds = [*map(type, expected)]
    if EXACT.issuperset(kinds) and kinds == [*map(type, got)] and [*expected] == [*got]:
        return None
    by_entry = each if isinstance(each, bool) else each in where
    if len(expected) >= SEVERAL and _all_near(expected, got, rtol, atol, by_entry):
        return None
    return _first(
        difference(e, g, rtol, atol, _inside(where, i), each)
        for i, (e, g) in enumerate(zip(expected, got))
    )


def _all_near(expected: Any, got: Any, rtol: float, atol: float, by_entry: bool) -> bool:
    """Tell whether floats, or arrays of one shape, are all as expected: at once, for it is often.

    False where it cannot be told so: then they are compared one by one.
    """
    kind = type(expected[0])
    if kind is not float and kind is not np.ndarray:
        return False
    shape = np.shape(expected[0])
    for value in (*expected, *got):
        if type(value) is not kind:
            return False
        if kind is np.ndarray and (value.shape != shape or not shape or value.dtype != float):
            return False
    put = np.array if kind is float else np.concatenate  # which takes a tenth of the time
    right, found = (put(values).reshape(len(expected), *shape) for values in (expected, got))
    sizes = np.abs(right)
    whole = tuple(range(1, right.ndim))
    scale = sizes if by_entry or not whole else np.max(sizes, whole, keepdims=True, initial=0.0)
    with np.errstate(all="ignore"):
        return bool(np.all(np.abs(found - right) <= atol + rtol * scale))


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float, np.number)) and not isinstance(value, bool)


def _first(differences: Iterable[Difference | None]) -> Difference | None:
    return next((each for each in differences if each), None)


def _inside(where: str, key: object) -> str:
    return f"{where}[{key}]" if where else f"[{key}]"


def _truth(expected: bool, got: Any, where: str) -> Difference | None:
    if isinstance(got, np.ndarray) and got.shape == () and got.dtype.kind == "b":
        got = bool(got)
    if not isinstance(got, (bool, np.bool_)):
        return Difference("True or False", _show(got), where)
    return None if bool(got) == expected else Difference(str(expected), str(bool(got)), where)


def _whole(expected: int, got: Any, where: str) -> Difference | None:
    if isinstance(got, np.ndarray) and got.shape == () and got.dtype.kind in "iu":
        got = int(got)
    if isinstance(got, (bool, np.bool_)) or not isinstance(got, (int, np.integer)):
        return Difference(f"the int {expected}", _show(got), where)
    return None if int(got) == expected else Difference(str(expected), str(int(got)), where)


def _number(expected: float, got: Any, rtol: float, atol: float, where: str) -> Difference | None:
    if isinstance(got, np.ndarray) and got.shape == ():
        got = got[()]
    rough = _rough(got)
    real = isinstance(got, (int, float, np.integer, np.floating))
    if not real or isinstance(got, (bool, np.bool_)):
        return Difference("a single number", _kind(got), where)
    got = float(got)
    if got == expected or math.isnan(got) and math.isnan(expected):
        return None
    finite = math.isfinite(got) and math.isfinite(expected)
    if finite and abs(got - expected) <= atol + rtol * abs(expected):
        return None
    return Difference(
        *distinct(expected, got), where, _hint(np.array(expected), np.array(got), rough)
    )


def _arrays(
    expected: np.ndarray, got: Any, rtol: float, atol: float, where: str, each: bool | str
) -> Difference | None:
    if not isinstance(got, np.ndarray):
        if (
            expected.shape == ()
            and isinstance(got, (int, float, np.number))
            and (expected.dtype.kind in "biuf")
        ):
            return _number(float(expected), got, rtol, atol, where)
        return Difference(
            _kind(expected), _kind(got), where, _sequence_hint(expected, got, rtol, atol)
        )
    if got.shape != expected.shape:
        return Difference(_kind(expected), _kind(got), where, _shape_hint(expected, got))
    if expected.dtype.kind not in "biuf":  # what a mistake gives need not be real numbers
        same = got.dtype.kind == expected.dtype.kind and np.array_equal(expected, got)
        return None if same else Difference("other values", _kind(got), where)
    if got.dtype.kind not in "biuf":
        return Difference("real numbers", f"numbers of type {got.dtype}", where)
    if got.dtype.kind == "b" and expected.dtype.kind != "b":
        return Difference("numbers", "booleans (True and False)", where)
    if np.array_equal(got, expected):  # of what is compared, most: a tenth of the work below
        return None
    with np.errstate(all="ignore"):
        # As floats: NumPy does not subtract truth values, and unsigned numbers wrap around.
        off = np.abs(got.astype(float) - expected.astype(float))
        sizes = np.where(np.isfinite(expected), np.abs(expected.astype(float)), 0.0)
        by_entry = each if isinstance(each, bool) else each in where
        scale = sizes if by_entry else np.max(sizes, initial=0.0)
        same = (got == expected) | (np.isnan(got) & np.isnan(expected))
        near = same | (off <= atol + rtol * scale)
    if near.all():
        return None
    return _worst(expected, got, np.where(near, -1.0, off), where)


def as_double(expected: Any, got: Any) -> Any:
    """Return a result with the expected numbers where it has them in single precision."""
    if isinstance(got, dict) and isinstance(expected, dict):
        return {key: as_double(expected.get(key), each) for key, each in got.items()}
    if isinstance(got, (list, tuple)) and isinstance(expected, (list, tuple)):
        pairs = zip(expected, got) if len(got) == len(expected) else ()
        return type(got)(as_double(*pair) for pair in pairs) or got
    single = isinstance(got, (np.ndarray, np.floating)) and got.dtype == np.float32
    if not single or not isinstance(expected, (float, np.floating, np.ndarray)):
        return got
    room = SINGLE * np.max(np.abs(expected), initial=0.0)
    near = np.shape(got) == np.shape(expected) and bool(np.all(np.abs(got - expected) <= room))
    return expected if near else got


def _sequence_hint(expected: np.ndarray, got: Any, rtol: float, atol: float) -> str:
    """Say so when a list or a tuple has the right numbers but is not an array."""
    if not isinstance(got, (list, tuple)):
        return ""
    try:
        array = np.array(got)
    except (ValueError, TypeError, OverflowError):  # rows of different lengths
        return ""
    if array.dtype.kind not in "iuf" or difference(expected, array, rtol, atol):
        return ""
    name = _base(got)
    return said(f"That is a {name} with the right numbers; expected an array.")


def _worst(expected: np.ndarray, got: np.ndarray, gap: np.ndarray, where: str) -> Difference:
    """Describe the entry that is furthest off (`gap`), a NaN or an infinity first."""
    broken = ~np.isfinite(got) & np.isfinite(expected)
    gap = np.where(broken, np.inf, gap)
    index = np.unravel_index(np.nanargmax(np.nan_to_num(gap, nan=np.inf, posinf=np.inf)), gap.shape)
    name = _inside(where, ", ".join(map(str, index))) if index else where
    if broken.any():
        hint = said(f"{broken.sum()} of {got.size} entries are NaN or infinite.")
    else:
        hint = _hint(expected, got, _rough(got))
    if expected.dtype.kind == got.dtype.kind == "b":
        return Difference(str(expected[index]), str(got[index]), name, hint)
    return Difference(*distinct(expected[index], got[index]), name, hint)


def _rough(got: Any) -> str:
    """Return the words about numbers of less than double precision; nothing for others."""
    if not isinstance(got, (np.ndarray, np.floating)) or got.dtype.kind != "f":
        return ""
    if got.dtype.itemsize >= 8:
        return ""
    name = got.dtype
    if np.ndim(got):
        return said(f"The numbers are {name}; work in float64.")
    return said(f"The number is {name}; work in float64.")


def _hint(expected: np.ndarray, got: np.ndarray, rough: str) -> str:
    """Name what may have happened: the precision first, where that alone may be it."""
    with np.errstate(all="ignore"):
        off = np.abs(np.asarray(got, float) - np.asarray(expected, float))
        close = np.all(off <= CLOSE * np.max(np.abs(expected), initial=0.0))
    return rough if rough and close else relation(expected, got) or rough


def relation(expected: np.ndarray, got: np.ndarray) -> str:
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
        return said("Every number is zero.") if got.size > 1 else ""
    top = np.argmax(np.abs(expected))
    ratio = got.flat[top] / expected.flat[top]
    if not np.allclose(got, ratio * expected, rtol=1e-7, atol=1e-10 * abs(ratio)):
        return ""
    if abs(ratio - 1) < CLOSE:  # "1 times the right one" would not help
        return ""
    if math.isclose(ratio, -1, rel_tol=1e-6):
        if got.size == 1:
            return said("The sign is wrong.")
        return said("Every number has the wrong sign.")
    if expected.size > 1:
        return said(f"Every number is {ratio:.4g} times the right one.")
    return ""


def _shape_hint(expected: np.ndarray, got: np.ndarray) -> str:
    if got.shape == expected.shape[::-1] and got.ndim == 2:
        return said("Rows and columns are swapped.")
    if got.ndim == 1 and expected.shape == (got.size, 1):
        return said(
            "A column has two dimensions, (n, 1); (n,) would broadcast along the wrong axis."
        )
    if got.size == expected.size:
        return said("The number of entries is right, but their shape is not.")
    return ""


def distinct(expected: float, got: float) -> tuple[str, str]:
    """Return two numbers as text with as many digits as it takes to tell them apart."""
    expected, got = expected + 0.0, got + 0.0  # so that a negative zero has no sign
    for digits in (4, 6, 9, 12, 17):
        texts = f"{expected:.{digits}g}", f"{got:.{digits}g}"
        if texts[0] != texts[1]:
            break
    return texts


def _kind(value: Any) -> str:
    """Name the type and shape of a value, for a message."""
    if value is None:
        return said("nothing (None)")
    if isinstance(value, np.ndarray):
        return said(f"an array of shape {value.shape}") if value.shape else _kind(value[()])
    if isinstance(value, Opaque):
        quoted = value.name
        return said(f"a value of type {quoted}")
    if isinstance(value, AxesSnapshot):
        return said("Matplotlib axes")
    if isinstance(value, (bool, np.bool_)):
        return said(f"a boolean ({bool(value)})")
    if isinstance(value, (complex, np.complexfloating)):
        return said("a complex number")
    if isinstance(value, (int, float, np.number)):
        return said("a single number")
    kind, number = an(_base(value)), len(value) if isinstance(value, (list, tuple, dict)) else None
    return kind if number is None else said(f"{kind} of {number}")


def _base(value: object) -> str:
    """Return the name of a value's type; a NumPy string is a str."""
    return "str" if isinstance(value, str) else type(value).__name__


def an(name: str) -> str:
    """Put the article before the name of a type."""
    if name.startswith("an "):  # "an error", of a type whose name is not repeated
        return name
    vowel = name[:1].lower() in "aeiou" and not name.lower().startswith(("uni", "use"))
    return said(f"an {name}") if vowel else said(f"a {name}")


def _show(value: Any) -> str:
    if isinstance(value, (str, int, float, bool, np.generic)) or value is None:
        text = repr(value.item() if isinstance(value, np.generic) else value)
        return text if len(text) <= 60 else text[:57] + "..."
    return _kind(value)


def _in_order(key: object) -> list[tuple[int, int | str]]:
    """Return what sorts keys as people do: W2 before W10."""
    parts = re.split(r"(\d+)", _show(key))
    return [(0, int(each)) if each.isdecimal() else (1, each) for each in parts if each]


def _names(keys: Iterable[Any]) -> str:
    shown = [_show(key) for key in sorted(keys, key=_in_order)]
    names = ", ".join(shown[:MAX_NAMED])
    number = len(shown) - MAX_NAMED
    return said(f"{names} and {number} more") if number > 0 else names
