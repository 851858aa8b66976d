"""The class in numbers and as a figure."""

import contextlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import matplotlib
from nbgrader.api import Gradebook
from nbgrader.apps import NbGrader
from rich.console import Console, JustifyMethod
from rich.markup import escape
from rich.table import Table

from autograder.checks.states import State
from autograder.gradebook.book import in_words
from autograder.gradebook.standing import Standing, StandingRow, everybody
from autograder.registry import exercises

# A colour (Okabe and Ito 2008: they stay apart under colour blindness) and a sign for each state,
# so that colour is never the only difference.
STATES: dict[str, tuple[str, str]] = {
    State.PASSED: ("#009E73", ""),
    State.FAILED: ("#D55E00", "x"),
    State.CRASHED: ("#CC79A7", "c"),
    State.TIMED_OUT: ("#E69F00", "t"),
    State.OUT_OF_MEMORY: ("#56B4E9", "m"),
    State.NOT_ATTEMPTED: ("#dddddd", "-"),
    State.NOT_GRADABLE: ("#777777", "?"),
    Standing.UNRECORDED: ("#ffffff", "u"),
}


def show(course: str | Path, assignment: str) -> None:
    """Print the table of a graded assignment and draw the figure."""
    table(course, assignment)
    if exercises_of(assignment, rows_of(course, assignment)):
        print(f"The class as a figure: {draw(course, assignment)}")


def rows_of(course: str | Path, assignment: str) -> list[StandingRow]:
    """Return what was handed in of an assignment; see `standing.everybody`.

    Raises
    ------
    SystemExit
        If nothing was graded there, or the gradebook cannot be read.
    """
    url = gradebook_of(course)
    path = url.removeprefix("sqlite:///")
    if path != url and not Path(path).exists():
        raise SystemExit(f"There is no gradebook at {path}: grade an assignment first.")
    with in_words(url), Gradebook(url) as gradebook:
        rows = [
            row
            for row in everybody(gradebook, course)
            if row["assignment"] == assignment and row["standing"] != Standing.NOTHING
        ]
    if not rows:
        raise SystemExit(f"No submission of {assignment} is in {path}: grade it first.")
    return rows


def gradebook_of(course: str | Path) -> str:
    """Return the address of a course's gradebook, as its configuration has it."""
    app = NbGrader()
    with contextlib.chdir(course):
        app.initialize([])
        return app.coursedir.db_url


def exercises_of(assignment: str, rows: Sequence[StandingRow]) -> list[str]:
    """Return the names of the exercises that code grades.

    An assignment with hand-written test cells only is not declared; the rows name its own.
    """
    names = dict.fromkeys(name for row in rows for name in row["states"])
    return list(exercises(assignment)) or [
        name
        for name in names
        if all(row["states"].get(name, State.NOT_ATTEMPTED) in STATES for row in rows)
    ]


def counts(row: StandingRow) -> str:
    """Return the states of a submission's exercises in words: "8 passed, 2 failed"."""
    states = [state for state in row["states"].values() if state in STATES]
    return ", ".join(f"{states.count(state)} {state}" for state in STATES if state in states)


def points(row: StandingRow) -> str:
    """Return the points of a submission in words; never a zero for what was not recorded."""
    if row["standing"] == Standing.UNRECORDED:
        return str(Standing.UNRECORDED)
    late = row["late_submission_penalty"]
    return f"{row['score']:g} of {row['max_score']:g}" + (f" ({late:g} off: late)" if late else "")


def table(course: str | Path, assignment: str) -> None:
    """Print one line for each submission: student, points, states, what was found."""
    shown = Table(title=assignment, title_justify="left")
    for heading in ("student", "points", "exercises", "found"):
        justify: JustifyMethod = "right" if heading == "points" else "left"
        shown.add_column(heading, justify=justify, overflow="fold")
    rows = rows_of(course, assignment)
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


def draw(course: str | Path, assignment: str) -> Path:
    """Draw students against exercises, coloured by state; return the picture's path."""
    matplotlib.use("agg")
    import matplotlib.pyplot as plt

    rows = rows_of(course, assignment)
    names = exercises_of(assignment, rows)
    order = list(STATES)
    grid = [[order.index(row["states"].get(name, _unknown(row))) for name in names] for row in rows]
    figure, axes = plt.subplots(
        figsize=(1.5 + 0.55 * len(names), 2.2 + 0.24 * len(rows)), layout="constrained"
    )
    _draw_grid(axes, grid)
    _label(axes, assignment, names, rows)
    handles = _legend({state for line in grid for state in line})
    figure.legend(handles=handles, loc="outside lower center", ncols=4, frameon=False, fontsize=8)
    path = Path(course).resolve() / f"class_{assignment}.png"
    figure.savefig(path, dpi=110)
    plt.close(figure)
    return path


def _draw_grid(axes: Any, grid: list[list[int]]) -> None:
    """Draw a square for each number of a state, with the sign of the state in it."""
    looks = list(STATES.values())
    colours = matplotlib.colors.ListedColormap([colour for colour, _ in looks])
    axes.imshow(grid, cmap=colours, vmin=-0.5, vmax=len(looks) - 0.5, aspect="auto")
    for y, line in enumerate(grid):
        for x, state in enumerate(line):
            axes.text(x, y, looks[state][1], ha="center", va="center", fontsize=8)


def _label(axes: Any, assignment: str, names: list[str], rows: Sequence[StandingRow]) -> None:
    axes.set_xticks(range(len(names)), names, rotation=60, ha="right", fontsize=8)
    axes.set_yticks(
        range(len(rows)), [f"{row['student_id']}  {_short(row)}" for row in rows], fontsize=8
    )
    axes.set(
        title=f"{assignment}: {len(rows)} submissions",
        xlabel="exercise",
        ylabel="student and points",
    )


def _legend(used: set[int]) -> list[Any]:
    """Return a patch for each state that is in the picture."""
    made = []
    for state in sorted(used):
        name, (colour, sign) = list(STATES.items())[state]
        made.append(matplotlib.patches.Patch(color=colour, label=f"{sign} {name}".strip()))
    return made


def _unknown(row: StandingRow) -> str:
    is_unrecorded = row["standing"] == Standing.UNRECORDED
    return Standing.UNRECORDED if is_unrecorded else State.NOT_GRADABLE


def _short(row: StandingRow) -> str:
    return "?" if row["score"] is None else f"{row['score']:g}"
