"""What each verb of `course.py` does, one line of control each."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]


def cores():
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):  # in a container, fewer than the machine has
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def run(*arguments, cwd=ROOT, quiet=False):
    """Run a program of the course's environment; stop with its exit code if it fails.

    Raises
    ------
    SystemExit
        With the program's last lines, if it was quiet.
    """
    path = os.pathsep.join([os.path.dirname(sys.executable), os.environ.get("PATH", "")])
    environment = {
        **os.environ,
        "PATH": path,  # nbgrader calls alembic from it
        "PYTHONUTF8": "1",  # and opens files in the encoding of the system
    }
    result = subprocess.run(
        [str(each) for each in arguments],
        cwd=cwd,
        env=environment,
        encoding="utf-8",
        errors="replace",
        stdout=subprocess.PIPE if quiet else None,
        stderr=subprocess.STDOUT if quiet else None,
    )
    if result.returncode:
        said = "\n".join(result.stdout.splitlines()[-15:]) if quiet else ""
        raise SystemExit(
            f"{said}\n{Path(arguments[0]).name} {arguments[1]} failed "
            f"(exit code {result.returncode})."
        )


def nbgrader(*arguments, cwd=ROOT):
    """Run an nbgrader command in a course directory, quietly."""
    run(sys.executable, "-m", "nbgrader", *arguments, cwd=cwd, quiet=True)


# The configuration of a course directory beside the repository: the repository's, without an
# instructor's own settings, which may name the gradebook of the real course.
CONFIG = """\
import sys
sys.path.insert(0, {root!r})
from autograder.gradebook import guard
guard.hold()
from autograder.gradebook.install import install, propose
c = get_config()
propose(c, {course!r}, course_id="initialization")
c.Exchange.root = {course!r} + "/exchange"
install(c, {course!r})
"""


def course_directory(folder):
    """Make a folder a course directory with this repository's configuration."""
    folder = Path(folder).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    text = CONFIG.format(root=str(ROOT), course=str(folder))
    (folder / "nbgrader_config.py").write_text(text, encoding="utf-8")
    (folder / "exchange").mkdir(exist_ok=True)  # nbgrader wants it there, and does not make it


def build():
    """Build every notebook and every release; print what changed."""
    from autograder import exercises
    from autograder.authoring.build import build_notebooks

    for path in build_notebooks():
        print(f"built {path.relative_to(ROOT)}")
    for assignment in exercises.ASSIGNMENTS:
        nbgrader("generate_assignment", assignment, "--force")
        print(f"released {assignment} to release/{assignment}/")
