"""The reference on a figure of its own; curves drawn in many ways, right and wrong."""

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure

from autograder.checks.calls import Call, Reply
from autograder.checks.wire import AxesSnapshot
from tests.course.judged import judged

from .cost_curve import CostCurve
from .plot_cost import exercise, plot_cost

pytestmark = pytest.mark.long  # each draws several figures


@pytest.fixture
def ax():
    figure = Figure()
    FigureCanvasAgg(figure)
    return figure.add_subplot()


def test_reference_starts_at_0_and_writes_numbers_out(ax):
    costs = [np.inf, 3e7, np.nan, 4e7, 0.1]
    assert plot_cost(costs, ax, 10) is ax
    ax.figure.canvas.draw()
    x, y = np.array(ax.lines[0].get_data(), float)
    assert x[np.isfinite(y)].tolist() == [10, 30, 40]
    assert y[np.isfinite(y)].tolist() == [3e7, 4e7, 0.1]
    low, high = ax.get_ylim()
    assert low == 0 and 4e7 <= high <= 5e7
    assert not ax.yaxis.get_offset_text().get_text()
    assert ax.get_xlabel() == "iteration" and "nats" in ax.get_ylabel()


def test_reference_has_an_axis_from_0_without_any_finite_cost(ax):
    plot_cost([np.nan, np.inf], ax)
    assert ax.get_ylim() == (0, 1)


def drawn_by(draw):
    """Return an answer to plot_cost that is right but for how the costs are drawn."""

    def plot_cost(costs, ax, every=1):
        costs = np.asarray(costs, float)
        draw(ax, every * np.arange(len(costs)), costs)
        ax.set_ylim(0, 1.1 * np.max(costs[np.isfinite(costs)], initial=0.0) or 1)
        if ax.get_xscale() == "linear":  # others have no such format
            ax.ticklabel_format(useOffset=False, style="plain")
        ax.set(xlabel="iteration", ylabel="cost in nats")
        return ax

    return plot_cost


def pieces(ax, x, y):
    """Draw each run of finite costs as a line of its own."""
    runs = np.ma.clump_unmasked(np.ma.masked_invalid(y))
    return [ax.plot(x[run], y[run], "o-") for run in runs]


def split(ax, x, y):
    """Draw two halves that share a point."""
    middle = len(x) // 2
    return ax.plot(x[: middle + 1], y[: middle + 1]), ax.plot(x[middle:], y[middle:])


@pytest.mark.parametrize(
    "draw",
    [
        lambda ax, x, y: ax.plot(x, y),
        lambda ax, x, y: ax.scatter(x, y),
        pieces,
        split,
        lambda ax, x, y: (pieces(ax, x, y), ax.axhline(np.log(2))),
        lambda ax, x, y: (ax.plot(x, y), ax.set_xlim(0, x[-1])),
        lambda ax, x, y: ax.step(x, y),
        lambda ax, x, y: ax.plot(x[::-1], y[::-1]),
        lambda ax, x, y: ax.plot(x, np.ma.masked_invalid(y)),
        lambda ax, x, y: [ax.plot(a, b, "o") for a, b in zip(x, y)],
        lambda ax, x, y: (ax.axhline(np.log(2)), ax.plot(x[np.isfinite(y)], y[np.isfinite(y)])),
        lambda ax, x, y: (ax.plot(x, y), ax.scatter(x, y), [ax.plot(*p, "o") for p in zip(x, y)]),
        lambda ax, x, y: (ax.plot(x, y), ax.plot(x, np.full(len(x), np.log(2)), "--")),
        lambda ax, x, y: (
            ax.plot(x, y),
            ax.plot(x[2:-2], np.convolve(y, np.ones(3) / 3, "same")[2:-2]),
        ),
        lambda ax, x, y: ax.stem(x, y),
        lambda ax, x, y: (ax.add_collection(LineCollection([np.c_[x, y]])), ax.autoscale()),
    ],
    ids=[
        "plot",
        "scatter",
        "pieces",
        "halves",
        "pieces and a mark",
        "narrow",
        "step",
        "reversed",
        "masked",
        "points",
        "with a mark",
        "twice",
        "with a level line",
        "with a smoothed curve",
        "stem",
        "collection",
    ],
)
def test_a_curve_may_be_drawn_in_any_way(draw):
    assert judged(exercise, drawn_by(draw)).message == ""


