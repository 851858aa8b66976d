"""The demo: a class of made-up students, graded from end to end."""

import shutil
from pathlib import Path

from autograder import commands, registry
from autograder.report import show
from autograder.sandbox.ladder import choose_or_exit
from autograder.submission.master import released as released_notebook
from autograder.telling import words_aside
from course import ROOT
from course.directory import course_directory

from .students import cast, submit

MARK = "made-by-the-demo"  # only a folder with this file in it is ever removed


def run(folder, assignment, as_json=False):
    """Make a class in `folder`, grade it with nbgrader's commands, print the result.

    Parameters
    ----------
    folder : Path
    assignment : str
    as_json : bool, optional
        Print the class as JSON; the words go to stderr.
    """
    with words_aside(as_json):
        folder = make(folder, assignment)
    show(folder, assignment, as_json)
    with words_aside(as_json):
        print(f"Feedback pages: {folder / 'feedback'}/<student>/{assignment}/")
        print(f"Points and states: {folder / 'grades.csv'}")


def make(folder, assignment):
    """Make a class and grade it with nbgrader's commands; return its folder, resolved."""
    isolation = choose_or_exit()  # no class is made that could not be graded
    folder = Path(folder).resolve()
    notebook = f"{registry.load(assignment).notebook}.ipynb"
    prepare(folder, assignment, notebook)
    released = released_notebook(folder / "source" / assignment / notebook)
    students = cast(assignment, released)
    for student, (content, name) in students.items():
        submit(folder, student, assignment, content, name)
    print(f"{len(students)} made-up students handed in {assignment}.", flush=True)
    print(isolation.line(), flush=True)
    for step, *arguments in (
        ("generate_assignment", assignment),
        ("autograde", assignment),
        ("generate_feedback", assignment),
        ("export",),
    ):
        print(" ".join(["nbgrader", step, *arguments, "..."]), flush=True)
        commands.nbgrader(step, *arguments, cwd=folder)
    return folder


def prepare(folder, assignment, notebook):
    """Make a course directory with one assignment in it.

    Raises
    ------
    SystemExit
        If there is a folder of that name which the demo has not made.
    """
    if folder.exists() and any(folder.iterdir()) and not (folder / MARK).exists():
        raise SystemExit(
            f"{folder} holds something that the demo has not made. Name another "
            "folder with --folder."
        )
    shutil.rmtree(folder, ignore_errors=True)
    source = folder / "source" / assignment
    source.mkdir(parents=True)
    (folder / MARK).touch()
    course_directory(folder)
    shutil.copy(ROOT / "source" / assignment / notebook, source / notebook)
