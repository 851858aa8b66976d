"""Notebooks as students were seen to hand them in: what is in them is found.

Each is the assignment with right answers, after something that an editor, a platform or a student
has done to it.
"""

import copy
import json

import pytest

from autograder.submission.rebuild import nbgrader_metadata, rebuild
from course.demo import answers
from course.demo.students import filled
from tests.conftest import released
from tests.threats.declare import ASSIGNMENT, NOTEBOOK, cells, new_cell

PICTURE = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk"
    "+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
WORDS = "Equal logits give every class the probability 1/n."
RIGHT = answers.styles(ASSIGNMENT)["vectorised"]
WRITTEN = ("why_log_n", "stuck_loss")


def finished():
    """Return the notebook with right answers, in code and in words."""
    made = json.loads(json.dumps(filled(released(ASSIGNMENT), RIGHT)))
    for name in WRITTEN:
        cells(made, name)[0]["source"] = WORDS
    return made


def blank():
    """Return the notebook as it was handed out."""
    return json.loads(json.dumps(released(ASSIGNMENT)))


def with_windows_lines(notebook):
    """Return the notebook with the line ends of another system."""
    for cell in notebook["cells"]:
        cell["source"] = cell["source"].replace("\n", "\r\n")
    return notebook


def as_databricks_has_it(notebook):
    """Return the notebook without its metadata, the text in code cells that begin with `%md`."""
    for cell in notebook["cells"]:
        if cell["cell_type"] == "markdown":
            cell |= new_cell("%md\n" + cell["source"])
        cell["metadata"] = {"application/vnd.databricks.v1+cell": {"title": ""}}
    return {**notebook, "metadata": {"application/vnd.databricks.v1+notebook": {}}}


def as_an_editor_lost_it(notebook):
    """Return the notebook with another editor's metadata in the place of nbgrader's."""
    for cell in notebook["cells"]:
        cell["metadata"] = {"vscode": {"languageId": "python"}}
    return with_windows_lines(notebook)


def with_a_stub_below(notebook):
    """Return the notebook with an answer's cell as it was handed out pasted below the answer."""
    place = notebook["cells"].index(cells(notebook, "softmax")[0])
    stub = copy.deepcopy(cells(blank(), "softmax")[0])
    stub["source"] = stub["source"].replace("\n", "\r\n")
    notebook["cells"].insert(place + 1, stub)
    return notebook


def with_words_below_the_question(notebook):
    """Return the notebook with one answer in words in the cell of its question."""
    for name in WRITTEN:
        cells(notebook, name)[0]["source"] = cells(blank(), name)[0]["source"]
    place = notebook["cells"].index(cells(notebook, "why_log_n")[0])
    notebook["cells"][place - 1]["source"] += f"\n\n**My answer:** {WORDS}"
    return notebook


def with_a_picture(notebook):
    """Return the notebook with a picture pasted into an answer in words."""
    cell = cells(notebook, "why_log_n")[0]
    cell["source"] = "By hand:\n\n![image.png](attachment:3f2a.png)"
    cell["attachments"] = {"3f2a.png": {"image/png": PICTURE}}
    return notebook


@pytest.fixture
def rebuilt(tmp_path):
    """Return what rebuilds from files: notebooks by name."""

    def made(**files):
        for name, notebook in files.items():
            (tmp_path / name).write_text(json.dumps(notebook))
        return rebuild(released(ASSIGNMENT), tmp_path, NOTEBOOK, 10**8)

    return made


def answer(notebook, name):
    """Return an answer's cell in a rebuilt notebook."""
    return next(each for each in notebook.cells if nbgrader_metadata(each).get("grade_id") == name)


def defined(notebook):
    """Return the code of a rebuilt notebook's own cells and answers."""
    return "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "code")


@pytest.mark.parametrize("edit", [as_databricks_has_it, as_an_editor_lost_it, with_a_stub_below])
def test_all_answers_are_found(rebuilt, edit):
    made = rebuilt(**{NOTEBOOK: edit(finished())})
    assert not made.not_gradable and made.untouched == set()
    for source in RIGHT.values():
        assert source.strip() in defined(made.notebook)
    for name in WRITTEN:
        assert WORDS in answer(made.notebook, name).source


def test_the_finished_copy_counts_and_the_blank_original_does_not(rebuilt):
    made = rebuilt(**{NOTEBOOK: blank(), "loss_at_init (1).ipynb": finished()})
    assert made.untouched == set()
    assert made.repairs == [
        "The notebook loss_at_init (1).ipynb was taken for loss_at_init.ipynb.",
        "Other notebooks were skipped: loss_at_init.ipynb.",
    ]


def test_a_blank_notebook_is_not_attempted_whatever_its_line_ends(rebuilt):
    made = rebuilt(**{NOTEBOOK: with_windows_lines(blank())})
    assert made.untouched == {*RIGHT, *WRITTEN} and made.repairs == []


def test_words_in_the_cell_of_the_question_are_the_answer(rebuilt):
    made = rebuilt(**{NOTEBOOK: with_words_below_the_question(finished())})
    assert made.untouched == {"stuck_loss"}
    assert answer(made.notebook, "why_log_n").source == f"**My answer:** {WORDS}"


def test_a_pasted_picture_stays_with_the_answer(rebuilt):
    made = rebuilt(**{NOTEBOOK: with_a_picture(finished())})
    assert answer(made.notebook, "why_log_n").attachments == {"3f2a.png": {"image/png": PICTURE}}


@pytest.mark.parametrize(
    "notebook, why",
    [
        (
            json.loads(json.dumps(released("ps3_smoothed_loss"))),
            "this is not the notebook loss_at_init.ipynb: it has none of its cells and none of "
            "its answers",
        ),
        (
            {"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5},
            "loss_at_init.ipynb is a notebook without any text in its cells",
        ),
    ],
    ids=["of another assignment", "empty"],
)
def test_a_notebook_that_is_not_the_assignments_is_not_gradable(rebuilt, notebook, why):
    assert rebuilt(**{NOTEBOOK: notebook}).not_gradable == why
