"""Which cell of the master a cell is that was handed in: by its id, its text, or its place.

Editors lose nbgrader's marks, and a course may have the same stub in many cells. So a text is
first looked for below the cell that came before.
"""

from __future__ import annotations

import ast
import contextlib
from functools import lru_cache
from itertools import takewhile
from typing import Any

from nbformat import NotebookNode

from .reading import CODE, MAX_CELLS, Cell


class Matching:
    """The cells of a master, to be found again.

    Parameters
    ----------
    cells : list of NotebookNode
        Of the master.
    handed : list of dict
        All cells that were handed in.
    """

    def __init__(self, cells: list[NotebookNode], handed: list[Cell]) -> None:
        self.cells = list(cells)
        self.places = {id(cell): place for place, cell in enumerate(self.cells)}
        self.by_id = {_marks(cell)["grade_id"]: cell for cell in self.cells if _marks(cell)}
        self.by_text: dict[str, list[NotebookNode]] = {}
        for cell in self.cells:
            if cell.source.strip():
                text = canonical(cell.cell_type, cell.source)
                self.by_text.setdefault(text, []).append(cell)
        came = {canonical(cell["type"], cell["source"]) for cell in handed}
        self.missing = [  # unmarked code, which anybody may edit, that did not come as it was
            cell
            for cell in self.cells
            if cell.cell_type == "code"
            and not _marks(cell)
            and canonical("code", cell.source) not in came
        ]

    def known(self, cell: Cell, above: NotebookNode | None) -> NotebookNode | None:
        """Return the master's cell that a handed one is, or None.

        Parameters
        ----------
        cell : dict
        above : NotebookNode or None
            The master's cell that came before it.
        """
        if cell["grade_id"] in self.by_id:
            return self.by_id[cell["grade_id"]]
        found = self.by_text.get(canonical(cell["type"], cell["source"]), [])
        if cell["grade_id"] or not found:
            found = [each for each in found if not _marks(each)]
        start = self._below(above)
        later = [each for each in found if self.places[id(each)] >= start]
        return next(iter(later or found), None)

    def edited(self, cell: Cell, above: NotebookNode | None) -> NotebookNode | None:
        """Return the unmarked code cell of the master of which a handed one is an edit, or None.

        It has kept its id, or stands where that is missing and shares half of its lines.
        """
        if cell["type"] != "code" or cell["grade_id"] or not cell["source"].strip():
            return None
        own = set(cell["source"].splitlines())
        near = takewhile(lambda each: not _marks(each), self.cells[self._below(above) :])
        for each in near:
            lines = set(each.source.splitlines())
            kept_its_id = cell["id"] and cell["id"] == each.get("id")
            is_like_it = lines and 2 * len(lines & own) >= len(lines)
            if (kept_its_id or is_like_it) and any(each is one for one in self.missing):
                self.missing = [one for one in self.missing if one is not each]
                return each
        return None

    def holds_a_test(self, handed: list[Cell]) -> bool:
        """Tell whether one of the master's locked tests came, with its mark or without."""
        texts = {
            text
            for text, cells in self.by_text.items()
            if any(_marks(cell).get("grade") and not _marks(cell).get("solution") for cell in cells)
        }
        return any(canonical(cell["type"], cell["source"]) in texts for cell in handed)

    def _below(self, above: NotebookNode | None) -> int:
        return 0 if above is None else self.places[id(above)] + 1


def _marks(cell: NotebookNode) -> Any:
    return cell.metadata.get("nbgrader", {})


@lru_cache(maxsize=4 * MAX_CELLS)  # the cells of one notebook
def canonical(kind: str, source: str) -> str:
    """Return what is equal for two texts that differ in their layout only."""
    if kind == "code" and len(source) <= CODE:
        with contextlib.suppress(SyntaxError, ValueError, RecursionError, MemoryError):
            return ast.dump(ast.parse(source))
    return " ".join(source.split())
