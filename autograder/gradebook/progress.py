"""What somebody who waits for a grading sees: a line that changes, or lines of JSON."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Protocol

from tqdm import tqdm

from autograder.judge.verdict import Verdict
from autograder.sandbox.isolation import Isolation
from autograder.telling import tell_line


@dataclass
class Tally:
    """How many students ended in which way; who is not gradable is recorded or up to date too."""

    recorded: int = 0
    up_to_date: int = 0
    not_gradable: int = 0
    skipped: int = 0


class Progress(Protocol):
    """Who is told how a grading goes."""

    def begin(self, isolation: Isolation) -> None:
        """Begin, in an isolation."""

    def due(self, count: int) -> None:
        """Tell how many students are to be graded."""

    def recorded(self, student: str, verdicts: Iterable[Verdict]) -> None:
        """Tell of a student who is recorded."""

    def end(self, tally: Tally, why: str | None) -> None:
        """End; `why` not everything was graded, if so."""


class Line:
    """One line that changes: how many, how fast, how long still, and states of exercises.

    It is for a terminal alone: in a pipe or a file there are only the lines that stay.
    """

    def __init__(self) -> None:
        self.bar: tqdm | None = None
        self.states: Counter[str] = Counter()

    def begin(self, isolation: Isolation) -> None:
        """Print the isolation, on a line that stays."""
        print(isolation.line(), flush=True)

    def due(self, count: int) -> None:
        """Show the line."""
        about = {"desc": "grading", "total": count, "unit": " students"}
        self.bar = tqdm(**about, leave=False, file=sys.stdout, disable=None)

    def recorded(self, student: str, verdicts: Iterable[Verdict]) -> None:
        """Count a student."""
        for verdict in verdicts:
            self.states.update(result.state for result in verdict.exercises.values())
        if self.bar is not None:
            shown = ", ".join(f"{count} {state}" for state, count in self.states.most_common(3))
            self.bar.set_postfix_str(shown, refresh=False)
            self.bar.update()

    def end(self, tally: Tally, why: str | None) -> None:
        """Take the line away and print the numbers."""
        if self.bar is not None:
            self.bar.close()
        if not why:
            print(
                f"{tally.recorded} recorded, {tally.up_to_date} were up to date, "
                f"{tally.not_gradable} not gradable, {tally.skipped} skipped."
            )


class Events:
    """A line of JSON for each event, for programs."""

    def begin(self, isolation: Isolation) -> None:
        """Tell the isolation."""
        tell_line(event="begin", isolation=isolation.name())

    def due(self, count: int) -> None:
        """Tell how many students are to be graded."""
        tell_line(event="due", students=count)

    def recorded(self, student: str, verdicts: Iterable[Verdict]) -> None:
        """Tell points and states of a student."""
        listed = [*verdicts]
        tell_line(
            event="recorded",
            student=student,
            points=sum(each.points for each in listed),
            states={name: r.state for each in listed for name, r in each.exercises.items()},
            not_gradable=next((each.not_gradable for each in listed if each.not_gradable), ""),
        )

    def end(self, tally: Tally, why: str | None) -> None:
        """Tell the numbers."""
        tell_line(event="end", **asdict(tally), why=why or "")


def progress_of(as_json: bool) -> Progress:
    """Return the line that changes, or lines of JSON."""
    return Events() if as_json else Line()
