"""Test cells that are run in the worker, scored as nbgrader scores them.

An error is no points, a number as the cell's value is a partial score, anything else is full
marks. In one thing nbgrader's rule is not followed: text on stderr, such as a warning, costs
nothing.
"""

from __future__ import annotations

import nbformat
from nbformat import NotebookNode

from autograder.checks.rules import printable_line
from autograder.checks.states import State

from .run import Outcome
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
        Of the cell with its hidden tests, if it has any: what is scored.
    """
    name = cell.metadata.nbgrader.grade_id
    points = float(cell.metadata.nbgrader.points)
    scored = hidden or visible
    if scored.ended:
        return Result(scored.ended.state, 0.0, points, f"{name}: {scored.ended.detail}.")
    try:
        gained = score(cell, scored.outputs)
    except ValueError:  # stock nbgrader ends there, and the rest of the class waits
        why = f"{name}: the value of its last line is more than its {points:g} points."
        return Result(State.NOT_GRADABLE, 0.0, points, why)
    if gained >= points:
        return Result(State.PASSED, gained, points)
    message = _error(visible) or "the visible tests pass; a hidden one does not."
    if gained > 0:
        return Result(
            State.PARTLY_RIGHT, gained, points, f"{name}: {gained:g} of {points:g} points."
        )
    return Result(State.FAILED, 0.0, points, f"{name}: {message}")


def score(cell: NotebookNode, outputs: list[NotebookNode]) -> float:
    """Return the points that nbgrader gives for the outputs of a test cell.

    Raises
    ------
    ValueError
        If the cell's value is more than its points.
    """
    from nbgrader.utils import determine_grade  # here: it takes long, and few notebooks need it

    copy = nbformat.from_dict(cell)
    copy.outputs = [each for each in outputs if each.get("name") != "stderr"]
    gained, most = determine_grade(copy)
    return min(max(float(gained or 0.0), 0.0), float(most))


def _error(outcome: Outcome) -> str:
    """Return what a test that students see says of its failure."""
    for output in outcome.outputs:
        if output.output_type == "error":
            return printable_line(output.evalue.rstrip().rpartition("\n")[2] or output.ename)
    return ""
