"""The answers of a class as files, one for each student, for programs that compare them.

What is alike, and what that means, is left to such a program and to a person.
"""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from autograder.judge.verdict import Verdict
from autograder.submission.rebuild import HELPER, nbgrader_metadata
from autograder.telling import tell

from .configured import configured
from .store import Store

HANDED_OUT = "handed_out"  # the folder of what all answers have in common
OWN_CELLS = "own_cells"  # what students have added


def write(course: str | Path, assignment: str, folder: Path, as_json: bool = False) -> None:
    """Write the answers of everybody who was graded: FOLDER/EXERCISE/STUDENT.py.

    An answer that is as it was handed out is left out; that text is in
    FOLDER/handed_out/EXERCISE/. What students have added is in FOLDER/own_cells/.
    """
    target = folder.resolve()
    if target.exists() and any(target.iterdir()):
        sys.exit(f"{target} is not empty; nothing was written.")
    with contextlib.chdir(course):
        store = Store(configured().coursedir, assignment)
        students = {name for source in store.sources() for name in _written(store, source, target)}
    if not students:
        sys.exit(f"Nothing of {assignment} was graded here; nothing was written.")
    if not target.exists():
        sys.exit(f"All answers to {assignment} are as they were handed out; nothing was written.")
    words = f"Students whose answers are in {target}, a folder for each exercise: {len(students)}."
    tell(words, {"students": sorted(students), "folder": str(target)}, as_json)


def _written(store: Store, source: Path, target: Path) -> Iterator[str]:
    """Write the answers in one of an assignment's notebooks; yield whose there were."""
    target = target / source.stem if len(store.sources()) > 1 else target
    handed_out = _answers(store.notebooks(source).student)
    for student in store.students():
        verdict = Verdict.load(store.path(student, source))
        if verdict is None or verdict.not_gradable:
            continue
        for name, text in _answers(nbformat.from_dict(verdict.notebook)).items():
            if text.strip() != handed_out.get(name, "").strip():
                _put(target / name, student, text)
                _put(target / HANDED_OUT / name, HANDED_OUT, handed_out.get(name, ""))
        yield student


def _answers(notebook: NotebookNode) -> dict[str, str]:
    """Return the answers in code by grade_id, and the cells that a student has added."""
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    own = [cell.source for cell in code if cell.metadata.get("role") == HELPER]
    answers = {
        nbgrader_metadata(cell).grade_id: cell.source
        for cell in code
        if nbgrader_metadata(cell).get("solution")
    }
    return answers | ({OWN_CELLS: "\n\n".join(own)} if own else {})


def _put(folder: Path, name: str, text: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.py").write_text(text + "\n", encoding="utf-8", errors="replace")
