"""What report, export and pages say of everybody: never a zero for what is not recorded."""

import csv
import os
import re
from types import SimpleNamespace

import nbformat
import pytest
from nbgrader.apps.api import NbGraderAPI
from nbgrader.coursedir import CourseDirectory
from nbgrader.utils import notebook_hash, parse_utc

from autograder.gradebook import listing
from autograder.gradebook.arrival import time_of
from autograder.gradebook.standing import Standing
from autograder.report import show
from tests.conftest import gradebook_of
from tests.gradebook.conftest import notebook
from tests.threats.test_killed import TINY

pytestmark = pytest.mark.system

SECRET = "0123456789abcdef" * 8
LATE = "--LateSubmissionPlugin.penalty_method=zero"


def exported(course, forking):
    """Return the lines of `nbgrader export` by student."""
    done = forking.nbgrader("export", "--to", "grades.csv", cwd=course.folder)
    assert done.returncode == 0, done.stderr
    with open(course.folder / "grades.csv", newline="", encoding="utf-8") as file:
        return {row["student_id"]: row for row in csv.DictReader(file)}


def test_a_grading_that_fails_leaves_no_zero(graded, forking, capsys):
    (graded.folder / "submitted" / "ann" / TINY / "tiny.ipynb").write_text(notebook("x = 1"))
    (graded.folder / "submitted" / "new" / TINY).mkdir(parents=True)
    (graded.folder / "bad.py").write_text(
        "from nbgrader.plugins import LateSubmissionPlugin\n"
        "class Bad(LateSubmissionPlugin):\n"
        "    def __init__(self, **kwargs):\n        raise OSError('the disk is full')\n"
    )
    failing = ("autograde", TINY, "--AssignLatePenalties.plugin_class=bad.Bad")
    assert forking.nbgrader(*failing, cwd=graded.folder).returncode
    rows = exported(graded, forking)
    assert {name: (row["standing"], row["score"]) for name, row in rows.items()} == {
        "ann": ("unrecorded", ""),  # another answer than the one whose points are in the gradebook
        "ben": ("recorded", "0.0"),
        "cut": ("recorded", "0.0"),
        "new": ("unrecorded", ""),
    }
    assert rows["ann"]["state_double"] == rows["new"]["state_double"] == "unrecorded"
    show(graded.folder, TINY)
    said = capsys.readouterr().out
    assert said.count("0 of 2") == 2 and "What is unrecorded is not in the gradebook yet" in said
    api = SimpleNamespace(coursedir=CourseDirectory(root=str(graded.folder)))
    patched = pytest.MonkeyPatch()
    patched.setattr(listing, "_autograded", lambda *_: {"ann", "ben"})
    assert listing.autograded_students(api, TINY) == {"ben"}
    patched.undo()
    forking.nbgrader("autograde", TINY, cwd=graded.folder)
    assert exported(graded, forking)["ann"]["standing"] == Standing.RECORDED


def test_the_export_knows_who_is_late_and_who_handed_in_nothing(graded, forking):
    folder = graded.folder / "submitted" / "ann" / TINY
    (folder / "timestamp.txt").write_text("2027-01-15 13:00:00 +0100")  # an hour late
    due = parse_utc("2027-01-15 11:00:00 UTC")
    with gradebook_of(graded.folder) as gradebook:
        gradebook.update_or_create_assignment(TINY, duedate=due)
        gradebook.update_or_create_student("ann", first_name="Ann", last_name="=1+1")
        gradebook.add_student("zed", first_name="Zed", email="z@example.edu", lms_user_id="7")
    forking.nbgrader("autograde", TINY, LATE, cwd=graded.folder)
    rows = exported(graded, forking)
    ann, zed = rows["ann"], rows["zed"]
    assert (ann["raw_score"], ann["late_submission_penalty"], ann["score"]) == ("2.0", "2.0", "0.0")
    assert (ann["timestamp"], ann["duedate"]) == ("2027-01-15 12:00:00", "2027-01-15 11:00:00")
    assert (ann["first_name"], ann["last_name"]) == ("Ann", "'=1+1")
    assert (zed["first_name"], zed["email"], zed["lms_user_id"]) == ("Zed", "z@example.edu", "7")
    assert (zed["standing"], zed["score"], zed["state_double"]) == ("nothing handed in", "0.0", "")


