"""What several tests need: a course directory, the released notebooks, a sandbox."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from filelock import FileLock

from autograder import commands, registry
from autograder.judge.request import Request
from autograder.sandbox.ladder import choose
from autograder.sandbox.limits import Limits
from autograder.sandbox.sandbox import Sandbox
from autograder.submission.master import Notebooks, master
from autograder.submission.master import released as released_notebook
from autograder.submission.test_cells import exercise_of
from course import ROOT
from course.demo import students
from course.directory import course_directory

os.environ["LANGUAGE"] = "en"  # whatever the developer's machine speaks


def source_of(assignment):
    """Return the path of an assignment's notebook."""
    return ROOT / "source" / assignment / f"{registry.load(assignment).notebook}.ipynb"


def released(assignment):
    """Return an assignment's notebook as students receive it."""
    return released_notebook(source_of(assignment))


def request_for(assignment, folder, limits=None):
    """Return what a judge is asked about a folder that was handed in."""
    source = source_of(assignment)
    notebooks = Notebooks(master(source), released(assignment))
    return Request(Path(folder), source, notebooks, assignment, 1, limits or Limits())


def points_by_code(assignment, *failed):
    """Return the points of all exercises of an assignment but those that failed."""
    declared = registry.exercises(assignment)
    return sum(each.points for name, each in declared.items() if name not in failed)


def gradebook_of(folder):
    """Return the gradebook of a course directory, to be closed."""
    # Here, because nbgrader takes a second that many tests do not need.
    from nbgrader.api import Gradebook

    return Gradebook(f"sqlite:///{Path(folder) / 'gradebook.db'}")


def scores_by_exercise(folder, assignment):
    """Return the points that code gave in a gradebook, by student and exercise."""
    with gradebook_of(folder) as gradebook:
        return {
            submission.student_id: {
                exercise_of(grade.name): grade.auto_score
                for notebook in submission.notebooks
                for grade in notebook.grades
            }
            for submission in gradebook.assignment_submissions(assignment)
        }


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
        from autograder.gradebook.overview import submissions

        with gradebook_of(self.folder) as gradebook:
            return {
                row["student_id"]: row
                for row in submissions(gradebook, self.folder)
                if row["assignment"] == assignment
            }

    def verdict(self, student, assignment):
        """Return the verdict on a submission."""
        from autograder.gradebook.overview import read

        return read(self.folder, assignment, student)[0]


@pytest.fixture(scope="session")
def once(tmp_path_factory) -> Callable[[str, Callable[[Path], None]], Path]:
    """Return what makes a folder once for all the processes of a test run."""
    base = tmp_path_factory.getbasetemp()
    base = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base

    def made(name: str, make: Callable[[Path], None]) -> Path:
        folder, mark = base / "once" / name, base / "once" / f"{name}.made"
        folder.parent.mkdir(exist_ok=True)
        with FileLock(base / "once" / f"{name}.lock"):
            if not mark.exists():
                shutil.rmtree(folder, ignore_errors=True)  # of one that failed half-way
                folder.mkdir()
                make(folder)
                mark.touch()
        return folder

    return made


@pytest.fixture(scope="session")
def course_with(once, tmp_path_factory):
    """Return what makes a course directory in which an assignment is released."""

    def make(assignment):
        def release(folder):
            course_directory(folder)
            place = folder / "source" / assignment
            place.mkdir(parents=True)
            shutil.copy(source_of(assignment), place)
            commands.nbgrader("generate_assignment", assignment, cwd=folder)

        folder = tmp_path_factory.mktemp("course")
        shutil.copytree(once(f"release-{assignment}", release), folder, dirs_exist_ok=True)
        course_directory(folder)
        return Course(folder)

    return make


@pytest.fixture(scope="session")
def sandbox():
    """Return a sandbox for all the tests of a session."""
    made = Sandbox(choose())
    yield made
    made.close()
