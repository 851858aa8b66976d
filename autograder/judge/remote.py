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

from autograder import registry
from autograder.sandbox.connection import NoSandboxError
from autograder.sandbox.isolation import Isolation
from autograder.sandbox.ladder import choose

from .keys import version_of
from .parcel import Item, Parcel, unpacked
from .process import Judge, JudgeError
from .request import Request


class Task(TypedDict):
    """What a worker is asked for."""

    course: str  # the package that the course is registered as, or nothing
    version: str
    wanted: str  # the isolation; see `ladder.choose`
    parcel: tuple[Any, ...]  # a Parcel: what the folder and the source of the request hold
    assignment: str
    request: str  # the Request's data, as JSON


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
    with tempfile.TemporaryDirectory(prefix="judged-", dir=_scratch()) as place:
        submission, source = unpacked(parcel, Path(place))
        asked = {**json.loads(task["request"]), "folder": submission, "source": source}
        verdict = _judge(_walls(task["wanted"])).grade(Request.from_data(asked))
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
