"""The figures of lesson 1 on the circles; each function returns a Figure to `show`."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.colors import LinearSegmentedColormap

from course.experiments.nets import probability

from .style import CYCLE

COLOURS = list(CYCLE.values())
MARKERS = "osD^vPX"
STYLES = ("-", "--", "-.", ":", (0, (5, 1, 1, 1, 1, 1)), (0, (1, 3)), (0, (6, 2)))
ANSWERS = LinearSegmentedColormap.from_list("answers", ["#9fcbe6", "#ffffff", "#f7d58c"])


def draw_boundary(net, X, y, ax, n=120, size=7):
    """Colour the plane by the net's probability of label 1 and draw the points on top.

    Parameters
    ----------
    net : dict of ndarray
    X : (2, m) ndarray
    y : (1, m) ndarray of 0 and 1
    ax : matplotlib.axes.Axes
    n, size : int, optional
        Places on a side of the plane; size of a point.
    """
    axis = np.linspace(-1.5, 1.5, n)
    plane = np.array(np.meshgrid(axis, axis)).reshape(2, -1)
    answer = probability(net, plane).reshape(n, n)
    extent = (-1.5, 1.5, -1.5, 1.5)
    ax.imshow(answer, origin="lower", extent=extent, vmin=0, vmax=1, cmap=ANSWERS)
    if answer.min() < 0.5 < answer.max():
        ax.contour(axis, axis, answer, levels=[0.5], colors="0.2", linewidths=1)
    for label, colour, marker in ((0, CYCLE["blue"], "o"), (1, CYCLE["vermilion"], "x")):
        chosen = X[:, y[0] == label]
        ax.scatter(*chosen, s=size, c=colour, marker=marker, linewidths=0.8)
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
    figure, axes = plt.subplots(2, 4, figsize=(8.0, 4.6), sharex=True, sharey=True)
    for ax, (name, result) in zip(axes.flat, results.items(), strict=False):
        draw_boundary(result["params"], X, y, ax)
        ax.set_title(f"{name}: {result['train']:.2f}", fontsize=11)
    legend = axes.flat[-1]
    legend.axis("off")
    legend.scatter([], [], c=CYCLE["blue"], marker="o", label="outer ring, 0")
    legend.scatter([], [], c=CYCLE["vermilion"], marker="x", label="inner ring, 1")
    legend.plot([], [], color="0.2", lw=1, label="p = 1/2")
    legend.fill_between([], [], color=ANSWERS(0.0), label="p = 0")
    legend.fill_between([], [], color=ANSWERS(1.0), label="p = 1")
    legend.legend(loc="center", frameon=False)
    figure.supxlabel("$x_1$ (unit of the outer radius)", fontsize=10)
    figure.supylabel("$x_2$", fontsize=10)
    return figure


def cost_curves(results, every):
    """Draw the costs of all starts on one axis from 0, the number of steps on a logarithmic one.

    Parameters
    ----------
    results : dict
        By name of the start: a dict with ``"costs"``.
    every : int
        Steps between two costs.
    """
    figure, ax = plt.subplots(figsize=(8.0, 4.4))
    for (name, result), colour, style in zip(results.items(), COLOURS, STYLES, strict=True):
        steps = every * np.arange(len(result["costs"]))
        first = result["costs"][0]
        label = name + f" (starts at {first:,.2f})" * bool(first > 1)
        ax.plot(steps, result["costs"], color=colour, ls=style, label=label)
    ax.axhline(np.log(2), color="0.5", lw=0.8)
    ax.text(0.99, np.log(2), "log 2", color="0.3", ha="right", va="bottom",
            transform=ax.get_yaxis_transform())  # fmt: skip
    ax.set(xlim=(0, None), ylim=(0, 1), xlabel="iteration", ylabel="cost (nats)")
    ax.legend(loc="lower left", frameon=False)
    return figure


def three_axes(costs, every):
    """Draw the same costs on an automatic axis, with the limits of `plot2`, and from 0."""
    figure, (automatic, tight, honest) = plt.subplots(1, 3, figsize=(8.0, 3.2))
    steps = every * np.arange(len(costs)) / 1000
    for ax, title in ((automatic, "automatic"), (tight, "limits of plot2"), (honest, "from 0")):
        ax.plot(steps, costs, marker="o", ms=3)
        ax.set(title=title, xlabel="iteration / 1,000")
    automatic.set_ylabel("cost (nats)")
    tight.set_ylim(costs.min() - 1e-10, costs.max() + 1e-10)
    tight.ticklabel_format(style="plain", useOffset=False, axis="y")
    tight.tick_params(axis="y", labelsize=8)
    honest.set_ylim(0, 1)
    honest.axhline(np.log(2), ls="--", color=CYCLE["vermilion"])
    return figure


def limits_of_plot2(costs):
    """Return what Matplotlib says to the limits that the thread's `plot2` sets, None if nothing."""
    figure, ax = plt.subplots()
    try:
        ax.set_ylim(min(costs) - 1e-10, max(costs) + 1e-10)
    except ValueError as error:
        return str(error)
    finally:
        plt.close(figure)
    return None


