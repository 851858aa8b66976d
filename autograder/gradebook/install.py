"""Putting the course's classes where nbgrader's commands and formgrader's buttons look.

nbgrader has no setting for the class of its autograder. Its applications take it from their
own modules' names, so those are replaced, once, when the configuration is read.
"""

import nbgrader.apps.api
import nbgrader.apps.autogradeapp

from .autograde import CourseAutograde


def install():
    """Have every way to start the autograder start the course's."""
    nbgrader.apps.autogradeapp.Autograde = CourseAutograde
    nbgrader.apps.api.Autograde = CourseAutograde
