"""Reading the gradebook: what was released, what is recorded."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
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

from .database import in_words, path_of, patient
from .nbgrader_types import CourseDirectory

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
    if not is_there(coursedir.db_url):
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


def is_there(url: str) -> bool:
    """Tell whether there is a gradebook that can be opened; one on a server is taken to be."""
    path = path_of(url)
    return path is None or path.exists()


def opened(coursedir: CourseDirectory) -> Any:
    """Return the gradebook, to be closed."""
    return Gradebook(patient(coursedir.db_url), coursedir.course_id)
