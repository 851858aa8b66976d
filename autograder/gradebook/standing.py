"""What became of everybody's work: recorded, handed in and not recorded, or not handed in."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, cast

from .overview import About, Row, said, submissions
from .store import MARK, VERDICTS, usable


class Standing(StrEnum):
    """Whether the points of a student are those of the work that was handed in."""

    RECORDED = "recorded"
    UNRECORDED = "unrecorded"  # never a zero: nobody knows yet
    NOTHING = "nothing handed in"


class StandingRow(About):
    """What became of one student's work; the points of what is not recorded are None."""

    standing: Standing
    score: float | None  # with the penalty for being late taken off
    raw_score: float | None
    late_submission_penalty: float | None
    duedate: datetime | None
    last_name: str | None
    first_name: str | None
    email: str | None
    lms_user_id: str | None


def everybody(gradebook: Any, root: str | Path, submitted: str = "submitted") -> list[StandingRow]:
    """Return one row for each student and assignment.

    Parameters
    ----------
    gradebook : Gradebook
    root : path
        Of the course.
    submitted : str
        The folder in it that holds what was handed in.
    """
    students = {each.id: each for each in gradebook.students}
    recorded = {(row["assignment"], row["student_id"]): row for row in submissions(gradebook, root)}
    rows = []
    for assignment in gradebook.assignments:
        details = {each.student_id: each for each in assignment.submissions}
        handed_in = _handed_in(Path(root), submitted, assignment.name)
        for name in sorted(students.keys() | handed_in):
            row = recorded.get((assignment.name, name)) or _empty(root, assignment, name)
            submission = details.get(name)
            made = {
                **row,
                **_points(row, submission, _standing(Path(root), row, submission, handed_in)),
                **_person(students.get(name)),
                "duedate": _due(assignment, submission),
            }
            rows.append(cast(StandingRow, made))
    return rows


def is_noted(root: Path, assignment: str, student: str) -> bool:
    """Tell whether no grading of a submission was interrupted."""
    folder = root / VERDICTS / assignment / student
    return (folder / MARK).exists() or not any(folder.glob("*.json"))


def _handed_in(root: Path, submitted: str, assignment: str) -> set[str]:
    folders = (root / submitted).glob(f"*/{assignment}")
    verdicts = (root / VERDICTS / assignment).glob("*/*.json")
    names = [path.parent.name for path in (*folders, *verdicts) if path.exists()]
    return set(filter(usable, names))


def _empty(root: str | Path, assignment: Any, student: str) -> Row:
    return {
        "assignment": assignment.name,
        "student_id": student,
        "timestamp": None,
        "score": 0.0,
        "max_score": assignment.max_score,
        "by_hand": 0,
        "grades": {},
        "overruled": frozenset(),
        **said(root, assignment.name, student),
    }


def _standing(root: Path, row: Row, submission: Any, handed_in: set[str]) -> Standing:
    if submission is None:
        return Standing.UNRECORDED if row["student_id"] in handed_in else Standing.NOTHING
    is_right = _mark_is_right(root, row) and _is_filled(submission)
    return Standing.RECORDED if is_right else Standing.UNRECORDED


def _mark_is_right(root: Path, row: Row) -> bool:
    """Tell whether the verdicts that are there are those that were recorded."""
    if not row["keys"]:
        return True  # removed since; the gradebook still holds what they said
    try:
        folder = root / VERDICTS / row["assignment"] / row["student_id"]
        mark = (folder / MARK).read_text(encoding="utf-8")
    except (OSError, ValueError):
        return False
    return set(row["keys"]) <= set(mark.splitlines())


def _is_filled(submission: Any) -> bool:
    """Tell whether anything was recorded; nbgrader makes the rows of a submission first."""
    grades = [grade for notebook in submission.notebooks for grade in notebook.grades]
    return not grades or any(
        grade.auto_score is not None or grade.manual_score is not None or grade.needs_manual_grade
        for grade in grades
    )


def _points(row: Row, submission: Any, standing: Standing) -> dict[str, Any]:
    if standing is Standing.UNRECORDED:
        names: Iterable[str] = row["states"]
        return {
            "standing": standing,
            "raw_score": None,
            "late_submission_penalty": None,
            "score": None,
            "states": dict.fromkeys(names, Standing.UNRECORDED),
            "mistakes": {},
            "grades": {},
        }
    penalty = submission.late_submission_penalty if submission else 0.0
    return {
        "standing": standing,
        "raw_score": row["score"],
        "late_submission_penalty": penalty,
        "score": max(0.0, row["score"] - penalty),
    }


def _person(student: Any) -> dict[str, Any]:
    names = ("last_name", "first_name", "email", "lms_user_id")
    return {name: getattr(student, name, None) for name in names}


def _due(assignment: Any, submission: Any) -> Any:
    """Return when an assignment is due; nbgrader fails on an extension of nothing."""
    return submission.duedate if submission and assignment.duedate else assignment.duedate
