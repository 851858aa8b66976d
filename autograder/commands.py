"""Running programs of the environment, nbgrader's commands among them."""

import os
import subprocess
import sys
from pathlib import Path


def cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):  # in a container, fewer than the machine has
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def search_path() -> str:
    """Return the PATH with the environment's programs first: nbgrader calls alembic from it."""
    return os.pathsep.join([os.path.dirname(sys.executable), os.environ.get("PATH", "")])


def call(
    *arguments: object, cwd: Path | str = ".", quiet: bool = False
) -> subprocess.CompletedProcess[str]:
    """Run a program of the course's environment; return its exit code and, if quiet, its output."""
    environment = {
        **os.environ,
        "PATH": search_path(),
        "PYTHONUTF8": "1",  # and opens files in the encoding of the system
    }
    return subprocess.run(
        [str(each) for each in arguments],
        cwd=cwd,
        env=environment,
        encoding="utf-8",
        errors="replace",
        stdout=subprocess.PIPE if quiet else None,
        stderr=subprocess.STDOUT if quiet else None,
    )


def run(*arguments: object, cwd: Path | str = ".", quiet: bool = False) -> None:
    """Run a program of the course's environment; stop with its exit code if it fails.

    Raises
    ------
    SystemExit
        With the program's last lines, if it was quiet.
    """
    result = call(*arguments, cwd=cwd, quiet=quiet)
    if result.returncode:
        said = "\n".join(result.stdout.splitlines()[-15:]) if quiet else ""
        raise SystemExit(
            f"{said}\n{Path(str(arguments[0])).name} {arguments[1]} failed "
            f"(exit code {result.returncode})."
        )


def nbgrader(*arguments: object, cwd: Path | str = ".") -> None:
    """Run an nbgrader command in a course directory, quietly."""
    run(sys.executable, "-m", "nbgrader", *arguments, cwd=cwd, quiet=True)
