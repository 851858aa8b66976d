"""The checks that a notebook carries: unpacked where it is alone, taken out where it is graded."""

import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from autograder.authoring import carrying
from autograder.submission import carried


@pytest.fixture
def folder(tmp_path):
    """Return a folder with checks and data, as an assignment has it."""
    (tmp_path / "checks" / "__pycache__").mkdir(parents=True)
    (tmp_path / "checks" / "__init__.py").write_text("print('checks of', __file__)")
    (tmp_path / "names.txt").write_text("handed out")
    return tmp_path


def carry(folder):
    """Return a notebook that carries what is in a folder."""
    cells = [nbformat.v4.new_markdown_cell("# Title"), nbformat.v4.new_code_cell("import checks")]
    notebook = nbformat.v4.new_notebook(cells=cells)
    carrying.carry(notebook, folder, ("names.txt",))
    return notebook


def code(notebook):
    return "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "code")


@pytest.mark.system
@pytest.mark.parametrize("mine", ["", "my own"])
def test_a_notebook_unpacks_what_it_carries(folder, tmp_path, mine):
    alone = tmp_path / "alone"
    alone.mkdir()
    if mine:
        (alone / "names.txt").write_text(mine)
    done = subprocess.run(
        [sys.executable, "-I", "-c", code(carry(folder))], cwd=alone, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    place = done.stdout.removeprefix("checks of ").strip()
    assert place.endswith("__init__.py") and str(tmp_path) not in place
    assert not Path(place).exists()  # gone with the process
    assert [path.name for path in alone.iterdir()] == ["names.txt"]
    assert (alone / "names.txt").read_text() == (mine or "handed out")


def test_where_checks_are_loaded_nothing_is_brought(folder, monkeypatch):
    monkeypatch.setitem(sys.modules, "checks", object())
    before = list(sys.path)
    exec(carry(folder).cells[1].source, {})
    assert sys.path == before


def test_it_is_carried_once_and_before_all_code(folder):
    notebook = carry(folder)
    first = code(notebook)
    carrying.carry(notebook, folder, ("names.txt",))
    assert code(notebook) == first and first.count("\nbring_checks(") == 1
    assert [cell.cell_type for cell in notebook.cells] == ["markdown", "code", "code"]
    nbformat.validate(notebook)


def test_what_is_too_large_stays_out(folder, monkeypatch):
    monkeypatch.setattr(carrying, "MAX_CARRIED", 1000)
    assert code(carry(folder)) == "import checks"


def test_a_student_s_own_lines_below_it_stay(folder):
    text = carry(folder).cells[1].source
    assert carried.taken_out(text) == ""
    assert carried.taken_out(text + "\nx = 1").strip() == "x = 1"
    assert carried.taken_out("# @title mine\n" + text) == "# @title mine\n"
