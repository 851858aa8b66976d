"""Every sentence of the threads that is listed has a verdict, a reason and a run that there is."""

import re

import pytest

from course import ROOT
from course.figures.threads import VERDICTS, read

LESSONS = {"002": 1, "004": 1, "003": 2, "000": 3, "001": 4}  # by thread
ROWS = read()


def runs(number):
    """Return the numbers of the runs in a lesson's text."""
    [text] = (ROOT / "course" / "lessons").glob(f"{number:02}_*.py")
    return set(re.findall(r"^# ### Run (\d+):", text.read_text(encoding="utf-8"), re.M))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.thread} {row.said[:40]}")
def test_a_row_has_a_verdict_a_reason_and_a_run_of_its_lesson(row):
    assert row.verdict in VERDICTS
    assert len(row.why) > 15 and row.said and row.by
    assert row.runs, "no run decides this"
    for run in row.runs:
        lesson, _, number = run.partition(".")
        assert int(lesson) == LESSONS[row.thread] and number in runs(int(lesson)), run


def test_all_five_threads_are_listed_and_shown():
    assert {row.thread for row in ROWS} == set(LESSONS)
    for thread, number in LESSONS.items():
        [text] = (ROOT / "course" / "lessons").glob(f"{number:02}_*.py")
        assert f'claims("{thread}")' in text.read_text(encoding="utf-8")


def test_questions_are_answered_and_no_sentence_stands_twice():
    assert len({(row.thread, row.by, row.said) for row in ROWS}) == len(ROWS)
    for row in ROWS:
        if row.said.endswith("?") and row.by == "question" and row.thread != "001":
            assert row.verdict == "answered", row.said
