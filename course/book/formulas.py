"""Formulas on the website as MathML, as on feedback pages: no script and no font is fetched."""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.errors import SphinxError

from autograder.gradebook.formula import mathml


def inline(writer: Any, node: nodes.math) -> None:
    """Write a formula in a line."""
    _write(writer, node, "inline")


def block(writer: Any, node: nodes.math_block) -> None:
    """Write a formula that stands by itself."""
    writer.body.append('<div class="formula">')
    _write(writer, node, "block")
    writer.body.append("</div>")


def _write(writer: Any, node: nodes.Element, display: str) -> None:
    made = mathml(node.astext(), display)
    if not made.startswith("<math"):
        raise SphinxError(f"{node.source}: this formula cannot be drawn: {node.astext()}")
    writer.body.append(made)
    raise nodes.SkipNode


def setup(app: Sphinx) -> dict[str, bool]:
    """Have Sphinx draw formulas so."""
    app.add_html_math_renderer("mathml", (inline, None), (block, None))
    app.config.html_math_renderer_name = "mathml"
    return {"parallel_read_safe": True, "parallel_write_safe": True}
