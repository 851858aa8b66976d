"""An honest cost curve."""

import math

import numpy as np

from autograder.checks.wire import FreshAxes
from autograder.model import Exercise, case

from .cost_curve import CostCurve

exercise = Exercise(points=3)


def draw(costs, ax, every):
    ax.plot(every * np.arange(len(costs)), costs)


def start_at_0(costs, ax):
    finite = [cost for cost in costs if np.isfinite(cost)]
    largest = max(finite, default=0.0)
    ax.set_ylim(0, 1.05 * largest if largest > 0 else 1)


def write_numbers_out(ax):
    ax.ticklabel_format(style="plain", useOffset=False)


def label(ax):
    ax.set_xlabel("iteration")
    ax.set_ylabel("cost (nats)")


@exercise.reference
def plot_cost(costs, ax, every=1):
    """Draw a cost curve whose height can be believed: from 0, and without an offset.

    Parameters
    ----------
    costs : (n,) array_like
        In nats; entries that are infinite or NaN are left as gaps.
    ax : matplotlib.axes.Axes
    every : int, optional
        Iterations between two entries of `costs`.

    Returns
    -------
    matplotlib.axes.Axes
    """
    costs = np.asarray(costs, dtype=float)
    draw(np.where(np.isfinite(costs), costs, np.nan), ax, every)
    start_at_0(costs, ax)
    write_numbers_out(ax)
    label(ax)
    return ax


@exercise.cases
def cases(rng):
    flat = 0.6931474 - np.linspace(0, rng.uniform(3e-8, 6e-8), 15)
    yield case(flat, FreshAxes(), 1000, label="a flat curve, a cost every 1000 iterations")
    falling = rng.uniform(0.02, 0.05) * (np.exp(-np.arange(20) / 5) + rng.uniform(0.1, 0.12, 20))
    falling[-1] = 0.0  # no gap: only what is not finite is one
    yield case(falling, FreshAxes(), label="a falling curve of small costs, one every iteration")
    gaps = rng.uniform(900, 1800) / np.arange(1.0, 13)
    gaps[0], gaps[6] = np.inf, np.nan
    yield case(gaps, FreshAxes(), 100, label="costs among which are inf and NaN")
    rising = 0.7 + rng.uniform(0.1, 0.3) * np.arange(10) ** 1.5
    yield case(rising.tolist(), FreshAxes(), every=10, label="a rising curve, the costs in a list")
    # Matplotlib writes 1e7 beside these costs, and 1e6 beside these iterations.
    large = rng.uniform(3e7, 4e7) / np.arange(1.0, 9)
    yield case(large, FreshAxes(), 10**6, label="costs of tens of millions, as many iterations")
    none = rng.permutation([np.inf, np.nan, np.inf])
    yield case(none, FreshAxes(), 10, label="costs of which none is finite", only="hidden")


@exercise.expected
def expected(exercise, case_input):
    costs, _, *every = case_input.args
    costs = np.asarray(costs, float)
    every = every[0] if every else case_input.kwargs.get("every", 1)
    finite = costs[np.isfinite(costs)]
    return CostCurve(every * np.arange(len(costs)), costs, float(np.max(finite, initial=0.0)))


# A flat curve looks like a descent.
@exercise.refused("Automatic or narrow limits stretch a flat curve")
def automatic_limits(costs, ax, every=1):
    draw(costs, ax, every)
    write_numbers_out(ax)
    label(ax)
    return ax


@exercise.refused("Automatic or narrow limits stretch a flat curve")
def automatic_axis(costs, ax, every=1):
    draw(costs, ax, every)
    label(ax)
    return ax


@exercise.refused("Automatic or narrow limits stretch a flat curve")
def offset_text(costs, ax, every=1):
    costs = np.asarray(costs, dtype=float)
    draw(costs, ax, every)
    finite = costs[np.isfinite(costs)]
    ax.set_ylim(np.min(finite) - 1e-10, np.max(finite) + 1e-10)
    label(ax)
    return ax


@exercise.refused("expected a label on each axis, got none on both axes")
def no_labels(costs, ax, every=1):
    draw(costs, ax, every)
    start_at_0(costs, ax)
    write_numbers_out(ax)
    return ax


