"""Cases as plain data, for `cases.json`, without saying anything twice.

Most mistakes get most of a result right, and the words about one are the same in every case:
what is shared is stored once. And a mistake is named when it explains the first failing case and
half of them all, so of its arrays no more than that is stored. Small results are stored for every
case: they tell a mistake from another one that gives the same in the first cases.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from . import rules
from .calls import Call
from .case import Case, MistakeResult, listed
from .wire import Opaque

RIGHT = Opaque("as expected")  # stands for the part of the expected result at its place
SMALL = 8  # entries: a result of so few is stored for every case


def pack(cases: Sequence[Case]) -> dict[str, Any]:
    """Return cases as a dict of plain data, for `cases.json`."""
    texts: dict[str, int] = {}
    met: Counter[int | None] = Counter()
    counts = Counter(mistake.get("variant") for case in cases for mistake in case.mistakes())
    listed = []
    for case in cases:
        mistakes = []
        for mistake in case.mistakes():
            variant = mistake.get("variant")
            met[variant] += 1
            large = _entries(mistake.get("value")) > SMALL
            # Without its value an entry still says that the mistake is wrong here.
            enough = large and variant is not None and met[variant] > (counts[variant] + 1) // 2
            number = texts.setdefault(mistake["message"], len(texts))
            mistakes.append(_packed(mistake, number, case.rule, enough))
        listed.append(
            {
                "args": case.call.args,
                "kwargs": case.call.kwargs,
                "label": case.label,
                "rule": rules.to_data(case.rule),
                "mistakes": mistakes,
                "edge_share": case.edge_share,
                "in_doubt": case.in_doubt,
            }
        )
    return {"texts": list(texts), "cases": listed}


def _packed(mistake: MistakeResult, text: int, rule: rules.Rule, bare: bool) -> dict[str, Any]:
    """Return a mistake's result with the number of its message, and without its value if bare."""
    packed: dict[str, Any] = {"id": mistake["id"]}
    if "raises" in mistake:
        packed["raises"] = mistake["raises"]
    if "value" in mistake and not bare:
        packed["value"] = shared(mistake["value"], getattr(rule, "value", None))
    return {**packed, "message": text}


def unpack(data: dict[str, Any]) -> list[Case]:
    """Return the cases that `pack` was given."""
    cases = []
    for each in data["cases"]:
        rule = rules.from_data(each["rule"])
        expected = getattr(rule, "value", None)
        mistakes = [_unpacked(mistake, data["texts"], expected) for mistake in each["mistakes"]]
        call = Call(tuple(each["args"]), each["kwargs"])
        known = listed(mistakes)
        more = {name: each[name] for name in ("edge_share", "in_doubt")}
        cases.append(Case(call, rule, each["label"], known, **more))
    return cases


def _unpacked(packed: dict[str, Any], texts: list[str], expected: Any) -> MistakeResult:
    mistake: MistakeResult = {"id": packed["id"], "message": texts[packed["message"]]}
    if "raises" in packed:
        mistake["raises"] = packed["raises"]
    if "value" in packed:
        mistake["value"] = whole(packed["value"], expected)
    return mistake


def shared(value: Any, expected: Any) -> Any:
    """Return a value with a mark in the place of each array that is as expected."""
    if isinstance(value, np.ndarray):
        same = (
            isinstance(expected, np.ndarray)
            and value.dtype == expected.dtype
            and np.array_equal(value, expected, equal_nan=value.dtype.kind == "f")
        )
        return RIGHT if same else value
    return _each(shared, value, expected)


def whole(value: Any, expected: Any) -> Any:
    """Return a value with the expected arrays in the place of the marks."""
    if isinstance(value, Opaque) and value == RIGHT:
        return expected
    return _each(whole, value, expected)


def _entries(value: Any) -> int:
    """Return how many numbers and other single things a result holds."""
    if isinstance(value, dict):
        return sum(map(_entries, value.values()))
    if isinstance(value, (list, tuple)):
        return sum(map(_entries, value))
    return np.size(value)


def _each(function: Callable[[Any, Any], Any], value: Any, expected: Any) -> Any:
    """Apply a function to the entries of a container, each with the expected one there."""
    if isinstance(value, dict):
        parts = expected if isinstance(expected, dict) else {}
        return {key: function(each, parts.get(key)) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        there = expected if isinstance(expected, (list, tuple)) else ()
        entries = [
            function(each, there[i] if i < len(there) else None) for i, each in enumerate(value)
        ]
        return entries if isinstance(value, list) else tuple(entries)
    return value
