"""The mutants that are right answers too, each with the reason; an author keeps the list."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from autograder import registry

from .judging import Base, Fate

COLUMNS = ("assignment", "exercise", "style", "change", "reason")
Key = tuple[str, str, str, str]  # all but the reason


class ListError(Exception):
    """The list is invalid."""


def place() -> Path:
    """Return where a course keeps its list."""
    folder = registry.folder()
    assert folder is not None  # the callers look for the course first
    return folder / "equivalent_mutants.tsv"


def listed(path: Path) -> Counter[Key]:
    """Return the mutants in a list; one change at several places of an answer has several lines.

    Raises
    ------
    ListError
        If a line has no reason.
    """
    found: Counter[Key] = Counter()
    if not path.exists():
        return found
    with open(path, encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.DictReader(file, delimiter="\t"), start=2):
            if not (row.get("reason") or "").strip():
                raise ListError(f"{path.name}, line {number}: a reason is missing.")
            found[row["assignment"], row["exercise"], row["style"], row["change"]] += 1
    return found


def key(base: Base, change: str) -> Key:
    """Return under what a mutant is listed."""
    return base.assignment, base.exercise, base.style, change


def new_survivors(fates: Iterable[Fate], known: Counter[Key]) -> list[Fate]:
    """Return the mutants that no case noticed and that are not listed."""
    left, found = known.copy(), []
    for fate in fates:
        if fate.noticed:
            continue
        name = key(fate.base, fate.mutant.change)
        left[name] -= 1
        if left[name] < 0:
            found.append(fate)
    return found


def stale(fates: Iterable[Fate], known: Counter[Key], tried: set[Base]) -> list[Key]:
    """Return what is listed for these right answers, all their mutants tried, and is noticed."""
    survived = Counter(key(fate.base, fate.mutant.change) for fate in fates if not fate.noticed)
    keys = {(each.assignment, each.exercise, each.style) for each in tried}
    return [name for name in (known - survived).elements() if name[:3] in keys]


def rewrite(path: Path, survivors: list[Fate], old: list[Key]) -> None:
    """Take stale lines out of a list and put new survivors in, without a reason."""
    gone, lines = Counter(old), []
    if path.exists():
        with open(path, encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file, delimiter="\t"):
                name = row["assignment"], row["exercise"], row["style"], row["change"]
                gone[name] -= 1
                if gone[name] < 0:
                    lines.append((*name, row["reason"]))
    lines += [(*key(fate.base, fate.mutant.change), "") for fate in survivors]
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter="\t", lineterminator="\n")
        writer.writerows([COLUMNS, *sorted(lines)])
