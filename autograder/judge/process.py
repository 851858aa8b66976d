"""The judge as a process of its own, and the side that speaks to it.

It holds tests and reference, but not the gradebook. It reads requests as lines of JSON from
its standard input and answers with lines of JSON.
"""

import contextlib
import json
import os
import resource
import select
import signal
import subprocess
import sys
import threading
from dataclasses import asdict
from pathlib import Path

from autograder import quick  # noqa: F401  isort: skip

import nbformat

from autograder import exercises
from autograder.student.rules import clean

from .examine import Cases
from .grade import ungraded, verdict_on
from .limits import Limits
from .master import released
from .sandbox import NoSandbox, Sandbox, shows
from .verdict import Verdict
from .worker.confine import die_with_parent

ROOT = Path(__file__).parents[2]
TRIES = 3  # for one submission, should the judge be killed
MEMORY = 8 * 2**30  # of the judge: enough for any notebook within the limits
SPARE_SECONDS = 120.0  # for its own work on one, beyond the submission's time
ALONE = {
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MPLBACKEND": "agg",
    "PYTHONOPTIMIZE": "",
}


class JudgeFailed(RuntimeError):
    """The judge could not do its work; the text says why."""


def main():
    """Serve until the standard input ends."""
    if sys.platform == "linux":
        die_with_parent()
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # who interrupts need not read about it
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # a stray print must not look like an answer
    serve = _Serving("--without-sandbox" not in sys.argv)
    for line in sys.stdin:
        print(json.dumps(serve.answer(json.loads(line))), file=answers, flush=True)


class _Serving:
    def __init__(self, confined):
        self.confined, self.cases = confined, {}
        self.sandbox, self.refused = None, ""
        self._start()

    def _start(self):
        try:
            self.sandbox, self.refused = Sandbox(self.confined), ""
        except NoSandbox as error:
            self.sandbox, self.refused = None, str(error)

    def answer(self, request):
        """Return the answer to a request, whatever happens."""
        if self.sandbox is None:
            self._start()
        if self.refused:
            return {"no_sandbox": self.refused}
        try:
            return {"verdict": asdict(self._verdict(request))}
        except NoSandbox as error:
            return self._again(request, error)
        except exercises.Undeclared as error:
            return {"error": str(error)}
        except Exception as error:
            return {
                "failed": f"the grader stopped over it with {type(error).__name__}: {clean(error)}"
            }

    def _again(self, request, error):
        """Answer with a new sandbox, once, if the old one has ended."""
        if self.sandbox.alive() or "again" in request:
            return {"no_sandbox": str(error)}
        self.sandbox.close()
        self._start()
        return self.answer({**request, "again": True})

    def _verdict(self, request):
        for place in (request["folder"], request["source"]):
            if self.confined and shows(place):
                raise NoSandbox(
                    f"{place} lies in a folder that student code can read, as all of "
                    "/usr and the folder of Python; move the course elsewhere"
                )
        name = request["assignment"], request["seed"]
        if name not in self.cases:
            self.cases[name] = Cases(*name)
        return verdict_on(
            request["folder"],
            request["source"],
            nbformat.from_dict(request["released"]),
            request["assignment"],
            self.sandbox,
            self.cases[name],
            Limits(**request["limits"]),
        )


class Judge:
    """Speaks to a judge process; starts one when there is none.

    Parameters
    ----------
    confined : bool, optional
        See `sandbox.Sandbox`.
    """

    def __init__(self, confined=True):
        self.confined = confined
        self.process = None
        self.lock = threading.Lock()

    def grade(self, folder, source, assignment, seed, limits=None):
        """Return the Verdict on one notebook of a submission.

        One over which the judge comes to grief is not gradable; such a verdict has no key, so
        that the next grading tries again.

        Raises
        ------
        NoSandbox
            If student code cannot be confined here.
        JudgeFailed
            If the judge failed; nothing was recorded.
        """
        request = {
            "folder": str(folder),
            "source": str(source),
            "released": released(source),
            "assignment": assignment,
            "seed": seed,
            "limits": (limits or Limits()).as_dict(),
        }
        why = f"the grader ended {TRIES} times over it"
        for _ in range(TRIES):
            answer = self._ask(request)
            if answer is None:  # it was killed; what it did has left no trace
                continue
            if "no_sandbox" in answer:
                raise NoSandbox(answer["no_sandbox"])
            if "error" in answer:
                raise JudgeFailed(answer["error"])
            if "verdict" in answer:
                return Verdict.from_data(answer["verdict"])
            why = answer["failed"]
            break
        return ungraded(source, request["released"], assignment, seed, why)

    def _ask(self, request):
        with self.lock:
            if self.process is None or self.process.poll() is not None:
                self.start()
            try:
                self.process.stdin.write(json.dumps(request) + "\n")
                self.process.stdin.flush()
                seconds = request["limits"]["submission_seconds"] + SPARE_SECONDS
                if not select.select([self.process.stdout], [], [], seconds)[0]:
                    self.process.kill()
                    return {"failed": f"the grader had no result within {seconds:.0f} seconds"}
                return json.loads(self.process.stdout.readline())
            except (OSError, ValueError):  # no answer, or half of one
                self.process.kill()
                self.process.wait()
                return None

    def start(self):
        """Start the judge; on Linux it ends with the thread that does so."""
        flags = [] if self.confined else ["--without-sandbox"]
        paths = os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")]).rstrip(os.pathsep)
        self.process = subprocess.Popen(
            [sys.executable, "-m", "autograder.judge.process", *flags],
            text=True,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, **ALONE, "PYTHONPATH": paths},
        )

    def close(self):
        """End the judge and its sandbox."""
        if self.process is None:
            return
        process, self.process = self.process, None
        with contextlib.suppress(BrokenPipeError):  # it may have ended with a request unread
            process.stdin.close()
        try:
            process.wait(5)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        process.stdout.close()


if __name__ == "__main__":
    main()
