"""Judges on other machines, behind a scheduler of Dask; grading is otherwise as on one machine."""

from __future__ import annotations

import json
import os
from collections import Counter
from concurrent.futures import CancelledError, Executor, wait
from pathlib import Path
from threading import Event
from typing import Any

from autograder import registry
from autograder.cluster import Graders, grade_with
from autograder.gradebook.configured import configured
from autograder.gradebook.progress import progress_of
from autograder.judge.grade import ungraded
from autograder.judge.keys import key, version_of
from autograder.judge.parcel import packed
from autograder.judge.process import Answer, JudgeError, answered
from autograder.judge.remote import Task, facts, judged, other_version
from autograder.judge.request import Request
from autograder.judge.verdict import Verdict
from autograder.sandbox.isolation import ANY, AUTO, Isolation

CONNECT_SECONDS = 30
AT_LEAST = 32  # tasks on their way at once, for workers that come later
NOTHING = "Nothing was graded."
START = (
    "start each with `.venv/bin/dask worker ADDRESS --nworkers auto --nthreads 1` in the course "
    "directory of its machine"
)
EXTRA = "`.venv/bin/uv sync --inexact --no-default-groups --extra cluster` installs it"


class Remote:
    """Has a submission judged by any worker of a scheduler, as a `Judge` does here."""

    def __init__(self, executor: Executor, wanted: str, is_over: Event) -> None:
        self.executor, self.wanted, self.is_over = executor, wanted, is_over
        self.isolation = Isolation(ANY if wanted == AUTO else wanted)

    def grade(self, request: Request) -> Verdict:
        """Return the Verdict on one notebook of a submission; see `Judge.grade`."""
        limits = request.limits
        task: Task = {
            "course": os.environ.get(registry.VARIABLE, ""),
            "version": version_of(request.assignment),
            "wanted": self.wanted,
            "parcel": _plain(packed(request.folder, request.source, limits.notebook_bytes)),
            "assignment": request.assignment,
            "request": json.dumps(request.as_data()),
        }
        answer = self._answer(task)
        if "failed" in answer:
            return ungraded(request, answer["failed"])
        verdict = Verdict.from_data(answer["verdict"])
        if verdict.key and verdict.key != key(request, self.isolation.mode_of(verdict.isolation)):
            raise JudgeError(
                "a worker judged something else: it was handed in again meanwhile, or the worker "
                "has other versions of the packages that the answers import"
            )
        return verdict

    def _answer(self, task: Task) -> Answer:
        from distributed.scheduler import KilledWorker

        future = self.executor.submit(judged, task)
        while not future.done():
            if self.is_over.is_set():
                raise JudgeError("the grading was ended")
            wait([future], 0.5)
        try:
            answer: Answer = json.loads(future.result())
        except KilledWorker:
            return {"failed": "every worker that was given it died"}
        except ImportError as error:
            raise JudgeError(f"a worker lacks the engine or the course ({error})") from None
        except CancelledError:
            raise JudgeError("the scheduler or the connection to it is gone") from None
        return answered(answer)


def _plain(parcel: Any) -> tuple[Any, ...]:
    """Return a parcel as tuples, lists and dicts: nothing that pickle has to know a class for."""
    folder, items, *rest = parcel
    return (folder, [tuple(item) for item in items], *rest)


class RemoteJudges(Graders):
    """The judges behind a scheduler; threads here only read submissions and wait.

    Parameters
    ----------
    address : str
        Of the scheduler: tcp://... or tls://...
    wanted : str
        The isolation that every worker must have; see `sandbox.ladder.choose`.

    Raises
    ------
    SystemExit
        If it cannot be reached.
    """

    def __init__(self, address: str, wanted: str) -> None:
        self.client, self.wanted, self.is_over = _client(address), wanted, Event()
        executor = self.client.get_executor(pure=False)
        count = max(AT_LEAST, 2 * sum(self.client.nthreads().values()))
        super().__init__(count)
        for _ in range(count):
            self.free.put(Remote(executor, wanted, self.is_over))

    def start(self, count: int) -> None:
        """Do nothing: workers run already."""

    def check(self, assignment: str) -> Isolation:
        """Return what the workers are confined with.

        Raises
        ------
        SystemExit
            If there is none, or if one of them must not judge.
        """
        found = [json.loads(answer) for answer in self._facts(assignment)]
        if not found:
            raise SystemExit(f"{NOTHING} No worker is connected to the scheduler; {START}.")
        for each in found:
            if each["version"] != version_of(assignment):
                raise SystemExit(f"Nothing was graded: {other_version(each['host'])}.")
            if "no_sandbox" in each:
                raise SystemExit(f"{NOTHING} On {each['host']}: {each['no_sandbox']}")
        names = Counter(Isolation(**each["isolation"]).name() for each in found)
        told = ", ".join(f"{count} with {name}" for name, count in sorted(names.items()))
        return Isolation(ANY if self.wanted == AUTO else self.wanted, f"workers: {told}")

    def _facts(self, assignment: str) -> list[str]:
        course = os.environ.get(registry.VARIABLE, "")
        asked = [
            self.client.submit(facts, course, assignment, self.wanted, workers=[worker], pure=False)
            for worker in self.client.nthreads()
        ]
        try:
            answers: list[str] = self.client.gather(asked)
            return answers
        except ImportError as error:
            raise SystemExit(
                f"{NOTHING} A worker lacks the engine or the course ({error}); {START}."
            ) from None

    def abandon(self) -> None:
        """Have nothing more judged; what workers are at is given up."""
        self.is_over.set()
        self.pool.shutdown(cancel_futures=True)

    def close(self) -> None:
        """Disconnect; scheduler and workers stay."""
        super().close()
        self.client.close()


def _client(address: str) -> Any:
    try:
        from distributed import Client
    except ModuleNotFoundError as error:
        raise SystemExit(f"{error.name}, which --scheduler needs, is missing; {EXTRA}.") from None
    try:
        return Client(address, timeout=CONNECT_SECONDS, set_as_default=False)
    except (OSError, ValueError) as error:
        raise SystemExit(
            f"{NOTHING} No scheduler answers at {address} ({error}); `dask scheduler` starts one."
        ) from None


def grade_on(
    scheduler: str,
    course: str | Path,
    assignment: str,
    wanted: str = AUTO,
    student: str = "*",
    as_json: bool = False,
) -> str | None:
    """Have a class judged by the workers of a scheduler, and record it here.

    Parameters
    ----------
    scheduler : str
        Its address.
    course : path
        The course directory.
    assignment : str
    wanted : str, optional
        The isolation that every worker must have; by default each has its strongest.
    student : str, optional
        A pattern for the names of the students.
    as_json : bool, optional
        Print lines of JSON in place of words.

    Returns
    -------
    str or None
        Why not everything was graded.
    """
    configured(course)  # the course has to be known before its version is
    judges = RemoteJudges(scheduler, wanted)
    try:
        isolation = judges.check(assignment)
    except BaseException:
        judges.close()
        raise
    return grade_with(judges, course, assignment, isolation, student, progress_of(as_json))
