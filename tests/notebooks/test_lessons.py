"""Every lesson runs from top to bottom in a fresh kernel and reads as part of one course."""

import ast
import html
import re
from types import ModuleType

import nbformat
import pytest
from nbclient import NotebookClient
from nbconvert import HTMLExporter

from course import ROOT

LESSONS = sorted((ROOT / "notebooks").glob("*.ipynb"))
ASSIGNMENTS = sorted((ROOT / "course").glob("ps*/notebook.py"))
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
        if "image/png" in output.get("data", {}) and "<img" not in output.data.get("text/html", "")
    ]
    assert raw == [], "a figure that went past `show` has no alternative text"


def test_a_page_of_it_needs_no_widget(run):
    page, _ = HTMLExporter().from_notebook_node(run)
    assert "VBox(" not in page and "widget-view" not in page


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


def asked(lesson):
    """Yield the places of the cells in which a guess is to be written."""
    for place, cell in enumerate(lesson.cells):
        if cell.cell_type == "code" and "None  #" in cell.source:
            yield place


def test_it_asks_for_predictions_and_sums_them_up(lesson):
    assert len(list(asked(lesson))) >= 8
    code = [cell.source for cell in lesson.cells if cell.cell_type == "code"]
    assert "calibration()" in code


def test_nothing_that_is_open_below_a_prediction_tells_the_answer(lesson):
    """What explains a run is folded up until the reader opens it."""
    for place in asked(lesson):
        code, prose = [], None
        for cell in lesson.cells[place + 1 :]:
            if cell.cell_type == "markdown" and any("reveal(" in each for each in code):
                prose = cell.source
                break
            code.append(cell.source)
        # Folded up, or about what comes next.
        assert prose.startswith(("<details>", "#", "Then ", "Now ")), prose[:200]
    for cell in lesson.cells:
        assert "alt=" not in cell.source, "an alternative text in a cell tells too early"


def test_runs_are_numbered_in_order(lesson):
    text = "\n".join(cell.source for cell in lesson.cells)
    numbers = [int(number) for number in re.findall(r"^### Run (\d+):", text, re.M)]
    assert numbers == list(range(1, len(numbers) + 1))
    predictions = len(list(asked(lesson)))
    assert len(numbers) >= predictions >= 0.7 * len(numbers)


@pytest.mark.parametrize("path", ASSIGNMENTS, ids=lambda path: path.parent.name)
def test_an_assignment_names_the_runs_of_its_lesson_as_they_are(path):
    """By number and title: runs are numbered anew when one is put between two others."""
    [lesson] = (ROOT / "course" / "lessons").glob(f"0{path.parent.name[2]}_*.py")
    runs = dict(re.findall(r"^# ### Run (\d+): (.+)$", lesson.read_text("utf-8"), re.M))
    text = path.read_text("utf-8").replace("\n# ", " ")
    for number, title in re.findall(r"\bruns? (\d+)(?:, \*(.+?)\*)?", text):
        assert title == runs[number], f"run {number}"


WORDS_A_MINUTE = 150  # prose with formulas, by readers whose language it may not be
MINUTES = {"prediction": 1.0, "figure or table": 0.5, "other cell": 0.4, "running": 1.0}


def minutes(lesson):
    """Return how long a lesson takes, by its words, guesses, figures, tables and cells.

    What is suggested to do on one's own comes on top.
    """
    prose = [cell.source for cell in lesson.cells if cell.cell_type == "markdown"]
    code = [cell.source for cell in lesson.cells if cell.cell_type == "code"]
    guesses = [source for source in code if "None  #" in source]
    shown = re.findall(r"\b(?:show|explore|table|claims|redraw)\(", "\n".join(code))
    return (
        sum(len(source.split()) for source in prose) / WORDS_A_MINUTE
        + len(guesses) * MINUTES["prediction"]
        + len(shown) * MINUTES["figure or table"]
        + (len(code) - len(guesses)) * MINUTES["other cell"]
        + MINUTES["running"]
    )


def test_it_takes_as_long_as_it_says(lesson):
    text = " ".join(cell.source for cell in lesson.cells).replace("\n", " ")
    said = int(re.search(r"About (\d+) minutes", text)[1])
    assert abs(said - minutes(lesson)) <= 5, f"{minutes(lesson):.0f} minutes"


def test_its_cells_are_short_and_prose_outweighs_code(lesson):
    code = [cell.source for cell in lesson.cells if cell.cell_type == "code"]
    prose = [cell.source for cell in lesson.cells if cell.cell_type == "markdown"]
    assert max(len(source.splitlines()) for source in code) <= 15
    assert sum(map(len, prose)) >= sum(map(len, code))
