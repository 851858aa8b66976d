"""The rule modules of an assignment, as they go into a release among the checks.

There they lie in the package `checks`, on machines that have NumPy and Matplotlib and nothing of
ours. So an import of `autograder.checks` is written anew, and any other that would fail there is
refused: no exercise, and with it no answer, can come along.
"""

import ast
import sys
from collections.abc import Collection
from pathlib import Path

from autograder import checks, registry
from autograder.model import Assignment

CHECKS = checks.__name__
AVAILABLE = {*sys.stdlib_module_names, "numpy", "matplotlib"}  # to a student


def released_rules(declared: Assignment) -> dict[str, str]:
    """Return the rule modules of an assignment by file name, as students receive them.

    Raises
    ------
    ValueError
        If one has the name of a module of the checks, or imports what students do not have.
    """
    course, engine = registry.folder(), Path(str(checks.__file__)).parent
    assert course is not None  # it has declared the assignment
    released = {}
    for name in declared.rules:
        path = course / declared.name / f"{name}.py"
        if (engine / path.name).exists():
            raise ValueError(f"{path}: the checks have a module of this name already")
        try:
            released[path.name] = _released(path.read_text(encoding="utf-8"), declared.rules)
        except ValueError as error:
            raise ValueError(f"{path}, {error}") from None
    return released


def _released(source: str, siblings: Collection[str]) -> str:
    """Return the code of a rule module with its imports as they work in a release."""
    lines = source.encode().splitlines(keepends=True)
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            for each in node.names:
                _require(each.name.split(".")[0] in AVAILABLE, node, each.name)
        elif isinstance(node, ast.ImportFrom):
            inside = _inside_checks(node)
            if inside is not None:
                _replace(lines, node, inside)
            elif node.level:
                names = [node.module] if node.module else [each.name for each in node.names]
                known = node.level == 1 and set(names) <= set(siblings)
                _require(known, node, "." * node.level + names[0])
            else:
                module = str(node.module)
                _require(module.split(".")[0] in AVAILABLE, node, module)
    return b"".join(lines).decode()  # as the code was, comments too, but for these imports


def _require(available: bool, node: ast.stmt, module: str) -> None:
    if not available:
        raise ValueError(
            f"line {node.lineno}: students do not have {module}; a rule module may import "
            f"NumPy, Matplotlib, the standard library, other RULES of the assignment, and "
            f"`from {CHECKS}...`"
        )


def _inside_checks(node: ast.ImportFrom) -> ast.ImportFrom | None:
    """Return the relative import that takes the place of one from the checks, or None."""
    module = str(node.module)
    if node.level or not f"{module}.".startswith(f"{CHECKS}."):
        return None
    return ast.ImportFrom(module[len(CHECKS) + 1 :] or None, node.names, level=1)


def _replace(lines: list[bytes], old: ast.ImportFrom, new: ast.ImportFrom) -> None:
    """Write another statement in the place of one, on one line."""
    first, last = old.lineno - 1, (old.end_lineno or old.lineno) - 1
    before, after = lines[first][: old.col_offset], lines[last][old.end_col_offset :]
    lines[first] = before + ast.unparse(new).encode() + after
    lines[first + 1 : last + 1] = [b""] * (last - first)
