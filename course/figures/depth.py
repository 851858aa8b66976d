"""Figures of lesson 1 on thirty layers: sizes as lines, entries as histograms."""

import matplotlib.pyplot as plt
import numpy as np

from .initialization import COLOURS, STYLES


def layer_lines(curves, title, ax):
    """Draw root mean squares by layer on a logarithmic axis, labelled at their right end.

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
    ax.legend(frameon=False, fontsize=8)


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
    figure, axes = plt.subplots(
        len(arrays), len(layers), sharex="row", figsize=(9.6, 1.75 * len(arrays)), squeeze=False
    )
    for row, (name, outputs) in zip(axes, arrays.items(), strict=True):
        edge = 4 * np.std(outputs[layers[0]])
        for ax, layer in zip(row, layers, strict=True):
            values = outputs[layer].ravel()
            moving = values[values != 0]
            weights = np.full(moving.size, 1 / values.size)
            ax.hist(np.clip(moving, -edge, edge), bins=40, range=(-edge, edge), weights=weights)
            zeros = 1 - moving.size / values.size
            ax.set_title(f"layer {layer}" + f": {zeros:.0%} zeros" * (zeros > 0), fontsize=8)
            ax.set_ylim(bottom=0)
            ax.tick_params(labelsize=7)
        row[0].set_ylabel(name, fontsize=9)
    figure.supxlabel(what, fontsize=9)
    figure.supylabel("share of the entries in a bar", fontsize=9)
    return figure
