"""A rule that a course brings along judges in the student's notebook and in a grading."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from autograder.authoring.rule_modules import released_rules
from autograder.judge.verdict import Verdict
from autograder.model import Assignment

from . import homework

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("foreign course")]

NAME, NOTEBOOK = "ps1_numbers", "numbers.ipynb"
# How a course says that it is one; the rest of the file is that of a course without a declaration.
REGISTER = """\
import sys
from autograder import registry
sys.path.insert(0, {root!r})
registry.register("puzzles")
"""
BUILD = "from autograder.authoring import build; build.build_course()"
CHECK = "from checks import check; check('divisors', divisors)"
BACKWARDS = "def divisors(n):\n    return [k for k in range(n, 0, -1) if n % k == 0]"
WITHOUT_ITSELF = "def divisors(n):\n    return [k for k in range(1, n) if n % k == 0]"
SAID = (
    "divisors for 36: expected [1, 2, 3, 4, 6, 9, 12, 18, 36] in any order, "
    "got [1, 2, 3, 4, 6, 9, 12, 18]. Each divisor comes once."
)


def python(folder, *arguments):
    """Run Python in a folder; return what it said, to either side."""
    environment = {key: value for key, value in os.environ.items() if key != "AUTOGRADER_COURSE"}
    environment["PATH"] = os.pathsep.join([os.path.dirname(sys.executable), os.environ["PATH"]])
    done = subprocess.run(
        [sys.executable, *arguments], cwd=folder, env=environment, capture_output=True, text=True
    )
    return done.returncode, done.stdout + done.stderr


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """Return a directory with the course, built, released and graded for two students."""
    folder = tmp_path_factory.mktemp("puzzles")
    shutil.copytree(Path(__file__).with_name("puzzles"), folder / "puzzles")
    register = REGISTER.format(root=str(folder))
    config = homework.CONFIG.format(root=str(folder))
    (folder / "nbgrader_config.py").write_text(register + config, encoding="utf-8")
    (folder / "exchange").mkdir()
    code, said = python(folder, "-c", register + BUILD)
    assert code == 0, said
    for student, answer in {"right": BACKWARDS, "wrong": WITHOUT_ITSELF}.items():
        place = folder / "submitted" / student / NAME
        shutil.copytree(folder / "release" / NAME, place)
        notebook = nbformat.read(place / NOTEBOOK, 4)
        for cell in notebook.cells:
            if cell.metadata.get("nbgrader", {}).get("grade_id") == "divisors":
                cell.source = answer
        nbformat.write(notebook, place / NOTEBOOK)
    code, said = python(folder, "-m", "nbgrader", "autograde", NAME)
    assert code == 0, said
    return folder


def test_the_judge_finds_the_rule(course):
    results = {
        student: Verdict.load(course / "verdicts" / NAME / student / "numbers.json").exercises
        for student in ("right", "wrong")
    }
    assert results["right"]["test_divisors"].points == 2
    wrong = results["wrong"]["test_divisors"]
    assert (wrong.points, wrong.mistake, wrong.message) == (0, "other_values", SAID)


def test_the_students_checks_find_the_rule(course):
    """Without the engine: -I leaves the folder out, so it is put back alone."""
    ask = f"import sys; sys.path[:0] = ['.']; sys.modules['autograder'] = None\n{{}}\n{CHECK}"
    release = course / "release" / NAME
    assert python(release, "-I", "-c", ask.format(BACKWARDS))[0] == 0
    code, said = python(release, "-I", "-c", ask.format(WITHOUT_ITSELF))
    assert code == 1 and SAID in " ".join(said.split())


def released(folder, monkeypatch, code):
    """Return a rule module of an assignment as it is in a release."""
    monkeypatch.setattr("autograder.registry.folder", lambda: folder)
    (folder / NAME).mkdir()
    (folder / NAME / "any_order.py").write_text(code, encoding="utf-8")
    (folder / NAME / "other.py").touch()
    declared = Assignment(NAME, "numbers", {}, rules=("any_order", "other"))
    return released_rules(declared)["any_order.py"]


WRITTEN = """\
from autograder.checks.compare import (  # both
    difference,
    distinct,
)
from autograder.checks import wire; import numpy as np
from .other import Other  # from autograder.checks.rules import nothing
"""
RELEASED = """\
from .compare import difference, distinct
from . import wire; import numpy as np
from .other import Other  # from autograder.checks.rules import nothing
"""


def test_imports_are_written_anew_by_syntax(tmp_path, monkeypatch):
    assert released(tmp_path, monkeypatch, WRITTEN) == RELEASED


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("from .divisors import divisors", r"line 1: students do not have \.divisors"),
        ("from autograder.model import case", "line 1: students do not have autograder.model"),
        ("import nbformat", "line 1: students do not have nbformat"),
    ],
)
def test_a_rule_module_that_would_fail_or_tell_an_answer_is_refused(
    tmp_path, monkeypatch, line, said
):
    with pytest.raises(ValueError, match=said):
        released(tmp_path, monkeypatch, line)
