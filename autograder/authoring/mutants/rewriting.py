"""The same answer in other words: what a check says must not depend on how the code is laid out."""

from __future__ import annotations

import ast

FLIPPED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.Gt,
    ast.Gt: ast.Lt,
    ast.LtE: ast.GtE,
    ast.GtE: ast.LtE,
    ast.Eq: ast.Eq,
    ast.NotEq: ast.NotEq,
}


def rewritten(text: str) -> str:
    """Return an answer with other names of variables, more of them, and operands the other way.

    It computes the same numbers in the same order.

    Parameters
    ----------
    text : str
        Definitions, with the helpers that they need.
    """
    tree = ast.parse(text)
    return ast.unparse(ast.fix_missing_locations(_Rewriter(_variables(tree)).visit(tree)))


def _variables(tree: ast.Module) -> set[str]:
    """Return the names that are variables of functions wherever they occur, and nothing else."""
    nodes = list(ast.walk(tree))
    stored = {each.id for each in nodes if isinstance(each, ast.Name) and _is_stored(each)}
    kept = {each.arg for each in nodes if isinstance(each, ast.arg)}  # may be passed by name
    for each in nodes:
        if isinstance(each, ast.Global | ast.Nonlocal):
            kept |= set(each.names)
        if isinstance(each, ast.Module | ast.ClassDef):
            kept |= {name for statement in each.body for name in _bound(statement)}
    return stored - kept


def _bound(statement: ast.stmt) -> set[str]:
    if isinstance(statement, ast.FunctionDef | ast.ClassDef):
        return {statement.name}
    names = (each for each in ast.walk(statement) if isinstance(each, ast.Name))
    return {each.id for each in names if _is_stored(each)}


def _is_stored(name: ast.Name) -> bool:
    return isinstance(name.ctx, ast.Store)


class _Rewriter(ast.NodeTransformer):
    """Renames variables, turns operands around and gives each result a name first."""

    def __init__(self, variables: set[str]) -> None:
        self.variables = variables

    def visit_Name(self, node: ast.Name) -> ast.Name:
        if node.id in self.variables:
            node.id = f"my_{node.id}"
        return node

    def visit_BinOp(self, node: ast.BinOp) -> ast.BinOp:
        self.generic_visit(node)
        # A sum may also be of texts or lists, where the order counts.
        of_numbers = isinstance(node.op, ast.Add) and (
            _is_number(node.left) or _is_number(node.right)
        )
        if isinstance(node.op, ast.Mult) or of_numbers:
            node.left, node.right = node.right, node.left
        return node

    def visit_Compare(self, node: ast.Compare) -> ast.Compare:
        self.generic_visit(node)
        if len(node.ops) == 1 and type(node.ops[0]) in FLIPPED:
            flipped = FLIPPED[type(node.ops[0])]()
            return ast.Compare(node.comparators[0], [flipped], [node.left])
        return node

    def visit_Return(self, node: ast.Return) -> ast.Return | list[ast.stmt]:
        self.generic_visit(node)
        if node.value is None or isinstance(node.value, ast.Name | ast.Constant):
            return node
        result = ast.Assign([ast.Name("my_result", ast.Store())], node.value)
        return [result, ast.Return(ast.Name("my_result", ast.Load()))]


def _is_number(node: ast.expr) -> bool:
    if isinstance(node, ast.Constant):
        return isinstance(node.value, int | float)
    return isinstance(node, ast.BinOp) and isinstance(node.op, ast.Sub | ast.Div | ast.Pow)