def training(net, X, y, costs, every, step, leaves):
    """Draw a net's answers in the plane beside the cost of its training, marked at one step."""
    figure, (plane, curve) = plt.subplots(1, 2, figsize=(8.0, 3.8), width_ratios=(1, 1.15))
    draw_boundary(net, X, y, plane, n=80, size=6)
    plane.set(xlabel="$x_1$", ylabel="$x_2$", title=f"step {step:,}")
    curve.plot(every * np.arange(len(costs)), costs, lw=1)
    curve.plot(step, costs[min(step // every, len(costs) - 1)], "o", color=CYCLE["vermilion"])
    curve.axvline(leaves, ls=":", color="0.4")
    curve.axhline(0.6, ls=":", color="0.4")
    curve.set(xlabel="step", ylabel="cost (nats)", ylim=(0, 1), xlim=(0, every * len(costs)))
    return figure


def waits_figure(waits):
    """Draw exit steps against the scale, both logarithmic, a line for each net.

    Parameters
    ----------
    waits : dict of dict
        By name of the net: steps by scale, None where the net did not leave.
    """
    figure, ax = plt.subplots()
    for (name, steps), colour, marker in zip(waits.items(), COLOURS, MARKERS, strict=False):
        known = {scale: step for scale, step in steps.items() if step}
        ax.loglog(known.keys(), known.values(), marker + "-", color=colour, label=name)
    ax.set(xlabel="scale of the weights at the start", ylabel="steps until cost below 0.6 nats")
    ax.legend(frameon=False)
    return figure


def power_law_figure(table, seed, law):
    """Draw the exit steps against the scale for each rate, with the fitted law.

    Parameters
    ----------
    table : (n, 4) ndarray
        Columns seed, learning rate, scale, exit step.
    seed : int
        The seed measured at every rate; the others are drawn small and grey.
    law : callable
        Takes learning rate and scale and returns the fitted step.
    """
    figure, ax = plt.subplots(figsize=(8.0, 4.2))
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


def strip_plot(values, xlabel, xlim, marked=None):
    """Draw one dot for each seed in a row for each start, with the median as a bar.

    Parameters
    ----------
    values : dict of (n,) ndarray
    xlabel : str
    xlim : tuple of float
    marked : dict of float, optional
        Values to ring, by start.
    """
    figure, ax = plt.subplots(figsize=(8.0, 4.2))
    spread = np.random.default_rng(0)
    for row, (name, each) in enumerate(values.items()):
        height = row + spread.uniform(-0.22, 0.22, size=len(each))
        ax.plot(each, height, "o", ms=5, alpha=0.6, color=CYCLE["blue"])
        ax.plot([np.median(each)] * 2, [row - 0.35, row + 0.35], color=CYCLE["black"], lw=2)
        if marked and name in marked:
            place = int(np.argmin(np.abs(each - marked[name])))
            ring = {"ms": 12, "mfc": "none", "mec": CYCLE["vermilion"], "mew": 1.8}
            ax.plot(each[place], height[place], "o", **ring)
    ax.set(yticks=range(len(values)), yticklabels=list(values), xlim=xlim, xlabel=xlabel)
    ax.set_ylabel("start")
    ax.invert_yaxis()
    return figure
