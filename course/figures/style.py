"""Figures of one style, each with an alternative text, for light and dark pages alike."""

import base64
import html
import io
import tomllib
from functools import cache
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
from cycler import cycler
from IPython.display import HTML, display
from matplotlib.backends.backend_agg import FigureCanvasAgg
from PIL import Image

HERE = Path(__file__).parent

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
N_COLOURS = 128  # of a picture's palette: enough for lines and their smooth edges, a third the size

# On a dark page a picture's light and dark are exchanged and its hues kept. Jupyter and VS Code
# mark the page's body; a photograph would look wrong so, and is left as it is. On paper a still has
# no sliders, what is folded up is open, as nobody can click there, and lines of code and the widest
# table are no wider than the sheet.
STYLE = """<style>
.course-figure { margin: 0.5em 0; }
.course-figure img { max-width: 100%; background: #fff; }
.course-figure label { display: inline-block; margin-right: 1.5em; }
.course-figure input { width: 16em; vertical-align: middle; }
body[data-jp-theme-light="false"] .course-figure img.drawn,
body.vscode-dark .course-figure img.drawn,
body.vscode-high-contrast:not(.vscode-high-contrast-light) .course-figure img.drawn
{ filter: invert(0.93) hue-rotate(180deg); }
@media print {
  body { zoom: 0.72; }
  .course-figure { break-inside: avoid; }
  .course-figure .controls { display: none; }
  details::details-content { content-visibility: visible; }
}
</style>"""


def course_style():
    """Set Matplotlib's defaults for a lesson: palette, grid, sizes for a page of 900 pixels."""
    plt.rcParams.update(
        {
            "axes.prop_cycle": cycler(color=list(CYCLE.values())),
            "axes.grid": True,
            "axes.spines.right": False,
            "axes.spines.top": False,
            "figure.constrained_layout.use": True,
            "figure.dpi": 110,
            "figure.figsize": (8.0, 3.8),
            "font.size": 11,
            "grid.alpha": 0.3,
            "legend.fontsize": 10,
        }
    )


@cache
def alternative_texts():
    """Return the texts of `alt.toml` by name.

    They stand there and not in the lessons' cells, where they would tell what a figure shows
    before it is drawn.
    """
    return tomllib.loads((HERE / "alt.toml").read_text(encoding="utf-8"))


def alternative_text(name, **values):
    """Return the alternative text `name` with numbers filled in.

    Raises
    ------
    KeyError
        If there is no such text, or a number for it is missing.
    """
    return " ".join(alternative_texts()[name].split()).format(**values)


def png(figure, canvas=None):
    """Return a figure as a PNG file in base64, and close it.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
    canvas : matplotlib.backends.backend_agg.FigureCanvasAgg, optional
        To draw on again: it knows the texts that it has measured, half of the time with powers of
        ten on an axis.
    """
    canvas, buffer = canvas or FigureCanvasAgg(figure), io.BytesIO()
    canvas.figure = figure
    figure.set_canvas(canvas)
    canvas.draw()  # once; `savefig` draws twice, and would compress what is compressed below
    plt.close(figure)
    drawn = Image.fromarray(np.asarray(canvas.buffer_rgba())).convert("RGB")
    drawn.quantize(N_COLOURS, dither=Image.Dither.NONE).save(buffer, format="PNG")
    return base64.b64encode(buffer.getvalue()).decode()


def page(image, alt, below="", attributes="", photograph=False):
    """Return the HTML of a picture with what stands below it."""
    kind = "photograph" if photograph else "drawn"
    return (
        f'{STYLE}<figure class="course-figure"{attributes}><img class="{kind}" '
        f'alt="{html.escape(alt, quote=True)}" src="data:image/png;base64,{image}">'
        f"{below}</figure>"
    )


class Picture:
    """What a cell puts out: HTML with an alternative text, and a still for paper.

    Parameters
    ----------
    page : str
        HTML.
    still : str
        A PNG file in base64, for what cannot show HTML: PDF, for one.
    alt : str
    """

    def __init__(self, page, still, alt):
        self.page, self.still, self.alt = page, still, alt

    def _repr_mimebundle_(self, include=None, exclude=None):
        return {"text/html": self.page, "image/png": self.still, "text/plain": self.alt}


def picture(figure, name, caption="", photograph=False, **values):
    """Return a figure as an image that a screen reader can read out, and close it.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
    name : str
        Of its alternative text in `alt.toml`: what a reader who cannot see the figure needs to
        know.
    caption : str, optional
        A line below the figure.
    photograph : bool, optional
        Whether a dark page leaves the picture's colours alone.
    **values
        Numbers in the alternative text.

    Returns
    -------
    Picture
    """
    alt, image = alternative_text(name, **values), png(figure)
    below = f"<figcaption>{html.escape(caption)}</figcaption>" if caption else ""
    return Picture(page(image, alt, below, photograph=photograph), image, alt)


def show(figure, name, caption="", photograph=False, **values):
    """Display a figure with an alternative text, as `picture` makes it, and close it."""
    display(picture(figure, name, caption, photograph, **values))


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

    def redraw(figure, name, caption="", **values):
        drawn = picture(figure, name, caption, **values)
        if place is not None:  # None outside of IPython
            place.update(drawn)

    return redraw
