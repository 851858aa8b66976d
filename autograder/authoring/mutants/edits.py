"""The small changes that a mutant is made by: what a node of a syntax tree may become."""

from __future__ import annotations

import ast
import copy
from collections.abc import Callable, Iterator
from typing import Any

Edit = tuple[str, ast.AST]  # the kind of the change, and what stands in the node's place

OPERATORS: dict[type[ast.operator], tuple[type[ast.operator], ...]] = {
    ast.Add: (ast.Sub,),
    ast.Sub: (ast.Add,),
    ast.Mult: (ast.Div, ast.Add),
    ast.Div: (ast.Mult, ast.FloorDiv),
    ast.FloorDiv: (ast.Div,),
    ast.Mod: (ast.FloorDiv,),
    ast.Pow: (ast.Mult,),
    ast.MatMult: (ast.Mult,),
    ast.BitAnd: (ast.BitOr,),
    ast.BitOr: (ast.BitAnd,),
}
SWAPPED = ast.Sub | ast.Div | ast.Pow | ast.MatMult  # where the order of the operands counts
COMPARISONS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.Gt),
    ast.LtE: (ast.Lt, ast.GtE),
    ast.Gt: (ast.GtE, ast.Lt),
    ast.GtE: (ast.Gt, ast.LtE),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
}
# Functions that are taken for each other.
FUNCTIONS = {
    "max": ["min"], "min": ["max"], "maximum": ["minimum"], "minimum": ["maximum"],
    "argmax": ["argmin"], "argmin": ["argmax"],
    "mean": ["sum", "median"], "sum": ["mean"], "median": ["mean"], "average": ["sum"],
    "std": ["var"], "var": ["std"],
    "log": ["log2", "log10", "log1p"], "log2": ["log"], "log1p": ["log"],
    "exp": ["exp2", "expm1"], "expm1": ["exp"], "exp2": ["exp"],
    "any": ["all"], "all": ["any"], "floor": ["ceil"], "ceil": ["floor"],
    "zeros": ["ones"], "ones": ["zeros"], "zeros_like": ["ones_like"], "ones_like": ["zeros_like"],
    "sin": ["cos"], "cos": ["sin"],
    "standard_normal": ["random"], "permutation": ["arange"], "cumsum": ["cumprod"],
    "startswith": ["endswith"], "hstack": ["vstack"], "vstack": ["hstack"],
}  # fmt: skip
# The dtypes that lose something: where an array is made to be filled, and where one is taken.
DTYPES = dict.fromkeys(("zeros", "ones", "empty", "full", "zeros_like", "empty_like"), "int64")
DTYPES |= dict.fromkeys(("array", "asarray"), "float32")
# What changes no result as these exercises judge it, so that a mutant would say nothing.
SYMMETRIC = {"max", "min", "maximum", "minimum", "add", "multiply", "logaddexp", "clip"}
CONVERSIONS = {"float", "array", "asarray", "item", "tolist", "list", "tuple"}
COSMETIC = {"label", "marker", "color", "linestyle", "linewidth", "dtype", "strict", "stacklevel"}
LABELS = {"set_xlabel", "set_ylabel", "xlabel", "ylabel"}  # in any words
# A number that is added against a logarithm of 0 or a division by 0.
EPSILON = ast.Constant(1e-8)


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


def with_(node: ast.AST, **fields: Any) -> Any:
    """Return a copy of a node with other fields."""
    made = copy.copy(node)
    for name, value in fields.items():
        setattr(made, name, value)
    return made


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
    of_a_call = isinstance(parent, ast.Call) and _called(parent) == "abs"
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
    if isinstance(parent, ast.Call) and _called(parent) in LABELS:
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


def _keywords(node: ast.keyword, parent: ast.AST, field: str) -> Iterator[Edit]:
    if node.arg == "axis" and isinstance(node.value, ast.Constant) and node.value.value in (0, 1):
        yield "axis", with_(node, value=ast.Constant(1 - node.value.value))


def _names(node: ast.Name, parent: ast.AST, field: str) -> Iterator[Edit]:
    if isinstance(node.ctx, ast.Load) and node.id == "rng":
        own = ast.parse("np.random.default_rng(0)", mode="eval").body
        yield "own generator", own


def _calls(node: ast.Call, parent: ast.AST, field: str) -> Iterator[Edit]:
    for place in range(len(node.args) - 1 if _called(node) not in SYMMETRIC else 0):
        args = list(node.args)
        args[place : place + 2] = args[place + 1], args[place]
        yield "arguments swapped", with_(node, args=args)
    for place, each in enumerate(node.keywords):
        if each.arg not in COSMETIC:
            keywords = node.keywords[:place] + node.keywords[place + 1 :]
            yield "argument dropped", with_(node, keywords=keywords)
    if len(node.args) > 1:
        yield "argument dropped", with_(node, args=node.args[:-1])
    if _called(node) in CONVERSIONS:
        pass
    elif isinstance(node.func, ast.Attribute) and not _is_module(node.func.value):
        yield "call dropped", node.func.value  # `x.copy()` becomes `x`
    elif node.args:
        yield "call dropped", node.args[0]  # `abs(x)` becomes `x`
    yield from _functions(node)


