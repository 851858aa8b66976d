"""Judging the functions that a run has kept, each on its public and its hidden cases.

It begins when all cells have run. A worker that ends during one exercise is replaced for the
next; no exercise is judged twice here.
"""

from __future__ import annotations

import hashlib
import re
import warnings
from collections.abc import Callable
from typing import Any

import numpy as np
from nbformat import NotebookNode

from autograder.cases import PUBLIC_SEED, make_cases
from autograder.checks import wire
from autograder.checks.calls import Call, Reply
from autograder.checks.judging import Case, Finding, judge
from autograder.checks.rules import clean
from autograder.checks.states import State
from autograder.model import Exercise
from autograder.registry import exercises
from autograder.sandbox.connection import NoSandboxError, WorkerEndedError
from autograder.submission.rebuild import functions, nbgrader_metadata

from .replies import redacted, replies, texts_in, until
from .run import Oracle, Runner


class Cases:
    """The cases of an assignment's exercises for one seed, made once for a whole class.

    `number` is that of the case set; see `case_sets`.
    """

    def __init__(self, assignment: str, seed: int, number: int = 0) -> None:
        self.assignment, self.number = assignment, number
        self.exercises: dict[str, Exercise] = exercises(assignment)
        self.seed = seed
        self.made: dict[str, list[Case]] = {}
        self.requests: dict[str, bytes] = {}
        self.known_texts: dict[str, set[str]] = {}

    def of(self, name: str) -> list[Case]:
        """Return the public cases, then the hidden ones."""
        if name not in self.made:
            exercise = self.exercises[name]
            hidden = make_cases(exercise, self.seed)
            # In an order of their own: else a function could count its calls and know the case.
            np.random.default_rng([self.seed, *name.encode()]).shuffle(hidden)
            self.made[name] = make_cases(exercise, PUBLIC_SEED, public=True) + hidden
        return self.made[name]

    def other(self) -> Cases:
        """Return cases with other hidden numbers, for a notebook that is judged once more."""
        digest = hashlib.sha256(f"once more {self.seed}".encode()).digest()
        return Cases(self.assignment, int.from_bytes(digest[:16]), self.number)

    def request(self, name: str) -> bytes:
        """Return the message that asks a worker for all calls, as it travels."""
        if name not in self.requests:
            calls = [vars(call) for case in self.of(name) for call in case.rule.calls(case.call)]
            self.requests[name] = wire.dumps({"do": "call", "name": name, "calls": calls})
        return self.requests[name]

    def texts(self, name: str) -> set[str]:
        """Return the texts that a result may hold: those in arguments and expected results."""
        if name not in self.known_texts:
            self.known_texts[name] = texts_in([(case.call, case.rule) for case in self.of(name)])
        return self.known_texts[name]

    def n_public_calls(self, name: str) -> int:
        """Return how many calls the public cases make; they come first."""
        return sum(len(case.rule.calls(case.call)) for case in self.of(name) if case.public)


class Judging:
    """The exercises of one notebook that has been run.

    Parameters
    ----------
    runner : Runner
    cases : Cases
    """

    def __init__(self, runner: Runner, cases: Cases) -> None:
        self.runner, self.cases, self.limits = runner, cases, runner.limits
        self.sources = tuple(cell.source for cell in runner.cells if cell.cell_type == "code")

    def finding(self, name: str) -> Finding:
        """Return what came of an exercise."""
        ended = self.runner.died.get(name)
        if ended:
            return Finding(ended.state, f"{name}: {ended.detail}, when the cell was run.")
        return self.compared(name, self.limits.exercise_seconds)

    def compared(self, name: str, seconds: float, answer: Oracle | None = None) -> Finding:
        """Return the Finding of the calls; a result that the comparison stumbles over is wrong.

        Parameters
        ----------
        name : str
        seconds : float
            Wall time of all the calls together.
        answer : callable, optional
            Answers the questions that the worker asks in between.
        """
        try:
            with np.errstate(all="ignore"), warnings.catch_warnings():
                warnings.simplefilter("ignore")  # a number near 1e308 is no news for the console
                return judge(name, self.cases.of(name), self._caller(name, seconds, answer))
        except NoSandboxError:
            raise
        except Exception as error:
            self.runner.remark(
                f"the result of {name} could not be compared ({type(error).__name__})"
            )
            return Finding(
                State.FAILED, f"{name}: the result could not be compared with what was expected."
            )

    def _caller(
        self, name: str, seconds: float, answer: Oracle | None
    ) -> Callable[[list[Call]], list[Reply]]:
        """Return what sends calls to the worker and turns what comes back into replies."""
        return lambda _: self.redacted(name, self.replies(name, seconds, answer))

    def replies(self, name: str, seconds: float, answer: Oracle | None = None) -> list[Reply]:
        """Return what came of all the calls of an exercise."""
        request = self.cases.request(name)
        count = sum(len(case.rule.calls(case.call)) for case in self.cases.of(name))
        try:
            message = self.runner.ask(request, seconds, answer)
            return self._replies(name, message, count)
        except WorkerEndedError as ended:
            return until(ended, count)

    def redacted(self, name: str, came: list[Reply]) -> list[Reply]:
        """Return replies of which those to hidden cases hold no words of the student's."""
        public, texts = self.cases.n_public_calls(name), self.cases.texts(name)
        return came[:public] + [redacted(each, self.sources, texts) for each in came[public:]]

    def _replies(self, name: str, message: dict[str, Any], count: int) -> list[Reply]:
        missing = message.get("missing") is True
        if not missing and len(message["parts"]) != count:
            self.runner.close()  # what it says next might belong to this, not to that
        return replies(message, name, count, self._why_missing(name) if missing else "")

    def _why_missing(self, name: str) -> str:
        """Say why there is no function of a name, as far as its cell tells."""
        cell = next(
            (each for each in self.runner.cells if nbgrader_metadata(each).get("grade_id") == name),
            None,
        )
        if cell is None:
            return ""
        for output in cell.outputs if cell.cell_type == "code" else []:
            if output.output_type == "error":
                return _stopped(output)
        others = sorted(functions(cell.source))
        return f"its cell defines `{others[0]}`, not `{name}`" if others else ""


def _stopped(output: NotebookNode) -> str:
    line = re.search(r"line (\d+)", output.evalue)
    where = f" (line {line[1]})" if line and "SyntaxError" in output.evalue else ""
    what = output.evalue.rstrip().rpartition("\n")[2] or output.ename
    return f"its cell stopped with {clean(what)}{where}"
