"""nbgrader works with the course's whole configuration or not at all."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from autograder.gradebook import guard
from course import ROOT
from course.directory import course_directory
from tests.gradebook.conftest import RIGHT, notebook
from tests.gradebook.forking import Forking
from tests.threats.test_killed import TINY

CONFIG = ROOT / guard.COURSE_FILE


def broken(text):
    """Return the configuration with an error in the middle, and the line of it."""
    lines = text.splitlines(keepends=True)
    line = next(i for i, each in enumerate(lines) if each.startswith("propose("))
    return "".join([*lines[:line], "1 / 0\n", *lines[line:]]), line + 1


def conflicted(text):
    """Return the configuration as `git pull` leaves it after an edit, and the first bad line."""
    lines = text.splitlines(keepends=True)
    conflict = ["    assert "/instructor_config.py" in (commands.ROOT / ".gitignore").read_text().splitlines()


def test_a_course_directory_beside_the_repository_has_no_own_settings_of_its(tmp_path):
    """They may name the gradebook of the real course, which the demo must not touch."""
    course_directory(tmp_path)
    assert "instructor_config" not in (tmp_path / guard.COURSE_FILE).read_text()
    assert "load_subconfig" not in (tmp_path / guard.COURSE_FILE).read_text()
