"""What is recorded, what is graded again, and what is refused before a class begins."""

import contextlib
import copy
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from functools import partial
from sqlite3 import dbapi2

import pytest

from autograder.gradebook import database
from autograder.gradebook.store import Store
from autograder.report import everybody_of, show
from course import ROOT
from tests.threats.conftest import settled
from tests.threats.test_killed import TINY

from .conftest import RIGHT, notebook

pytestmark = pytest.mark.system

SCORES = {"ann": 2, "ben": 0, "cut": 0}
TIME = "2027-01-15 12:00:00 UTC"


def change(course, statement):
    """Change the gradebook behind nbgrader's back."""
    with contextlib.closing(sqlite3.connect(course.folder / "gradebook.db")) as book, book:
        book.execute(statement)


def command(course, *words):
    """Run a command in the course; return exit code and all that it said."""
    path = os.pathsep.join([os.path.dirname(sys.executable), os.environ["PATH"]])
    done = subprocess.run(
        [sys.executable, "-m", *words],
        cwd=course.folder,
        text=True,
        capture_output=True,
        env={**os.environ, "PATH": path, "PYTHONPATH": str(ROOT)},
        timeout=1200,
    )
    return done.returncode, done.stdout + done.stderr


def test_what_is_graded_is_passed_over_and_counted(graded, capfd):
    assert graded.grade() is None
    assert capfd.readouterr().out.endswith(
        "0 recorded, 3 were up to date, 1 not gradable, 0 skipped.\n"
    )
    assert graded.scores() == SCORES


@pytest.mark.parametrize(
    "statement, words",
    [
        ("update grade set auto_score = 1", "3 recorded, 0 were"),
        ("update comment set auto_comment = 'passed'", "2 recorded, 1 were"),
        ("delete from submitted_assignment where student_id = 'ann'", "1 recorded, 2 were"),
    ],
)
def test_a_gradebook_that_does_not_hold_the_verdicts_is_filled_again(
    graded, capfd, statement, words
):
    change(graded, statement)
    assert graded.grade() is None
    assert words in capfd.readouterr().out
    assert graded.scores() == SCORES


@pytest.mark.parametrize(
    "table, column",
    [("submitted_notebook", "assignment_id"), ("grade", "notebook_id"), ("comment", "notebook_id")],
)
def test_what_nbgrader_looks_by_has_an_index(graded, table, column):
    change(graded, f"drop index ix_{table}_{column}")  # as in a gradebook of before
    assert graded.grade() is None
    with contextlib.closing(sqlite3.connect(graded.folder / "gradebook.db")) as book:
        plan = book.execute(f"explain query plan select id from {table} where {column} = ''")
        assert f"USING INDEX ix_{table}_{column}" in str(plan.fetchall())


def test_an_older_gradebook_is_filled_again(graded, templates):
    shutil.copy(templates[0] / "gradebook.db", graded.folder)
    assert graded.grade() is None
    assert graded.scores() == SCORES


def test_a_gradebook_that_is_gone_is_told_and_filled_again(graded, forking):
    (graded.folder / "gradebook.db").unlink()
    assert "nbgrader generate_assignment tiny --force" in graded.grade()
    assert not (graded.folder / "gradebook.db").exists()
    forking.nbgrader("generate_assignment", TINY, "--force", cwd=graded.folder)
    assert graded.grade() is None
    assert graded.scores() == SCORES


@pytest.mark.parametrize("text", [None, "", "{", "[]"])
def test_a_verdict_that_cannot_be_read_is_made_again(graded, capfd, text):
    path = graded.folder / "verdicts" / TINY / "ann" / "tiny.json"
    path.unlink()
    if text is not None:
        path.write_text(text)
    assert graded.grade() is None
    assert "1 recorded, 2 were up to date" in capfd.readouterr().out
    assert json.loads(path.read_text())["exercises"]["test_double"]["state"] == "passed"


def test_one_notebook_of_two_is_recorded_with_the_other(pair, forking):
    autograde = ("autograde", "both")
    for options in (("--notebook", "p1"), ()):
        assert forking.nbgrader(*autograde, *options, cwd=pair.folder).returncode == 0
        assert pair.scores("both") == {"ann": 3}
    done = forking.nbgrader(*autograde, "--notebook", "p3", cwd=pair.folder)
    assert done.returncode
    assert "There is no notebook p3 in source/both/, only p1, p2" in done.stderr


def _points(made):
    made.cells[1].metadata.nbgrader["points"] = 29


def _double(made):
    made.cells.append(copy.deepcopy(made.cells[1]))
    made.cells[2].id = "another"


def _new(made):
    _double(made)
    made.cells[2].metadata.nbgrader["grade_id"] = "test_more"


def _gone(made):
    del made.cells[1]


