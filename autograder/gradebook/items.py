"""The exercises of an assignment in numbers, as test theory has it: difficulty, discrimination."""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from autograder.checks.states import State
from autograder.registry import exercises

from .standing import Standing, StandingRow

BY_CODE = frozenset(State) - {State.BY_HAND, State.NOT_CHECKED} | {Standing.UNRECORDED}
MIN_STUDENTS = 10  # with fewer a correlation says nothing
MAX_MISTAKES = 5
# Below this, with this many students, an exercise does not measure what the others do. Chance
# alone moves a correlation of 30 by about 0.18.
SUSPICIOUS, MANY = 0.1, 30


@dataclass
class Mistake:
    """What several students did wrong, with the sentence that one of them got."""

    name: str
    count: int
    example: str


@dataclass
class Item:
    """One exercise, over all who handed in and whose points are settled."""

    name: str
    is_coded: bool
    at_most: float = 0.0
    states: Counter[str] = field(default_factory=Counter)
    settled: int = 0
    full: int = 0  # who have all points
    difficulty: float | None = None  # the mean share of the points; 1 is easy
    discrimination: float | None = None
    mistakes: list[Mistake] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)  # students, to be graded by hand

    @property
    def remark(self) -> str:
        """Return what is worth a look."""
        low = self.discrimination is not None and self.discrimination < SUSPICIOUS
        if low and self.settled >= MANY:
            return "who does well elsewhere does no better here"
        if self.difficulty is not None and self.difficulty < 0.3:
            return "hard"
        return ""

    def state_of(self, row: StandingRow) -> str:
        """Return a student's state: what the verdict says or, without one, the points do."""
        if row["standing"] == Standing.UNRECORDED:
            return Standing.UNRECORDED
        got, at_most = row["grades"].get(self.name, (None, 0.0))
        state = row["states"].get(self.name, "")
        if got is None:
            return state if state in BY_CODE else State.BY_HAND
        if self.is_coded and state and state != State.NOT_GRADABLE:
            return state
        if got >= at_most:
            return State.PASSED
        return State.PARTLY_RIGHT if got > 0 else State.FAILED


def names_by_code(assignment: str, rows: Sequence[StandingRow]) -> list[str]:
    """Return the names of the exercises that code grades.

    An assignment with hand-written test cells only is not declared; the rows name its own.
    """
    names = dict.fromkeys(name for row in rows for name in row["states"])
    return list(exercises(assignment)) or [
        name
        for name in names
        if all(row["states"].get(name, State.NOT_ATTEMPTED) in BY_CODE for row in rows)
    ]


def items(assignment: str, rows: Sequence[StandingRow]) -> list[Item]:
    """Return the exercises of an assignment, those that code grades first.

    The discrimination is the correlation of an exercise's points with those of all others that
    code grades (for an exercise with 0 or all points: the point-biserial one). An exercise's own
    points are left out of the sum, which would else correlate with itself.
    """
    coded = names_by_code(assignment, rows)
    names = dict.fromkeys([*coded, *(name for row in rows for name in row["grades"])])
    sums = [sum(row["grades"].get(name, (0.0, 0.0))[0] or 0.0 for name in coded) for row in rows]
    return [_item(name, name in coded, rows, sums) for name in names]


def _item(name: str, is_coded: bool, rows: Sequence[StandingRow], sums: Sequence[float]) -> Item:
    made = Item(name, is_coded, mistakes=_commonest(name, rows))
    points, rest = [], []
    for row, total in zip(rows, sums):
        made.states[made.state_of(row)] += 1
        if name not in row["grades"]:
            continue
        got, made.at_most = row["grades"][name]
        if got is None:
            made.waiting.append(row["student_id"])
        else:
            points.append(got)
            rest.append(total - got if is_coded else total)
    made.settled = len(points)
    made.full = sum(got >= made.at_most for got in points)
    if points and made.at_most:
        made.difficulty = statistics.fmean(points) / made.at_most
    made.discrimination = _correlation(points, rest)
    return made


def _correlation(points: Sequence[float], rest: Sequence[float]) -> float | None:
    if len(points) < MIN_STUDENTS or len(set(points)) == 1 or len(set(rest)) == 1:
        return None
    return statistics.correlation(points, rest)


def _commonest(name: str, rows: Iterable[StandingRow]) -> list[Mistake]:
    counts: Counter[str] = Counter()
    examples: dict[str, str] = {}
    for row in rows:
        if name in row["mistakes"]:
            mistake, message = row["mistakes"][name]
            kind = mistake or f"{row['states'][name]}, no known mistake"
            counts[kind] += 1
            examples.setdefault(kind, message)
    return [Mistake(kind, n, examples[kind]) for kind, n in counts.most_common(MAX_MISTAKES)]


def share(row: StandingRow) -> float | None:
    """Return which part of the points that are settled a student has."""
    settled = [(got, at_most) for got, at_most in row["grades"].values() if got is not None]
    at_most = sum(most for _, most in settled)
    return sum(got for got, _ in settled) / at_most if at_most else None
