"""The larger figures of lesson 1; each function returns a Figure to `show`."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.colors import ListedColormap

from course.figures import CYCLE
from course.ps1_initialization.reference import forward, sigmoid

COLOURS = list(CYCLE.values())
MARKERS = "osD^vPX"
STYLES = ("-", "--", "-.", ":", (0, (5, 1, 1, 1, 1, 1)), (0, (1, 3)))


def draw_boundary(params, X, y, ax):
    """Colour the plane by the net's answer and draw the points on top.

    Parameters
    ----------
    params : dict of ndarray
    X : (2, m) ndarray
    y : (1, m) ndarray of 0 and 1
    ax : matplotlib.axes.Axes
    """
    axis = np.linspace(-1.5, 1.5, 200)
    plane = np.array(np.meshgrid(axis, axis)).reshape(2, -1)
    answer = (sigmoid(forward(plane, params)[-1]) > 0.5).reshape(200, 200)
    ax.imshow(
        answer,
        origin="lower",
        extent=(-1.5, 1.5, -1.5, 1.5),
        vmin=0,
        vmax=1,
        cmap=ListedColormap(["#cfe5f2", "#fbe8c3"]),
    )
    for label, colour, marker in ((0, CYCLE["blue"], "o"), (1, CYCLE["vermilion"], "x")):
        chosen = X[:, y[0] == label]
        ax.scatter(*chosen, s=7, c=colour, marker=marker, linewidths=0.7)
    ax.grid(False)
    ax.set(xticks=[-1, 0, 1], yticks=[-1, 0, 1])


def boundaries(results, X, y):
    """Draw the answers of several trained nets side by side.

    Parameters
    ----------
    results : dict
        By name of the start: a dict with ``"params"`` and ``"train"``.
    X, y : ndarray
        As for `draw_boundary`.
    """
    figure, axes = plt.subplots(2, 4, figsize=(9.6, 5.2), sharex=True, sharey=True)
    for ax, (name, result) in zip(axes.flat, results.items(), strict=False):
        draw_boundary(result["params"], X, y, ax)
        ax.set_title(f"{name}: {result['train']:.2f}", fontsize=10)
    legend = axes.flat[-1]
    legend.axis("off")
    legend.scatter([], [], c=CYCLE["blue"], marker="o", label="outer ring, label 0")
    legend.scatter([], [], c=CYCLE["vermilion"], marker="x", label="inner ring, label 1")
    legend.fill_between([], [], color="#cfe5f2", label="net answers 0")
    legend.fill_between([], [], color="#fbe8c3", label="net answers 1")
    legend.legend(loc="center", frameon=False)
    figure.supxlabel("$x_1$ (unit of the outer radius)", fontsize=9)
    figure.supylabel("$x_2$", fontsize=9)
    return figure


def power_law_figure(table, seed, law):
    """Draw the exit steps against scale times learning rate, with the fitted law.

    Parameters
    ----------
    table : (n, 4) ndarray
        Columns seed, learning rate, scale, exit step.
    seed : int
        The seed measured at every rate; the others are drawn small and grey.
    law : callable
        Takes learning rate and scale and returns the fitted step.
    """
    figure, ax = plt.subplots(figsize=(7.2, 4))
    others = table[table[:, 0] != seed]
    ax.loglog(others[:, 2], others[:, 3], ".", color="0.6", label="nine other seeds, rate 1")
    rates = np.unique(table[:, 1])
    for rate, colour, marker in zip(rates, COLOURS, MARKERS, strict=False):
        rows = table[(table[:, 0] == seed) & (table[:, 1] == rate)]
        ax.loglog(rows[:, 2], rows[:, 3], marker, color=colour)
        ax.loglog(rows[:, 2], law(rate, rows[:, 2]), color=colour, lw=1)
        ax.annotate(
            f"rate {rate:g}",
            (rows[-1, 2], rows[-1, 3]),
            xytext=(8, -3),
            textcoords="offset points",
            color=colour,
        )
    ax.set(
        xlabel="scale of the weights at the start",
        ylabel="step at which the plateau ends",
        xlim=(0.008, 0.95),
    )
    ax.legend(frameon=False, loc="lower left")
    return figure


def strip_plot(accuracies, marked=None):
    """Draw one dot for each seed in a row for each start, with the median as a bar.

    Parameters
    ----------
    accuracies : dict of (n,) ndarray
    marked : dict of float, optional
        Accuracies to ring, by start.
    """
    figure, ax = plt.subplots(figsize=(7.2, 4))
    spread = np.random.default_rng(0)
    for row, (name, values) in enumerate(accuracies.items()):
        height = row + spread.uniform(-0.22, 0.22, size=len(values))
        ax.plot(values, height, "o", ms=4, alpha=0.6, color=CYCLE["blue"])
        ax.plot([np.median(values)] * 2, [row - 0.35, row + 0.35], color=CYCLE["black"], lw=2)
        if marked and name in marked:
            place = int(np.argmin(np.abs(values - marked[name])))
            ax.plot(
                values[place],
                height[place],
                "o",
                ms=11,
                mfc="none",
                mec=CYCLE["vermilion"],
                mew=1.8,
            )
    ax.axvline(0.5, color="0.4", ls=":", lw=1)
    ax.set(
        yticks=range(len(accuracies)),
        yticklabels=list(accuracies),
        xlim=(0.35, 1.02),
        xlabel="train accuracy after 15,000 steps (share of 300 points; axis from 0.35)",
        ylabel="start",
    )
    ax.invert_yaxis()
    return figure
