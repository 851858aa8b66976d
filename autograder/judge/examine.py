"""Examining one submission: its cells in order, each exercise at its test cell.

A worker runs the cells; when it dies, a new one runs those before again, without the cell that
killed it, and goes on. So a crash or an endless loop costs the exercise it happened in.
"""

import base64
import re
import time
import warnings
from dataclasses import replace

import numpy as np

from autograder import exercises
from autograder.exercises.declare import PUBLIC_SEED, make_cases
from autograder.student import wire
from autograder.student.judging import Finding, judge
from autograder.student.rules import clean

from . import handwritten, outputs
from .answers import muted, replies, texts_in, until
from .connection import NoSandbox, WorkerEnded
from .examples import unused
from .rebuild import HELPER, binds, functions, own
from .standin import Standin
from .verdict import Result

UNKNOWN = re.compile(r"name '(\w+)' is not defined")
CHECK = re.compile(r"""^\s*check\(\s*["'](\w+)["']\s*,\s*(\w+)\s*\)\s*$""")


class Cases:
    """The cases of an assignment's exercises for one seed, made once for a whole class."""

    def __init__(self, assignment, seed):
        self.exercises = exercises.by_name(assignment)
        self.seed = seed
        self.made, self.requests, self.known_texts = {}, {}, {}

    def of(self, name):
        """Return the public cases, then the hidden ones."""
        if name not in self.made:
            exercise = self.exercises[name]
            hidden = make_cases(exercise, self.seed)
            # In an order of their own: else a function could count its calls and know the case.
            np.random.default_rng([self.seed, *name.encode()]).shuffle(hidden)
            self.made[name] = make_cases(exercise, PUBLIC_SEED, public=True) + hidden
        return self.made[name]

    def request(self, name):
        """Return the message that asks a worker for all calls, as it travels."""
        if name not in self.requests:
            calls = [vars(call) for case in self.of(name) for call in case.rule.calls(case.call)]
            self.requests[name] = wire.dumps({"do": "call", "name": name, "calls": calls})
        return self.requests[name]

    def texts(self, name):
        """Return the texts that a result may hold: those in arguments and expected results."""
        if name not in self.known_texts:
            self.known_texts[name] = texts_in([(case.call, case.rule) for case in self.of(name)])
        return self.known_texts[name]

    def n_public_calls(self, name):
        """Return how many calls the public cases make; they come first."""
        return sum(len(case.rule.calls(case.call)) for case in self.of(name) if case.public)


