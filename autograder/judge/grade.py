"""The path of one submission, from the folder handed in to the verdict, in a straight line.

Rebuild the notebook, run it, judge what it defines, follow through, and report.
"""

from __future__ import annotations

import copy
import time
from collections.abc import Collection, Mapping

import nbformat
from nbformat import NotebookNode

from autograder.checks.states import State
from autograder.checks.texts import said
from autograder.registry import UndeclaredError
from autograder.sandbox.limits import Limits
from autograder.sandbox.sandbox import Line
from autograder.submission.language import foreign_language, why_not
from autograder.submission.master import data_files
from autograder.submission.rebuild import Rebuilt, nbgrader_metadata, rebuild
from autograder.submission.test_cells import Check, Ordinary, imports_check, parse

from . import display, follow_through, ordinary
from .case_sets import CaseSets, answers_of
from .exercises import Cases, Judging
from .keys import key
from .request import Request
from .run import Outcome, Runner
from .verdict import Result, Verdict


def verdict_on(request: Request, sandbox: Line, sets: CaseSets) -> Verdict:
    """Return the Verdict on one notebook of a submission.

    Parameters
    ----------
    request : Request
    sandbox : Line
    sets : CaseSets
        Of the assignment and of the seed that are asked for.
    """
    notebook, released = request.notebooks.instructor, request.notebooks.student
    isolation, limits = sandbox.isolation, request.limits
    verdict = Verdict(key(request, isolation.mode), request.assignment, isolation=isolation.name())
    files, language = data_files(request.source.parent), foreign_language(notebook.metadata)
    if why := why_not(language) if language else _too_large(files, limits):
        rebuilt = Rebuilt(nbformat.from_dict(released), set(), not_gradable=why)
    else:
        rebuilt = rebuilt_from(request)
    verdict.repairs, verdict.not_gradable = rebuilt.repairs, rebuilt.not_gradable
    if rebuilt.not_gradable:
        verdict.exercises = _not_gradable(notebook, rebuilt.not_gradable)
    else:
        cases = sets.of(answers_of(rebuilt.notebook))
        _judge(verdict, notebook, rebuilt, sandbox, cases, files, limits)
    verdict.written = _written(rebuilt, verdict.not_gradable)
    _show(rebuilt.notebook, verdict)
    verdict.notebook = rebuilt.notebook
    return verdict


def _too_large(files: Mapping[str, bytes], limits: Limits) -> str:
    """Return why an assignment's files cannot be given to students' code, or nothing."""
    for name, data in files.items():
        if len(data) > limits.file_bytes:
            return (
                f"the assignment's file {name} has {len(data):,} bytes, and the limit is "
                f"{limits.file_bytes:,} (file_bytes in limits.json)"
            )
    size = sum(map(len, files.values()))
    if size > limits.scratch_bytes or len(files) > limits.scratch_files:
        return (
            f"the assignment has {len(files)} files of {size:,} bytes, and the limits are "
            f"{limits.scratch_files} and {limits.scratch_bytes:,} (scratch_files and "
            "scratch_bytes in limits.json)"
        )
    return ""


def rebuilt_from(request: Request) -> Rebuilt:
    """Return the Rebuilt notebook of a submission to one notebook of an assignment."""
    source = request.source
    others = {each.name for each in source.parent.glob("*.ipynb")} - {source.name}
    return rebuild(
        request.notebooks.student,
        request.folder,
        source.name,
        request.limits.notebook_bytes,
        others,
    )


def _judge(
    verdict: Verdict,
    notebook: NotebookNode,
    rebuilt: Rebuilt,
    sandbox: Line,
    cases: Cases,
    files: dict[str, bytes],
    limits: Limits,
) -> None:
    """Judge a notebook; once more, with other numbers, if a process of it was killed.

    A system that runs out of memory kills any process, and so may an administrator. A submission
    that kills itself does so again.
    """
    began = time.monotonic()
    killed = _judged_once(verdict, notebook, rebuilt, sandbox, cases, files, limits)
    if killed and time.monotonic() - began < limits.submission_seconds / 3:
        _judged_once(verdict, notebook, rebuilt, sandbox, cases.other(), files, limits)


def _judged_once(
    verdict: Verdict,
    notebook: NotebookNode,
    rebuilt: Rebuilt,
    sandbox: Line,
    cases: Cases,
    files: dict[str, bytes],
    limits: Limits,
) -> bool:
    """Fill in the results; return whether a worker was killed."""
    tests = tests_of(notebook, rebuilt.notebook, files)
    for name, test in tests.items():
        if isinstance(test, Check) and test.exercise not in cases.exercises:
            raise UndeclaredError(
                f"the test cell {name} checks {test.exercise!r}, which the course does not declare"
            )
    runner = Runner(sandbox, rebuilt, tests, files, limits)
    try:
        runner.run()
        hidden = _with_hidden_tests(runner, rebuilt, tests, files)
        judging = Judging(runner, cases)
        asked = [test.exercise for test in tests.values() if isinstance(test, Check)]
        findings = follow_through.judged(judging, asked)
    finally:
        runner.close()
    results = {}
    for cell in _test_cells(notebook):
        name = nbgrader_metadata(cell).grade_id
        test, points = tests[name], float(nbgrader_metadata(cell).points)
        if isinstance(test, Check):
            results[name] = Result.of(findings[test.exercise], points)
        else:
            found = ordinary.result(cell, runner.outcomes[name], hidden.get(name))
            results[name] = ordinary.named(found, runner.cells)
    verdict.exercises, verdict.remarks = results, runner.remarks
    verdict.case_set, verdict.seed = cases.number, cases.seed
    return runner.killed


