"""Packing the checks of an assignment into its notebook."""

import base64
import io
import zipfile
from collections.abc import Iterable
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from autograder.submission import carried

MAX_CARRIED = 400_000  # characters; a grading reads cells of up to 500,000
CELL_ID = "checks"
FIRST_DATE = (1980, 1, 1, 0, 0, 0)  # of a zip archive: equal files give equal notebooks
# How JupyterLab and Colab are asked to show the cell closed, and to leave it as it is.
CLOSED = {
    "jupyter": {"source_hidden": True},
    "cellView": "form",
    "deletable": False,
    "editable": False,
}


def carry(notebook: NotebookNode, folder: Path, data: Iterable[str]) -> int:
    """Give a notebook a cell, before its first code, that brings the checks along.

    One that it has already is replaced.

    Parameters
    ----------
    notebook : NotebookNode
        As it is released.
    folder : Path
        In which `checks` and the data lie.
    data : iterable of str
        Names of the files that the notebook reads.

    Returns
    -------
    int
        The size of the cell in characters; one of more than `MAX_CARRIED` was not put in.
    """
    names = [f"checks/{path.name}" for path in sorted((folder / "checks").iterdir())]
    text = carried.source(_packed(folder, [*names, *data]))
    if len(text) <= MAX_CARRIED:
        notebook.cells = [cell for cell in notebook.cells if cell.get("id") != CELL_ID]
        place = next(i for i, cell in enumerate(notebook.cells) if cell.cell_type == "code")
        cell = nbformat.v4.new_code_cell(text, id=CELL_ID, metadata=CLOSED)
        notebook.cells.insert(place, cell)
    return len(text)


def _packed(folder: Path, names: Iterable[str]) -> str:
    """Return files as a zip archive in base64."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name in names:
            if (folder / name).is_file():
                archive.writestr(
                    zipfile.ZipInfo(name, FIRST_DATE),
                    (folder / name).read_bytes(),
                    zipfile.ZIP_DEFLATED,
                )
    return base64.b64encode(buffer.getvalue()).decode()
