"""The class on one page, which opens without a network, prints, and runs only its own script."""

from __future__ import annotations

import base64
import hashlib
import statistics
from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from autograder.checks.states import State
from autograder.judge.display import printable

from .items import Item, items, share
from .standing import Standing, StandingRow

TEMPLATES = Path(__file__).with_name("templates") / "report"
BINS = 10
ENOUGH = 0.5  # of the points that are settled; with less a student is named
# A class of CSS and a sign for each state, so that colour is never the only difference.
LOOKS: dict[str, tuple[str, str]] = {
    State.PASSED: ("ok", "✓"),
    State.PARTLY_RIGHT: ("part", "~"),
    State.FAILED: ("bad", "✗"),
    State.CRASHED: ("crash", "c"),
    State.TIMED_OUT: ("slow", "t"),
    State.OUT_OF_MEMORY: ("big", "m"),
    State.NOT_ATTEMPTED: ("none", "–"),
    State.NOT_GRADABLE: ("odd", "?"),
    State.BY_HAND: ("hand", "✎"),
    Standing.UNRECORDED: ("new", "u"),
}
# How long before the due time, in hours; the first that fits counts.
SPANS = [
    (168.0, "more than a week before"),
    (72.0, "3 to 7 days before"),
    (24.0, "1 to 3 days before"),
    (6.0, "6 to 24 hours before"),
    (1.0, "1 to 6 hours before"),
    (0.0, "in the last hour"),
    (-1.0, "up to an hour late"),
    (-24.0, "up to a day late"),
    (float("-inf"), "more than a day late"),
]
Bars = list[tuple[str, int]]


def page(assignment: str, rows: Sequence[StandingRow]) -> str:
    """Return the page of an assignment; `rows` has everybody, also who handed in nothing."""
    handed_in = [row for row in rows if row["standing"] != Standing.NOTHING]
    script = (TEMPLATES / "sort.js").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    found = items(assignment, handed_in)
    return (
        environment()
        .get_template("class.html.j2")
        .render(
            assignment=assignment,
            script=Markup(script),  # our own; everything else on the page is escaped
            digest=digest,
            looks=LOOKS,
            items=found,
            rows=handed_in,
            everybody=len(rows),
            scores=[row["score"] for row in handed_in if row["score"] is not None],
            statistics=statistics,
            distribution=distribution(handed_in),
            times=times(handed_in),
            help=needs_help(rows),
            unrecorded=sum(row["standing"] == Standing.UNRECORDED for row in rows),
            seen=_seen(found),
        )
    )


def environment() -> Environment:
    """Return what makes a page from a template: all text is escaped, and steers nothing."""
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=lambda value: printable(value) if type(value) is str else value,
    )


def distribution(rows: Sequence[StandingRow]) -> Bars:
    """Return how many students have how many points, in ten steps."""
    known = [(row["score"], row["max_score"]) for row in rows if row["score"] is not None]
    at_most = max((most for _, most in known), default=0.0)
    if not at_most:
        return []
    counts = Counter(min(int(BINS * score / at_most), BINS - 1) for score, _ in known)
    edges = [at_most * step / BINS for step in range(BINS + 1)]
    named = [f"{low:.3g} to under {high:.3g}" for low, high in zip(edges, edges[1:])]
    named[-1] = f"{edges[-2]:.3g} to {at_most:.3g}"
    return [(name, counts[step]) for step, name in enumerate(named)]


def times(rows: Sequence[StandingRow]) -> Bars:
    """Return when work was handed in: before and after the due time, or by day without one."""
    counts = Counter(_when(row) for row in rows)
    order = [*(name for _, name in SPANS), *sorted(counts.keys() - {n for _, n in SPANS})]
    return [(name, counts[name]) for name in order if name in counts]


def _when(row: StandingRow) -> str:
    if row["timestamp"] is None:
        return "time not known"
    if row["duedate"] is None:
        return f"{row['timestamp']:%Y-%m-%d}"
    hours = (row["duedate"] - row["timestamp"]) / timedelta(hours=1)
    return next(name for least, name in SPANS if hours >= least)


def needs_help(rows: Sequence[StandingRow]) -> list[tuple[StandingRow, str, float]]:
    """Return who should be spoken to, why, and the share of points; the lowest first."""
    found = []
    for row in rows:
        part = share(row)
        if row["standing"] == Standing.UNRECORDED:
            continue  # nothing is known yet
        if row["standing"] == Standing.NOTHING:
            found.append((row, "nothing handed in", -1.0))
        elif State.NOT_GRADABLE in row["states"].values() and part is None:
            found.append((row, "not gradable", -0.5))
        elif part is not None and part < ENOUGH:
            found.append((row, f"{part:.0%} of the points settled so far", part))
    return sorted(found, key=lambda each: (each[2], each[0]["student_id"]))


def _seen(found: Sequence[Item]) -> list[str]:
    used = {state for item in found for state in item.states}
    return [state for state in LOOKS if state in used]
