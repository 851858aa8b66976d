"""A student's work on one page: points, states and what is open, over all that was given back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from autograder.checks.states import State
from autograder.checks.texts import said

from .class_page import LOOKS, environment
from .standing import Standing, StandingRow
from .translated import BY_HAND, into, language_of


@dataclass(frozen=True)
class Line:
    """What a student is told of an exercise."""

    name: str
    state: str
    got: float | None  # None: nobody knows yet, and it is never a zero
    at_most: float

    @property
    def look(self) -> tuple[str, str]:
        """Return the colour and the sign of the state."""
        return LOOKS.get(State.BY_HAND if self.state == BY_HAND else self.state, ("new", ""))


def lines(row: StandingRow) -> list[Line]:
    """Return the exercises of an assignment; where a person gave points, they are what counts."""
    made = []
    for name, (got, at_most) in row["grades"].items():
        state = row["states"].get(name, "")
        if name in row["overruled"] and got is not None:
            state = BY_HAND
        made.append(Line(name, state, got, at_most))
    return made


def count_open(rows: Sequence[StandingRow]) -> int:
    """Return how many answers have no points yet."""
    return sum(got is None for row in rows for got, _ in row["grades"].values())


def points_in_words(rows: Sequence[StandingRow]) -> str:
    """Return the points of all assignments in a sentence; what is not recorded is left out."""
    known = [(row["score"], row["max_score"]) for row in rows if row["score"] is not None]
    got, most = sum(got for got, _ in known), sum(most for _, most in known)
    points = said("{} of {} points").format(f"{got:g}", f"{most:g}")
    waiting = count_open(rows)
    if not waiting:
        return points
    if waiting == 1:
        return said(f"{points}; 1 answer without points yet")
    return said(f"{points}; {waiting} answers without points yet")


def language(rows: Sequence[StandingRow]) -> str:
    """Return the language for a student: what the last notebook that chooses one says."""
    return language_of(next((row["language"] for row in reversed(rows) if row["language"]), ""))


def page(rows: Sequence[StandingRow], links: Mapping[str, Mapping[str, str]] | None = None) -> str:
    """Return the page of a student.

    Parameters
    ----------
    rows : sequence of StandingRow
        All of one student, one for each assignment.
    links : mapping, optional
        By assignment, where the feedback on each notebook lies, by its name.
    """
    code = language(rows)
    say = into(code)
    return (
        environment()
        .get_template("student.html.j2")
        .render(
            language=code,
            said=say,
            student=rows[0]["student_id"],
            name=" ".join(filter(None, (rows[0]["first_name"], rows[0]["last_name"]))),
            total=say(points_in_words(rows)),
            parts=[(row, lines(row)) for row in rows],
            links=links or {},
            looks=LOOKS,
            unrecorded=Standing.UNRECORDED,
            nothing=Standing.NOTHING,
        )
    )
