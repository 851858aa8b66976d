"""Every exercise of the course: right answers pass however written, each mistake is named."""

import pytest

from autograder import registry
from autograder.authoring.answers import style_of, text_of
from autograder.checks.states import State
from course.demo.answers import STYLES
from tests.pseudo import missed

from .judged import finding, mistakes

EXERCISES = [
    (assignment, name)
    for assignment in registry.assignments()
    for name in registry.exercises(assignment)
]
RIGHT = [
    pytest.param(assignment, name, answer, id=f"{name}-{style_of(exercise, answer)}")
    for assignment in registry.assignments()
    for name, exercise in registry.exercises(assignment).items()
    for answer in exercise.right_answers
]
FEWEST_MISTAKES = 4

# What takes longest to judge is left to the runs after --quick; of it other sizes to --all, and
# every second mistake to the night. Other sizes of the rest are left to the runs after --quick.
LONG = (
    *("initialize_scaled", "initialize_he", "initialize_xavier", "plot_cost", "backward"),
    *("rnn_forward", "rnn_backward", "optimize", "train", "sample_index", "sample"),
)


def judged_in_time(parameters, one_in=1, training=()):
    """Mark what takes long, of parameters of which the second is an exercise's name.

    Of what takes longest one in so many is judged by day; all that train are thorough.
    """
    seen = set()
    for each in parameters:
        _, name, answer, *_ = each.values
        again = id(answer) in seen
        seen.add(id(answer))
        marks = [pytest.mark.long] if name in LONG or again else []
        if name in LONG:
            marks += [pytest.mark.thorough] if again or name in training else []
            marks += [pytest.mark.nightly] if len(seen) % one_in else []
        yield pytest.param(*each.values, id=each.id, marks=marks)


# It is the course's answers that are tried here: counting lines takes twice the time.
pytestmark = pytest.mark.uncounted


@pytest.mark.parametrize("assignment, name, answer", [*judged_in_time(RIGHT)])
def test_a_right_answer_passes_however_it_is_written(assignment, name, answer):
    exercise = registry.exercises(assignment)[name]
    found = finding(assignment, name, text_of(exercise, answer))
    assert (found.state, found.message) == ("passed", "")


@pytest.mark.parametrize(
    "assignment, name, mistake, variant", [*judged_in_time(mistakes(), 2, ["train"])]
)
def test_a_mistake_fails_and_is_named(assignment, name, mistake, variant):
    exercise = registry.exercises(assignment)[name]
    found = finding(assignment, name, text_of(exercise, mistake.compute, variant))
    assert found.state in (State.FAILED, State.PARTLY_RIGHT)
    assert found.message.startswith(name) and len(found.message) > len(name) + 20
    assert mistake.phrase in found.message
    if mistake.message:
        assert found.mistake == mistake.id
    if "stopped with" not in found.message:  # else an error's own words are in it
        assert missed(found.message, exercise) == [], "not extracted for the catalogues"


@pytest.mark.parametrize("assignment, name", EXERCISES)
def test_there_are_enough_of_both(assignment, name):
    exercise = registry.exercises(assignment)[name]
    assert set(STYLES) <= {style_of(exercise, answer) for answer in exercise.right_answers}
    assert len({mistake.id for mistake in exercise.mistakes}) >= FEWEST_MISTAKES
