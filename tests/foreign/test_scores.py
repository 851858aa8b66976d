"""A course with tests of its own gets the scores that stock nbgrader gives, cell for cell."""

import importlib.util
import os
import re
import subprocess
import sys

import pytest

from autograder import commands
from tests.conftest import scores_by_exercise

from . import homework
from .exercises import AUTOTEST, PLAIN, TABLES

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("foreign course")]

STOCK = """\
from autograder.gradebook.guard import mark_loaded  # else nothing stock runs in this environment
c = get_config()
mark_loaded(c)
c.CourseDirectory.root = {root!r}
"""
# Before a release its own solution would be graded, as the right student is here.
OURS = homework.CONFIG + "c.AuthorsCheck.enabled = False\n"
HAVE_TABLES = all(map(importlib.util.find_spec, ("pandas", "scipy")))
# AUTOTEST has a notebook of its own: nbgrader runs it whole to write the tests.
NOTEBOOKS = {
    homework.ASSIGNMENT: (*PLAIN, *(TABLES if HAVE_TABLES else ())),
    "written_by_nbgrader": AUTOTEST,
}
EXERCISES = [each for some in NOTEBOOKS.values() for each in some]
BY_HAND = {"essay", "sketch", "drawing"}


def graded(folder, config):
    """Return the scores of the class by student and exercise, graded with a configuration."""
    homework.write_course(folder, config, NOTEBOOKS)
    environment = {key: value for key, value in os.environ.items() if key != "AUTOGRADER_COURSE"}
    environment["PATH"] = os.pathsep.join([os.path.dirname(sys.executable), os.environ["PATH"]])

    def nbgrader(verb, *options):
        command = [sys.executable, "-m", "nbgrader", verb, homework.ASSIGNMENT, *options]
        done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr

    nbgrader("generate_assignment")
    homework.submit(folder, homework.students(NOTEBOOKS))
    nbgrader("autograde")
    if config == OURS:
        nbgrader("generate_feedback", "--student", "wrong")
    return scores_by_exercise(folder, homework.ASSIGNMENT)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Return the course directory that the engine graded."""
    return tmp_path_factory.mktemp("foreign")


@pytest.fixture(scope="module")
def both(folder, tmp_path_factory):
    """Return the scores that the engine gives and those of stock nbgrader."""
    return graded(folder, OURS), graded(tmp_path_factory.mktemp("stock"), STOCK)


def test_the_scores_are_those_of_stock_nbgrader(both):
    """Except where stock nbgrader is wrong by accident: text on stderr costs it all points."""
    ours, stock = both
    answers = homework.students(NOTEBOOKS)
    assert set(ours) == set(stock) == set(answers)
    for student, scores in stock.items():
        mended = {
            each.name: each.points
            for each in EXERCISES
            if each.stderr and answers[student].get(each.name) == each.answer
        }
        assert ours[student] == scores | mended, student


def test_the_class_has_every_kind_of_score(both):
    ours, _ = both
    assert len(EXERCISES) > 70
    assert {each.name: ours["right"][each.name] for each in EXERCISES} == {
        each.name: each.points for each in EXERCISES
    }
    assert {each.name: ours["wrong"][each.name] for each in EXERCISES} == {
        each.name: each.wrong_points for each in EXERCISES
    }
    assert {name: ours["right"][name] for name in BY_HAND} == dict.fromkeys(BY_HAND)
    assert ours["wrong"]["essay"] == ours["wrong"]["sketch"] == 0  # as they were handed out


def test_hidden_tests_and_what_they_say_do_not_reach_a_page(both, folder):
    pages = [path.read_text(encoding="utf-8") for path in folder.glob("feedback/wrong/*/*.html")]
    assert len(pages) == len(NOTEBOOKS)
    for page in pages:
        text = re.sub(r"<[^>]*>", "", page)
        for hidden in ("triple(7)", "square(11)", "shout('b')", "name_of(2)", "def agrees"):
            assert hidden not in text


def test_the_engine_grades_without_a_course_of_its_own():
    code = "from autograder import registry; assert registry.assignments() == ()"
    environment = {key: value for key, value in os.environ.items() if key != "AUTOGRADER_COURSE"}
    assert subprocess.run([sys.executable, "-c", code], env=environment).returncode == 0


def test_the_table_of_a_class_needs_no_declaration(both, folder):
    commands.run(sys.executable, "-m", "autograder", "report", homework.ASSIGNMENT, cwd=folder)
