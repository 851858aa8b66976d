"""`nbgrader collect` among folders that somebody made by hand."""

import os
import socket
from types import SimpleNamespace

import pytest

from autograder.gradebook.intake import Folder, Intake, opened_at
from tests.gradebook.conftest import RIGHT, WRONG, notebook
from tests.threats.test_killed import TINY

pytestmark = pytest.mark.system

TIME = "2027-01-15 12:00:00.000000 UTC"
SECRET = "0123456789abcdef" * 8
# No file above 10 kB; every folder is the tester's.
OPTIONS = ("--CourseDirectory.max_file_size=10", "--ExchangeCollect.check_owner=False")


def inbound(course):
    """Return the folder of the exchange, made if it is not there."""
    place = course.folder / "exchange" / "initialization" / "inbound"
    place.mkdir(parents=True, exist_ok=True)
    return place


def hand_in(course, student, time=TIME, answer=RIGHT, written=None):
    """Make a folder as `nbgrader submit` does."""
    folder = inbound(course) / f"{student}+{TINY}+{time}+r4nd0m"
    folder.mkdir()
    (folder / "tiny.ipynb").write_text(notebook(answer))
    (folder / "timestamp.txt").write_text(written or time)
    (folder / "submission_secret.txt").write_text(SECRET)
    return folder


def collected(course, student):
    """Return the files of a submission by their paths."""
    place = course.folder / "submitted" / student / TINY
    return {
        str(path.relative_to(place)): path.read_text()
        for path in place.rglob("*")
        if path.is_file()
    }


@pytest.fixture
def course(fresh):
    """Return the course with nothing collected."""
    (fresh.folder / "submitted").rename(fresh.folder / "by_hand")
    return fresh


def litter(course):
    """Make hand-ins in which everything is wrong; return what must be said of them."""
    source = course.folder / "source" / TINY
    ann = hand_in(course, "ann")
    (ann / "stolen.ipynb").symlink_to(source / "tiny.ipynb")
    (ann / "others").symlink_to(course.folder / "by_hand")
    (ann / "loop").symlink_to("loop")
    os.mkfifo(ann / "pipe.ipynb")
    socket.socket(socket.AF_UNIX).bind(os.path.relpath(ann / "socket"))
    with open(ann / "huge.ipynb", "wb") as file:
        file.truncate(1 << 40)
    (ann / "/".join(["deep"] * 40)).mkdir(parents=True)
    (ann / "/".join(["deep"] * 40) / "x").write_text("x")
    (ann / "a\nb.ipynb").write_text("x")
    os.makedirs(os.fsencode(ann) + b"/\xff\xfe")
    (ann / "my" / "module").mkdir(parents=True)
    (ann / "my" / "module" / "own.py").write_text("own = 1")
    ben = hand_in(course, "ben", answer=WRONG)
    (ben / "timestamp.txt").unlink()
    os.mkfifo(ben / "timestamp.txt")
    (ben / "submission_secret.txt").unlink()
    (ben / "submission_secret.txt").symlink_to(ann / "submission_secret.txt")
    hand_in(course, "dan", time="yesterday")
    hand_in(course, "eve", time="2027-01-15 12:00:00 XYZ")
    hand_in(course, "fay", time="2027-01-15 12:00:00 -0100")
    hand_in(course, "jon", time="2020-01-01 12:00:00 UTC")
    hand_in(course, "<b>")
    hand_in(course, "..")
    (inbound(course) / f"gus+{TINY}+{TIME}+x").symlink_to(source)
    os.mkfifo(inbound(course) / f"hal+{TINY}+{TIME}+x")
    (inbound(course) / f"ida\n+{TINY}+{TIME}+x").mkdir()
    return [
        ("stolen.ipynb (a link)", "Skipped from ann"),
        ("huge.ipynb (over the limit of 0.01 MB)", ""),
        ("dan+", "it is not a time"),
        ("eve+", "the time zone XYZ is not known"),
        ("<b>+", "cannot be a student's name"),
        ("..+", "cannot be a student's name"),
        ("gus+", "(a link)"),
        ("hal+", "it is not a folder"),
        ("ida?+", "cannot be a student's name"),
        ("jon+", "says it was handed in at 2020-01-01 12:00:00 UTC, but was written at "),
        ("ben+", "different time or none"),
        ("Skipped from ben", "submission_secret.txt (a link)"),
    ]


