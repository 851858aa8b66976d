"""Markdown and formulas on the graders' pages: what may come out of them, and how fast."""

import time
from html.parser import HTMLParser

import jupytext
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from autograder.gradebook import pages
from autograder.gradebook.formula import ATTRIBUTES, TAGS, mathml
from autograder.gradebook.pages import CLEANER, code, rendered
from autograder.gradebook.store import usable
from course import ROOT
from tests.browser.payloads import FOLDERS, MARKDOWN

SECONDS = 3.0  # of the processor, for one cell, on a slow machine


class Reader(HTMLParser):
    """Reads a page; notes every element and attribute that text cannot become."""

    def __init__(self, page):
        super().__init__()
        self.strange, self.text = [], ""
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        allowed = ATTRIBUTES if tag in TAGS else ()
        if tag not in TAGS | set(CLEANER.tags) or any(name not in allowed for name, _ in attrs):
            self.strange.append((tag, attrs))

    def handle_data(self, data):
        self.text += data

    def unknown_decl(self, data):
        self.strange.append(data)

    handle_comment = handle_decl = handle_pi = unknown_decl


@pytest.mark.parametrize("name", MARKDOWN)
def test_text_stays_text(name):
    assert Reader(rendered(MARKDOWN[name])).strange == []


PIECES = st.sampled_from(
    [
        *MARKDOWN.values(),
        "<",
        ">",
        '"',
        "'",
        "$",
        "$$",
        "`",
        "```",
        "\n",
        "\n\n",
        "    ",
        "[",
        "](",
        ")",
        "![",
        "\\",
        "{",
        "}",
        "\\text{",
        "&lt;",
        "\\begin{align}",
        "\\end{align}",
        "<!--",
        "-->",
        "|",
        "-",
        "* ",
        "x",
    ]
)


@given(st.lists(PIECES, max_size=8))
@example(["$$", "\\text{", "<style>", "}", "$$"])
def test_pieces_put_together_stay_text(pieces):
    assert Reader(rendered("".join(pieces))).strange == []


@given(st.text(max_size=60))
def test_any_formula_is_text_or_mathml(latex):
    assert Reader(mathml(latex)).strange == []


def test_what_was_written_can_be_read():
    written = "*Two* `x < 1` words & $x^2$\n\n1. <b>one</b>\n\n| a |\n|---|\n| 2 |"
    page = rendered(written)
    assert "<em>Two</em> <code>x &lt; 1</code> words &amp; <math" in page
    assert "<b>one</b>" in page and "<td>2</td>" in page


def test_a_link_is_read_and_not_clicked():
    page = rendered("[the notes](https://example.org/a?b=1&c=2) and <https://example.org>")
    assert Reader(page).text.strip() == (
        "the notes (https://example.org/a?b=1&c=2) and https://example.org"
    )


def test_a_pasted_picture_does_not_stop_the_page():
    assert "[picture: my sketch]" in rendered("![my sketch](attachment:image.png)")


@pytest.mark.parametrize(
    "piece",
    [
        "\\begin{a}",
        "$$",
        "$",
        "[",
        "![",
        "*a ",
        "**",
        "<div>",
        "<",
        "> ",
        "`",
        "- ",
        "|a",
        "[a](",
        "<!--",
        "a@",
        "http://",
        "{",
        "\\frac{",
        "&#",
        "$x$",
        "$\\sqrt{",
        "_a_ ",
        "~~",
    ],
)
def test_no_text_keeps_the_page_waiting(piece):
    began = time.process_time()
    page = rendered(piece * (1 + 2 * pages.LONGEST // len(piece)))
    assert time.process_time() - began < SECONDS
    assert "more characters were left out" in page


@pytest.mark.parametrize("piece", [" \n", " ", "\t", "\n" * 50 + "x = 1\n", "%", "[", "'", '"""'])
def test_no_code_keeps_the_page_waiting(piece):
    began = time.process_time()
    page = code("x = 1\n" + piece * (25_000 // len(piece)) + "<script>y = 2")
    assert time.process_time() - began < SECONDS
    assert "<script" not in page


def test_no_table_keeps_the_page_waiting():
    began = time.process_time()
    assert "|a|" in rendered("a" + "|a|\n|-|\n" * 2400)
    assert time.process_time() - began < SECONDS


def test_every_formula_of_the_course_becomes_mathml(monkeypatch):
    found = []
    monkeypatch.setattr(pages, "mathml", lambda *formula: found.append(formula) or "")
    texts = [*(ROOT / "course" / "lessons").glob("*.py"), *ROOT.glob("course/*/notebook.py")]
    for path in sorted(texts):
        for cell in jupytext.read(path).cells:
            if cell.cell_type == "markdown":
                rendered(cell.source)
    assert len(found) > 300
    for latex, display in found:
        drawn = mathml(latex, display)
        assert drawn.startswith("<math") and "\\" not in drawn and "&amp;" not in drawn, latex


@pytest.mark.parametrize(
    ("latex", "drawn"),
    [
        (r"\log n", '<mi>log</mi><mspace width="0.17em"></mspace><mi>n</mi>'),
        (r"-\log(n)", '<mi>log</mi><mo stretchy="false">('),
        (r"\begin{aligned}a&=b\end{aligned}", "<mtable"),
        (r"\frac", "<code>\\frac</code>"),
        ("x" * 3000, "<code>xxx"),
    ],
)
def test_formulas(latex, drawn):
    assert drawn in mathml(latex)


def test_signs_that_turn_a_line_are_written_out():
    assert "\\u202e" in code("x = '\u202e'") and "\u202e" not in code("x = '\u202e'")
    assert "\u202e" not in rendered("a\u202eb")


@pytest.mark.parametrize("name", ["ada_l", "Ada Lovelace", "žižek", "o'brien", "a.b@c", "42"])
def test_names_of_students(name):
    assert usable(name)


@pytest.mark.parametrize(
    "name", [*FOLDERS, "a+b", "a#b", "a?b", "100%", "a*b", "[a", "b]", "\x1b31m", "\udcff"]
)
def test_names_that_are_none(name):
    assert not usable(name)
