"""What the cases judge at the edges is what the students' text states."""

import pytest

from autograder import registry
from autograder.authoring.edges import plain, sections, unstated
from autograder.model import Exercise, case

TEXT = """# Zero.
# %% test="one"
# On a
# **tie**, `0`.
### BEGIN SOLUTION
# secret
### END SOLUTION
# %% test="two"
"""


@pytest.mark.parametrize("assignment", registry.assignments())
def test_the_text_states_every_edge_that_is_judged(assignment):
    assert list(unstated(assignment)) == []


def test_an_edge_is_looked_for_in_the_text_of_its_own_exercise():
    texts = sections(TEXT)
    assert plain("a tie, 0") in texts["two"] and "tie" not in texts["one"]
    assert "secret" not in texts["two"]


def test_an_edge_and_an_error_that_are_not_stated_are_named(monkeypatch):
    exercise = Exercise(points=1)

    @exercise.reference
    def softmax(x):
        if x < 0:
            raise KeyError(x)

    @exercise.cases
    def cases(rng):
        yield case(-1)
        yield case(0, edge="a sum of nothing at all")

    monkeypatch.setattr(registry, "exercises", lambda _: dict.fromkeys(_asked(), exercise))
    lines = [line for line in unstated("ps2_loss_at_init") if line.startswith("softmax:")]
    assert [line.split("'")[1] for line in lines] == ["KeyError", "a sum of nothing at all"]


def _asked():
    text = (registry.folder() / "ps2_loss_at_init" / registry.TEXT).read_text(encoding="utf-8")
    return registry.asked_in(text)


@pytest.mark.parametrize("course", ["course", ""])
def test_an_assignment_that_is_not_declared_judges_no_edge(monkeypatch, course):
    monkeypatch.setenv(registry.VARIABLE, course)
    assert list(unstated("made_by_hand")) == []