@exercise.refused("none on the y axis")
def no_y_label(costs, ax, every=1):
    draw(costs, ax, every)
    start_at_0(costs, ax)
    write_numbers_out(ax)
    ax.set_xlabel("iteration")
    return ax


@exercise.refused("none on the x axis")
def no_x_label(costs, ax, every=1):
    draw(costs, ax, every)
    start_at_0(costs, ax)
    write_numbers_out(ax)
    ax.set_ylabel("cost (nats)")
    return ax


@exercise.refused("the unit of the cost, nats")
def no_unit(costs, ax, every=1):
    draw(costs, ax, every)
    start_at_0(costs, ax)
    write_numbers_out(ax)
    ax.set(xlabel="iteration", ylabel="cost")
    return ax


@exercise.refused("numbers at the ticks of the y axis")
def no_ticks(costs, ax, every=1):
    draw(costs, ax, every)
    start_at_0(costs, ax)
    write_numbers_out(ax)
    ax.set_yticks([])
    label(ax)
    return ax


# The ticks of small costs bear their thousandths.
@exercise.refused("The numbers at the ticks are the costs and the iterations themselves")
def rescaled_ticks(costs, ax, every=1):
    draw(costs, ax, every)
    start_at_0(costs, ax)
    write_numbers_out(ax)
    ax.yaxis.set_major_formatter(lambda cost, position: f"{1000 * cost:g}")
    label(ax)
    return ax


@exercise.refused("axes on which none can be seen")
def invisible(costs, ax, every=1):
    ax.plot(every * np.arange(len(costs)), costs, linestyle="none")
    start_at_0(costs, ax)
    write_numbers_out(ax)
    label(ax)
    return ax


@exercise.refused("x counts the entries of `costs`, not the iterations")
def ignores_every(costs, ax, every=1):
    ax.plot(costs)
    start_at_0(costs, ax)
    write_numbers_out(ax)
    label(ax)
    return ax


@exercise.refused("The first cost belongs to iteration 0")
def starts_at_one(costs, ax, every=1):
    ax.plot(every * np.arange(1, len(costs) + 1), costs)
    start_at_0(costs, ax)
    write_numbers_out(ax)
    label(ax)
    return ax


@exercise.refused("Draw on `ax`, then return it")
def returns_nothing(costs, ax, every=1):
    draw(costs, ax, every)
    start_at_0(costs, ax)
    write_numbers_out(ax)
    label(ax)


@exercise.refused("Draw on `ax`, then return it")
def returns_line(costs, ax, every=1):
    lines = ax.plot(every * np.arange(len(costs)), costs)
    start_at_0(costs, ax)
    write_numbers_out(ax)
    label(ax)
    return lines


@exercise.refused("Leave infinite costs and NaN out")
def infinite_limit(costs, ax, every=1):
    draw(costs, ax, every)
    ax.set_ylim(0, 1.05 * np.max(costs))
    write_numbers_out(ax)
    label(ax)
    return ax


# Cut off at the last cost, below the largest.
@exercise.refused("expected a y axis that reaches the largest finite cost")
def top_too_low(costs, ax, every=1):
    draw(costs, ax, every)
    ax.set_ylim(0, [cost for cost in costs if np.isfinite(cost)][-1])
    write_numbers_out(ax)
    label(ax)
    return ax


@exercise.refused("expected a y axis that")  # reaches a large cost, or ends near a small one
def fixed_limit(costs, ax, every=1):
    draw(costs, ax, every)
    ax.set_ylim(0, 1)
    write_numbers_out(ax)
    label(ax)
    return ax


@exercise.refused("A logarithmic axis has no 0: a curve on it cannot start there")
def logarithmic(costs, ax, every=1):
    draw(costs, ax, every)
    ax.set_yscale("log")
    label(ax)
    return ax


@exercise.refused("A logarithmic axis has no 0: the cost at iteration 0 is lost")
def logarithmic_x(costs, ax, every=1):
    draw(costs, ax, every)
    start_at_0(costs, ax)
    write_numbers_out(ax)
    ax.set_xscale("log")
    label(ax)
    return ax


@exercise.refused("got axes of another figure")
def other_figure(costs, ax, every=1):
    import matplotlib.pyplot as plt

    _, ax = plt.subplots()
    draw(costs, ax, every)
    start_at_0(costs, ax)
    write_numbers_out(ax)
    label(ax)
    return ax


