"""What a submission costs, part by part, in each isolation; the student's own code as the floor.

One submission after the other in this process, the quickest of several: a machine with other work
slows that one down least.
"""

from __future__ import annotations

import base64
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any
from unittest.mock import Mock, patch

import matplotlib.pyplot  # noqa: F401  imported before it is timed
import nbformat
from nbgrader.api import Gradebook
from nbgrader.preprocessors import AssignLatePenalties

from autograder.checks import wire
from autograder.checks.calls import Call, generator
from autograder.gradebook.record import Recorder
from autograder.judge import exercises, grade
from autograder.judge.case_sets import CaseSets
from autograder.judge.request import Request
from autograder.judge.verdict import Verdict
from autograder.sandbox.connection import Worker
from autograder.sandbox.isolation import Isolation
from autograder.sandbox.sandbox import Sandbox
from autograder.submission.master import Notebooks, master, released
from course.demo import students

from . import _classes

Parts = dict[str, float]  # milliseconds by part
ROUNDS = 10


def parts(folder: Path, assignment: str, isolation: Isolation) -> Parts:
    """Return what the parts of one submission cost, and the whole, in milliseconds."""
    name = _classes.notebook_of(assignment)
    content = _classes.handed_in(folder, assignment, 0)
    place = students.submit(folder, "measured", assignment, content).parent
    source = folder / "source" / assignment / name
    sandbox, sets = Sandbox(isolation), CaseSets(assignment, 1)
    both = Notebooks(master(source), released(source))
    request = Request(place, source, both, assignment, 1)
    with _recorder(folder, assignment) as recorder:
        judged = partial(grade.verdict_on, request, sandbox, sets)
        with _requests() as requests:
            judged()  # the cases are made here
        rounds = [_round(judged, recorder, folder / name) for _ in range(ROUNDS)]
        floor = min(alone(requests) for _ in range(ROUNDS))
    sandbox.close()
    shutil.rmtree(place.parent)
    quickest = {part: min(each[part] for each in rounds) for part in rounds[0]}
    return {"own code": 1000 * floor, **quickest, "whole": sum(quickest.values())}


@contextmanager
def _recorder(folder: Path, assignment: str) -> Iterator[Recorder]:
    copy = folder / "measured.db"
    shutil.copy(folder / "gradebook.db", copy)
    with Gradebook(f"sqlite:///{copy}") as gradebook:
        yield Recorder(gradebook, assignment, AssignLatePenalties())
    copy.unlink()
    (folder / _classes.notebook_of(assignment)).unlink()  # the page


def _round(judged: Callable[[], Verdict], recorder: Recorder, page: Path) -> Parts:
    """Judge and record once; what is in none of the parts is the rest of the judge's work."""
    clock = _Clock()
    with (
        clock.on(Sandbox, "worker", "start"),
        clock.on(Worker, "close", "end"),
        clock.on(Worker, "ask", ""),
        clock.on(exercises.Judging, "compared", "compare"),
        clock.on(grade, "rebuilt_from", "rebuild"),
    ):
        whole = _timed(lambda: clock.kept.append(judged()))
    verdict = clock.kept[0]
    rest = 1000 * whole - sum(clock.found.values())
    notebook = nbformat.from_dict(verdict.notebook)
    record = partial(recorder.record, "measured", None, {page.stem: verdict})
    return {
        **clock.found,
        "rest of judging": rest,
        "record": 1000 * _timed(record),
        "pages": 1000 * _timed(partial(nbformat.write, notebook, page)),
    }


class _Clock:
    """Adds up the wall time of functions, under names, without that of others that they call."""

    def __init__(self) -> None:
        names = ("start", "rebuild", "cells", "calls", "compare", "end")
        self.found: Parts = dict.fromkeys(names, 0.0)
        self.kept: list[Verdict] = []
        self.within = [0.0]  # of what is timed within each function that runs, the innermost last

    @contextmanager
    def on(self, owner: Any, name: str, part: str) -> Iterator[None]:
        """Time a function; without a part, by what a worker is asked for."""
        function = getattr(owner, name)

        def timed(*args: Any, **kwargs: Any) -> Any:
            began = time.perf_counter()
            self.within.append(0.0)
            try:
                return function(*args, **kwargs)
            finally:
                took = 1000 * (time.perf_counter() - began)
                self.found[part or _asked(args[1])] += took - self.within.pop()
                self.within[-1] += took

        with patch.object(owner, name, timed):
            yield


def _asked(request: Any) -> str:
    if isinstance(request, bytes):  # calls are made ready to travel once for a class
        return "calls"
    return {"files": "start", "call": "calls"}.get(request["do"], "cells")


def _timed(call: Callable[[], object]) -> float:
    """Return how long a call takes, in seconds."""
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


@contextmanager
def _requests() -> Iterator[list[dict[str, Any]]]:
    """Collect what the judge asks of its workers."""
    requests: list[dict[str, Any]] = []
    ask = Worker.ask

    def recorded(worker: Worker, request: Any, seconds: float, answer: Any = None) -> Any:
        requests.append(wire.loads(request) if isinstance(request, bytes) else request)
        return ask(worker, request, seconds, answer)

    with patch.object(Worker, "ask", recorded):
        yield requests


def alone(requests: list[dict[str, Any]]) -> float:
    """Return how long a student's cells and functions take by themselves.

    The same cells run, the same calls made, in a process forked from one that has imported NumPy
    and Matplotlib, without a judge and without IPython.
    """
    ours, theirs = os.pipe()
    place = tempfile.TemporaryDirectory()
    if os.fork() == 0:
        os.chdir(place.name)
        silence = os.open(os.devnull, os.O_WRONLY)
        os.dup2(silence, 1)
        os.dup2(silence, 2)
        sys.modules["checks"] = Mock()
        space: dict[str, Any] = {}
        seconds = 0.0
        for request in requests:
            if request["do"] == "files":
                for name, content in request["files"].items():
                    Path(name).parent.mkdir(parents=True, exist_ok=True)
                    Path(name).write_bytes(base64.b64decode(content))
            elif request["do"] == "cell":
                with suppress(Exception):  # as where a cell is for students alone
                    seconds += _timed(partial(exec, request["source"], space))
            elif request["do"] == "call":
                function = space[request["name"]]
                seconds += sum(_called_alone(function, Call(**call)) for call in request["calls"])
        os.write(theirs, repr(seconds).encode())
        os._exit(0)
    os.wait()
    place.cleanup()
    os.close(theirs)
    with os.fdopen(ours) as answer:
        return float(answer.read())


def _called_alone(function: Callable[..., Any], call: Call) -> float:
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
        for _ in range(call.in_turn):
            with suppress(Exception):
                seconds += _timed(partial(function, *made[: len(call.args)], **named))
    return seconds
