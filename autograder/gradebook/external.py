"""A verdict as the result of a grader in somebody else's container: Gradescope, PrairieLearn.

As they publish it: "Autograder Specifications" (gradescope-autograders.readthedocs.io) and
"External Grading" (prairielearn.readthedocs.io). Both take one file for one submission. Points that
a person gives are not in it: the platforms have a rubric, or a question, of their own for these.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Literal

from autograder.checks.texts import said
from autograder.judge.verdict import Result, Verdict

from .overview import read
from .translated import chosen, into, language_of

Format = Literal["gradescope", "prairielearn"]
Say = Callable[[str], str]  # what translates a text


def write(root: Path, assignment: str, student: str, form: Format, path: Path) -> None:
    """Write the result of a submission that was graded here.

    Raises
    ------
    LookupError
        If there is no verdict on it.
    """
    verdicts = read(root, assignment, student)
    if not verdicts:
        raise LookupError(f"there is no verdict on {assignment} of {student}: grade it first")
    path.parent.mkdir(parents=True, exist_ok=True)
    say = into(language_of(chosen(verdict.notebook for verdict in verdicts)))
    path.write_text(json.dumps(FORMATS[form](verdicts, say), indent=1), encoding="utf-8")


def gradescope(verdicts: Sequence[Verdict], say: Say = str) -> dict[str, Any]:
    """Return Gradescope's results.json.

    What is not gradable is no test with 0 points, but a text above a score of 0: a file without a
    score is an error there, which only instructors see.
    """
    tests = [
        {
            "name": name,
            "score": result.points,
            "max_score": result.max_points,
            "status": "passed" if result.points == result.max_points else "failed",
            "output": say(_told(result)),
            "output_format": "text",
        }
        for name, result in _exercises(verdicts)
    ]
    return {
        "score": sum(verdict.points for verdict in verdicts),
        "output": say("\n".join(_about(verdicts))),
        "output_format": "text",
        "tests": tests,
    }


def prairielearn(verdicts: Sequence[Verdict], say: Say = str) -> dict[str, Any]:
    """Return PrairieLearn's results.json; what is not gradable costs no attempt there."""
    if reasons := [say(each.not_gradable) for each in verdicts if each.not_gradable]:
        return {"gradable": False, "format_errors": reasons}
    tests = [
        {
            "name": name,
            "points": result.points,
            "max_points": result.max_points,
            "message": say(_told(result)),
        }
        for name, result in _exercises(verdicts)
    ]
    most = sum(result.max_points for _, result in _exercises(verdicts))
    gained = sum(verdict.points for verdict in verdicts)
    return {
        "gradable": True,
        "score": gained / most if most else 0.0,
        "message": say("\n".join(_about(verdicts))),
        "tests": tests,
    }


FORMATS: dict[Format, Callable[[Sequence[Verdict], Say], dict[str, Any]]] = {
    "gradescope": gradescope,
    "prairielearn": prairielearn,
}


def _exercises(verdicts: Sequence[Verdict]) -> Iterator[tuple[str, Result]]:
    for verdict in verdicts:
        yield from verdict.results.items()


def _told(result: Result) -> str:
    return f"{result.state}\n{result.message}".strip()


def _about(verdicts: Sequence[Verdict]) -> list[str]:
    """Return what the student is told of the whole submission; remarks are the instructor's."""
    lines = []
    for verdict in verdicts:
        if verdict.not_gradable:
            lines.append(said(f"Not gradable: {verdict.not_gradable}"))
        lines += verdict.repairs
        lines += [f"{name}: {state}" for name, state in verdict.written.items()]
    return lines
