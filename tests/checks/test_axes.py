"""What is read from axes that nobody drew is what a reader sees once they are drawn."""

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.ticker import EngFormatter, FixedLocator, NullFormatter, PercentFormatter

from autograder.checks.axes import axes_snapshot

X = np.arange(1, 61)


def far_off(axes):
    axes.plot(X, 1e6 + 1e-3 * X)


def powers(axes):
    axes.plot(X, 1e7 * X)


def logarithmic(axes):
    axes.semilogy(X, np.exp(X / 4.0))


def both_logarithmic(axes):
    axes.loglog(X, X**2.0)


def symlog(axes):
    axes.plot(X, X - 30)
    axes.set_yscale("symlog")


def of_ones_own(axes):
    axes.plot(X, X)
    axes.set_xticks([1, 20, 60], ["start", "20", "end"])
    axes.yaxis.set_major_locator(FixedLocator([0, 25.5, 100]))


def formatted(axes):
    axes.plot(X, 1e4 * X)
    axes.xaxis.set_major_formatter(PercentFormatter(60))
    axes.yaxis.set_major_formatter(EngFormatter("steps"))


def without_labels(axes):
    axes.plot(X, X)
    axes.xaxis.set_major_formatter(NullFormatter())
    axes.tick_params(labelleft=False)


def narrowed(axes):
    axes.plot(X, X)
    axes.set_xlim(60, 10)
    axes.set_ylim(12.25, 12.75)


def rotated(axes):
    axes.plot(X, X)
    axes.tick_params(axis="x", labelrotation=90, labeltop=True)


def categories(axes):
    axes.plot(["zeros", "small", "He"], [3, 1, 2])


def square(axes):
    axes.plot(X, 2 * X)
    axes.set_aspect("equal", adjustable="box")


def turned_off(axes):
    axes.plot(X, X)
    axes.axis("off")


def empty(axes):
    axes.set_xlabel("step")


DRAWN = (
    *(far_off, powers, logarithmic, both_logarithmic, symlog, of_ones_own, formatted),
    *(without_labels, narrowed, rotated, categories, square, turned_off, empty),
)


def figure_of(draw, size):
    """Return a figure and its axes, with something on them."""
    figure = Figure(figsize=size)
    FigureCanvasAgg(figure)
    axes = figure.add_subplot()
    draw(axes)
    return figure, axes


@pytest.mark.parametrize("size", [(6.4, 4.8), (2, 1.5)])
@pytest.mark.parametrize("draw", DRAWN)
def test_axes_read_the_same_before_and_after_they_are_drawn(draw, size):
    _, axes = figure_of(draw, size)
    read = axes_snapshot(axes)
    figure, drawn = figure_of(draw, size)
    figure.canvas.draw()
    seen = axes_snapshot(drawn)
    assert (draw in (turned_off, without_labels)) == (read["y_ticks"]["at"].size == 0)
    np.testing.assert_equal(read, seen)
