"""The judge, as a process of its own. For Linux only; `process.Judge` starts it.

It holds tests and reference, but not the gradebook. It reads requests as lines of JSON from
its standard input and answers with lines of JSON. Its workers come over a line to a fork server
that it may share with other judges; when that has ended, from one of its own.
"""

import json
import os
import resource
import signal
import socket
import sys
from typing import Any

from autograder import quick  # isort: skip

from autograder import registry
from autograder.checks.rules import printable_line
from autograder.sandbox.connection import NoSandboxError
from autograder.sandbox.isolation import NONE, Isolation
from autograder.sandbox.sandbox import Line, Sandbox
from autograder.sandbox.view import shows, view
from autograder.worker.kernel import die_with_parent

from .case_sets import CaseSets
from .explain import explained
from .grade import verdict_on
from .request import Request

MEMORY = 8 * 2**30  # of the judge: enough for any notebook within the limits


def main() -> None:
    """Serve until the standard input ends."""
    die_with_parent()
    quick.settle()
    # An interrupt needs no traceback; a shell's background command is deaf to it, whole.
    if signal.getsignal(signal.SIGINT) is not signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # a stray print must not look like an answer
    control = socket.socket(fileno=int(sys.argv[2])) if sys.argv[2:] else None
    serve = _Serving(Isolation(**json.loads(sys.argv[1])), control)
    try:
        for line in sys.stdin:
            print(json.dumps(serve.answer(json.loads(line))), file=answers, flush=True)
    finally:
        if serve.sandbox:
            serve.sandbox.close()


class _Serving:
    def __init__(self, isolation: Isolation, control: socket.socket | None) -> None:
        self.isolation = isolation
        self.view = view()  # once: it takes 2 ms
        self.sets: dict[tuple[str, int], CaseSets] = {}
        self.sandbox: Line | None = None
        self.refused = ""
        if control:
            self.sandbox = Line(isolation, control)
            if self.sandbox.is_ready():
                return
            self.sandbox.close()
        self._start()

    def _start(self) -> None:
        """Start a fork server for this judge alone."""
        try:
            self.sandbox, self.refused = Sandbox(self.isolation), ""
        except NoSandboxError as error:
            self.sandbox = None
            self.refused = (
                f"Student code could not be confined by {self.isolation.mode}, which worked a "
                f"moment ago: {error}"
            )

    def answer(self, request: dict[str, Any]) -> dict[str, Any]:
        """Return the answer to a request, also if judging fails."""
        if self.sandbox is None:
            self._start()
        if self.refused:
            return {"no_sandbox": self.refused}
        try:
            return self._done(request)
        except NoSandboxError as error:
            return self._again(request, error)
        except registry.UndeclaredError as error:
            return {"error": str(error)}
        except Exception as error:
            return {
                "failed": f"the grader failed on it with {type(error).__name__}: "
                f"{printable_line(error)}"
            }

    def _again(self, request: dict[str, Any], error: NoSandboxError) -> dict[str, Any]:
        """Answer with a new sandbox, once, if the old one has ended."""
        assert self.sandbox is not None
        if self.sandbox.alive() or "again" in request:
            return {"no_sandbox": str(error)}
        self.sandbox.close()
        self._start()
        return self.answer({**request, "again": True})

    def _done(self, data: dict[str, Any]) -> dict[str, Any]:
        assert self.sandbox is not None
        request = Request.from_data(data)
        for place in (request.folder, request.source):
            if self.isolation.mode != NONE and shows(place, self.view):
                raise NoSandboxError(
                    f"{place} lies in a folder that student code can read, such as "
                    "/usr/lib, /usr/share and the libraries of Python; move the course elsewhere"
                )
        if data["explain"]:
            return {"explained": explained(request, self.sandbox, data["explain"])}
        name = request.assignment, request.seed
        if name not in self.sets:
            self.sets[name] = CaseSets(*name)
        return {"verdict": verdict_on(request, self.sandbox, self.sets[name]).as_data()}


if __name__ == "__main__":
    main()
