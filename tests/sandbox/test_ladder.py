"""Which isolation is chosen on which machine, what is said of it, and when there is a refusal."""

import os
import subprocess
import sys
from pathlib import Path
from unittest.mock import Mock

import pytest

from autograder.sandbox import ladder
from autograder.sandbox.connection import NoSandboxError
from autograder.sandbox.isolation import LADDER, LANDLOCK, NAMESPACES
from course import ROOT
from course.demo import answers
from course.demo.students import cast, filled
from tests.conftest import released

from .isolations import Elsewhere, needed

pytestmark = [pytest.mark.system, pytest.mark.xdist_group("ladder")]

PS2 = "ps2_loss_at_init"
RESTRICTED = str(Path(__file__).parent / "restricted.py")
GRADE = ("-m", "course", "grade", PS2, "--course", ".", "--jobs", "1")
STOCK = ("-m", "nbgrader", "autograde", PS2)
HOSTILE = "import os\nos.kill(os.getppid(), 9)\n"
READS = "open('/etc/passwd').read()\n"
SOME = ("ada_a", "evelyn_b", "tony_h")  # of the demo's class


@pytest.fixture(scope="module")
def elsewhere():
    """Return where commands run as an ordinary user; only root can make that."""
    if os.getuid() != 0:
        pytest.skip("an ordinary user cannot become another")
    prefixes = {sys.base_prefix, sys.prefix, str(ROOT)}
    made = Elsewhere(Path("/tmp") / f"elsewhere-ladder-{os.getpid()}", prefixes)
    yield made
    made.close()


@pytest.fixture
def course(course_with):
    """Return a course in which a few of the demo's students and two others handed in."""
    made = course_with(PS2)
    right = answers.styles(PS2)["loops"]
    for name, (content, file) in cast(PS2, released(PS2)).items():
        if name in SOME:
            made.submit(name, PS2, content, file)
    for name, code in (("kills", HOSTILE), ("reads", READS)):
        changed = {**right, "entropy": code + right["entropy"]}
        made.submit(name, PS2, filled(released(PS2), changed))
    return made


SCORES = {"ada_a": 23, "evelyn_b": 20, "tony_h": 21, "kills": 23, "reads": 23}


def grade(course, *words, under="", **variables):
    """Run a command in a course, under restrictions; return how it ended and what it said."""
    command = [sys.executable, RESTRICTED, under] if under else []
    path = os.pathsep.join([os.path.dirname(sys.executable), os.environ["PATH"]])
    return subprocess.run(
        [*command, sys.executable, *words],
        cwd=course.folder,
        text=True,
        env={**os.environ, "PATH": path, "PYTHONPATH": str(ROOT), **variables},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )


def scores(course):
    """Return what each student got."""
    return {name: row["score"] for name, row in course.rows(PS2).items()}


def isolations(course):
    """Return what the verdicts say of the isolation."""
    return {course.verdict(name, PS2).isolation for name in SCORES}


BECAUSE = "Isolation: Landlock, seccomp, resource limits (no namespaces: bubblewrap: "


@pytest.mark.parametrize("words", [GRADE, pytest.param(STOCK, marks=pytest.mark.nightly)])
def test_in_a_container_without_rights_landlock_is_chosen_and_grades_right(course, words):
    needed("landlock")
    result = grade(course, *words, under="docker")
    assert result.returncode == 0, result.stdout
    assert BECAUSE in result.stdout
    assert "the kernel's own: the kernel refuses namespaces (unshare: Operation" in result.stdout
    assert scores(course) == SCORES
    assert isolations(course) == {"landlock"}


@pytest.mark.slow
@pytest.mark.parametrize("under", [pytest.param("ubuntu", marks=pytest.mark.nightly), "docker"])
def test_an_ordinary_user_without_namespaces_gets_landlock(course, elsewhere, under):
    needed("landlock")
    theirs = elsewhere.takes(course, f"{under}-{os.path.basename(course.folder)}")
    elsewhere.gives(theirs.folder)
    words = (sys.executable, RESTRICTED, under, sys.executable, *GRADE)
    result = elsewhere.run(*words, cwd=theirs.folder, PYTHONPATH=str(ROOT))
    assert result.returncode == 0, result.stdout
    assert BECAUSE in result.stdout
    assert scores(theirs) == SCORES
    assert isolations(theirs) == {"landlock"}


@pytest.mark.slow
def test_without_anything_both_commands_refuse_and_grade_when_told_to_all_the_same(course):
    for words in (STOCK, GRADE):
        refused = grade(course, *words, under="docker,old")
        assert refused.returncode != 0
        assert "Nothing was graded. Student code cannot be confined" in refused.stdout
        assert "Landlock: this kernel does not have it" in refused.stdout
        assert "docs/operators.md" in refused.stdout and "without" in refused.stdout
        assert course.rows(PS2) == {}
    told = grade(course, *GRADE, "--without-sandbox", under="docker,old")
    assert told.returncode == 0, told.stdout
    assert "Isolation: none." in told.stdout
    assert scores(course)["ada_a"] == 23
    assert isolations(course) == {"none"}


