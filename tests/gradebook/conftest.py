"""A small course that is graded once and copied for each test."""

import json
import shutil
from functools import cache

import nbformat
import pytest

from autograder import cluster, commands
from autograder.authoring import catalogues
from course.directory import course_directory
from tests import pseudo
from tests.conftest import Course
from tests.gradebook.forking import Forking
from tests.threats.test_killed import SOURCE, TINY, cell

RIGHT, WRONG = "def double(x):\n    return 2 * x", "def double(x):\n    return x ** 2"
STUDENTS = {"ann": RIGHT, "ben": WRONG, "cut": None}  # the last one handed in half a file


class Small(Course):
    """A course directory with a class of three."""

    def grade(self, assignment=TINY):
        """Grade as `course.py grade` does; return why not everything was graded."""
        return cluster.grade_class(self.folder, assignment, jobs=1)

    def scores(self, assignment=TINY):
        """Return the points of each student in the gradebook."""
        return {name: row["score"] for name, row in self.rows(assignment).items()}

    def source(self, change, assignment=TINY):
        """Change the instructor's notebook."""
        path = self.folder / "source" / assignment / f"{assignment}.ipynb"
        notebook = nbformat.read(path, as_version=4)
        change(notebook)
        nbformat.write(notebook, path)


@pytest.fixture
def marks(monkeypatch):
    """Have what is German be in the language of marks; return what finds words without one."""
    monkeypatch.setattr(catalogues, "translator", lambda _: pseudo.translator())
    return pseudo.unmarked


class KeptJudges(cluster.Judges):
    """One judge for all the gradings in this process: starting one takes seconds."""

    kept = None

    def __init__(self, jobs, sandbox):
        super().__init__(jobs, sandbox)
        if KeptJudges.kept is None:
            KeptJudges.kept = self
        self.judges, self.free = KeptJudges.kept.judges, KeptJudges.kept.free

    def close(self):
        """Leave the judge to the next grading."""
        self.pool.shutdown(cancel_futures=True)

    abandon = close


@pytest.fixture(scope="session", autouse=True)
def kept_judges():
    """Have gradings in this process share a judge, and the choice of an isolation."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(cluster, "Judges", KeptJudges)
        patched.setattr(cluster, "opened_or_exit", cache(cluster.opened_or_exit))
        yield
        if KeptJudges.kept:
            for judge in KeptJudges.kept.judges:
                judge.close()
            KeptJudges.kept.sandbox.close()


def notebook(answer):
    """Return what a student hands in."""
    handed = nbformat.from_dict(SOURCE)
    handed.cells[0].source = answer
    return json.dumps(handed)


def make_fresh(fresh):
    """Make the course, released and handed in."""
    course_directory(fresh)
    source = fresh / "source" / TINY
    source.mkdir(parents=True)
    nbformat.write(SOURCE, source / "tiny.ipynb")
    commands.nbgrader("generate_assignment", TINY, cwd=fresh)
    for student, answer in STUDENTS.items():
        place = fresh / "submitted" / student / TINY
        place.mkdir(parents=True)
        (place / "tiny.ipynb").write_text(notebook(answer) if answer else notebook(RIGHT)[:99])


@pytest.fixture(scope="session")
def templates(once):
    """Return two folders: the course released and handed in, and the same graded."""
    fresh = once("tiny", make_fresh)

    def make_graded(folder):
        assert copied(fresh, folder).grade() is None

    return fresh, once("tiny-graded", make_graded)


def copied(template, folder):
    """Return a copy of a course in a folder."""
    shutil.copytree(template, folder, dirs_exist_ok=True)
    course_directory(folder)
    return Small(folder)


@pytest.fixture(scope="module")
def forking():
    """Return what runs nbgrader's commands without starting Python for each."""
    made = Forking()
    yield made
    made.close()


@pytest.fixture
def fresh(templates, tmp_path):
    """Return the course before grading."""
    return copied(templates[0], tmp_path / "course")


@pytest.fixture
def graded(templates, tmp_path):
    """Return the course after grading."""
    return copied(templates[1], tmp_path / "course")


@pytest.fixture
def pair(forking, tmp_path):
    """Return a course with an assignment of two notebooks, handed in by one student."""
    course = Small(tmp_path / "pair")
    course_directory(course.folder)
    for number in (1, 2):
        made = nbformat.v4.new_notebook(
            cells=[
                cell(RIGHT.replace("double", f"f{number}"), f"f{number}"),
                cell(f"assert f{number}(2) == 4", f"test_f{number}", points=number),
            ]
        )
        for place in ("source", "submitted/ann"):
            folder = course.folder / place / "both"
            folder.mkdir(parents=True, exist_ok=True)
            nbformat.write(made, folder / f"p{number}.ipynb")
    assert forking.nbgrader("generate_assignment", "both", cwd=course.folder).returncode == 0
    return course