@pytest.mark.parametrize(
    "edit, words",
    [
        (_points, "cell test_double has 29 points instead of 2"),
        (_double, "cell test_double appears twice"),
        (_new, "cell test_more is new"),
        (_gone, "cell test_double is missing"),
    ],
)
def test_a_notebook_that_is_not_the_released_one_is_refused(graded, edit, words):
    graded.source(edit)
    said = graded.grade()
    assert f"source/tiny/tiny.ipynb, {words}: this is not what was released" in said
    assert "`nbgrader generate_assignment tiny --force`" in said
    assert graded.scores() == SCORES


def test_a_set_of_notebooks_that_is_not_the_released_one_is_refused(graded):
    source = graded.folder / "source" / TINY
    shutil.copy(source / "tiny.ipynb", source / "Untitled.ipynb")
    assert "source/tiny/Untitled.ipynb was not released" in graded.grade()
    (source / "tiny.ipynb").rename(source / "tiny.txt")
    (source / "Untitled.ipynb").write_text("{")
    assert "source/tiny/Untitled.ipynb was not released" in graded.grade()
    (source / "Untitled.ipynb").rename(source / "tiny.ipynb")
    assert "source/tiny/tiny.ipynb cannot be read as a notebook" in graded.grade()


def test_a_damaged_gradebook_is_told(graded):
    (graded.folder / "gradebook.db").write_bytes(b"no database " * 1000)
    for reads in (graded.grade, lambda: everybody_of(graded.folder, TINY)):
        with pytest.raises(SystemExit, match=r"gradebook.db is damaged.*Nothing that"):
            reads()


def test_a_locked_gradebook_is_told(graded, monkeypatch):
    (graded.folder / "submitted" / "ben" / TINY / "tiny.ipynb").write_text(notebook(RIGHT))
    with contextlib.closing(sqlite3.connect(graded.folder / "gradebook.db")) as book:
        monkeypatch.setattr(database, "WAIT_SECONDS", 0.1)
        book.execute("begin immediate")  # reading goes on, writing does not
        with pytest.raises(SystemExit, match="gradebook.db is locked by another program"):
            graded.grade()
        book.rollback()
        reading = book.execute("select * from grade")  # and does not go on
        reading.fetchone()
        with pytest.raises(SystemExit, match="gradebook.db is locked by another program"):
            graded.grade()
        reading.close()
        book.execute("begin exclusive")
        with pytest.raises(SystemExit, match="gradebook.db is locked by another program"):
            everybody_of(graded.folder, TINY)
    monkeypatch.undo()
    assert graded.grade() is None
    assert graded.scores() == SCORES | {"ben": 2}


@pytest.mark.slow
def test_a_reader_that_stays_does_not_end_a_grading(graded, monkeypatch):
    (graded.folder / "submitted" / "ben" / TINY / "tiny.ipynb").write_text(notebook(RIGHT))
    # Who does not ask to wait, as stock nbgrader, waits for next to nothing here.
    monkeypatch.setattr(dbapi2, "connect", partial(dbapi2.connect, timeout=0.01))
    book = graded.folder / "gradebook.db"
    begun, over = threading.Event(), threading.Event()

    def read():
        with contextlib.closing(sqlite3.connect(book, isolation_level=None)) as reader:
            reader.execute("begin")
            reader.execute("select count(*) from grade").fetchall()
            begun.set()
            while not is_written(book) and not over.is_set():
                time.sleep(0.05)
            time.sleep(0.5)

    thread = threading.Thread(target=read)
    thread.start()
    assert begun.wait(60)
    try:
        assert graded.grade() is None
    finally:
        over.set()
        thread.join()
    assert graded.scores() == SCORES | {"ben": 2}


def is_written(book):
    """Tell whether somebody waits to write, which SQLite lets nobody begin to read beside."""
    try:
        with contextlib.closing(sqlite3.connect(book, timeout=0)) as other:
            other.execute("select count(*) from grade").fetchall()
    except sqlite3.OperationalError:
        return True
    return False


def test_a_corrected_time_is_taken_over(graded, capfd):
    path = graded.folder / "submitted" / "ann" / TINY / "timestamp.txt"
    path.write_text("yesterday, I think")
    assert graded.grade() is None
    assert f"{path} is not a time" in capfd.readouterr().err
    path.write_text(TIME)
    assert graded.grade() is None
    said = capfd.readouterr()
    assert "1 recorded, 2 were up to date" in said.out and "not a time" not in said.err
    assert f"{graded.rows(TINY)['ann']['timestamp']} UTC" == TIME
    change(graded, "update submitted_assignment set timestamp = null")
    assert graded.grade() is None
    assert f"{graded.rows(TINY)['ann']['timestamp']} UTC" == TIME


