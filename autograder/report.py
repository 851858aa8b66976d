"""The class in numbers: a table in the terminal, and a page."""

import contextlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from nbgrader.api import Gradebook
from nbgrader.apps import NbGrader
from rich.console import Console, JustifyMethod
from rich.markup import escape
from rich.table import Table

from autograder.gradebook.book import is_there
from autograder.gradebook.class_page import LOOKS, page
from autograder.gradebook.database import in_words, patient, shown
from autograder.gradebook.items import BY_CODE
from autograder.gradebook.standing import Standing, StandingRow, everybody
from autograder.telling import tell


def show(course: str | Path, assignment: str, as_json: bool = False) -> None:
    """Print the table of a graded assignment, or its rows as JSON, and write the page."""
    rows = everybody_of(course, assignment)
    path = Path(course).resolve() / f"class_{assignment}.html"
    path.write_text(page(assignment, rows), encoding="utf-8")
    if not as_json:
        table(assignment, [row for row in rows if row["standing"] != Standing.NOTHING])
    words = f"The class as a page, to be opened in a browser: {path}"
    tell(words, [as_data(row) for row in rows], as_json)


def as_data(row: StandingRow) -> dict[str, Any]:
    """Return what became of one student's work, for programs; unknown points are null."""
    return {
        "student": row["student_id"],
        "standing": row["standing"],
        "points": row["score"],
        "max_points": row["max_score"],
        "late_penalty": row["late_submission_penalty"],
        "to_be_graded_by_hand": row["by_hand"],
        "exercises": {
            name: {"points": got, "max_points": most, "state": row["states"].get(name, "")}
            for name, (got, most) in row["grades"].items()
        },
        "found": row["found"],
    }


def everybody_of(course: str | Path, assignment: str) -> list[StandingRow]:
    """Return what became of everybody's work on an assignment; see `standing.everybody`.

    Raises
    ------
    SystemExit
        If nothing was handed in there, or the gradebook cannot be read.
    """
    url = gradebook_of(course)
    if not is_there(url):
        raise SystemExit(f"There is no gradebook at {shown(url)}: grade an assignment first.")
    with in_words(url), Gradebook(patient(url)) as gradebook:
        rows = [row for row in everybody(gradebook, course) if row["assignment"] == assignment]
    if all(row["standing"] == Standing.NOTHING for row in rows):
        raise SystemExit(f"No submission of {assignment} is in {shown(url)}: grade it first.")
    return rows


def gradebook_of(course: str | Path) -> str:
    """Return the address of a course's gradebook, as its configuration has it."""
    app = NbGrader()
    with contextlib.chdir(course):
        app.initialize([])
        return app.coursedir.db_url


def counts(row: StandingRow) -> str:
    """Return the states of a submission's exercises in words: "8 passed, 2 failed"."""
    states = [state for state in row["states"].values() if state in BY_CODE]
    return ", ".join(f"{states.count(state)} {state}" for state in LOOKS if state in states)


def points(row: StandingRow) -> str:
    """Return the points of a submission in words; never a zero for what was not recorded."""
    if row["standing"] == Standing.UNRECORDED:
        return str(Standing.UNRECORDED)
    late = row["late_submission_penalty"]
    return f"{row['score']:g} of {row['max_score']:g}" + (f" ({late:g} off: late)" if late else "")


def table(assignment: str, rows: Sequence[StandingRow]) -> None:
    """Print one line for each submission: student, points, states, what was found."""
    shown = Table(title=assignment, title_justify="left")
    for heading in ("student", "points", "exercises", "found"):
        justify: JustifyMethod = "right" if heading == "points" else "left"
        shown.add_column(heading, justify=justify, overflow="fold")
    for row in rows:
        found = row["found"] if len(row["found"]) < 160 else row["found"][:157] + "..."
        shown.add_row(
            escape(row["student_id"]),
            points(row),
            counts(row),
            escape(found),
        )
    console = Console()
    if not console.is_terminal:
        console = Console(width=140)
    console.print(shown)
    if any(row["standing"] == Standing.UNRECORDED for row in rows):
        console.print("What is unrecorded is not in the gradebook yet: grade again.")
    console.print("Points for answers in words come later, by hand, in formgrader.")
