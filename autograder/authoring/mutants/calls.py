"""Changes to a call: another function, other arguments, or no call at all."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from .nodes import CONVERSIONS, COSMETIC, DTYPES, EPSILON, FUNCTIONS, SYMMETRIC, Edit, called, with_


def calls(node: ast.Call, parent: ast.AST, field: str) -> Iterator[Edit]:
    """Yield a call with its arguments swapped or dropped, of another function, or without it."""
    for place in range(len(node.args) - 1 if called(node) not in SYMMETRIC else 0):
        args = list(node.args)
        args[place : place + 2] = args[place + 1], args[place]
        yield "arguments swapped", with_(node, args=args)
    for place, each in enumerate(node.keywords):
        if each.arg not in COSMETIC:
            keywords = node.keywords[:place] + node.keywords[place + 1 :]
            yield "argument dropped", with_(node, keywords=keywords)
    if len(node.args) > 1:
        yield "argument dropped", with_(node, args=node.args[:-1])
    if called(node) in CONVERSIONS:
        pass
    elif isinstance(node.func, ast.Attribute) and not _is_module(node.func.value):
        yield "call dropped", node.func.value  # `x.copy()` becomes `x`
    elif node.args:
        yield "call dropped", node.args[0]  # `abs(x)` becomes `x`
    yield from _functions(node)


def _functions(node: ast.Call) -> Iterator[Edit]:
    """Yield the calls of a function with which this one is confused, or with less precision."""
    name = called(node)
    for other in FUNCTIONS.get(name, ()):
        if isinstance(node.func, ast.Attribute):
            yield "function", with_(node, func=with_(node.func, attr=other))
        elif other in ("max", "min", "any", "all", "sum"):
            yield "function", with_(node, func=ast.Name(other, ast.Load()))
    if name in DTYPES and not any(each.arg == "dtype" for each in node.keywords):
        keyword = ast.keyword("dtype", ast.Constant(DTYPES[name]))
        yield "dtype", with_(node, keywords=[*node.keywords, keyword])
    if name in ("log", "log2") and node.args:
        argument = ast.BinOp(node.args[0], ast.Add(), EPSILON)
        yield "epsilon", with_(node, args=[argument, *node.args[1:]])
    if name == "len":
        yield "length", ast.BinOp(node, ast.Sub(), ast.Constant(1))
    if name == "range":
        stop = min(1, len(node.args) - 1)
        for sign in (ast.Add(), ast.Sub()):
            args = list(node.args)
            args[stop] = ast.BinOp(args[stop], sign, ast.Constant(1))
            yield "range", with_(node, args=args)


def _is_module(node: ast.AST) -> bool:
    return isinstance(node, ast.Name) and node.id in ("np", "math", "itertools", "functools")


def keywords(node: ast.keyword, parent: ast.AST, field: str) -> Iterator[Edit]:
    """Yield the other axis."""
    if node.arg == "axis" and isinstance(node.value, ast.Constant) and node.value.value in (0, 1):
        yield "axis", with_(node, value=ast.Constant(1 - node.value.value))
