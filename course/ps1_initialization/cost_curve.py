"""A rule for `plot_cost`: a cost curve judged by what was drawn: data, limits, scale, labels.

Students receive this module with the checks.
"""

import re
from dataclasses import dataclass
from typing import Any

import numpy as np

from autograder.checks.calls import Call, Reply
from autograder.checks.compare import distinct
from autograder.checks.rules import Mismatch, changed, raised, register
from autograder.checks.wire import AxesSnapshot

MARGIN_BELOW = 0.05  # of the axis: what may show below 0, so that a curve at 0 can be seen
NEAR = 1e-9  # relative to the largest number: x and y are drawn as they are
FEWEST_TICKS = 2  # numbers on an axis: a scale cannot be read from one
TICK_ROOM = 0.05  # of the axis: what the rounding of a tick's number may change
HIGHEST = 3.0  # the top of the axis over the largest cost: above, the curve lies flat

Points = tuple[np.ndarray, np.ndarray]  # x and y


@register
@dataclass
class CostCurve:
    """The costs `y` over the iterations `x`, on a y axis from 0 to the largest cost, `top`.

    `top` is 0 if no cost is finite: then any axis from 0 will do. `unit` is that of the costs.
    """

    x: np.ndarray
    y: np.ndarray
    top: float
    unit: str = "nat"

    def calls(self, call: Call) -> list[Call]:
        return [call]

    def mismatch(self, call: Call, replies: list[Reply]) -> Mismatch | None:
        [reply] = replies
        if stopped := raised(reply):
            return stopped if reply.trouble else _explained(stopped)
        return _mismatch(self, reply) or changed(call, reply)


def _mismatch(rule: CostCurve, reply: Reply) -> Mismatch | None:
    """Return what is wrong with the axes that came back, or None."""
    if not isinstance(reply.value, AxesSnapshot):
        return Mismatch(
            "the axes `ax`",
            "nothing (None)" if reply.value is None else "something else",
            "Draw on `ax`, then return it.",
            mistake="not_the_axes",
        )
    try:
        picture = _Picture(reply.value.content)
    except (TypeError, ValueError, KeyError, AttributeError):
        return Mismatch("axes that can be read", "axes that cannot be read")
    finite = np.any(np.isfinite(rule.y))
    return (
        _axes(picture, bool(finite))
        or (_curve(rule, picture) or _rivals(rule, picture) if finite else None)
        or _scales(picture)
        or _sides(rule, picture)
        or _bottom(picture)
        or _top(rule, picture)
        or _texts(picture, rule.unit)
        or (_numbers(picture) if finite else None)  # else there is nothing to read
    )


# What errors say when a list is treated as an array.
ARRAY_NEEDED = (
    "only integer scalar arrays can be converted to a scalar index",
    "'list' object",
    "list indices must be",
    "of type 'list'",
    "of 'list' and",
    "'list' and '",
)


def _explained(mismatch: Mismatch) -> Mismatch:
    """Say what an error means in this exercise, if that is known."""
    if any(words in mismatch.got for words in ARRAY_NEEDED):
        mismatch.hint = (
            "`costs` may also be a list, which does not support everything that an array does."
        )
        mismatch.mistake = "list_of_costs"
    if "Axis limits cannot be" in mismatch.got:
        mismatch.hint = "Leave infinite costs and NaN out when you look for the largest."
        mismatch.mistake = "infinite_limit"
    return mismatch


class _Picture:
    """What was drawn, validated: it comes from where the answer ran."""

    def __init__(self, content: dict[str, Any]) -> None:
        self.on_given_axes = content.get("given", True) is True
        self.curves = [_finite(line["x"], line["y"]) for line in content["lines"]]
        self.left, self.right = sorted(map(float, content["x_limits"]))
        self.bottom, self.top = map(float, content["y_limits"])
        self.scales = {"x": str(content["x_scale"]), "y": str(content["y_scale"])}
        self.shapes = bool(content["shapes"])
        self.offset = str(content["offset_text"]).strip()
        self.labels = {"x": str(content["x_label"]).strip(), "y": str(content["y_label"]).strip()}
        self.ticks = {name: _read(content[f"{name}_ticks"]) for name in ("x", "y")}

    def all_curves(self) -> list[Points]:
        """Return the curves; one may also have been drawn point by point."""
        single = [(a[0], b[0]) for a, b in self.curves if a.size == 1]
        dots = _finite(*zip(*single)) if single else (np.empty(0), np.empty(0))
        return [*self.curves, dots]


def _read(ticks: Any) -> Points:
    """Return where ticks are and which numbers they bear."""
    at, read = (np.asarray(ticks[key], float).ravel() for key in ("at", "read"))
    if at.size != read.size:
        raise ValueError
    return at, read


def _finite(x: Any, y: Any) -> Points:
    """Return the points of a line that can be seen, from left to right."""
    x, y = np.asarray(x, float).ravel(), np.asarray(y, float).ravel()
    if x.size != y.size:
        raise ValueError
    seen = np.isfinite(x) & np.isfinite(y)
    order = np.argsort(x[seen], kind="stable")
    return x[seen][order], y[seen][order]


