"""A second environment, as a student has it: NumPy, Matplotlib, Jupyter, nothing of ours."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

from filelock import FileLock

from course import ROOT

# Named in docs/students.md. Not in uv.lock, as they have no wheels for most of its Pythons.
OLDEST = "numpy==1.24.0\nmatplotlib==3.6.0\n"


def requirements() -> str:
    """Return the pins of the group `student` in uv.lock, as the text of a requirement file."""
    options = ["--frozen", "--offline", "--only-group", "student", "--no-emit-project"]
    return run(sys.executable, "-m", "uv", "export", "-q", "--project", ROOT, *options)


def python() -> Path:
    """Return the environment's Python; make it if its pins changed."""
    return _python("student-env", requirements())


def oldest() -> Path:
    """Return the Python of an environment with the oldest versions that the checks promise."""
    return _python("oldest-env", OLDEST)


def _python(name: str, pins: str) -> Path:
    folder = Path(sys.prefix) / "var" / name
    folder.mkdir(parents=True, exist_ok=True)
    wanted = "\n".join([sys.version, str(folder), pins])
    stamp, digest = folder / "stamp", hashlib.sha256(wanted.encode()).hexdigest()
    with FileLock(folder / "lock"):
        if not stamp.exists() or stamp.read_text() != digest:
            stamp.unlink(missing_ok=True)
            make(folder / "venv", pins)
            stamp.write_text(digest)
    return folder / "venv" / "bin" / "python"


def make(venv: Path, pins: str) -> None:
    """Make the environment anew."""
    base = getattr(sys, "_base_executable", sys.executable)
    run(base, "-I", "-m", "venv", "--clear", "--without-pip", venv)
    file = venv / "requirements.txt"
    file.write_text(pins)
    python = venv / "bin" / "python"
    options = ["install", "-r", file]
    if pins != OLDEST:
        options += ["--no-deps", "--require-hashes"]
    try:
        run(sys.executable, "-m", "uv", "--no-config", "pip", *options, "--python", python)
    except AssertionError:  # pip may know an index or a certificate that uv does not
        run(sys.executable, "-m", "pip", "--python", python, *options)


# What pip was set up with, under the names that uv looks for.
OF_PIP = {"PIP_CERT": "SSL_CERT_FILE", "PIP_INDEX_URL": "UV_DEFAULT_INDEX"}


def run(*command: object) -> str:
    """Run a command without the settings of this environment; fail with its last words."""
    done = subprocess.run(
        [str(each) for each in command],
        text=True,
        capture_output=True,
        env=clean_environment(),
        cwd="/",
    )
    assert done.returncode == 0, f"{command}:\n{(done.stdout + done.stderr)[-3000:]}"
    return done.stdout


def clean_environment(**more: str) -> dict[str, str]:
    """Return the environment variables of a shell in which nothing of the course is active."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("JUPYTER", "PYTHON", "IPYTHON", "NBGRADER", "VIRTUAL_ENV"))
    }
    kept = {name: kept[pips] for pips, name in OF_PIP.items() if pips in kept} | kept
    folders = [each for each in kept["PATH"].split(os.pathsep) if not each.startswith(sys.prefix)]
    return kept | {"PATH": os.pathsep.join(folders)} | more
