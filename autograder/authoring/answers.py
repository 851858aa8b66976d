"""The answers that a course declares, as text: what a student would have written in the cell.

The text of a function is cut from its module, with the helpers that it needs above it. Other
exercises stay names: in a notebook they are the student's own. The exercise's own reference, where
a mistake is made from it, comes along under another name.
"""

from __future__ import annotations

import ast
import inspect
import sys
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from types import ModuleType
from typing import Any, TypeGuard

from autograder.model import Answer, Exercise

KNOWN = {"np", "plt"}  # what the notebook's own first cell imports
OWN = "right_{}"  # the name under which a reference comes along


def text_of(exercise: Exercise, answer: Answer, variant: dict[str, Any] | None = None) -> str:
    """Return the text of a right or wrong answer, under the exercise's name.

    Parameters
    ----------
    exercise : Exercise
    answer : callable
        One that the exercise declares.
    variant : dict, optional
        Values of its keyword-only parameters.
    """
    module = sys.modules[exercise.solution.__module__]
    node = _definition(module, answer)
    return "\n\n\n".join(
        [*_helpers(module, exercise, node), _answer(node, exercise, variant or {})]
    )


def style_of(exercise: Exercise, answer: Answer) -> str:
    """Return the name under which the module holds an answer."""
    module = sys.modules[exercise.solution.__module__]
    return next(name for name, value in vars(module).items() if value is answer)


@cache
def _tree(module: ModuleType) -> dict[str, ast.stmt]:
    """Return the statements of a module by the names that they define."""
    found: dict[str, ast.stmt] = {}
    for node in ast.parse(inspect.getsource(module)).body:
        for name in _defined(node):
            found[name] = node
    return found


def _defined(node: ast.stmt) -> Iterator[str]:
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        yield node.name
    elif isinstance(node, ast.Assign):
        for target in node.targets:
            yield from (each.id for each in ast.walk(target) if isinstance(each, ast.Name))
    elif isinstance(node, ast.Import | ast.ImportFrom):
        yield from ((each.asname or each.name).split(".")[0] for each in node.names)


def _definition(module: ModuleType, answer: Answer) -> ast.stmt:
    name = next(name for name, value in vars(module).items() if value is answer)
    return _tree(module)[name]


def _names(node: ast.AST) -> set[str]:
    """Return the names that a statement reads from its module, those of its decorators left out."""
    if isinstance(node, ast.Assign) and _is_marked(node.value):
        node = node.value.args[0]  # the answer without its mark
    inner = list(ast.walk(node))
    marks = list(getattr(node, "decorator_list", []))
    if isinstance(node, ast.Assign) and _is_marked(node.value):
        marks.append(node.value.func)
    decorators = {each for one in marks for each in ast.walk(one)}
    names = [each for each in inner if isinstance(each, ast.Name) and each not in decorators]
    own = {each.id for each in names if isinstance(each.ctx, ast.Store)}
    own |= {each.arg for each in inner if isinstance(each, ast.arg)}
    return {each.id for each in names} - own


def _helpers(module: ModuleType, exercise: Exercise, node: ast.stmt) -> list[str]:
    """Return the text of all that a statement needs, each thing below what it needs itself."""
    made: list[str] = []
    _collect(module, exercise, node, made, {id(node)})
    return made


def _collect(
    module: ModuleType, exercise: Exercise, node: ast.stmt, made: list[str], seen: set[int]
) -> None:
    for name in sorted(_names(node) & _tree(module).keys() - KNOWN):
        home, needed = _origin(module, name)
        if id(needed) in seen:
            continue
        seen.add(id(needed))
        if isinstance(needed, ast.Import | ast.ImportFrom):
            made.append(ast.unparse(needed))
            continue
        declared = getattr(home, "exercise", None)
        if (
            isinstance(declared, Exercise)
            and declared is not exercise
            and declared.name == name
            and home.__package__ == _package(exercise)
        ):
            continue  # in a notebook the student's own
        _collect(home, exercise, needed, made, seen)
        made.append(_helper(needed, exercise))


def _package(exercise: Exercise) -> str | None:
    return sys.modules[exercise.solution.__module__].__package__


def _origin(module: ModuleType, name: str) -> tuple[ModuleType, ast.stmt]:
    """Return where a name of a module is defined: the module of the same course, the statement."""
    node = _tree(module)[name]
    if isinstance(node, ast.ImportFrom):
        package = module.__package__ or ""
        source = import_module("." * node.level + (node.module or ""), package)
        if source.__name__.split(".")[0] == package.split(".")[0]:
            return _origin(source, name)
    return module, node


def _helper(node: ast.stmt, exercise: Exercise) -> str:
    """Return the text of a helper; the exercise's reference gets another name."""
    node = _plain(node)
    if isinstance(node, ast.FunctionDef):
        if ast.get_docstring(node) is not None and len(node.body) > 1:
            node.body = node.body[1:]
        if node.name == exercise.name:
            node.name = OWN.format(node.name)
    return _unparsed(node, exercise.name, OWN.format(exercise.name))


def _answer(node: ast.stmt, exercise: Exercise, variant: dict[str, Any]) -> str:
    """Return the text of the answer itself, under the exercise's name."""
    node, own = _plain(node), next(_defined(node))
    if isinstance(node, ast.FunctionDef):
        for place, parameter in enumerate(node.args.kwonlyargs):
            if parameter.arg in variant:
                default = ast.parse(repr(variant[parameter.arg]), mode="eval").body
                node.args.kw_defaults[place] = default
        node.name = exercise.name
    if isinstance(node, ast.Assign):
        node.targets = [ast.Name(exercise.name, ast.Store())]
        if _is_marked(node.value):
            node.value = node.value.args[0]
        text = ast.unparse(ast.fix_missing_locations(node.value))
        value = ast.parse(text, mode="eval").body
        return f"{exercise.name} = {_unparsed(value, exercise.name, OWN.format(exercise.name))}"
    text = _unparsed(node, exercise.name, OWN.format(exercise.name))
    return f"{text}\n\n\n{exercise.name} = {own}()" if isinstance(node, ast.ClassDef) else text


def _plain(node: ast.stmt) -> ast.stmt:
    """Return a copy of a definition without its decorators."""
    node = ast.parse(ast.unparse(node)).body[0]
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        node.decorator_list = []
    return node


def _unparsed(node: ast.AST, name: str, instead: str) -> str:
    """Return the text of a node in which another name is called."""
    for each in ast.walk(node):
        if isinstance(each, ast.Name) and each.id == name:
            each.id = instead
    return ast.unparse(ast.fix_missing_locations(node))


def _is_marked(value: ast.expr) -> TypeGuard[ast.Call]:
    """Tell whether an expression is `exercise.right(...)` around an answer."""
    return isinstance(value, ast.Call) and (
        (isinstance(value.func, ast.Attribute) and value.func.attr == "right")
        or isinstance(value.func, ast.Call)  # exercise.mistake("...")(lambda ...)
    )
