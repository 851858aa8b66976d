"""The reference answering for functions that the student got wrong: a mistake is paid for once.

The arguments are the student's, and NumPy cannot be interrupted: so the reference works in a
child of the judge that has little memory and is ended when it takes too long.
"""

from __future__ import annotations

import contextlib
import os
import signal
import socket
from collections.abc import Mapping
from typing import Any

from autograder.checks import wire
from autograder.checks.calls import Call, perform
from autograder.checks.wire import Opaque
from autograder.model import Exercise
from autograder.sandbox.limits import MB
from autograder.worker import frames

SECONDS = 5  # for one answer; the arguments are the student's
MEMORY = 512 * MB  # that one answer may take
MAX_ASKED = 20_000


class Oracle:
    """Answers a worker's questions with the reference.

    Parameters
    ----------
    known : dict
        Exercises by name.
    """

    def __init__(self, known: Mapping[str, Exercise]) -> None:
        self.known = known
        self.asked: set[str] = set()
        self.count = 0
        self.child: int | None = None
        self.socket: socket.socket | None = None

    def __call__(self, question: dict[str, Any]) -> dict[str, Any]:
        """Return the answer to one question as plain data."""
        name, args, kwargs = (question.get(key) for key in ("ask", "args", "kwargs"))
        self.count += 1
        if not isinstance(name, str) or not self._sensible(name, args, kwargs):
            return {
                "raised": "TypeError",
                "message": "a function was called with arguments that it does not accept",
            }
        self.asked.add(name)
        try:
            if self.child is None:
                self._start()
            assert self.socket is not None
            deadline = frames.Deadline(SECONDS)
            frames.until(self.socket, deadline)
            frames.send(self.socket, wire.dumps([name, args, kwargs]))
            return wire.loads(frames.receive(self.socket, wire.MAX_BYTES, deadline))
        except (OSError, ValueError):  # too late, too large, or out of memory
            self.close()
            return {"raised": "ValueError", "message": "too large to compute"}

    def _sensible(self, name: Any, args: Any, kwargs: Any) -> bool:
        return (
            name in self.known
            and isinstance(args, tuple)
            and isinstance(kwargs, dict)
            and self.count <= MAX_ASKED
            and all(isinstance(key, str) for key in kwargs)
            and not any(isinstance(each, Opaque) for each in (*args, *kwargs.values()))
        )

    def _start(self) -> None:
        self.socket, theirs = socket.socketpair()
        parent = os.getpid()
        self.child = os.fork()
        if self.child == 0:
            try:
                from autograder.worker.kernel import (
                    die_with_parent,
                )  # only Linux has it, and grades

                die_with_parent(parent)
                _work(theirs, self.known)
            finally:
                os._exit(1)
        theirs.close()

    def close(self) -> None:
        """End the child."""
        if self.child and self.socket:
            self.socket.close()
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.child, signal.SIGKILL)
            os.waitpid(self.child, 0)
            self.child = self.socket = None


def _work(theirs: socket.socket, known: Mapping[str, Exercise]) -> None:
    """Be the child: compute one answer after the other."""
    import resource

    with open("/proc/self/statm") as statm:
        used = int(statm.read().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (used + MEMORY, used + MEMORY))
    while True:
        name, args, kwargs = wire.loads(frames.receive(theirs, wire.MAX_BYTES))
        reply = perform(known[name].solution, Call(args, kwargs))
        if reply.raised:
            answer = {
                key: reply.raised[other]
                for key, other in (("raised", "type"), ("message", "message"))
            }
        else:
            answer = {"value": reply.value}
        frames.send(theirs, wire.dumps(answer))
