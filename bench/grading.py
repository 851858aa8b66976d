"""Grading a class: this project's `grade` against stock `nbgrader autograde`.

The same answers, the same machine, one run. Stock nbgrader runs ordinary tests inside the
notebook, a kernel for each; the project judges from outside, a forked worker for each.

Wall time is what somebody waits; processor time, of all processes together, is what other work on
the machine changes least. Each is printed, and written with the machine and the versions into
`bench/results/`, as CSV and as a figure.
"""

from __future__ import annotations

import argparse
import contextlib
import csv
import math
import os
import platform
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

from autograder import commands, registry
from autograder.sandbox.connection import NoSandboxError
from autograder.sandbox.isolation import LADDER, NAMESPACES, UNCONFINED, Isolation
from autograder.sandbox.sandbox import Sandbox
from autograder.worker import kernel
from course import ROOT

from . import _classes
from ._control_group import ControlGroup
from ._outcome import Outcome, Row, finish

ASSIGNMENTS = {"ps2_loss_at_init": 40.0, "ps4_char_rnn": 25.0}  # times stock: what is promised
MOST_FOR_STOCK = 100  # students; unless more are asked for, stock grades so many of a class
STOCK = "stock nbgrader"
PR_SET_CHILD_SUBREAPER = 36
AGAIN = 0.02  # of the first time, for a class of 1,000 that has not changed


class Cost(NamedTuple):
    """What a command took: seconds of the wall and of processors, the largest process in MB.

    `whole` tells whether processes that were ended with their namespace are counted.
    """

    wall: float
    cpu: float
    megabytes: float
    whole: bool


