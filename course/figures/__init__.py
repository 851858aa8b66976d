"""What every lesson shares: the look of its figures, predictions, sliders, tables, progress."""

from .guesses import calibration, reveal
from .interaction import progress, source, table
from .player import explore, slider
from .style import CYCLE, course_style, live, show
from .threads import claims

__all__ = [
    "CYCLE",
    "calibration",
    "claims",
    "course_style",
    "explore",
    "live",
    "progress",
    "reveal",
    "show",
    "slider",
    "source",
    "table",
]
