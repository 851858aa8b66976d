"""A course with tests of its own gets the scores that stock nbgrader gives, cell for cell."""

import os
import re
import subprocess
import sys

import pytest

from autograder import commands
from autograder.submission.master import released
from tests.conftest import scores_by_exercise

from . import homework

pytestmark = [pytest.mark.system, pytest.mark.xdist_group("foreign course")]

STOCK = """\
from autograder.gradebook.guard import mark_loaded  # else nothing stock runs in this environment
c = get_config()
mark_loaded(c)
c.CourseDirectory.root = {root!r}
"""
# Where stock nbgrader is wrong by accident: a warning on stderr costs all points.
MENDED = {"warns": 1.0}


def graded(folder, config):
    """Return the scores of the class by student and exercise, graded with a configuration."""
    homework.write_course(folder, config)
    environment = {key: value for key, value in os.environ.items() if key != "AUTOGRADER_COURSE"}
    environment["PATH"] = os.pathsep.join([os.path.dirname(sys.executable), os.environ["PATH"]])

    def nbgrader(verb):
        command = [sys.executable, "-m", "nbgrader", verb, homework.ASSIGNMENT]
        done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr

    nbgrader("generate_assignment")
    source = folder / "source" / homework.ASSIGNMENT / f"{homework.ASSIGNMENT}.ipynb"
    homework.submit(folder, released(source))
    nbgrader("autograde")
    if config == homework.CONFIG:
        nbgrader("generate_feedback")
    return scores_by_exercise(folder, homework.ASSIGNMENT)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Return the course directory that the engine graded."""
    return tmp_path_factory.mktemp("foreign")


@pytest.fixture(scope="module")
def both(folder, tmp_path_factory):
    """Return the scores that the engine gives and those of stock nbgrader."""
    return graded(folder, homework.CONFIG), graded(tmp_path_factory.mktemp("stock"), STOCK)


def test_the_scores_are_those_of_stock_nbgrader(both):
    ours, stock = both
    assert set(ours) == set(stock) == set(homework.students())
    for student, scores in stock.items():
        right = homework.students()[student]
        expected = scores | {
            name: points
            for name, points in MENDED.items()
            if right.get(name) == homework.EXERCISES[name][0]
        }
        assert ours[student] == expected, student


def test_the_class_has_every_kind_of_score(both):
    ours, _ = both
    assert ours["right"] == {name: points for name, (*_, points) in homework.EXERCISES.items()}
    assert ours["wrong"]["partial"] == 1.0 and ours["wrong"]["partial_hidden"] == 1.0
    assert sum(ours["blank"].values()) == 0


def test_hidden_tests_and_what_they_say_do_not_reach_a_page(both, folder):
    pages = [path.read_text(encoding="utf-8") for path in folder.glob("feedback/*/*/*.html")]
    assert len(pages) == len(homework.students())
    for page in pages:
        text = re.sub(r"<[^>]*>", "", page)
        assert "triple(7)" not in text and "square(11)" not in text and "shout('b')" not in text


def test_the_engine_grades_without_a_course_of_its_own():
    code = "from autograder import registry; assert registry.assignments() == ()"
    environment = {key: value for key, value in os.environ.items() if key != "AUTOGRADER_COURSE"}
    assert subprocess.run([sys.executable, "-c", code], env=environment).returncode == 0


def test_the_table_of_a_class_needs_no_declaration(both, folder):
    commands.run(sys.executable, "-m", "autograder", "report", homework.ASSIGNMENT, cwd=folder)
