"""No table of the public answers passes: hidden cases ask for values that it does not hold.

What the public cases expect is in every release. An answer that looks at nothing but the number
of the call must fail, whatever the seed of the grading is.
"""

import numpy as np
import pytest

from autograder import registry
from autograder.cases import PUBLIC_SEED, make_cases
from autograder.checks.calls import Reply, perform

SEEDS = range(3)
EXERCISES = {
    f"{assignment} {name}": exercise
    for assignment in registry.assignments()
    for name, exercise in registry.exercises(assignment).items()
}


def replies(exercise, case):
    """Return what the reference replies to a case, without the arguments that belong to it."""
    came = [perform(exercise.solution, call) for call in case.rule.calls(case.call)]
    return [Reply(reply.value, raised=reply.raised) for reply in came]


def satisfied(case, came):
    """Tell whether replies to another case would be right for this one."""
    return (
        len(case.rule.calls(case.call)) == len(came) and case.rule.mismatch(case.call, came) is None
    )


def offered(table, place, case):
    """Return the public replies that may be meant: all, but where the answer is one of a few words.

    There one of them is always right; the one at the same place is tried.
    """
    is_a_choice = isinstance(getattr(case.rule, "value", None), bool | np.bool_ | str)
    return [table[place % len(table)]] if is_a_choice else table


@pytest.mark.long
@pytest.mark.parametrize("name", EXERCISES)
def test_some_hidden_case_is_right_with_no_public_answer(name):
    exercise = EXERCISES[name]
    table = [replies(exercise, case) for case in make_cases(exercise, PUBLIC_SEED, public=True)]
    for seed in SEEDS:
        hidden = list(enumerate(make_cases(exercise, seed)))
        assert not all(
            any(satisfied(case, came) for came in offered(table, place, case))
            for place, case in hidden
        ), f"with seed {seed} the table passes"
