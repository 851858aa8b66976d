"""How the judge speaks to a worker; every answer of one is untrusted data."""

from __future__ import annotations

import contextlib
import json
import os
import select
import socket
import time
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from autograder.checks import wire
from autograder.checks.rules import printable_line
from autograder.checks.states import State
from autograder.checks.texts import said
from autograder.worker import frames, requests

from .limits import Limits

if TYPE_CHECKING:
    from .sandbox import Line

Request = requests.Request | bytes
Answer = Callable[[dict[str, Any]], dict[str, Any]]

CPUCLOCK_SCHED = 2  # what a scheduler counts: the time of all threads
LOOK_SECONDS = 0.01  # between two looks at a clock, at least
CORES = os.cpu_count() or 1  # all of the machine: no process can be ahead of these
MAX_PARTS = 1000  # of one answer; an exercise makes a hundred calls at most
MAX_BYTES = 128 * 2**20  # of one answer with all its parts


class NoSandboxError(RuntimeError):
    """Student code cannot be confined here; the text says why and what to do."""


class WorkerEndedError(RuntimeError):
    """A worker ended before it answered: the state for the student, and the reason.

    `parts` holds what it had sent by then.
    """

    def __init__(self, state: State, detail: str, killed: bool = False) -> None:
        super().__init__(detail)
        self.state, self.detail = state, detail
        self.parts: list[Any] = []
        self.killed = killed  # by signal 9: by itself, or by a system without memory


class OwnTime(frames.Deadline):
    """A process's own time: what the processor works for it, or a part of the time on the wall.

    On the wall the time does not count in which it could have run and no processor was free.

    Parameters
    ----------
    seconds : float
    factor : float
        How many seconds on the wall count as one of its own.
    process : int
        0 if it is not known yet.
    """

    def __init__(self, seconds: float, factor: float, process: int) -> None:
        super().__init__(seconds * factor)
        self.seconds, self.factor, self.process = seconds, factor, process
        self.before, self.seen = processor_seconds(process), 0.0
        self.waited_before, self.waited = waiting_seconds(process), 0.0

    def spent(self) -> float:
        """Return how much of it has passed; what was seen stays when the process has ended."""
        self.seen = max(self.seen, processor_seconds(self.process) - self.before)
        return max(self.seen, self._on_the_wall())

    def left(self) -> float:
        """Return for how long it lasts at least, and for how long to wait before asking again.

        No clock of another process is read before all cores together could have used it up: most
        answers come earlier.
        """
        sure = (self.seconds - CORES * (time.monotonic() - self.began)) / CORES
        if sure > LOOK_SECONDS:
            return sure
        left = self.seconds - self.spent()
        if left <= 0:
            raise TimeoutError
        return max(left, LOOK_SECONDS)

    def words(self) -> str:
        """Say how long it has been."""
        slept = self._on_the_wall() >= self.seconds
        return said(f"{self.seconds * self.factor if slept else self.seconds:.0f} seconds")

    def _on_the_wall(self) -> float:
        passed = time.monotonic() - self.began
        if passed / self.factor > self.seen:  # otherwise it does not matter
            self.waited = max(self.waited, waiting_seconds(self.process) - self.waited_before)
        return (passed - self.waited) / self.factor


def processor_seconds(process: int) -> float:
    """Return how long the processor has worked for a process; 0 if there is none.

    The kernel's clock of a process has a number that is made of the process's own, in the way of
    `clock_getcpuclockid`, for which Python has no function.
    """
    try:
        return time.clock_gettime(~process << 3 | CPUCLOCK_SCHED) if process else 0.0
    except OSError:  # it has ended
        return 0.0


def waiting_seconds(process: int) -> float:
    """Return how long a process and this one have waited for a free processor.

    Of a process it is the time of its first thread; 0 if there is none, or the kernel does not
    keep count.
    """
    seconds = 0.0
    for each in {process or os.getpid(), os.getpid()}:
        with contextlib.suppress(OSError, IndexError):
            seconds += int(_short(f"/proc/{each}/schedstat").split()[1]) / 1e9
    return seconds


def _short(path: str) -> bytes:
    """Return what a short file holds; as a `Path` it would take four times as long."""
    file = os.open(path, os.O_RDONLY)
    try:
        return os.read(file, 256)
    finally:
        os.close(file)


