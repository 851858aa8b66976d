"""The figures of lesson 4; each function returns a Figure to `show`."""

import matplotlib.pyplot as plt
import numpy as np

from .style import CYCLE


def learning_curve(step, n_steps, recent, held_out, rungs):
    """Draw a training so far: recent training loss, held-out points, models that count.

    Parameters
    ----------
    step, n_steps : int
        How far it is, and how far it goes.
    recent, held_out : dict of int to float
        Nats per character by step.
    rungs : dict of str to float
        Losses of the models that count.
    """
    figure, ax = plt.subplots(figsize=(8.0, 4.2))
    ax.plot(recent.keys(), recent.values(), label="training, mean of the last 1,000 names")
    ax.plot(held_out.keys(), held_out.values(), "o--", label="held out")
    for label, style in (("bigram", ":"), ("trigram", "-.")):
        ax.axhline(rungs[label], color=CYCLE["black"], linestyle=style, label=label)
    ax.set(xlim=(0, n_steps), ylim=(0, 3.4), xlabel="steps", ylabel="nats per character")
    ax.set_title(f"after {step:,} of {n_steps:,} steps")
    ax.legend(loc="lower left")
    return figure


def ladder(bars, n_counting):
    """Draw held-out losses as bars, models that count first."""
    figure, ax = plt.subplots(figsize=(8.0, 3.4))
    colours = [CYCLE["sky"]] * n_counting + [CYCLE["orange"]] * (len(bars) - n_counting)
    drawn = ax.barh(list(bars), list(bars.values()), color=colours)
    ax.bar_label(drawn, fmt="%.3f", padding=3)
    ax.invert_yaxis()
    ax.set(xlim=(0, 3.7), xlabel="held-out loss, nats per character")
    return figure


def ranks_figure(ranks):
    """Draw how often the letter drawn was the most likely one, the second, and so on."""
    figure, ax = plt.subplots(figsize=(8.0, 3.2))
    ax.bar(range(1, len(ranks) + 1), 100 * ranks, color=CYCLE["blue"])
    ax.set(xlabel="rank of the letter drawn (1 = most likely)", ylabel="% of all letters")
    return figure


def calibration_figure(temperatures, rates, truth):
    """Draw the share of an ending against the temperature, beside that of the data."""
    figure, ax = plt.subplots(figsize=(8.0, 3.6))
    for (label, values), style in zip(rates.items(), ("o-", "s--"), strict=True):
        ax.plot(temperatures, values, style, label=label)
    ax.axhline(truth, color=CYCLE["black"], linestyle=":", label="training names")
    ax.set(xlim=(0, 2.1), ylim=(0, 100), xlabel="temperature T", ylabel="% ending in saurus")
    ax.legend()
    return figure


def next_letter(probabilities, T):
    """Draw the probabilities of the next character, on axes that stay the same."""
    figure, ax = plt.subplots(figsize=(8.0, 3.0))
    ax.bar(["\\n", *"abcdefghijklmnopqrstuvwxyz"], probabilities, color=CYCLE["blue"])
    ax.set(ylim=(0, 1), ylabel="probability", title=f'next character after "stego", T = {T}')
    return figure


def by_position(losses, log_n):
    """Draw the held-out loss by the position in the name, a line for each way of training."""
    figure, ax = plt.subplots(figsize=(8.0, 3.6))
    for (label, values), style in zip(losses.items(), ("o-", "s--"), strict=True):
        ax.plot(range(1, len(values) + 1), values, style, label=label)
    ax.axhline(log_n, color=CYCLE["black"], linestyle=":", label="log 27")
    ax.set(ylim=(0, None), xticks=range(1, 15), xlabel="position in the name")
    ax.set_ylabel("nats per character")
    ax.legend(loc="lower left")
    return figure


def butterfly(steps, apart):
    """Draw the largest difference of a weight between two runs, logarithmically."""
    figure, ax = plt.subplots(figsize=(8.0, 3.4))
    ax.semilogy(steps, apart, "o-")
    ax.set(xlim=(0, steps[-1] + 500), xlabel="steps", ylabel="largest difference of a weight")
    ax.set_yticks(10.0 ** np.arange(-15, 2, 3))
    return figure
