"""Texts and notebooks agree, both ways, and ids stay."""

import copy

import nbformat
import pytest

from autograder import registry
from autograder.authoring import build, text
from autograder.submission.rebuild import nbgrader_metadata
from course import ROOT

PAIRS = list(build.pairs())
NAMES = [source.stem for source, _, _ in PAIRS]


@pytest.mark.parametrize("source, notebook, assignment", PAIRS, ids=NAMES)
def test_the_notebook_is_what_its_text_says(source, notebook, assignment):
    assert notebook.read_text(encoding="utf-8") == build.rendered(source, assignment), (
        f"{notebook} is not up to date: run `python3 course.py build`, or, if it was edited in "
        f"Jupyter, `python3 course.py bring-back {notebook}`"
    )


@pytest.mark.parametrize("source, notebook, assignment", PAIRS, ids=NAMES)
def test_an_edit_in_jupyter_comes_back_to_the_text(source, notebook, assignment, tmp_path):
    edited = nbformat.read(notebook, as_version=4)
    edited.cells[0].source += "\n\nA sentence that was added in Jupyter."
    edited.cells[1].metadata["collapsed"] = True
    for cell in edited.cells:
        if cell.cell_type == "code":
            cell.outputs = [nbformat.v4.new_output("stream", text="an output")]
            cell.execution_count = 3
    back = text.to_notebook(text.to_text(copy.deepcopy(edited)), assignment)
    assert [cell.source for cell in back.cells] == [cell.source for cell in edited.cells]
    assert [nbgrader_metadata(cell) for cell in back.cells] == [
        nbgrader_metadata(cell) for cell in edited.cells
    ]
    assert not any(cell.get("outputs") for cell in back.cells)


@pytest.mark.parametrize("source, notebook, assignment", PAIRS, ids=NAMES)
def test_a_text_that_was_not_edited_comes_back_as_it_was(source, notebook, assignment):
    content = nbformat.read(notebook, as_version=4)
    assert text.to_text(content) == source.read_text(encoding="utf-8")


@pytest.mark.parametrize("source, notebook, assignment", PAIRS, ids=NAMES)
def test_a_new_cell_leaves_the_other_cells_ids_alone(source, notebook, assignment):
    before = nbformat.read(notebook, as_version=4)
    more = "# %% [markdown]\n# A cell that is new.\n\n" + source.read_text(encoding="utf-8")
    after = text.to_notebook(more, assignment)
    assert [cell.id for cell in after.cells][1:] == [cell.id for cell in before.cells]


@pytest.mark.parametrize("assignment", registry.assignments())
def test_every_exercise_stands_in_its_notebook_with_its_points(assignment):
    declared = registry.load(assignment)
    notebook = nbformat.read(
        ROOT / "source" / assignment / f"{declared.notebook}.ipynb", as_version=4
    )
    cells = {
        nbgrader_metadata(cell).grade_id: cell for cell in notebook.cells if nbgrader_metadata(cell)
    }
    for exercise in declared.exercises.values():
        assert cells[exercise.name].metadata.nbgrader.solution
        test = cells[f"test_{exercise.name}"]
        assert test.metadata.nbgrader.points == exercise.points
        assert test.metadata.nbgrader.locked
        assert test.source == f'check("{exercise.name}", {exercise.name})'
    written = [cell for cell in cells.values() if cell.cell_type == "markdown"]
    assert written, "each assignment asks at least one question to be answered in words"


def test_a_mark_that_names_no_exercise_is_refused_with_the_file_and_the_mark(tmp_path):
    source = tmp_path / "loss_at_init.py"
    source.write_text('# %% solution="sofmax"\nx = 1\n')
    with pytest.raises(ValueError, match=r'loss_at_init\.py.*solution="sofmax"'):
        build.rendered(source, "ps2_loss_at_init")


@pytest.mark.parametrize("source, notebook, assignment", PAIRS, ids=NAMES)
def test_run_all_stops_at_an_answer_but_not_at_a_check(source, notebook, assignment):
    for cell in nbformat.read(notebook, as_version=4).cells:
        goes_on = text.GOES_ON in cell.metadata.get("tags", [])
        answer = nbgrader_metadata(cell).get("solution", False)
        assert goes_on == (assignment is not None and cell.cell_type == "code" and not answer)