def _axes(picture: _Picture, finite: bool) -> Mismatch | None:
    if not picture.on_given_axes:
        return Mismatch(
            "the curve on the axes `ax`",
            "axes of another figure",
            "Draw with methods of the `ax` that was passed in.",
            mistake="other_axes",
        )
    drawn = any(x.size for x, _ in picture.curves) or not finite
    if not drawn and picture.shapes:
        return Mismatch(
            "a curve on the axes `ax`",
            "bars or areas only",
            "Draw the costs as a line or as dots, each at its iteration.",
            mistake="no_curve",
        )
    if not drawn:
        return Mismatch(
            "a curve on the axes `ax`",
            "axes on which none can be seen",
            "Draw with methods of the `ax` that was passed in, in a color that is not the paper's.",
            mistake="nothing_drawn",
        )
    return None


def _same(expected: np.ndarray, got: np.ndarray) -> bool:
    scale = np.max(np.abs(expected), initial=0.0)
    return expected.shape == got.shape and bool(np.all(np.abs(expected - got) <= NEAR * scale))


def _curve(rule: CostCurve, picture: _Picture) -> Mismatch | None:
    """Look for the line that is the cost curve; others, as a mark at log 2, may be there too."""
    x, y = _finite(rule.x, rule.y)
    curves = picture.all_curves()
    if _whole(rule, picture):
        return None
    pieces, others = _pieces(x, y, picture.curves)
    if pieces:  # beside a whole curve there may be others, see _rivals; parts of several would mix
        return (
            Mismatch(
                "one curve, that of the costs",
                "parts of it among other points",
                "The reader cannot tell which of them are meant: draw the costs only.",
                mistake="several_curves",
            )
            if others
            else None
        )
    if any(_same(y, b) for _, b in curves):
        drawn = next(a for a, b in curves if _same(y, b))
        return _wrong_x(rule.x[1] - rule.x[0] if len(rule.x) > 1 else 1, x, drawn)
    if any(_same(np.sort(y), a) for a, _ in curves):
        return Mismatch(
            "iterations along x and costs along y", "the two swapped", mistake="exchanged"
        )
    if any(_same(x, a) for a, _ in curves):
        drawn = next(b for a, b in curves if _same(x, a))
        worst = int(np.argmax(np.abs(drawn - y)))
        expected, got = distinct(y[worst], drawn[worst])
        return Mismatch(
            f"a point at {expected}",
            f"one at {got}",
            "Draw the costs as they are.",
            f"over iteration {x[worst]:g}",
            "other_costs",
        )
    return Mismatch(
        f"one curve with the {y.size} finite costs",
        _sizes(picture),
        "Only costs that are infinite or NaN may be left out.",
        mistake="other_points",
    )


def _whole(rule: CostCurve, picture: _Picture) -> bool:
    """Tell whether one line, or all single dots together, are the cost curve."""
    x, y = _finite(rule.x, rule.y)
    return any(_same(x, a) and _same(y, b) for a, b in picture.all_curves())


def _pieces(x: np.ndarray, y: np.ndarray, curves: list[Points]) -> tuple[bool, bool]:
    """Tell whether lines that hold points of the curve only hold all of them together.

    The second result tells whether there are other points besides; a level line has none.
    """
    seen, others = np.zeros(x.size, bool), False
    x_room, y_room = NEAR * np.max(np.abs(x)), NEAR * np.max(np.abs(y))
    for a, b in curves:
        at = np.minimum(np.searchsorted(x, a - x_room), x.size - 1)
        if np.all((np.abs(a - x[at]) <= x_room) & (np.abs(b - y[at]) <= y_room)):
            seen[at] = True
        elif a.size == 1 or np.ptp(b) > 0:
            others = True
    return bool(seen.all()), others


def _rivals(rule: CostCurve, picture: _Picture) -> Mismatch | None:
    """Look for a second curve that could be meant: with many guesses, one is right.

    The costs may be drawn twice, as a line and as dots, and beside a level line.
    """
    x, y = _finite(rule.x, rule.y)
    rivals = [
        (a, b)
        for a, b in picture.all_curves()
        if a.size == x.size > 1 and np.ptp(b) > 0 and not (_same(x, a) and _same(y, b))
    ]
    if not rivals:
        return None
    return Mismatch(
        "one curve, that of the costs",
        f"{len(rivals) + 1} different ones with as many points each",
        "The reader cannot tell which of them is meant: draw the costs only.",
        mistake="several_curves",
    )


def _sizes(picture: _Picture) -> str:
    sizes = [str(x.size) for x, _ in picture.curves if x.size]
    return f"{' and '.join(sizes)} points that can be seen"


