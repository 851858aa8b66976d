"""Every question and claim of the five threads, with its verdict and the run that decides."""

import tomllib
from typing import NamedTuple

from IPython.display import display

from .interaction import Table
from .style import HERE

VERDICTS = ("yes", "partly", "no", "answered")


class Claim(NamedTuple):
    """A sentence of a thread.

    Parameters
    ----------
    thread : str
        "000" to "004".
    by : str
        Who wrote it: "question", "answer", "second reply" and so on.
    said : str
        Quoted.
    verdict : str
        One of `VERDICTS`; "answered" of what was asked.
    why : str
    runs : tuple of str
        What decides, as "1.6" for run 6 of lesson 1; "measured" in that lesson's cells.
    """

    thread: str
    by: str
    said: str
    verdict: str
    why: str
    runs: tuple


def read():
    """Return every `Claim` of `threads.toml`, in the order of the threads."""
    content = tomllib.loads((HERE / "threads.toml").read_text(encoding="utf-8"))
    return [
        Claim(thread, row["by"], row["said"], row["verdict"], row["why"], tuple(row["runs"]))
        for thread, rows in content.items()
        for row in rows
    ]


def claims(*threads):
    """Display the sentences of some threads as a table."""
    rows = [
        [
            each.by,
            f"“{each.said}”",
            each.verdict,
            each.why,
            ", ".join(run.partition(".")[2] for run in each.runs),
        ]
        for each in read()
        if each.thread in threads
    ]
    display(Table(["who", "said", "verdict", "why", "runs"], rows, align="left"))
