"""Right and wrong answers as text, cut from the files in `answers/`."""

import ast
import re
from functools import cache
from pathlib import Path

from autograder import exercises

FOLDER = Path(__file__).with_name("answers")


@cache
def styles(assignment):
    """Return the complete sets of right answers.

    Returns
    -------
    dict of dict of str
        ``{style: {exercise: source}}``; imports, constants and helper functions, for a cell
        of the student's own, under the name ``helpers``.
    """
    names = set(exercises.by_name(assignment))
    return {
        path.stem: _cut(path.read_text(encoding="utf-8"), names)
        for path in sorted((FOLDER / assignment).glob("right_*.py"))
    }


@cache
def slips(assignment):
    """Return the wrong answers.

    Returns
    -------
    dict of str
        ``{(exercise, slip): source}``, the function under its proper name.
    """
    text = (FOLDER / assignment / "slips.py").read_text(encoding="utf-8")
    made, helpers = {}, []
    for node, source in _parts(text):
        name = _name(node)
        if name and "__" in name.strip("_"):
            exercise, slip = name.split("__", 1)
            body = re.sub(rf"\b{name}\b", exercise, source)
            made[exercise, slip] = "\n\n".join([*helpers, body])
        elif name:
            helpers.append(source)
    return made


def _cut(text, names):
    made, helpers = {}, []
    for node, source in _parts(text):
        if _name(node) in names:
            made[_name(node)] = source
        else:
            helpers.append(source)
    return {**made, "helpers": "\n\n\n".join(helpers)}


def _parts(text):
    """Yield the top-level statements after the docstring, each with its text."""
    lines = text.splitlines()
    for node in ast.parse(text).body:
        is_docstring = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        if not is_docstring:
            first = min(
                [node.lineno, *(each.lineno for each in getattr(node, "decorator_list", []))]
            )
            yield node, "\n".join(lines[first - 1 : node.end_lineno])


def _name(node):
    if isinstance(node, ast.FunctionDef):
        return node.name
    if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
        return node.targets[0].id
    return None
