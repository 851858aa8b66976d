"""The small changes that a mutant is made by: what a node of a syntax tree may become."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from typing import Any

from . import calls, statements
from .nodes import (
    COMPARISONS,
    COSMETIC,
    EPSILON,
    LABELS,
    OPERATORS,
    SWAPPED,
    Edit,
    called,
    with_,
)


def edits(node: ast.AST, parent: ast.AST, field: str) -> Iterator[Edit]:
    """Yield what may stand in the place of a node; the node itself is not changed.

    Parameters
    ----------
    node : ast.AST
    parent : ast.AST
    field : str
        Of the parent, in which the node is.
    """
    for kind, edit in EDITS:
        if isinstance(node, kind):
            yield from edit(node, parent, field)


def _operators(node: ast.BinOp, parent: ast.AST, field: str) -> Iterator[Edit]:
    for other in OPERATORS.get(type(node.op), ()):
        yield "operator", with_(node, op=other())
    yield "term dropped", node.left
    yield "term dropped", node.right
    if isinstance(node.op, SWAPPED) and not _loses_its_sign(parent):
        yield "operands swapped", with_(node, left=node.right, right=node.left)
    if isinstance(node.op, ast.Div):
        yield "epsilon", with_(node, right=ast.BinOp(node.right, ast.Add(), EPSILON))


def _loses_its_sign(parent: ast.AST) -> bool:
    """Tell whether a difference is squared, or its absolute value taken."""
    of_a_call = isinstance(parent, ast.Call) and called(parent) == "abs"
    return of_a_call or (isinstance(parent, ast.BinOp) and isinstance(parent.op, ast.Pow))


def _signs(node: ast.UnaryOp, parent: ast.AST, field: str) -> Iterator[Edit]:
    if not isinstance(node.operand, ast.Constant):  # that is an edit of the constant
        yield "sign or not", node.operand


def _comparisons(node: ast.Compare, parent: ast.AST, field: str) -> Iterator[Edit]:
    for place, op in enumerate(node.ops):
        for other in COMPARISONS[type(op)]:
            ops = [*node.ops[:place], other(), *node.ops[place + 1 :]]
            yield "comparison", with_(node, ops=ops)


def _conditions(node: ast.BoolOp, parent: ast.AST, field: str) -> Iterator[Edit]:
    yield "and, or", with_(node, op=ast.Or() if isinstance(node.op, ast.And) else ast.And())
    for place in range(len(node.values)):
        values = node.values[:place] + node.values[place + 1 :]
        kept = values[0] if len(values) == 1 else with_(node, values=values)
        yield "condition dropped", kept


def _choices(node: ast.IfExp, parent: ast.AST, field: str) -> Iterator[Edit]:
    yield "choice", node.body
    yield "choice", node.orelse


def _constants(node: ast.Constant, parent: ast.AST, field: str) -> Iterator[Edit]:
    if isinstance(parent, ast.keyword) and parent.arg in {*COSMETIC, *LABELS, "axis"}:
        return
    if isinstance(parent, ast.Call) and called(parent) in LABELS:
        return
    others = _other_values(node.value)
    if isinstance(parent, ast.Subscript) and _is_shape(parent.value):
        others = [1 - node.value] if isinstance(node.value, int) else []
    elif field == "elts" and node.value == 0:  # `column[i, 0]`
        others = [1]
    for other in others:
        yield "constant", ast.Constant(other)


def _other_values(value: Any) -> list[Any]:
    if isinstance(value, bool):
        return [not value]
    if isinstance(value, int):
        return [value + 1, value - 1, -value or value]
    if isinstance(value, float):
        return [2 * value, -value or value, 1.01 * value, 0.0, value + 1.0]
    if isinstance(value, str):
        return [value + "x", value[:-1]]
    return [0] if value is None else []


def _is_shape(node: ast.AST) -> bool:
    return isinstance(node, ast.Attribute) and node.attr == "shape"


def _names(node: ast.Name, parent: ast.AST, field: str) -> Iterator[Edit]:
    if isinstance(node.ctx, ast.Load) and node.id == "rng":
        own = ast.parse("np.random.default_rng(0)", mode="eval").body
        yield "own generator", own


EDITS: tuple[tuple[type[ast.AST], Callable[[Any, ast.AST, str], Iterator[Edit]]], ...] = (
    (ast.BinOp, _operators),
    (ast.UnaryOp, _signs),
    (ast.Compare, _comparisons),
    (ast.BoolOp, _conditions),
    (ast.IfExp, _choices),
    (ast.Constant, _constants),
    (ast.Name, _names),
    (ast.Call, calls.calls),
    (ast.keyword, calls.keywords),
    (ast.Slice, statements.slices),
    (ast.Subscript, statements.subscripts),
    (ast.Attribute, statements.attributes),
    (ast.comprehension, statements.filters),
    (ast.stmt, statements.statements),
    (ast.AugAssign, statements.augmented),
    (ast.If, statements.branches),
    (ast.While, statements.branches),
    (ast.For, statements.loops),
    (ast.Return, statements.returns),
)
