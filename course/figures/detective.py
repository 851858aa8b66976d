"""Figures of lesson 1 on the made-up pictures."""

import matplotlib.pyplot as plt
import numpy as np

from .initialization import COLOURS, STYLES
from .style import CYCLE


def gallery(X, y, n=8):
    """Show the first pictures with their labels."""
    figure, axes = plt.subplots(1, n, figsize=(8.0, 1.4))
    for ax, picture, label in zip(axes, X.T, y[0], strict=False):
        ax.imshow(picture.reshape(64, 64, 3))
        ax.set_title("cat" if label else "no cat", fontsize=10)
        ax.axis("off")
    return figure


def cost_curves(files, every):
    """Draw the costs of all suspects on an axis from 0.

    Parameters
    ----------
    files : dict
        By name of the start: a dict with ``"costs"``.
    every : int
        Steps between two costs.
    """
    figure, ax = plt.subplots(figsize=(8.0, 4.0))
    for (name, file), style, colour in zip(files.items(), STYLES, COLOURS, strict=False):
        label = name if np.isfinite(file["costs"]).all() else f"{name} (NaN: no curve)"
        steps = every * np.arange(len(file["costs"]))
        ax.plot(steps, file["costs"], ls=style, color=colour, label=label)
    ax.axhline(np.log(2), color="0.7", lw=0.8)
    ax.set(ylim=(0, 0.8), xlabel="iteration", ylabel="cost (nats)")
    ax.legend(loc="lower left", ncols=2, frameon=False)
    return figure


def spikes(costs, recorded, window):
    """Draw every cost of a run, the ones that were written down, and a part of it enlarged.

    Parameters
    ----------
    costs : (n,) ndarray
        One for each step.
    recorded : int
        Steps between those that were written down.
    window : tuple of int
        The part to enlarge.
    """
    figure, (whole, part) = plt.subplots(1, 2, figsize=(8.0, 3.6), sharey=True)
    for ax, (low, high) in ((whole, (0, len(costs))), (part, window)):
        steps = np.arange(low, high)
        ax.plot(steps, costs[low:high], lw=0.8)
        marks = steps[steps % recorded == 0]
        ax.plot(marks, costs[marks], "o", ms=5, color=CYCLE["vermilion"])
        ax.set(xlabel="step", ylim=(0, None))
    whole.set_ylabel("cost (nats)")
    whole.set_title(f"dots: every {recorded}th, as printed")
    part.set_title("enlarged")
    return figure
