"""Figures of lesson 1 on layers: sizes as lines, entries as histograms, sums as walks."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.colors import ListedColormap

from .initialization import COLOURS, STYLES
from .style import CYCLE

BEYOND = ListedColormap(["white", CYCLE["vermilion"]])  # a colour, as a dark page turns black white


def layer_lines(curves, title, ax):
    """Draw root mean squares by layer on a logarithmic axis.

    Parameters
    ----------
    curves : dict of (depth + 1,) ndarray
    title : str
    ax : matplotlib.axes.Axes
    """
    for (name, values), colour, style in zip(curves.items(), COLOURS, STYLES, strict=False):
        ax.semilogy(range(len(values)), values, color=colour, ls=style, label=name)
    ax.axhline(1, color="0.5", lw=0.8)
    ax.set(title=title, xlabel="layer", ylabel="root mean square")
    ax.legend(frameon=False, fontsize=9)


def four_panels(curves):
    """Draw `layer_lines` of activations and gradients, ReLU above tanh.

    Parameters
    ----------
    curves : dict of dict
        By title, as ``"relu: activations"``, what `layer_lines` takes.
    """
    figure, axes = plt.subplots(2, 2, figsize=(8.0, 6.4), sharex=True)
    for ax, (title, each) in zip(axes.flat, curves.items(), strict=True):
        layer_lines(each, title, ax)
    return figure


def two_panels(activations, gradients, scale):
    """Draw both directions at one scale, on axes that are the same for all scales."""
    figure, axes = plt.subplots(1, 2, figsize=(8.0, 3.6), sharey=True)
    layer_lines(activations, f"activations, scale {scale:g}", axes[0])
    layer_lines(gradients, f"gradients, scale {scale:g}", axes[1])
    axes[0].set_ylim(1e-30, 1e32)
    return figure


def layer_histograms(arrays, layers, what):
    """Draw the entries of some layers' arrays as histograms, exact zeros counted apart.

    Parameters
    ----------
    arrays : dict of list of ndarray
        By name of the start, a row of panels each.
    layers : sequence of int
    what : str
        Label of the horizontal axis.
    """
    shape = len(arrays), len(layers)
    figure, axes = plt.subplots(*shape, sharex="row", figsize=(8.0, 2.1 * shape[0] + 0.5))
    for row, (name, outputs) in zip(axes, arrays.items(), strict=True):
        edge = 3 * np.std(outputs[layers[0]])
        for ax, layer in zip(row, layers, strict=True):
            values = outputs[layer].ravel()
            moving = values[values != 0]
            weights = np.full(moving.size, 100 / values.size)
            inside = np.clip(moving, -edge, edge)
            ax.hist(inside, 40, (-edge, edge), weights=weights, histtype="stepfilled")
            zeros = 1 - moving.size / values.size
            ax.set_title(f"layer {layer}" + f", {zeros:.0%} zeros" * (zeros > 0.005), fontsize=10)
            ax.set_ylim(bottom=0)
            ax.tick_params(labelsize=9)
        row[0].set_ylabel(f"{name}\n% of entries", fontsize=10)
    figure.supxlabel(what, fontsize=10)
    return figure


def idle_figure(dead, saturated):
    """Draw the share of dead ReLU units and of saturated tanh outputs by layer.

    Parameters
    ----------
    dead, saturated : dict of sequence of float
        By name of the start; layer 1 first.
    """
    figure, axes = plt.subplots(1, 2, figsize=(8.0, 3.6), sharey=True)
    for ax, curves in zip(axes, (dead, saturated), strict=True):
        for (name, shares), colour, style in zip(curves.items(), COLOURS, STYLES, strict=False):
            steps = range(1, len(shares) + 1)
            ax.plot(steps, 100 * np.array(shares), color=colour, ls=style, label=name)
        ax.set(xlabel="layer", ylim=(0, 100))
        ax.legend(frameon=False)
    axes[0].set(title="ReLU: units off for all examples", ylabel="%")
    axes[1].set_title("tanh: outputs beyond ±0.97")
    return figure


def saturation_map(arrays, layers):
    """Draw which outputs of some tanh layers are saturated: units down, examples across."""
    figure, axes = plt.subplots(
        len(arrays), len(layers), figsize=(8.0, 2.3 * len(arrays)), sharex=True, sharey=True
    )
    for row, (name, outputs) in zip(axes, arrays.items(), strict=True):
        for ax, layer in zip(row, layers, strict=True):
            beyond = np.abs(outputs[layer][:60, :100]) > 0.97
            ax.imshow(beyond, cmap=BEYOND, vmin=0, vmax=1, aspect="auto", interpolation="nearest")
            ax.grid(False)
            ax.set_title(f"layer {layer}: {np.mean(np.abs(outputs[layer]) > 0.97):.0%}")
        row[0].set_ylabel(f"{name}\nunit")
    figure.supxlabel("example", fontsize=10)
    return figure


def walks_figure(sums):
    """Draw running sums of n terms with the law sqrt(n), and where they end once divided by it.

    Parameters
    ----------
    sums : (n + 1, n_walks) ndarray
    """
    n = len(sums) - 1
    figure, (left, right) = plt.subplots(1, 2, figsize=(8.0, 3.8), width_ratios=(2, 1))
    left.plot(sums[:, :25], color=CYCLE["sky"], lw=0.8)
    for sign in (-1, 1):
        left.plot(sign * np.sqrt(np.arange(n + 1)), color=CYCLE["vermilion"])
    left.set(xlabel="inputs added so far, n", ylabel="sum", xlim=(0, n))
    left.annotate("√n", (n, np.sqrt(n)), xytext=(3, -4), textcoords="offset points",
                  color=CYCLE["vermilion"])  # fmt: skip
    for at, colour in ((10, CYCLE["orange"]), (100, CYCLE["green"]), (n, CYCLE["blue"])):
        right.hist(sums[at] / np.sqrt(at), bins=30, range=(-4, 4), histtype="step", density=True,
                   color=colour, label=f"n = {at:,}")  # fmt: skip
    right.set(xlabel="sum / √n", ylabel="density", xlim=(-4, 4))
    right.legend(frameon=False, fontsize=9, loc="upper right")
    right.set_ylim(0, 0.62)
    return figure


def widths_figure(curves, widths):
    """Draw root mean squares by layer of a net that narrows, forward and back, for each start.

    Parameters
    ----------
    curves : dict of tuple of ndarray
        By name of the start: of the activations, and of the gradients.
    widths : sequence of int
    """
    figure, axes = plt.subplots(1, 2, figsize=(8.0, 3.6), sharey=True)
    for (name, both), colour, style in zip(curves.items(), COLOURS, STYLES, strict=False):
        for ax, values in zip(axes, both, strict=True):
            ax.semilogy(values, color=colour, ls=style, label=name)
    for ax, title in zip(axes, ("activations (left to right)", "gradients (right to left)")):
        ax.set(title=title, xlabel="units of the layer")
        ax.set_xticks(range(len(widths)), widths, fontsize=9)
        ax.axhline(1, color="0.5", lw=0.8)
    axes[0].set_ylabel("root mean square")
    axes[0].legend(frameon=False)
    return figure