def test_pages_show_what_counts_and_are_released_without_a_time(graded, forking):
    for student, secret in (("ann", SECRET), ("cut", SECRET[::-1])):
        place = graded.folder / "submitted" / student / TINY
        (place / "timestamp.txt").write_text("yesterday")
        (place / "submission_secret.txt").write_text(secret)
    (graded.folder / "submitted" / "ben" / TINY / "submission_secret.txt").write_text("../../x")
    forking.nbgrader("autograde", TINY, "--force", cwd=graded.folder)
    with gradebook_of(graded.folder) as gradebook:
        gradebook.find_grade("test_double", "tiny", TINY, "ben").manual_score = 1.5
        gradebook.db.commit()
    path = graded.folder / "autograded" / "cut" / TINY / "tiny.ipynb"
    german = nbformat.read(path, 4)
    german.cells.append(nbformat.v4.new_code_cell('language("de")'))
    nbformat.write(german, path)
    done = forking.nbgrader("generate_feedback", TINY, cwd=graded.folder)
    assert done.returncode == 0 and "WARNING" not in done.stderr
    pages = {
        path.parts[-3]: path.read_text()
        for path in (graded.folder / "feedback").glob(f"*/{TINY}/tiny.html")
    }
    assert re.findall(r"graded by hand +1.5 of 2", pages["ben"])
    assert not re.findall("failed|by code|0 of 2", pages["ben"])
    assert "passed (2 of 2 points)" in pages["ann"] and '<html lang="en">' in pages["ann"]
    assert '<html lang="de">' in pages["cut"] and "nicht bewertbar (0 von 2" in pages["cut"]
    assert not re.findall("[Nn]ot gradable|of 2| points|could not|comment<", pages["cut"])
    done = forking.nbgrader("release_feedback", TINY, cwd=graded.folder)
    assert done.returncode == 0 and "Not released: ben. These were not handed in" in done.stderr
    released = graded.folder / "exchange" / "initialization" / "feedback"
    assert {path.name for path in released.iterdir()} == {
        f"{notebook_hash(secret=secret, notebook_id='tiny')}.html"
        for secret in (SECRET, SECRET[::-1])
    }
    (graded.folder / "feedback" / "ben" / TINY / "submission_secret.txt").write_text(SECRET)
    done = forking.nbgrader("release_feedback", TINY, cwd=graded.folder)
    assert "Not released: ann; ben (they share one secret; copied?)" in done.stderr


def test_formgrader_lists_a_class_whatever_the_times_say(graded, monkeypatch):
    for name in ("submitted_students", "submitted_timestamp", "autograded_students"):
        monkeypatch.setattr(NbGraderAPI, f"get_{name}", getattr(NbGraderAPI, f"get_{name}"))
    listing.replace_lists()
    places = {name: graded.folder / "submitted" / name / TINY for name in ("ann", "ben", "cut")}
    (places["ann"] / "timestamp.txt").write_text("12h" + "9" * 40 + "m")
    os.mkfifo(places["ben"] / "timestamp.txt")
    (places["cut"] / "timestamp.txt").write_text("2027-01-15 13:00:00 +0100")
    coursedir = CourseDirectory(root=str(graded.folder))
    found = {each["student"]: each for each in NbGraderAPI(coursedir).get_submissions(TINY)}
    assert [found[name]["timestamp"] for name in places] == [None, None, "2027-01-15T12:00:00"]
    assert [found[name]["autograded"] for name in places] == [True, True, False]
    with pytest.raises(ValueError, match="not a time"):
        time_of(places["ann"])