class Worker:
    """A process that runs one submission's code; every answer of it is untrusted data."""

    def __init__(self, sandbox: Line, limits: Limits) -> None:
        self.sandbox, self.limits = sandbox, limits
        self.started = False  # nothing of the student's has run yet
        self.held = bytearray()  # what has come and was not read
        self.process = 0
        self.spent = 0.0  # of its own time
        self.socket, theirs = socket.socketpair()
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 1)
        self.status, status_theirs = socket.socketpair()
        bounds = json.dumps(limits.as_dict()).encode()
        try:
            socket.send_fds(sandbox.control, [bounds], [theirs.fileno(), status_theirs.fileno()])
        except OSError as error:
            raise NoSandboxError(
                f"the sandbox has ended ({error}); start the grading again"
            ) from None
        finally:
            theirs.close()
            status_theirs.close()

    def has_ended(self) -> bool:
        """Tell whether it has ended."""
        return bool(select.select([self.status], [], [], 0)[0])

    def ask(self, request: Request, seconds: float, answer: Answer | None = None) -> dict[str, Any]:
        """Send a request, return what comes back.

        Parameters
        ----------
        request : dict or bytes
            See `worker.requests`; as bytes if it has been made ready to travel.
        seconds : float
            Of the worker's own time, which the answer may take; see `OwnTime`.
        answer : callable, optional
            Answers a question that the worker asks in between.

        Returns
        -------
        dict
            The answer; under "parts" what the worker sent before it.

        Raises
        ------
        WorkerEndedError
            If there is no answer: the worker and all it started have ended by then.
        """
        parts: list[Any] = []
        deadline = OwnTime(seconds, self.limits.wall_factor, self.process)
        try:
            return {**self._exchange(request, deadline, answer, parts), "parts": parts}
        except WorkerEndedError as ended:
            ended.parts = parts
            raise
        finally:
            self.spent += deadline.spent()

    def _exchange(
        self, request: Request, deadline: OwnTime, answer: Answer | None, parts: list[Any]
    ) -> dict[str, Any]:
        room = MAX_BYTES
        try:
            with contextlib.suppress(BrokenPipeError):  # its last message is still to be read
                self._send(request, deadline)
            self.process = self.process or frames.sender(self.socket, deadline)
            while True:
                data = frames.receive(self.socket, min(wire.MAX_BYTES, room), deadline, self.held)
                room -= len(data)
                message = wire.loads(data)
                if not isinstance(message, dict):
                    raise ValueError("not a valid message")
                if "refused" in message and not self.started:
                    raise NoSandboxError(f"a worker could not be confined: {message['refused']}")
                self.started = True
                if "crashed" in message:
                    self.close()
                    raise WorkerEndedError(*_why(printable_line(message["crashed"])))
                if "ask" in message:
                    if answer is None:
                        raise ValueError("an unexpected question")
                    room += len(data)  # questions are not kept; their number is bounded
                    self._send(answer(message), deadline)
                elif "part" in message:
                    parts.append(message["part"])
                    if len(parts) > MAX_PARTS:
                        raise ValueError("more answers than questions")
                else:
                    return message
        except TimeoutError:
            words = deadline.words()
            self.close()
            raise WorkerEndedError(State.TIMED_OUT, f"no result within {words}") from None
        except (frames.ClosedError, ConnectionError):
            raise self._ended() from None
        except ValueError as error:
            self.close()
            raise WorkerEndedError(State.FAILED, f"the result could not be read: {error}") from None

    def _send(self, message: Mapping[str, object] | bytes, deadline: frames.Deadline) -> None:
        frames.until(self.socket, deadline)
        frames.send(self.socket, message if isinstance(message, bytes) else wire.dumps(message))

    def _ended(self) -> WorkerEndedError:
        """Say how the worker died."""
        report = self.close(wait=2.0)
        code = report.get("code")
        if report.get("over") in OVER:
            return WorkerEndedError(
                State.CRASHED, OVER[report["over"]].format(**self.limits.as_dict())
            )
        if code is None:  # the process that forks, which no student reaches, has ended as well
            if self.sandbox.ended(1.0):
                raise NoSandboxError("the sandbox has ended; start the grading again")
            return WorkerEndedError(State.CRASHED, "the process that ran your code was ended")
        if code == -9:  # the init process, which the code cannot reach
            code = 128 + 9
        if code - 128 in SIGNALS:
            return WorkerEndedError(*SIGNALS[code - 128], killed=code == 128 + 9)
        if code > 128:
            return WorkerEndedError(State.CRASHED, f"your code was ended by signal {code - 128}")
        return WorkerEndedError(
            State.CRASHED,
            f"your code ended the process that ran it (exit code {code})"
            if code != 99
            else "your code ended the process that ran it",
        )

    def close(self, wait: float = 0.0) -> dict[str, Any]:
        """End the worker and all it started; return what was reported."""
        data = b""
        report: dict[str, Any] = {}
        with contextlib.suppress(OSError, ValueError):
            if wait:  # it may be alive, with its end of the socket closed
                with contextlib.suppress(TimeoutError):
                    self.status.settimeout(wait)
                    data = self.status.recv(4096)
            if not data:
                self.status.shutdown(socket.SHUT_WR)  # that is the order
                self.status.settimeout(10.0)
                data = self.status.recv(4096)
            report = json.loads(data) if data else {}
        self.socket.close()
        self.status.close()
        if "refused" in report:
            raise NoSandboxError(f"a worker could not be confined: {report['refused']}")
        return report


def _why(error: str) -> tuple[State, str]:
    """Return state and reason of a worker that ended by an exception of its own loop."""
    if error.startswith("MemoryError"):
        return State.OUT_OF_MEMORY, said("your code ran out of memory")
    return State.CRASHED, said(f"your code ended the process that ran it ({error})")


SIGNALS = {
    9: (State.CRASHED, "your code was ended by signal 9 (killed)"),
    11: (State.CRASHED, "your code crashed Python itself (segmentation fault)"),
    6: (State.CRASHED, "your code crashed Python itself (abort)"),
    24: (State.TIMED_OUT, "your code used up its CPU time"),
    31: (State.CRASHED, "your code was ended because it made a forbidden system call"),
    25: (State.CRASHED, "your code wrote a file that is too large"),
}
# Limits that under Landlock not the kernel enforces but the process that watches the worker.
OVER = {
    "threads": "your code was ended because it had more than {threads} threads at once",
    "scratch": (
        "your code filled its scratch folder and was ended; it may hold {scratch_files:,} files "
        "and folders and {scratch_bytes:,} bytes"
    ),
}
