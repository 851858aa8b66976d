"""A second environment, as a student has it: NumPy, Matplotlib, Jupyter, nothing of ours."""

import fcntl
import hashlib
import os
import subprocess
import sys
from pathlib import Path

from course import ROOT


def requirements():
    """Return the pins of the group `student` in uv.lock, as the text of a requirement file."""
    command = ["uv", "export", "--frozen", "--offline", "--project", ROOT]
    return run(sys.executable, "-m", *command, "--only-group", "student", "--no-emit-project")


def python():
    """Return the environment's Python; make it if its pins changed. It takes a minute, once."""
    folder = Path(sys.prefix) / "var" / "student-env"
    folder.mkdir(parents=True, exist_ok=True)
    wanted = "\n".join([sys.version, str(folder), requirements()])
    stamp, digest = folder / "stamp", hashlib.sha256(wanted.encode()).hexdigest()
    with open(folder / "lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not stamp.exists() or stamp.read_text() != digest:
            stamp.unlink(missing_ok=True)
            make(folder / "venv")
            stamp.write_text(digest)
    return folder / "venv" / "bin" / "python"


def make(venv):
    """Make the environment anew."""
    base = getattr(sys, "_base_executable", sys.executable)
    run(base, "-I", "-m", "venv", "--clear", venv)
    pins = venv / "requirements.txt"
    pins.write_text(requirements())
    pip = [venv / "bin" / "python", "-I", "-m", "pip", "install", "-q", "--no-input"]
    run(*pip, "--no-deps", "--require-hashes", "-r", pins)


def run(*command):
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


def clean_environment(**more):
    """Return the environment variables of a shell in which nothing of the course is active."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("JUPYTER", "PYTHON", "IPYTHON", "NBGRADER", "VIRTUAL_ENV"))
    }
    folders = [each for each in kept["PATH"].split(os.pathsep) if not each.startswith(sys.prefix)]
    return kept | {"PATH": os.pathsep.join(folders)} | more
