"""Two equal classes: a course directory for stock nbgrader, and one for this project."""

from __future__ import annotations

import re
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from autograder import commands, registry
from autograder.submission.master import released
from autograder.submission.rebuild import nbgrader_metadata
from autograder.submission.test_cells import exercise_of
from course import ROOT
from course.demo import answers, students
from course.demo.run import prepare

STYLES = ("vectorised", "loops", "own_style")  # the fourth warns: for that, stock gives no points
IMPORT = re.compile(r"^from checks import .*\n?", re.MULTILINE)
LEFT_OUT = 5  # every so many students have not attempted the last exercise

# What an instructor would write into the test cells of a stock assignment.
TESTS = {
    "softmax": "p = softmax(np.array([[1.0, 1000.0], [2.0, 998.0]]))\n"
    "assert np.allclose(p.sum(axis=0), 1)\n"
    "assert np.allclose(p[:, 0], [0.26894142, 0.73105858])",
    "cross_entropy": "loss = cross_entropy(np.zeros((3, 4)), np.array([0, 1, 2, 0]))\n"
    "assert np.isclose(loss, np.log(3))",
    "expected_initial_loss": "assert np.isclose(expected_initial_loss(27), np.log(27))",
    "class_frequencies": "f = class_frequencies(np.array([0, 2, 2]), 4)\n"
    "assert np.allclose(f, [1/3, 0, 2/3, 0])",
    "bias_from_frequencies": "b = bias_from_frequencies(np.array([0.7, 0.2, 0.1]))\n"
    "assert b.shape == (3, 1)\n"
    "assert np.allclose(b - b[0], np.log([[1], [2/7], [1/7]]))",
    "entropy": "assert np.isclose(entropy(np.array([0.5, 0.5, 0.0])), np.log(2))",
    "initialize_output_layer": "W, b = initialize_output_layer(500, np.array([0.7, 0.3]), 0.1, "
    "np.random.default_rng(0))\nassert W.shape == (2, 500)\n"
    "assert abs(W.std() - 0.1) < 0.02",
    "excess_initial_loss": "assert np.isclose(excess_initial_loss(1.0, 27), 0.5 * 26 / 27)",
    "initial_loss_regression": "b, l = initial_loss_regression(np.array([1.0, 2.0, 6.0]), "
    "'absolute')\nassert np.isclose(b, 2) and np.isclose(l, 5 / 3)",
    "initial_loss_ok": "assert initial_loss_ok(np.zeros((3, 30)), np.arange(30) % 3, "
    "np.full(3, 1 / 3))",
}

# Where there are none for an exercise: whether it was attempted. Stock then does less than here.
ATTEMPTED = "import inspect\nassert 'NotImplementedError' not in inspect.getsource({0})"


def notebook_of(assignment: str) -> str:
    """Return the file name of an assignment's notebook."""
    return f"{registry.load(assignment).notebook}.ipynb"


def stock_course(folder: Path, assignment: str) -> None:
    """Make a course directory for stock nbgrader, its tests inside the notebook."""
    source = folder / "source" / assignment
    source.mkdir(parents=True)
    name = notebook_of(assignment)
    notebook = nbformat.read(ROOT / "source" / assignment / name, as_version=4)
    notebook.cells = [cell for cell in notebook.cells if "points()" not in cell.source]
    for cell in notebook.cells:
        cell.source = IMPORT.sub("", cell.source)
        exercise = exercise_of(nbgrader_metadata(cell).get("grade_id", ""))
        if nbgrader_metadata(cell).get("grade") and exercise in registry.exercises(assignment):
            cell.source = TESTS.get(exercise, ATTEMPTED.format(exercise))
    nbformat.write(notebook, source / name)
    for data in registry.load(assignment).data:
        (source / data).parent.mkdir(parents=True, exist_ok=True)
        (source / data).write_bytes((ROOT / "data" / data).read_bytes())
    # The mark, as this environment's nbgrader works with the course's configuration only.
    (folder / "nbgrader_config.py").write_text(
        "from autograder.gradebook.guard import mark_loaded\nc = get_config()\nmark_loaded(c)\n"
        f"c.CourseDirectory.root = {str(folder)!r}\n",
        encoding="utf-8",
    )
    commands.nbgrader("generate_assignment", assignment, cwd=folder)


def our_course(folder: Path, assignment: str) -> None:
    """Make a course directory for this project."""
    prepare(folder, assignment, notebook_of(assignment))
    commands.nbgrader("generate_assignment", assignment, cwd=folder)


def handed_in(folder: Path, assignment: str, number: int) -> NotebookNode:
    """Return what a student hands in: right answers in one style or another, some without one."""
    styles = [answers.styles(assignment)[name] for name in STYLES]
    answered = dict(styles[number % len(styles)])
    if number % LEFT_OUT == LEFT_OUT - 1:
        answered.pop(list(registry.exercises(assignment))[-1])
    # A comment of one's own: no two submissions are judged on the same numbers for being equal.
    first = next(iter(registry.exercises(assignment)))
    answered[first] = f"# by student {number}\n{answered[first]}"
    source = folder / "source" / assignment / notebook_of(assignment)
    return students.filled(released(source), answered)


def submit(folder: Path, assignment: str, count: int) -> None:
    """Have a class hand in."""
    for number in range(count):
        content = handed_in(folder, assignment, number)
        students.submit(folder, f"student{number:05}", assignment, content)


def scores(folder: Path, assignment: str) -> dict[tuple[str, str], float | None]:
    """Return the points that code gave, by student and cell."""
    from nbgrader.api import Gradebook

    with Gradebook(f"sqlite:///{folder / 'gradebook.db'}") as gradebook:
        return {
            (submission.student_id, grade.name): grade.auto_score
            for submission in gradebook.assignment_submissions(assignment)
            for notebook in submission.notebooks
            for grade in notebook.grades
        }
