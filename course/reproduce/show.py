"""Printing the figures, for people or for machines."""

from dataclasses import asdict

from rich.console import Console
from rich.markup import escape
from rich.table import Table
from tqdm import tqdm

from autograder.telling import tell

from . import initialization, layers, loss_at_init, modern, names, smoothing

LESSONS = {"002": "1", "004": "1", "003": "2", "000": "3", "001": "4", "": "5"}  # by thread
COLOURS = {"agrees": "green", "differs": "bold red", "scatters": "yellow", "not checked": "dim"}


def collect(pictures=None, names_file=None):
    """Return every Figure, in the order of the lessons."""
    parts = (
        initialization.figures(pictures),
        layers.figures(),
        loss_at_init.figures(),
        smoothing.figures(names_file),
        names.figures(names_file),
        modern.figures(),
    )
    return [
        figure
        for part in tqdm(parts, desc="computing", unit="lesson", leave=False, disable=None)
        for figure in part
    ]


def show(as_json=False, pictures=None, names_file=None):
    """Print every figure with its verdict.

    Returns
    -------
    int
        1 if a figure differs, else 0.

    Raises
    ------
    SystemExit
        If a file that was named does not exist.
    """
    for path in (pictures, names_file):
        if path is not None and not path.exists():
            raise SystemExit(f"{path} does not exist.")
    figures = collect(pictures, names_file)
    verdicts = [figure.verdict for figure in figures]
    if not as_json:
        _table(figures)
    counts = [f"{verdicts.count(each)} {each}" for each in COLOURS if each in verdicts]
    found = [{**asdict(figure), "verdict": figure.verdict} for figure in figures]
    tell(f"{', '.join(counts)}.", found, as_json)
    return int("differs" in verdicts)


def _table(figures):
    shown = Table(title="Published figures and the course's own", title_justify="left")
    for heading in ("lesson", "what", "published", "computed", "verdict", "source and note"):
        shown.add_column(heading, overflow="fold")
    for figure in figures:
        verdict = f"[{COLOURS[figure.verdict]}]{figure.verdict}[/]"
        note = figure.source + (f"; {figure.note}" if figure.note else "")
        shown.add_row(
            LESSONS[figure.thread],
            escape(figure.what),
            figure.published,
            figure.computed or "-",
            verdict,
            escape(note),
        )
    console = Console()
    (console if console.is_terminal else Console(width=160)).print(shown)
