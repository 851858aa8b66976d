"""The figures of lesson 3; each function returns a Figure to `show`."""

import matplotlib.pyplot as plt
import numpy as np

from .style import CYCLE

STYLES = {
    "zero": ("from 0", "blue", ":"),
    "corrected": ("corrected", "green", "-."),
    "helper": ("helper, 7 log 27", "vermilion", "-"),
    "first": ("first loss", "orange", (0, (6, 2))),
    "informed": ("informed", "purple", (0, (3, 1, 1, 1))),
}
LINE = {"arrowstyle": "-"}


def printed_and_raw(raw, mean, printed, shown):
    """Draw raw losses as dots, their mean around each step, and the loss that is printed."""
    figure, ax = plt.subplots(figsize=(8.0, 4.2))
    ax.plot(shown[::5], raw[shown[::5]], ".", markersize=3, color=CYCLE["sky"], alpha=0.5)
    ax.plot(shown, mean[shown], color=CYCLE["black"], linestyle="--")
    ax.plot(shown, printed[shown], color=CYCLE["vermilion"], linewidth=2)
    ax.annotate("mean of the raw losses around", (250, 36.5), (700, 56), arrowprops=LINE)
    below = {**LINE, "color": CYCLE["vermilion"]}
    ax.annotate("printed loss, from 7 log 27", (150, 24.2), (500, 4), color=CYCLE["vermilion"],
                arrowprops=below)  # fmt: skip
    ax.set(xlabel="step (names seen)", ylabel="loss per name (nats)", ylim=(0, 70))
    return figure


def weights_figure(start, of_losses, beta, half_life):
    """Draw the weights in an average, and how they divide between its start and the losses."""
    n = len(of_losses)
    figure, (left, right) = plt.subplots(1, 2, figsize=(8.0, 3.6), width_ratios=(3.5, 1))
    left.fill_between(np.arange(1 - n, 1), of_losses, color=CYCLE["sky"])
    left.axvline(-half_life, color=CYCLE["blue"], linestyle="--")
    left.set(xlabel="steps back", ylabel="weight of that loss", xlim=(-10_000, 0))
    left.set(ylim=(1e-6, 0.2), yscale="log")
    left.set_xscale("symlog", linthresh=10)
    left.minorticks_off()  # a third of the time
    left.set_title(f"beta {beta}, {n:,} steps; dashed: one half-life back", fontsize=11)
    bars = right.bar(["start", "losses"], [start, sum(of_losses)], hatch=["//", ""],
                     color=[CYCLE["orange"], CYCLE["sky"]], edgecolor=CYCLE["black"])  # fmt: skip
    right.bar_label(bars, fmt="{:.2f}")
    right.set(ylabel="share of the weight", ylim=(0, 1.1))
    return figure


def five_averages(curves, mean, shown):
    """Draw averages of one run from five starts against its mean raw loss."""
    figure, ax = plt.subplots(figsize=(8.0, 4.8))
    ax.plot(shown, mean[shown], color=CYCLE["black"], linewidth=2.5, alpha=0.8)
    ax.annotate("raw mean", (2500, mean[2500]), (2300, 20), arrowprops=LINE)
    for start, (label, colour, style) in STYLES.items():
        ax.plot(shown, curves[start][shown], color=CYCLE[colour], linestyle=style, label=label)
    ax.legend(title="average, by start", loc="lower right")
    ax.set(xlabel="step (names seen)", ylabel="loss per name (nats)", ylim=(0, 52))
    return figure


def bias_and_lag(panels, law):
    """Draw averages from 0, plain and corrected, on two losses whose truth is known.

    Parameters
    ----------
    panels : dict of tuple of ndarray
        By title: truth, corrected average, average from 0.
    law : (n,) ndarray
        The average from 0 expected in the first panel.
    """
    figure, axes = plt.subplots(1, 2, figsize=(8.0, 3.8), sharey=True)
    for ax, (title, (truth, corrected, plain)) in zip(axes, panels.items(), strict=True):
        steps = np.arange(1, len(truth) + 1)
        ax.plot(steps, truth, color=CYCLE["black"], linewidth=2.5, label="true mean")
        ax.plot(steps, corrected, color=CYCLE["green"], ls="-.", label="corrected")
        ax.plot(steps, plain, color=CYCLE["blue"], ls=":", label="from 0")
        ax.set(xlabel="step", ylim=(0, 40), title=title)
    every = slice(None, None, 500)
    axes[0].plot(np.arange(1, len(law) + 1)[every], law[every], "o", color=CYCLE["blue"], ms=4)
    axes[0].set_ylabel("loss (nats)")
    axes[0].legend(loc="lower right")
    return figure
