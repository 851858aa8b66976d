"""No submission gains a point by what it tries, and no honest one loses one."""

import re
from html.parser import HTMLParser

import pytest

from .conftest import ALL, HONEST, WAYS, by
from .declare import ASSIGNMENT, POINTS

pytestmark = pytest.mark.system

TOTAL = sum(POINTS.values())


def handed_in(names):
    """Parametrise a test with submissions, for each way to grade those that it got."""
    ways = [by(way, name) for way in WAYS for name in names if name in WAYS[way].names]
    return pytest.mark.parametrize("graded, name", ways, indirect=["graded"])


def expected(graded, name):
    """Return the submission as it looks to who graded."""
    return ALL[name].for_root() if graded.is_root else ALL[name]


@handed_in(ALL)
def test_a_submission_gets_exactly_what_its_answers_are_worth(graded, name):
    row, submission = graded.rows[name], expected(graded, name)
    if graded.is_landlock and submission.under_landlock(row["states"]):
        submission = submission.under_landlock(row["states"])
    assert row["states"] == submission.expected()
    assert row["score"] == submission.points()
    assert row["max_score"] == graded.rows["alice"]["max_score"]


@handed_in([name for name, each in ALL.items() if each.remark])
def test_the_instructor_gets_one_line(graded, name):
    found, remark = graded.rows[name]["found"], expected(graded, name).remark
    assert re.search(remark, found)
    assert found.isprintable() and len(found) < 5000
    assert not remark or f"{name}, {ASSIGNMENT}: " in graded.log


@handed_in([name for name, each in ALL.items() if each.message])
def test_the_message_says_what_it_should(graded, name):
    exercises = graded.course.verdict(name, ASSIGNMENT).exercises
    message = next(each.message for each in exercises.values() if each.state != "passed")
    assert re.search(ALL[name].message, message)


@pytest.mark.parametrize("name", ["alice", *HONEST])
def test_an_honest_submission_gets_its_exact_grade(graded, name):
    assert graded.rows[name]["score"] == TOTAL
    assert set(graded.rows[name]["states"].values()) == {"passed", "to be graded by hand"}
    assert graded.rows[name]["found"] == ""


def test_every_failure_has_its_reason(graded):
    for name in graded.names:
        for exercise in graded.course.verdict(name, ASSIGNMENT).exercises.values():
            assert exercise.state == "passed" or exercise.message


def test_nobody_else_is_graded(graded):
    assert set(graded.rows) == {"alice", *graded.names, *HONEST}


def test_the_course_is_as_it_was(graded):
    assert graded.after["files"] == graded.before["files"]
    assert graded.after["tables"] == graded.before["tables"]
    assert graded.before["tables"]


def test_nothing_is_left(graded):
    assert graded.left == []


class _Live(HTMLParser):
    """Collects what a browser would run of a submission."""

    def __init__(self):
        super().__init__()
        self.script, self.found = False, []

    def handle_starttag(self, tag, attributes):
        self.script = tag == "script"
        for name, value in attributes:
            if "threat" in (value or "") and (
                name.startswith("on") or "javascript:" in value or name == "srcdoc"
            ):
                self.found.append((tag, name, value))

    def handle_data(self, data):
        if self.script and "threat" in data:
            self.found.append(("script", "", data))


@pytest.mark.parametrize("graded", [by("nbgrader autograde")], indirect=True)
def test_no_page_runs_what_a_submission_brought(graded):
    graded.course.nbgrader("generate_feedback", ASSIGNMENT, "--student=page_*")
    pages = list((graded.course.folder / "feedback").glob("page_*/*/*.html"))
    assert len(pages) == 6
    for path in pages:
        live = _Live()
        live.feed(path.read_text())
        assert not live.found
        assert not re.search("[\x00-\x08\x1b\u202e\u2066]", path.read_text())
