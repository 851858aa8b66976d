"""Verdicts as Gradescope and PrairieLearn read them, against what their documents say."""

import json

import pytest
from typer.testing import CliRunner

from autograder.checks.states import State
from autograder.cli import app
from autograder.gradebook import external
from autograder.gradebook.store import VERDICTS
from autograder.judge.verdict import Result, Verdict
from tests.test_texts import english_in

# The keys of the documents: those that this writes must be among them.
GRADESCOPE = set("score execution_time output output_format visibility tests".split())
GRADESCOPE_TEST = set("score max_score status name number output output_format tags".split())
PRAIRIELEARN = set("gradable score message output images tests format_errors".split())
PRAIRIELEARN_TEST = set("name description points max_points message output images".split())


@pytest.fixture
def graded():
    """Return a verdict with an exercise that passed, one that failed and one in words."""
    results = {
        "test_softmax": Result(State.PASSED, 3, 3),
        "test_entropy": Result(State.FAILED, 0, 1, "expected 1.5, got <b>2</b>"),
    }
    return Verdict(
        "key",
        "ps2",
        exercises=results,
        written={"why": "to be graded by hand"},
        repairs=["Cells were moved."],
        remarks=["it tried to read the gradebook"],
    )


def test_gradescope(graded):
    made = external.gradescope([graded])
    assert set(made) <= GRADESCOPE and made["score"] == 3
    assert all(set(test) <= GRADESCOPE_TEST for test in made["tests"])
    assert [(t["name"], t["score"], t["max_score"], t["status"]) for t in made["tests"]] == [
        ("softmax", 3, 3, "passed"),
        ("entropy", 0, 1, "failed"),
    ]
    assert made["tests"][1]["output"] == "failed\nexpected 1.5, got <b>2</b>"
    assert {made["output_format"], made["tests"][1]["output_format"]} == {"text"}
    assert made["output"] == "Cells were moved.\nwhy: to be graded by hand"


def test_prairielearn(graded):
    made = external.prairielearn([graded])
    assert set(made) <= PRAIRIELEARN and made["gradable"] is True
    assert made["score"] == 0.75  # of 1, whatever the points
    assert all(set(test) <= PRAIRIELEARN_TEST for test in made["tests"])
    assert [(t["points"], t["max_points"]) for t in made["tests"]] == [(3, 3), (0, 1)]


def test_what_is_not_gradable_costs_no_attempt():
    verdict = Verdict("key", "ps2", not_gradable="the file is empty (0 bytes)")
    assert external.prairielearn([verdict]) == {
        "gradable": False,
        "format_errors": ["the file is empty (0 bytes)"],
    }
    made = external.gradescope([verdict])
    assert made["score"] == 0 and made["output"] == "Not gradable: the file is empty (0 bytes)"


@pytest.mark.parametrize("form", external.FORMATS)
def test_the_instructor_s_remarks_stay_here(graded, form):
    assert "tried to read" not in json.dumps(external.FORMATS[form]([graded], str))


def test_the_verb(graded, tmp_path):
    target = tmp_path / "results" / "results.json"  # PrairieLearn does not make the folder

    def run():
        options = ["--format", "gradescope", "--to", target, "--course", tmp_path]
        return CliRunner().invoke(app, ["result", "ps2", "ada", *map(str, options)])

    assert run().exit_code == 1 and not target.exists()
    graded.save(tmp_path / VERDICTS / "ps2" / "ada" / "notebook.json")
    assert run().exit_code == 0
    assert json.loads(target.read_text()) == external.gradescope([graded])


@pytest.mark.parametrize("form", external.FORMATS)
def test_a_student_reads_it_in_the_language_that_the_notebook_chooses(graded, form, tmp_path):
    for state, text in german_results(graded, form, tmp_path).items():
        assert ("kein Notebook" if state else "wird von Hand bewertet") in text
        assert english_in(text) == []


@pytest.mark.parametrize("form", external.FORMATS)
def test_every_word_of_a_result_is_in_a_catalogue(graded, form, tmp_path, marks):
    for text in german_results(graded, form, tmp_path).values():
        assert marks(text, {"softmax", "entropy", "why"}) == []


def german_results(graded, form, tmp_path):
    """Return what a student reads of a graded submission, and of one that is not gradable."""
    found = {}
    graded.notebook = {"cells": [{"cell_type": "code", "source": 'language("de")'}]}
    graded.repairs = ["Cells were moved; they were graded in the original order."]
    graded.exercises["test_entropy"].message = "entropy: expected a dict, got a list of 2."
    place = tmp_path / VERDICTS / "ps2" / "ada" / "notebook.json"
    for state in ("", "the file is JSON, but not a notebook"):
        graded.not_gradable = state
        graded.save(place)
        external.write(tmp_path, "ps2", "ada", form, tmp_path / "results.json")
        made = json.loads((tmp_path / "results.json").read_text())
        told = [made.get("output"), made.get("message"), *made.get("format_errors", ())]
        told += [each.get("output", each.get("message")) for each in made.get("tests", ())]
        found[state] = "\n".join(filter(None, told))
    return found