def _functions(node: ast.Call) -> Iterator[Edit]:
    """Yield the calls of a function with which this one is confused, or with less precision."""
    name = _called(node)
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


def _called(node: ast.Call) -> str:
    return getattr(node.func, "attr", getattr(node.func, "id", ""))


def _is_module(node: ast.AST) -> bool:
    return isinstance(node, ast.Name) and node.id in ("np", "math", "itertools", "functools")


def _slices(node: ast.Slice, parent: ast.AST, field: str) -> Iterator[Edit]:
    if node.lower is None:
        yield "slice", with_(node, lower=ast.Constant(1))
    elif not isinstance(node.lower, ast.Constant):
        yield "slice", with_(node, lower=ast.BinOp(node.lower, ast.Add(), ast.Constant(1)))
    if node.upper is None:
        yield "slice", with_(node, upper=ast.Constant(-1))
    elif not isinstance(node.upper, ast.Constant):
        yield "slice", with_(node, upper=ast.BinOp(node.upper, ast.Sub(), ast.Constant(1)))
    if node.step is not None:
        yield "slice", with_(node, step=None)


def _subscripts(node: ast.Subscript, parent: ast.AST, field: str) -> Iterator[Edit]:
    if isinstance(node.ctx, ast.Load) and isinstance(node.slice, ast.Name):
        index = ast.BinOp(node.slice, ast.Sub(), ast.Constant(1))
        yield "index", with_(node, slice=index)


def _attributes(node: ast.Attribute, parent: ast.AST, field: str) -> Iterator[Edit]:
    if node.attr == "T":
        yield "transpose dropped", node.value


def _filters(node: ast.comprehension, parent: ast.AST, field: str) -> Iterator[Edit]:
    for place in range(len(node.ifs)):
        yield "filter dropped", with_(node, ifs=node.ifs[:place] + node.ifs[place + 1 :])


def _statements(node: ast.stmt, parent: ast.AST, field: str) -> Iterator[Edit]:
    kept = ast.Return | ast.FunctionDef | ast.ClassDef | ast.Import | ast.ImportFrom | ast.Pass
    if not isinstance(node, kept) and not isinstance(parent, ast.Module):
        yield "statement dropped", ast.Pass()


def _augmented(node: ast.AugAssign, parent: ast.AST, field: str) -> Iterator[Edit]:
    yield "assigned", ast.Assign([node.target], node.value, lineno=node.lineno)
    for other in OPERATORS.get(type(node.op), ())[:1]:
        yield "operator", with_(node, op=other())


def _branches(node: ast.If | ast.While, parent: ast.AST, field: str) -> Iterator[Edit]:
    yield "branch", with_(node, test=ast.UnaryOp(ast.Not(), node.test))
    if isinstance(node, ast.If):
        yield "branch", with_(node, test=ast.Constant(True))
        yield "branch", with_(node, test=ast.Constant(False))


def _loops(node: ast.For, parent: ast.AST, field: str) -> Iterator[Edit]:
    yield "loop ends early", with_(node, body=[*node.body, ast.Break()])


def _returns(node: ast.Return, parent: ast.AST, field: str) -> Iterator[Edit]:
    if isinstance(node.value, ast.Tuple):
        yield "results swapped", ast.Return(with_(node.value, elts=node.value.elts[::-1]))
    elif node.value is not None:
        rounded = ast.parse("np.round(x, 9)", mode="eval").body
        assert isinstance(rounded, ast.Call)
        rounded.args[0] = node.value
        yield "rounded", ast.Return(rounded)


EDITS: tuple[tuple[type[ast.AST], Callable[[Any, ast.AST, str], Iterator[Edit]]], ...] = (
    (ast.BinOp, _operators),
    (ast.UnaryOp, _signs),
    (ast.Compare, _comparisons),
    (ast.BoolOp, _conditions),
    (ast.IfExp, _choices),
    (ast.Constant, _constants),
    (ast.Name, _names),
    (ast.Call, _calls),
    (ast.keyword, _keywords),
    (ast.Slice, _slices),
    (ast.Subscript, _subscripts),
    (ast.Attribute, _attributes),
    (ast.comprehension, _filters),
    (ast.stmt, _statements),
    (ast.AugAssign, _augmented),
    (ast.If, _branches),
    (ast.While, _branches),
    (ast.For, _loops),
    (ast.Return, _returns),
)