@pytest.mark.slow
def test_an_isolation_that_is_insisted_on_is_had_or_refused(course):
    needed("landlock")
    option = "--CourseAutograde.isolation"
    for words in ((*GRADE, "--isolation", "namespaces"), (*STOCK, f"{option}=namespaces")):
        refused = grade(course, *words, under="docker")
        assert refused.returncode != 0
        assert "with --isolation namespaces" in refused.stdout
        assert "unshare: Operation not permitted" in refused.stdout
        assert course.rows(PS2) == {}
    for words in ((*STOCK, f"{option}=landlock"), (*GRADE, "--isolation", "landlock")):
        result = grade(course, *words)
        assert result.returncode == 0, result.stdout
        assert "Isolation: Landlock, seccomp, resource limits\n" in result.stdout
    assert "5 were up to date" in result.stdout
    assert isolations(course) == {"landlock"}
    again = grade(course, *GRADE, "--isolation", "namespaces")
    assert "5 recorded, 0 were up to date" in again.stdout  # a verdict depends on its walls
    assert "landlock" not in isolations(course)
    both = grade(course, *GRADE, "--isolation", "landlock", "--without-sandbox")
    assert both.returncode != 0 and "not both" in both.stdout


def without(tmp_path, program):
    """Return a PATH that has what a start needs, but for one program."""
    for folder in ("/usr/sbin", "/usr/bin", "/sbin", "/bin"):
        for path in Path(folder).glob("*"):
            if path.name != program and not (tmp_path / path.name).is_symlink():
                (tmp_path / path.name).symlink_to(path)
    return str(tmp_path)


def test_without_bubblewrap_the_kernels_own_namespaces_are_chosen(tmp_path, monkeypatch):
    needed("namespaces (the kernel's own)")
    monkeypatch.setenv("PATH", without(tmp_path, "bwrap"))
    assert ladder.choose() == LADDER[1]
    assert ladder.choose().line() == (
        "Isolation: namespaces (the kernel's own), seccomp, resource limits"
    )


def test_a_bubblewrap_that_does_not_start_says_why(tmp_path, monkeypatch):
    fake = tmp_path / "bwrap"
    fake.write_text("#!/bin/sh\necho 'bwrap: No permissions to create a new namespace' >&2\nexit 1")
    fake.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    with pytest.raises(NoSandboxError, match="No permissions to create a new namespace"):
        ladder.probe(LADDER[0])


def test_a_wall_that_does_not_hold_is_no_wall(monkeypatch, tmp_path):
    isolation = needed("landlock")
    (tmp_path / "open").write_text("x")
    monkeypatch.setattr(ladder, "closed", lambda: [os.__file__])  # which every worker reads
    with pytest.raises(NoSandboxError, match=r"os.py can be read"):
        ladder.probe(isolation)


def test_why_stands_in_the_line_only_where_something_stronger_was_missing(monkeypatch):
    def probed(isolation):
        if isolation.mode != LANDLOCK:
            raise NoSandboxError("no")
        return Mock()

    monkeypatch.setattr(ladder, "probed", probed)
    assert ladder.choose().line().endswith("(no namespaces: bubblewrap: no; the kernel's own: no)")
    assert ladder.choose(LANDLOCK).line() == "Isolation: Landlock, seccomp, resource limits"
    with pytest.raises(
        NoSandboxError, match="with --isolation namespaces. bubblewrap: no; the kernel"
    ):
        ladder.choose(NAMESPACES)


@pytest.mark.parametrize("platform", ["darwin", "win32"])
def test_other_systems_are_told_what_to_do_in_a_sentence(platform, monkeypatch):
    monkeypatch.setattr(sys, "platform", platform)
    for wanted in ("auto", "none", LANDLOCK):
        with pytest.raises(
            NoSandboxError, match=r"needs Linux.*WSL 2.*container; docs/operators.md"
        ):
            ladder.choose(wanted)


HIDDEN = """
import ctypes, os, sys
for name in ("resource", "fcntl", "pwd", "grp", "termios"):
    sys.modules[name] = None
del os.fork
library = ctypes.CDLL
def refuse(name, *a, **k):
    if name is None:
        raise TypeError("no library without a name")
    return library(name, *a, **k)
ctypes.CDLL = refuse
import autograder.sandbox.sandbox, autograder.judge.process, autograder.judge.grade
import autograder.sandbox.ladder, autograder.sandbox.limits, autograder.judge.verdict
"""


def test_what_only_linux_has_is_imported_where_only_linux_comes_by():
    subprocess.run([sys.executable, "-c", HIDDEN], cwd=ROOT, check=True)


# The fork server's start where a library is missing; its package has other names than here.
MISSING = """
import sys
from autograder import worker
from autograder import checks
sys.modules["worker"], sys.modules["checks"] = worker, checks
from worker import fork_server, kernel, syscalls
def common():
    raise {error}
syscalls.common = common
try:
    fork_server._walls({{"mode": "landlock"}})
except kernel.UnavailableError as error:
    print(error)
"""


@pytest.mark.parametrize(
    "error, told",
    [
        ("RuntimeError('Unable to find libseccomp')", "apt-get install libseccomp2"),
        ("ImportError('pyseccomp')", "pyseccomp is missing"),
    ],
)
def test_a_missing_library_is_told_with_its_remedy(error, told):
    code = MISSING.format(error=error)
    result = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert told in result.stdout


ALONE = """
import sys
from autograder import worker
from autograder import checks
sys.modules["worker"], sys.modules["checks"] = worker, checks
from worker import kernel, namespaces, rights
rights.own_user = lambda: {user}
def unshare_user():
    raise {error}
kernel.unshare_user = unshare_user
print(namespaces.Namespaces([]).are_apart())
"""


@pytest.mark.parametrize(
    "user, error, apart",
    [(0, "OSError", "False"), (4321, "OSError", "True"), (0, "SystemExit", "False")],
)
def test_workers_run_beside_each_other_only_with_threads_of_their_own(user, error, apart):
    code = ALONE.format(user=user, error=error)
    result = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert result.stdout.split() == [apart]
