"""What every lesson shares: the look of its figures, predictions, sliders, progress."""

from .interaction import explore, progress, reveal, slider
from .style import CYCLE, course_style, live, show

__all__ = ["CYCLE", "course_style", "explore", "live", "progress", "reveal", "show", "slider"]
