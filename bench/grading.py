"""Grading a class of 50: this project's `grade` against stock `nbgrader autograde`.

The same answers, the same machine, one run. Stock nbgrader runs ordinary tests inside the
notebook, a kernel for each; the project judges from outside, a forked worker for each.
Printed: wall time of each, their ratio, and what a submission costs beyond its own code.
"""

import os
import shutil
import sys
import tempfile
import time
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from statistics import median
from unittest.mock import Mock, patch

import matplotlib.pyplot  # noqa: F401  imported before it is timed
import nbformat

from autograder import commands
from autograder.checks import wire
from autograder.checks.calls import Call, generator
from autograder.judge.case_sets import CaseSets
from autograder.judge.grade import verdict_on
from autograder.sandbox.connection import Worker
from autograder.sandbox.ladder import choose
from autograder.sandbox.limits import Limits
from autograder.sandbox.sandbox import Sandbox
from autograder.submission.master import released
from autograder.submission.rebuild import nbgrader_metadata
from course import ROOT
from course.demo import answers, students
from course.demo.run import prepare

ASSIGNMENT, NOTEBOOK = "ps2_loss_at_init", "loss_at_init.ipynb"
N_STUDENTS = 50
N_PAIRS = 10  # of each style: judged, then run alone
WANTED = 10.0  # times as fast as stock
OVERHEAD = 0.1  # seconds a submission may cost beyond the student's own code

# What an instructor would write into the test cells of a stock assignment.
TESTS = {
    "softmax": "p = softmax(np.array([[1.0, 1000.0], [2.0, 998.0]]))\n"
    "assert np.allclose(p.sum(axis=0), 1)\n"
    "assert np.allclose(p[:, 0], [0.26894142, 0.73105858])",
    "cross_entropy": "loss = cross_entropy(np.zeros((3, 4)), np.array([0, 1, 2, 0]))\n"
    "assert np.isclose(loss, np.log(3))",
    "expected_initial_loss": "assert np.isclose(expected_initial_loss(27), np.log(27))",
    "class_frequencies": "f = class_frequencies(np.array([0, 2, 2]), 4)\n"
    "assert np.allclose(f, [1/3, 0, 2/3, 0])",
    "bias_from_frequencies": "b = bias_from_frequencies(np.array([0.7, 0.2, 0.1]))\n"
    "assert b.shape == (3, 1)\n"
    "assert np.allclose(b - b[0], np.log([[1], [2/7], [1/7]]))",
    "entropy": "assert np.isclose(entropy(np.array([0.5, 0.5, 0.0])), np.log(2))",
    "initialize_output_layer": "W, b = initialize_output_layer(500, np.array([0.7, 0.3]), 0.1, "
    "np.random.default_rng(0))\nassert W.shape == (2, 500)\n"
    "assert abs(W.std() - 0.1) < 0.02",
    "excess_initial_loss": "assert np.isclose(excess_initial_loss(1.0, 27), 0.5 * 26 / 27)",
    "initial_loss_regression": "b, l = initial_loss_regression(np.array([1.0, 2.0, 6.0]), "
    "'absolute')\nassert np.isclose(b, 2) and np.isclose(l, 5 / 3)",
    "initial_loss_ok": "assert initial_loss_ok(np.zeros((3, 30)), np.arange(30) % 3, "
    "np.full(3, 1 / 3))",
}


def stock_course(folder):
    """Make a course directory for stock nbgrader, its tests inside the notebook."""
    source = folder / "source" / ASSIGNMENT
    source.mkdir(parents=True)
    notebook = nbformat.read(ROOT / "source" / ASSIGNMENT / NOTEBOOK, as_version=4)
    notebook.cells = [cell for cell in notebook.cells if "points()" not in cell.source]
    for cell in notebook.cells:
        cell.source = cell.source.replace("from checks import check, points\n", "")
        name = nbgrader_metadata(cell).get("grade_id", "").removeprefix("test_")
        if nbgrader_metadata(cell).get("grade") and name in TESTS:
            cell.source = TESTS[name]
    nbformat.write(notebook, source / NOTEBOOK)
    # The mark, as this environment's nbgrader works with the course's configuration only.
    (folder / "nbgrader_config.py").write_text(
        "from autograder.gradebook.guard import mark_loaded\nc = get_config()\nmark_loaded(c)\n"
        f"c.CourseDirectory.root = {str(folder)!r}\n",
        encoding="utf-8",
    )
    return released(source / NOTEBOOK)


def submit(folder, handed_out):
    """Have every student hand in a right answer, in one style or another."""
    styles = list(answers.styles(ASSIGNMENT).values())
    for number in range(N_STUDENTS):
        notebook = students.filled(handed_out, styles[number % len(styles)])
        students.submit(folder, f"student{number:02}", ASSIGNMENT, notebook)


