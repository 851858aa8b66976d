"""One class of hostile, broken and honest submissions, graded by both of the course's ways."""

import hashlib
import json
import os
import sqlite3
import subprocess
import sys
import time
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pytest

from course import ROOT
from course.demo import answers
from course.demo.students import filled
from tests.conftest import released

from .declare import ASSIGNMENT, MARK
from .submissions import KINDS, everything, of_kind

# Shorter than the defaults, so that a loop without end costs seconds, not half a minute.
LIMITS = {
    "cell_seconds": 2.5,
    "exercise_seconds": 2.5,
    "hearing_seconds": 2.5,
    "submission_seconds": 30,
    "cpu_seconds": 20,
    "memory_bytes": 256 * 2**20,
}
HONEST = {
    f"{place}_{style}": style
    for place in ("aa", "file_of_a", "loop_x", "subclass", "zz")
    for style in answers.styles(ASSIGNMENT)
}
ALL = everything()
# nbgrader's own command is serial: it gets what aims at it, and a third of the rest.
AIMED = ("weakened", "forged", "grader_files", "pages")
SOME = [
    name
    for kind in KINDS
    for place, name in enumerate(of_kind(kind))
    if kind in AIMED or place % 3 == 0
]
GENERATED = ("autograded", "rebuilt", "verdicts", "feedback", "gradebook.db")
KEYS = (*range(0x7468720, 0x7468740), 0x746872)  # of shared memory that attacks ask for
TABLES = ("assignment", "notebook", "base_cell", "grade_cells", "solution_cells", "source_cells")


@dataclass
class Run:
    """What came of grading the class in one way."""

    course: object
    names: list
    log: str
    rows: dict
    before: dict
    after: dict
    left: list = field(default_factory=list)  # files and processes


def tree(folder):
    """Return type, mode, size and content of everything in a course but what grading makes."""
    found, waiting = {}, [str(folder)]
    while waiting:
        with os.scandir(waiting.pop()) as entries:
            for entry in entries:
                name = os.path.relpath(entry.path, folder)
                if name in GENERATED or len(entry.path) > 3000:
                    continue
                about = entry.stat(follow_symlinks=False)
                content = ""
                if entry.is_symlink():
                    content = os.readlink(entry.path)
                elif entry.is_file() and about.st_size < 2**28:
                    content = hashlib.sha256(Path(entry.path).read_bytes()).hexdigest()
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(entry.path)
                found[name] = about.st_mode, about.st_size, about.st_mtime_ns, content
    return found


def gradebook_tables(course):
    """Return what no submission may change in the gradebook."""
    with sqlite3.connect(course.folder / "gradebook.db") as book:
        names = {row[0] for row in book.execute("select name from sqlite_master")}
        return {
            name: sorted(map(repr, book.execute(f"select * from {name}")))
            for name in TABLES
            if name in names
        }


def running(marker):
    """Return processes that belong to a run: by its mark in their environment, or orphans."""
    found = []
    for place in Path("/proc").glob("[0-9]*"):
        try:
            command = (place / "cmdline").read_bytes().replace(b"\0", b" ").decode()
            parent = (place / "stat").read_text().rsplit(")", 1)[1].split()[1]
            marked = marker.encode() in (place / "environ").read_bytes()
        except OSError:
            continue
        if marked or ("worker.zygote" in command and parent == "1"):
            found.append(f"process {place.name}: {command}")
    return found


def settled(temporary):
    """Return what still runs of a grading when its processes have had time to end."""
    marker = f"THREAT_RUN={temporary}"
    for _ in range(1200):  # a minute; others' orphans may be among them until they end
        found = running(marker)
        if not found:
            break
        time.sleep(0.05)
    return found


def left_behind(temporary):
    """Return files and shared memory that must not be there."""
    found = [
        str(path)
        for place in ("/tmp", "/dev/shm", "/var/tmp", "/run", str(ROOT))
        for path in Path(place).glob(f"*{MARK}*")
    ]
    found += [str(path) for path in temporary.iterdir()]
    for kind in ("shm", "sem", "msg"):
        path = Path("/proc/sysvipc") / kind
        lines = path.read_text().splitlines()[1:] if path.exists() else []
        found += [f"{kind} {line}" for line in lines if int(line.split()[0]) in KEYS]
    return found


def submit(course, names):
    """Hand in the hostile and broken submissions, honest ones among them."""
    handed = released(ASSIGNMENT)
    (course.folder / "limits.json").write_text(json.dumps(LIMITS))
    course.submit("alice", ASSIGNMENT, filled(handed, answers.styles(ASSIGNMENT)["loops"]))
    for name in names:
        ALL[name].write(course.folder / "submitted" / name / ASSIGNMENT, handed)
    for student, style in HONEST.items():
        course.submit(student, ASSIGNMENT, filled(handed, answers.styles(ASSIGNMENT)[style]))


def run(course, names, command, temporary):
    """Grade the class with a command and look at what it left."""
    submit(course, names)
    before = {"files": tree(course.folder), "tables": gradebook_tables(course)}
    environment = {
        **os.environ,
        "TMPDIR": str(temporary),
        "THREAT_RUN": str(temporary),
        "PATH": os.pathsep.join([os.path.dirname(sys.executable), os.environ["PATH"]]),
    }
    result = subprocess.run(
        [sys.executable, "-m", *command],
        cwd=course.folder,
        text=True,
        env={**environment, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    assert result.returncode == 0, result.stdout[-3000:]
    left = settled(temporary) + left_behind(temporary)
    after = {"files": tree(course.folder), "tables": gradebook_tables(course)}
    # pytest could not remove the folder that is too deep.
    subprocess.run(["rm", "-rf", course.folder / "submitted" / "folders_too_deep"], check=True)
    return Run(course, names, result.stdout, course.rows(ASSIGNMENT), before, after, left)


WAYS = {
    "nbgrader autograde": ["nbgrader", "autograde", ASSIGNMENT],
    "course.py grade": ["autograder", "grade", ASSIGNMENT, "--course", "."],
}


@pytest.fixture(scope="session")
def runs(course_with, tmp_path_factory):
    """Return what gives the Run of a way to grade, each made once."""

    @cache
    def of(way):
        names = list(ALL) if way == "course.py grade" else SOME
        return run(course_with(ASSIGNMENT), names, WAYS[way], tmp_path_factory.mktemp("temporary"))

    return of


@pytest.fixture(params=WAYS)
def graded(request, runs):
    """Return the Run of one of the two ways to grade."""
    return runs(request.param)
