"""Grading that is killed at any moment goes on, and ends as if nothing had happened.

A class of forty, a small assignment with tests written by hand. Twelve times, at moments that a
seed decides, something is killed: the grading process, a judge, a sandbox.
"""

import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import nbformat
import pytest

from autograder import commands
from course import ROOT
from course.directory import course_directory
from tests.conftest import Course

from .conftest import settled

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("killed")]

TINY = "tiny"
KILLS = 12
SEED = 20_261_122
STUDENTS = [f"s{number:02}" for number in range(40)]
ANSWERS = (
    "def double(x):\n    return 2 * x",
    "def double(x):\n    return x ** 2",
    "def double(x):\n    import os\n    os._exit(1)",
    "def double(x):\n    return [x, x]",
    "def double(x)\n    return 2 * x",
)
WAYS = (
    ["course", "grade", TINY, "--course", ".", "--jobs", "2"],
    ["nbgrader", "autograde", TINY],
)


def cell(source, grade_id, **metadata):
    """Return a cell of the assignment."""
    own = {
        "schema_version": 3,
        "grade_id": grade_id,
        "locked": "points" in metadata,
        "grade": "points" in metadata,
        "solution": "points" not in metadata,
        "task": False,
    }
    made = nbformat.v4.new_code_cell(source, id=grade_id)
    made.metadata["nbgrader"] = own | metadata
    return made


SOURCE = nbformat.v4.new_notebook(
    cells=[
        cell(
            "def double(x):\n    ### BEGIN SOLUTION\n    return 2 * x\n    ### END SOLUTION",
            "double",
        ),
        cell(
            "assert double(2) == 4\n### BEGIN HIDDEN TESTS\nassert double(3) == 6\n"
            "### END HIDDEN TESTS",
            "test_double",
            points=2,
        ),
    ]
)


def class_of_forty(folder):
    """Make the course with what the class handed in, and the seed of its grading."""
    course_directory(folder)
    (folder / "source" / TINY).mkdir(parents=True)
    nbformat.write(SOURCE, folder / "source" / TINY / "tiny.ipynb")
    commands.nbgrader("generate_assignment", TINY, cwd=folder)
    for number, student in enumerate(STUDENTS):
        handed = nbformat.from_dict(SOURCE)
        handed.cells[0].source = ANSWERS[number % len(ANSWERS)]
        place = folder / "submitted" / student / TINY
        place.mkdir(parents=True)
        (place / "tiny.ipynb").write_text(json.dumps(handed))
    (folder / "verdicts" / TINY).mkdir(parents=True)
    (folder / "verdicts" / TINY / "seed.json").write_text('{"seed": 1}')


def start(folder, way, temporary):
    """Start a grading in the course."""
    path = os.pathsep.join([os.path.dirname(sys.executable), os.environ["PATH"]])
    return subprocess.Popen(
        [sys.executable, "-m", *way],
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={
            **os.environ,
            "PATH": path,
            "PYTHONPATH": str(ROOT),
            "TMPDIR": str(temporary),
            "THREAT_RUN": str(temporary),
        },
    )


def descendants(pid, word):
    """Return the processes below one whose command holds a word."""
    listed = subprocess.run(["ps", "-wweo", "pid=,ppid=,args="], capture_output=True, text=True)
    lines = [line.split(None, 2) for line in listed.stdout.splitlines()]
    below = {str(pid)}
    for _ in range(6):
        below |= {child for child, parent, *_ in lines if parent in below}
    return [
        int(child)
        for child, _, *words in lines
        if child in below and word in " ".join(words) and child != str(pid)
    ]


def progress(folder):
    """Return how many verdicts are recorded or written."""
    verdicts = folder / "verdicts" / TINY
    return len(list(verdicts.glob("*/recorded"))) + len(list(verdicts.glob("*/tiny.json")))


