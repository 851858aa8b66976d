"""A real Chromium, and a class whose submissions want to run in it."""

import getpass
import tempfile
from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import sync_playwright

from autograder.submission.rebuild import nbgrader_metadata
from course.demo import answers
from course.demo.students import filled
from tests import tiers
from tests.browser import payloads
from tests.browser.watch import Watch
from tests.conftest import gradebook_of, released

PS2, NOTEBOOK = "ps2_loss_at_init", "loss_at_init"
FORMULA = r"Since $p_k = \frac{1}{n}$, the loss is $$-\log\frac{1}{n} = \log n.$$"
# Nothing of the browser's own asks another host, so that each such request is a page's.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="module")
def chromium():
    """Return a running Chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=tiers.chromium(), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def watched(chromium):
    """Return what opens a page, and sees what runs there and what it asks for."""
    context = chromium.new_context(viewport={"width": 1200, "height": 900})
    yield Watch(context)
    context.close()


@pytest.fixture(scope="session")
def screenshots():
    """Return the folder for pictures of the pages, to be looked at; git knows nothing of it."""
    folder = Path(tempfile.gettempdir()) / f"course-screenshots-{getpass.getuser()}"
    folder.mkdir(exist_ok=True)
    return folder


def hostile():
    """Return a submission that tries everything at once, in Markdown, outputs and messages."""
    handed = released(PS2)
    right = answers.styles(PS2)["loops"]
    cells = [f"{name}\n\n{text}" for name, text in payloads.MARKDOWN.items()]
    notebook = filled(
        handed,
        {**right, "entropy": payloads.ANSWER, "softmax": payloads.TYPE},
        words="\n\n".join([FORMULA, *cells]),
    )
    notebook.cells[2:2] = [nbformat.v4.new_markdown_cell(text) for text in cells]
    notebook.cells.insert(2, nbformat.v4.new_code_cell(payloads.CODE))
    notebook.cells.insert(
        2,
        nbformat.v4.new_raw_cell(
            cells[0], metadata={"raw_mimetype": "text/html", "tags": ['"><script>window.ran=1']}
        ),
    )
    notebook.metadata["title"] = cells[0]
    notebook.metadata["language_info"] = {"name": '"><script>window.ran=1</script>'}
    for cell in notebook.cells:
        if nbgrader_metadata(cell).get("solution"):
            cell.outputs = []
    return notebook


def hand_in(course):
    """Hand in the class: one that tries everything, one with hostile names, one honest."""
    course.submit("hostile", PS2, hostile())
    right = filled(released(PS2), answers.styles(PS2)["loops"], words=FORMULA)
    course.submit("honest", PS2, right)
    course.submit("names", PS2, right, payloads.FILES[0])
    for name in payloads.FILES[1:]:
        (course.folder / "submitted" / "names" / PS2 / name).write_text(
            f"<script>{payloads.RUN}</script>"
        )
    for name in payloads.FOLDERS:
        course.submit(name, PS2, right)


@pytest.fixture(scope="session")
def hostile_class(course_with):
    """Return a graded class in which an instructor, too, has typed markup."""
    course = course_with(PS2)
    hand_in(course)
    course.nbgrader("autograde", PS2)
    with gradebook_of(course.folder) as gradebook:
        comment = gradebook.find_comment("why_log_n", NOTEBOOK, PS2, "honest")
        comment.manual_comment = "\n\n".join([FORMULA, *payloads.MARKDOWN.values()])
        gradebook.db.commit()
    course.nbgrader("generate_feedback", PS2)
    return course
