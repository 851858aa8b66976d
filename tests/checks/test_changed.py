"""Arguments are told to be changed exactly if they were, whatever they are."""

import numpy as np
import pytest

from autograder.checks import wire
from autograder.checks.calls import Call, called, perform
from autograder.checks.rules import changed


class Equal(float):
    """Says that it is equal to everything."""

    __hash__ = float.__hash__

    def __eq__(self, other):
        return True


def transposed(array):
    array.shape = array.shape[::-1]


def negated(array):
    np.negative(array, out=array)


CHANGES = {
    "an entry": (np.zeros((2, 3)), lambda a: a.fill(1)),
    "the last bit": (np.ones(3), lambda a: np.nextafter(a, 2, out=a)),
    "a shape": (np.zeros((2, 3)), transposed),
    "whole numbers": (np.arange(4), negated),
    "a list": ([1.0, 2.0], lambda a: a.append(3.0)),
    "an entry of a list": ([1.0, 2.0], lambda a: a.__setitem__(0, 4.0)),
    "a list in a list": ([[1], [2]], lambda a: a[1].pop()),
    "a key": ({"a": 1}, lambda a: a.update(b=2)),
    "another key": ({"a": 1}, lambda a: a.update(b=a.pop("a"))),
    "a value": ({"a": np.zeros(2)}, lambda a: a["a"].fill(np.nan)),
    "something that says it is equal": ([1.0], lambda a: a.__setitem__(0, Equal(2.0))),
    "something that does not travel": ([1.0], lambda a: a.__setitem__(0, object())),
}


def reply(function, argument):
    call = Call((argument,))
    return changed(call, perform(function, call))


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_is_told(name):
    argument, change = CHANGES[name]
    assert reply(change, argument).mistake == "changes_arguments"
    assert reply(lambda a: None, argument) is None


@pytest.mark.parametrize(
    "argument",
    [
        np.array([np.nan, 1.0]),
        np.asfortranarray(np.ones((2, 3))),
        ("a", None, True, 2, [{"k": (1.5,)}]),
        wire.Seed("Generator", 3),
        wire.FreshAxes(),
    ],
    ids=repr,
)
def test_what_was_not_changed_is_not_sent_back(argument):
    assert called(lambda a, b: None, Call((argument,), {"b": [1]})).after == ()
