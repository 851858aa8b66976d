"""Progress bars, tables and collapsed sources of the lessons."""

import html
import inspect
import sys

from IPython.display import HTML, display

try:
    from tqdm import tqdm
except ImportError:  # a student may have NumPy, Matplotlib and Jupyter only
    tqdm = None


def progress(iterable, label, total=None):
    """Wrap an iterable in a progress bar, as anything over two seconds has one."""
    if tqdm is None:
        return iterable
    # Each change of a bar is kept in the notebook: two a second are enough.
    return tqdm(iterable, desc=label, total=total, file=sys.stdout, leave=False, mininterval=0.5)


class Table:
    """Rows under headings, for pages and for terminals.

    Parameters
    ----------
    headings : sequence of str
    rows : list of list of str
    align : {"right", "left"}, optional
        Of all columns but the first, which is set to the left.
    """

    def __init__(self, headings, rows, align="right"):
        self.headings, self.rows, self.align = list(headings), rows, align

    def _repr_html_(self):
        def row(cells, tag):
            sides = ["left"] + [self.align] * (len(cells) - 1)
            tags = [tag if cell else "td" for cell in cells]  # an empty heading is none
            return "".join(
                f'<{name} style="text-align:{side}">{html.escape(cell)}</{name}>'
                for name, side, cell in zip(tags, sides, cells, strict=True)
            )

        body = "".join(f"<tr>{row(cells, 'td')}</tr>" for cells in self.rows)
        head = f"<tr>{row(self.headings, 'th')}</tr>"
        return f"<table><thead>{head}</thead><tbody>{body}</tbody></table>"

    def __repr__(self):
        widths = [max(map(len, column)) for column in zip(self.headings, *self.rows, strict=True)]
        return "\n".join(
            "  ".join(
                cell.ljust(width) if self.align == "left" or not place else cell.rjust(width)
                for place, (cell, width) in enumerate(zip(cells, widths, strict=True))
            )
            for cells in [self.headings, *self.rows]
        )


def table(columns, rows):
    """Display rows of values under headings.

    Parameters
    ----------
    columns : dict of str to str
        By heading, with its unit where it has one, the format of the values, as in ``".3f"``.
    rows : iterable of sequence
        Values that are text or None are shown as they are; None as a dash.
    """

    def cell(value, form):
        if value is None:
            return "–"
        return value if isinstance(value, str) else format(value, form)

    formats = columns.values()
    texts = [[cell(*pair) for pair in zip(row, formats, strict=True)] for row in rows]
    display(Table(columns, texts))


def source(*functions):
    """Display the code of functions, folded up: one click away."""
    for function in functions:
        code = html.escape(inspect.getsource(function).rstrip())
        display(
            HTML(
                f"<details><summary>Code of <code>{function.__module__}."
                f"{function.__qualname__}</code></summary><pre>{code}</pre></details>"
            )
        )
