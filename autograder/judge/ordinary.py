"""Test cells that are run in the worker, scored as nbgrader scores them.

An error is no points, a number as the cell's value is a partial score, anything else is full
marks. In one thing nbgrader's rule is not followed: text on stderr, such as a warning, costs
nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import nbformat
from nbformat import NotebookNode

from autograder.checks.rules import printable_line
from autograder.checks.states import State
from autograder.checks.texts import said
from autograder.submission.test_cells import waits

from .run import Outcome, not_installed
from .verdict import Result


def result(cell: NotebookNode, visible: Outcome, hidden: Outcome | None) -> Result:
    """Return the Result of a test cell.

    Parameters
    ----------
    cell : NotebookNode
        Of the master.
    visible : Outcome
        Of the cell as students see it: what may be shown to them.
    hidden : Outcome or None
        Of the cell in the run with the hidden tests, if there are any: what is scored.
    """
    points = float(cell.metadata.nbgrader.points)
    scored = hidden or visible

    def of(state: State, why: str, gained: float = 0.0) -> Result:
        return Result(state, gained, points, f"{cell.metadata.nbgrader.grade_id}: {why}")

    if waits(cell.source):  # a comment: it would pass without a look at the answer
        why = said("nbgrader generate_assignment has yet to write what AUTOTEST stands for.")
        return of(State.NOT_GRADABLE, why)
    if scored.ended:
        return of(scored.ended.state, f"{scored.ended.detail}.")
    if _stopped(scored):
        hidden_one = said("the visible tests pass; a hidden one does not.")
        return of(State.FAILED, _stopped(visible) or hidden_one)
    try:
        gained = score(cell, scored.decisive)
    except (ValueError, KeyError) as error:  # stock nbgrader ends there, and the class waits
        return of(
            State.NOT_GRADABLE,
            said("the value of its last line has no text.")
            if isinstance(error, KeyError)
            else said(f"the value of its last line is more than {points:g} points."),
        )
    if gained >= points:
        return Result(State.PASSED, gained, points)
    state = State.PARTLY_RIGHT if gained else State.FAILED
    return of(state, said(f"{gained:g} of {points:g} points."), gained)


def named(found: Result, cells: Iterable[NotebookNode]) -> Result:
    """Say so if a name is not known because a module that some cell imports is not there."""
    missing = [module for cell in cells for module in not_installed(cell)]
    if found.state != State.FAILED or "NameError" not in found.message or not missing:
        return found
    why = said(f"The module {missing[0]} is not there where your work is graded.")
    return replace(found, message=f"{found.message}. {why}")


def score(cell: NotebookNode, decisive: NotebookNode | None) -> float:
    """Return the points that nbgrader gives for a test cell, by its first error or value.

    Raises
    ------
    ValueError
        If the value is more than the cell's points.
    KeyError
        If the value has no text.
    """
    from nbgrader.utils import determine_grade  # here: it takes long, and few notebooks need it

    copy = nbformat.from_dict(cell)
    copy.outputs = [] if decisive is None else [decisive]
    gained, most = determine_grade(copy)
    return min(max(float(gained or 0.0), 0.0), float(most))


def _stopped(outcome: Outcome) -> str:
    """Return the error with which a test stopped, or nothing."""
    output = outcome.decisive
    if output is None or output.output_type != "error":
        return ""
    line = output.evalue.rstrip().rpartition("\n")[2] or output.ename or "error"
    return printable_line(line) or "an error"
