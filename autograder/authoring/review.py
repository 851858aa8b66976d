"""The author's check: before a release goes out, it is graded itself.

Its own solution must get full points in every test cell, a notebook as handed out none; and each
declared mistake must fail under its name.
"""

from __future__ import annotations

import contextlib
import io
import sys
import tempfile
import warnings
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path
from types import CodeType
from typing import Any

import nbformat
import numpy as np
from nbformat import NotebookNode
from traitlets.config import Config

from autograder import registry
from autograder.cases import PUBLIC_SEED, make_cases
from autograder.checks.case import Case
from autograder.checks.judging import Finding, judge, local_caller
from autograder.checks.states import State
from autograder.judge.process import Judge
from autograder.judge.request import Request
from autograder.judge.verdict import Verdict
from autograder.model import Answer, Exercise, Mistake
from autograder.sandbox.connection import NoSandboxError
from autograder.sandbox.isolation import UNCONFINED, Isolation
from autograder.sandbox.ladder import choose
from autograder.sandbox.limits import Limits
from autograder.submission.language import foreign_language, why_not
from autograder.submission.master import Notebooks, master, stripped
from autograder.submission.rebuild import nbgrader_metadata
from autograder.submission.test_cells import waits

from .answers import style_of, text_of
from .edges import unstated

SEED = 1  # of the hidden numbers in a check


class ReleaseError(Exception):
    """A release that must not go out; the text says which cells are wrong, and how."""


def can_check() -> bool:
    """Tell whether notebooks can be graded here."""
    return sys.platform == "linux"


def isolation() -> Isolation:
    """Return the strongest isolation; the author's own code may do without."""
    try:
        return choose()
    except NoSandboxError:
        return UNCONFINED


def refuse(
    source: Path,
    assignment: str,
    instantiated: NotebookNode | None = None,
    config: Config | None = None,
) -> None:
    """Refuse a notebook whose own solution fails or whose empty form gets points.

    Parameters
    ----------
    source : Path
        The instructor's notebook.
    assignment : str
    instantiated : NotebookNode, optional
        The same with the tests that nbgrader has written, and with or without solutions.
    config : Config, optional
        The course's, with its marks of solutions and hidden tests.

    Raises
    ------
    ReleaseError
    """
    judge = Judge(isolation())
    try:
        found = complaints(source, assignment, judge, instantiated, config)
    finally:
        judge.close()
    if found:
        listed = "\n".join([*found[:10], *(["and more"] if found[10:] else [])])
        raise ReleaseError(f"{source.name} is not released:\n{listed}")


def complaints(
    source: Path,
    assignment: str,
    judge: Judge,
    instantiated: NotebookNode | None = None,
    config: Config | None = None,
) -> list[str]:
    """Return what is wrong with a notebook, a line for each cell."""
    limits = Limits.of_course(registry.root(), assignment)
    solved = _solved(master(source), instantiated)
    if language := foreign_language(solved.metadata):
        return [f"{source.name}: {why_not(language)}"]
    notebooks = Notebooks(solved, stripped(solved, config or Config()))
    verdicts = {}
    with tempfile.TemporaryDirectory(prefix="check-") as place:
        for name, handed in (("solution", solved), ("empty", notebooks.student)):
            folder = Path(place) / name
            folder.mkdir()
            nbformat.write(handed, folder / source.name)
            verdicts[name] = judge.grade(
                Request(folder, source, notebooks, assignment, SEED, limits)
            )
    return [*_lost(verdicts["solution"]), *_given(verdicts["empty"])]


def _solved(notebook: NotebookNode, instantiated: NotebookNode | None) -> NotebookNode:
    """Return the notebook with its solutions and, where they are there, its written tests."""
    made = nbformat.from_dict(notebook if instantiated is None else instantiated)
    solutions = {
        nbgrader_metadata(cell).grade_id: cell.source
        for cell in notebook.cells
        if nbgrader_metadata(cell).get("solution")
    }
    for cell in made.cells:
        cell.source = solutions.get(nbgrader_metadata(cell).get("grade_id"), cell.source)
    return made


