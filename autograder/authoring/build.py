"""Building every notebook from its text, and what goes into a release."""

import json
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import nbformat

from autograder import checks, commands, registry
from autograder.cases import PUBLIC_SEED, make_cases
from autograder.checks import wire
from autograder.checks.packing import pack
from autograder.model import Assignment

from . import catalogues, text
from .rule_modules import released_rules

CHECKS = Path(checks.__file__).parent


class Pair(NamedTuple):
    """A notebook of the course, and the text that it is built from."""

    text: Path
    notebook: Path
    assignment: str | None  # None for a lesson


def pairs(root: Path | None = None) -> Iterator[Pair]:
    """Yield every notebook of the course with its text.

    Raises
    ------
    UndeclaredError
        If no course is registered.
    """
    root, course = root or registry.root(), registry.folder()
    if course is None:
        raise registry.UndeclaredError("no course is registered, so it has no notebooks")
    for path in sorted((course / "lessons").glob("*.py")):
        yield Pair(path, root / "notebooks" / f"{path.stem}.ipynb", None)
    for name in registry.assignments():
        notebook = root / "source" / name / f"{registry.load(name).notebook}.ipynb"
        yield Pair(course / name / registry.TEXT, notebook, name)


def build_notebooks(root: Path | None = None) -> list[Path]:
    """Write every notebook anew from its text; return the paths that changed."""
    changed = []
    for source, target, assignment in pairs(root):
        content = rendered(source, assignment)
        if not target.exists() or target.read_text(encoding="utf-8") != content:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(content, encoding="utf-8", newline="\n")
            changed.append(target)
    return changed


def rendered(source: Path, assignment: str | None) -> str:
    """Return the content of the notebook file that belongs to a text file."""
    try:
        notebook = text.to_notebook(source.read_text(encoding="utf-8"), assignment)
    except ValueError as error:
        raise ValueError(f"{source}: {error}") from None
    return nbformat.writes(notebook) + "\n"


def bring_back(notebook: str | Path, root: Path | None = None) -> Path:
    """Write an edit made in Jupyter back to the text it belongs to; return the text's path.

    Raises
    ------
    LookupError
        If the file is not a notebook of the course.
    """
    for source, target, _ in pairs(root):
        if target.resolve() == Path(notebook).resolve():
            content = nbformat.read(target, as_version=4)
            source.write_text(text.to_text(content), encoding="utf-8", newline="\n")
            return source
    raise LookupError(
        f"{notebook} is not a notebook of this course: no text in course/ belongs to it"
    )


def place_checks(assignment: str, course: str | Path) -> None:
    """Put the checks, the public cases and the data into a course's `source/<assignment>/`.

    nbgrader copies them into the release. They are made anew each time; git ignores them.
    """
    folder = Path(course) / "source" / assignment
    declared = registry.load(assignment)
    place = folder / "checks"
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    for module in sorted(CHECKS.glob("*.py")):
        shutil.copy(module, place / module.name)
    for name, content in released_rules(declared).items():
        (place / name).write_text(content, encoding="utf-8", newline="\n")
    cases = {
        each.name: pack(make_cases(each, PUBLIC_SEED, public=True))
        for each in declared.exercises.values()
    }
    for name, content in {
        "cases.json": public_cases(declared, folder, cases),
        "texts.json": catalogues.shipped(declared, cases.values()),
    }.items():
        (place / name).write_text(content, encoding="utf-8", newline="\n")
    for name in declared.data:
        shutil.copy(registry.root() / "data" / name, folder / name)


def public_cases(declared: Assignment, folder: Path, cases: Mapping[str, Any]) -> str:
    """Return the content of `cases.json`: inputs, expected results, results of known mistakes."""
    master = nbformat.read(folder / f"{declared.notebook}.ipynb", as_version=4)
    listed = {
        name: {"points": exercise.points, "cases": wire.text(cases[name])}
        for name, exercise in declared.exercises.items()
    }
    return json.dumps(
        {
            "assignment": declared.name,
            "rules": declared.rules,
            "exercises": listed,
            "points_by_hand": text.points_by_hand(master),
        },
        indent=0,
    )


def build_course() -> None:
    """Build every notebook and every release; print what changed."""
    root = registry.root()
    for path in build_notebooks():
        print(f"built {path.relative_to(root)}")
    for assignment in registry.assignments():
        commands.nbgrader("generate_assignment", assignment, "--force", cwd=root)
        print(f"released {assignment} to release/{assignment}/")
