"""What several tests need: a course directory, the released notebooks, a sandbox."""

import os
import shutil
from pathlib import Path

import pytest
from nbgrader.api import Gradebook

from autograder import commands, exercises
from autograder.demo import students
from autograder.gradebook.overview import read, submissions
from autograder.judge.master import released as released_notebook
from autograder.judge.sandbox import Sandbox


def source_of(assignment):
    """Return the path of an assignment's notebook."""
    return commands.ROOT / "source" / assignment / f"{exercises.load(assignment).NOTEBOOK}.ipynb"


def released(assignment):
    """Return an assignment's notebook as students receive it."""
    return released_notebook(source_of(assignment))


class Course:
    """A course directory of its own, in which nbgrader's commands are run."""

    def __init__(self, folder):
        self.folder = Path(folder)

    def nbgrader(self, *arguments):
        """Run an nbgrader command there."""
        commands.nbgrader(*arguments, cwd=self.folder)

    def submit(self, student, assignment, content, name=None):
        """Hand in a notebook, or bytes."""
        return students.submit(self.folder, student, assignment, content, name)

    def rows(self, assignment):
        """Return what the gradebook and the verdicts say, by student."""
        with Gradebook(f"sqlite:///{self.folder / 'gradebook.db'}") as gradebook:
            return {
                row["student_id"]: row
                for row in submissions(gradebook, self.folder)
                if row["assignment"] == assignment
            }

    def verdict(self, student, assignment):
        """Return the verdict on a submission."""
        return read(self.folder, assignment, student)[0]


@pytest.fixture(scope="session")
def course_with(tmp_path_factory):
    """Return what makes a course directory in which an assignment is released."""
    templates = {}

    def make(assignment):
        if assignment not in templates:
            folder = tmp_path_factory.mktemp("template")
            commands.course_directory(folder)
            place = folder / "source" / assignment
            place.mkdir(parents=True)
            shutil.copy(source_of(assignment), place)
            commands.nbgrader("generate_assignment", assignment, cwd=folder)
            templates[assignment] = folder
        folder = tmp_path_factory.mktemp("course")
        shutil.copytree(templates[assignment], folder, dirs_exist_ok=True)
        commands.course_directory(folder)
        return Course(folder)

    return make


@pytest.fixture(scope="session")
def sandbox():
    """Return a sandbox for all the tests of a session."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    made = Sandbox()
    yield made
    made.close()
