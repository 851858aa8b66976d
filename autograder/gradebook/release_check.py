"""Whether the instructor's notebooks are those that the gradebook and the students have."""

from collections import Counter
from collections.abc import Iterator

from nbformat import NotebookNode

from autograder.submission.master import master
from autograder.submission.rebuild import nbgrader_metadata
from autograder.submission.test_cells import waits

from . import book
from .store import Store


def mismatch(store: Store) -> str | None:
    """Return why an assignment cannot be graded as it was released, and what to do, or None."""
    released = book.released(store.coursedir, store.assignment)
    again = f"run `nbgrader generate_assignment {store.assignment} --force`"
    if released is None:
        return (
            f"{store.assignment} is not in the gradebook: "
            f"{again}; or, if it was there, restore your last backup of gradebook.db"
        )
    there = {source.stem: source for source in store.sources()}
    for name in sorted(released.keys() | there.keys()):
        place = f"source/{store.assignment}/{name}.ipynb"
        if name not in there:
            return f"{place} was released and is missing; restore it, or {again}"
        if name not in released:
            return f"{place} was not released; remove it, or {again}"
        try:
            change = _difference(master(there[name]), released[name])
        except (OSError, ValueError, KeyError, AttributeError) as error:
            return (
                f"{place} cannot be read as a notebook ({type(error).__name__}); "
                "restore your last backup of it"
            )
        if change:
            return f"{place}, {change}: this is not what was released; restore it, or {again}"
    return None


def edited(store: Store) -> Iterator[str]:
    """Yield a line for each notebook whose test cells are not those of the release any more."""
    for source in store.sources():
        texts = store.texts.get(source.stem, {})
        names = [
            nbgrader_metadata(cell).grade_id
            for cell in master(source).cells
            if nbgrader_metadata(cell).get("grade")
            and not nbgrader_metadata(cell).get("solution")
            and not waits(cell.source)  # nbgrader writes these tests for the release
            and texts.get(nbgrader_metadata(cell).grade_id, cell.source) != cell.source
        ]
        if names:
            yield (
                f"source/{store.assignment}/{source.name}: {', '.join(names)} changed since the "
                "release, and those of the release are graded; to have the new ones, run "
                f"`nbgrader generate_assignment {store.assignment} --force`"
            )


def _difference(notebook: NotebookNode, released: dict[str, float]) -> str | None:
    """Return in what a notebook differs from its release, or None."""
    cells = [nbgrader_metadata(cell) for cell in notebook.cells]
    names = [
        cell["grade_id"]
        for cell in cells
        if any(cell.get(kind) for kind in ("grade", "solution", "task", "locked"))
    ]
    now = {
        cell["grade_id"]: float(cell.get("points") or 0)
        for cell in cells
        if cell.get("grade") or cell.get("task")
    }
    for name, times in Counter(names).items():
        if times > 1:
            return f"cell {name} appears {'twice' if times == 2 else f'{times} times'}"
    for name in [*now, *released]:
        if name not in released:
            return f"cell {name} is new"
        if name not in now:
            return f"cell {name} is missing"
        if now[name] != released[name]:
            return f"cell {name} has {now[name]:g} points instead of {released[name]:g}"
    return None
