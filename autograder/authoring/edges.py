"""Whether the students' text states every edge that the cases judge."""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np

from autograder import registry
from autograder.cases import PUBLIC_SEED
from autograder.checks.calls import Call, perform
from autograder.model import Exercise

SOLUTION = re.compile(r"### BEGIN SOLUTION.*?### END SOLUTION", re.DOTALL)
SIGNS = re.compile(r"[`*$\\]+|^# ?", re.MULTILINE)  # of Markdown and of comments


def unstated(assignment: str) -> Iterator[str]:
    """Yield a line for each edge that is judged and that the text of its exercise leaves out.

    Edges are what `case(..., edge="...")` names, in the words of the text, and errors that are
    expected. An assignment that no course declares judges none: its tests are in its notebook.
    """
    folder = registry.folder()
    if folder is None or assignment not in registry.assignments():
        return
    notebook = (folder / assignment / registry.TEXT).read_text(encoding="utf-8")
    exercises = registry.exercises(assignment)
    for name, text in sections(notebook).items():
        for edge in _judged(exercises[name]):
            if plain(edge) not in text:
                yield f"{name}: the edge {edge!r} is judged, but the text does not state it"


def _judged(exercise: Exercise) -> list[str]:
    """Return the words for the edges that the cases try; for an error, its name."""
    found: dict[str, None] = {}  # in order, each once
    for each in exercise.inputs(np.random.default_rng(PUBLIC_SEED)):
        raised = perform(exercise.solution, Call(each.args, each.kwargs)).raised
        for edge in (raised["type"] if raised else "", each.edge):
            if edge:
                found[edge] = None
    return list(found)


def sections(notebook: str) -> dict[str, str]:
    """Return what students read above the check of each exercise, from the check before on."""
    found, rest = {}, SOLUTION.sub("", notebook)
    for name in registry.asked_in(notebook):
        section, _, rest = rest.partition(f'test="{name}"')
        found[name] = plain(section)
    return found


def plain(text: str) -> str:
    """Return words without Markdown, line ends and capitals."""
    return " ".join(SIGNS.sub("", text).lower().split())
