"""What edits of a syntax tree share: tables of what is taken for what, and looks at nodes."""

from __future__ import annotations

import ast
import copy
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


def with_(node: ast.AST, **fields: Any) -> Any:
    """Return a copy of a node with other fields."""
    made = copy.copy(node)
    for name, value in fields.items():
        setattr(made, name, value)
    return made


def called(node: ast.Call) -> str:
    """Return the name of the function or method that is called, if it has one."""
    return getattr(node.func, "attr", getattr(node.func, "id", ""))
