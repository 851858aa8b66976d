"""Mutants of an answer: its text with one small change each."""

from __future__ import annotations

import ast
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from .edits import edits

SAYING = ("print", "warn", "set_title", "legend")


@dataclass(frozen=True)
class Mutant:
    """An answer with one change.

    Attributes
    ----------
    kind : str
        Which kind of change, for example "constant".
    change : str
        The lines that differ, as `old -> new`. It does not depend on layout or comments.
    text : str
        The whole answer.
    """

    kind: str
    change: str
    text: str


def mutants(text: str, chosen: Callable[[int], bool] = lambda number: True) -> list[Mutant]:
    """Return the mutants of an answer, none of them twice.

    Parameters
    ----------
    text : str
        Definitions, with the helpers that they need.
    chosen : callable, optional
        Tells by the number of a change whether it is made; by default all are.
    """
    tree = ast.parse(text)
    plain = ast.unparse(tree)
    found: dict[str, Mutant] = {}
    for kind, changed in _changed(tree, chosen):
        if changed != plain and changed not in found and _compiles(changed):
            found[changed] = Mutant(kind, difference(plain, changed), changed)
    return list(found.values())


def _changed(tree: ast.Module, chosen: Callable[[int], bool]) -> Iterator[tuple[str, str]]:
    """Yield the kind and the text of each change; the tree is left as it was."""
    number = 0
    for parent, field, place, node in _slots(tree):
        for kind, instead in edits(node, parent, field):
            number += 1
            if chosen(number):
                _put(parent, field, place, instead)
                yield kind, ast.unparse(tree)
                _put(parent, field, place, node)


def _slots(node: ast.AST) -> Iterator[tuple[ast.AST, str, int | None, ast.AST]]:
    """Yield each node below another one with its place: parent, field, index in the field."""
    for field, value in ast.iter_fields(node):
        if field in ("decorator_list", "annotation", "returns", "ctx"):
            continue
        for place, child in enumerate(value) if isinstance(value, list) else [(None, value)]:
            if isinstance(child, ast.AST) and not _is_words(child):
                yield node, field, place, child
                yield from _slots(child)


def _is_words(node: ast.AST) -> bool:
    """Tell whether a statement only says something: a docstring, an error with its message."""
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
        called = node.value.func
        return getattr(called, "attr", getattr(called, "id", "")) in SAYING
    if isinstance(node, ast.Expr):
        return isinstance(node.value, ast.Constant)
    return isinstance(node, ast.Raise | ast.Assert)


def _put(parent: ast.AST, field: str, place: int | None, node: Any) -> None:
    if place is None:
        setattr(parent, field, node)
    else:
        getattr(parent, field)[place] = node


def _compiles(text: str) -> bool:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # such as `is` with a number
        try:
            compile(text, "<mutant>", "exec")
        except SyntaxError:
            return False
    return True


def difference(old: str, new: str) -> str:
    """Return the lines in which two texts differ, on one line."""
    before, after = old.splitlines(), new.splitlines()
    while before and after and before[0] == after[0]:
        del before[0], after[0]
    while before and after and before[-1] == after[-1]:
        del before[-1], after[-1]
    return " -> ".join(" / ".join(line.strip() for line in lines) for lines in (before, after))