def timed(call):
    """Return how long a call takes, in seconds."""
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def overhead(folder):
    """Return what right submissions take, and their own code alone: medians, in seconds.

    The own code: the same cells run, the same calls made, in a process forked from one that has
    imported NumPy and Matplotlib, without a judge and without IPython.
    """
    source = folder / "source" / ASSIGNMENT / NOTEBOOK
    sandbox, sets, limits = Sandbox(choose()), CaseSets(ASSIGNMENT, 1), Limits()
    graded, own_code = [], []
    handed_out = released(source)
    for style, answer in answers.styles(ASSIGNMENT).items():
        place = students.submit(folder, style, ASSIGNMENT, students.filled(handed_out, answer))
        grade = partial(
            verdict_on, place.parent, source, handed_out, ASSIGNMENT, sandbox, sets, limits
        )
        with recording() as requests:
            grade()
        for _ in range(N_PAIRS):
            graded.append(timed(grade))
            own_code.append(alone(requests))
        shutil.rmtree(place.parents[1])
    sandbox.close()
    beyond = (both - own for both, own in zip(graded, own_code))
    return median(graded), median(own_code), median(beyond)


@contextmanager
def recording():
    """Collect what the judge asks of its workers."""
    requests, ask = [], Worker.ask

    def recorded(worker, request, seconds, answer=None):
        requests.append(wire.loads(request) if isinstance(request, bytes) else request)
        return ask(worker, request, seconds, answer)

    with patch.object(Worker, "ask", recorded):
        yield requests


def alone(requests):
    """Return how long a student's cells and functions take by themselves."""
    ours, theirs = os.pipe()
    if os.fork() == 0:
        silence = os.open(os.devnull, os.O_WRONLY)
        os.dup2(silence, 1)
        os.dup2(silence, 2)
        sys.modules["checks"] = Mock()
        space, seconds = {}, 0.0
        for request in requests:
            if request["do"] == "cell":
                seconds += timed(partial(exec, request["source"], space))
            elif request["do"] == "call":
                function = space[request["name"]]
                seconds += sum(called_alone(function, Call(**call)) for call in request["calls"])
        os.write(theirs, repr(seconds).encode())
        os._exit(0)
    os.wait()
    os.close(theirs)
    with os.fdopen(ours) as answer:
        return float(answer.read())


def called_alone(function, call):
    """Return how long a call takes, its arguments made before."""
    seconds = 0.0
    for seed in call.seeds or [None]:
        made = [
            generator(wire.Seed(each.kind, seed or each.seed))
            if isinstance(each, wire.Seed)
            else each
            for each in (*call.args, *call.kwargs.values())
        ]
        named = dict(zip(call.kwargs, made[len(call.args) :]))
        with suppress(Exception):
            seconds += timed(partial(function, *made[: len(call.args)], **named))
    return seconds


def main():
    """Measure and print; exit 1 where a promise does not hold."""
    with tempfile.TemporaryDirectory() as place:
        stock, ours = Path(place) / "stock", Path(place) / "ours"
        submit(stock, stock_course(stock))
        prepare(ours, ASSIGNMENT, NOTEBOOK)
        commands.nbgrader("generate_assignment", ASSIGNMENT, cwd=stock)
        commands.nbgrader("generate_assignment", ASSIGNMENT, cwd=ours)
        both, own_code, beyond = overhead(ours)
        submit(ours, released(ours / "source" / ASSIGNMENT / NOTEBOOK))
        own_time = timed(
            lambda: commands.run(
                sys.executable,
                "-m",
                "autograder",
                "grade",
                ASSIGNMENT,
                "--course",
                ours,
                quiet=True,
            )
        )
        stock_time = timed(lambda: commands.nbgrader("autograde", ASSIGNMENT, cwd=stock))
    ratio = stock_time / own_time
    print(f"{N_STUDENTS} submissions of {ASSIGNMENT}, wall time")
    print(f"  stock nbgrader autograde   {stock_time:7.1f} s")
    print(f"  course.py grade            {own_time:7.1f} s")
    print(f"  ratio                      {ratio:7.1f}   (promised: {WANTED:g})")
    print(f"one right submission after the other, median of {N_PAIRS * 4}")
    print(f"  judged                     {1000 * both:7.0f} ms")
    print(f"  its own code alone         {1000 * own_code:7.0f} ms")
    print(
        f"  judged beyond that         {1000 * beyond:7.0f} ms  (promised: under "
        f"{1000 * OVERHEAD:g})"
    )
    return int(ratio < WANTED or beyond > OVERHEAD)


if __name__ == "__main__":
    sys.exit(main())
