"""Right answers pass and wrong ones fail and are named, as in a student's notebook."""

import numpy as np
import pytest

from autograder import exercises
from autograder.demo import answers
from autograder.exercises.declare import PUBLIC_SEED
from autograder.student.judging import judge, local_caller
from tests.conftest import cases_of
from tests.exercises.named_slips import PHRASES

SEED = 7
RIGHT = [
    (assignment, style)
    for assignment in exercises.ASSIGNMENTS
    for style in answers.styles(assignment)
]
# Goes through all names of a list that often, where it should take that many names.
LONG = {("ps4_char_rnn", "train", "passes")}
WRONG = [
    pytest.param(*key, marks=pytest.mark.slow if key in LONG else ())
    for assignment in exercises.ASSIGNMENTS
    for key in ((assignment, *slip) for slip in answers.slips(assignment))
]


def cases(assignment, name):
    """Return an exercise's public and hidden cases."""
    exercise = exercises.by_name(assignment)[name]
    return cases_of(exercise, PUBLIC_SEED, public=True) + cases_of(exercise, SEED)


def namespace(assignment, sources):
    """Run answers as cells would be, and return their namespace."""
    space = {"np": np}
    for source in sources:
        exec(compile(source, "<answer>", "exec"), space)
    return space


@pytest.mark.parametrize("assignment, style", RIGHT)
def test_a_right_answer_passes_however_it_is_written(assignment, style):
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
def test_a_wrong_answer_fails_with_a_message_that_names_it(assignment, name, slip):
    right = answers.styles(assignment)["right_vectorised"]
    space = namespace(assignment, [*right.values(), answers.slips(assignment)[name, slip]])
    finding = judge(name, cases(assignment, name), local_caller(space[name]))
    assert finding.state == "failed"
    assert finding.message.startswith(name) and len(finding.message) > len(name) + 20
    assert PHRASES[assignment].get((name, slip), "") in finding.message


@pytest.mark.parametrize("assignment", PHRASES)
def test_every_phrase_is_that_of_a_slip_that_is_judged(assignment):
    assert set(PHRASES[assignment]) <= set(answers.slips(assignment))
