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

from autograder.gradebook.overview import said
from autograder.sandbox.isolation import AUTO, LANDLOCK, NAMESPACES
from course import ROOT
from course.demo import answers
from course.demo.students import filled
from tests.conftest import released
from tests.sandbox.isolations import Elsewhere, need_mode

from .declare import ASSIGNMENT, MARK
from .submissions import KINDS, everything, of_kind

# Shorter than the defaults, so that a loop without end costs a second, not half a minute.
LIMITS = {
    "cell_seconds": 1.5,
    "exercise_seconds": 1,
    "follow_through_seconds": 3,  # the answers travel, and only one waits for its end
    "submission_seconds": 60,
    "wall_factor": 6,
    "cpu_seconds": 10,  # of all exercises together: what ends a loop is the limit of its own
    "memory_bytes": 256 * 2**20,
}
HONEST = {
    f"{place}_{style}": style
    for place in ("aa", "file_of_a", "loop_x", "subclass", "zz")
    for style in answers.styles(ASSIGNMENT)
}
ALL = everything()
# A judge for so many submissions: more than cores, as many do nothing but wait for their end, and
# no more than pay for their start.
SHARE = 50
JOBS = "JOBS"  # stands for their number in a command
# What aims at the command itself, and what the isolation must hold back: of these a run that takes
# a part of the class takes more. The rest is the judge's own work, the same in each way to grade.
AIMED = ("forged", "grader_files", "pages")
AT_WALLS = ("stolen", "grader_files", "resources", "flooding", "death", "system")


def part(most, one_in, one_in_others, first=0):
    """Return one in so many of the submissions of some kinds, and of the others."""
    return tuple(
        name
        for kind in KINDS
        for place, name in enumerate(of_kind(kind), -first)
        if place % (one_in if kind in most else one_in_others) == 0
    )


GENERATED = ("autograded", "verdicts", "feedback", "gradebook.db")
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
    """A way to grade: the submissions that it gets, the isolation, who grades, the command.

    Without a command the class is judged and not recorded: that is the same in each isolation.
    `usual` names those that the usual tests take, `nightly` those that only the night's take.
    """

    names: tuple
    usual: tuple = ()
    nightly: tuple = ()
    mode: str = AUTO
    is_ordinary: bool = False
    command: tuple = ()

    def words(self, names):
        """Return the module to run for some submissions, with its arguments."""
        command = self.command or ("tests.threats.judging", ASSIGNMENT, self.mode, JOBS)
        jobs = str(1 + len(names) // SHARE)
        return [jobs if word == JOBS else word for word in command]


def whole(*taken, **how):
    """Return a way that grades all of the class in the night, and else a `part` of it."""
    taken = part(*taken)
    return Way(tuple(ALL), nightly=tuple(name for name in ALL if name not in taken), **how)


AUTOGRADE = ("nbgrader", "autograde", ASSIGNMENT)
GRADE = ("course", "grade", ASSIGNMENT, "--course", ".", "--jobs", JOBS)
# What the isolation must hold back is tried under Landlock in each run of `--all`, by one of two.
WAYS = {
    "nbgrader autograde": whole(("pages",), 1, 16, command=AUTOGRADE),  # it is serial
    "what the machine gives": Way(tuple(ALL), part(AIMED, 4, 16), command=GRADE),
    "landlock": whole(AT_WALLS, 2, 12, mode=LANDLOCK),
    "namespaces, as an ordinary user": whole(AT_WALLS, 3, 12, mode=NAMESPACES, is_ordinary=True),
    "landlock, as an ordinary user": whole(AT_WALLS, 2, 12, 1, mode=LANDLOCK, is_ordinary=True),
}


def by(way, name=None):
    """Return what parametrises a test by a way, and a submission; a way goes to one worker."""
    is_usual = WAYS[way].usual and name in (None, *WAYS[way].usual)
    marks = [] if is_usual else [pytest.mark.slow]
    marks += [pytest.mark.nightly] if name in WAYS[way].nightly else []
    values = [way] if name is None else [way, name]
    return pytest.param(*values, marks=[*marks, pytest.mark.xdist_group(f"threats {way}")])


def chosen(items, way):
    """Return the submissions of a way whose tests are run; all of them if none is by name."""
    calls = [item.callspec.params for item in items if hasattr(item, "callspec")]
    tested = {each.get("name") for each in calls if each.get("graded") == way}
    return tuple(name for name in WAYS[way].names if name in tested) or WAYS[way].names


def settled(temporary):
    """Return what still runs of a grading when its processes have had time to end."""
    marker = f"THREAT_RUN={temporary}"
    pause = 0.05
    for _ in range(30):  # a minute; others' orphans may be among them until they end
        found = running(marker)
        if not found:
            break
        time.sleep(pause)
        pause = min(1.4 * pause, 2.5)  # every look reads what all processes of the machine are
    return found


def rows_of_verdicts(course):
    """Return what the verdicts say, by student, as the gradebook would."""
    rows = {}
    for place in (course.folder / "verdicts" / ASSIGNMENT).glob("*/"):
        results = course.verdict(place.name, ASSIGNMENT).exercises.values()
        points = {
            "score": sum(each.points for each in results),
            "max_score": sum(each.max_points for each in results),
        }
        rows[place.name] = points | said(course.folder, ASSIGNMENT, place.name)
    return rows


def run(course, way, names, command, temporary, variables):
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
    rows = course.rows(ASSIGNMENT) if way.command else rows_of_verdicts(course)
    return Run(course, names, *seen, result.stdout, rows, before, after, left)


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
    """Return what gives the Run of a way to grade, each made once, or once seen to fail."""
    failed = {}

    def of(name):
        assert name not in failed, f"as before: {failed[name]}"
        try:
            return made(name)
        except Exception as error:
            failed[name] = error
            raise

    @cache
    def made(name):
        way = WAYS[name]
        need_mode(way.mode)
        course = course_with(ASSIGNMENT)
        names = chosen(request.session.items, name)
        words, variables = [sys.executable, "-m", *way.words(names)], dict(os.environ)
        temporary = tmp_path_factory.mktemp("temporary")
        if way.is_ordinary:
            if os.getuid() != 0:
                pytest.skip("an ordinary user grades in the other ways already")
            elsewhere = request.getfixturevalue("elsewhere")
            course = elsewhere.takes(course, name)
            words, variables = elsewhere.command(*words), elsewhere.variables()
            temporary = elsewhere.place / "temporary"
        submit(course, names)
        if way.is_ordinary:
            elsewhere.gives(course.folder)
        return run(course, way, names, words, temporary, variables)

    return of


@pytest.fixture(params=[by(way) for way in WAYS])
def graded(request, runs):
    """Return the Run of one way to grade."""
    return runs(request.param)