def test_what_lies_in_the_wrong_place_is_told(graded, capfd):
    place = graded.folder / "submitted"
    (place / "dan.ipynb").write_text(notebook(RIGHT))
    (place / "eve").mkdir()
    (place / "eve" / "tiny.ipynb").write_text(notebook(RIGHT))
    (place / "fay" / "Tiny").mkdir(parents=True)
    (place / "gus").mkdir()
    (place / "gus" / TINY).write_text("a file")
    (place / "hal").mkdir()
    (place / "hal" / TINY).symlink_to("nowhere")
    (place / "ida" / "other").mkdir(parents=True)
    (place / ".DS_Store").write_text("")
    assert graded.grade() is None
    said = capfd.readouterr()
    lines = [line for line in said.err.splitlines() if "skipped" in line]
    for line, name, words in zip(
        lines,
        ("dan.ipynb", "eve/tiny.ipynb", "fay/Tiny", "gus/tiny", "hal/tiny"),
        (
            "is a file, not a student's folder",
            f"move it to {place}/eve/tiny/",
            "is not named tiny; rename it",
            "is a file, not a folder",
            "is a link that leads nowhere",
        ),
        strict=True,
    ):
        assert f"{place}/{name}" in line and words in line
    assert "5 skipped." in said.out


@pytest.mark.parametrize(
    "text",
    [
        "{",
        "",
        "[]",
        '"abc"',
        "null",
        '{"seed": "abc"}',
        '{"seed": null}',
        '{"seed": 1.5}',
        '{"seed": true}',
        '{"seed": -1}',
        "folder",
    ],
)
def test_a_broken_seed_is_told_before_the_class_begins(graded, text):
    path = graded.folder / "verdicts" / TINY / "seed.json"
    path.unlink()
    path.mkdir() if text == "folder" else path.write_text(text)
    with pytest.raises(SystemExit, match="seed.json is invalid.*remove it"):
        graded.grade()
    assert not list(graded.folder.rglob("*.partial"))


def test_a_seed_that_cannot_be_written_leaves_nothing(graded, monkeypatch):
    from autograder.gradebook import store

    (graded.folder / "verdicts" / TINY / "seed.json").unlink()
    with monkeypatch.context() as patched:
        patched.setattr(store.os, "link", lambda *_: (_ for _ in ()).throw(OSError("no links")))
        with pytest.raises(OSError, match="no links"):
            made = Store.__new__(Store)
            made.folder = graded.folder / "verdicts" / TINY
            made.seed  # noqa: B018
    assert not list(graded.folder.rglob("*.partial"))


def test_an_interrupted_grading_ends_at_once(fresh, tmp_path):
    hours = {"cell_seconds": 20_000, "submission_seconds": 20_000}
    (fresh.folder / "limits.json").write_text(json.dumps(hours))
    slow = "import time\ntime.sleep(10_000)\n" + RIGHT
    (fresh.folder / "submitted" / "ben" / TINY / "tiny.ipynb").write_text(notebook(slow))
    process = subprocess.Popen(
        [sys.executable, "-m", "course", "grade", TINY, "--course", ".", "--jobs", "2"],
        cwd=fresh.folder,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
        # Tests that were started in the background are deaf to it, and all that they start.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        env={**os.environ, "PYTHONPATH": str(ROOT), "THREAT_RUN": str(tmp_path)},
    )
    while not (fresh.folder / "verdicts" / TINY / "ann" / "recorded").exists():
        assert process.poll() is None, process.communicate()
        time.sleep(0.05)
    time.sleep(1)
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does
    _, said = process.communicate(timeout=600)  # far less than ben's submission would take
    assert process.returncode == 130
    assert "Interrupted; what is graded is kept; start the same command again." in said
    assert "Traceback" not in said
    assert settled(tmp_path) == []
    assert fresh.scores() == {"ann": 2}


@pytest.mark.parametrize(
    "words, told",
    [
        (("grade", TINY, "--jobs", "-1"), "--jobs"),
        (("grade", TINY, "--course", "/nope"), "/nope"),
        (("report", TINY, "--course", "/nope"), "/nope"),
        (("demo", "--assignment", "ps9", "--folder", "d"), "no assignment 'ps9' is declared"),
    ],
)
def test_a_wrong_word_is_answered_by_a_sentence(graded, words, told):
    code, said = command(graded, "course", *words)
    assert code and told in said and "Traceback" not in said


def test_a_course_that_cannot_be_written_is_told(graded):
    shutil.rmtree(graded.folder / "verdicts")
    (graded.folder / "verdicts").write_text("in the way")
    with pytest.raises(SystemExit, match="verdicts cannot be written"):
        graded.grade()


def test_a_report_on_an_assignment_that_is_not_declared(graded, capsys):
    show(graded.folder, TINY)
    said = " ".join(capsys.readouterr().out.split())
    assert "1 passed" in said and "class_tiny.html" in said.replace(" ", "")
