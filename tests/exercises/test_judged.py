"""Right answers pass and wrong ones fail, exercise by exercise, as in a student's notebook."""

import numpy as np
import pytest

from autograder import exercises
from course.demo import answers
from autograder.exercises.declare import PUBLIC_SEED, make_cases
from autograder.student.judging import judge, local_caller

SEED = 7
RIGHT = [
    (assignment, style)
    for assignment in exercises.ASSIGNMENTS
    for style in answers.styles(assignment)
]
WRONG = [
    (assignment, *key) for assignment in exercises.ASSIGNMENTS for key in answers.slips(assignment)
]


@pytest.fixture(scope="module")
def cases():
    """Return what gives an exercise's public and hidden cases."""
    made = {}

    def of(assignment, name):
        if (assignment, name) not in made:
            exercise = exercises.by_name(assignment)[name]
            made[assignment, name] = make_cases(exercise, PUBLIC_SEED, public=True) + make_cases(
                exercise, SEED
            )
        return made[assignment, name]

    return of


def namespace(assignment, sources):
    """Run answers as cells would be, and return their namespace."""
    space = {"np": np}
    for source in sources:
        exec(compile(source, "<answer>", "exec"), space)
    return space


@pytest.mark.parametrize("assignment, style", RIGHT)
def test_a_right_answer_passes_however_it_is_written(assignment, style, cases):
    sources = answers.styles(assignment)[style]
    space = namespace(
        assignment,
        [sources["helpers"], *(text for name, text in sources.items() if name != "helpers")],
    )
    found = {
        name: judge(name, cases(assignment, name), local_caller(space[name]))
        for name in exercises.by_name(assignment)
    }
    assert {
        name: finding.message for name, finding in found.items() if finding.state != "passed"
    } == {}


@pytest.mark.parametrize("assignment, name, slip", WRONG)
def test_a_wrong_answer_fails_with_a_message(assignment, name, slip, cases):
    right = answers.styles(assignment)["right_vectorised"]
    space = namespace(assignment, [*right.values(), answers.slips(assignment)[name, slip]])
    finding = judge(name, cases(assignment, name), local_caller(space[name]))
    assert finding.state == "failed"
    assert finding.message.startswith(name) and len(finding.message) > len(name) + 20
