"""An error in a rule is not gradable and named by its line; one that a value causes is not."""

from pathlib import Path

import pytest

from autograder import registry
from autograder.checks.states import State
from autograder.judge import follow_through
from autograder.judge.exercises import authors_line
from autograder.model import Exercise, case
from tests.judge.test_messages import judging_of

RULE = """
from autograder.checks.rules import Value

def broken(exercise, given):
    return 1 / 0

class Stumbles(Value):
    def mismatch(self, call, replies):
        return replies[0].value["no such key"]

class Engine(Value):
    def mismatch(self, call, replies):
        return super().mismatch(call, None)
"""


@pytest.fixture
def rules(tmp_path, monkeypatch):
    """Return what a module of a course declares."""
    place = tmp_path / "a_course" / "rules.py"
    place.parent.mkdir()
    place.write_text(RULE)
    monkeypatch.setattr(registry, "folder", lambda: place.parent)
    space = {}
    exec(compile(RULE, str(place), "exec"), space)
    return space


def judged(expect):
    """Return the Finding of a right answer, and what the instructor is told."""
    exercise = Exercise(points=1, expect=expect)
    exercise.reference(twice)
    exercise.cases(lambda rng: [case(2)])
    judging = judging_of({}, {"twice": twice}, 1, {"twice": exercise})
    found = follow_through.judged(judging, ["twice"])["twice"]
    return found, judging.runner.remarks


def twice(x):
    return {"twice": 2 * x}


@pytest.mark.parametrize("name, line", [("broken", 5), ("Stumbles", 9)])
def test_an_error_in_a_rule_is_not_gradable_and_names_the_line(rules, name, line):
    kind = rules[name]
    expect = kind if name == "broken" else lambda exercise, given: kind({"twice": 4})
    found, remarks = judged(expect)
    assert found.state == State.NOT_GRADABLE and "not your fault" in found.message
    assert [each for each in remarks if f"{Path('a_course/rules.py')}, line {line}: " in each]


def test_an_error_in_the_engines_comparison_is_the_values(rules):
    found, remarks = judged(lambda exercise, given: rules["Engine"]({"twice": 4}))
    assert found.state == State.FAILED and "could not be compared" in remarks[0]


def test_what_the_size_of_a_value_causes_is_not_the_authors(rules):
    space = {"error": MemoryError}
    exec(
        compile("def rule():\n    raise error()", str(registry.folder() / "rules.py"), "exec"),
        space,
    )
    with pytest.raises(MemoryError) as caught:
        space["rule"]()
    assert authors_line(caught.value) == ""
