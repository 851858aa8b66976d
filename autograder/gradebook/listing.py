"""What formgrader lists: times that are times, and as graded only what was recorded."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import nbgrader.apps.api

from .arrival import time_of
from .standing import is_noted
from .store import usable
from .times import zone_of

_submitted = nbgrader.apps.api.NbGraderAPI.get_submitted_students
_autograded = nbgrader.apps.api.NbGraderAPI.get_autograded_students


def replace_lists() -> None:
    """Have formgrader and nbgrader's API answer as below.

    Formgrader's handlers make an `NbGraderAPI` by that name for each request. No setting chooses
    the class, and `CourseDirectory.student_id_exclude` is not asked where it lists folders.
    """
    api = nbgrader.apps.api.NbGraderAPI
    api.get_submitted_students = submitted_students
    api.get_submitted_timestamp = submitted_timestamp
    api.get_autograded_students = autograded_students


def submitted_students(api: Any, assignment_id: str) -> set[str]:
    """Return who handed in something, without the folders that the autograder leaves aside."""
    return set(filter(usable, _submitted(api, assignment_id)))


def submitted_timestamp(api: Any, assignment_id: str, student_id: str) -> datetime | None:
    """Return when a submission was handed in; None if its time is invalid.

    nbgrader would not show the page of a whole class for one such file.
    """
    place = api.coursedir.format_path(api.coursedir.submitted_directory, student_id, assignment_id)
    try:
        return time_of(Path(place), zone_of(api.config))
    except ValueError:
        return None  # the grading tells


def autograded_students(api: Any, assignment_id: str) -> set[str]:
    """Return whose submissions are recorded to the end; the others would be shown with 0 points."""
    root = Path(api.coursedir.root)
    return {
        student
        for student in _autograded(api, assignment_id)
        if is_noted(root, assignment_id, student)
    }