class Examination:
    """One submission's way through the worker.

    Parameters
    ----------
    sandbox : Sandbox
    cases : Cases
    master : NotebookNode
        With the instructor's own tests, if there are any.
    rebuilt : Rebuilt
    files : dict
        Data that the assignment ships, by name.
    limits : Limits
    """

    def __init__(self, sandbox, cases, master, rebuilt, files, limits):
        self.sandbox, self.cases, self.limits = sandbox, cases, limits
        self.rebuilt, self.files = rebuilt, files
        self.tests = {
            own(cell).grade_id: cell
            for cell in master.cells
            if own(cell).get("grade") and cell.cell_type == "code" and not own(cell).get("solution")
        }
        self.trusted = [
            cell.source for cell in master.cells if cell.cell_type == "code" and not own(cell)
        ]
        self.sources = tuple(
            cell.source for cell in rebuilt.notebook.cells if cell.cell_type == "code"
        )
        self.results, self.remarks = {}, []
        self.killed = False  # a worker was, perhaps by somebody else
        self.worker, self.starts, self.died = None, 0, {}
        self.skipped = unused(rebuilt.notebook, [cell.source for cell in self.tests.values()])
        self.unknown = {}  # by exercise, the name that its code did not find
        self.room = limits.submission_output_bytes
        self.end = time.monotonic() + limits.submission_seconds

    def run(self):
        """Return the Results by grade_id of the test cells."""
        try:
            for index, cell in enumerate(self.rebuilt.notebook.cells):
                name = own(cell).get("grade_id")
                if name in self.tests:
                    self.results[name] = self._result(name, index)
                elif cell.cell_type == "code" and index not in self.skipped:
                    self._run_cell(index, cell)
            self._hear_late()
        finally:
            self._drop()
        return self.results

    def _drop(self):
        if self.worker:
            self.worker.close()
            self.worker = None

    def _left(self, seconds):
        left = self.end - time.monotonic()
        if left <= 0:
            raise WorkerEnded(
                "timed out",
                "the time for the whole submission was used up by "
                f"then ({self.limits.submission_seconds:.0f} seconds)",
            )
        return min(seconds, left)

    def _ready(self, upto):
        """Return a worker that has run the cells before `upto`."""
        while self.worker is None:
            self._left(1)
            if self.starts >= self.limits.starts:
                raise WorkerEnded(
                    "crashed",
                    "the code of this notebook had crashed too often "
                    f"by then ({self.starts} times)",
                )
            self.starts += 1
            self.worker = self.sandbox.worker(self.limits)
            try:
                self._run_before(upto)
            except WorkerEnded:  # a cell that went well before; the next worker skips it
                continue
        return self.worker

    def _run_before(self, upto):
        files = {name: base64.b64encode(data).decode() for name, data in self.files.items()}
        self._ask({"do": "files", "files": files}, 20)
        for index, cell in enumerate(self.rebuilt.notebook.cells[:upto]):
            if (
                cell.cell_type == "code"
                and own(cell).get("grade_id") not in self.tests
                and index not in self.skipped
            ):
                self._cell(index, cell)

    def _ask(self, request, seconds, answer=None):
        try:
            return self.worker.ask(request, self._left(seconds), answer)
        except WorkerEnded as ended:
            self.killed |= ended.killed
            self._drop()
            raise

    def _cell(self, index, cell):
        try:
            # A cell of the author's is in the notebook for the student, not for the teacher.
            pictures = bool(own(cell)) or cell.metadata.get("role") == HELPER
            return self._ask(
                {"do": "cell", "source": cell.source, "pictures": pictures},
                self.limits.cell_seconds,
            )
        except WorkerEnded as ended:
            self.skipped.add(index)
            self.died[own(cell).get("grade_id") or index] = ended
            raise

    def _run_cell(self, index, cell):
        """Run a cell and keep its outputs; a cell that kills its process is passed over."""
        if not cell.source.strip():
            return
        try:
            self._ready(index)
            answer = self._cell(index, cell)
            cell.outputs = outputs.checked(answer, self.limits, self.room)
            self.room -= len(str(cell.outputs))
            self._note_unfinished(cell)
            if answer.get("went_on") is True and own(cell):
                self._remark(
                    f"{_role(cell)} stopped at an error; what stands below it in the "
                    "cell was run all the same"
                )
        except WorkerEnded as ended:
            cell.outputs = outputs.ended(ended.state, ended.detail)
            # If it is not skipped from now on, it was not this cell's doing.
            self._remark(
                f"{_role(cell)} {ended.state}: {ended.detail}"
                if index in self.skipped
                else f"not all cells were run: {ended.detail}"
            )

    def _remark(self, remark):
        if remark not in self.remarks:
            self.remarks.append(remark)

    def _result(self, grade_id, index):
        cell = self.tests[grade_id]
        points = float(own(cell).points)
        finding = self._finding(cell, index)
        gained = points if finding.state == "passed" else 0.0
        return Result(finding.state, gained, points, finding.message, finding.slip)

    def _finding(self, cell, index):
        match = CHECK.match(cell.source)
        name = match and match[1]
        if name and name not in self.cases.exercises:
            raise exercises.Undeclared(
                f"the test cell {own(cell).grade_id} checks {name!r}, "
                "which no declaration in autograder/exercises/ knows"
            )
        if not name:
            return handwritten.judge(cell, self.trusted, self._asker(index))
        if name in self.died:
            ended = self.died[name]
            return Finding(ended.state, f"{name}: {ended.detail}, when the cell was run.")
        return self._exercise(name, index)

    def _asker(self, index):
        deadline = time.monotonic() + self.limits.exercise_seconds

        def ask(request):
            self._ready(index)
            return self._ask(request, deadline - time.monotonic())

        return ask

    def _exercise(self, name, index):
        deadline = time.monotonic() + self.limits.exercise_seconds
        wrong = self._failed()
        reached = wrong and self._reached(name) & wrong.keys()
        first = None
        if "timed out" not in map(wrong.get, reached):  # else it would time out too
            first = self._judged(name, self._caller(name, index, deadline))
            if first.state in ("passed", "timed out") or not wrong:
                return first
        return self._second_hearing(name, index, list(wrong), first)

    def _judged(self, name, caller):
        """Return the Finding; a result that the comparison itself stumbles over is wrong."""
        cases = self.cases.of(name)
        try:
            with np.errstate(all="ignore"), warnings.catch_warnings():
                warnings.simplefilter("ignore")  # a number near 1e308 is no news for the console
                return judge(name, cases, caller)
        except NoSandbox:
            raise
        except Exception as error:
            self.remarks.append(
                f"the result of {name} could not be compared ({type(error).__name__})"
            )
            return Finding(
                "failed", f"{name}: the result could not be compared with what was expected."
            )

    def _failed(self):
        """Return the states of the exercises before this one that were not right."""
        states = {
            grade_id.removeprefix("test_"): result.state
            for grade_id, result in self.results.items()
            if result.state != "passed"
        }
        return {name: state for name, state in states.items() if name in self.cases.exercises}

    def _reached(self, name):
        """Return the exercises that the student's code for one could call, on any way."""
        cells = self.rebuilt.notebook.cells
        texts = {own(cell).get("grade_id"): cell.source for cell in cells}
        helpers = "\n".join(cell.source for cell in cells if cell.metadata.get("role") == HELPER)
        reached, waiting = set(), [name]
        while waiting:
            words = set(re.findall(r"\w+", helpers + "\n" + texts.get(waiting.pop(), "")))
            new = words & self.cases.exercises.keys() - reached - {name}
            reached |= new
            waiting += new
        return reached

    def _second_hearing(self, name, index, wrong, first):
        """Judge again with the judge answering for the student's wrong functions."""
        deadline = time.monotonic() + self.limits.hearing_seconds
        standin = Standin({other: self.cases.exercises[other] for other in wrong})
        try:
            self._ready(index)
            self._ask({"do": "substitute", "names": wrong}, 5)
            finding = self._judged(name, self._caller(name, index, deadline, standin))
            if self.worker:
                self._ask({"do": "restore"}, 5)
        except WorkerEnded as ended:
            return first or Finding(ended.state, f"{name}: {ended.detail}.")
        finally:
            standin.close()
        if finding.state == "passed" and standin.asked:
            names = ", ".join(sorted(standin.asked))
            return Finding(
                "passed", f"{name}: right, judged with a correct {names} in place of yours."
            )
        return finding if standin.asked or first is None else first

    def _hear_late(self):
        """Judge once more, after all cells, what missed a name that stands further down.

        In a new process each time: one that has seen the exercise's inputs, and the judge's
        answers in a second hearing, could have kept them.
        """
        cells = self.rebuilt.notebook.cells
        places = {own(cell).get("grade_id"): index for index, cell in enumerate(cells)}
        for name, missed in self.unknown.items():
            test = f"test_{name}"
            below = [
                cell.source
                for cell in cells[places[name] + 1 :]
                if cell.cell_type == "code" and own(cell).get("grade_id") not in self.tests
            ]
            if (
                test not in self.results
                or self.results[test].state == "passed"
                or name in self.died
                or not any(binds(each, missed) for each in below)
            ):
                continue
            self._drop()
            try:
                self._ready(len(cells))
                self._cell(places[name], cells[places[name]])
            except WorkerEnded:
                continue
            deadline = time.monotonic() + self.limits.exercise_seconds
            if self._judged(name, self._caller(name, len(cells), deadline)).state == "passed":
                self._passed_late(name, test)

    def _passed_late(self, name, test):
        why = (
            "it was judged again after all cells had run, because a cell below it defines "
            "something that it uses"
        )
        self.remarks.append(f"{name}: {why}")
        result = self.results[test]
        self.results[test] = replace(
            result,
            state="passed",
            points=result.max_points,
            slip="",
            message=f"{name}: right; "
            f"{why}. Move that cell up: run from the top, your notebook stops here.",
        )

    def _caller(self, name, index, deadline, answer=None):
        """Return what sends calls to the worker and turns what comes back into replies."""

        def call(calls):
            try:
                if answer is None or self.worker is None:
                    self._ready(index)
                seconds = max(deadline - time.monotonic(), 0.1)
                message = self._ask(self.cases.request(name), seconds, answer)
                missing = message.get("missing") is True
                came = replies(
                    message, name, len(calls), self._why_missing(name) if missing else ""
                )
                if missing:
                    self.unknown.setdefault(name, name)
                elif len(message["parts"]) != len(calls):
                    self._drop()  # what it says next might belong to this, not to that
            except WorkerEnded as ended:
                came = until(ended, len(calls))
            for reply in came:
                found = reply.raised and UNKNOWN.search(reply.raised["message"])
                if found:
                    self.unknown.setdefault(name, found[1])
            public = self.cases.n_public_calls(name)
            texts = self.cases.texts(name)
            return came[:public] + [muted(reply, self.sources, texts) for reply in came[public:]]

        return call

    def _why_missing(self, name):
        """Say why there is no function of a name, as far as its cell tells."""
        cell = next(
            (each for each in self.rebuilt.notebook.cells if own(each).get("grade_id") == name),
            None,
        )
        for output in cell.outputs if cell and cell.cell_type == "code" else []:
            if output.output_type == "error":
                line = re.search(r"line (\d+)", output.evalue)
                where = f" (line {line[1]})" if line and "SyntaxError" in output.evalue else ""
                what = output.evalue.rstrip().rpartition("\n")[2] or output.ename
                return f"its cell stopped with {clean(what)}{where}"
        others = sorted(functions(cell.source)) if cell else []
        return f"its cell defines `{others[0]}`, not `{name}`" if others else ""

    def _note_unfinished(self, cell):
        """Keep the name that stopped an answer's cell when it was run."""
        for output in cell.outputs:
            found = output.output_type == "error" and UNKNOWN.search(output.evalue)
            if found and own(cell):
                self.unknown[own(cell).grade_id] = found[1]


def _role(cell):
    if cell.metadata.get("role") == HELPER:
        return "a cell of the student's own"
    return f"the cell of {own(cell).grade_id}" if own(cell) else "a cell"
