"""Figures of one style, each with an alternative text."""

import base64
import html
import io

import matplotlib.pyplot as plt
from cycler import cycler
from IPython.display import HTML, display

# Okabe and Ito, "Color Universal Design" (2008): eight colours that stay apart
# under every common form of colour blindness. Yellow is left out: too pale on white.
CYCLE = {
    "blue": "#0072B2",
    "orange": "#E69F00",
    "green": "#009E73",
    "vermilion": "#D55E00",
    "sky": "#56B4E9",
    "purple": "#CC79A7",
    "black": "#000000",
}


def course_style():
    """Set Matplotlib's defaults for a lesson: palette, grid, sizes."""
    plt.rcParams.update(
        {
            "axes.prop_cycle": cycler(color=list(CYCLE.values())),
            "axes.grid": True,
            "axes.spines.right": False,
            "axes.spines.top": False,
            "figure.constrained_layout.use": True,
            "figure.dpi": 110,
            "figure.figsize": (7.0, 3.6),
            "font.size": 10,
            "grid.alpha": 0.3,
        }
    )


def picture(figure, alt, caption=""):
    """Return a figure as an image that a screen reader can read out, and close it.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
    alt : str
        What a reader who cannot see the figure needs to know: what is drawn and
        what it shows.
    caption : str, optional
        A line below the figure.

    Returns
    -------
    IPython.display.HTML

    Raises
    ------
    ValueError
        If `alt` is empty.
    """
    if not alt.strip():
        raise ValueError("a figure needs an alternative text")
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png")
    plt.close(figure)
    data = base64.b64encode(buffer.getvalue()).decode()
    below = f"<figcaption>{html.escape(caption)}</figcaption>" if caption else ""
    return HTML(
        f'<figure><img alt="{html.escape(alt, quote=True)}" style="max-width:100%" '
        f'src="data:image/png;base64,{data}">{below}</figure>'
    )


def show(figure, alt, caption=""):
    """Display a figure with an alternative text, as `picture` makes it, and close it."""
    display(picture(figure, alt, caption))


def live(label):
    """Reserve a place for a figure that is drawn again while a computation runs.

    Parameters
    ----------
    label : str
        The text shown there until the first figure comes.

    Returns
    -------
    callable
        Takes what `show` takes and puts the figure in the place of the one before.
    """
    place = display(HTML(html.escape(label)), display_id=True)

    def redraw(figure, alt, caption=""):
        drawn = picture(figure, alt, caption)
        if place is not None:  # None outside of IPython
            place.update(drawn)

    return redraw