@pytest.mark.system
def test_a_bad_hand_in_stops_no_other_and_no_link_is_followed(course, forking, monkeypatch):
    monkeypatch.chdir(course.folder)
    lines = litter(course)
    done = forking.nbgrader("collect", TINY, *OPTIONS, cwd=course.folder)
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    for words in lines[2:]:
        assert any(all(word in line for word in words) for line in done.stderr.splitlines()), words
    assert done.stderr.count("Skipped from ann: ") == 1
    submitted = course.folder / "submitted"
    assert sorted(path.name for path in submitted.iterdir()) == ["ann", "ben", "fay", "jon"]
    assert not any(path.is_symlink() for path in submitted.rglob("*"))
    assert collected(course, "ann").keys() == {
        "tiny.ipynb",
        "my/module/own.py",
        "timestamp.txt",
        "submission_secret.txt",
    }
    assert collected(course, "ben").keys() == {"tiny.ipynb", "timestamp.txt"}
    assert collected(course, "fay")["timestamp.txt"] == "2027-01-15 13:00:00 UTC"


@pytest.mark.system
def test_the_last_hand_in_replaces_an_earlier_one_only_if_asked(course, forking):
    hand_in(course, "ann", answer=WRONG)
    forking.nbgrader("collect", TINY, *OPTIONS, cwd=course.folder)
    # Later by its zone, although its digits are earlier; what the file says is told, not taken.
    hand_in(course, "ann", time="2027-01-15 11:59:00 -0800", written="2020-01-01 00:00:00 UTC")
    forking.nbgrader("collect", TINY, *OPTIONS, cwd=course.folder)
    assert collected(course, "ann")["tiny.ipynb"] == notebook(WRONG)
    done = forking.nbgrader("collect", TINY, "--update", *OPTIONS, cwd=course.folder)
    assert "different time or none in its timestamp.txt" in done.stderr
    assert collected(course, "ann")["tiny.ipynb"] == notebook(RIGHT)
    assert collected(course, "ann")["timestamp.txt"] == "2027-01-15 19:59:00 UTC"
    assert not list((course.folder / "submitted").rglob(".*"))


@pytest.mark.system
def test_a_folder_in_another_name_is_refused(course, forking):
    hand_in(course, "ann")
    done = forking.nbgrader("collect", TINY, cwd=course.folder)
    assert "it is in the name of ann and belongs to " in done.stderr
    assert not list((course.folder / "submitted").glob("*"))


def take(tmp_path, settings, owner=None):
    """Take a folder; return the names of what was taken, and what was skipped."""
    intake = Intake(tmp_path / "taken", settings)
    number = opened_at(str(tmp_path / "given"))
    Folder(intake, owner).take(number)
    os.close(number)
    return sorted(path.name for path in intake.folder.glob("*")), intake.left


def test_files_of_others_and_too_many_are_left_aside(tmp_path):
    settings = SimpleNamespace(max_file_size=1, max_dir_size=3, ignore=["*.pyc"], include=["*"])
    (tmp_path / "given").mkdir()
    for number in range(5):
        (tmp_path / "given" / f"{number}.pyc").write_bytes(b"x" * 1000)
        (tmp_path / "given" / f"{number}.py").write_bytes(b"x" * 1000)
    names, left = take(tmp_path, settings)
    assert len(names) == 3 and len(left) == 2 and "too large together" in left[0]
    names, left = take(tmp_path, settings, owner=os.getuid() + 1)
    assert len(left) == 10 - 5 + 5 and "belongs to another user" in left[0]
