"""Every listed slip is named to the student, in a class graded by `nbgrader autograde`.

Column k of the class hands in, for every exercise, its k-th listed slip. Exercises are judged
one by one, so no slip hides another. An exercise that takes seconds to judge has columns of its
own, and is left out of the others.
"""

from itertools import zip_longest

import pytest
from course.demo.students import filled

from autograder import exercises
from course.demo import answers
from tests.conftest import released
from tests.exercises.named_slips import PHRASES

SLOW = {"train"}


def columns(assignment):
    """Return for each student the slips handed in: a dict from exercise to slip."""
    by_exercise = {}
    for name, slip in PHRASES[assignment]:
        by_exercise.setdefault(name, []).append((name, slip))
    quick = [slips for name, slips in by_exercise.items() if name not in SLOW]
    alone = [{name: slip} for name in SLOW for _, slip in by_exercise.get(name, [])]
    return [dict(filter(None, column)) for column in zip_longest(*quick)] + alone


@pytest.fixture(scope="module", params=PHRASES)
def graded(request, course_with):
    """Grade a class in which every listed slip is made once."""
    assignment = request.param
    course = course_with(assignment)
    right = answers.styles(assignment)["right_vectorised"]
    wrong = answers.slips(assignment)
    for number, slips in enumerate(columns(assignment)):
        given = {name: source for name, source in right.items() if name not in SLOW}
        sources = given | {name: wrong[name, slip] for name, slip in slips.items()}
        course.submit(f"column{number}", assignment, filled(released(assignment), sources))
    course.nbgrader("autograde", assignment)
    return assignment, course


def test_no_slip_gets_points_and_each_is_named(graded):
    assignment, course = graded
    unnamed = {}
    for number, slips in enumerate(columns(assignment)):
        results = course.verdict(f"column{number}", assignment).exercises
        for name, slip in slips.items():
            result = results[f"test_{name}"]
            phrase = PHRASES[assignment][name, slip]
            if result.state != "failed" or result.points or phrase not in result.message:
                unnamed[name, slip] = (result.state, result.message)
    assert unnamed == {}


def test_a_right_answer_beside_the_slips_keeps_its_points(graded):
    assignment, course = graded
    declared = exercises.by_name(assignment)
    for number, slips in enumerate(columns(assignment)):
        results = course.verdict(f"column{number}", assignment).exercises
        lost = {
            name: results[f"test_{name}"].message
            for name in declared
            if name not in slips | dict.fromkeys(SLOW) and results[f"test_{name}"].state != "passed"
        }
        assert lost == {}
