"""What a student receives, on a machine that has NumPy, Matplotlib and Jupyter and nothing else."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from autograder import registry
from autograder.authoring.answers import style_of
from autograder.submission.rebuild import nbgrader_metadata
from autograder.submission.test_cells import exercise_of
from course import ROOT
from course.demo import answers
from course.demo.students import filled
from tests import student_env
from tests.conftest import points_by_code

# An environment of its own, and kernels: that a wrong answer is told is tested in other ways too.
pytestmark = [
    *(pytest.mark.system, pytest.mark.slow),
    pytest.mark.xdist_group("student environment"),
]

PS2 = "ps2_loss_at_init"


@pytest.fixture(scope="module")
def python():
    """Return the Python of the student's environment."""
    return student_env.python()


@pytest.fixture
def desk(course_with, tmp_path):
    """Return what copies a release to an empty folder, with answers if there are any."""

    def copy(assignment, sources=None):
        release = course_with(assignment).folder / "release" / assignment
        folder = shutil.copytree(release, tmp_path / "my desk")
        [path] = folder.glob("*.ipynb")
        nbformat.write(filled(nbformat.read(path, 4), sources or {}), path)
        return path

    return copy


def complaints(python, path):
    """Execute a notebook; return {exercise: what its check said} for the checks that raised.

    It runs as by "run all cells", which stops at an error: checks that raise do not stop it.
    """
    student_env.run(
        python,
        "-m",
        "jupyter",
        "nbconvert",
        "--to",
        "notebook",
        "--execute",
        "--output",
        "run.ipynb",
        path,
    )
    found = {}
    for cell in nbformat.read(path.with_name("run.ipynb"), 4).cells:
        raised = [each for each in cell.get("outputs", []) if each.output_type == "error"]
        if raised:
            assert [each.ename for each in raised] == ["NotRightYetError"], raised
            name = exercise_of(nbgrader_metadata(cell).grade_id)
            found[name] = "\n".join(
                each.data["text/plain"] for each in cell.outputs if "data" in each
            )
    return found


