"""The exercises of a course that declares nothing: test cells of every kind that nbgrader knows.

They are in `cells/`, as text: a line `=== name points` for each, then its cells, each below a
line with its role. `above` is a cell of the author's, locked or without any mark; behind `wrong`
are the points that the wrong answer gets. `stderr` says that the right answer writes there in its
test, which costs all points with stock nbgrader.
"""

import re
from dataclasses import dataclass
from pathlib import Path

PLACE = Path(__file__).with_name("cells")


@dataclass(frozen=True)
class Exercise:
    """One answer cell with its test cell."""

    name: str
    points: float
    answer: str
    test: str
    wrong: str
    wrong_points: float
    above: str
    is_locked: bool
    stderr: bool


def read(name: str) -> tuple[Exercise, ...]:
    """Return the exercises in one file."""
    text = (PLACE / f"{name}.txt").read_text(encoding="utf-8")
    return tuple(map(_exercise, re.split(r"^=== ", text, flags=re.MULTILINE)[1:]))


def _exercise(text: str) -> Exercise:
    head, *cells = re.split(r"^--- ", text, flags=re.MULTILINE)
    name, points, *marks = head.split()
    roles = {}
    for cell in cells:
        title, _, source = cell.partition("\n")
        role, *more = title.split()
        roles[role] = source.strip("\n")
        marks += [role, *more]
    wrong_points = float(marks[marks.index("wrong") + 1])
    return Exercise(
        name,
        float(points),
        roles["answer"],
        roles["test"],
        roles["wrong"],
        wrong_points,
        roles.get("above", ""),
        "locked" in marks,
        "stderr" in marks,
    )


PLAIN = tuple(each for name in ("scoring", "language", "jupyter", "files") for each in read(name))
AUTOTEST = read("autotest")
TABLES = read("tables")
