"""Where the engine finds the course: one name, registered once.

`register("course")` is called where a program starts (`nbgrader_config.py`, `python -m course`);
processes that it starts find the name in their environment. Without a registration the engine
judges what the notebooks hold: ordinary nbgrader test cells.
"""

from __future__ import annotations

import os
import pkgutil
from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType

from autograder.model import Assignment, Exercise

VARIABLE = "AUTOGRADER_COURSE"
TEXT = "notebook.py"  # the text of an assignment's notebook, beside its exercises


class UndeclaredError(LookupError):
    """An assignment or an exercise that the course does not declare."""


def register(package: str) -> None:
    """Make a package the course: each of its subpackages with a notebook is an assignment."""
    os.environ[VARIABLE] = package


def package() -> ModuleType | None:
    """Return the course's package, or None if none is registered."""
    name = os.environ.get(VARIABLE)
    return import_module(name) if name else None


def folder() -> Path | None:
    """Return the folder of the course's package."""
    course = package()
    return Path(str(course.__file__)).parent if course else None


def root() -> Path:
    """Return the course directory: where the course's package lies, or the current folder."""
    course = folder()
    return course.parent if course else Path.cwd()


def assignments() -> tuple[str, ...]:
    """Return the names of the assignments that the course declares."""
    course = folder()
    return tuple(sorted(path.parent.name for path in course.glob(f"*/{TEXT}"))) if course else ()


@cache
def load(name: str) -> Assignment:
    """Return an assignment with its exercises.

    Raises
    ------
    UndeclaredError
        If the course has no such assignment, or its notebook asks for an exercise that no module
        beside it declares, or leaves one out.
    """
    if name not in assignments():
        known = ", ".join(assignments()) or "none"
        raise UndeclaredError(f"no assignment {name!r} is declared; there are: {known}")
    module = import_module(f"{os.environ[VARIABLE]}.{name}")
    found = {each.name: each for each in _exercises(module)}
    place = Path(str(module.__file__)).with_name(TEXT)
    order = asked_in(place.read_text(encoding="utf-8"))
    for wanted in [*order, *found]:
        if wanted not in found:
            raise UndeclaredError(
                f"{place} asks for {wanted!r}, which no module beside it declares"
            )
        if wanted not in order:
            raise UndeclaredError(
                f"{place} does not ask for {wanted!r}, which is declared beside it"
            )
    return Assignment(
        name,
        module.NOTEBOOK,
        {each: found[each] for each in order},
        tuple(getattr(module, "DATA", ())),
        tuple(getattr(module, "RULES", ())),
    )


def exercises(name: str) -> dict[str, Exercise]:
    """Return the exercises of an assignment by name, in the order of the notebook.

    An assignment that the course does not declare has none: its tests are in its notebook.
    """
    return dict(load(name).exercises) if name in assignments() else {}


def asked_in(text: str) -> list[str]:
    """Return the exercises that the text of a notebook asks for, in their order."""
    marks = [
        line.split('test="')[1]
        for line in text.splitlines()
        if line.startswith("# %%") and 'test="' in line
    ]
    return [mark.split('"')[0] for mark in marks]


def _exercises(module: ModuleType) -> list[Exercise]:
    found = []
    for each in pkgutil.iter_modules(module.__path__):
        if f"{each.name}.py" == TEXT or each.name.startswith("test_"):
            continue
        declared = getattr(import_module(f"{module.__name__}.{each.name}"), "exercise", None)
        if isinstance(declared, Exercise):
            found.append(declared)
    return found
