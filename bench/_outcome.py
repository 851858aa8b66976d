"""How a measurement ends: with figures, and with a sentence for each promise it falls short of."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any, NamedTuple

from autograder.telling import tell_line, words_aside

NOT_REACHED = 3  # the exit code; 1 is that of a measurement which failed
Row = dict[str, Any]


class Outcome(NamedTuple):
    """What was measured, and what of it was promised and is not reached, in sentences."""

    rows: list[Row]
    not_reached: list[str]


def finish(name: str, measure: Callable[[], Outcome]) -> int:
    """Measure, print, and return the exit code.

    With `--json` among the arguments of the program, a line of JSON is all that goes to stdout.
    """
    as_json = "--json" in sys.argv
    with words_aside(as_json):
        rows, not_reached = measure()
        for sentence in not_reached:
            print(f"Not reached: {sentence}", flush=True)
    if as_json:
        tell_line(measurement=name, rows=rows, not_reached=not_reached)
    return NOT_REACHED if not_reached else 0
