"""Judging the functions that a run has kept, each on its public and its hidden cases.

It begins when all cells have run. A worker that ends during one exercise is replaced for the
next; no exercise is judged twice here.
"""

from __future__ import annotations

import hashlib
import re
import traceback
import warnings
from dataclasses import replace
from enum import Enum, auto
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from nbformat import NotebookNode

from autograder import registry
from autograder.cases import PUBLIC_SEED, make_cases
from autograder.checks import wire
from autograder.checks.calls import Call, Reply
from autograder.checks.case import Case
from autograder.checks.judging import Finding, in_doubt, judge, judged
from autograder.checks.rules import HINTS, Mismatch, printable_line
from autograder.checks.states import State
from autograder.checks.texts import said
from autograder.model import Exercise
from autograder.sandbox.connection import NoSandboxError, WorkerEndedError
from autograder.submission.rebuild import HELPER, functions, nbgrader_metadata
from autograder.worker.requests import Calls

from .messages import Bound
from .replies import redacted, replies, texts_in, until
from .run import Oracle, Runner, not_installed

NOT_INSTALLED = (
    "The module {} is not installed where your work is graded: use NumPy in its place, or write "
    "what you need of it into the notebook."
)


class Stage(Enum):
    """When a worker is asked for the calls of a case."""

    PUBLIC = auto()
    PUBLIC_IN_DOUBT = auto()
    HIDDEN = auto()
    HIDDEN_IN_DOUBT = auto()


def _stage(case: Case) -> Stage:
    if case.in_doubt:
        return Stage.PUBLIC_IN_DOUBT if case.public else Stage.HIDDEN_IN_DOUBT
    return Stage.PUBLIC if case.public else Stage.HIDDEN


