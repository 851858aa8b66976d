"""What stands on the pages that instructors and students see: text, never a program.

nbgrader's templates put Markdown on the page as it is, whatever `HTMLExporter.sanitize_html`
says. The filters here take the place of theirs, in `nbgrader generate_feedback` and in
formgrader: `nbgrader_config.py` names them.
"""

import html
import re
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import nbgrader.server_extensions
from jinja2 import pass_context
from jinja2.runtime import Context
from mistune import HTMLRenderer
from nbconvert.filters.highlight import Highlight2HTML
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from nbconvert.preprocessors.sanitize import SanitizeHTML

from autograder.judge.display import CONTROL, printable
from autograder.submission.reading import is_png

from .formula import mathml

# What was pasted into a cell: by its name there, data by kind; base64 if it is well-formed.
Attachments = Mapping[str, Mapping[str, Any]]

# Of one cell or comment: the parser's time grows with the product of the two.
LONGEST = 20_000  # characters
MAX_OPENED = 100  # environments of formulas
MAX_BARS = 500  # of tables
BLANKS = re.compile(r"\s{100}")  # in such a run the lexer looks from each sign to the end of it

# The elements that Markdown makes, without any attribute: no class or id of nbgrader's own page
# can be imitated, nothing moved, nothing loaded. Whatever else is written stays to be read.
CLEANER = SanitizeHTML(
    tags="""
    p br hr h1 h2 h3 h4 h5 h6 em strong del b i s u sub sup code pre blockquote ul ol li
    table thead tbody tr th td dl dt dd
""".split(),
    attributes={},
    styles=[],
)


def template_folders() -> list[str]:
    """Return where the templates lie: what this course changes, then nbgrader's own."""
    stock = Path(nbgrader.server_extensions.__path__[0]) / "formgrader" / "templates"
    return [str(Path(__file__).with_name("templates")), str(stock)]


@pass_context
def markdown(context: Context, source: str) -> str:
    """Return Markdown of anyone as HTML that runs nothing and asks no other host.

    Pictures that were pasted into the cell (its attachments) are shown, if they are PNGs.
    """
    cell = context.get("cell") or {}
    return rendered(source, cell.get("attachments") or {})


def rendered(source: str, attachments: Attachments | None = None) -> str:
    """Return Markdown as HTML, with the pictures of a cell."""
    shown, rest = printable(source[:LONGEST]), source[LONGEST:]
    try:
        page = _rendered(shown, dict(attachments or {}))
    except Exception:  # what the parser cannot read is shown as it was written
        page = f"<pre>{html.escape(shown)}</pre>"
    return page + (f"<p>[{len(rest)} more characters were left out.]</p>" if rest else "")


def code(source: str, metadata: Mapping[str, Any] | None = None) -> str:
    """Return code in colours; signs that steer or turn a line around are written out."""
    visible = CONTROL.sub(lambda sign: f"\\u{ord(sign[0]):04x}", source)
    if len(visible) > LONGEST or BLANKS.search(visible):
        return f'<div class="highlight"><pre>{html.escape(visible)}</pre></div>'
    return Highlight2HTML()(visible, metadata=metadata)


def _rendered(source: str, attachments: Attachments) -> str:
    if source.count("\\begin{") > MAX_OPENED or source.count("|") > MAX_BARS:
        raise ValueError("too many environments, or too large a table")
    renderer = _Renderer(attachments)
    cleaned = CLEANER.sanitize_html_tags(MarkdownWithMath(renderer=renderer).render(source))
    return re.sub(rf"{renderer.mark}-(\d+)-", lambda found: renderer.put_in[int(found[1])], cleaned)


class _Renderer(IPythonRenderer):
    """nbconvert's renderer, without links, with formulas as MathML and pasted pictures only."""

    def __init__(self, attachments: Attachments) -> None:
        super().__init__(escape=False, allow_harmful_protocols=False, exclude_anchor_links=True)
        # What is put in after cleaning: its places carry a name nobody could foresee.
        self.mark = f"put-in-{secrets.token_hex(8)}"
        self.put_in: list[str] = []
        self.pictures = attachments

    def _later(self, made: str) -> str:
        self.put_in.append(made)
        return f"{self.mark}-{len(self.put_in) - 1}-"

    def _formula(self, latex: str, display: str) -> str:
        return self._later(mathml(latex, display))

    def inline_math(self, body: str) -> str:
        return self._formula(body, "inline")

    def block_math(self, body: str) -> str:
        return self._formula(body, "block")

    def latex_environment(self, name: str, body: str) -> str:
        return self._formula(f"\\begin{{{name}}}{body}\\end{{{name}}}", "block")

    def link(self, text: str, url: str, title: str | None = None) -> str:
        # To be read, not clicked: a click would act with an instructor's rights on the server.
        address = html.escape(html.unescape(url))
        return text if text == address else f"{text} ({address})"

    def image(self, text: str, url: str, title: str | None = None) -> str:
        name = html.unescape(url).removeprefix("attachment:")
        data = self.pictures.get(name, {}).get("image/png", "")
        if not url.startswith("attachment:") or not is_png(data):
            return f"[picture: {text}]"
        alt = html.escape(html.unescape(text), quote=True)
        return self._later(f'<img alt="{alt}" src="data:image/png;base64,{data}">')

    def task_list_item(self, text: str, checked: bool = False) -> str:
        return f"<li>{'☑' if checked else '☐'} {text}</li>\n"

    def block_code(self, code: str, info: str | None = None) -> str:
        return HTMLRenderer.block_code(self, code)
