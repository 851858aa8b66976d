"""Cases that are asked for in doubt: not of who draws as the generator does, of all others."""

import copy

import numpy as np
import pytest

from autograder.cases import (
    PUBLIC_SEED,
    distribution,
    few_first,
    make_cases,
    random_arrays,
    random_outcomes,
)
from autograder.checks import wire
from autograder.checks.judging import judge, local_caller
from autograder.checks.packing import pack, unpack
from autograder.checks.rules import from_data, to_data
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


NAMES = Exercise(points=1)
MANY, FEW = 400, 40


@NAMES.reference
def draw(p, rng):
    return int(rng.choice(len(p), p=p))


@NAMES.cases
def _names(rng):
    for only in ("public", "hidden"):
        p = np.append(rng.uniform(1, 2, 3) * [1, 3, 9], 0.0)
        yield case(p / p.sum(), Seed("Generator", int(rng.integers(2**30))), label=only, only=only)


@NAMES.expected
def _as_often(exercise, case_input):
    return few_first(exercise, case_input, random_outcomes(exercise, case_input, MANY), FEW, 10)


@NAMES.mistake("Every index comes equally often.")
def uniform(p, rng):
    return int(rng.choice(3))


def by_race(p, rng):
    """Draw as often, from other numbers."""
    return int(np.argmin(rng.exponential(size=4)[:3] / p[:3]))


def draws_asked_for(answer):
    """Return the state, and how many draws were asked for in each request."""
    judging = judging_of({"draw": NAMES}, {"draw": answer}, 5)
    judging.call_public("draw")
    finding = judging.finding("draw")
    return finding, [
        sum(len(call.seeds) * call.in_turn for call in calls) for _, calls in judging.runner.asked
    ]


@pytest.mark.parametrize("kind", [int, np.int64, np.uint8])
def test_who_draws_as_the_reference_does_is_asked_for_few(kind):
    finding, asked = draws_asked_for(lambda p, rng: kind(draw(p, rng)))
    assert finding.state == "passed" and asked == [FEW, FEW]


def test_who_draws_otherwise_is_asked_for_many_the_public_ones_before_any_hidden_number():
    finding, asked = draws_asked_for(by_race)
    assert finding.state == "passed" and asked == [FEW, MANY + 80, FEW, MANY + 80]


def test_who_draws_otherwise_in_a_hidden_case_alone_is_in_doubt_there():
    public = next(each for each in make_cases(NAMES, PUBLIC_SEED, public=True)).call.args[0]
    finding, asked = draws_asked_for(
        lambda p, rng: draw(p, rng) if np.array_equal(p, public) else by_race(p, rng)
    )
    assert finding.state == "passed" and asked == [FEW, FEW, MANY + 80, MANY + 80]


@pytest.mark.parametrize(
    "answer, mistake, said",
    [
        (uniform, "uniform", "Every index comes equally often."),
        (lambda p, rng: draw(p, np.random.default_rng(3)), "own_seed", "a seed of your own"),
        (lambda p, rng: draw(p, copy.deepcopy(rng)), "copied_generator", "a copy leaves it"),
        (lambda p, rng: float(draw(p, rng)), "wrong_type", "expected an int"),
        (lambda p, rng: draw(p.tolist()[5], rng), "", "IndexError"),
        (lambda p, rng: (draw(p, rng), p.sort())[0], "changes_arguments", "Work on a copy"),
    ],
)
def test_a_wrong_answer_is_told_in_full_of_the_public_case(answer, mistake, said):
    finding, _ = draws_asked_for(answer)
    assert (finding.state, finding.mistake) == ("failed", mistake)
    assert said in finding.message and "for public" in finding.message


def test_true_is_no_number():
    finding, asked = draws_asked_for(lambda p, rng: {0: False, 1: True}.get(i := draw(p, rng), i))
    assert finding.state == "failed" and len(asked) == 4


def test_what_known_mistakes_give_is_computed_when_an_answer_is_wrong(monkeypatch):
    computed = []

    def counted(*args, **kwargs):
        computed.append(args[0].__name__)
        return distribution(*args, **kwargs)

    monkeypatch.setattr("autograder.cases.distribution", counted)
    cases = make_cases(NAMES, PUBLIC_SEED, public=True)
    assert judge("draw", cases, local_caller(by_race)).state == "passed" and computed == ["draw"]
    assert judge("draw", cases, local_caller(uniform)).mistake == "uniform"
    assert computed == ["draw", "uniform"]


def test_as_data_what_is_deferred_is_there():
    rule = make_cases(NAMES, PUBLIC_SEED, public=True)[1].rule
    assert [each["id"] for each in to_data(rule)["mistakes"]] == ["uniform"]
    assert from_data(to_data(rule)).mistakes == [*rule.mistakes]
