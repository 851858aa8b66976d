"""What somebody who waits for a grading sees, and a program that reads it."""

import io
import json
import sys

import pytest

from autograder.checks.states import State
from autograder.cluster import grade_class
from autograder.gradebook.progress import Line, Tally
from autograder.judge.verdict import Result, Verdict
from autograder.sandbox.isolation import UNCONFINED
from tests.threats.test_killed import TINY

from .conftest import RIGHT, WRONG, notebook


class Terminal(io.StringIO):
    """Stands for stdout on a terminal."""

    def isatty(self):
        return True


@pytest.mark.parametrize("stream", [Terminal, io.StringIO])
def test_the_line_tells_how_many_and_their_states_but_not_into_a_pipe(stream, monkeypatch):
    monkeypatch.setattr(sys, "stdout", stream())
    line = Line()
    line.begin(UNCONFINED)
    line.due(2)
    line.bar.mininterval = 0
    passed = Verdict("", TINY, exercises={"test_f": Result(State.PASSED, 1, 1)})
    failed = Verdict("", TINY, exercises={"test_f": Result(State.FAILED, 0, 1)})
    line.recorded("ann", [passed, passed])
    line.recorded("ben", [failed])
    line.end(Tally(recorded=2), None)
    said = sys.stdout.getvalue()
    assert said.startswith("Isolation: none.")
    on_terminal = stream is Terminal
    assert ("2/2" in said and "2 passed, 1 failed" in said and "\r" in said) == on_terminal
    assert said.count("\n") == 2 or on_terminal
    assert said.endswith("2 recorded, 0 were up to date, 0 not gradable, 0 skipped.\n")


@pytest.mark.system
def test_no_judge_starts_where_nothing_has_changed(graded, monkeypatch, capfd):
    monkeypatch.setattr("autograder.cluster.Abandonable.start", None)
    assert graded.grade() is None
    assert "0 recorded, 3 were up to date" in capfd.readouterr().out


@pytest.mark.system
def test_why_nothing_was_graded_is_left_to_the_command(graded, capfd):
    capfd.readouterr()
    why = grade_class(graded.folder, TINY, jobs=1, student="nobody")
    assert why.startswith("No submissions were found in ")
    assert "No submissions" not in "".join(capfd.readouterr())


@pytest.mark.system
def test_one_student_alone_and_a_line_of_json_for_each_event(graded, capfd):
    for student, answer in (("ann", WRONG), ("ben", RIGHT)):
        place = graded.folder / "submitted" / student / TINY / "tiny.ipynb"
        place.write_text(notebook(answer))
    capfd.readouterr()
    assert grade_class(graded.folder, TINY, jobs=1, student="b*", as_json=True) is None
    begin, due, recorded, end = map(json.loads, capfd.readouterr().out.splitlines())
    assert begin["event"] == "begin" and due == {"event": "due", "students": 1}
    assert (recorded["student"], recorded["points"]) == ("ben", 2)
    assert recorded["states"] == {"test_double": "passed"} and not recorded["not_gradable"]
    assert end["recorded"] == 1 and end["why"] == ""
    assert graded.scores() == {"ann": 2, "ben": 2, "cut": 0}
