"""The judge as a process of its own, and the side that speaks to it.

It holds tests and reference, but not the gradebook. It reads requests as lines of JSON from
its standard input and answers with lines of JSON.
"""

import json
import os
import resource
import subprocess
import sys
import threading
from dataclasses import asdict
from pathlib import Path

from .examine import Cases
from .grade import verdict_on
from .limits import Limits
from .sandbox import NoSandbox, Sandbox
from .verdict import Verdict
from .worker.confine import die_with_parent

ROOT = Path(__file__).parents[2]
TRIES = 3                   # for one submission, should the judge be killed
MEMORY = 8 * 2**30          # of the judge: enough for any notebook within the limits
ALONE = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MPLBACKEND": "agg"}


class JudgeFailed(RuntimeError):
    """The judge could not do its work; the text says why."""


def main():
    """Serve until the standard input ends."""
    if sys.platform == "linux":
        die_with_parent()
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)   # a stray print must not look like an answer
    confined = "--without-sandbox" not in sys.argv
    sandbox, cases, limits = None, {}, Limits()
    for line in sys.stdin:
        request = json.loads(line)
        try:
            sandbox = sandbox or Sandbox(confined)
            name = request["assignment"], request["seed"]
            cases.setdefault(name, Cases(*name))
            verdict = verdict_on(request["folder"], request["source"], request["assignment"],
                                 sandbox, cases[name], limits)
            answer = {"verdict": asdict(verdict)}
        except NoSandbox as error:
            answer, sandbox = {"no_sandbox": str(error)}, None
        except Exception as error:
            answer = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps(answer), file=answers, flush=True)


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

    def grade(self, folder, source, assignment, seed):
        """Return the Verdict on one notebook of a submission.

        Raises
        ------
        NoSandbox
            If student code cannot be confined here.
        JudgeFailed
            If the judge failed; nothing was recorded.
        """
        request = {"folder": str(folder), "source": str(source), "assignment": assignment,
                   "seed": seed}
        for _ in range(TRIES):
            answer = self._ask(request)
            if answer is None:   # it was killed; what it did has left no trace
                continue
            if "no_sandbox" in answer:
                raise NoSandbox(answer["no_sandbox"])
            if "error" in answer:
                raise JudgeFailed(answer["error"])
            return Verdict.from_data(answer["verdict"])
        raise JudgeFailed(f"the judge ended {TRIES} times over this submission")

    def _ask(self, request):
        with self.lock:
            if self.process is None or self.process.poll() is not None:
                self._start()
            try:
                self.process.stdin.write(json.dumps(request) + "\n")
                self.process.stdin.flush()
                return json.loads(self.process.stdout.readline())
            except (OSError, ValueError):   # no answer, or half of one
                self.process.kill()
                self.process.wait()
                return None

    def _start(self):
        flags = [] if self.confined else ["--without-sandbox"]
        paths = os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")]).rstrip(os.pathsep)
        self.process = subprocess.Popen(
            [sys.executable, "-m", "autograder.judge.process", *flags], text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            env={**os.environ, **ALONE, "PYTHONPATH": paths})

    def close(self):
        """End the judge and its sandbox."""
        if self.process and self.process.poll() is None:
            self.process.stdin.close()
            try:
                self.process.wait(5)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        self.process = None


if __name__ == "__main__":
    main()
