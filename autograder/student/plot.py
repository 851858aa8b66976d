"""Judging a cost curve by what was drawn: data, limits, scale, labels."""

import numpy as np

from .compare import distinct
from .rules import Problem, raised
from .wire import Drawn

MARGIN_BELOW = 0.05   # of the axis: what may show below 0, so that a curve at 0 can be seen
NEAR = 1e-9           # relative to the largest number: x and y are drawn as they are
HIGHEST = 3.0         # the top of the axis over the largest cost: above, the curve lies flat


def problem(rule, reply):
    """Return what is wrong with the axes that came back, or None."""
    if reply.raised:
        return _stopped(raised(reply))
    if not isinstance(reply.value, Drawn):
        return Problem("the axes `ax`", "nothing (None)" if reply.value is None
                       else "something else", "Draw on `ax`, then return it.",
                       slip="not_the_axes")
    try:
        picture = _Picture(reply.value.content)
    except (TypeError, ValueError, KeyError, AttributeError):
        return Problem("axes that can be read", "others")
    return (_axes(picture) or _curve(rule, picture) or _rivals(rule, picture) or _scale(picture)
            or _bottom(picture) or _top(rule, picture) or _texts(picture))


def _stopped(problem):
    if "Axis limits cannot be" in problem.got:
        problem.hint = "Leave infinite costs and NaN out when you look for the largest."
        problem.slip = "infinite_limit"
    return problem


class _Picture:
    """What was drawn, read with care: it comes from where the answer ran."""

    def __init__(self, content):
        self.given = content.get("given", True) is True
        self.curves = [_finite(line["x"], line["y"]) for line in content["lines"]]
        self.bottom, self.top = map(float, content["y_limits"])
        self.scale = str(content["y_scale"])
        self.offset = str(content["offset_text"]).strip()
        self.labels = {"x": str(content["x_label"]).strip(), "y": str(content["y_label"]).strip()}

    def all_curves(self):
        """Return the curves; one may also have been drawn point by point."""
        single = [(a[0], b[0]) for a, b in self.curves if a.size == 1]
        dots = _finite(*zip(*single)) if single else (np.empty(0), np.empty(0))
        return [*self.curves, dots]


def _finite(x, y):
    """Return the points of a line that can be seen, from left to right."""
    x, y = np.asarray(x, float).ravel(), np.asarray(y, float).ravel()
    if x.size != y.size:
        raise ValueError
    seen = np.isfinite(x) & np.isfinite(y)
    order = np.argsort(x[seen], kind="stable")
    return x[seen][order], y[seen][order]


def _axes(picture):
    if not picture.given:
        return Problem("the curve on the axes `ax`", "axes of another figure",
                       "Draw with methods of the `ax` that is handed in.", slip="other_axes")
    if not any(x.size for x, _ in picture.curves):
        return Problem("a curve on the axes `ax`", "empty axes",
                       "Draw with methods of the `ax` that is handed in.", slip="nothing_drawn")
    return None


def _same(expected, got):
    scale = np.max(np.abs(expected), initial=0.0)
    return expected.shape == got.shape and bool(np.all(np.abs(expected - got) <= NEAR * scale))


def _curve(rule, picture):
    """Look for the line that is the cost curve; others, as a mark at log 2, may be there too."""
    x, y = _finite(rule.x, rule.y)
    curves = picture.all_curves()
    if any(_same(x, a) and _same(y, b) for a, b in curves):
        return None
    if any(_same(y, b) for _, b in curves):
        drawn = next(a for a, b in curves if _same(y, b))
        return _wrong_x(rule.x[1] - rule.x[0] if len(rule.x) > 1 else 1, x, drawn)
    if any(_same(np.sort(y), a) for a, _ in curves):
        return Problem("iterations along x and costs along y", "the two exchanged",
                       slip="exchanged")
    if any(_same(x, a) for a, _ in curves):
        drawn = next(b for a, b in curves if _same(x, a))
        worst = int(np.argmax(np.abs(drawn - y)))
        expected, got = distinct(y[worst], drawn[worst])
        return Problem(f"a point at {expected}", f"one at {got}", "Draw the costs as they are.",
                       f"over iteration {x[worst]:g}", "other_costs")
    return Problem(f"one curve with the {y.size} finite costs", _sizes(picture),
                   "Only costs that are infinite or NaN may be left out.", slip="other_points")


