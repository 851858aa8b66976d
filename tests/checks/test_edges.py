"""An exercise whose edge cases carry a share of its points: the rest is kept without them."""

import math

import pytest

from autograder import checks
from autograder.cases import make_cases
from autograder.checks import page, wire
from autograder.checks.judging import Finding, judge, local_caller
from autograder.checks.packing import pack, unpack
from autograder.checks.states import State
from autograder.judge.verdict import Result
from autograder.model import Exercise, case

MEAN = Exercise(points=3, edge_share=1 / 3)


@MEAN.reference
def mean(values):
    return sum(values) / len(values) if values else 0.0


@MEAN.cases
def _lists(rng):
    yield case([], label="an empty list", edge="an empty list")
    yield case(list(rng.uniform(2, 9, 4)))
    yield case([7.0], label="one value", edge="a single value")


@MEAN.mistake("That is not a number.")
def nan(values):
    return sum(values) / len(values) if values else math.nan


def found(answer, packed):
    cases = make_cases(MEAN, 3)
    if packed:  # as a notebook has them
        cases = unpack(wire.loads(wire.dumps(pack(cases))))
    return judge("mean", cases, local_caller(answer))


def not_attempted(values):
    raise NotImplementedError


def total(values):
    return float(sum(values)) if values else 5.0


ANSWERS = [
    (mean, State.PASSED, 3, ""),
    (nan, State.PARTLY_RIGHT, 2, "mean is right except for an empty list: expected 0, got nan"),
    (lambda values: sum(values) / len(values), State.PARTLY_RIGHT, 2, "ZeroDivisionError"),
    (lambda values: mean(values) if len(values) != 1 else 0.0, State.PARTLY_RIGHT, 2, "one value"),
    # What is wrong everywhere is not told about the edge, though that comes first.
    (total, State.FAILED, 0, "mean: expected"),
    (not_attempted, State.NOT_ATTEMPTED, 0, "not attempted yet"),
]


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize(("answer", "state", "points", "message"), ANSWERS)
def test_what_is_wrong_at_the_edges_only_keeps_the_rest(answer, state, points, message, packed):
    finding = found(answer, packed)
    assert (finding.state, Result.of(finding, 3).points) == (state, points)
    assert message in finding.message


def test_the_mistake_at_an_edge_is_named():
    finding = found(nan, packed=True)
    assert (finding.mistake, finding.hint) == ("nan", "That is not a number.")


def test_without_a_share_an_edge_decides_about_everything():
    strict = Exercise(points=3)
    strict.reference(mean)
    strict.cases(_lists)
    finding = judge("mean", make_cases(strict, 3), local_caller(nan))
    assert (finding.state, finding.points(3)) == (State.FAILED, 0)
    with pytest.raises(ValueError, match="edge_share is a share of the points"):
        Exercise(points=3, edge_share=1)


def test_a_student_reads_how_many_points_there_are(monkeypatch, capsys):
    exercises = {
        "mean": {"points": 3, "cases": wire.text(pack(make_cases(MEAN, 3)))},
        "other": {"points": 2, "cases": ""},
    }
    whole = {"rules": [], "exercises": exercises, "points_by_hand": 0}
    monkeypatch.setattr(checks, "_assignment", lambda: whole)
    monkeypatch.setattr(checks, "_findings", {"other": Finding(State.PASSED)})
    with pytest.raises(page.NotRightYetError, match=r"mean is partly right \(2 of 3 points\)"):
        checks.check("mean", nan)
    checks.points()
    said = capsys.readouterr().out.split()
    assert said[said.index("partly") :][:5] == ["partly", "right", "2", "of", "3"]
    assert said[-3:] == ["4", "of", "5"]
