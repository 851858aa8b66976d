"""The master notebook of an assignment, as instructors and as students have it."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode
from traitlets.config import Config


@dataclass(frozen=True)
class Notebooks:
    """One notebook twice: with its hidden tests, and as it is handed out."""

    instructor: NotebookNode
    student: NotebookNode

    @cached_property
    def text(self) -> bytes:
        """Return both as one text, the same for the same notebooks; a class asks for it often."""
        return json.dumps([self.instructor, self.student], sort_keys=True).encode()

    @staticmethod
    @lru_cache(maxsize=8)
    def of(text: str) -> Notebooks:
        """Return those with that text; a class has the same, and nobody changes them."""
        return Notebooks(*map(nbformat.from_dict, json.loads(text)))


@cache
def _master(path: Path, stamp: int) -> NotebookNode:
    """Return the notebook with its hidden tests; `stamp` is the file's time of change."""
    return nbformat.read(path, as_version=4)


@cache
def _released(path: Path, stamp: int) -> NotebookNode:
    return stripped(_master(path, stamp), Config())


def master(path: Path | str) -> NotebookNode:
    """Return the notebook as instructors have it, with its hidden tests."""
    path = Path(path).resolve()
    return _master(path, path.stat().st_mtime_ns)


def released(path: Path | str) -> NotebookNode:
    """Return the notebook as students receive it, where nbgrader's own settings apply."""
    path = Path(path).resolve()
    return _released(path, path.stat().st_mtime_ns)


def stripped(notebook: NotebookNode, config: Config) -> NotebookNode:
    """Return a notebook without solutions and hidden tests, by the marks that a course uses."""
    # Here, because it takes a second and the judge, which is handed the result, never needs it.
    from nbgrader.preprocessors import ClearHiddenTests, ClearSolutions

    notebook = nbformat.from_dict(notebook)
    for preprocessor in (ClearSolutions(config=config), ClearHiddenTests(config=config)):
        notebook, _ = preprocessor.preprocess(notebook, {})
    return notebook


def as_recorded(
    source: Path, texts: Mapping[str, str], config: Config, root: Path | str
) -> Notebooks:
    """Return a notebook with the cells that nbgrader recorded when it made the release.

    So does nbgrader's OverwriteCells. What AUTOTEST stands for is only there.

    Parameters
    ----------
    source : Path
        The instructor's notebook.
    texts : dict of str
        What was recorded, by grade_id: of tests with their hidden part, of answers as handed out.
    config : Config
        The course's: the marks of solutions and hidden tests, header and footer.
    root : path
        The course directory.
    """
    instructor = nbformat.from_dict(master(source))
    instructor.cells = [
        *_cells(config, "header", root),
        *instructor.cells,
        *_cells(config, "footer", root),
    ]
    for cell in instructor.cells:
        if not cell.metadata.get("nbgrader", {}).get("solution"):
            _overwrite(cell, texts)
    student = stripped(instructor, config)
    for cell in student.cells:
        if cell.metadata.get("nbgrader", {}).get("solution"):
            _overwrite(cell, texts)
    return Notebooks(instructor, student)


def _overwrite(cell: NotebookNode, texts: Mapping[str, str]) -> None:
    grade_id = cell.metadata.get("nbgrader", {}).get("grade_id")
    cell.source = texts.get(grade_id, cell.source)


def _cells(config: Config, name: str, root: Path | str) -> list[Any]:
    """Return the cells that nbgrader's IncludeHeaderFooter adds."""
    place = config.get("IncludeHeaderFooter", {}).get(name)
    return list(nbformat.from_dict(master(Path(root, place))).cells) if place else []


def data_files(folder: Path | str) -> dict[str, bytes]:
    """Return the contents of the files that an assignment ships beside its notebook.

    Returns
    -------
    dict of bytes
        By their path from the folder on, with slashes. Without the engine's checks: in a grading
        they have no effect.
    """
    folder, found = Path(folder), {}
    for place, folders, files in os.walk(folder):
        inside = Path(place).relative_to(folder)
        folders[:] = [
            name
            for name in folders
            if name != "__pycache__" and not (place == str(folder) and _is_made(folder, name))
        ]
        for name in files:
            path = Path(place, name)
            if path.is_file() and path.suffix != ".ipynb":
                found[(inside / name).as_posix()] = path.read_bytes()
    return dict(sorted(found.items()))


def _is_made(folder: Path, name: str) -> bool:
    """Tell whether something in an assignment's folder was put there by Jupyter or by `build`."""
    return name == ".ipynb_checkpoints" or (
        name == "checks" and (folder / name / "cases.json").exists()
    )