@pytest.mark.parametrize(
    "draw, mistake",
    [
        (lambda ax, x, y: None, "nothing_drawn"),
        (lambda ax, x, y: ax.plot(x, y + 0.1), "other_costs"),
        (lambda ax, x, y: ax.plot(x[1:], y[1:]), "other_points"),
        (lambda ax, x, y: ax.plot(y), "every_ignored"),
        (lambda ax, x, y: ax.plot(x + 1, y), "not_from_zero"),
        (lambda ax, x, y: split(ax, x[1:], y[1:]), "other_points"),
        (lambda ax, x, y: ax.bar(x, np.nan_to_num(y, posinf=0)), "no_curve"),
        (lambda ax, x, y: (ax.plot(x, y), ax.set_xlim(0, len(x))), "hidden_part"),
        (lambda ax, x, y: (ax.plot(x, y), ax.set_xlim(x[1], x[-1])), "hidden_part"),
        (lambda ax, x, y: ax.semilogx(x, y), "x_not_linear"),
        (lambda ax, x, y: (ax.loglog(x, y), ax.set_yscale("linear")), "x_not_linear"),
    ],
    ids=[
        "nothing",
        "shifted",
        "one missing",
        "no every",
        "from one",
        "one missing in halves",
        "bars",
        "x limits",
        "x from the second",
        "semilogx",
        "loglog",
    ],
)
def test_a_curve_that_is_not_the_costs_is_named(draw, mistake):
    assert judged(exercise, drawn_by(draw)).mistake == mistake


@pytest.mark.parametrize(
    "draw",
    [
        lambda ax, x, y: [ax.plot(each, y) for each in (x, x + 1, np.arange(len(y)))],
        lambda ax, x, y: [ax.plot(x, each) for each in (y / 2, y)],
        lambda ax, x, y: (ax.plot(x, y), [ax.plot(a, b / 2, "o") for a, b in zip(x, y)]),
        lambda ax, x, y: [split(ax, each, y) for each in (x, x + 1)],
        lambda ax, x, y: (split(ax, x, y), ax.plot(x[2], y[2] / 2, "o")),
    ],
    ids=["several x", "several y", "dots", "halves", "halves and a dot"],
)
def test_one_of_several_curves_is_no_answer(draw):
    assert judged(exercise, drawn_by(draw)).mistake == "several_curves"


@pytest.mark.parametrize(
    "over, mistake", [(0.9, "cut_off"), (1.0, ""), (2.9, ""), (3.1, "too_high"), (1e9, "too_high")]
)
def test_the_curve_fills_the_axis(over, mistake):
    def answer(costs, ax, every=1):
        drawn_by(lambda ax, x, y: ax.plot(x, y))(costs, ax, every)
        ax.set_ylim(0, over * np.max(np.asarray(costs)[np.isfinite(costs)], initial=0.0) or 1)
        return ax

    assert judged(exercise, answer).mistake == mistake


def test_a_factor_at_the_end_of_the_axis_is_seen():
    def answer(costs, ax, every=1):
        drawn_by(lambda ax, x, y: ax.plot(x, y))(costs, ax, every)
        ax.ticklabel_format(useOffset=True, style="sci")
        return ax

    finding = judged(exercise, answer)
    assert finding.mistake == "offset_text" and "1e7" in finding.message


def test_costs_may_come_in_a_list():
    def answer(costs, ax, every=1):
        highest = np.max(costs[np.isfinite(costs)])
        drawn_by(lambda ax, x, y: ax.plot(x, y))(costs, ax, every)
        ax.set_ylim(0, highest)
        return ax

    finding = judged(exercise, answer)
    assert finding.mistake == "list_of_costs" and "may also be a list" in finding.message


CONTENT = {
    "lines": [{"x": np.arange(3.0), "y": np.ones(3)}],
    "x_limits": (0, 2),
    "y_limits": (0, 1),
    "x_scale": "linear",
    "y_scale": "linear",
    "shapes": 0,
    "offset_text": "",
    "x_label": "x",
    "y_label": "y in nats",
    "x_ticks": {"at": np.arange(3), "read": np.arange(3)},
    "y_ticks": {"at": np.arange(2), "read": np.arange(2)},
}
RULE = CostCurve(np.arange(3), np.ones(3), 1.0)


def mismatch(content):
    return RULE.mismatch(Call(()), [Reply(AxesSnapshot(content))])


def test_a_level_that_is_not_a_number_is_no_top():
    assert mismatch(CONTENT) is None
    found = mismatch({**CONTENT, "y_limits": (0, np.nan)})
    assert found.mistake == "cut_off"


@pytest.mark.parametrize(
    "wrong", [{"x_limits": (0, 1, 2)}, {"x_limits": "ab"}, {"shapes": np.ones(2)}, {"lines": 1}]
)
def test_axes_of_another_kind_are_a_failure_not_a_fault(wrong):
    assert mismatch({**CONTENT, **wrong}).got == "axes that cannot be read"


def test_an_error_while_the_picture_is_made_is_the_answers_own():
    def answer(costs, ax, every=1):
        ax.yaxis.set_major_formatter(lambda value, place: 1 / 0)
        return ax

    finding = judged(exercise, answer)
    assert finding.state == "failed" and "ZeroDivisionError" in finding.message
