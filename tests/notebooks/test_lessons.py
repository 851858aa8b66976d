"""Every lesson runs from top to bottom in a fresh kernel and reads as part of one course."""

import ast
import html
import re
from types import ModuleType

import nbformat
import pytest
from nbclient import NotebookClient

from course import ROOT

LESSONS = sorted((ROOT / "notebooks").glob("*.ipynb"))
PATIENCE = 3600  # seconds for a cell, so that only a hang is caught; `bench lessons` measures
IMAGE = re.compile(r"<img\b[^>]*>")


@pytest.fixture(params=LESSONS, ids=lambda path: path.stem)
def lesson(request):
    """Return a lesson as it is handed out."""
    return nbformat.read(request.param, as_version=4)


@pytest.fixture(
    scope="module",
    params=[
        pytest.param(path, marks=[pytest.mark.slow, pytest.mark.xdist_group(path.stem)])
        for path in LESSONS
    ],
    ids=lambda path: path.stem,
)
def run(request):
    """Run a lesson; return its notebook with outputs."""
    notebook = nbformat.read(request.param, as_version=4)
    NotebookClient(
        notebook,
        timeout=PATIENCE,
        kernel_name="python3",
        resources={"metadata": {"path": str(ROOT / "notebooks")}},
    ).execute()
    return notebook


def pages(notebook):
    """Yield the HTML that a notebook's cells put out."""
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            if "data" in output:
                yield output.data.get("text/html", "")


def test_it_runs_without_a_warning(run):
    said = [
        output.text
        for cell in run.cells
        for output in cell.get("outputs", [])
        if output.output_type == "stream" and output.name == "stderr"
    ]
    assert said == []


def test_every_picture_has_an_alternative_text(run):
    images = [image for page in pages(run) for image in IMAGE.findall(page)]
    assert len(images) >= 3
    for image in images:
        alt = html.unescape(re.search(r'alt="([^"]*)"', image)[1])
        assert len(alt) > 40, f"an alternative text that says too little: {alt!r}"
    raw = [
        output
        for cell in run.cells
        for output in cell.get("outputs", [])
        if "image/png" in output.get("data", {})
    ]
    assert raw == [], "a figure that went past `show` has no alternative text"


def test_what_it_uses_of_the_course_is_there(lesson):
    """A renamed function shows here; the lesson itself runs in `--all` only."""
    cells = [cell.source for cell in lesson.cells if cell.cell_type == "code"]
    code = re.sub(r"^%.*", "", "\n".join(cells), flags=re.M)
    nodes = list(ast.walk(ast.parse(code)))
    known = {}
    for node in nodes:
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            exec(ast.unparse(node), known)
    used = {
        (node.value.id, node.attr)
        for node in nodes
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)
    }
    modules = {name for name, value in known.items() if isinstance(value, ModuleType)}
    assert len(modules) >= 2
    for module, name in used:
        assert module not in modules or hasattr(known[module], name), f"{module}.{name}"


def test_it_opens_and_closes_like_the_others(lesson):
    text = "\n".join(cell.source for cell in lesson.cells if cell.cell_type == "markdown")
    for part in (
        "What you will do",
        "What you will learn",
        "What you need",
        "On your own",
        "Further reading",
    ):
        assert part in text, f"the lesson has no part {part!r}"
    assert re.search(r"ps\d+_\w+", text), "the lesson names no assignment"


def test_it_asks_for_predictions_before_it_shows(lesson):
    asked = [cell for cell in lesson.cells if cell.cell_type == "code" and "None  #" in cell.source]
    assert len(asked) >= 3


def test_its_cells_are_short_and_prose_outweighs_code(lesson):
    code = [cell.source for cell in lesson.cells if cell.cell_type == "code"]
    prose = [cell.source for cell in lesson.cells if cell.cell_type == "markdown"]
    assert max(len(source.splitlines()) for source in code) <= 15
    assert sum(map(len, prose)) >= sum(map(len, code))
