"""The demo's answers are what they claim: the right ones right, each slip wrong somewhere.

Right answers must agree with the reference on every input of `answer_cases/`, and be told
apart from a slip by at least one of them. Random answers are judged by their distribution.
"""

import ast

import answer_tools as tools
import pytest

ASSIGNMENTS = ["ps1_initialization", "ps2_loss_at_init", "ps3_smoothed_loss", "ps4_char_rnn"]
FEWEST_SLIPS = 4


def judge(assignment, exercise, answer, names=None):
    """Return whether `answer` passes for `exercise` on all cases of this file's own."""
    cases = tools.cases(assignment)
    right = getattr(tools.reference(assignment), exercise)
    view = cases.VIEWS.get(exercise)
    in_place = exercise in getattr(cases, "IN_PLACE", ())
    tolerance = cases.TOLERANCES.get(exercise, tools.ROUNDING)
    for arguments in cases.CASES.get(exercise, []):
        if not tools.agrees(right, answer, arguments, view, tolerance, in_place):
            return False
    if exercise not in cases.DRAWS:
        return True
    raised, _, _ = tools.outcome(lambda: cases.DRAWS[exercise](answer, tools), ())
    return raised is None


def right_files():
    return [
        pytest.param(assignment, path, id=f"{assignment}-{path.stem}")
        for assignment in ASSIGNMENTS
        for path in sorted((tools.ANSWERS / assignment).glob("right_*.py"))
    ]


def slip_names(assignment):
    tree = ast.parse((tools.ANSWERS / assignment / "slips.py").read_text())
    return [node.name for node in tree.body if isinstance(node, ast.FunctionDef)]


def slips():
    return [(assignment, name) for assignment in ASSIGNMENTS for name in slip_names(assignment)]


@pytest.mark.parametrize(("assignment", "path"), right_files())
def test_right_answers_agree_with_the_reference(assignment, path):
    module = tools.load(path)
    wrong = [
        exercise
        for exercise in tools.exercises(assignment)
        if not judge(assignment, exercise, getattr(module, exercise))
    ]
    assert wrong == []


@pytest.mark.parametrize(("assignment", "name"), slips())
def test_slip_differs_from_the_reference(assignment, name):
    assert not judge(assignment, name.split("__")[0], getattr(tools.slips(assignment), name))


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_every_exercise_has_three_right_answers_and_enough_slips(assignment):
    exercises = tools.exercises(assignment)
    slipped = [name.split("__")[0] for name in slip_names(assignment)]
    assert set(slipped) == set(exercises)
    assert len(slip_names(assignment)) == len(set(slip_names(assignment)))
    assert min(slipped.count(exercise) for exercise in exercises) >= FEWEST_SLIPS
    assert len(list((tools.ANSWERS / assignment).glob("right_*.py"))) >= 3
