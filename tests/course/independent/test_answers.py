"""Right answers are right, and every mistake is wrong somewhere, on inputs of this folder's own.

Right answers must agree with the reference on every input, and at least one of them must tell a
mistake apart. Random answers are judged by their distribution. The inputs of an exercise stand in
`INPUTS` of the test beside it, or, where several exercises share them, in `cases/`.
"""

from functools import cache
from importlib import import_module
from importlib.util import find_spec
from types import SimpleNamespace

import numpy as np
import pytest

from autograder import registry
from autograder.authoring.answers import text_of
from tests.course.judged import answers, mistakes

from . import tools

pytestmark = pytest.mark.thorough

STYLES = ("vectorised", "loops", "own_style", "unusual")


@cache
def cases(assignment):
    """Return the inputs of an assignment's exercises, and how results are compared."""
    shared = module(f"{__package__}.cases.{assignment}")
    own = {
        name: module(f"{registry.package().__name__}.{assignment}.test_{name}")
        for name in registry.exercises(assignment)
    }
    inputs = {name: each.INPUTS for name, each in own.items() if hasattr(each, "INPUTS")}
    return SimpleNamespace(
        CASES=getattr(shared, "CASES", {}) | inputs,
        DRAWS=getattr(shared, "DRAWS", {}),
        VIEWS=getattr(shared, "VIEWS", {}),
        TOLERANCES=getattr(shared, "TOLERANCES", {}),
        IN_PLACE=getattr(shared, "IN_PLACE", ()),
    )


def module(name):
    """Return a module, or None if there is none of that name."""
    return import_module(name) if find_spec(name) else None


@cache
def notebook(assignment, style):
    """Return the names of a notebook in which every exercise is answered in one style."""
    names = {"np": np}
    for text in answers(assignment, style).values():
        exec(compile(text, "<answer>", "exec"), names)
    return names


def run(assignment, text):
    """Return the names of a notebook of right answers after one more cell."""
    names = dict(notebook(assignment, STYLES[0]))
    exec(compile(text, "<answer>", "exec"), names)
    return names


def accepted(assignment, name, answer):
    """Tell whether an answer passes on all inputs of an exercise."""
    given = cases(assignment)
    right = registry.exercises(assignment)[name].solution
    view = given.VIEWS.get(name)
    in_place = name in given.IN_PLACE
    tolerance = given.TOLERANCES.get(name, tools.ROUNDING)
    for arguments in given.CASES.get(name, []):
        if not tools.agrees(right, answer, arguments, view, tolerance, in_place):
            return False
    if name not in given.DRAWS:
        return True
    raised, _, _ = tools.outcome(lambda: given.DRAWS[name](answer), ())
    return raised is None


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("assignment", registry.assignments())
def test_right_answers_agree_with_the_reference(assignment, style):
    names = notebook(assignment, style)
    wrong = [
        name
        for name in registry.exercises(assignment)
        if not accepted(assignment, name, names[name])
    ]
    assert wrong == []


@pytest.mark.nightly
@pytest.mark.parametrize("assignment, name, mistake, variant", mistakes())
def test_a_mistake_differs_from_the_reference(assignment, name, mistake, variant):
    exercise = registry.exercises(assignment)[name]
    names = run(assignment, text_of(exercise, mistake.compute, variant))
    assert not accepted(assignment, name, names[name])


@pytest.mark.parametrize("assignment", registry.assignments())
def test_every_exercise_has_inputs(assignment):
    given = cases(assignment)
    assert {*given.CASES, *given.DRAWS} == set(registry.exercises(assignment))
