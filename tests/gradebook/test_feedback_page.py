"""The page that a student gets of a notebook: what stands first, and who can find their way."""

import re
from collections import Counter
from pathlib import Path

import nbformat
import nbformat.v4 as v4
import nbgrader.server_extensions
import pytest
from nbconvert.exporters import HTMLExporter

from autograder.checks.states import State
from autograder.gradebook import pages, record
from autograder.gradebook.feedback import index
from autograder.gradebook.translated import into, translate
from autograder.judge import display, grade
from autograder.judge.verdict import Result, Verdict
from tests.browser.payloads import MARKDOWN
from tests.pseudo import words
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


def exported(notebook, language="en", late_penalty=0):
    """Return the page of a notebook."""
    about = {"notebook": "<b>tiny", "score": 1, "max_score": 8, "late_penalty": late_penalty}
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


def graded(verdict):
    """Return a notebook with all that a grading writes on it, by the functions that do."""
    named = [each.removeprefix("test_") for each in verdict.exercises]
    code, text = v4.new_code_cell, v4.new_markdown_cell
    tests = [cell(code, "check()", f"test_{name}", score=0, grade=True, points=3) for name in named]
    answers = [cell(code, "pass", name, solution=True) for name in named]
    words = {"solution": True, "grade": True, "score": 0, "points": 3}
    written = [cell(text, "", name, **words) for name in verdict.written]
    for each in [*answers, *written]:
        about = each.metadata.nbgrader
        about["comment"] = record.words(about.grade_id, verdict)
    note = code("while True: pass", outputs=[display.note(f"{State.TIMED_OUT}: {LONG}")])
    made = v4.new_notebook(cells=[note, *answers, *tests, *written])
    grade._show(made, verdict)
    return made


LONG = "no result within 20 seconds"
FOUND = {
    State.PASSED: "",
    State.FAILED: "softmax: expected a dict, got a list of 2.",
    State.PARTLY_RIGHT: "",
    State.CRASHED: "",
    State.TIMED_OUT: LONG,
    State.OUT_OF_MEMORY: "",
    State.NOT_ATTEMPTED: "",
}
REPAIRED = ["Cells were moved; they were graded in the original order."]


def test_an_old_notebook_stays_one_that_can_be_read():
    made = v4.new_notebook(nbformat_minor=0)
    grade._show(made, Verdict("", "ps2"))
    nbformat.validate(made)


@pytest.mark.parametrize("why", ["", "the file is JSON, but not a notebook"])
def test_every_word_of_a_page_is_in_a_catalogue(marks, why):
    results = {
        f"test_f{number}": Result(State.NOT_GRADABLE if why else state, 0, 3, why or message)
        for number, (state, message) in enumerate(FOUND.items())
    }
    results["test_f1"].points = 0 if why else 1
    written = {"w1": State.BY_HAND, "w2": State.NOT_ATTEMPTED}
    verdict = Verdict("", "ps2", exercises=results, repairs=REPAIRED, not_gradable=why)
    verdict.written = dict.fromkeys(written, State.NOT_GRADABLE) if why else written
    told = words(exported(graded(verdict), "de", late_penalty=1))
    assert marks(told, {"tiny", "softmax"}) == []


def test_a_german_page_says_nothing_in_english(notebook):
    notebook.cells[1].metadata.nbgrader.comment = None
    notebook.cells[0].source = "# The results of the automatic grading"
    page = exported(notebook, "de")
    told = words(page).replace("test_", "")
    assert '<html lang="de">' in page and "wird von Hand bewertet" in told and "0 von 3" in told
    assert english_in(told.replace("an_exercise_with_a_very_long_name", "")) == []
