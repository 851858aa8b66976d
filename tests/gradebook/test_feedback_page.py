"""The page that a student gets of a notebook: what stands first, and who can find their way."""

import re
from collections import Counter
from pathlib import Path

import nbformat.v4 as v4
import nbgrader.server_extensions
import pytest
from nbconvert.exporters import HTMLExporter

from autograder.checks.states import State
from autograder.gradebook import pages
from autograder.gradebook.feedback import index
from autograder.gradebook.translated import into, translate
from tests.browser.payloads import MARKDOWN
from tests.test_texts import english_in

STATES = {
    "softmax": State.FAILED,
    "an_exercise_with_a_very_long_name": State.PARTLY_RIGHT,
    "why": State.BY_HAND,
}
SUMMARY = "".join(f"{name:28} {state}\n" for name, state in STATES.items())
STATIC = Path(nbgrader.server_extensions.__path__[0]) / "formgrader" / "static" / "node_modules"


def cell(make, source, name, **about):
    """Return a cell as it is after grading."""
    known = {"grade_id": name, "grade": False, "solution": False, "task": False, "comment": None}
    return make(source, metadata={"nbgrader": known | about})


@pytest.fixture
def notebook():
    """Return a notebook with an exercise that failed, one partly right, and an open answer."""
    results = v4.new_code_cell("# The results", metadata={"role": "results", "states": STATES})
    results.outputs = [v4.new_output("stream", text=SUMMARY)]
    code, text, graded = v4.new_code_cell, v4.new_markdown_cell, {"grade": True, "points": 3}
    long = "test_an_exercise_with_a_very_long_name"
    return v4.new_notebook(
        cells=[
            results,
            cell(code, "pass", "softmax", solution=True, comment=MARKDOWN["script"]),
            cell(code, "check()", "test_softmax", score=0, **graded),
            cell(code, "check()", long, score=1, grade=True, points=2),
            cell(text, MARKDOWN["script"], "why", solution=True, score=0, **graded),
        ]
    )


def test_the_index_names_each_exercise_with_state_and_points(notebook):
    found = index(notebook, {"why"})
    assert [(each["name"], each["state"], each["is_open"]) for each in found] == [
        ("softmax", "failed", False),
        ("an_exercise_with_a_very_long_name", "partly right", False),
        ("why", "to be graded by hand", True),
    ]
    assert [each["comment"] for each in found] == ["softmax", "", ""]
    assert index(notebook, (), {"softmax"})[0]["state"] == "graded by hand"


def exported(notebook, language="en"):
    """Return the page of a notebook."""
    about = {"notebook": "<b>tiny", "score": 1, "max_score": 8, "late_penalty": 0}
    about |= {"index": index(notebook, {"why"}), "language": language}
    about["say"] = into(language)
    translate(notebook, about["say"])
    exporter = HTMLExporter(
        template_name="feedback",
        extra_template_basedirs=pages.template_folders(),
        extra_template_paths=[str(STATIC / "bootstrap" / "dist" / "css")],
        filters={"markdown2html": pages.markdown, "highlight_code": pages.code},
    )
    return exporter.from_notebook_node(notebook, resources={"nbgrader": about})[0]


def test_every_entry_leads_to_its_cell_and_nothing_written_runs(notebook):
    page = exported(notebook)
    ids = Counter(re.findall(r'\bid="([^"]+)"', page))
    assert max(ids.values()) == 1
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(ids)
    assert "&lt;b&gt;tiny: 1 of 8 points</h1>" in page and "<script" not in page
    assert '<html lang="en">' in page and page.count("<main") == 1 and page.count("<nav ") == 1
    row = re.search(r"<tr>(?:(?!</tr>).)*#why(?:(?!</tr>).)*</tr>", page)[0]
    assert "open, of 3" in row and "0 of 3" not in row


def test_a_german_page_says_nothing_in_english(notebook):
    notebook.cells[1].metadata.nbgrader.comment = None
    notebook.cells[0].source = "# The results of the automatic grading"
    page = exported(notebook, "de")
    told = re.sub(r"<style.*?</style>|<script.*?</script>|<[^>]+>", " ", page, flags=re.S)
    labels = " ".join(re.findall(r'aria-label="([^"]*)"', page)).replace("test_", "")
    assert '<html lang="de">' in page and "wird von Hand bewertet" in told and "0 von 3" in told
    assert english_in(f"{told} {labels}".replace("an_exercise_with_a_very_long_name", "")) == []
