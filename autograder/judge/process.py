"""The side that speaks to the judge, which is a process of its own; see `serve`."""

import contextlib
import json
import os
import select
import socket
import subprocess
import sys
import threading
from dataclasses import asdict
from pathlib import Path
from typing import Any, Protocol, TypedDict

from autograder import registry
from autograder.sandbox.connection import NoSandboxError
from autograder.sandbox.isolation import Isolation
from autograder.sandbox.sandbox import Sandbox

from .grade import ungraded
from .request import Request
from .verdict import Explained, Verdict

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


class Answer(TypedDict, total=False):
    """What the judge answers: one of these."""

    verdict: dict[str, Any]
    explained: Explained
    no_sandbox: str
    error: str
    failed: str


class JudgeError(RuntimeError):
    """The judge could not do its work; the text says why."""


def answered(answer: Answer) -> Answer:
    """Return a judge's answer if it has done its work, with a verdict or without.

    Raises
    ------
    NoSandboxError
        If it could not confine student code.
    JudgeError
        If it could not do its work.
    """
    if "no_sandbox" in answer:
        raise NoSandboxError(answer["no_sandbox"])
    if "error" in answer:
        raise JudgeError(answer["error"])
    return answer


class Grader(Protocol):
    """What gives verdicts: a judge on this machine, or others far away."""

    def grade(self, request: Request) -> Verdict:
        """Return the Verdict on one notebook of a submission; see `Judge.grade`."""


class Judge:
    """Speaks to a judge process; starts one when there is none.

    Parameters
    ----------
    isolation : Isolation
        What `ladder.choose` chose.
    sandbox : Sandbox, optional
        From which it gets its workers, as other judges may; it starts one itself if there is none
        or that has ended.
    """

    def __init__(self, isolation: Isolation, sandbox: Sandbox | None = None) -> None:
        self.isolation, self.sandbox = isolation, sandbox
        self.process: subprocess.Popen[str] | None = None
        self.lock = threading.Lock()

    def grade(self, request: Request) -> Verdict:
        """Return the Verdict on one notebook of a submission.

        One that the judge fails on is not gradable; such a verdict has no key, so
        that the next grading tries again.

        Raises
        ------
        NoSandboxError
            If student code cannot be confined here.
        JudgeError
            If the judge failed; nothing was recorded.
        """
        answer = self._answer(request)
        return (
            Verdict.from_data(answer["verdict"])
            if "verdict" in answer
            else ungraded(request, answer["failed"])
        )

    def explain(self, request: Request, exercise: str) -> Explained:
        """Return what came of each case of an exercise of a submission; see `explain.explained`.

        The errors are those of `grade`.
        """
        answer = self._answer(request, exercise)
        if "explained" not in answer:
            raise JudgeError(answer["failed"])
        return answer["explained"]

    def _answer(self, request: Request, explain: str = "") -> Answer:
        text = json.dumps({**request.as_data(), "explain": explain})
        limits = request.limits
        seconds = limits.submission_seconds * limits.wall_factor + SPARE_SECONDS
        for _ in range(TRIES):
            answer = self._ask(text, seconds)
            if answer is None:  # it was killed; it left no trace
                continue
            return answered(answer)
        return {"failed": f"the grader crashed on it {TRIES} times"}

    def _ask(self, request: str, seconds: float) -> Answer | None:
        """Return the judge's answer; None if it ended before there was one."""
        with self.lock:
            process = self.process
            if process is None or process.poll() is not None:
                process = self.start()
            assert process.stdin and process.stdout  # pipes
            try:
                process.stdin.write(request + "\n")
                process.stdin.flush()
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
        with contextlib.ExitStack() as passed:
            line = self._line()
            shared = [passed.enter_context(line).fileno()] if line else []
            self.process = subprocess.Popen(
                [sys.executable, "-m", "autograder.judge.serve", isolation, *map(str, shared)],
                text=True,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                pass_fds=shared,
                env={**os.environ, **ALONE, "PYTHONPATH": paths},
            )
        return self.process

    def _line(self) -> socket.socket | None:
        """Return a line to the sandbox that is there, if it is."""
        with contextlib.suppress(OSError):
            if self.sandbox and self.sandbox.alive():
                return self.sandbox.line()
        return None

    def dismiss(self) -> None:
        """Have the judge end when it has done its work, without waiting for that."""
        if self.process:
            assert self.process.stdin
            with contextlib.suppress(BrokenPipeError):  # it may have ended with a request unread
                self.process.stdin.close()

    def close(self) -> None:
        """End the judge, and its sandbox if it has one of its own."""
        if self.process is None:
            return
        self.dismiss()
        process, self.process = self.process, None
        assert process.stdout  # a pipe
        try:
            process.wait(CLOSE_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        process.stdout.close()
