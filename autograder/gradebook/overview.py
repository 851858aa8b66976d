"""What the gradebook and the verdicts say of each submission, in one place."""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import TypedDict

from autograder.checks.states import State
from autograder.judge.verdict import Verdict
from autograder.submission.test_cells import exercise_of

from .nbgrader_types import Gradebook, SubmittedAssignment
from .store import VERDICTS
from .translated import chosen


class Said(TypedDict):
    """What the verdicts say of a submission."""

    keys: list[str]  # of the verdicts
    states: dict[str, str]  # by exercise and answer in words
    mistakes: dict[str, tuple[str, str]]  # by exercise that failed: name, empty if none; message
    found: str  # one line
    language: str  # that the notebooks choose; empty if none does


class About(Said):
    """What is said of a submission besides its points."""

    assignment: str
    student_id: str
    timestamp: datetime | None
    max_score: float
    by_hand: int  # answers that wait to be graded by hand
    grades: dict[str, tuple[float | None, float]]  # by exercise: points, None if open; at most
    overruled: frozenset[str]  # exercises whose points a person gave


class Row(About):
    """One submission in the gradebook."""

    score: float


def submissions(gradebook: Gradebook, root: str | Path) -> list[Row]:
    """Return one row for each submission in the gradebook."""
    rows: list[Row] = []
    for assignment in gradebook.assignments:
        for submission in sorted(assignment.submissions, key=lambda each: each.student_id):
            waiting = [
                grade
                for notebook in submission.notebooks
                for grade in notebook.grades
                if grade.needs_manual_grade
            ]
            rows.append(
                {
                    "assignment": assignment.name,
                    "student_id": submission.student_id,
                    "timestamp": submission.timestamp,
                    "score": submission.score,
                    "max_score": submission.max_score,
                    "by_hand": len(waiting),
                    "grades": grades(submission),
                    "overruled": overruled(submission),
                    **said(root, assignment.name, submission.student_id),
                }
            )
    return rows


def grades(submission: SubmittedAssignment) -> dict[str, tuple[float | None, float]]:
    """Return the points of every exercise and what it gives at most; None is not settled yet."""
    # From the cell, which is read once: `Grade.max_score` asks the database for each grade.
    return {
        exercise_of(grade.name): (
            None if grade.needs_manual_grade else grade.score,
            grade.cell.max_score,
        )
        for notebook in submission.notebooks
        for grade in notebook.grades
    }


def overruled(submission: SubmittedAssignment) -> frozenset[str]:
    """Return the names of the exercises whose points a person gave."""
    return frozenset(
        exercise_of(grade.name)
        for notebook in submission.notebooks
        for grade in notebook.grades
        if grade.manual_score is not None
    )


def said(root: str | Path, assignment: str, student: str) -> Said:
    """Return what the verdicts say of a submission, whose files are read once."""
    verdicts = read(root, assignment, student)
    keys = [verdict.key for verdict in verdicts]
    return {
        "keys": keys,
        "states": states(verdicts),
        "mistakes": mistakes(verdicts),
        "found": found(verdicts),
        "language": chosen(verdict.notebook for verdict in verdicts),
    }


def read(root: str | Path, assignment: str, student: str) -> list[Verdict]:
    """Return the verdicts on a submission, one for each notebook."""
    folder = Path(root) / VERDICTS / assignment / student
    loaded = [Verdict.load(path) for path in sorted(folder.glob("*.json"))]
    return [verdict for verdict in loaded if verdict]


def states(verdicts: Iterable[Verdict]) -> dict[str, str]:
    """Return the state of every exercise and of every answer in words."""
    made: dict[str, str] = {}
    for verdict in verdicts:
        made |= {name: result.state for name, result in verdict.results.items()}
        made |= verdict.written
    return made


def mistakes(verdicts: Iterable[Verdict]) -> dict[str, tuple[str, str]]:
    """Return what was wrong with every exercise that was tried and did not pass."""
    return {
        name: (result.mistake, result.message)
        for verdict in verdicts
        for name, result in verdict.results.items()
        if result.state not in (State.PASSED, State.NOT_ATTEMPTED, State.NOT_GRADABLE)
    }


def found(verdicts: Iterable[Verdict]) -> str:
    """Return in one line what an instructor should know of a submission."""
    return "; ".join(line for verdict in verdicts for line in verdict.lines())
