"""Which values of each argument the cases take, so that an author sees which end none takes."""

from __future__ import annotations

import inspect
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from autograder.checks.case import Case
from autograder.checks.wire import FreshAxes, Seed
from autograder.model import Exercise

# What may be special about a number; the words are those of the table.
ENDS = ("zero", "one", "negative", "fraction", "not finite", "equal entries")
NO_CASE = "no case"


@dataclass(frozen=True)
class Taken:
    """What the public and the hidden cases take of one measure of an argument."""

    argument: str
    measure: str
    public: str
    hidden: str

    @property
    def is_gap(self) -> bool:
        """Tell whether no case takes it."""
        return self.public == self.hidden == NO_CASE


def taken(exercise: Exercise, cases: list[Case]) -> list[Taken]:
    """Return the ranges of all arguments, in the order of the signature."""
    rows = []
    for name in inspect.signature(exercise.solution).parameters:
        public, hidden = (
            _collected(
                _arguments(exercise, case).get(name, _LEFT_OUT)
                for case in cases
                if case.public == side
            )
            for side in (True, False)
        )
        rows += [
            Taken(name, measure, _in_words(public[measure]), _in_words(hidden[measure]))
            for measure in {**public, **hidden}
        ]
    return rows


_LEFT_OUT = object()  # an optional argument that a case does not give


def _arguments(exercise: Exercise, case: Case) -> dict[str, Any]:
    bound = inspect.signature(exercise.solution).bind(*case.call.args, **case.call.kwargs)
    return dict(bound.arguments)


def _collected(values: Iterable[Any]) -> dict[str, set[Any]]:
    found: dict[str, set[Any]] = defaultdict(set)
    for value in values:
        for measure, number in _measures(value):
            found[measure].add(number)
    return found


def _measures(value: Any) -> Iterator[tuple[str, Any]]:
    """Yield what is measured on an argument; of what it holds, all together."""
    if value is _LEFT_OUT:
        yield "left out", "yes"
    elif isinstance(value, Seed):
        yield "kind", value.kind
    elif isinstance(value, FreshAxes) or value is None:
        yield "kind", "axes" if value is not None else "None"
    elif isinstance(value, str):
        yield "characters", len(value)
    elif isinstance(value, dict | list | tuple):
        yield "length", len(value)
        for each in value.values() if isinstance(value, dict) else value:
            for measure, number in _measures(each):
                yield (
                    (
                        measure
                        if measure.startswith("of each") or measure in ENDS
                        else f"of each: {measure}"
                    ),
                    number,
                )
    else:
        yield from _numbers(np.asarray(value))


def _numbers(array: np.ndarray) -> Iterator[tuple[str, Any]]:
    for place, size in enumerate(array.shape):
        yield f"axis {place}", size
    yield (
        "type",
        {"b": "bool", "i": "whole numbers", "u": "whole numbers"}.get(
            array.dtype.kind, str(array.dtype)
        ),
    )
    if array.dtype.kind not in "biuf":
        return
    finite = array[np.isfinite(array)]
    for end in (finite.min(), finite.max()) if finite.size else ():
        yield "values", float(end)
    specials = (
        np.any(array == 0),
        np.any(array == 1),
        np.any(finite < 0),
        np.any(finite != np.round(finite)),
        finite.size < array.size,
        len(np.unique(finite)) < finite.size,
    )
    for end, special in zip(ENDS, specials if array.ndim else specials[:-1]):
        yield end, "yes" if special else ""


def _in_words(values: set[Any]) -> str:
    """Return a range of numbers, or the words that occur."""
    words = sorted(each for each in values if isinstance(each, str) and each)
    numbers = [each for each in values if not isinstance(each, str)]
    if not numbers:
        return ", ".join(words) or NO_CASE
    low, high = min(numbers), max(numbers)
    return f"{low:.4g}" if low == high else f"{low:.4g} to {high:.4g}"
