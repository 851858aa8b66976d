"""A course's own limits: what is refused, and how."""

import json

import pytest

from autograder.sandbox.limits import Limits


@pytest.fixture
def course(tmp_path):
    """Return a course directory with one assignment."""
    (tmp_path / "source" / "ps9").mkdir(parents=True)
    return tmp_path


def test_limits_of_an_assignment_that_is_there(course):
    (course / "limits.json").write_text('{"starts": 5, "ps9": {"starts": 7}}')
    assert Limits.of_course(course, "ps9").starts == 7
    assert Limits.of_course(course, "other").starts == 5


@pytest.mark.parametrize(
    "told, words",
    [
        ([], "it must hold names and numbers in braces"),
        (None, "it must hold names and numbers in braces"),
        ({"ps8": {"starts": 7}}, "'ps8' is neither a limit nor an assignment"),
        ({"cell_second": 7}, "'cell_second' is neither a limit nor an assignment"),
        ({"ps9": 7}, "'ps9' is neither a limit nor an assignment"),
        ({"ps9": {"start": 7}}, "'start', for ps9, is not a limit"),
        ({"starts": {}}, "starts is {}, not a positive number"),
        ({"memory_bytes": 2**63}, "memory_bytes is larger than"),
        ({"open_files": 10**30}, "open_files is larger than 100,000"),
        ({"cell_seconds": 1e300}, "cell_seconds is larger than 86,400"),
        ({"cell_seconds": float("inf")}, "cell_seconds is larger than 86,400"),
    ],
)
def test_wrong_limits_are_told(course, told, words):
    (course / "limits.json").write_text(json.dumps(told))
    with pytest.raises(SystemExit) as refused:
        Limits.of_course(course, "ps2_loss_at_init")
    assert f"limits.json is invalid: {words}" in str(refused.value)
