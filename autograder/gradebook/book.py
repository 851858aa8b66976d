"""Reading the gradebook: what was released, what is recorded, and why it cannot be read."""

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from nbgrader.api import (
    BaseCell,
    Comment,
    Grade,
    Gradebook,
    MissingEntry,
    Notebook,
    SubmittedAssignment,
    SubmittedNotebook,
)
from sqlalchemy.exc import DatabaseError

from .nbgrader_types import CourseDirectory

SQLITE = "sqlite:///"

# What SQLite says, and what that means to an instructor; the last one fits everything else.
WORDS = {
    "locked": "is locked by another program; close that program, and start again",
    "readonly": "cannot be written; give yourself write permission, and start again",
    "unable to open": "cannot be opened; give yourself read permission, and start again",
    "disk is full": "cannot be written because the disk is full; free some space, and start again",
    "no such": "was made by another version of nbgrader; copy it to a safe place, then run "
    "`nbgrader db upgrade`",
    "": "is damaged; restore your last backup of it, and grade again",
}


Place = tuple[str, str]  # notebook and cell
Of = TypeVar("Of")


@dataclass
class Held:
    """What the gradebook holds of one submission.

    Attributes
    ----------
    timestamp : datetime or None
    points : dict
        The points by code of each graded cell, by notebook and cell.
    words : dict
        The grader's comment on each answer, by notebook and cell.
    """

    timestamp: datetime | None = None
    points: dict[Place, float | None] = field(default_factory=dict)
    words: dict[Place, str | None] = field(default_factory=dict)


@contextlib.contextmanager
def in_words(url: str) -> Iterator[None]:
    """Turn an error of the database into a sentence.

    Raises
    ------
    SystemExit
        Unlike other errors it ends a grading at once: nobody else could be recorded either.
    """
    try:
        yield
    except DatabaseError as error:
        said = str(error.orig)
        why = next(words for sign, words in WORDS.items() if sign in said)
        raise SystemExit(
            f"The gradebook {url.removeprefix(SQLITE)} {why}. Nothing that was "
            f"graded is lost. (The database says: {said}.)"
        ) from None


def released(coursedir: CourseDirectory, assignment: str) -> dict[str, dict[str, float]] | None:
    """Return the points of every graded cell as they were released.

    Returns
    -------
    dict or None
        By notebook, dicts by cell; None if the assignment is not in the gradebook.
    """
    return _of_release(
        coursedir,
        assignment,
        lambda notebook: {
            cell.name: cell.max_score for cell in [*notebook.grade_cells, *notebook.task_cells]
        },
    )


def recorded_texts(coursedir: CourseDirectory, assignment: str) -> dict[str, dict[str, str]]:
    """Return the text of every cell as nbgrader recorded it when it made the release.

    Returns
    -------
    dict of dict of str
        By notebook and grade_id; empty if the assignment is not in the gradebook.
    """
    texts = _of_release(
        coursedir,
        assignment,
        lambda notebook: {cell.name: cell.source for cell in notebook.source_cells},
    )
    return texts or {}


def _of_release(
    coursedir: CourseDirectory, assignment: str, of: Callable[[Any], Of]
) -> dict[str, Of] | None:
    """Return something of each released notebook, or None if nothing was released."""
    if not _is_there(coursedir.db_url):
        return None  # opening it would make an empty one
    with in_words(coursedir.db_url), opened(coursedir) as gradebook:
        try:
            notebooks = gradebook.find_assignment(assignment).notebooks
        except MissingEntry:
            return None
        return {notebook.name: of(notebook) for notebook in notebooks}


def held(gradebook: Gradebook, assignment: str) -> dict[str, Held]:
    """Return what is recorded of an assignment, by student."""
    found = {
        each.student_id: Held(each.timestamp)
        for each in gradebook.find_assignment(assignment).submissions
    }
    # Three questions for a class, not dozens for each student: a cron job asks every hour.
    points = _recorded(gradebook, assignment, Grade.auto_score, "GradeCell")
    for student, notebook, cell, score in points:
        found[student].points[notebook, cell] = score
    words = _recorded(gradebook, assignment, Comment.auto_comment, "SolutionCell")
    for student, notebook, cell, comment in words:
        found[student].words[notebook, cell] = comment
    gradebook.db.rollback()  # it was read to the end; nobody else has to wait
    return found


def _recorded(gradebook: Gradebook, assignment: str, value: Any, cells: str) -> Any:
    """Return what a column holds for a kind of cells: rows of student, notebook, cell, value."""
    kind = value.class_  # the table of the column
    return (
        gradebook.db.query(SubmittedAssignment.student_id, Notebook.name, BaseCell.name, value)
        .select_from(kind)
        .join(BaseCell, kind.cell_id == BaseCell.id)
        .join(SubmittedNotebook, kind.notebook_id == SubmittedNotebook.id)
        .join(Notebook, SubmittedNotebook.notebook_id == Notebook.id)
        .join(SubmittedAssignment, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
        .filter(BaseCell.type == cells)
        .filter(SubmittedAssignment.assignment.has(name=assignment))
    )


def _is_there(url: str) -> bool:
    return not url.startswith(SQLITE) or Path(url.removeprefix(SQLITE)).exists()


def opened(coursedir: CourseDirectory) -> Any:
    """Return the gradebook, to be closed."""
    return Gradebook(coursedir.db_url, coursedir.course_id)