class Cases:
    """The cases of an assignment's exercises for one seed, made once for a whole class.

    `number` is that of the case set, `public` are its public cases by exercise; see `case_sets`.
    """

    def __init__(
        self,
        assignment: str,
        seed: int,
        number: int = 0,
        public: dict[str, list[Case]] | None = None,
    ) -> None:
        self.assignment, self.number = assignment, number
        self.public = {} if public is None else public
        self.exercises: dict[str, Exercise] = registry.exercises(assignment)
        self.seed = seed
        self.made: dict[str, list[Case]] = {}
        # Asked for with every submission, and always the same.
        self.calls = cache(self._calls)
        self.request = cache(self._request)
        self.texts = cache(self._texts)

    def of(self, name: str) -> list[Case]:
        """Return the public cases, then the hidden ones."""
        if name not in self.made:
            exercise = self.exercises[name]
            hidden = make_cases(exercise, self.seed)
            # In an order of their own: else a function could count its calls and know the case.
            np.random.default_rng([self.seed, *name.encode()]).shuffle(hidden)
            if name not in self.public:
                self.public[name] = make_cases(exercise, PUBLIC_SEED, public=True)
            self.made[name] = self.public[name] + hidden
        return self.made[name]

    def other(self) -> Cases:
        """Return cases with other hidden numbers, for a notebook that is judged once more."""
        digest = hashlib.sha256(f"once more {self.seed}".encode()).digest()
        return Cases(self.assignment, int.from_bytes(digest[:16]), self.number, self.public)

    def _calls(self, name: str, stage: Stage) -> list[Call]:
        """Return the calls that the cases of a stage make."""
        cases = [case for case in self.of(name) if _stage(case) is stage]
        return [call for case in cases for call in case.rule.calls(case.call)]

    def _request(self, name: str, stage: Stage) -> bytes:
        """Return the message that asks a worker for these calls, as it travels."""
        calls = [vars(call) for call in self.calls(name, stage)]
        request: Calls = {"do": "call", "name": name, "calls": calls}
        return wire.dumps(request)

    def _texts(self, name: str, public_only: bool = False) -> set[str]:
        """Return the texts that a result may hold: those in arguments and expected results."""
        cases = [case for case in self.of(name) if case.public or not public_only]
        return texts_in([(case.call, case.rule) for case in cases])

    def public_texts(self, name: str) -> set[str]:
        """Return the texts in the public cases, which students know."""
        return self.texts(name, public_only=True)


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
        self.public: dict[str, list[Reply]] = {}
        self.public_in_doubt: dict[str, list[Reply]] = {}
        self.broken: dict[str, Finding] = {}  # whose cases cannot be made
        self.used: dict[str, float] = {}  # seconds, for the public cases

    def call_public(self, name: str) -> None:
        """Make the calls of the public cases, before a hidden number is in the worker.

        The messages on it hold everything: so this is done for all exercises before the first
        is called with hidden numbers.
        """
        try:
            self.cases.of(name)
        except Exception as error:  # no student's value is in it
            self.broken[name] = self._not_gradable(name, error, authors_line(error, True))
            return
        before, seconds = self.runner.spent, self.limits.exercise_seconds
        self.public[name] = self.called(name, Stage.PUBLIC, seconds)
        if self.cases.calls(name, Stage.PUBLIC_IN_DOUBT) and self._is_in_doubt(name):
            left = seconds - (self.runner.spent - before)
            self.public_in_doubt[name] = self.called(name, Stage.PUBLIC_IN_DOUBT, left)
        self.used[name] = self.runner.spent - before

    def _is_in_doubt(self, name: str) -> bool:
        """Tell whether what came of the public cases so far leaves a doubt."""
        cases = [case for case in self.cases.of(name) if _stage(case) is Stage.PUBLIC]
        try:
            with np.errstate(all="ignore"), warnings.catch_warnings():
                warnings.simplefilter("ignore")
                return in_doubt(judged(cases, lambda _: self.public[name]))
        except Exception:  # told of when all is compared
            return False

    def never_ends(self, name: str) -> bool:
        """Tell whether a public case took too long."""
        replies = *self.public.get(name, ()), *self.public_in_doubt.get(name, ())
        return any(each.trouble == State.TIMED_OUT for each in replies)

    def finding(self, name: str) -> Finding:
        """Return what came of an exercise."""
        ended = self.runner.failures.get(name)
        if ended:
            return Finding(ended.state, f"{name}: {ended.detail}, when the cell was run.")
        if name in self.broken:
            return self.broken[name]
        asking = Asking(self, name, self.limits.exercise_seconds, sealed=name in self.public)
        return self.compared(asking)

    def compared(self, asking: Asking) -> Finding:
        """Return the Finding of an exercise; a result that breaks the comparison is wrong."""
        name = asking.name

        def bound(case: Case, mismatch: Mismatch) -> tuple[str, Mismatch]:
            known = self.cases.public_texts(name), self._hints(name), self._lines(name)
            return Bound(*known, not asking.sealed)(case, mismatch)

        try:
            with np.errstate(all="ignore"), warnings.catch_warnings():
                warnings.simplefilter("ignore")  # as for a number near 1e308
                cases = self.cases.of(name)
                if asking.stopped:
                    cases = [case for case in cases if case.public]
                found = judge(name, cases, asking, bound)
                return self._told_of_modules(name, found)
        except NoSandboxError:
            raise
        except Exception as error:
            line = authors_line(error)
            if line:
                return self._not_gradable(name, error, line)
            self.runner.remark(
                f"the result of {name} could not be compared ({type(error).__name__})"
            )
            return Finding(
                State.FAILED, f"{name}: the result could not be compared with what was expected."
            )

    def _not_gradable(self, name: str, error: Exception, line: str) -> Finding:
        self.runner.remark(
            f"the check of {name} has an error in {line}: "
            f"{type(error).__name__}: {printable_line(error)}"
        )
        why = said(
            "its check has an error that is not your fault; your instructor has been told where."
        )
        return Finding(State.NOT_GRADABLE, f"{name}: {why}")

    def _told_of_modules(self, name: str, found: Finding) -> Finding:
        """Say so if a module is missing here that the answer, or a cell of one's own, imports."""
        if found.state != State.FAILED:
            return found
        unknown = "NameError" in found.message or "there is no function" in found.message
        missing = [
            module
            for cell in self.runner.cells
            if cell is self._cell(name) or (unknown and cell.metadata.get("role") == HELPER)
            for module in not_installed(cell)
        ]
        if not missing:
            return found
        hint = NOT_INSTALLED.format(missing[0])
        message = found.message.replace(HINTS["NameError"], "").strip()
        return replace(found, message=f"{message} {hint}", hint=hint)

    def called(
        self, name: str, stage: Stage, seconds: float, answer: Oracle | None = None
    ) -> list[Reply]:
        """Return what came of the calls of a stage."""
        count = len(self.cases.calls(name, stage))
        if not count:
            return []
        try:
            request = self.cases.request(name, stage)
            message = self.runner.ask(request, max(seconds, 0.1), answer)
            return self._replies(name, message, count)
        except WorkerEndedError as ended:
            return until(ended, count)

    def _hints(self, name: str) -> set[str]:
        return {mistake.message for mistake in self.cases.exercises[name].mistakes}

    def _lines(self, name: str) -> list[str]:
        cell = self._cell(name)
        lines = cell.source.split("\n") if cell else []
        return [printable_line(line.strip()[:120]) for line in lines]

    def _cell(self, name: str) -> NotebookNode | None:
        return next(
            (each for each in self.runner.cells if nbgrader_metadata(each).get("grade_id") == name),
            None,
        )

    def _replies(self, name: str, message: dict[str, Any], count: int) -> list[Reply]:
        missing = message.get("missing") is True
        if not missing and len(message["parts"]) != count:
            self.runner.close()  # its next message might belong to this request
        return replies(message, name, count, self._why_missing(name) if missing else "")

    def _why_missing(self, name: str) -> str:
        """Say why there is no function of a name, as far as its cell tells."""
        cell = self._cell(name)
        if cell is None:
            return ""
        for output in cell.outputs if cell.cell_type == "code" else []:
            if output.output_type == "error":
                return _stopped(output)
        others = sorted(functions(cell.source))
        return said(f"its cell defines `{others[0]}`, not `{name}`") if others else ""


