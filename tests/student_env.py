"""A second environment, as a student has it: NumPy, Matplotlib, Jupyter, nothing of ours."""

import fcntl
import hashlib
import os
import subprocess
import sys
from pathlib import Path

from autograder.commands import ROOT

PACKAGES = ("numpy", "matplotlib", "jupyterlab", "notebook")


def pins():
    """Return the lines of requirements.txt that a student's environment is made from."""
    lines = (ROOT / "requirements.txt").read_text().splitlines()
    return [line.split("#")[0].strip() for line in lines if line.startswith(PACKAGES)]


def python():
    """Return the environment's Python; make it if its pins changed. It takes a minute, once."""
    folder = Path(sys.prefix) / "var" / "student-env"
    folder.mkdir(parents=True, exist_ok=True)
    wanted = "\n".join([sys.version, str(folder), *pins(), (ROOT / "constraints.txt").read_text()])
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
    run(
        venv / "bin" / "python",
        "-I",
        "-m",
        "pip",
        "install",
        "-q",
        "--no-input",
        "-c",
        ROOT / "constraints.txt",
        *pins(),
    )


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
