"""The verdict on a submission: plain data, a function of answers, exercises, secret, versions."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypedDict

from autograder.checks.judging import Finding
from autograder.checks.states import State
from autograder.submission.test_cells import exercise_of


@dataclass
class Result:
    """What came of one exercise."""

    state: State
    points: float
    max_points: float
    message: str = ""
    mistake: str = ""

    @classmethod
    def of(cls, finding: Finding, points: float) -> Result:
        """Return the Result of an exercise that was judged."""
        gained = finding.points(points)
        return cls(finding.state, gained, points, finding.message, finding.mistake)


@dataclass
class Verdict:
    """What came of one submission.

    `exercises` maps a test cell's grade_id to its Result; `written` an answer's grade_id to
    "not attempted" or "to be graded by hand"; `notebook` is the rebuilt notebook with the
    outputs that the student's cells had in the worker; `isolation` says in which isolation.
    `case_set` is the number of the hidden cases that the answers chose, and `seed` what they were
    made from.
    """

    key: str
    assignment: str
    case_set: int = 0
    seed: int = 0
    exercises: dict[str, Result] = field(default_factory=dict)
    written: dict[str, str] = field(default_factory=dict)
    repairs: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)  # for the instructor: what was attempted
    not_gradable: str = ""
    notebook: dict[str, Any] = field(default_factory=dict)
    isolation: str = ""

    @property
    def points(self) -> float:
        """Return the points reached by code."""
        return sum(result.points for result in self.exercises.values())

    @property
    def results(self) -> dict[str, Result]:
        """Return the results by the name of the exercise."""
        return {exercise_of(name): result for name, result in self.exercises.items()}

    def lines(self) -> list[str]:
        """Return what an instructor should know of the submission, in short."""
        if self.not_gradable:
            return [f"not gradable: {self.not_gradable}"]
        missing = [
            name for name, result in self.results.items() if result.state == State.NOT_ATTEMPTED
        ]
        wrong = [
            f"{name}: {result.mistake or result.state}"
            for name, result in self.results.items()
            if result.state not in (State.PASSED, State.NOT_ATTEMPTED)
        ]
        return [
            *self.remarks,
            *self.repairs,
            *wrong,
            *([f"{len(missing)} not attempted"] if missing else []),
        ]

    def save(self, path: str | Path) -> None:
        """Write the verdict so that the file is whole or not there at all."""
        path = Path(path)
        path.parent.mkdir(parents=True, exist_ok=True)
        partial = path.with_suffix(f".{os.getpid()}.partial")
        partial.write_text(json.dumps(self.as_data()), encoding="utf-8")
        os.replace(partial, path)

    def as_data(self) -> dict[str, Any]:
        """Return the verdict as plain data; `dataclasses.asdict` would copy the notebook."""
        return {**vars(self), "exercises": {name: vars(e) for name, e in self.exercises.items()}}

    @classmethod
    def load(cls, path: str | Path) -> Verdict | None:
        """Return the verdict in a file, or None if there is none that can be read."""
        try:
            return cls.from_data(json.loads(Path(path).read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError, KeyError, AttributeError):
            return None

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> Verdict:
        """Return the verdict that `as_data` made the data from."""
        exercises = {
            name: Result(**{**result, "state": State(result["state"])})
            for name, result in data["exercises"].items()
        }
        return cls(**{**data, "exercises": exercises})


Row = tuple[str, str]  # what it is, and a text


class ExplainedCase(TypedDict):
    """What came of one case: rows as they are read, several of them `got`."""

    kind: str  # "public" or "hidden"
    label: str
    rows: list[Row]


class Explained(TypedDict):
    """What came of each case of an exercise, and of the exercise on its own."""

    cases: list[ExplainedCase]
    outcome: str
