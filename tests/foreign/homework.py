"""An nbgrader course without any declaration: every test stands in its notebook."""

import re
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

import nbformat
import nbgrader

from .exercises import PLAIN, Exercise

ASSIGNMENT = "homework"
AUTOTESTS = Path(nbgrader.__file__).parent / "docs/source/user_guide/autotests.yml"
CONFIG = """\
from autograder.gradebook.install import install, propose
c = get_config()
propose(c, {root!r}, course_id="foreign")
install(c, {root!r})
"""
SOLUTION = "### BEGIN SOLUTION\n{}\n### END SOLUTION"
BY_HAND = {"essay": "Because.", "sketch": "sketch = 2"}  # what is handed in
FILES = {
    "tools/__init__.py": "",
    "tools/geometry.py": "def rectangle(a, b):\n    return a * b\n",
    "tools/script.py": "from_script = 'ran'\n",
    "helper.py": "ONE = 1\n\n\ndef add(a, b):\n    return a + b\n",
    "checks.py": "def near(a, b):\n    return abs(a - b) < 0.5\n",
    "data/table.csv": "k,v\na,1\na,3\nb,5\n",
    "data/deep/numbers.txt": "10\n20\n30\n",
}


Notebooks = Mapping[str, Sequence[Exercise]]
ONE = {ASSIGNMENT: PLAIN}


def notebook(exercises):
    """Return an instructor's notebook."""
    cells = [nbformat.v4.new_markdown_cell("# Homework", id="title")]
    for number, each in enumerate(exercises):
        if each.above:
            plain = nbformat.v4.new_code_cell(each.above, id=f"above-{number}")
            locked = marked("code", each.above, f"above_{number}", locked=True)
            cells.append(locked if each.is_locked else plain)
        cells.append(_cell(solution(each.answer), each.name))
        cells.append(_cell(each.test, f"test_{each.name}", each.points))
    by_hand = {"grade": True, "solution": True}
    cells.append(marked("markdown", "YOUR ANSWER HERE", "essay", 3, **by_hand))
    cells.append(marked("code", SOLUTION.format("sketch = 1"), "sketch", 2, **by_hand))
    cells.append(marked("markdown", "Draw it.", "drawing", 4, task=True, locked=True))
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    return nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernel})


def solution(answer):
    """Return an answer between nbgrader's marks; a magic for the whole cell stays on top."""
    magic, code = re.fullmatch(r"(%%.*\n)?(.*)", answer, re.DOTALL).groups("")
    return magic + SOLUTION.format(code)


def _cell(source, grade_id, points=None):
    if points is None:
        return marked("code", source, grade_id, solution=True)
    return marked("code", source, grade_id, points, grade=True, locked=True)


def marked(kind, source, grade_id, points=None, **marks):
    """Return a cell with nbgrader's marks."""
    make = {"code": nbformat.v4.new_code_cell, "markdown": nbformat.v4.new_markdown_cell}[kind]
    made = make(source, id=grade_id.replace("_", "-"))
    known = dict.fromkeys(("grade", "locked", "solution", "task"), False)
    made.metadata["nbgrader"] = {"schema_version": 3, "grade_id": grade_id} | known | marks
    if points is not None:
        made.metadata["nbgrader"]["points"] = points
    return made


def write_files(place):
    """Write the modules and data beside a notebook."""
    for name, content in FILES.items():
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_text(content, encoding="utf-8")


def write_course(folder, config, notebooks: Notebooks = ONE):
    """Write the course directory with its one assignment."""
    folder = Path(folder)
    source = folder / "source" / ASSIGNMENT
    source.mkdir(parents=True)
    for name, exercises in notebooks.items():
        nbformat.write(notebook(exercises), source / f"{name}.ipynb")
    write_files(source)
    shutil.copy(AUTOTESTS, folder)
    (folder / "nbgrader_config.py").write_text(config.format(root=str(folder)), encoding="utf-8")
    (folder / "exchange").mkdir()


def students(notebooks: Notebooks = ONE):
    """Return what the class hands in: by student, the answers by exercise."""
    exercises = [each for some in notebooks.values() for each in some]
    right = {each.name: each.answer for each in exercises} | BY_HAND
    wrong = {each.name: each.wrong for each in exercises}
    names = {each.name: number for number, each in enumerate(exercises)}
    edits = {each.above: each.above.replace("seen", "SEEN").replace("+", "-") for each in exercises}
    mixed = (
        BY_HAND
        | edits
        | {
            name: (right[name], wrong[name], right[name], "def (", right[name], "1 / 0")[number % 6]
            for name, number in names.items()
        }
    )
    return {"right": right, "blank": {}, "wrong": wrong, "mixed": mixed}


def submit(folder, answers):
    """Hand in a class: by student, the answers by exercise."""
    for student, own in answers.items():
        place = Path(folder) / "submitted" / student / ASSIGNMENT
        shutil.copytree(Path(folder) / "release" / ASSIGNMENT, place)  # as it was fetched
        for path in place.glob("*.ipynb"):
            handed = nbformat.read(path, as_version=4)
            for cell in handed.cells:
                name = cell.metadata.get("nbgrader", {}).get("grade_id")
                cell.source = own.get(name) or own.get(cell.source, cell.source)
            nbformat.write(handed, path)
