"""What every lesson shares: the look of its figures, predictions, sliders, progress."""

from .style import CYCLE, course_style, live, show
from .interaction import explore, progress, reveal, slider

__all__ = ["CYCLE", "course_style", "explore", "live", "progress", "reveal", "show", "slider"]
