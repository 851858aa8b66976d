"""Predictions, sliders and progress bars of the lessons."""

import sys

from IPython.display import display
from tqdm.auto import tqdm

from .style import show


def reveal(prediction, measured, unit="", digits=4):
    """Print a prediction written down before a run beside what was measured.

    Parameters
    ----------
    prediction : float or None
        The reader's guess; None when none was written down.
    measured : float
    unit : str, optional
        For example ``"nats"``.
    digits : int, optional
        Significant digits printed.
    """
    unit = f" {unit}" if unit else ""
    print(f"measured:   {measured:.{digits}g}{unit}")
    if prediction is None:
        print("predicted:  nothing yet - write your guess into the cell and run it again")
        return
    print(f"predicted:  {prediction:.{digits}g}{unit}   (off by {prediction - measured:+.2g})")


def progress(iterable, label, total=None):
    """Wrap an iterable in a progress bar, as anything over two seconds has one."""
    return tqdm(iterable, desc=label, total=total, file=sys.stdout, leave=False)


class _Value:
    """Stands for a slider where ipywidgets is not installed: it keeps the first value."""

    def __init__(self, value):
        self.value = value


def slider(value, values, label):
    """Make a slider over given values.

    Parameters
    ----------
    value : float
        The first value, one of `values`.
    values : sequence of float
    label : str
        The text beside the slider, with its unit.
    """
    try:
        from ipywidgets import Layout, SelectionSlider
    except ImportError:
        return _Value(value)
    return SelectionSlider(
        options=list(values),
        value=value,
        description=label,
        continuous_update=False,
        layout=Layout(width="34em"),
        style={"description_width": "initial"},
    )


def explore(draw, alt, **sliders):
    """Show a figure and, where the page has widgets, sliders that redraw it.

    Parameters
    ----------
    draw : callable
        Takes the sliders' values by name and returns a Figure.
    alt : str
        Alternative text of the figure at the sliders' first values.
    **sliders
        Made by `slider`.
    """

    def figure():
        return draw(**{name: each.value for name, each in sliders.items()})

    show(figure(), alt, caption="With the sliders at their first values.")
    try:
        from ipywidgets import Output, VBox
    except ImportError:
        return
    output = Output()

    def redraw(_change):
        with output:
            output.clear_output(wait=True)
            show(figure(), alt)

    for each in sliders.values():
        each.observe(redraw, names="value")
    display(VBox([*sliders.values(), output]))
