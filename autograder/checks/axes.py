"""What can be seen on Matplotlib axes, as plain data.

Matplotlib is imported by whoever drew; nothing here needs it before.
"""

import re
from collections.abc import Iterator
from typing import Any

import numpy as np

NUMBER = re.compile(r"[-+]?(\d+(\.\d*)?|\.\d+)(e[-+]?\d+)?", re.IGNORECASE)
THOUSANDS = re.compile(r"\d{1,3}(,\d{3})+")


def axes_snapshot(axes: Any) -> dict[str, Any]:
    """Return what was drawn on Matplotlib axes, as plain data."""
    axes.apply_aspect()  # may change the limits, and so the ticks
    for axis in (axes.xaxis, axes.yaxis):
        axis.get_majorticklabels()  # places the ticks, as drawing them would in twice the time
    shown = bool(axes.get_visible() and axes.axison)
    offsets = [
        axis.get_major_formatter().get_offset()
        for axis in (axes.xaxis, axes.yaxis)
        if shown and axis.get_visible() and axis.get_offset_text().get_visible()
    ]
    x_limits, y_limits = (tuple(map(float, each())) for each in (axes.get_xlim, axes.get_ylim))
    return {
        "lines": list(_lines(axes)) if axes.get_visible() else [],
        "x_limits": x_limits,
        "y_limits": y_limits,
        "x_label": axes.get_xlabel() if shown and _is_shown(axes.xaxis.label) else "",
        "y_label": axes.get_ylabel() if shown and _is_shown(axes.yaxis.label) else "",
        "x_ticks": _ticks(axes.xaxis, x_limits, shown),
        "y_ticks": _ticks(axes.yaxis, y_limits, shown),
        "offset_text": "".join(offsets),
        "x_scale": axes.get_xscale(),
        "y_scale": axes.get_yscale(),
        "shapes": len(axes.patches) + len(axes.images),  # bars, areas: no curve
    }


def _lines(axes: Any) -> Iterator[dict[str, np.ndarray]]:
    """Yield x and y of what is drawn as lines or dots and can be seen."""
    paper = _color(axes.get_facecolor())
    for line in axes.get_lines():
        stroke = line.get_linewidth() if line.get_linestyle() not in ("None", " ", "") else 0
        dot = line.get_markersize() if line.get_marker() not in ("None", None, " ", "") else 0
        colors = [line.get_color()] * bool(stroke) + [line.get_markerfacecolor()] * bool(dot)
        colors += [line.get_markeredgecolor()] * bool(dot)
        if _is_shown(line) and any(_differs(_color(each), paper) for each in colors):
            # Not the original data: these are floats, with NaN where they are masked.
            yield _floats(line.get_xdata(orig=False), line.get_ydata(orig=False))
    for group in axes.collections:
        colors = [*group.get_facecolor(), *group.get_edgecolor()]
        if _is_shown(group) and any(_differs(each, paper) for each in colors):
            yield from _of_collection(group)


def _of_collection(group: Any) -> Iterator[dict[str, np.ndarray]]:
    if hasattr(group, "get_segments"):  # a LineCollection
        for segment in group.get_segments() if np.any(group.get_linewidth()) else ():
            yield _floats(*np.asarray(segment, float).reshape(-1, 2).T)
    elif not hasattr(group, "get_sizes") or np.any(group.get_sizes()):
        yield _floats(*np.ma.filled(group.get_offsets(), np.nan).T)


def _floats(x: Any, y: Any) -> dict[str, np.ndarray]:
    return {"x": np.asarray(x, float), "y": np.asarray(y, float)}


def _is_shown(artist: Any) -> bool:
    return bool(artist.get_visible() and artist.get_alpha() != 0)


def _color(name: Any) -> np.ndarray:
    from matplotlib.colors import to_rgba

    return np.array(to_rgba(name))


def _differs(color: np.ndarray, paper: np.ndarray) -> bool:
    """Tell whether a color can be seen on the paper."""
    return bool(color[3] > 0 and not np.array_equal(color[:3], paper[:3]))


def _ticks(axis: Any, limits: tuple[float, ...], shown: bool) -> dict[str, np.ndarray]:
    """Return where the labelled ticks of an axis are, and the numbers that they bear, or NaN."""
    low, high = sorted(limits)
    room = 1e-6 * (high - low)
    ticks = [
        (float(tick.get_loc()), label.get_text())
        for tick in (axis.get_major_ticks() if shown and axis.get_visible() else ())
        for label in (tick.label1, tick.label2)
        if _is_shown(label)
        and label.get_text().strip()
        and low - room <= tick.get_loc() <= high + room
    ]
    return {
        "at": np.array([at for at, _ in ticks]),
        "read": np.array([_number(text) for _, text in ticks]),
    }


def _number(text: str) -> float:
    """Return the number that a tick's label is, however it is written; else NaN."""
    plain = re.sub(r"\\math\w+|[${}\s]", "", text).replace("\N{MINUS SIGN}", "-")
    plain = plain.replace(",", "" if THOUSANDS.fullmatch(plain) else ".")
    return float(plain) if NUMBER.fullmatch(plain) else float("nan")
