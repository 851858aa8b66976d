"""Finding the texts for students in a module, for Babel: what a catalogue has to translate.

A text is what is handed to one of `TAKERS`, what a variable or an attribute of `LOCALS` or a state
is, what a dict has under one of `KEYS`, and a constant of several words. The values in an f-string
become fields with names, as in `an array of shape {shape}`.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Iterator
from typing import IO, Any

# What takes texts: at which places, or under which names.
MISMATCH = (0, 1, 2, 3, "expected", "got", "hint", "where")
TAKERS: dict[str, tuple[int | str, ...]] = {
    "said": (0,),
    "Mismatch": MISMATCH,
    "Difference": (0, 1, 3, "expected", "got", "hint"),
    "Finding": (1, "message"),
    "Reply": ("detail",),
    "WorkerEndedError": (1,),
    "NotGradableError": (0,),
    "note": (0,),
    "repairs": (0,),
    "remarks": (0,),
    "mistake": (0,),
    "format": (0,),
    "case": ("label", "edge"),
    "Value": ("remind",),
    "value": ("remind",),
}
KEYS = ("message", "expected", "got", "shapes_are")  # of dicts that describe a mistake
LOCALS = {
    *("label", "edge", "hint", "message", "expected", "got"),
    *("what", "kind", "how", "lost", "remind"),
}
FIELD = re.compile(r"\{[^}]*\}")
Found = tuple[int, str, str, list[str]]


def extract(
    fileobj: IO[bytes], keywords: Collection[str], comment_tags: Collection[str], options: Any
) -> Iterator[Found]:
    """Yield the texts of a module: line, no function, text, no comments; a method of Babel's."""
    tree = ast.parse(fileobj.read())
    for node in ast.walk(tree):
        for value in _handed_over(node):
            for text in _texts(value):
                if any(map(str.isalpha, FIELD.sub("", text))) or len(FIELD.findall(text)) > 1:
                    yield value.lineno, "", text, []


def _handed_over(node: ast.AST) -> list[ast.expr]:
    """Return the expressions in a node that stand where a text is expected."""
    if isinstance(node, ast.ClassDef) and any(map(_is_enum, node.bases)):
        return [each.value for each in node.body if isinstance(each, ast.Assign)]
    if isinstance(node, ast.Assign):
        return _assigned(node)
    if isinstance(node, ast.For):
        return list(_looped_over(node))
    if isinstance(node, ast.Dict):
        pairs = zip(node.keys, node.values)
        return [v for k, v in pairs if isinstance(k, ast.Constant) and k.value in KEYS]
    if not isinstance(node, ast.Call):
        return []
    taker = getattr(node.func, "attr", getattr(node.func, "id", ""))
    if taker == "append":  # to the remarks of a submission
        to = getattr(node.func, "value", None)
        taker = getattr(to, "attr", getattr(to, "id", ""))
    places = TAKERS.get(taker, ())
    named = [each.value for each in node.keywords if each.arg in places]
    return [each for i, each in enumerate(node.args) if i in places] + named


def _is_enum(base: ast.expr) -> bool:
    return isinstance(base, ast.Name) and base.id == "StrEnum"


def _assigned(node: ast.Assign) -> list[ast.expr]:
    """Return the texts of variables that are named so, and of several words in constants."""
    found = []
    for target, value in [pair for each in node.targets for pair in _pairs(each, node.value)]:
        names = {
            each.id if isinstance(each, ast.Name) else each.attr
            for each in ast.walk(target)
            if isinstance(each, ast.Name | ast.Attribute) and isinstance(each.ctx, ast.Store)
        }
        if names & LOCALS:
            found.append(value)
        elif any(map(str.isupper, names)):
            literals = _literals(value)
            found += [each for each in literals if any(" " in t.strip() for t in _texts(each))]
    return found


def _pairs(target: ast.expr, value: ast.expr) -> Iterator[tuple[ast.expr, ast.expr]]:
    """Yield what is stored where; a tuple written for several variables is taken apart."""
    parts, each = getattr(target, "elts", []), getattr(value, "elts", [])
    if not parts or len(parts) != len(each):
        yield target, value
        return
    for pair in zip(parts, each):
        yield from _pairs(*pair)


def _looped_over(node: ast.For) -> Iterator[ast.expr]:
    """Yield what a variable for a text is, in a loop over tuples that are written there."""
    for i, name in enumerate(getattr(node.target, "elts", ())):
        if isinstance(name, ast.Name) and name.id in LOCALS:
            for row in getattr(node.iter, "elts", ()):
                yield from getattr(row, "elts", ())[i : i + 1]


def _literals(value: ast.expr) -> Iterator[ast.expr]:
    """Yield the texts in a constant; what stands beside a pattern is none."""
    if isinstance(value, (ast.Constant, ast.JoinedStr)):
        yield value
    elif isinstance(value, ast.Dict):
        for each in [*value.keys, *value.values]:
            yield from _literals(each) if each else ()
    elif isinstance(value, (ast.Tuple, ast.List)):
        patterns = any(isinstance(each, ast.Call) for each in value.elts)
        for each in value.elts if not patterns else ():
            yield from _literals(each)


def _texts(value: ast.expr) -> Iterator[str]:
    """Yield the texts that an expression can be."""
    if isinstance(value, ast.Constant) and isinstance(value.value, str) and value.value:
        yield value.value
    elif isinstance(value, ast.JoinedStr):
        yield _template(value)
    elif isinstance(value, ast.IfExp):
        yield from _texts(value.body)
        yield from _texts(value.orelse)
    elif isinstance(value, ast.BoolOp):
        for each in value.values:
            yield from _texts(each)


def _template(text: ast.JoinedStr) -> str:
    """Return an f-string with a name in the place of each value."""
    parts: list[str] = []
    names: list[str] = []
    for each in text.values:
        if isinstance(each, ast.Constant):
            parts.append(str(each.value))
        elif isinstance(each, ast.FormattedValue):
            name = _name(each.value).rstrip("_")
            while name in names:
                name += "_"
            names.append(name)
            parts.append(f"{{{name}}}")
    return "".join(parts)


def _name(value: ast.expr) -> str:
    """Return a name for a value, for translators."""
    if isinstance(value, ast.Attribute):
        return value.attr
    if isinstance(value, ast.Name):
        return value.id
    inner = [each for each in ast.iter_child_nodes(value) if isinstance(each, ast.expr)]
    for each in reversed(inner):
        if (name := _name(each)) != "value":
            return name
    return "value"
