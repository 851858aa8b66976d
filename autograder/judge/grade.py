"""Steps 1 to 4 for one submission: rebuild, run, judge, verdict."""

import time
from pathlib import Path

import nbformat

from . import examine, outputs
from .master import data_files, master
from .rebuild import Rebuilt, own, rebuild
from .verdict import Result, Verdict, key


def verdict_on(folder, source, released, assignment, sandbox, cases, limits):
    """Return the Verdict on one notebook of a submission.

    Parameters
    ----------
    folder : path
        Of the submission; hostile.
    source : path
        The instructor's notebook.
    released : NotebookNode
        The same as students received it.
    assignment : str
    sandbox : Sandbox
    cases : examine.Cases
    limits : Limits
    """
    source = Path(source)
    notebook = master(source)
    isolation = sandbox.isolation
    made_of = key(folder, source.name, notebook, cases.seed, limits, isolation.mode)
    verdict = Verdict(made_of, assignment, cases.seed, isolation=isolation.name())
    others = {each.name for each in source.parent.glob("*.ipynb")} - {source.name}
    rebuilt = rebuild(released, folder, source.name, limits.notebook_bytes, others)
    verdict.repairs, verdict.not_gradable = rebuilt.repairs, rebuilt.not_gradable
    if rebuilt.not_gradable:
        verdict.exercises = _not_gradable(notebook, rebuilt.not_gradable)
    else:
        examination = _examined(
            lambda: examine.Examination(
                sandbox, cases, notebook, rebuilt, data_files(source.parent), limits
            ),
            limits,
        )
        verdict.exercises, verdict.remarks = examination.results, examination.remarks
    verdict.written = _written(rebuilt, verdict.not_gradable)
    _show(rebuilt.notebook, verdict)
    verdict.notebook = nbformat.from_dict(rebuilt.notebook)
    return verdict


def _examined(make, limits):
    """Return an Examination that has been run; once more if a process of it was killed.

    A system that runs out of memory kills whom it likes, and so may an administrator. Who kills
    himself does so again.
    """
    began = time.monotonic()
    examination = make()
    examination.run()
    if examination.killed and time.monotonic() - began < limits.submission_seconds / 3:
        examination = make()
        examination.run()
    return examination


def ungraded(source, released, assignment, seed, why):
    """Return a Verdict that says why there is none; it has no key and is never right."""
    notebook = nbformat.from_dict(released)
    verdict = Verdict("", assignment, seed, not_gradable=why)
    verdict.exercises = _not_gradable(master(source), why)
    verdict.written = _written(Rebuilt(notebook, set()), why)
    _show(notebook, verdict)
    verdict.notebook = notebook
    return verdict


def _tests(notebook):
    return [
        cell
        for cell in notebook.cells
        if own(cell).get("grade") and not own(cell).get("solution") and cell.cell_type == "code"
    ]


def _not_gradable(notebook, why):
    return {
        own(cell).grade_id: Result("not gradable", 0.0, float(own(cell).points), why)
        for cell in _tests(notebook)
    }


def _written(rebuilt, not_gradable):
    """Return the state of each answer that is graded by hand."""
    state = {True: "not attempted", False: "to be graded by hand"}
    return {
        own(cell).grade_id: "not gradable"
        if not_gradable
        else state[own(cell).grade_id in rebuilt.untouched]
        for cell in rebuilt.notebook.cells
        if own(cell).get("grade") and own(cell).get("solution")
    }


def _show(notebook, verdict):
    """Put the results where student and instructor look: at the test cells and on top."""
    for cell in _tests(notebook):
        cell.outputs = outputs.finding(verdict.exercises[own(cell).grade_id])
    top = nbformat.v4.new_code_cell("# The results of the automatic grading", id="results")
    top.metadata["role"] = "results"
    top.outputs = [nbformat.v4.new_output("stream", name="stdout", text=summary(verdict))]
    notebook.cells.insert(0, top)


def summary(verdict):
    """Return the results as lines of text."""
    total = sum(result.max_points for result in verdict.exercises.values())
    lines = [
        f"{name.removeprefix('test_'):28} {result.state:14} "
        f"{result.points:g} of {result.max_points:g}"
        for name, result in verdict.exercises.items()
    ]
    lines += [f"{name:28} {state}" for name, state in verdict.written.items()]
    lines.append(f"{'together, by code':28} {'':14} {verdict.points:g} of {total:g}")
    if verdict.not_gradable:
        lines += ["", f"This submission could not be graded: {verdict.not_gradable}."]
    if verdict.repairs:
        lines += ["", "What was repaired:", *(f"- {each}" for each in verdict.repairs)]
    return outputs.plain("\n".join(lines)) + "\n"
