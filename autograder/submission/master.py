"""The master notebook of an assignment, as instructors and as students have it."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from traitlets.config import Config


@cache
def _master(path: Path, stamp: int) -> NotebookNode:
    """Return the notebook with its hidden tests; `stamp` is the file's time of change."""
    return nbformat.read(path, as_version=4)


@cache
def _released(path: Path, stamp: int) -> NotebookNode:
    """Return the notebook as students receive it: no solutions, no hidden tests."""
    # Here, because it takes a second and the judge, which is handed the result, never needs it.
    from nbgrader.preprocessors import ClearHiddenTests, ClearSolutions

    notebook = nbformat.from_dict(_master(path, stamp))
    for preprocessor in (ClearSolutions(config=Config()), ClearHiddenTests(config=Config())):
        notebook, _ = preprocessor.preprocess(notebook, {})
    return notebook


def master(path: Path | str) -> NotebookNode:
    """Return the notebook as instructors have it, with its hidden tests."""
    path = Path(path).resolve()
    return _master(path, path.stat().st_mtime_ns)


def released(path: Path | str) -> NotebookNode:
    """Return the notebook as students receive it."""
    path = Path(path).resolve()
    return _released(path, path.stat().st_mtime_ns)


def data_files(folder: Path | str) -> dict[str, bytes]:
    """Return the contents of the files that an assignment ships beside its notebook.

    Returns
    -------
    dict of bytes
        By their path from the folder on, with slashes. Without what the checks are made of: in a
        grading they have no effect.
    """
    folder, found = Path(folder), {}
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        left_out = parts[0] in ("checks", ".ipynb_checkpoints") or "__pycache__" in parts
        if path.is_file() and path.suffix != ".ipynb" and not left_out:
            found["/".join(parts)] = path.read_bytes()
    return found
