"""What the engine uses of nbgrader's objects; nbgrader itself has no types."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Protocol

from traitlets.config import Config


class CourseDirectory(Protocol):
    """`nbgrader.coursedir.CourseDirectory`: where the files of a course lie."""

    root: str
    config: Config
    db_url: str
    course_id: str
    assignment_id: str
    student_id: str  # a pattern, as is the next
    notebook_id: str
    source_directory: str
    submitted_directory: str
    feedback_directory: str

    def format_path(self, nbgrader_step: str, student_id: str, assignment_id: str) -> str:
        """Return where a step of nbgrader has a student's assignment."""


class Grade(Protocol):
    """`nbgrader.api.Grade`: the points of a graded cell in one submission."""

    name: str
    auto_score: float | None
    manual_score: float | None
    score: float  # what counts: by hand before by code, with extra credit
    cell: Any
    needs_manual_grade: bool


class Comment(Protocol):
    """`nbgrader.api.Comment`: the comment on an answer in one submission."""

    name: str
    auto_comment: str | None


class SubmittedNotebook(Protocol):
    """`nbgrader.api.SubmittedNotebook`."""

    grades: Sequence[Grade]
    comments: Sequence[Comment]


class SubmittedAssignment(Protocol):
    """`nbgrader.api.SubmittedAssignment`."""

    student_id: str
    timestamp: datetime | None
    score: float
    max_score: float
    notebooks: Sequence[SubmittedNotebook]


class Assignment(Protocol):
    """`nbgrader.api.Assignment`."""

    name: str
    submissions: Sequence[SubmittedAssignment]


class Gradebook(Protocol):
    """`nbgrader.api.Gradebook`: the database; `db` is its SQLAlchemy session."""

    db: Any
    assignments: Sequence[Assignment]
    students: Sequence[Any]
