"""Putting the course's classes where nbgrader's commands and formgrader's buttons look.

nbgrader has no setting for the class of its autograder. Its applications take it from their
own modules' names, so those are replaced, once, when the configuration is read.
"""

import nbgrader.apps.api
import nbgrader.apps.autogradeapp

from .autograde import CourseAutograde
from .store import usable


def install():
    """Have every way to start the autograder start the course's."""
    nbgrader.apps.autogradeapp.Autograde = CourseAutograde
    nbgrader.apps.api.Autograde = CourseAutograde
    nbgrader.apps.api.NbGraderAPI.get_submitted_students = submitted_students


_stock = nbgrader.apps.api.NbGraderAPI.get_submitted_students


def submitted_students(api, assignment_id):
    """Return who handed in something, without the folders that the autograder leaves aside."""
    return set(filter(usable, _stock(api, assignment_id)))