def tests_of(
    notebook: NotebookNode, released: NotebookNode, files: Collection[str]
) -> dict[str, Check | Ordinary]:
    """Return by grade_id what the test cells of the master ask for."""
    visible = {nbgrader_metadata(cell).get("grade_id"): cell.source for cell in released.cells}
    tests: dict[str, Check | Ordinary] = {}
    ours = imports_check(notebook, files)
    for cell in _test_cells(notebook):
        name = nbgrader_metadata(cell).grade_id
        ordinary = Ordinary(cell.source, visible[name])
        tests[name] = parse(cell, visible[name]) if ours else ordinary
    return tests


def _with_hidden_tests(
    first: Runner, rebuilt: Rebuilt, tests: dict[str, Check | Ordinary], files: dict[str, bytes]
) -> dict[str, Outcome]:
    """Run the notebook again with the hidden tests of ordinary test cells, if it has any.

    In a worker and a notebook of its own: none of its cells' output reaches a page. All ordinary
    tests are scored by this run: one cell's hidden tests may define what the next one needs.
    """
    if not any(isinstance(test, Ordinary) and test.has_hidden_tests for test in tests.values()):
        return {}
    apart = Rebuilt(copy.deepcopy(rebuilt.notebook), rebuilt.untouched)
    runner = Runner(first.sandbox, apart, tests, files, first.limits, hidden=True)
    try:
        runner.run()
    finally:
        runner.close()
    first.killed |= runner.killed
    return runner.outcomes


def ungraded(request: Request, why: str) -> Verdict:
    """Return a Verdict that says why there is none; it has no key and is never right."""
    notebook = nbformat.from_dict(request.notebooks.student)
    verdict = Verdict("", request.assignment, not_gradable=why)
    verdict.exercises = _not_gradable(request.notebooks.instructor, why)
    verdict.written = _written(Rebuilt(notebook, set()), why)
    _show(notebook, verdict)
    verdict.notebook = notebook
    return verdict


def _test_cells(notebook: NotebookNode) -> list[NotebookNode]:
    return [
        cell
        for cell in notebook.cells
        if nbgrader_metadata(cell).get("grade")
        and not nbgrader_metadata(cell).get("solution")
        and cell.cell_type == "code"
    ]


def _not_gradable(notebook: NotebookNode, why: str) -> dict[str, Result]:
    return {
        nbgrader_metadata(cell).grade_id: Result(
            State.NOT_GRADABLE, 0.0, float(nbgrader_metadata(cell).points), why
        )
        for cell in _test_cells(notebook)
    }


def _written(rebuilt: Rebuilt, not_gradable: str) -> dict[str, str]:
    """Return the state of each answer that is graded by hand."""
    state = {True: State.NOT_ATTEMPTED, False: State.BY_HAND}
    return {
        nbgrader_metadata(cell).grade_id: State.NOT_GRADABLE
        if not_gradable
        else state[nbgrader_metadata(cell).grade_id in rebuilt.untouched]
        for cell in rebuilt.notebook.cells
        if nbgrader_metadata(cell).get("grade") and nbgrader_metadata(cell).get("solution")
    }


def _show(notebook: NotebookNode, verdict: Verdict) -> None:
    """Put the results where student and instructor look: at the test cells and on top."""
    for cell in _test_cells(notebook):
        cell.outputs = display.finding(verdict.exercises[nbgrader_metadata(cell).grade_id])
    title = said("# The results of the automatic grading")
    top = nbformat.v4.new_code_cell(title, id="results")
    states = {name: result.state for name, result in verdict.results.items()} | verdict.written
    top.metadata.update(role="results", states=states)  # the states again: for feedback's index
    top.outputs = [display.output("stream", name="stdout", text=summary(verdict))]
    if (notebook.nbformat, notebook.nbformat_minor) < (4, 5):  # where cells have none
        del top["id"]
    notebook.cells.insert(0, top)


def summary(verdict: Verdict) -> str:
    """Return the results as lines of text."""
    total = sum(result.max_points for result in verdict.exercises.values())
    lines = [
        f"{name:28} {result.state:14} {result.points:g} of {result.max_points:g}"
        for name, result in verdict.results.items()
    ]
    lines += [f"{name:28} {state}" for name, state in verdict.written.items()]
    lines.append(f"{said('total, by code'):28} {'':14} {verdict.points:g} of {total:g}")
    if verdict.not_gradable:
        lines += ["", said(f"This submission could not be graded: {verdict.not_gradable}.")]
    if verdict.repairs:
        lines += ["", said("What was repaired:"), *(f"- {each}" for each in verdict.repairs)]
    return display.printable("\n".join(lines)) + "\n"
