"""The figures of lesson 5; each function returns a Figure to `show`."""

import matplotlib.pyplot as plt
import numpy as np

from .initialization import COLOURS, STYLES
from .style import CYCLE


def lines(curves, xlabel, ylabel, ax=None, **axes):
    """Draw curves against the number of their entry, or against values of their own.

    Parameters
    ----------
    curves : dict
        By name, a sequence of heights, or a pair of places and heights.
    xlabel, ylabel : str
    ax : matplotlib.axes.Axes, optional
    **axes
        What else is set, as ``yscale="log"``.
    """
    if ax is None:
        _, ax = plt.subplots(figsize=(8.0, 3.8))
    for (name, each), colour, style in zip(curves.items(), COLOURS, STYLES, strict=False):
        x, y = each if isinstance(each, tuple) else (np.arange(len(each)), each)
        ax.plot(x, y, color=colour, ls=style, label=name)
    ax.set(xlabel=xlabel, ylabel=ylabel, **axes)
    ax.legend(frameon=False, fontsize=9)
    return ax.figure


def eigenvalues(matrices):
    """Draw the eigenvalues of some matrices in the complex plane, with the circle of radius 1."""
    figure, axes = plt.subplots(1, len(matrices), figsize=(8.0, 3.2), sharex=True, sharey=True)
    angle = np.linspace(0, 2 * np.pi, 200)
    for ax, (name, W) in zip(axes, matrices.items(), strict=True):
        found = np.linalg.eigvals(W)
        ax.plot(np.cos(angle), np.sin(angle), color=CYCLE["vermilion"], lw=1)
        ax.plot(found.real, found.imag, ".", color=CYCLE["blue"])
        ax.set(title=name, xlabel="real part", aspect="equal", xlim=(-1.7, 1.7), ylim=(-1.7, 1.7))
    axes[0].set_ylabel("imaginary part")
    return figure


def watched(one, other, gain):
    """Draw a unit of two runs over time, and how far apart their states are.

    Parameters
    ----------
    one, other : (n_steps + 1, n) ndarray
    gain : float
    """
    figure, (left, right) = plt.subplots(1, 2, figsize=(8.0, 3.6))
    left.plot(one[:, 0], color=CYCLE["blue"])
    left.plot(other[:, 0], color=CYCLE["vermilion"], ls="--")
    left.set(title=f"one unit, gain {gain:g}", xlabel="step", ylabel="state", ylim=(-1.05, 1.05))
    apart = np.sqrt(np.mean((one - other) ** 2, axis=1))
    right.semilogy(apart, color=CYCLE["black"])
    right.set(title="distance of the two runs", xlabel="step", ylim=(1e-16, 10))
    right.set_ylabel("root mean square")
    return figure


def step_sizes(ratios, arrays, level=-3):
    """Draw the powers of ten of a step beside its weights, a panel for each rate.

    Parameters
    ----------
    ratios : dict of (n_steps, n_arrays) ndarray
        By name of the rate.
    arrays : sequence of str
    level : float, optional
        Of the dotted line.
    """
    figure, axes = plt.subplots(1, len(ratios), figsize=(8.0, 3.4), sharey=True)
    for ax, (name, each) in zip(axes, ratios.items(), strict=True):
        tens = np.log10(each[::10])
        curves = {array: (np.arange(len(tens)) * 10, tens[:, k]) for k, array in enumerate(arrays)}
        lines(curves, "step", "", ax, title=name, ylim=(-6, 1))
        ax.axhline(level, color=CYCLE["black"], ls=":", lw=1)
    axes[0].set_ylabel("log10 of step / weights")
    return figure


def transfer(rates, losses):
    """Draw the loss against the rate for each width, a panel for each rule, the best marked.

    Parameters
    ----------
    rates : sequence of float
    losses : dict of dict of sequence of float
        By rule and width.
    """
    figure, axes = plt.subplots(1, len(losses), figsize=(8.0, 3.8), sharey=True)
    for ax, (rule, by_width) in zip(axes, losses.items(), strict=True):
        curves = {f"{width} units": (rates, each) for width, each in by_width.items()}
        lines(curves, "rate at 64 units", "", ax, title=rule, xscale="log", ylim=(1.6, 2.8))
        for each in by_width.values():
            ax.plot(rates[np.argmin(each)], np.min(each), "o", color=CYCLE["black"], ms=5)
    axes[0].set_ylabel("loss after 100 steps (nats)")
    return figure