def _with_autotests(source: Path, config: Config | None) -> NotebookNode | None:
    """Return a notebook with the tests that nbgrader writes for AUTOTEST; None if it has none.

    The author's own code is run for it, as for a release.
    """
    if not any(waits(cell.source) for cell in master(source).cells if cell.cell_type == "code"):
        return None
    from nbgrader.preprocessors import InstantiateTests  # here: it takes a second

    with contextlib.chdir(registry.root()):
        about = {"metadata": {"path": str(source.parent)}}
        made, _ = InstantiateTests(config=config).preprocess(
            nbformat.from_dict(master(source)), about
        )
    return nbformat.from_dict(made)


def _lost(verdict: Verdict) -> Iterator[str]:
    if verdict.not_gradable:
        yield f"its own solution is not gradable: {verdict.not_gradable}"
    for name, result in verdict.exercises.items():
        if result.points < result.max_points:
            yield (
                f"{name}: its own solution gets {result.points:g} of {result.max_points:g} points; "
                f"{result.state}: {result.message}"
            )
    yield from verdict.remarks


def _given(verdict: Verdict) -> Iterator[str]:
    for name, result in verdict.exercises.items():
        if result.points > 0:
            yield (
                f"{name}: an empty notebook gets {result.points:g} of {result.max_points:g} points"
            )


def unnamed(assignment: str) -> Iterator[str]:
    """Yield a line for each declared mistake that does not fail, or not under its name."""
    for name, exercise in registry.exercises(assignment).items():
        cases = [*make_cases(exercise, PUBLIC_SEED, public=True), *make_cases(exercise, SEED)]
        for mistake in exercise.mistakes:
            for variant in mistake.variants:
                text = text_of(exercise, mistake.compute, variant)
                found = finding(assignment, name, text, cases)
                if not is_named(found, mistake):
                    sizes = f" with {variant}" if variant else ""
                    outcome = f"{found.state}, {found.mistake or 'no name'}: {found.message}"
                    yield f"{name}: the mistake {mistake.id}{sizes} is judged as {outcome}"


def is_named(found: Finding, mistake: Mistake) -> bool:
    """Tell whether a mistake fails, and is called by its name."""
    named = not mistake.message or found.mistake == mistake.id
    wrong = found.state in (State.FAILED, State.PARTLY_RIGHT)
    return wrong and mistake.phrase in found.message and named


@cache
def right_answers(assignment: str, style: str = "vectorised") -> dict[str, str]:
    """Return the texts of right answers in one style, by exercise."""
    found = {}
    for name, exercise in registry.exercises(assignment).items():
        found[name] = text_of(exercise, _in_style(exercise, style))
    return found


def _in_style(exercise: Exercise, style: str) -> Answer:
    styles = {style_of(exercise, each): each for each in exercise.right_answers}
    return styles.get(style, next(iter(styles.values()), exercise.solution))


def function_of(assignment: str, name: str, text: str) -> Answer:
    """Return the function that the text of an answer defines, among otherwise right ones.

    In this process: it is the author's code.
    """
    space: dict[str, Any] = {"np": np}
    for source in {**right_answers(assignment), name: text}.values():
        exec(_compiled(source), space)
    function: Answer = space[name]
    return function


@lru_cache(maxsize=100)  # the right ones again and again, the other once
def _compiled(source: str) -> CodeType:
    return compile(source, "<answer>", "exec")


def finding(assignment: str, name: str, text: str, cases: list[Case]) -> Finding:
    """Return the Finding for one declared answer in a notebook of otherwise right ones."""
    with contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return judge(name, cases, local_caller(function_of(assignment, name, text)))


def check(assignment: str, sources: list[Path], config: Config | None = None) -> list[str]:
    """Return all that is wrong with an assignment; says so if grading is impossible here."""
    found = [*unnamed(assignment), *unstated(assignment)]
    judge = Judge(isolation())
    try:
        for source in sources:
            instantiated = _with_autotests(source, config)
            found += complaints(source, assignment, judge, instantiated, config)
    finally:
        judge.close()
    return found
