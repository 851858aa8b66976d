"""Slips are named, and right answers beside them keep their points, in a class that is graded.

Every listed slip is judged in `test_judged.py`. Here, for each assignment, two students make a
slip in every other exercise, and `nbgrader autograde` grades them. `train`, which takes seconds,
and with wrong functions beside it many of them, has a third student.
"""

import pytest

from autograder.demo import answers
from autograder.demo.students import filled
from tests.conftest import released
from tests.exercises.named_slips import PHRASES

pytestmark = pytest.mark.system

SLOW = "train"


def students(assignment):
    """Return for each student the first listed slips of some exercises, by exercise."""
    first = {}
    for name, slip in PHRASES[assignment]:
        first.setdefault(name, (name, slip))
    alone = [{SLOW: first.pop(SLOW)}] if SLOW in first else []
    return [dict(list(first.items())[start::2]) for start in (0, 1)] + alone


@pytest.fixture(scope="module")
def graded(request, course_with):
    """Grade the students of an assignment."""
    assignment = request.param
    course = course_with(assignment)
    right = answers.styles(assignment)["right_vectorised"]
    for number, slips in enumerate(students(assignment)):
        sources = {name: source for name, source in right.items() if name != SLOW}
        sources |= {name: answers.slips(assignment)[key] for name, key in slips.items()}
        course.submit(f"student{number}", assignment, filled(released(assignment), sources))
    course.nbgrader("autograde", assignment)
    return assignment, course


def param(assignment):
    """Return a parameter whose tests go to one worker."""
    slow = (pytest.mark.slow,) if assignment == "ps4_char_rnn" else ()
    return pytest.param(assignment, marks=[*slow, pytest.mark.xdist_group(f"named {assignment}")])


@pytest.mark.parametrize("graded", map(param, PHRASES), indirect=True)
def test_slips_are_named_and_what_is_right_keeps_its_points(graded):
    assignment, course = graded
    for number, slips in enumerate(students(assignment)):
        for test, result in course.verdict(f"student{number}", assignment).exercises.items():
            name = test.removeprefix("test_")
            if name in slips:
                assert (result.state, result.points) == ("failed", 0)
                assert PHRASES[assignment][slips[name]] in result.message
            elif name != SLOW:
                assert result.state == "passed", (name, result.message)