class Asking:
    """Asks a worker for the calls of an exercise, stage by stage, as `judge` wants them.

    Parameters
    ----------
    judging : Judging
    name : str
        Of the exercise.
    seconds : float
        For all calls together, of the student's own.
    answer : callable, optional
        Answers a question of the worker's.
    sealed : bool, optional
        Whether the public cases were called before a hidden number was in the worker. What comes
        of other calls holds no text of the student's.

    Attributes
    ----------
    sealed : bool
        Whether that is still true of all public cases that were called.
    came : list of Reply
        What came so far, nothing left out.
    stopped : bool
        Whether the worker ended in a public case in doubt, so that no hidden one is called.
    """

    def __init__(
        self,
        judging: Judging,
        name: str,
        seconds: float,
        answer: Oracle | None = None,
        sealed: bool = False,
    ) -> None:
        self.judging, self.name, self.answer, self.sealed = judging, name, answer, sealed
        self.end = judging.runner.spent + seconds - (judging.used[name] if sealed else 0.0)
        self.came: list[Reply] = []
        public, in_doubt = (
            (judging.public.get(name), judging.public_in_doubt.get(name))
            if sealed
            else (None, None)
        )
        self.stopped = any(each.trouble for each in in_doubt or ())
        self.rounds = iter(
            (
                (Stage.PUBLIC, public, Stage.HIDDEN),
                (Stage.PUBLIC_IN_DOUBT, in_doubt, Stage.HIDDEN_IN_DOUBT),
            )
        )

    def __call__(self, calls: list[Call]) -> list[Reply]:
        """Return what came of the public and the hidden cases; asked again, of those in doubt."""
        stage, sealed, hidden = next(self.rounds)
        public = self._stage(stage) if sealed is None else sealed
        self.sealed &= sealed is not None or not public
        trouble = next((each for each in public if each.trouble), None)
        if self.stopped:
            rest = []
        elif trouble:
            rest = [trouble] * len(self.judging.cases.calls(self.name, hidden))
        else:
            rest = self._stage(hidden)
        self.came += public + rest
        return (self._redacted(public) if sealed is None else public) + self._redacted(rest)

    def _redacted(self, replies: list[Reply]) -> list[Reply]:
        sources, texts = self.judging.sources, self.judging.cases.texts(self.name)
        return [redacted(each, sources, texts) for each in replies]

    def _stage(self, stage: Stage) -> list[Reply]:
        left = self.end - self.judging.runner.spent
        return self.judging.called(self.name, stage, left, self.answer)


ENGINE = Path(__file__).parents[1]
STUDENT_ERRORS = (MemoryError, RecursionError)  # caused only by the size of a student's value


def authors_line(error: Exception, alone: bool = False) -> str:
    """Return the line of the course in which an error is the author's; empty if it is not.

    A comparison sees a student's value, which may be built to break the code that handles it. An
    error is the author's if the course's own code raised it or called the library that did; an
    error in the engine's comparison is the value's. With `alone` there was no such value.
    """
    course = registry.folder()
    known = [course, ENGINE] if course else [ENGINE]
    frames = traceback.extract_tb(error.__traceback__)
    own = [
        frame
        for frame in frames
        if any(Path(frame.filename).is_relative_to(each) for each in known)
    ]
    theirs = [frame for frame in own if course and Path(frame.filename).is_relative_to(course)]
    if alone and theirs:
        own = theirs
    elif alone:
        return f"{Path(frames[-1].filename).name}, line {frames[-1].lineno}"
    if not course or isinstance(error, STUDENT_ERRORS) or not own or own[-1] not in theirs:
        return ""
    return f"{Path(own[-1].filename).relative_to(course.parent)}, line {own[-1].lineno}"


def _stopped(output: NotebookNode) -> str:
    line = re.search(r"line (\d+)", output.evalue)
    read = output.ename in ("SyntaxError", "IndentationError", "TabError")
    what = output.evalue.rstrip().rpartition("\n")[2] or output.ename
    quoted = printable_line(what)
    if line and read:
        return said(f"its cell stopped with {quoted} (line {line[1]})")
    return said(f"its cell stopped with {quoted}")
