"""How a finding looks: a coloured box in Jupyter, text elsewhere."""

import html
import os
import sys
import textwrap

GREEN, RED, GREY = "#1b7837", "#b2182b", "#595959"
WIDTH = 74   # `nbgrader validate` cuts lines at 79 characters


class NotRightYet(AssertionError):
    """An answer that is not right yet. Its text is meant to be read by a student."""

    def _render_traceback_(self):
        # IPython asks for this in place of a traceback, which would show the checker's lines.
        return [str(self)]


def in_notebook():
    """Tell whether boxes can be shown."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    validating = os.environ.get("NBGRADER_EXECUTION") == "validate"
    return shell is not None and hasattr(shell, "kernel") and not validating


def _box(colour, sign, title, body=""):
    from IPython.display import HTML, display
    text = html.escape(body).replace("\n", "<br>")
    paragraph = f'<div style="margin-top:.4em">{text}</div>' if body else ""
    plain = f"{sign} {title}" + (f"\n{body}" if body else "")
    style = (f"border-left:6px solid {colour};padding:.5em .8em;margin:.3em 0;"
             "background:rgba(128,128,128,.08);max-width:50em")
    markup = (f'<div role="status" style="{style}"><strong style="color:{colour}">{sign} '
              f"{html.escape(title)}</strong>{paragraph}</div>")
    page = HTML(markup)
    display({"text/html": page.data, "text/plain": plain}, raw=True)


def right(name, points):
    """Show that an exercise is right."""
    line = f"{name} is right ({_points(points)})."
    if in_notebook():
        _box(GREEN, "✓", line)
    else:
        print(line)


def wrong(finding, name):
    """Show a finding and raise it as an AssertionError."""
    title = (f"{name}: not attempted yet" if finding.state == "not attempted"
             else f"{name} is not right yet")
    body = finding.message if finding.state != "not attempted" else (
        "Write your answer in the cell above, run it, then run this cell again.")
    if in_notebook():
        _box(GREY if finding.state == "not attempted" else RED, "✗", title, body)
        raise NotRightYet(f"{title} (see the box above).")
    raise NotRightYet("\n".join([title + ".", *textwrap.wrap(body, WIDTH)])) from None


def table(rows, reached, total, by_hand):
    """Show the points reached so far, exercise by exercise."""
    if not in_notebook():
        for name, state, gained, points in rows:
            print(f"{name:32} {state:16} {gained:g} of {points:g}")
        print(f"{'total':32} {'':16} {reached:g} of {total:g}{_hand(by_hand)}")
        return
    from IPython.display import HTML, display
    cell = 'style="text-align:left;padding:.1em 1em"'
    lines = "".join(
        f"<tr><td {cell}>{html.escape(name)}</td><td {cell}>{state}</td>"
        f"<td {cell}>{gained:g} of {points:g}</td></tr>" for name, state, gained, points in rows)
    display(HTML(f"<table><tr><th {cell}>exercise</th><th {cell}>state</th>"
                 f"<th {cell}>points</th></tr>{lines}<tr><th {cell}>total</th><th></th>"
                 f"<th {cell}>{reached:g} of {total:g}</th></tr></table>"
                 f"<p>{html.escape(_hand(by_hand).strip(' ()'))}</p>"))


def _hand(points):
    return f" (and up to {points:g} for written answers, graded by hand)" if points else ""


def _points(points):
    return f"{points:g} point" + ("" if points == 1 else "s")