def _rivals(rule, picture):
    """Look for a second curve that could be meant: who draws many guesses is right with one.

    The costs may be drawn twice, as a line and as dots, and beside a level line.
    """
    x, y = _finite(rule.x, rule.y)
    rivals = [(a, b) for a, b in picture.all_curves()
              if a.size == x.size > 1 and np.ptp(b) > 0 and not (_same(x, a) and _same(y, b))]
    if not rivals:
        return None
    return Problem("one curve, that of the costs", f"{len(rivals) + 1} different ones with as "
                   "many points each", "The reader cannot tell which of them is meant: draw the "
                   "costs only.", slip="several_curves")


def _sizes(picture):
    sizes = [str(x.size) for x, _ in picture.curves if x.size]
    return f"{' and '.join(sizes)} points that can be seen"


def _wrong_x(every, x, drawn):
    says, slip = "", "wrong_x"
    if x.size > 1 and np.allclose(np.diff(drawn), np.diff(x)):
        says, slip = "The first cost belongs to iteration 0.", "not_from_zero"
    elif np.allclose(drawn, np.arange(x.size)) or np.allclose(drawn * every, x):
        says, slip = ("x counts the entries of `costs`, not the iterations: neighbours are "
                      "`every` iterations apart."), "every_ignored"
    worst = int(np.argmax(np.abs(x - drawn)))
    return Problem(f"cost {worst + 1} at iteration {x[worst]:g}", f"it at x = {drawn[worst]:g}",
                   says, slip=slip)


def _scale(picture):
    if picture.scale == "linear":
        return None
    return Problem("a linear y axis", f"a y axis of scale '{picture.scale}'",
                   "A logarithmic axis has no 0.", slip="not_linear")


def _bottom(picture):
    bottom, top = picture.bottom, picture.top
    if bottom > top:
        return Problem("a y axis that goes up", f"one from {bottom:.4g} down to {top:.4g}",
                       slip="upside_down")
    low, high = distinct(bottom, top)
    if bottom > 0:
        return Problem("a y axis that starts at 0", f"one from {low} to {high}",
                       "Automatic or narrow limits blow a flat curve up until it looks like a "
                       "descent.", slip="not_from_zero_cost")
    if bottom < 0 and bottom <= -MARGIN_BELOW * (top - bottom):
        return Problem("a y axis that starts at 0", f"one from {low} to {high}",
                       "Costs are never negative; a hair of room below 0 is all that helps.",
                       slip="below_zero")
    return None


def _top(rule, picture):
    needed, ends = distinct(rule.top, picture.top)
    if not picture.top >= rule.top * (1 - NEAR):   # nor NaN
        return Problem(f"a y axis that reaches the largest finite cost, {needed}",
                       f"one that ends at {ends}", slip="cut_off")
    if picture.top > HIGHEST * rule.top > 0:
        return Problem(f"a y axis that ends near the largest finite cost, {needed}",
                       f"one that goes up to {ends}", "The curve lies flat at the bottom, and its "
                       "shape cannot be seen.", slip="too_high")
    return None


def _texts(picture):
    if picture.offset:
        return Problem("numbers on the axis as they are", f"the offset '{picture.offset[:30]}' "
                       "beside it", "Few readers see it and add it: switch the offset off.",
                       slip="offset_text")
    missing = [name for name, text in picture.labels.items() if not text]
    if missing:
        axes = "both axes" if len(missing) == 2 else f"the {missing[0]} axis"
        return Problem("a label on each axis", f"none on {axes}",
                       "What is drawn, and in which unit?", slip="no_labels")
    return None
