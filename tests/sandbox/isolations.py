"""The kinds of isolation that this machine gives, for tests that run in each of them."""

import os
import shutil
import subprocess
from dataclasses import replace
from functools import cache, cached_property
from pathlib import Path

import pytest

from autograder.sandbox.connection import NoSandboxError
from autograder.sandbox.isolation import AUTO, LADDER, LANDLOCK, Isolation
from autograder.sandbox.ladder import probe
from autograder.sandbox.limits import Limits
from autograder.sandbox.sandbox import Sandbox
from course.directory import course_directory
from tests.conftest import Course

KINDS = {isolation.name(): isolation for isolation in LADDER}


@cache
def missing(name: str) -> str:
    """Return why an isolation is not available here; empty if it is."""
    try:
        probe(KINDS[name])
    except NoSandboxError as error:
        return str(error)
    return ""


def needed(name: str) -> Isolation:
    """Return an isolation; skip the test where there is none, unless all are asked for."""
    why = missing(name)
    if why and "CI" not in os.environ:
        pytest.skip(f"{name} is not available on this machine: {why}")
    assert not why, why
    return KINDS[name]


def need_mode(mode: str) -> None:
    """Skip the test where there is no isolation of a mode, unless all are asked for."""
    names = [name for name, isolation in KINDS.items() if mode in (AUTO, isolation.mode)]
    if all(missing(name) for name in names):
        needed(names[0])


class InSandbox:
    """Runs cells in workers of a sandbox."""

    def __init__(self, isolation: Isolation):
        self.sandbox = Sandbox(isolation)

    @property
    def is_landlock(self) -> bool:
        return self.sandbox.isolation.mode == LANDLOCK

    @cached_property
    def drops(self) -> bool:
        """Tell whether a worker becomes a user of its own."""
        return int(self.message("import os; print(os.getuid())")) not in (0, os.getuid())

    @property
    def counts_threads(self) -> bool:
        """Tell whether the kernel counts a worker's threads apart from others."""
        return self.drops or not self.is_landlock

    def run(self, source, seconds=60, **limits):
        """Run a cell in a new worker with given limits; return the message about it."""
        worker = self.sandbox.worker(replace(Limits(), **limits))
        try:
            worker.ask({"do": "files", "files": {}}, 60)
            return worker.ask({"do": "cell", "source": source, "pictures": False}, seconds)
        finally:
            worker.close()

    def message(self, source, **limits):
        """Run a cell; return what it printed, and what it raised."""
        return text(self.run(source, **limits))


def text(message):
    """Return what a cell printed, and what it raised."""
    return "".join(each.get("text", "") + each.get("evalue", "") for each in message["outputs"])


# What only root can set up: that a command runs where the home of root, in which Python may lie,
# can be entered by everybody, and that it runs as a user without rights. In a mount namespace.
SCRIPT = """
set -e
place=$1 user=$2 prefixes=$3
shift 3
for prefix in $prefixes; do
    mkdir -p $place/python$prefix
    mount --rbind $prefix $place/python$prefix
done
if [ "$(stat -c %a /root)" = 700 ]; then mount -t tmpfs -o mode=755 none /root; fi
for prefix in $prefixes; do
    if [ ! -d $prefix ]; then mkdir -p $prefix; mount --rbind $place/python$prefix $prefix; fi
done
if [ $user = 0 ]; then exec "$@"; fi
exec setpriv --reuid=$user --regid=$user --clear-groups --inh-caps=-all --bounding-set=-all "$@"
"""
ORDINARY = 54321  # nobody's number


class Elsewhere:
    """A place in which commands run as another user, or as root whose home is open.

    Parameters
    ----------
    prefixes : set of str
        Where Python lies.
    """

    def __init__(self, place: Path, prefixes: set[str]):
        self.place, self.prefixes = place, prefixes
        for name in ("home", "temporary"):
            (place / name).mkdir(parents=True)
            os.chown(place / name, ORDINARY, ORDINARY)
        os.chmod(place, 0o755)

    def command(self, *words: str, user: int = ORDINARY) -> list[str]:
        """Return the command that runs another one there."""
        start = ["unshare", "--mount", "sh", "-c", SCRIPT, "sh", str(self.place), str(user)]
        return [*start, " ".join(sorted(self.prefixes)), *words]

    def variables(self, **more: str) -> dict[str, str]:
        """Return the environment of such a command."""
        own = {"HOME": str(self.place / "home"), "TMPDIR": str(self.place / "temporary")}
        return {**os.environ, **own, "PYTHONDONTWRITEBYTECODE": "1", **more}

    def takes(self, course: Course, name: str) -> Course:
        """Return a copy of a course that lies there."""
        folder = self.place / "home" / name.replace(" ", "_").replace(",", "")
        shutil.copytree(course.folder, folder)
        course_directory(folder)
        return Course(folder)

    def gives(self, folder: Path) -> None:
        """Make a folder, with all that is in it, the ordinary user's own."""
        owner = f"{ORDINARY}:{ORDINARY}"
        subprocess.run(["chown", "-R", "-h", owner, str(folder)], check=True)

    def run(self, *words: str, user: int = ORDINARY, cwd: Path, **more: str):
        """Run a command there; return how it ended and all that it said."""
        return subprocess.run(
            self.command(*words, user=user),
            cwd=cwd,
            env=self.variables(**more),
            text=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )

    def close(self) -> None:
        """Remove it, also what lies too deep for Python."""
        subprocess.run(["rm", "-rf", str(self.place)], check=True)
