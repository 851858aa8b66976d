"""What students and authors do works on Windows and macOS; grading there says what to do.

These tests run on Linux. From the project's modules, and from them only, they hide what is
missing there; see `elsewhere/sitecustomize.py`. Paths with backslashes cannot be tried so.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from autograder import platforms
from course import ROOT
from course.demo import answers
from course.demo.students import filled
from course.directory import course_directory
from tests.conftest import released

pytestmark = pytest.mark.system

ELSEWHERE = Path(__file__).with_name("elsewhere")
PS2 = "ps2_loss_at_init"
NOTEBOOK = "loss_at_init.ipynb"
SYSTEMS = ("win32", pytest.param("darwin", marks=pytest.mark.nightly))  # the lesser difference


def environment(system):
    """Return the environment of a process on another system."""
    return {
        **os.environ,
        "ELSEWHERE": system,
        "PATH": os.pathsep.join([os.path.dirname(sys.executable), os.environ["PATH"]]),
        "PYTHONPATH": os.pathsep.join([str(ELSEWHERE), str(ROOT)]),
        "PYTHONWARNDEFAULTENCODING": "1",
        "PYTHONIOENCODING": "cp1252" if system == "win32" else "utf-8",
    }


def run(system, *arguments, cwd=ROOT, code=0):
    """Run a Python on another system; return what it said."""
    done = subprocess.run(
        [sys.executable, *map(str, arguments)],
        cwd=cwd,
        capture_output=True,
        env=environment(system),
    )
    said = done.stdout.decode(errors="replace") + done.stderr.decode(errors="replace")
    assert done.returncode == code, said[-3000:]
    return said


@pytest.fixture(scope="module", params=SYSTEMS)
def system(request):
    """Return the name of another system, as `sys.platform` has it."""
    return request.param


@pytest.fixture(scope="module")
def course(system, tmp_path_factory):
    """Return a course directory in which an assignment was generated on another system."""
    folder = tmp_path_factory.mktemp(system)
    course_directory(folder)
    (folder / "source" / PS2).mkdir(parents=True)
    shutil.copy(ROOT / "source" / PS2 / NOTEBOOK, folder / "source" / PS2)
    run(system, "-m", "nbgrader", "generate_assignment", PS2, cwd=folder)
    return folder


HIDDEN = """
import os, sys, ctypes
exec(compile('''
import sys, os
assert sys.platform == "win32" and os.name == "nt" and not hasattr(os, "fork"), sys.platform
for name in ("resource", "fcntl", "pwd", "pyseccomp"):
    try:
        __import__(name, globals())
    except ImportError:
        pass
    else:
        raise AssertionError(name)
import ctypes
try:
    ctypes.CDLL(None)
except TypeError:
    pass
else:
    raise AssertionError("CDLL")
''', "autograder.probe", "exec"), {"__name__": "autograder.probe"})
assert sys.platform == "linux" and hasattr(os, "fork") and ctypes.CDLL(None)
"""


def test_the_project_is_deceived_and_nobody_else():
    run("win32", "-c", HIDDEN)


def test_an_open_without_encoding_is_found():
    source = "exec(compile('open(__import__(\"os\").devnull)', 'x', 'exec'), {'__name__': 'NAME'})"
    run("win32", "-c", source.replace("NAME", "somebody.elses"))
    said = run("win32", "-c", source.replace("NAME", "autograder.probe"), code=1)
    assert "EncodingWarning" in said


def test_notebooks_are_built_and_brought_back(system):
    for module in ("autograder.authoring.build", "course.figures.interaction"):
        run(system, "-c", f"import {module}")
    build = "from autograder.authoring import build; assert build.build_notebooks() == []"
    run(system, "-c", build)


def test_the_checks_of_a_generated_assignment_run(system, course):
    folder = course / "release" / PS2
    right = filled(released(PS2), answers.styles(PS2)["vectorised"])
    notebook = nbformat.from_dict(right)
    NotebookClient(notebook, resources={"metadata": {"path": str(folder)}}).execute(
        env=environment(system)
    )
    shown = json.dumps(notebook)
    assert "EncodingWarning" not in shown
    assert shown.count("passed") >= 10


def test_a_gradebook_made_elsewhere_is_reported(system, course):
    add = (
        "import sys\nfrom nbgrader.api import Gradebook\n"
        "with Gradebook('sqlite:///gradebook.db') as book:\n"
        f"    book.add_student('ann')\n    book.add_submission('{PS2}', 'ann')\n"
    )
    run(system, "-c", add, cwd=course)
    said = run(system, "-m", "course", "report", PS2, "--course", course)
    assert "ann" in said
    assert (course / f"class_{PS2}.html").exists()


def test_published_figures_are_reproduced(system):
    part = (
        "from course.reproduce import loss_at_init, show\n"
        "show.collect = lambda *_: loss_at_init.figures()\n"
        "raise SystemExit(show.show())"
    )
    assert "agrees" in run(system, "-c", part)


@pytest.mark.parametrize("verb", [("grade", PS2), ("demo",)])
def test_a_verb_that_grades_says_what_to_do_in_a_sentence(system, verb):
    gradebook = ROOT / "demo-class" / "gradebook.db"  # there, if the demo was run before
    before = gradebook.stat().st_mtime_ns if gradebook.exists() else None
    said = run(system, "-m", "course", *verb, code=2)
    assert said.strip() == f"Nothing was graded. {platforms.ELSEWHERE}."
    assert (gradebook.stat().st_mtime_ns if gradebook.exists() else None) == before


@pytest.mark.slow
def test_nbgrader_autograde_says_it_too(system, course):
    said = run(system, "-m", "nbgrader", "autograde", PS2, cwd=course, code=1)
    assert platforms.ELSEWHERE in said
    assert "Traceback" not in said
    assert not (course / "verdicts").exists()
