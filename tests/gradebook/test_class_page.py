"""The page of a class: what its numbers are, and that nothing on it can run or be fetched."""

import json
import random
import re
import statistics
from datetime import datetime, timedelta

import pytest
from typer.testing import CliRunner

from autograder import report
from autograder.checks.states import State
from autograder.cli import app
from autograder.gradebook.class_page import LOOKS, distribution, needs_help, page, times
from autograder.gradebook.items import items
from autograder.gradebook.standing import Standing
from tests.gradebook.test_pages import MARKDOWN

DUE = datetime(2027, 1, 15, 12)


def row(student, grades, standing=Standing.RECORDED, **others):
    """Return what is known of a student, all points of whose exercises are 0, 1 or open."""
    known = [got for got in grades.values() if got is not None]
    states = {0.0: State.FAILED, 1.0: State.PASSED, None: State.BY_HAND}
    return {
        "student_id": student,
        "standing": standing,
        "states": {name: states[got] for name, got in grades.items()},
        "mistakes": {name: ("", "expected 1") for name, got in grades.items() if got == 0},
        "grades": {name: (got, 1.0) for name, got in grades.items()},
        "score": sum(known),
        "max_score": float(len(grades)),
        "late_submission_penalty": 0.0,
        "timestamp": None,
        "duedate": DUE,
        "last_name": None,
        "first_name": None,
        "found": "",
        "language": "",
    } | others


def test_the_report_as_json_has_every_figure_and_no_zero_for_what_is_unknown(tmp_path, monkeypatch):
    rows = [row("ada", {"a": 1.0, "words": None}), row("bob", {}, Standing.UNRECORDED, score=None)]
    for each in rows:
        each |= {"assignment": "ps1", "by_hand": 1}
    monkeypatch.setattr(report, "everybody_of", lambda *_: rows)
    monkeypatch.setattr(report, "page", lambda *_: "<p>")
    done = CliRunner().invoke(app, ["report", "ps1", "--course", str(tmp_path), "--json"])
    ada, bob = json.loads(done.output)
    assert ada["points"] == 1 and ada["exercises"]["a"] == {
        "points": 1,
        "max_points": 1,
        "state": "passed",
    }
    assert ada["exercises"]["words"]["points"] is None
    assert (bob["standing"], bob["points"]) == ("unrecorded", None)


def a_class(size):
    """Return a class in which the first two exercises ask for the same, and the third does not."""
    luck = random.Random(0)
    rows = []
    for number in range(size):
        can = float(luck.random() < 0.6)
        grades = {"a": can, "b": can if luck.random() < 0.9 else 1 - can}
        rows.append(row(f"s{number}", grades | {"c": float(luck.random() < 0.5), "words": None}))
    return rows


def test_difficulty_and_discrimination_are_those_of_the_points():
    rows = a_class(200)
    a, _, c, words = items("undeclared", rows)
    got = [each["grades"]["a"][0] for each in rows]
    rest = [each["grades"]["b"][0] + each["grades"]["c"][0] for each in rows]
    assert a.difficulty == pytest.approx(statistics.fmean(got)) and a.full == sum(got)
    assert a.discrimination == pytest.approx(statistics.correlation(got, rest))  # without its own
    assert a.discrimination > 0.4 and not a.remark
    assert abs(c.discrimination) < 0.1 and "no better" in c.remark
    assert a.states[State.FAILED] == 200 - a.full == a.mistakes[0].count
    assert len(words.waiting) == 200 and words.difficulty is words.discrimination is None
    few = items("undeclared", rows[:9])
    assert all(each.discrimination is None for each in few)


def test_what_is_not_recorded_counts_nowhere_and_no_zero_is_shown():
    nobody = row("u", {}, Standing.UNRECORDED, score=None, states={"a": Standing.UNRECORDED})
    rows = [row("x", {"a": 1.0}), nobody]
    (a,) = items("undeclared", rows)
    assert (a.settled, a.difficulty, a.states[Standing.UNRECORDED]) == (1, 1.0, 1)
    assert sum(count for _, count in distribution(rows)) == 1 and not needs_help(rows)
    assert "unrecorded" in page("undeclared", rows)


def test_points_without_a_verdict_still_have_a_state():
    lost = row("x", {"a": 1.0, "b": 0.0}, states={}, mistakes={})
    assert [list(each.states) for each in items("undeclared", [lost])] == [["passed"], ["failed"]]


def test_who_needs_help_is_who_has_less_than_half_of_what_is_settled():
    rows = [
        row("half", {"a": 1.0, "b": 0.0}),
        row("low", {"a": 1.0, "b": 0.0, "c": 0.0}),
        row("open", {"a": 1.0, "words": None, "more": None}),
        row("away", {}, Standing.NOTHING, score=0.0),
        row("cut", {"a": None}, states={"a": State.NOT_GRADABLE}),
    ]
    named = [(each["student_id"], why) for each, why, _ in needs_help(rows)]
    assert named[:2] == [("away", "nothing handed in"), ("cut", "not gradable")]
    assert [name for name, _ in named[2:]] == ["low"]


def test_times_are_counted_before_and_after_the_due_time():
    hours = (200, 2, 0, -0.5, -30)
    rows = [row(str(n), {}, timestamp=DUE - timedelta(hours=n)) for n in hours]
    assert [count for _, count in times([*rows, row("x", {})])] == [1] * 6
    assert times(rows)[2:4] == [("in the last hour", 1), ("up to an hour late", 1)]
    (day,) = times([row("x", {}, timestamp=DUE, duedate=None)])
    assert day == ("2027-01-15", 1)


def test_nothing_that_anyone_wrote_runs_or_is_fetched():
    told = [("", text) for text in MARKDOWN.values()]
    rows = [
        row(text, {"a": 0.0}, found=text, last_name=text, first_name="\u202e", mistakes={"a": said})
        for text, said in zip(MARKDOWN.values(), told)
    ]
    text = page("<script>", rows)
    assert set(re.findall(r"<script[^>]*>", text)) == {"<script>"} and text.count("<script") == 1
    assert not re.search(r"<(img|iframe|link|object|a (?!href=\"#))|<[^>]* on\w+=", text)
    assert "\u202e" not in text and "&lt;script&gt;: the class" in text


def test_every_state_has_a_look():
    assert set(LOOKS) == set(State) - {State.NOT_CHECKED} | {Standing.UNRECORDED}
