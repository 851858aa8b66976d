"""Which of the author's cells need not be run: the examples that nobody uses.

A notebook holds cells for trying things, some of which draw. In a grading they cost more than
the answers do, and nobody looks at them.
"""

from __future__ import annotations

import ast
import re

from nbformat import NotebookNode

from .rebuild import HELPER, nbgrader_metadata


def unused(notebook: NotebookNode) -> set[int]:
    """Return the indexes of the author's example cells whose names no other code mentions.

    Parameters
    ----------
    notebook : NotebookNode
        A rebuilt notebook.

    Returns
    -------
    set of int
    """
    words: set[str] = set()
    examples = {}
    for index, cell in enumerate(notebook.cells):
        if cell.cell_type != "code":
            continue
        if nbgrader_metadata(cell) or cell.metadata.get("role") == HELPER:
            words |= set(re.findall(r"\w+", cell.source))
        else:
            examples[index] = _bound(cell.source)
    return {index for index, names in examples.items() if names and not names & words}


def _bound(source: str) -> set[str]:
    """Return the names that an example binds; none if the cell does anything but that and show."""
    try:
        body = ast.parse(source).body
    except SyntaxError:  # a magic, or a half-finished cell
        return set()
    names = set()
    for node in body:
        if isinstance(node, ast.Assign):
            names |= {
                each.id
                for target in node.targets
                for each in ast.walk(target)
                if isinstance(each, ast.Name)
            }
        elif not isinstance(node, ast.Expr):
            return set()
    return names
