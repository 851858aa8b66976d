"""How a finding looks: a coloured box in Jupyter, text elsewhere."""

import html
import os
import re
import sys
import textwrap
from typing import NamedTuple, NoReturn

from .judging import Finding
from .states import State
from .texts import said, shown

GREEN, RED, GREY = "#1b7837", "#b2182b", "#595959"  # each 5 to 1 or more against white
SIGNS = {State.PASSED: "✓", State.NOT_ATTEMPTED: "…", State.NOT_CHECKED: "…"}
HEAD = said("exercise"), said("state"), said("points"), said("total")
WIDTH = 74  # `nbgrader validate` cuts lines at 79 characters


class NotRightYetError(AssertionError):
    """An answer that is not right yet. Its text is meant to be read by a student."""

    def _render_traceback_(self) -> list[str]:
        # IPython asks for this in place of a traceback, which would show the checker's lines.
        return [str(self)]


class Row(NamedTuple):
    """What an exercise has reached, for the table of points."""

    name: str
    state: State
    reached: float
    points: float


def in_notebook() -> bool:
    """Tell whether boxes can be shown."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    validating = os.environ.get("NBGRADER_EXECUTION") == "validate"
    return shell is not None and hasattr(shell, "kernel") and not validating


def _box(colour: str, sign: str, title: str, *paragraphs: str) -> None:
    """Show a box: words in the page's own colours, so that they can be read on any theme."""
    from IPython.display import display

    frame = (
        f"border-left:6px solid {colour};padding:.5em .8em;margin:.3em 0;max-width:50em;"
        "background:rgba(128,128,128,.1);overflow-wrap:anywhere"
    )
    badge = (
        f"background:{colour};color:#fff;border-radius:3px;padding:0 .4em;"
        "margin-right:.5em;font-weight:bold"
    )
    body = "".join(f'<div style="margin-top:.4em">{_marked_up(each)}</div>' for each in paragraphs)
    page = (
        f'<div role="status" style="{frame}"><span style="{badge}" aria-hidden="true">{sign}'
        f"</span><strong>{html.escape(title)}</strong>{body}</div>"
    )
    plain = "\n".join([f"{sign} {title}", *paragraphs])
    display({"text/html": page, "text/plain": plain}, raw=True)


def _marked_up(text: str) -> str:
    """Return text as HTML, with what stands in backticks as code."""
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", html.escape(text)).replace("\n", "<br>")


def right(name: str, points: float) -> None:
    """Show that an exercise is right."""
    line = shown(said(f"{name} is right ({_points(points)})."))
    if in_notebook():
        _box(GREEN, "✓", line)
    else:
        print(line)


def wrong(finding: Finding, name: str, points: float) -> NoReturn:
    """Show a finding and raise it as an AssertionError."""
    gained, blank = finding.points(points), finding.state == State.NOT_ATTEMPTED
    title = {
        State.NOT_ATTEMPTED: said(f"{name}: not attempted yet"),
        State.PARTLY_RIGHT: said(f"{name} is partly right ({gained:g} of {_points(points)})"),
    }.get(finding.state, said(f"{name} is not right yet"))
    blank_hint = said("Write your answer in the cell above, run it, then run this cell again.")
    body = blank_hint if blank else finding.message
    title = shown(title)
    if in_notebook():
        what = body.removesuffix(finding.hint).strip()
        paragraphs = [shown(each) for each in (what, body[len(what) :].strip()) if each]
        _box(GREY if blank else RED, "…" if blank else "✗", title, *paragraphs)
        raise NotRightYetError(f"{title} {shown(said('(see the box above).'))}")
    raise NotRightYetError("\n".join([title + ".", *textwrap.wrap(shown(body), WIDTH)])) from None


def table(rows: list[Row], by_hand: float) -> None:
    """Show the points reached so far, exercise by exercise."""
    reached, total = sum(row.reached for row in rows), sum(row.points for row in rows)
    if not in_notebook():
        for name, state, gained, points in rows:
            print(f"{name:32} {shown(state):16} {_of(gained, points)}")
        print(f"{shown(said('total')):32} {'':16} {_of(reached, total)}{_hand(by_hand)}")
        return
    from IPython.display import HTML, display

    head = [shown(each) for each in HEAD]
    cell = 'style="text-align:left;padding:.1em 1em"'
    lines = "".join(
        f"<tr><td {cell}>{html.escape(name)}</td><td {cell}>{SIGNS.get(state, '✗')} {shown(state)}"
        f"</td><td {cell}>{_of(gained, points)}</td></tr>"
        for name, state, gained, points in rows
    )
    display(
        HTML(
            f"<table><tr><th {cell}>{head[0]}</th><th {cell}>{head[1]}</th>"
            f"<th {cell}>{head[2]}</th></tr>{lines}<tr><th {cell}>{head[3]}</th><th></th>"
            f"<th {cell}>{_of(reached, total)}</th></tr></table>"
            f"<p>{html.escape(_hand(by_hand).strip(' ()'))}</p>"
        )
    )


def _hand(points: float) -> str:
    more = said(f"(and up to {points:g} for written answers, graded by hand)")
    return f" {shown(more)}" if points else ""


def _of(reached: float, points: float) -> str:
    number, number_ = f"{reached:g}", f"{points:g}"
    return shown(said(f"{number} of {number_}"))


def _points(points: float) -> str:
    number = f"{points:g}"
    return said(f"{number} point") if points == 1 else said(f"{number} points")
