"""Putting the course's classes where nbgrader's commands and formgrader's buttons look.

nbgrader has no setting for the class of its autograder. Its applications take it from their
own modules' names, so those are replaced, once, when the configuration is read.
"""

import sys
from functools import partial

import nbgrader.apps.api
import nbgrader.apps.autogradeapp
from jinja2 import Environment

from .autograde import CourseAutograde
from .store import usable


def install():
    """Have every way to start the autograder start the course's."""
    nbgrader.apps.autogradeapp.Autograde = CourseAutograde
    nbgrader.apps.api.Autograde = CourseAutograde
    nbgrader.apps.api.NbGraderAPI.get_submitted_students = submitted_students
    formgrader = sys.modules.get("nbgrader.server_extensions.formgrader.formgrader")
    if formgrader:  # only in a server, where it has been imported by now
        formgrader.Environment = partial(Environment, finalize=quoted)


_stock = nbgrader.apps.api.NbGraderAPI.get_submitted_students


def submitted_students(api, assignment_id):
    """Return who handed in something, without the folders that the autograder leaves aside."""
    return set(filter(usable, _stock(api, assignment_id)))


# The signs by which a text ends the string or the place in which it stands. Others stay: names
# with an apostrophe are put into addresses too.
QUOTED = str.maketrans({"<": "&lt;", ">": "&gt;", '"': "&#34;"})


def quoted(value):
    """Return what formgrader's templates put in a page: they take it as it is, from addresses too.

    An address with a script in it, clicked by an instructor, would run it.
    """
    return value.translate(QUOTED) if isinstance(value, str) else value
