"""Cases that are asked for in doubt: not of who draws as the generator does, of all others."""

import numpy as np
import pytest

from autograder.cases import PUBLIC_SEED, make_cases, random_arrays
from autograder.checks import wire
from autograder.checks.judging import judge, local_caller
from autograder.checks.packing import pack, unpack
from autograder.checks.states import State
from autograder.checks.wire import Seed
from autograder.judge import follow_through
from autograder.model import Exercise, case
from autograder.sandbox.connection import WorkerEndedError
from tests.judge.test_messages import judging_of

SMALL, MIDDLE, LARGE = (40, 41), 300, 60_000
START = Exercise(points=1)


@START.reference
def start(n, rng):
    return {"w": rng.standard_normal(n)}


@START.cases
def _starts(rng):
    for n in (*SMALL, MIDDLE, LARGE):
        seed, only = Seed("Generator", int(rng.integers(2**31))), "hidden" if n == LARGE else ""
        yield case(n, seed, label=f"{n}", only=only, in_doubt=n not in SMALL)


@START.expected
def _expected(exercise, case_input):
    n = case_input.args[0]
    arrays = {"w": {"shape": (n,), "std": 1.0}}
    return random_arrays(exercise, case_input, arrays, once=n == LARGE, exact=n in SMALL)


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


FIRST, REST = [*SMALL], [MIDDLE, LARGE]


def test_the_generators_own_draws_leave_no_doubt():
    finding, asked = found(lambda n, rng: {"w": rng.normal(0, 1, n)})
    assert finding.state == "passed" and asked == [FIRST]


def test_other_draws_are_in_doubt_and_asked_for_again():
    finding, asked = found(sums)
    assert finding.state == "passed" and asked == [FIRST, REST]


def test_what_only_many_draws_show_is_found():
    finding, asked = found(narrow)
    assert finding.state == "failed" and asked == [FIRST, REST]
    assert "expected a standard deviation of 1" in finding.message


def test_what_is_wrong_already_is_not_asked_for_again():
    finding, asked = found(lambda n, rng: {"w": np.zeros(n + 1)})
    assert finding.state == "failed" and asked == [FIRST]


def test_one_case_in_doubt_is_enough():
    finding, asked = found(lambda n, rng: start(n, rng) if n == SMALL[0] else sums(n, rng))
    assert finding.state == "passed" and asked == [FIRST, REST]


def test_where_no_rule_can_tell_there_is_always_a_doubt():
    exercise = Exercise(points=1)
    exercise.reference(lambda n: 2 * n)
    exercise.cases(lambda rng: [case(1), case(2, in_doubt=True)])
    finding, asked = found(lambda n: 2, exercise)
    assert finding.state == "failed" and asked == [[1], [2]]


def graded(answer, public=True):
    """Return the Finding of a grading, and the sizes that a worker was asked for."""
    judging = judging_of({"start": START}, {"start": answer}, 5)
    if public:
        judging.call_public("start")
    finding = judging.finding("start")
    asked = [sorted({call.args[0] for call in calls}) for _, calls in judging.runner.asked]
    return finding, asked


def test_a_grading_asks_for_public_cases_in_doubt_before_any_hidden_one():
    finding, asked = graded(start)
    assert finding.state == "passed" and asked == [FIRST, FIRST]
    finding, asked = graded(sums)
    assert finding.state == "passed" and asked == [FIRST, [MIDDLE], FIRST, REST]


def test_a_public_case_in_doubt_is_told_in_full():
    finding, _ = graded(lambda n, rng: {"w": 3 * sums(n, rng)["w"]})
    assert finding.message.startswith("start for 300: expected a standard deviation of 1")


def test_a_worker_that_ends_in_a_public_case_in_doubt_is_told_of_that_case():
    judging = judging_of({"start": START}, {"start": sums}, 5)
    ask, asked = judging.runner.ask, []

    def ends(request, seconds, answer=None):
        sizes = {call["args"][0] for call in wire.loads(request)["calls"]}
        asked.append(sizes)
        if MIDDLE in sizes:
            raise WorkerEndedError(State.TIMED_OUT, "no result within 20 seconds")
        return ask(request, seconds, answer)

    judging.runner.ask = ends
    finding = follow_through.judged(judging, ["start"])["start"]
    assert finding.state == State.TIMED_OUT and judging.never_ends("start")
    assert finding.message == "start for 300: no result within 20 seconds."
    assert asked == [{*SMALL}, {MIDDLE}]


def test_after_hidden_numbers_nothing_is_told_in_full():
    seen = []

    def wrong_when_hidden(n, rng):
        seen.append(n)
        return {"w": 3 * sums(n, rng)["w"]} if len(seen) > 3 * len(SMALL) + 2 else start(n, rng)

    finding, asked = graded(wrong_when_hidden)
    assert asked == [FIRST, FIRST, [MIDDLE], REST] and finding.state == "failed"
    assert "got another number" in finding.message


def test_students_have_the_public_ones_in_their_notebook():
    public = make_cases(START, PUBLIC_SEED, public=True)
    assert [each.label for each in public] == ["40", "41", "300"]
    kept = unpack(wire.loads(wire.dumps(pack(public))))
    assert [each.in_doubt for each in kept] == [False, False, True]
    assert [each.in_doubt for each in make_cases(START, 3)] == [False, False, True, True]


def test_a_misspelt_word_is_told():
    with pytest.raises(ValueError, match='only="hiden" is neither "hidden" nor "public"'):
        case(1, only="hiden")
