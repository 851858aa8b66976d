"""The side that speaks to the judge, which is a process of its own; see `serve`."""

import contextlib
import json
import os
import select
import subprocess
import sys
import threading
from dataclasses import asdict
from pathlib import Path
from typing import Any, NotRequired, Protocol, TypedDict

from nbformat import NotebookNode

from autograder import registry
from autograder.sandbox.connection import NoSandboxError
from autograder.sandbox.isolation import Isolation
from autograder.sandbox.limits import Limits
from autograder.submission.master import Notebooks, master, released

from .grade import ungraded
from .verdict import Verdict

PACKAGES = Path(__file__).parents[2]  # where this one lies
TRIES = 3  # for one submission, should the judge be killed
SPARE_SECONDS = 120.0  # for its own work on one, beyond the submission's time
CLOSE_SECONDS = 30.0  # for ending its workers
ALONE = {
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MPLBACKEND": "agg",
    "PYTHONOPTIMIZE": "",
}


class Request(TypedDict):
    """What the judge is asked for: the Verdict on one notebook."""

    folder: str
    source: str
    notebook: NotebookNode
    released: NotebookNode
    assignment: str
    seed: int
    limits: dict[str, Any]
    explain: NotRequired[str]  # an exercise whose cases are to be explained in place of that


class Answer(TypedDict, total=False):
    """What the judge answers: one of these."""

    verdict: dict[str, Any]
    explained: list[str]
    no_sandbox: str
    error: str
    failed: str


class JudgeError(RuntimeError):
    """The judge could not do its work; the text says why."""


class Grader(Protocol):
    """What gives verdicts: a judge on this machine, or others far away."""

    def grade(
        self,
        folder: Path,
        source: Path,
        assignment: str,
        seed: int,
        limits: Limits | None = None,
        notebooks: Notebooks | None = None,
    ) -> Verdict:
        """Return the Verdict on one notebook of a submission; see `Judge.grade`."""


def _request(
    folder: Path,
    source: Path,
    assignment: str,
    seed: int,
    limits: Limits | None,
    notebooks: Notebooks | None,
) -> Request:
    notebooks = notebooks or Notebooks(master(source), released(source))
    return {
        "folder": str(folder),
        "source": str(source),
        "notebook": notebooks.instructor,
        "released": notebooks.student,
        "assignment": assignment,
        "seed": seed,
        "limits": (limits or Limits()).as_dict(),
    }


class Judge:
    """Speaks to a judge process; starts one when there is none.

    Parameters
    ----------
    isolation : Isolation
        What `ladder.choose` chose.
    """

    def __init__(self, isolation: Isolation) -> None:
        self.isolation = isolation
        self.process: subprocess.Popen[str] | None = None
        self.lock = threading.Lock()

    def grade(
        self,
        folder: Path,
        source: Path,
        assignment: str,
        seed: int,
        limits: Limits | None = None,
        notebooks: Notebooks | None = None,
    ) -> Verdict:
        """Return the Verdict on one notebook of a submission.

        `notebooks` are those of the release; by default what `source` says now.

        One that the judge fails on is not gradable; such a verdict has no key, so
        that the next grading tries again.

        Raises
        ------
        NoSandboxError
            If student code cannot be confined here.
        JudgeError
            If the judge failed; nothing was recorded.
        """
        request = _request(folder, source, assignment, seed, limits, notebooks)
        answer = self._answer(request)
        if "verdict" in answer:
            return Verdict.from_data(answer["verdict"])
        return ungraded(request["notebook"], request["released"], assignment, answer["failed"])

    def explain(
        self,
        folder: Path,
        source: Path,
        assignment: str,
        seed: int,
        exercise: str,
        limits: Limits | None = None,
        notebooks: Notebooks | None = None,
    ) -> list[str]:
        """Return lines on each case of an exercise of a submission; see `explain.explained`.

        `seed` is that of the verdict. The errors are those of `grade`.
        """
        request = _request(folder, source, assignment, seed, limits, notebooks)
        request["explain"] = exercise
        answer = self._answer(request)
        if "explained" not in answer:
            raise JudgeError(answer["failed"])
        return answer["explained"]

    def _answer(self, request: Request) -> Answer:
        for _ in range(TRIES):
            answer = self._ask(request)
            if answer is None:  # it was killed; it left no trace
                continue
            if "no_sandbox" in answer:
                raise NoSandboxError(answer["no_sandbox"])
            if "error" in answer:
                raise JudgeError(answer["error"])
            return answer
        return {"failed": f"the grader crashed on it {TRIES} times"}

    def _ask(self, request: Request) -> Answer | None:
        """Return the judge's answer; None if it ended before there was one."""
        with self.lock:
            process = self.process
            if process is None or process.poll() is not None:
                process = self.start()
            assert process.stdin and process.stdout  # pipes
            try:
                process.stdin.write(json.dumps(request) + "\n")
                process.stdin.flush()
                limits = Limits(**request["limits"])
                seconds = limits.submission_seconds * limits.wall_factor + SPARE_SECONDS
                if not select.select([process.stdout], [], [], seconds)[0]:
                    process.kill()
                    return {"failed": f"the grader had no result within {seconds:.0f} seconds"}
                answer: Answer = json.loads(process.stdout.readline())
                return answer
            except (OSError, ValueError):  # no answer, or half of one
                process.kill()
                process.wait()
                return None

    def start(self) -> subprocess.Popen[str]:
        """Start the judge; on Linux it ends with the thread that does so."""
        isolation = json.dumps(asdict(self.isolation))
        known = [str(PACKAGES), str(registry.root()), os.environ.get("PYTHONPATH", "")]
        paths = os.pathsep.join(filter(None, dict.fromkeys(known)))
        self.process = subprocess.Popen(
            [sys.executable, "-m", "autograder.judge.serve", isolation],
            text=True,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, **ALONE, "PYTHONPATH": paths},
        )
        return self.process

    def close(self) -> None:
        """End the judge and its sandbox."""
        if self.process is None:
            return
        process, self.process = self.process, None
        assert process.stdin and process.stdout  # pipes
        with contextlib.suppress(BrokenPipeError):  # it may have ended with a request unread
            process.stdin.close()
        try:
            process.wait(CLOSE_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        process.stdout.close()
