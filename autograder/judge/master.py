"""The master notebook of an assignment, as instructors and as students have it."""

from functools import cache
from pathlib import Path

import nbformat
from nbgrader.preprocessors import ClearHiddenTests, ClearSolutions
from traitlets.config import Config


@cache
def master(path, stamp):
    """Return the notebook with its hidden tests; `stamp` is the file's time of change."""
    return nbformat.read(path, as_version=4)


@cache
def released(path, stamp):
    """Return the notebook as students receive it: no solutions, no hidden tests."""
    notebook = nbformat.from_dict(master(path, stamp))
    for preprocessor in (ClearSolutions(config=Config()), ClearHiddenTests(config=Config())):
        notebook, _ = preprocessor.preprocess(notebook, {})
    return notebook


def both(path):
    """Return (master, released) of a notebook file."""
    path = Path(path).resolve()
    stamp = path.stat().st_mtime_ns
    return master(path, stamp), released(path, stamp)


def data_files(folder):
    """Return the contents of the files that an assignment ships beside its notebook."""
    return {path.name: path.read_bytes() for path in sorted(Path(folder).glob("*"))
            if path.is_file() and path.suffix != ".ipynb"}
