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
from autograder.submission.test_cells import waits

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
        Of the cell in the run with the hidden tests, if there are any: what is scored.
    """
    name = cell.metadata.nbgrader.grade_id
    points = float(cell.metadata.nbgrader.points)
    scored = hidden or visible
    if waits(cell.source):  # a comment: it would pass without a look at the answer
        why = f"{name}: nbgrader generate_assignment has yet to write what AUTOTEST stands for."
        return Result(State.NOT_GRADABLE, 0.0, points, why)
    if scored.ended:
        return Result(scored.ended.state, 0.0, points, f"{name}: {scored.ended.detail}.")
    try:
        gained = score(cell, scored.decisive)
    except (ValueError, KeyError) as error:  # stock nbgrader ends there, and the class waits
        what = "has no text" if isinstance(error, KeyError) else f"is more than {points:g} points"
        return Result(
            State.NOT_GRADABLE, 0.0, points, f"{name}: the value of its last line {what}."
        )
    stopped = scored.decisive is not None and scored.decisive.output_type == "error"
    if gained >= points and not stopped:  # a test may be worth nothing
        return Result(State.PASSED, gained, points)
    if not stopped:
        state = State.PARTLY_RIGHT if gained else State.FAILED
        return Result(state, gained, points, f"{name}: {gained:g} of {points:g} points.")
    message = _error(visible) or "the visible tests pass; a hidden one does not."
    return Result(State.FAILED, 0.0, points, f"{name}: {message}")


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


def _error(outcome: Outcome) -> str:
    """Return what a test that students see says of its failure."""
    output = outcome.decisive
    if output is None or output.output_type != "error":
        return ""
    return printable_line(output.evalue.rstrip().rpartition("\n")[2] or output.ename)
