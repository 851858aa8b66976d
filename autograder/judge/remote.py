"""What a worker of Dask does: it judges what comes as bytes, and answers in JSON.

Dask hands its tasks on with pickle. So a task is of plain types only, and an answer is a text:
nothing that a student made is ever an object here.
"""

from __future__ import annotations

import json
import socket
import tempfile
import threading
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any, TypedDict

import nbformat

from autograder import registry
from autograder.sandbox.connection import NoSandboxError
from autograder.sandbox.isolation import Isolation
from autograder.sandbox.ladder import choose
from autograder.sandbox.limits import Limits
from autograder.submission.master import Notebooks

from .keys import version_of
from .parcel import Item, Parcel, unpacked
from .process import Judge, JudgeError


class Task(TypedDict):
    """What a worker is asked for: the Verdict on one notebook of a submission."""

    course: str  # the package that the course is registered as, or nothing
    version: str
    wanted: str  # the isolation; see `ladder.choose`
    parcel: tuple[Any, ...]  # a Parcel
    notebooks: str  # both, as JSON
    assignment: str
    seed: int
    limits: dict[str, Any]


_own = threading.local()  # a judge ends with the thread that started it
_walls = cache(choose)


def facts(course: str, assignment: str, wanted: str) -> str:
    """Return what a worker is, as JSON: its version, its isolation or why there is none."""
    _register(course)
    found = {"version": version_of(assignment), "host": socket.gethostname()}
    try:
        return json.dumps({**found, "isolation": asdict(_walls(wanted))})
    except NoSandboxError as error:
        return json.dumps({**found, "no_sandbox": str(error)})


def judged(task: Task) -> str:
    """Return the answer to a task as JSON: a verdict, or why there is none."""
    _register(task["course"])
    if version_of(task["assignment"]) != task["version"]:
        return json.dumps({"error": other_version(socket.gethostname())})
    try:
        return json.dumps(_verdict(task))
    except NoSandboxError as error:
        return json.dumps({"no_sandbox": str(error)})
    except (JudgeError, OSError) as error:
        return json.dumps({"error": f"{error} (on {socket.gethostname()})"})


def other_version(host: str) -> str:
    """Return why a worker's verdicts are not wanted."""
    return (
        f"the worker on {host} has another version of the engine, the course, Python or a package; "
        "bring it to the same commit, run `python3 course.py build` there, and start it again"
    )


def _register(course: str) -> None:
    if course:
        registry.register(course)


def _verdict(task: Task) -> dict[str, Any]:
    folder, items, *rest = task["parcel"]
    parcel = Parcel(folder, [Item(*item) for item in items], *rest)
    instructor, student = map(nbformat.from_dict, json.loads(task["notebooks"]))
    with tempfile.TemporaryDirectory(prefix="judged-", dir=_scratch()) as place:
        submission, source = unpacked(parcel, Path(place))
        verdict = _judge(_walls(task["wanted"])).grade(
            submission,
            source,
            task["assignment"],
            task["seed"],
            Limits(**task["limits"]),
            Notebooks(instructor, student),
        )
    return {"verdict": verdict.as_data()}


def _judge(isolation: Isolation) -> Judge:
    """Return the judge of this thread."""
    if getattr(_own, "judge", None) is None:
        _own.judge = Judge(isolation)
    found: Judge = _own.judge
    return found


def _scratch() -> str:
    """Return the worker's own folder, which Dask clears away even after a `kill -9`."""
    from distributed import get_worker

    return str(get_worker().local_directory)
