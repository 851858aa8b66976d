"""Changes to statements and to the bounds of what is taken out of an array."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from .nodes import OPERATORS, Edit, with_


def slices(node: ast.Slice, parent: ast.AST, field: str) -> Iterator[Edit]:
    """Yield other ends of a slice, and one without its step."""
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


def subscripts(node: ast.Subscript, parent: ast.AST, field: str) -> Iterator[Edit]:
    """Yield the entry before."""
    if isinstance(node.ctx, ast.Load) and isinstance(node.slice, ast.Name):
        index = ast.BinOp(node.slice, ast.Sub(), ast.Constant(1))
        yield "index", with_(node, slice=index)


def attributes(node: ast.Attribute, parent: ast.AST, field: str) -> Iterator[Edit]:
    """Yield an array that is not transposed."""
    if node.attr == "T":
        yield "transpose dropped", node.value


def filters(node: ast.comprehension, parent: ast.AST, field: str) -> Iterator[Edit]:
    """Yield a comprehension with a condition less."""
    for place in range(len(node.ifs)):
        yield "filter dropped", with_(node, ifs=node.ifs[:place] + node.ifs[place + 1 :])


def statements(node: ast.stmt, parent: ast.AST, field: str) -> Iterator[Edit]:
    """Yield nothing in the place of a statement."""
    kept = ast.Return | ast.FunctionDef | ast.ClassDef | ast.Import | ast.ImportFrom | ast.Pass
    if not isinstance(node, kept) and not isinstance(parent, ast.Module):
        yield "statement dropped", ast.Pass()


def augmented(node: ast.AugAssign, parent: ast.AST, field: str) -> Iterator[Edit]:
    """Yield `=` for `+=`, and `-=`."""
    yield "assigned", ast.Assign([node.target], node.value, lineno=node.lineno)
    for other in OPERATORS.get(type(node.op), ())[:1]:
        yield "operator", with_(node, op=other())


def branches(node: ast.If | ast.While, parent: ast.AST, field: str) -> Iterator[Edit]:
    """Yield a condition that is negated, always true or always false."""
    yield "branch", with_(node, test=ast.UnaryOp(ast.Not(), node.test))
    if isinstance(node, ast.If):
        yield "branch", with_(node, test=ast.Constant(True))
        yield "branch", with_(node, test=ast.Constant(False))


def loops(node: ast.For, parent: ast.AST, field: str) -> Iterator[Edit]:
    """Yield a loop that ends after its first turn."""
    yield "loop ends early", with_(node, body=[*node.body, ast.Break()])


def returns(node: ast.Return, parent: ast.AST, field: str) -> Iterator[Edit]:
    """Yield results in another order, or rounded."""
    if isinstance(node.value, ast.Tuple):
        yield "results swapped", ast.Return(with_(node.value, elts=node.value.elts[::-1]))
    elif node.value is not None:
        rounded = ast.parse("np.round(x, 9)", mode="eval").body
        assert isinstance(rounded, ast.Call)
        rounded.args[0] = node.value
        yield "rounded", ast.Return(rounded)