def kill_at_random(process, folder, rng):
    """Wait for a random moment, then kill something; return whether something was killed."""
    wanted = progress(folder) + rng.choice([0, 0, 1, 2, 3, 5])
    give_up = time.monotonic() + rng.uniform(1, 3)
    while progress(folder) < wanted and process.poll() is None and time.monotonic() < give_up:
        time.sleep(0.002)
    time.sleep(rng.uniform(0, 0.15))
    what = rng.choice(["grading", "judge.serve", "judge.serve", "fork_server"])
    found = [process.pid] if what == "grading" else descendants(process.pid, what)
    if not found or process.poll() is not None:
        return False
    try:
        os.kill(rng.choice(found), signal.SIGKILL)
    except ProcessLookupError:  # it ended by itself meanwhile
        return False
    return True


def disturb(folder, temporary):
    """Grade the class, killed again and again; return how often, and what was left running."""
    rng, kills, left = random.Random(SEED), 0, []
    while kills < KILLS:
        if progress(folder) == 2 * len(STUDENTS):  # it was faster than we: once more
            shutil.rmtree(folder / "autograded")
            for path in (folder / "verdicts" / TINY).glob("*/*"):
                path.unlink()
        process = start(folder, rng.choice(WAYS), temporary)
        while process.poll() is None and kills < KILLS:
            kills += kill_at_random(process, folder, rng)
        process.kill()
        process.wait()
        left += settled(temporary)
    return kills, left


def content(folder):
    """Return everything that a grading has made: gradebook, verdicts, notebooks."""
    with sqlite3.connect(folder / "gradebook.db") as book:
        grades = book.execute(
            "select student.id, base_cell.name, auto_score, manual_score, needs_manual_grade "
            "from grade join submitted_notebook on grade.notebook_id = submitted_notebook.id "
            "join submitted_assignment on submitted_notebook.assignment_id = "
            "submitted_assignment.id join student on submitted_assignment.student_id = student.id "
            "join base_cell on grade.cell_id = base_cell.id"
        ).fetchall()
        comments = book.execute("select auto_comment, manual_comment from comment").fetchall()
        assert book.execute("pragma integrity_check").fetchone() == ("ok",)
    files = {
        str(path.relative_to(folder)): path.read_bytes()
        for place in ("verdicts", "autograded")
        for path in sorted((folder / place).rglob("*"))
        if path.is_file()
    }
    return {"grades": sorted(map(repr, grades)), "comments": sorted(map(repr, comments)), **files}


@pytest.fixture(scope="module")
def both(tmp_path_factory):
    """Return what an undisturbed and a killed grading have made, and what ran on."""
    calm, killed = (tmp_path_factory.mktemp(name) for name in ("calm", "killed"))
    temporary = tmp_path_factory.mktemp("temporary")
    class_of_forty(calm)
    shutil.copytree(calm, killed, dirs_exist_ok=True)
    course_directory(killed)
    assert start(calm, WAYS[0], temporary).wait() == 0
    kills, left = disturb(killed, temporary)
    assert start(killed, WAYS[1], temporary).wait() == 0
    left += settled(temporary) + [str(path) for path in temporary.iterdir()]
    return {"calm": calm, "killed": killed, "kills": kills, "left": left}


def test_it_was_killed_often(both):
    assert both["kills"] == KILLS


def test_the_end_is_that_of_an_undisturbed_run(both):
    calm, killed = content(both["calm"]), content(both["killed"])
    assert calm.keys() == killed.keys()
    assert [name for name in calm if calm[name] != killed[name]] == []
    assert len(calm["grades"]) == len(STUDENTS)


def test_no_student_is_skipped(both):
    rows = Course(both["killed"]).rows(TINY)
    assert list(rows) == STUDENTS
    assert [row["score"] for row in rows.values()] == [2, 0, 0, 0, 0] * 8
    assert {row["states"]["double"] for row in rows.values()} == {"passed", "failed", "crashed"}


def test_nothing_half_written_is_left(both):
    names = [path.name for path in Path(both["killed"]).rglob("*")]
    assert not [name for name in names if "partial" in name or "journal" in name]
    for path in both["killed"].glob(f"verdicts/{TINY}/*/tiny.json"):
        assert json.loads(path.read_text())["exercises"]["test_double"]["state"]


def test_nothing_runs_on(both):
    assert both["left"] == []