def validated(path):
    """Return whether the command of the docs for a push succeeds, and what it says."""
    page = (ROOT / "docs" / "instructors.md").read_text(encoding="utf-8")
    [command] = re.findall(r"- run: (nbgrader validate .*)", page)
    done = subprocess.run(
        ["bash", "-c", command],
        cwd=path.parent,
        env={**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"},
        text=True,
        capture_output=True,
    )
    return done.returncode == 0, done.stdout + done.stderr


def test_the_environment_has_nothing_of_the_course(python):
    names = ("autograder", "nbgrader", "jupytext")
    probe = f"import importlib.util as u; print([n for n in {names} if u.find_spec(n)])"
    assert student_env.run(python, "-c", probe).strip() == "[]"


def test_a_blank_notebook_runs_and_says_what_is_to_do(python, desk):
    path = desk(PS2)
    said = complaints(python, path)
    assert set(said) == set(answers.styles(PS2)["loops"])
    assert all("not attempted yet" in text for text in said.values())
    assert "not attempted yet" in validated(path)[1]


def one_wrong(assignment):
    """Return answers of which one is wrong, with that exercise's name."""
    (name, mistake), source = next(iter(answers.mistakes(assignment).items()))
    style = list(answers.styles(assignment).values())[0]
    return name, mistake, {**style, name: source}


@pytest.mark.parametrize(
    "assignment",
    [
        pytest.param(name, marks=[] if name == PS2 else [pytest.mark.nightly])
        for name in registry.assignments()
    ],
)
def test_only_a_wrong_answer_raises_and_its_mistake_is_named(python, desk, assignment):
    name, mistake, sources = one_wrong(assignment)
    said = complaints(python, desk(assignment, sources))
    assert f"{name} is not right yet" in said[name]
    exercise = registry.exercises(assignment)[name]
    phrases = [
        each.phrase for each in exercise.mistakes if style_of(exercise, each.compute) == mistake
    ]
    assert all(phrase in said[name] for phrase in phrases) and phrases
    others = set(said) - {name}
    assert all(calls(sources[other], name) for other in others), others


def calls(source, name):
    return f"{name}(" in source


def test_a_push_is_validated_as_the_boxes_have_it(desk):
    wrong = answers.mistakes(PS2)["softmax", "wrong_axis"]
    right = answers.styles(PS2)["vectorised"]
    path = desk(PS2, right)
    is_valid, said = validated(path)
    assert is_valid and "Success! Your notebook passes all the tests." in said
    nbformat.write(filled(nbformat.read(path, 4), {"softmax": wrong}), path)
    is_valid, said = validated(path)
    text = " ".join(said.split())
    assert not is_valid and "VALIDATION FAILED ON 1 CELL(S)!" in text
    assert "softmax is not right yet." in text and "Your rows sum to 1, not your columns" in text


CHECK = """
import numpy as np
from checks import check, points
{source}
check("softmax", softmax)
points()
"""


def text_mode(python, path, source):
    return subprocess.run(
        [str(python), "-c", CHECK.format(source=source)],
        text=True,
        capture_output=True,
        cwd=path.parent,
        env=student_env.clean_environment(),
    )


def test_text_outside_of_jupyter(python, desk):
    path = desk(PS2)
    sources = answers.styles(PS2)["loops"]
    right = text_mode(python, path, sources["softmax"])
    assert right.returncode == 0, right.stderr
    assert right.stdout.startswith("softmax is right (3 points).\n")
    total = f"3 of {points_by_code(PS2):g} (and up to 6 for written answers, graded by hand)"
    assert total in right.stdout
    wrong = text_mode(python, path, answers.mistakes(PS2)["softmax", "wrong_axis"])
    assert wrong.returncode == 1
    assert "softmax is not right yet." in wrong.stderr
    assert "Your rows sum to 1, not your columns" in " ".join(wrong.stderr.split())
    assert "<div" not in wrong.stdout + wrong.stderr


# What a notebook does that was uploaded by itself; without Jupyter, which old versions refuse.
UPLOADED = """
import json, pathlib
cells = json.loads(pathlib.Path("loss_at_init.ipynb").read_text(encoding="utf-8"))["cells"]
space = {}
for cell in cells:
    source = "".join(cell["source"])
    if cell["cell_type"] == "code" and (cell["metadata"].get("nbgrader") or "import" in source):
        exec(source, space)
space["points"]()
print(sorted(path.name for path in pathlib.Path().iterdir()))
"""


@pytest.mark.parametrize("versions", ["oldest", "newest"])
def test_a_notebook_works_alone_in_an_empty_folder(desk, tmp_path, versions):
    if versions == "oldest" and sys.version_info >= (3, 12):
        pytest.skip("NumPy 1.24 has no wheel for this Python")
    python = student_env.oldest() if versions == "oldest" else student_env.python()
    folder = tmp_path / "uploads"
    folder.mkdir()
    shutil.move(desk(PS2, answers.styles(PS2)["loops"]), folder)
    done = subprocess.run(
        [str(python), "-c", UPLOADED],
        text=True,
        capture_output=True,
        cwd=folder,
        env=student_env.clean_environment(MPLBACKEND="Agg"),
    )
    assert done.returncode == 0, done.stderr
    total = points_by_code(PS2)
    assert f"{total:g} of {total:g}" in done.stdout
    assert done.stdout.endswith("['loss_at_init.ipynb']\n")


def test_the_cases_hold_numbers_and_no_code(desk):
    path = desk(PS2).parent / "checks" / "cases.json"
    content = json.loads(path.read_text())
    assert set(content) == {"assignment", "exercises", "points_by_hand", "rules"}
    assert "def " not in path.read_text() and "lambda" not in path.read_text()


def test_a_missing_checks_file_is_explained(python, desk):
    path = desk(PS2)
    (path.parent / "checks" / "cases.json").unlink()
    done = text_mode(python, path, "softmax = np.exp")
    assert "is missing: copy the whole folder `checks` again" in done.stderr
