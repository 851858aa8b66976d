"""The judge's pieces by themselves: ordinary test cells, the oracle, replies, displayed outputs."""

import base64

import nbformat
import pytest

from autograder.checks.calls import Reply
from autograder.checks.states import State
from autograder.checks.wire import Opaque
from autograder.judge import display, ordinary
from autograder.judge.oracle import Oracle
from autograder.judge.replies import redacted, replies, texts_in, until
from autograder.judge.run import PARCEL, Outcome, parcels
from autograder.model import Exercise
from autograder.sandbox.connection import WorkerEndedError
from autograder.sandbox.limits import Limits


def cell(points=4):
    """Return an ordinary test cell."""
    made = nbformat.v4.new_code_cell("assert True")
    made.metadata["nbgrader"] = {
        "grade_id": "test_mean",
        "points": points,
        "grade": True,
        "solution": False,
        "schema_version": 3,
        "cell_type": "code",
        "locked": True,
        "task": False,
    }
    return made


def value(text):
    """Return the output of a cell whose last line has a value."""
    return nbformat.v4.new_output("execute_result", {"text/plain": text})


def error(name, text):
    """Return the output of a cell that stopped."""
    return nbformat.v4.new_output("error", ename=name, evalue=text, traceback=[])


@pytest.mark.parametrize(
    "decisive, state, points",
    [
        (None, State.PASSED, 4),
        (value("3"), State.PARTLY_RIGHT, 3),
        (value("0"), State.FAILED, 0),
        (value("9"), State.NOT_GRADABLE, 0),
        (value(""), State.NOT_GRADABLE, 0),
        (value("-1"), State.PASSED, 4),
        (error("AssertionError", "mean is 2"), State.FAILED, 0),
    ],
)
def test_an_ordinary_test_cell_is_scored_by_its_first_error_or_value(decisive, state, points):
    found = ordinary.result(cell(), Outcome(decisive), None)
    assert (found.state, found.points, found.max_points) == (state, points, 4)


def test_a_test_worth_nothing_fails_too():
    found = ordinary.result(cell(0), Outcome(error("KeyError", "x")), None)
    assert (found.state, found.points) == (State.FAILED, 0)


def test_a_test_that_nbgrader_has_yet_to_write_is_not_gradable():
    unwritten = cell()
    unwritten.source = "### AUTOTEST mean([1, 2])"
    found = ordinary.result(unwritten, Outcome(), None)
    assert found.state == State.NOT_GRADABLE and "generate_assignment" in found.message


def test_a_hidden_test_is_scored_and_does_not_speak():
    hidden = Outcome(error("AssertionError", "the secret is 7"))
    found = ordinary.result(cell(), Outcome(), hidden)
    assert (found.state, found.points) == (State.FAILED, 0)
    assert found.message == "test_mean: the visible tests pass; a hidden one does not."


def test_a_worker_that_ended_in_a_test_cell_is_the_result():
    ended = WorkerEndedError(State.TIMED_OUT, "no result within 6 seconds")
    found = ordinary.result(cell(), Outcome(ended=ended), None)
    assert (found.state, found.points) == (State.TIMED_OUT, 0)
    assert "no result within 6 seconds" in found.message


@pytest.fixture
def oracle():
    """Return an oracle that knows one exercise."""
    exercise = Exercise(points=1)

    @exercise.reference
    def half(number):
        return number / 2

    made = Oracle({"half": exercise})
    yield made
    made.close()


def test_the_oracle_answers_with_the_reference_and_notes_who_was_asked(oracle):
    answer = oracle({"ask": "half", "args": (3,), "kwargs": {}})
    assert answer["value"] == 1.5
    assert oracle.asked == {"half"}


@pytest.mark.parametrize(
    "question",
    [
        {"ask": "other", "args": (), "kwargs": {}},
        {"ask": ["half"], "args": (1,), "kwargs": {}},
        {"ask": "half", "args": [1], "kwargs": {}},
        {"ask": "half", "args": (Opaque("Secret"),), "kwargs": {}},
        {},
    ],
)
def test_the_oracle_takes_no_odd_question(oracle, question):
    assert oracle(question)["raised"] == "TypeError"
    assert oracle.asked == set() and oracle.child is None


def test_missing_parts_are_failures_and_too_many_are_left_out():
    came = replies({"parts": [{"value": 1}, {"value": 2}]}, "f", 3)
    assert [each.value for each in came[:2]] == [1, 2]
    assert came[2].trouble == State.FAILED
    assert len(replies({"parts": [{"value": 1}] * 5}, "f", 2)) == 2


def test_a_missing_function_says_why():
    came = replies({"missing": True}, "softmax", 2, "its cell stopped with NameError")
    assert [each.trouble for each in came] == [State.FAILED] * 2
    assert came[0].detail == "there is no function softmax: its cell stopped with NameError"


def test_what_came_before_the_end_of_a_worker_counts():
    ended = WorkerEndedError(State.CRASHED, "your code ended the process")
    ended.parts = [{"value": 1}]
    first, second = until(ended, 2)
    assert first.value == 1 and second.trouble == State.CRASHED


def test_a_reply_to_a_hidden_case_holds_no_words_of_its_own():
    made_up = Reply(raised={"type": "Key7", "bases": [], "message": "7", "line": "x = 7"})
    raised = redacted(made_up, ("y = 1",), set()).raised
    assert (raised["type"], raised["message"], raised["line"]) == ("an error", "", "")
    texts = texts_in(["known"])
    assert redacted(Reply("known"), (), texts).value == "known"
    assert redacted(Reply("secret"), (), texts).value != "secret"


def test_a_report_that_cannot_be_read_is_an_error_and_not_full_marks():
    assert display.decisive({"decisive": None}) is None
    for message in ({}, {"unsendable": "x"}, {"decisive": 7}, {"decisive": {"data": {}}}):
        assert display.decisive(message).output_type == "error"


def test_files_are_cut_into_pieces_that_a_message_holds():
    files = {"a": b"x", "large": bytes(range(256)) * (PARCEL // 100), "empty": b"", "z": b"y"}
    made = parcels(files)
    assert all(sum(map(len, each.values())) <= PARCEL * 4 / 3 + 4 for each in made)
    for name, data in files.items():
        pieces = [base64.b64decode(each[name]) for each in made if name in each]
        assert pieces and b"".join(pieces) == data


def test_outputs_are_printable_well_formed_and_bounded():
    assert display.printable("a\x1b[31mb\u202ec\x00") == "abc"
    stream = {"output_type": "stream", "name": "stdout", "text": "x" * 50}
    made = display.sanitized({"outputs": [stream, "no output", 7]}, Limits(), 10**6)
    assert [each.text for each in made] == ["x" * 50]
    cut = display.sanitized({"outputs": [stream]}, Limits(), 10)
    assert len(cut) == 1 and "the rest was left out" in cut[0].text
