"""What a test cell of the master asks for: a check from outside, or to be run where it is.

A cell that is nothing but ``check("name", function)`` is judged from outside, in a notebook that
imports the engine's `check`. Every other test cell is run in the worker and scored by nbgrader's
own rule.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import TypeGuard

from nbformat import NotebookNode


class TestCellError(ValueError):
    """A test cell of the master that cannot be judged; the text is for its author."""

    __test__ = False  # pytest takes it for a test by its name


@dataclass(frozen=True)
class Check:
    """A call of `check`: the exercise, and the expression whose value is judged."""

    exercise: str
    expression: str


@dataclass(frozen=True)
class Ordinary:
    """A test cell that is run: its whole text, and its text without the hidden tests."""

    source: str
    visible: str

    @property
    def has_hidden_tests(self) -> bool:
        """Return whether a part of it is hidden from students."""
        return self.source != self.visible


def exercise_of(cell: str) -> str:
    """Return the exercise that a cell is about, by its grade_id."""
    return cell.removeprefix("test_")


AUTOTEST = re.compile(r"^\s*#.*\bAUTOTEST\b", re.MULTILINE)  # for which nbgrader writes a test
IMPORT = re.compile(r"^\s*from +checks +import\b.*(\bcheck\b|\*|\()", re.MULTILINE)
OWN_CHECKS = {"checks.py", "checks/__init__.py"}  # files of a course that has such a module itself


def waits(source: str) -> bool:
    """Tell whether nbgrader has yet to write the tests of a cell, which it does for a release."""
    return bool(AUTOTEST.search(source))


def imports_check(notebook: NotebookNode, files: Collection[str]) -> bool:
    """Tell whether `check` is the engine's in a notebook; a course may have its own.

    Parameters
    ----------
    notebook : NotebookNode
    files : set of str
        Names of what the assignment ships.
    """
    code = (cell.source for cell in notebook.cells if cell.cell_type == "code")
    return not OWN_CHECKS & set(files) and any(map(IMPORT.search, code))


def parse(cell: NotebookNode, visible: str) -> Check | Ordinary:
    """Return what a test cell asks for.

    Parameters
    ----------
    cell : NotebookNode
        Of the master, with its hidden tests.
    visible : str
        The cell's text as students receive it.

    Raises
    ------
    TestCellError
        If it calls `check` among other statements, or with other arguments than a name and a
        function: its meaning would be unclear.
    """
    source = cell.source
    ordinary = Ordinary(source, visible)
    try:
        body = ast.parse(source).body
    except (SyntaxError, ValueError, RecursionError):
        return ordinary  # magics, `await` at the top, or an error that the run will show
    calls = [node for statement in body for node in ast.walk(statement) if _is_check(node)]
    if not calls:
        return ordinary
    statement = body[0]
    if len(body) > 1 or not isinstance(statement, ast.Expr) or statement.value is not calls[0]:
        raise TestCellError(
            f"the test cell {_grade_id(cell)} calls `check` among other code; put the call alone "
            "in its cell, so that it can be judged from outside"
        )
    return _check(calls[0], cell)


def _is_check(node: ast.AST) -> TypeGuard[ast.Call]:
    return (
        isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and (node.func.id == "check")
    )


def _check(call: ast.Call, cell: NotebookNode) -> Check:
    arguments = dict(zip(("name", "function"), call.args)) | {
        keyword.arg: keyword.value for keyword in call.keywords if keyword.arg
    }
    name, function = arguments.get("name"), arguments.get("function")
    if (
        set(arguments) != {"name", "function"}
        or len(call.args) + len(call.keywords) != 2
        or function is None
        or isinstance(function, ast.Starred)
        or not isinstance(name, ast.Constant)
        or not isinstance(name.value, str)
    ):
        raise TestCellError(
            f'the test cell {_grade_id(cell)} is not of the form check("name", function)'
        )
    return Check(name.value, ast.unparse(function))


def _grade_id(cell: NotebookNode) -> str:
    return str(cell.metadata.get("nbgrader", {}).get("grade_id", "without a grade_id"))