@exercise.refused("expected iterations along x and costs along y")
def swapped(costs, ax, every=1):
    ax.plot(costs, every * np.arange(len(costs)))
    start_at_0(costs, ax)
    write_numbers_out(ax)
    label(ax)
    return ax


@exercise.refused("expected a y axis that goes up")
def axis_upside_down(costs, ax, every=1):
    draw(costs, ax, every)
    start_at_0(costs, ax)
    ax.invert_yaxis()
    write_numbers_out(ax)
    label(ax)
    return ax


# Draws a running mean, not the costs.
@exercise.refused("Draw the costs as they are")
def smoothed(costs, ax, every=1):
    draw(np.cumsum(costs) / np.arange(1, len(costs) + 1), ax, every)
    start_at_0(costs, ax)
    write_numbers_out(ax)
    label(ax)
    return ax


# x limits that count the entries, not the iterations.
@exercise.refused("which hides")
def hides_a_part(costs, ax, every=1):
    draw(costs, ax, every)
    ax.set_xlim(0, len(costs))
    start_at_0(costs, ax)
    write_numbers_out(ax)
    label(ax)
    return ax


# Large costs get a factor at the end of the axis.
@exercise.refused("expected plain numbers on")
def factor_on_the_axis(costs, ax, every=1):
    draw(costs, ax, every)
    start_at_0(costs, ax)
    label(ax)
    return ax


# A list of costs is indexed like an array.
@exercise.refused("`costs` may also be a list")
def arrays_only(costs, ax, every=1):
    draw(costs, ax, every)
    ax.set_ylim(0, 1.05 * np.max(costs[np.isfinite(costs)]))
    write_numbers_out(ax)
    label(ax)
    return ax


@exercise.right
def vectorised(costs, ax, every=1):
    costs = np.asarray(costs, dtype=float)
    ax.plot(np.arange(len(costs)) * every, costs, marker=".")
    ax.set(xlabel="iterations", ylabel="cost (nats)")
    ax.set_ylim(bottom=0, top=np.max(costs[np.isfinite(costs)], initial=0) * 1.05 or 1)
    for axis in (ax.get_xaxis(), ax.get_yaxis()):
        axis.get_major_formatter().set_useOffset(False)
        axis.get_major_formatter().set_scientific(False)
    return ax


@exercise.right
def loops(costs, ax, every=1):
    x, y, largest = [], [], 0.0
    for i, cost in enumerate(costs):
        x.append(i * every)
        y.append(cost)
        if math.isfinite(cost) and cost > largest:
            largest = cost
    ax.plot(x, y)
    ax.ticklabel_format(axis="both", style="plain", useOffset=False)
    ax.set_ylim(0, 1.1 * largest if largest > 0 else 1)
    ax.set_xlabel("iteration")
    ax.set_ylabel("cost, in nats per example")
    return ax


PLAIN = {"style": "plain", "useOffset": False}


@exercise.right
def own_style(costs, ax, every=1):
    finite = [cost for cost in costs if np.isfinite(cost)]
    top = max(finite) if finite else 1.0
    iterations = range(0, every * len(costs), every)
    (line,) = ax.plot(iterations, costs)
    line.set_linewidth(2)
    ax.ticklabel_format(**PLAIN)
    ax.set_ylim([0, top if top > 0 else 1])
    ax.set_xlabel(f"iteration (every {every})")
    ax.set_ylabel("cost [nats]")
    ax.grid(True)
    return ax


# Points that are not finite are left out, log 2 is drawn for comparison.
@exercise.right
def unusual(costs, ax, every=1):
    from matplotlib.ticker import FuncFormatter

    x = every * np.arange(len(costs))
    y = np.array(costs, dtype=float)
    finite = np.isfinite(y)
    ax.plot(x[finite], y[finite], "k-", label="cost")
    ax.axhline(np.log(2), linestyle=":", label="log 2")
    for axis in (ax.xaxis, ax.yaxis):
        axis.set_major_formatter(FuncFormatter(lambda value, position: f"{value:.3g}"))
    ax.set_ylim(0, 1.2 * y[finite].max() if finite.any() else 1)
    ax.set_xlabel("Iteration")
    ax.set_ylabel("Cross-entropy in nats")
    ax.set_title("Cost during training")
    ax.legend()
    return ax