def cost(call: Callable[[], object]) -> Cost:
    """Return what a call costs that starts a program and waits for it."""
    group = ControlGroup()
    began, child = time.perf_counter(), os.fork()
    if child == 0:  # a process of its own: the kernel adds up what its descendants took
        try:
            group.join()
            # Also those whose parents did not wait for them: bubblewrap does not.
            kernel.call("prctl", PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
            call()
            with contextlib.suppress(ChildProcessError):
                while True:
                    os.wait()
        except BaseException as error:
            print(error, file=sys.stderr, flush=True)
            os._exit(1)
        os._exit(0)
    _, code, used = os.wait4(child, 0)
    wall, whole = time.perf_counter() - began, group.seconds()
    group.close()
    if code:
        sys.exit("what was measured failed")
    summed = used.ru_utime + used.ru_stime
    megabytes = used.ru_maxrss / 1024
    return Cost(wall, summed if whole is None else whole, megabytes, whole is not None)


def graded(folder: Path, assignment: str, *options: str) -> Cost:
    """Return what grading a class with this project costs."""
    grade = [sys.executable, "-m", "course", "grade", assignment, "--course", folder, *options]
    return cost(partial(commands.run, *grade, quiet=True))


def kinds() -> dict[str, tuple[Isolation, list[str]]]:
    """Return the isolations that this machine gives, with the options of `grade` for each."""
    found: dict[str, tuple[Isolation, list[str]]] = {}
    for kind in LADDER:
        if kind.mode in found:
            continue  # `grade` takes the first of a mode
        try:
            Sandbox(kind, probe=True).close()
        except NoSandboxError as error:
            print(f"{kind.name()} is not available: {error}")
        else:
            found[kind.mode] = kind, ["--isolation", kind.mode]
    return {**found, "none": (UNCONFINED, ["--without-sandbox"])}


def stock(place: Path, assignment: str, few: int, count: int) -> Cost:
    """Return what stock nbgrader takes for a class.

    Where it grades only some, it grades one of them first: that has the start in it, and only
    what each more takes is multiplied.
    """
    _classes.stock_course(place, assignment)
    _classes.submit(place, assignment, few)
    autograde = partial(commands.nbgrader, "autograde", assignment, cwd=place)
    if few == count:
        return cost(autograde)
    first, others = cost(partial(autograde, "--student", "student00000")), cost(autograde)
    wall, cpu = (
        one + (count - 1) * (rest - one) / (few - 2) for one, rest in zip(first[:2], others[:2])
    )
    return Cost(wall, cpu, others.megabytes, others.whole)


def compared(place: Path, assignment: str, count: int, few: int, is_short: bool) -> list[Row]:
    """Grade equal classes, print what it took, and return it as rows.

    Parameters
    ----------
    place : Path
    assignment : str
    count, few : int
        How many submissions are graded here, and how many by stock nbgrader.
    is_short : bool
        Grade only in the default isolation, with two judges.
    """
    ours = place / "ours"
    _classes.our_course(ours, assignment)
    _classes.submit(ours, assignment, count)
    base = stock(place / "stock", assignment, few, count) if few else None
    name = STOCK if few == count else f"{STOCK}, from {few}"
    rows = [_row(name, base, count, base)] if base else []
    default = next(iter(kinds()))
    both = f"grade, {default}, 2 at once"
    runs = {both: ["--jobs", "2"]}
    if not is_short:
        runs |= {f"grade, {default}, 1 at once": ["--jobs", "1"]}
        runs |= {
            f"grade, {name}, 2 at once": ["--jobs", "2", *options]
            for name, (_, options) in kinds().items()
            if name != default
        }
    shutil.copy(ours / "gradebook.db", place)
    for name, options in runs.items():
        _forget(ours, place / "gradebook.db")
        rows.append(_row(name, graded(ours, assignment, *options), count, base))
        if name == both:
            again = graded(ours, assignment, *options)
            rows.append(_row("the same again, nothing new", again, count, base))
    _print(assignment, rows)
    if base:
        _agreement(place / "stock", ours, assignment)
    return rows


def _forget(folder: Path, released: Path) -> None:
    """Bring a course back to where nothing was graded."""
    for made in ("verdicts", "autograded"):
        shutil.rmtree(folder / made, ignore_errors=True)
    shutil.copy(released, folder / "gradebook.db")


def _row(name: str, took: Cost, count: int, base: Cost | None) -> Row:
    """Return a row; without processor time where the kernel does not add it up.

    Whoever is ended with a namespace is in no sum but that of a control group: that is each
    worker, half of the work or more.
    """
    is_known = took.whole or NAMESPACES not in name
    return {
        "what": name,
        "students": count,
        "wall_s": round(took.wall, 2),
        "cpu_s": round(took.cpu, 2) if is_known else "",
        "wall_ms_each": round(1000 * took.wall / count, 1),
        "cpu_ms_each": round(1000 * took.cpu / count, 1) if is_known else "",
        "times_stock_wall": round(base.wall / took.wall, 1) if base else "",
        "times_stock_cpu": round(base.cpu / took.cpu, 1) if base and is_known else "",
        "largest_process_mb": round(took.megabytes),
    }


def _print(assignment: str, rows: list[Row]) -> None:
    print(f"\n{assignment}; promised: {ASSIGNMENTS.get(assignment, 0):g} times stock, by the wall")
    print(
        f"{'':32}{'students':>9}{'wall':>10}{'CPU':>10}{'each':>10}"
        f"{'times stock, wall and CPU':>28}"
    )
    for row in rows:
        print(
            f"{row['what']:32}{row['students']:9}{row['wall_s']:>8} s{row['cpu_s']:>8} s"
            f"{row['wall_ms_each']:7.0f} ms{row['times_stock_wall']:>17}"
            f"{row['times_stock_cpu']:>11}"
        )
    again = next(row for row in rows if row["what"].startswith("the same"))
    share = again["wall_s"] / rows[rows.index(again) - 1]["wall_s"]
    print(f"again, nothing new: {share:.1%} of the first time (promised for 1,000: {AGAIN:.0%})")


def _agreement(stock: Path, ours: Path, assignment: str) -> None:
    theirs, own = (_classes.scores(folder, assignment) for folder in (stock, ours))
    others = {key: (score, own.get(key)) for key, score in theirs.items() if own.get(key) != score}
    print(f"gradebooks: {len(theirs) - len(others)} of {len(theirs)} grades are the same")
    for (student, cell), (theirs_, ours_) in list(others.items())[:5]:
        print(f"  {student}, {cell}: {theirs_} with stock, {ours_} here")


def measured_parts(place: Path, assignment: str) -> list[Row]:
    """Print what the parts of one submission cost, and return it as rows."""
    from . import _parts  # slow

    folder = place / "ours"
    table = {name: _parts.parts(folder, assignment, kind) for name, (kind, _) in kinds().items()}
    print("\none right submission, the quickest of several, in ms; own code is the floor")
    print(f"{'':20}" + "".join(f"{name:>14}" for name in table))
    for part in next(iter(table.values())):
        print(f"{part:20}" + "".join(f"{found[part]:14.1f}" for found in table.values()))
    return [
        {"what": f"{part}, {name}", "wall_ms_each": round(cost_, 2)}
        for name, found in table.items()
        for part, cost_ in found.items()
    ]


def machine() -> str:
    """Return the machine and the versions in one line."""
    packages = ", ".join(f"{name} {version(name)}" for name in ("nbgrader", "numpy", "ipython"))
    return (
        f"{platform.platform()}, {commands.cores()} cores, load {os.getloadavg()[0]:.1f}, "
        f"Python {platform.python_version()}, {packages}"
    )


def write(assignment: str, count: int, rows: list[Row]) -> Path:
    """Write the rows as CSV and as a figure; return the path without its ending."""
    place = ROOT / "bench" / "results"
    place.mkdir(exist_ok=True)
    path = place / f"{assignment}_{count}"
    names = list(dict.fromkeys(name for row in rows for name in row))
    with open(path.with_suffix(".csv"), "w", newline="", encoding="utf-8") as file:
        file.write(f"# {machine()}\n")
        writer = csv.DictWriter(file, names)
        writer.writeheader()
        writer.writerows(rows)
    _draw(path.with_suffix(".png"), assignment, [row for row in rows if "cpu_s" in row])
    return path


def _draw(path: Path, assignment: str, rows: list[Row]) -> None:
    import matplotlib

    matplotlib.use("agg")
    import matplotlib.pyplot as plt

    figure, axes = plt.subplots(figsize=(8, 1.4 + 0.5 * len(rows)), layout="constrained")
    names = [row["what"] for row in rows]
    for shift, key, label in ((-0.2, "wall_ms_each", "wall"), (0.2, "cpu_ms_each", "processors")):
        places = [index + shift for index in range(len(rows))]
        found = [row[key] or math.nan for row in rows]
        bars = axes.barh(places, found, 0.38, label=label)
        texts = ["" if math.isnan(each) else f"{each:.0f}" for each in found]
        axes.bar_label(bars, texts, padding=2, fontsize=8)
    axes.set_yticks(range(len(rows)), names)
    axes.invert_yaxis()
    most = max(row["wall_ms_each"] for row in rows)
    axes.set(xscale="log", xlim=(1, 3 * most), xlabel="ms for each submission")
    axes.xaxis.set_major_formatter("{x:,.0f}")  # powers would need a font for formulas
    axes.set_title(assignment, loc="left")
    axes.legend(loc="lower right", bbox_to_anchor=(1, 1), ncols=2, frameon=False)
    figure.supxlabel(machine().replace(", nbgrader", ",\nnbgrader"), fontsize=7)
    figure.savefig(path, dpi=110)
    plt.close(figure)


def main() -> Outcome:
    """Measure, print and write, and return the Outcome."""
    parser = argparse.ArgumentParser(prog="python3 course.py bench")
    parser.add_argument("--students", type=int, default=50)
    parser.add_argument("--assignment", choices=list(ASSIGNMENTS), default="ps2_loss_at_init")
    parser.add_argument("--stock", type=int, default=MOST_FOR_STOCK)
    parser.add_argument("--short", action="store_true")
    parser.add_argument("--json", action="store_true")  # see `finish`
    wanted = parser.parse_args()
    assignment, count = wanted.assignment, wanted.students
    few = min(count, wanted.stock)
    if few in (1, 2) and few != count:
        parser.error("--stock: what each more takes is seen from 3 on; 0 leaves stock out")
    registry.load(assignment)
    print(machine(), flush=True)
    with tempfile.TemporaryDirectory() as place:
        rows = compared(Path(place), assignment, count, few, wanted.short)
        if not wanted.short:
            rows += measured_parts(Path(place), assignment)
    print(f"\nwritten: {write(assignment, count, rows)}.csv and .png")
    found = [{name: None if value == "" else value for name, value in row.items()} for row in rows]
    return Outcome(found, [*_short_of(assignment, rows)] if few else [])


def _short_of(assignment: str, rows: list[Row]) -> Iterator[str]:
    """Yield a sentence if no isolation is as many times as fast as stock as is promised."""
    most = max(row["times_stock_wall"] for row in rows if row["what"].endswith("2 at once"))
    if most < ASSIGNMENTS[assignment]:
        yield (
            f"{assignment} was graded {most:g} times as fast as by {STOCK}, by the wall; "
            f"{ASSIGNMENTS[assignment]:g} times is promised."
        )


if __name__ == "__main__":
    sys.exit(finish("grading", main))
