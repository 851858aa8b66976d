"""Figures with sliders: all frames drawn beforehand, one figure that changes in its place.

No widget and no kernel are needed to move a slider: it works in Jupyter Lab, Notebook, VS Code and
JupyterLite, and in a page that was saved as HTML. Where scripts do not run, the first frame stays.
"""

import html
import itertools
import json
import uuid
from typing import NamedTuple

from IPython.display import display
from matplotlib.backends.backend_agg import FigureCanvasAgg

from .interaction import progress
from .style import HERE, Picture, alternative_text, page, png


class Slider(NamedTuple):
    """A slider over given values.

    Parameters
    ----------
    first : float
        The value at first, one of `values`.
    values : sequence of float
    label : str
        The text beside the slider, with its unit.
    """

    first: float
    values: tuple
    label: str


def slider(first, values, label):
    """Make a `Slider`.

    Raises
    ------
    ValueError
        If `first` is not among the values.
    """
    if first not in values:
        raise ValueError(f"the first value {first!r} is not one of {values}")
    return Slider(first, tuple(values), label)


def controls(sliders, play):
    """Return the HTML of the sliders, hidden until the script has found them."""
    rows = []
    for each in sliders:
        rows.append(
            f"<label>{html.escape(each.label)} "
            f'<input type="range" min="0" max="{len(each.values) - 1}" '
            f'value="{each.values.index(each.first)}"><output>{each.first:,}</output></label>'
        )
    button = '<button type="button">Play</button> ' if play else ""
    return f'<div class="controls" hidden>{button}{"".join(rows)}</div>'


def laid_out_as(first, figure):
    """Put a figure's axes where those of the first one are.

    Matplotlib takes twice as long to find their places as to draw what is in them, and a figure
    whose axes moved from frame to frame would be hard to watch.

    Parameters
    ----------
    first : list of matplotlib.transforms.Bbox or None
        None if this is the first figure.
    figure : matplotlib.figure.Figure

    Returns
    -------
    list of matplotlib.transforms.Bbox
    """
    if first is None:
        if engine := figure.get_layout_engine():
            engine.execute(figure)
        first = [ax.get_position(original=True) for ax in figure.axes]
    figure.set_layout_engine("none")
    for ax, place in zip(figure.axes, first, strict=True):
        ax.set_position(place)
    return first


def explore(draw, name, play=False, **sliders):
    """Show a figure with sliders that change it.

    Parameters
    ----------
    draw : callable
        Takes the sliders' values by name and returns a Figure, or a Figure and a dict of numbers
        for its alternative text. Its axes should be the same for all values.
    name : str
        Of the alternative text in `alt.toml`, which may use the sliders' names too.
    play : bool, optional
        Whether a button lets the first slider run.
    **sliders
        Made by `slider`.
    """
    frames, alts, places, canvas = [], [], None, None
    chosen = list(itertools.product(*(each.values for each in sliders.values())))
    for values in progress(chosen, "drawing"):
        named = dict(zip(sliders, values, strict=True))
        drawn = draw(**named)
        figure, numbers = drawn if isinstance(drawn, tuple) else (drawn, {})
        alts.append(alternative_text(name, **named, **numbers))
        places = laid_out_as(places, figure)
        canvas = canvas or FigureCanvasAgg(figure)
        frames.append(png(figure, canvas))
    at = chosen.index(tuple(each.first for each in sliders.values()))
    data = {
        "frames": frames,
        "alts": alts,
        "values": [[f"{value:,}" for value in each.values] for each in sliders.values()],
    }
    mark = f"course-{uuid.uuid4().hex[:12]}"  # the same cell may stand in a page twice
    code = (HERE / "player.js").read_text(encoding="utf-8")
    code = code.replace("NAME", mark).replace("DATA", json.dumps(data).replace("</", "<\\/"))
    below = controls(sliders.values(), play) + f"<script>{code}</script>"
    whole = page(frames[at], alts[at], below, attributes=f' id="{mark}"')
    display(Picture(whole, frames[at], alts[at]))
