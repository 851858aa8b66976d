"""The kill matrix: which case notices which wrong answer, as CSV and as a page."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from jinja2 import Environment, FileSystemLoader

from autograder import registry
from autograder.authoring.answers import style_of, text_of
from autograder.authoring.review import function_of
from autograder.checks.case import Case

from .coverage import Taken, taken
from .judging import Fate, TooLongError, cases_of, in_time, satisfies

PAGE = "kill_matrix.html"
TABLE = "kill_matrix.csv"
COLUMNS = ("assignment", "exercise", "kind", "wrong answer", "seen by", "case", "noticed")
PATIENCE = 60.0  # seconds of processor time for a mistake on a case; each is known to end


@dataclass(frozen=True)
class Matrix:
    """One exercise: a row for each declared mistake, with a mark for each case."""

    assignment: str
    exercise: str
    cases: list[tuple[str, str]]  # "public" or "hidden", and the label
    mistakes: list[tuple[str, list[bool]]]  # its name, and which cases notice it
    taken: list[Taken]

    def noticed(self, place: int) -> int:
        """Return how many mistakes a case notices."""
        return sum(row[place] for _, row in self.mistakes)

    def alone(self, place: int) -> list[str]:
        """Return the mistakes that no other case notices."""
        return [name for name, row in self.mistakes if row[place] and sum(row) == 1]


def matrix(assignment: str, name: str) -> Matrix:
    """Return the kill matrix of an exercise's declared mistakes, all cases tried on each."""
    exercise = registry.exercises(assignment)[name]
    cases = cases_of(assignment, name)
    rows = []
    for mistake in exercise.mistakes:
        for variant in mistake.variants:
            words = " ".join([style_of(exercise, mistake.compute), *map(str, variant.values())])
            text = text_of(exercise, mistake.compute, variant)
            rows.append((words, [not _passes(assignment, name, text, each) for each in cases]))
    sides = [("public" if each.public else "hidden", each.label) for each in cases]
    return Matrix(assignment, name, sides, rows, taken(exercise, cases))


def _passes(assignment: str, name: str, text: str, case: Case) -> bool:
    function = function_of(assignment, name, text)  # anew: it may remember other cases
    try:
        return in_time(partial(satisfies, function, case), lambda: PATIENCE)
    except TooLongError:
        return False


def write(matrices: list[Matrix], fates: list[Fate], folder: Path) -> None:
    """Write both files into a folder.

    Parameters
    ----------
    matrices : list of Matrix
    fates : list of Fate
        Of the mutants; of each, only the first case that noticed it is known.
    folder : Path
    """
    folder.mkdir(parents=True, exist_ok=True)
    with open(folder / TABLE, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        writer.writerows(_lines(matrices, fates))
    environment = Environment(
        autoescape=True,
        loader=FileSystemLoader(Path(__file__).parent),
        trim_blocks=True,
        lstrip_blocks=True,
    )
    page = environment.get_template(f"{PAGE}.jinja").render(
        matrices=matrices, counts=_counts(fates)
    )
    (folder / PAGE).write_text(page, encoding="utf-8")


def _lines(matrices: list[Matrix], fates: list[Fate]) -> Iterable[tuple[object, ...]]:
    for each in matrices:
        for name, row in each.mistakes:
            for (side, label), noticed in zip(each.cases, row):
                yield each.assignment, each.exercise, "mistake", name, side, label, int(noticed)
    for fate in fates:
        base, mutant = fate.base, fate.mutant
        words = f"{base.style}: {mutant.change}"
        yield (
            base.assignment, base.exercise, f"mutant ({mutant.kind})", words,
            fate.noticed, fate.case, int(bool(fate.noticed)),
        )  # fmt: skip


def _counts(fates: list[Fate]) -> dict[tuple[str, str, str, str], int]:
    """Count the mutants by the case that noticed them first."""
    counts: dict[tuple[str, str, str, str], int] = {}
    for fate in fates:
        key = fate.base.assignment, fate.base.exercise, fate.noticed, fate.case
        counts[key] = counts.get(key, 0) + 1
    return counts
