"""The figures of lesson 2; each function returns a Figure to `show`."""

import matplotlib.pyplot as plt
import numpy as np

from course.experiments.losses import log_shares, mean_loss

from .style import CYCLE


def gap_figure(spreads, gaps, law, tolerance=0.05):
    """Draw the measured excess of the loss beside its law, both axes logarithmic."""
    figure, ax = plt.subplots()
    ax.loglog(spreads, law, "--", label="law: s²/2 (1 − 1/27)")
    ax.loglog(spreads, gaps, "o", label="measured, 20,000 columns each")
    label = f"{tolerance} nats, a usual tolerance"
    ax.axhline(tolerance, color=CYCLE["black"], linestyle=":", label=label)
    ax.set(xlabel="standard deviation s of the logits", ylabel="loss above log 27 (nats)")
    ax.legend()
    return figure


def confidence(spread, n_classes, rng):
    """Draw one example's probabilities and many examples' losses, on axes that stay the same.

    Returns
    -------
    figure : matplotlib.figure.Figure
    mean : float
        Of the losses, in nats.
    """
    log_p = log_shares(rng.normal(scale=spread, size=(n_classes, 20_000)))
    losses = -log_p[0]  # label 0; by symmetry any will do
    figure, (left, right) = plt.subplots(1, 2, figsize=(8.0, 3.6))
    likeliest_first = np.sort(np.exp(log_p[:, 0]))[::-1]
    # One shape each, as a hundred bars take long to draw.
    left.stairs(likeliest_first, np.arange(n_classes + 1) + 0.5, fill=True, color=CYCLE["sky"])
    left.axhline(1 / n_classes, color=CYCLE["black"], linestyle=":")
    left.set(xlabel="classes, the likeliest first", ylabel="probability", ylim=(0, 1),
             title="one example (dotted: 1/n)")  # fmt: skip
    left.xaxis.get_major_locator().set_params(integer=True)
    counts, edges = np.histogram(np.minimum(losses, 19.9), bins=80, range=(0, 20))
    right.stairs(100 * counts / len(losses), edges, fill=True, color=CYCLE["sky"])
    right.axvline(np.log(n_classes), color=CYCLE["black"], linestyle=":", label="log n")
    mean = losses.mean()
    right.axvline(mean, color=CYCLE["vermilion"], label=f"mean {mean:.2f}")
    right.set(xlim=(0, 20), ylim=(0.01, 100), yscale="log", ylabel="% of examples")
    right.set(xlabel="loss (nats; last bar: 19.75 and more)", title="20,000 examples")
    right.minorticks_off()  # a fifth of the time
    right.legend()
    return figure, mean


def frequencies_figure(frequencies, slip):
    """Draw the characters' shares, and what the softmax of the shares themselves makes of them."""
    letters = ["\\n", *"abcdefghijklmnopqrstuvwxyz"]
    figure, ax = plt.subplots()
    ax.bar(letters, frequencies, color=CYCLE["sky"], label="share f = softmax(log f)")
    ax.plot(letters, slip, "D", color=CYCLE["vermilion"], markersize=4, label="softmax(f)")
    ax.axhline(1 / 27, color=CYCLE["black"], linestyle=":", label="uniform, 1/27")
    ax.set(xlabel="character", ylabel="probability")
    ax.legend()
    return figure


def gains(curves, steps, lines):
    """Draw losses against the step from several starts, the first steps at full width.

    Parameters
    ----------
    curves : dict of sequence of float
        By name of the start; nats per character.
    steps : sequence of int
    lines : dict of float
        Levels to compare with.
    """
    figure, ax = plt.subplots(figsize=(8.0, 4.2))
    for (name, values), style in zip(curves.items(), ("-", "--", "-.", (0, (1, 1)))):
        ax.plot(steps, values, ls=style, label=name)
    for (name, level), colour in zip(lines.items(), ("0.3", "0.6"), strict=False):
        ax.axhline(level, color=colour, ls=":", lw=1, label=name)
    ax.set(xlabel="step (names seen)", ylabel="nats per character", ylim=(0, None))
    ax.set_xlim(0, steps[-1])
    ax.legend()
    return figure


def overfit_figure(once, twice, floor):
    """Draw the losses of a small batch with one softmax and with two."""
    figure, ax = plt.subplots()
    ax.plot(once, "-", color=CYCLE["blue"], label="softmax once")
    ax.plot(twice, "--", color=CYCLE["vermilion"], label="softmax twice")
    ax.axhline(np.log(27), color=CYCLE["black"], linestyle=":", label="log 27")
    ax.axhline(floor, color=CYCLE["black"], linestyle="-.", label="log(e + 26) − 1")
    ax.set(xlabel="step", ylabel="loss on 32 examples (nats)", ylim=(0, 3.6))
    ax.legend(loc="center right", bbox_to_anchor=(1.0, 0.4))
    return figure


def constants_figure(targets, best, delta):
    """Draw the mean loss of each constant prediction for three losses, the best one marked."""
    units = {"absolute": "minutes", "huber": "minutes²", "squared": "minutes²"}
    constants = np.linspace(0, 60, 121)
    figure, axes = plt.subplots(1, 3, figsize=(8.0, 3.0))
    for ax, (name, (bias, expected)) in zip(axes, best.items(), strict=True):
        ax.plot(constants, mean_loss(targets, name, delta, constants), color=CYCLE["blue"])
        ax.plot(bias, expected, "o", color=CYCLE["vermilion"])
        ax.annotate(f"{bias:.1f} min", (bias, expected), (0, -16), textcoords="offset points",
                    ha="center")  # fmt: skip
        ax.set(ylim=(0, None), title=name, xlabel="constant (minutes)")
        ax.set_ylabel(f"mean loss ({units[name]})")
    return figure
