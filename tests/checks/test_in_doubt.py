"""Cases that are asked for in doubt: not of who draws as the generator does, of all others."""

import numpy as np
import pytest

from autograder.cases import PUBLIC_SEED, make_cases, random_arrays
from autograder.checks.judging import judge, local_caller
from autograder.checks.wire import Seed
from autograder.model import IN_DOUBT, Exercise, case
from tests.judge.test_messages import judging_of

LARGE, SMALL = 60_000, 40
START = Exercise(points=1)


@START.reference
def start(n, rng):
    return {"w": rng.standard_normal(n)}


@START.cases
def _starts(rng):
    for n, only in ((300, ""), (SMALL, "hidden"), (LARGE, IN_DOUBT)):
        yield case(n, Seed("Generator", int(rng.integers(2**31))), label=f"{n}", only=only)


@START.expected
def _expected(exercise, case_input):
    n = case_input.args[0]
    arrays = {"w": {"shape": (n,), "std": 1.0}}
    return random_arrays(exercise, case_input, arrays, once=n == LARGE, few=n == SMALL)


def sums(n, rng, terms=400):
    """Draw numbers that are normal as far as anybody can tell."""
    return {"w": (rng.random((terms, n)).sum(axis=0) - terms / 2) / np.sqrt(terms / 12)}


def narrow(n, rng):
    """Draw numbers whose spread is 4 % off: of 300 nobody can tell."""
    return {"w": 0.96 * sums(n, rng, 100)["w"]}


def found(answer, exercise=START):
    """Return the Finding, and the sizes that were asked for, request by request."""
    asked, local = [], local_caller(answer)

    def caller(calls):
        asked.append(sorted({call.args[0] for call in calls}))
        return local(calls)

    return judge("start", make_cases(exercise, 3), caller), asked


def test_the_generators_own_draws_leave_no_doubt():
    finding, asked = found(lambda n, rng: {"w": rng.normal(0, 1, n)})
    assert finding.state == "passed" and asked == [[SMALL, 300]]


def test_other_draws_are_in_doubt_and_asked_for_again():
    finding, asked = found(sums)
    assert finding.state == "passed" and asked == [[SMALL, 300], [LARGE]]


def test_what_only_many_draws_show_is_found():
    finding, asked = found(narrow)
    assert finding.state == "failed" and asked[1:] == [[LARGE]]
    assert "expected a standard deviation of 1" in finding.message


def test_what_is_wrong_already_is_not_asked_for_again():
    finding, asked = found(lambda n, rng: {"w": 2 * sums(n, rng)["w"]})
    assert finding.state == "failed" and asked == [[SMALL, 300]]


def test_one_case_in_doubt_is_enough():
    finding, asked = found(lambda n, rng: start(n, rng) if n == 300 else sums(n, rng))
    assert finding.state == "passed" and asked[1:] == [[LARGE]]


def test_where_no_rule_can_tell_there_is_always_a_doubt():
    exercise = Exercise(points=1)
    exercise.reference(lambda n: 2 * n)
    exercise.cases(lambda rng: [case(1), case(2, only=IN_DOUBT)])
    finding, asked = found(lambda n: 2, exercise)
    assert finding.state == "failed" and asked == [[1], [2]]


@pytest.mark.parametrize("answer, doubt", [(start, []), (sums, [[LARGE]])])
def test_a_grading_asks_a_worker_for_them_only_in_doubt(answer, doubt):
    judging = judging_of({"start": START}, {"start": answer}, 5)
    judging.call_public("start")
    assert judging.finding("start").state == "passed"
    asked = [sorted({call.args[0] for call in calls}) for _, calls in judging.runner.asked]
    assert asked == [[300], [SMALL, 300], *doubt]


def test_students_never_see_them():
    assert [each.label for each in make_cases(START, PUBLIC_SEED, public=True)] == ["300"]
    assert [each.in_doubt for each in make_cases(START, 3)] == [False, False, True]


def test_a_misspelt_word_is_told():
    with pytest.raises(ValueError, match='only="indoubt" is none of "hidden", "in doubt"'):
        case(1, only="indoubt")
