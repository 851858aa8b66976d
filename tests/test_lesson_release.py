"""What students receive of the lessons runs without the course, and holds no answer."""

import inspect
import subprocess
import sys
import warnings
import zipfile
from functools import cache
from importlib import import_module
from pathlib import Path

import matplotlib.pyplot as plt
import nbformat
import numpy as np
import pytest

from autograder import registry
from autograder.cases import PUBLIC_SEED, make_cases
from autograder.checks.judging import judge, local_caller
from autograder.checks.states import State
from course import ROOT, lesson_release
from tests.leaks import answers_under_other_names, files, lines_of_answers, markers

pytestmark = pytest.mark.system

MODULES = [
    f"course.{package}.{path.stem}"
    for package in lesson_release.PACKAGES
    for path in sorted((ROOT / "course" / package).glob("[!_]*.py"))
]


@pytest.fixture(scope="module")
def release(tmp_path_factory):
    """Return an unpacked archive of the lessons."""
    folder = tmp_path_factory.mktemp("lessons")
    with zipfile.ZipFile(lesson_release.pack(folder / "lessons")) as archive:
        archive.extractall(folder)
    return folder / "lessons"


def test_it_holds_lessons_and_what_they_run_and_no_assignment(release):
    paths = set(files(release))
    assert {path.name for path in (ROOT / "notebooks").glob("*.ipynb")} < paths
    assert {path.partition("/")[0] for path in paths if "/" in path} == {"course", "data"}
    parts = {path.split("/")[1] for path in paths if path.startswith("course/")}
    assert parts == {"__init__.py", *lesson_release.PACKAGES}


@pytest.mark.parametrize("assignment", registry.assignments())
@pytest.mark.parametrize("search", [markers, lines_of_answers, answers_under_other_names])
def test_no_answer_is_in_it(release, assignment, search):
    assert search(assignment, release) == []


def test_its_imports_need_nothing_else_of_the_course(release):
    code = f"""
import importlib, sys
sys.modules.update(dict.fromkeys(("autograder", "tqdm", "ipywidgets")))
for name in {MODULES}:
    assert importlib.import_module(name).__file__.startswith({str(release)!r}), name
"""
    # -E: without PYTHONPATH; the folder itself comes first, as in a kernel.
    subprocess.run([sys.executable, "-E", "-c", code], cwd=release, check=True, timeout=300)


def test_each_lesson_imports_only_what_comes_along(release):
    for path in release.glob("*.ipynb"):
        cells = nbformat.read(path, as_version=4).cells
        assert not any("ps1_" in c.source or "reference" in c.source for c in cells if is_code(c))


def is_code(cell):
    """Tell whether a cell is of code."""
    return cell.cell_type == "code"


# What has one of these arguments trains or draws at length: no exercise asks for it.
AT_LENGTH = {"n_steps", "limit", "seed", "watch", "n_draws", "n_networks", "n_examples"}


@cache
def functions():
    """Return every function of the lessons' modules that computes, and does not do so at length."""
    return [
        function
        for module in map(import_module, MODULES)
        if ".experiments." in module.__name__
        for name, function in vars(module).items()
        if inspect.isfunction(function) and function.__module__ == module.__name__
        if name not in ("write", "read", "load_names", "circles", "waits")
        if not AT_LENGTH & set(inspect.signature(function).parameters)
    ]


def fits(function, call):
    """Tell whether a function can be called so at all."""
    try:
        inspect.signature(function).bind(*call.args, **call.kwargs)
    except TypeError:
        return False
    return True


def passes(name, function, cases):
    """Tell whether a function, handed in as it is, passes an exercise."""
    with np.errstate(all="ignore"), warnings.catch_warnings(), plt.ioff():
        warnings.simplefilter("ignore")
        finding = judge(name, cases, local_caller(function))
    plt.close("all")
    return finding.state == State.PASSED


EXERCISES = [
    pytest.param(assignment, name, id=name)
    for assignment in registry.assignments()
    for name in registry.exercises(assignment)
]


@pytest.mark.thorough
@pytest.mark.parametrize("assignment, name", EXERCISES)
def test_no_function_of_it_is_an_answer_as_it_is(assignment, name):
    cases = make_cases(registry.exercises(assignment)[name], PUBLIC_SEED, public=True)
    fitting = [each for each in functions() if fits(each, cases[0].call)]
    assert [each.__qualname__ for each in fitting if passes(name, each, cases)] == []


def test_an_answer_would_be_found():
    exercise = registry.exercises("ps2_loss_at_init")["softmax"]
    cases = make_cases(exercise, PUBLIC_SEED, public=True)
    assert passes("softmax", exercise.solution, cases) and fits(exercise.solution, cases[0].call)


def test_a_copy_that_was_worked_on_is_kept_and_others_are_renewed(tmp_path):
    folder = tmp_path / "lessons"
    assert lesson_release.make(folder) == []
    mine = folder / "01_initialization.ipynb"
    mine.write_text("mine", encoding="utf-8")
    (folder / "02_loss_at_init.ipynb").unlink()
    assert [Path(path).name for path in lesson_release.make(folder)] == [mine.name]
    assert mine.read_text(encoding="utf-8") == "mine"
    assert (folder / "02_loss_at_init.ipynb").exists()
