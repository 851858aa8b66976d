"""Notebooks as text: py:percent with short marks for graded cells.

A text marks a solution cell by ``solution="area"``, its test cell by ``test="area"``, an
answer in words by ``written="why_pi" points=3``. Building turns the marks into nbgrader's
metadata, with the points of the declaration; bringing an edit back turns them into marks again.

In an assignment all code cells but the answers are tagged ``raises-exception``: "run all cells"
then goes through a notebook in which answers are still missing. The error is shown, and
``nbgrader validate`` reports it, as without the tag.
"""

import hashlib
import re
from collections.abc import Mapping

import jupytext
import nbformat
from nbformat import NotebookNode

from autograder.registry import exercises
from autograder.submission.test_cells import exercise_of

KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
SCHEMA = 3  # of nbgrader's cell metadata
TOTAL = re.compile(r"<!--points-->[\d.]+<!--/points-->")
MARKS = ("solution", "test", "written")
GOES_ON = (
    "raises-exception"  # nbclient, Jupyter Lab and VS Code go on after an error in such a cell
)


def to_notebook(text: str, assignment: str | None = None) -> NotebookNode:
    """Return the notebook that a text stands for.

    Parameters
    ----------
    text : str
        py:percent.
    assignment : str, optional
        Whose declaration gives the points; None for a lesson.

    Raises
    ------
    ValueError
        If a mark names no exercise; the message names the line to fix.
    """
    notebook = jupytext.reads(text, fmt="py:percent")
    points = (
        {name: each.points for name, each in exercises(assignment).items()} if assignment else {}
    )
    for cell in notebook.cells:
        _expand(cell, points)
        if assignment and cell.cell_type == "code" and not _is_answer(cell):
            cell.metadata.setdefault("tags", []).append(GOES_ON)
    total = sum(points.values()) + points_by_hand(notebook)
    for cell in notebook.cells:
        cell.source = cell.source.replace("{{points}}", f"<!--points-->{total:g}<!--/points-->")
    _name_cells(notebook)
    notebook.metadata = nbformat.from_dict(
        {"kernelspec": KERNEL, "language_info": {"name": "python"}}
    )
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    return notebook


def to_text(notebook: NotebookNode) -> str:
    """Return the text of a notebook, outputs left out; the inverse of `to_notebook`."""
    notebook = nbformat.from_dict(notebook)
    graded = any("nbgrader" in cell.metadata for cell in notebook.cells)
    for cell in notebook.cells:
        if graded and GOES_ON in cell.metadata.get("tags", []):
            cell.metadata.tags.remove(GOES_ON)
            if not cell.metadata.tags:
                del cell.metadata["tags"]
        _contract(cell)
        cell.source = TOTAL.sub("{{points}}", cell.source)
    notebook.metadata = nbformat.from_dict(
        {
            "jupytext": {"cell_metadata_filter": "all", "notebook_metadata_filter": "-all"},
            "kernelspec": KERNEL,
        }
    )
    return jupytext.writes(notebook, fmt="py:percent")


def points_by_hand(notebook: NotebookNode) -> float:
    """Return the points of the answers in words."""
    return sum(
        cell.metadata.nbgrader.points
        for cell in notebook.cells
        if cell.metadata.get("nbgrader", {}).get("grade") and cell.cell_type == "markdown"
    )


def _is_answer(cell: NotebookNode) -> bool:
    return bool(cell.metadata.get("nbgrader", {}).get("solution"))


def _expand(cell: NotebookNode, points: Mapping[str, float]) -> None:
    mark = next((mark for mark in MARKS if mark in cell.metadata), None)
    if mark is None:
        return
    name = cell.metadata.pop(mark)
    if mark != "written" and name not in points:
        raise ValueError(
            f'the mark {mark}="{name}" names no exercise that is declared; '
            f"declared are {', '.join(points)}"
        )
    own = {
        "schema_version": SCHEMA,
        "task": False,
        "grade": mark != "solution",
        "solution": mark != "test",
        "locked": mark == "test",
        "grade_id": f"test_{name}" if mark == "test" else name,
    }
    if mark == "test":
        own["points"] = points[name]
        cell.metadata.update({"deletable": False, "editable": False})
    elif mark == "written":
        own["points"] = cell.metadata.pop("points")
    cell.metadata["nbgrader"] = own


def _contract(cell: NotebookNode) -> None:
    own = cell.metadata.get("nbgrader")
    if not own or own.get("task"):
        return
    del cell.metadata["nbgrader"]
    name = own["grade_id"]
    cell.metadata.pop("editable", None)
    cell.metadata.pop("deletable", None)
    if cell.cell_type == "markdown":
        cell.metadata["written"] = name
        cell.metadata["points"] = own["points"]
    elif own["solution"]:
        cell.metadata["solution"] = name
    else:
        cell.metadata["test"] = exercise_of(name)


def _name_cells(notebook: NotebookNode) -> None:
    """Give each cell an id that follows from what it is: the same from build to build."""
    seen: set[str] = set()
    for cell in notebook.cells:
        key = cell.metadata.get("nbgrader", {}).get("grade_id")
        if not key:
            key = hashlib.sha256(f"{cell.cell_type}\n{cell.source}".encode()).hexdigest()[:12]
        while key in seen:
            key += "-again"
        seen.add(key)
        cell["id"] = key[:64]
