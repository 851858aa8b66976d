"""One class of hostile, broken and honest submissions, graded in each way and each isolation."""

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

from autograder.sandbox.isolation import AUTO, LANDLOCK
from course import ROOT
from course.demo import answers
from course.demo.students import filled
from tests.conftest import released
from tests.sandbox.isolations import Elsewhere, need_mode

from .declare import ASSIGNMENT, MARK
from .submissions import KINDS, everything, of_kind

# Shorter than the defaults, so that a loop without end costs seconds, not half a minute.
# Of the processor there is as little on a machine that is busy; wall time is for what sleeps.
LIMITS = {
    "cell_seconds": 6,
    "exercise_seconds": 6,
    "follow_through_seconds": 20,  # the answers travel, and only one waits for its end
    "submission_seconds": 120,
    "wall_factor": 2,
    "cpu_seconds": 3,
    "memory_bytes": 256 * 2**20,
}
HONEST = {
    f"{place}_{style}": style
    for place in ("aa", "file_of_a", "loop_x", "subclass", "zz")
    for style in answers.styles(ASSIGNMENT)
}
ALL = everything()
# nbgrader's own command is serial: it gets what aims at it, and a sixth of the rest.
AIMED = ("forged", "grader_files", "pages")


def of_kinds(aimed, every):
    """Return the submissions of some kinds, and each so-manieth of the others."""
    return tuple(
        name
        for kind in KINDS
        for place, name in enumerate(of_kind(kind))
        if kind in aimed or place % every == 0
    )


# What the isolation must hold back; the rest is the judge's own work, the same in each of them.
AT_WALLS = ("stolen", "grader_files", "resources", "flooding", "death", "system")
GENERATED = ("autograded", "rebuilt", "verdicts", "feedback", "gradebook.db")
KEYS = (*range(0x7468720, 0x7468740), 0x746872)  # of shared memory that attacks ask for
TABLES = ("assignment", "notebook", "base_cell", "grade_cells", "solution_cells", "source_cells")


@dataclass
class Run:
    """What came of grading the class in one way."""

    course: object
    names: list
    is_landlock: bool
    is_root: bool
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
        if marked or ("fork_server" in command and parent == "1"):
            found.append(f"process {place.name}: {command}")
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


@dataclass(frozen=True)
class Way:
    """A way to grade: the command, the submissions that it gets, who grades."""

    command: tuple
    names: tuple
    is_ordinary: bool = False


GRADE = ("course", "grade", ASSIGNMENT, "--course", ".")
IN_NAMESPACES = (*GRADE, "--isolation", "namespaces")
IN_LANDLOCK = (*GRADE, "--isolation", "landlock")
WAYS = {
    "nbgrader autograde": Way(("nbgrader", "autograde", ASSIGNMENT), of_kinds(AIMED, 6)),
    "what the machine gives": Way(GRADE, tuple(ALL)),
    "landlock": Way(IN_LANDLOCK, of_kinds(AT_WALLS, 6)),
    "namespaces, as an ordinary user": Way(IN_NAMESPACES, of_kinds(AT_WALLS, 6), True),
    "landlock, as an ordinary user": Way(IN_LANDLOCK, tuple(ALL), True),
}
ALWAYS = ("what the machine gives",)  # the other ways are gone in `--all` only


def by(way, *values):
    """Return what parametrises a test by a way; each way's tests go to one worker."""
    slow = () if way in ALWAYS else (pytest.mark.slow,)
    return pytest.param(way, *values, marks=[*slow, pytest.mark.xdist_group(f"threats {way}")])


def settled(temporary):
    """Return what still runs of a grading when its processes have had time to end."""
    marker = f"THREAT_RUN={temporary}"
    for _ in range(1200):  # a minute; others' orphans may be among them until they end
        found = running(marker)
        if not found:
            break
        time.sleep(0.05)
    return found


def run(course, way, command, temporary, variables):
    """Grade the class and look at what that left."""
    before = {"files": tree(course.folder), "tables": gradebook_tables(course)}
    environment = {
        "PATH": os.pathsep.join([os.path.dirname(sys.executable), os.environ["PATH"]]),
        "PYTHONPATH": str(ROOT),
        "TMPDIR": str(temporary),
        "THREAT_RUN": str(temporary),
    }
    result = subprocess.run(
        command,
        cwd=course.folder,
        text=True,
        env={**variables, **environment},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    assert result.returncode == 0, result.stdout[-3000:]
    left = settled(temporary) + left_behind(temporary)
    after = {"files": tree(course.folder), "tables": gradebook_tables(course)}
    # pytest could not remove the folder that is too deep.
    subprocess.run(["rm", "-rf", course.folder / "submitted" / "folders_too_deep"], check=True)
    isolation = course.verdict("alice", ASSIGNMENT).isolation
    seen = (isolation == LANDLOCK, os.getuid() == 0 and not way.is_ordinary)
    rows = course.rows(ASSIGNMENT)
    return Run(course, way.names, *seen, result.stdout, rows, before, after, left)


@pytest.fixture(scope="session")
def elsewhere():
    """Return where an ordinary user grades; only root can make that."""
    made = Elsewhere(
        Path("/tmp") / f"elsewhere-threats-{os.getpid()}",
        {sys.base_prefix, sys.prefix, str(ROOT)},
    )
    yield made
    made.close()


@pytest.fixture(scope="session")
def runs(course_with, tmp_path_factory, request):
    """Return what gives the Run of a way to grade, each made once."""

    @cache
    def of(name):
        way = WAYS[name]
        need_mode(way.command[-1] if "--isolation" in way.command else AUTO)
        course = course_with(ASSIGNMENT)
        words, variables = [sys.executable, "-m", *way.command], dict(os.environ)
        temporary = tmp_path_factory.mktemp("temporary")
        if way.is_ordinary:
            if os.getuid() != 0:
                pytest.skip("an ordinary user grades in the other ways already")
            elsewhere = request.getfixturevalue("elsewhere")
            course = elsewhere.takes(course, name)
            words, variables = elsewhere.command(*words), elsewhere.variables()
            temporary = elsewhere.place / "temporary"
        submit(course, way.names)
        if way.is_ordinary:
            elsewhere.gives(course.folder)
        return run(course, way, words, temporary, variables)

    return of


@pytest.fixture(params=[by(way) for way in WAYS])
def graded(request, runs):
    """Return the Run of one way to grade."""
    return runs(request.param)