def _wrong_x(every: float, x: np.ndarray, drawn: np.ndarray) -> Mismatch:
    message, mistake = "", "wrong_x"
    if x.size > 1 and np.allclose(np.diff(drawn), np.diff(x)):
        message, mistake = "The first cost belongs to iteration 0.", "not_from_zero"
    elif np.allclose(drawn, np.arange(x.size)) or np.allclose(drawn * every, x):
        message, mistake = (
            (
                "x counts the entries of `costs`, not the iterations: neighbours are "
                "`every` iterations apart."
            ),
            "every_ignored",
        )
    worst = int(np.argmax(np.abs(x - drawn)))
    return Mismatch(
        f"cost {worst + 1} at iteration {x[worst]:g}",
        f"it at x = {drawn[worst]:g}",
        message,
        mistake=mistake,
    )


def _scales(picture: _Picture) -> Mismatch | None:
    for name, mistake, lost in (
        ("x", "x_not_linear", "the cost at iteration 0 is lost"),
        ("y", "not_linear", "a curve on it cannot start there"),
    ):
        scale = picture.scales[name]
        if scale != "linear":
            return Mismatch(
                f"a linear {name} axis",
                f"a '{scale[:30]}' scale",
                f"A logarithmic axis has no 0: {lost}." if "log" in scale else "",
                mistake=mistake,
            )
    return None


def _sides(rule: CostCurve, picture: _Picture) -> Mismatch | None:
    """Check that every finite cost lies between the ends of the x axis."""
    x, _ = _finite(rule.x, rule.y)
    left, right = picture.left, picture.right
    room = NEAR * np.max(np.abs(x), initial=0.0)
    hidden = int(np.sum(~((x >= left - room) & (x <= right + room))))  # nor NaN
    if not hidden:
        return None
    return Mismatch(
        f"an x axis that shows all {x.size} finite costs, from {x[0]:g} to {x[-1]:g}",
        f"one from {left:g} to {right:g}, which hides {hidden} of them",
        "The limits of x are iterations, `every` of them from one cost to the next.",
        mistake="hidden_part",
    )


def _bottom(picture: _Picture) -> Mismatch | None:
    bottom, top = picture.bottom, picture.top
    if bottom > top:
        return Mismatch(
            "a y axis that goes up",
            f"one from {bottom:.4g} down to {top:.4g}",
            mistake="upside_down",
        )
    low, high = distinct(bottom, top)
    if bottom > 0:
        return Mismatch(
            "a y axis that starts at 0",
            f"one from {low} to {high}",
            "Automatic or narrow limits stretch a flat curve until it looks like a descent.",
            mistake="not_from_zero_cost",
        )
    if bottom < 0 and bottom <= -MARGIN_BELOW * (top - bottom):
        return Mismatch(
            "a y axis that starts at 0",
            f"one from {low} to {high}",
            "Costs are never negative: leave a small margin below 0 at most.",
            mistake="below_zero",
        )
    return None


def _top(rule: CostCurve, picture: _Picture) -> Mismatch | None:
    needed, ends = distinct(rule.top, picture.top)
    if not picture.top >= rule.top * (1 - NEAR):  # nor NaN
        return Mismatch(
            f"a y axis that reaches the largest finite cost, {needed}",
            f"one that ends at {ends}",
            mistake="cut_off",
        )
    if picture.top > HIGHEST * rule.top > 0:
        return Mismatch(
            f"a y axis that ends near the largest finite cost, {needed}",
            f"one that goes up to {ends}",
            "The curve lies flat at the bottom, and its shape cannot be seen.",
            mistake="too_high",
        )
    return None


def _texts(picture: _Picture, unit: str) -> Mismatch | None:
    if picture.offset:
        return Mismatch(
            "plain numbers on both axes",
            f"'{picture.offset[:30]}' at the end of one",
            "Few readers notice it and allow for it: switch the offset and the factor off, on both "
            "axes.",
            mistake="offset_text",
        )
    missing = [name for name, text in picture.labels.items() if not text]
    if missing:
        got = "none on both axes" if len(missing) == 2 else f"none on the {missing[0]} axis"
        return Mismatch(
            "a label on each axis",
            got,
            "What is drawn, and in which unit?",
            mistake="no_labels",
        )
    if not re.search(rf"\b{unit}s?\b", picture.labels["y"], re.IGNORECASE):
        return Mismatch(
            f"the unit of the cost, {unit}s, in the label of the y axis",
            "a label without it",
            mistake="no_unit",
        )
    return None


def _numbers(picture: _Picture) -> Mismatch | None:
    """Look at the numbers on the axes: they must be there, and be those of their places."""
    for name, (at, read) in picture.ticks.items():
        if at.size < FEWEST_TICKS:
            return Mismatch(
                f"numbers at the ticks of the {name} axis",
                "none" if not at.size else "a single one",
                "Without them nobody can read the curve.",
                mistake="no_numbers",
            )
        wrong = np.abs(read - at) > TICK_ROOM * max(np.ptp(at), np.max(np.abs(at)))
        if wrong.any():  # not where the label is no number
            i = int(np.argmax(wrong))
            return Mismatch(
                f"the number {at[i]:.4g} at the tick of the {name} axis that lies there",
                f"{read[i]:.4g}",
                "The numbers at the ticks are the costs and the iterations themselves.",
                mistake="other_numbers",
            )
    return None
