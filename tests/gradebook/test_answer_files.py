"""The answers of a class as files, for programs that look for similar ones."""

import shutil

import nbformat
import pytest

from autograder.gradebook.answer_files import write
from tests.threats.test_killed import TINY

from .conftest import RIGHT, WRONG, notebook

pytestmark = pytest.mark.slow
STUB = "def double(x):\n    # YOUR CODE HERE\n    raise NotImplementedError()\n"


def test_there_is_a_file_for_each_answer_that_was_written(graded, tmp_path, capsys):
    place = graded.folder / "submitted" / "cut" / TINY / "tiny.ipynb"
    handed = nbformat.reads(notebook(RIGHT), as_version=4)
    handed.cells.insert(0, nbformat.v4.new_code_cell("def twice(x):\n    return x + x"))
    handed.cells[1].source = STUB
    nbformat.write(handed, place)
    assert graded.grade() is None
    write(graded.folder, TINY, tmp_path / "answers")
    assert "a folder for each exercise: 3." in capsys.readouterr().out
    found = {
        str(path.relative_to(tmp_path / "answers")): path.read_text().strip()
        for path in (tmp_path / "answers").rglob("*.py")
    }
    assert found == {
        "double/ann.py": RIGHT,
        "double/ben.py": WRONG,
        "handed_out/double/handed_out.py": STUB.strip(),
        "own_cells/cut.py": "def twice(x):\n    return x + x",
        "handed_out/own_cells/handed_out.py": "",
    }
    with pytest.raises(SystemExit, match="answers is not empty; nothing was written"):
        write(graded.folder, TINY, tmp_path / "answers")


def test_a_class_that_has_answered_nothing_is_told(graded, tmp_path):
    shutil.rmtree(graded.folder / "submitted")
    place = graded.folder / "submitted" / "cut" / TINY
    place.mkdir(parents=True)
    handed = nbformat.reads(notebook(STUB), as_version=4)
    nbformat.write(handed, place / "tiny.ipynb")
    assert graded.grade() is None
    with pytest.raises(SystemExit, match="are as they were handed out; nothing was written"):
        write(graded.folder, TINY, tmp_path / "answers")


def test_a_class_that_was_not_graded_has_no_answers(fresh, tmp_path):
    with pytest.raises(SystemExit, match="Nothing of tiny was graded here"):
        write(fresh.folder, TINY, tmp_path / "answers")
    assert not (tmp_path / "answers").exists()
