"""What is packed for `cases.json` comes back whole, and half the mistakes' results suffice."""

from functools import partial

import pytest

from autograder import registry
from autograder.cases import PUBLIC_SEED, make_cases
from autograder.checks import wire
from autograder.checks.calls import Call
from autograder.checks.case import Case, listed
from autograder.checks.compare import difference
from autograder.checks.judging import judge, local_caller
from autograder.checks.packing import pack, unpack
from autograder.checks.rules import Value

# The rules of the others name mistakes themselves: of those no results are packed.
OWN_NAMES = ("train", "sample", "sample_index")
EXERCISES = [
    exercise
    for name, exercise in registry.exercises("ps4_char_rnn").items()
    if name not in OWN_NAMES
]

pytestmark = pytest.mark.long


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda exercise: exercise.name)
def test_packed_cases_judge_like_the_cases_themselves(exercise):
    cases = make_cases(exercise, PUBLIC_SEED, public=True)
    again = unpack(wire.loads(wire.dumps(pack(cases))))
    for case, other in zip(cases, again, strict=True):
        assert difference(case.call.args, other.call.args, 0, 0) is None
        kept = [(mistake["id"], mistake["message"]) for mistake in other.mistakes()]
        assert set(kept) <= {(mistake["id"], mistake["message"]) for mistake in case.mistakes()}
    assert judge(exercise.name, again, local_caller(exercise.solution)).state == "passed"
    for mistake in exercise.mistakes[::3]:  # each is judged twice
        first, second = (
            judge(
                exercise.name, each, local_caller(partial(mistake.compute, **mistake.variants[0]))
            )
            for each in (cases, again)
        )
        assert (first.state, bool(first.mistake)) == (second.state, bool(second.mistake))


def test_small_results_are_stored_for_every_case_and_tell_mistakes_apart():
    """A mistake that is wrong in two cases looked like one that is wrong in four."""
    few = {"id": "few", "message": "In two cases.", "variant": 0, "value": (0.0, 0.0)}
    many = {"id": "many", "message": "In all cases.", "variant": 1, "value": (0.0, 0.0)}
    cases = [
        Case(Call((i,)), Value((1.0, 1.0)), mistakes=listed((many, few) if i < 2 else (many,)))
        for i in range(4)
    ]
    again = unpack(wire.loads(wire.dumps(pack(cases))))
    answer = local_caller(lambda i: (0.0, 0.0) if i < 2 else (1.0, 1.0))
    assert judge("answer", again, answer).mistake == "few"
