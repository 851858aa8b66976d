"""Checks your answers on the spot: `check("name", function)`, `points()`, `language("de")`.

`cases.json` holds inputs and expected results. When your notebook is graded, the same checks run
with fresh numbers.
"""

import json
from collections.abc import Callable
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any, TypedDict

from . import page, texts, wire
from .judging import Finding, judge, local_caller
from .packing import unpack
from .states import State

_findings: dict[str, Finding] = {}  # what each check found since the notebook was started


class _Exercise(TypedDict):
    points: float
    cases: str  # as `wire` writes them


class _Assignment(TypedDict):
    """What this reads of `cases.json`."""

    rules: list[str]
    exercises: dict[str, _Exercise]
    points_by_hand: float


@cache
def _assignment() -> _Assignment:
    path = Path(__file__).with_name("cases.json")
    if not path.exists():
        raise FileNotFoundError(
            f"{path} is missing: copy the whole folder `checks` again from the assignment "
            "as it was handed out."
        )
    assignment: _Assignment = json.loads(path.read_text(encoding="utf-8"))
    for module in assignment["rules"]:  # of this assignment: each registers its rules
        import_module(f".{module}", __name__)
    return assignment


def check(name: str, function: Callable[..., Any]) -> None:
    """Check one exercise and show the result.

    Parameters
    ----------
    name : str
        The exercise's name.
    function : callable
        Your answer.

    Raises
    ------
    AssertionError
        If the answer is not right yet; its text says what was expected and what came.
    """
    exercise = _assignment()["exercises"][name]
    cases = unpack(wire.loads(exercise["cases"].encode()))
    finding = judge(name, cases, local_caller(function))
    _findings[name] = finding
    if finding.state == State.PASSED:
        page.right(name, exercise["points"])
    else:
        page.wrong(finding, name, exercise["points"])


def language(code: str) -> None:
    """Show results in a language, such as "de"; by default in that of the computer.

    Where there is no translation into it, they are in English.
    """
    texts.choose(code)


def points() -> None:
    """Show the points reached since the notebook was started."""
    assignment = _assignment()
    rows = []
    for name, exercise in assignment["exercises"].items():
        finding = _findings.get(name, Finding(State.NOT_CHECKED))
        reached = finding.points(exercise["points"])
        rows.append(page.Row(name, finding.state, reached, exercise["points"]))
    page.table(rows, assignment["points_by_hand"])
