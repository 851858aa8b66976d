"""Running a notebook's cells in a worker, once, from top to bottom.

The outputs are final when the run is over, and until then no hidden number has been in the
worker. When a worker dies, a new one runs the cells before again, without the cell that killed
it, and goes on: a crash or an endless loop costs the exercise it happened in.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from nbformat import NotebookNode

from autograder.checks.states import State
from autograder.sandbox.connection import Request, Worker, WorkerEndedError
from autograder.sandbox.limits import Limits
from autograder.sandbox.sandbox import Line
from autograder.submission.examples import unused
from autograder.submission.rebuild import HELPER, Rebuilt, binds, nbgrader_metadata
from autograder.submission.test_cells import Check, Ordinary
from autograder.worker.requests import Cell, Keep

from . import display

PARCEL = 4 * 2**20  # bytes of files in one message
UNKNOWN = re.compile(r"name '(\w+)' is not defined")
NO_MODULE = re.compile(r"No module named '(\w{1,60})")
Oracle = Callable[[dict[str, Any]], dict[str, Any]]


@dataclass
class Outcome:
    """The outcome of a test cell that is run: what it is scored by, or how the worker ended in it.

    `decisive` is the cell's first error or value, which no flood of text washes away.
    """

    decisive: NotebookNode | None = None
    ended: WorkerEndedError | None = None


class Runner:
    """A notebook in a worker, and a new worker for it whenever one has died.

    Parameters
    ----------
    sandbox : Line
    rebuilt : Rebuilt
    tests : dict
        By grade_id, what the test cells ask for.
    files : dict of bytes
        Data that the assignment ships, by name.
    limits : Limits
    hidden : bool, optional
        Whether test cells are run with their hidden tests. Their output must then not reach a
        page: it could be the hidden numbers.

    Attributes
    ----------
    outcomes : dict of Outcome
        By grade_id, of the test cells that are run.
    failures : dict of WorkerEndedError
        By grade_id, or index where there is none: the cells in which a worker ended.
    remarks : list of str
        For the instructor.
    killed : bool
        Whether a worker was killed, perhaps from outside.
    """

    def __init__(
        self,
        sandbox: Line,
        rebuilt: Rebuilt,
        tests: Mapping[str, Check | Ordinary],
        files: Mapping[str, bytes],
        limits: Limits,
        hidden: bool = False,
    ) -> None:
        self.sandbox, self.limits, self.tests, self.hidden = sandbox, limits, tests, hidden
        self.cells = rebuilt.notebook.cells
        self.files = parcels(files)
        self.outcomes: dict[str, Outcome] = {}
        self.failures: dict[str | int, WorkerEndedError] = {}
        self.remarks: list[str] = []
        self.killed = False
        # Beside a test that runs in place, cells are run as Jupyter runs them: all of them, and
        # each up to its first error.
        self.as_jupyter = any(isinstance(test, Ordinary) for test in tests.values())
        self.skipped = set() if self.as_jupyter else unused(rebuilt.notebook)
        self.worker: Worker | None = None
        self.starts = 0
        self.late: dict[str, Check] = {}  # checks whose function was not there yet
        self.unfinished: list[int] = []  # cells that are run once more, at the end
        self.room = limits.submission_output_bytes
        self.spent = 0.0  # seconds of the student's own; see `connection.OwnTime`

    def run(self) -> None:
        """Run every cell once; keep outputs, and the functions that checks ask about."""
        for index, cell in enumerate(self.cells):
            test = self._test(cell)
            if isinstance(test, Check):
                self._attempt(index, partial(self._keep, test))
            elif isinstance(test, Ordinary):
                self._score(index, cell, test)
            elif cell.cell_type == "code" and index not in self.skipped and cell.source.strip():
                self._run_cell(index, cell)
        self._run_unfinished()
        self._keep_what_came_later()

    def ask(self, request: Request, seconds: float, answer: Oracle | None = None) -> dict[str, Any]:
        """Send a request to a worker in which all cells have run, and return what comes back.

        Raises
        ------
        WorkerEndedError
            If there is no answer: the worker has ended by then.
        """
        self._ready(len(self.cells))
        return self._ask(request, seconds, answer)

    def close(self) -> None:
        """End the worker."""
        if self.worker:
            self.worker.close()
            self.worker = None

    def remark(self, text: str) -> None:
        """Note something for the instructor, once."""
        if text not in self.remarks:
            self.remarks.append(text)

    def _test(self, cell: NotebookNode) -> Check | Ordinary | None:
        return self.tests.get(nbgrader_metadata(cell).get("grade_id"))

    def _ready(self, upto: int) -> None:
        """See to it that there is a worker that has run the cells before `upto`."""
        while self.worker is None:
            self._left(1)
            if self.starts >= self.limits.starts:
                raise WorkerEndedError(
                    State.CRASHED,
                    "the code of this notebook had already crashed too often "
                    f"({self.starts} times)",
                )
            self.starts += 1
            self.worker = self.sandbox.worker(self.limits)
            try:
                for parcel in self.files:
                    self._ask({"do": "files", "files": parcel}, 20)
                self._run_before(upto)
            except WorkerEndedError:  # a cell that went well before; the next worker skips it
                continue

    def _run_before(self, upto: int) -> None:
        for index, cell in enumerate(self.cells[:upto]):
            test = self._test(cell)
            if isinstance(test, Check):
                self._keep(test)
            elif test is None and cell.cell_type == "code" and index not in self.skipped:
                self._cell(index, cell)
        if upto == len(self.cells):
            for index in self.unfinished:
                self._cell_again(index)
            for test in list(self.late.values()):
                self._keep(test)

    def _left(self, seconds: float) -> float:
        left = self.limits.submission_seconds - self.spent
        if left <= 0:
            raise WorkerEndedError(
                State.TIMED_OUT,
                "the time for the whole submission was already used up "
                f"({self.limits.submission_seconds:.0f} seconds)",
            )
        return min(seconds, left)

    def _ask(
        self, request: Request, seconds: float, answer: Oracle | None = None
    ) -> dict[str, Any]:
        assert self.worker is not None
        worker, before = self.worker, self.worker.spent
        try:
            return worker.ask(request, self._left(seconds), answer)
        except WorkerEndedError as ended:
            self.killed |= ended.killed
            self.close()
            raise
        finally:
            self.spent += worker.spent - before

    def _keep(self, test: Check) -> None:
        """Have the worker keep the function that a check is about, as it is at this cell."""
        request: Keep = {"do": "keep", "name": test.exercise, "expression": test.expression}
        if self._ask(request, self.limits.cell_seconds).get("missing") is True:
            self.late[test.exercise] = test
        else:
            self.late.pop(test.exercise, None)

    def _keep_what_came_later(self) -> None:
        """Keep what was not there yet at its check, and is defined by a cell further down."""
        for test in list(self.late.values()):
            self._attempt(len(self.cells), partial(self._keep, test))

    def _attempt(self, index: int, action: Callable[[], None]) -> None:
        try:
            self._ready(index)
            action()
        except WorkerEndedError:  # what it ended is noted where it happened
            pass

    def _score(self, index: int, cell: NotebookNode, test: Ordinary) -> None:
        """Run a test cell and keep its output."""
        source = test.source if self.hidden else test.visible
        grade_id = nbgrader_metadata(cell).grade_id
        try:
            self._ready(index)
            message = self._execute(source, pictures=False)
            self.outcomes[grade_id] = Outcome(display.decisive(message))
        except WorkerEndedError as ended:
            self.outcomes[grade_id] = Outcome(ended=ended)

    def _execute(self, source: str, pictures: bool) -> dict[str, Any]:
        request: Cell = {"do": "cell", "source": source, "pictures": pictures}
        request["goes_on"] = not self.as_jupyter
        return self._ask(request, self.limits.cell_seconds)

    def _cell(self, index: int, cell: NotebookNode) -> dict[str, Any]:
        try:
            # A cell of the author's is in the notebook for the student, not for the teacher.
            mine = bool(nbgrader_metadata(cell)) or cell.metadata.get("role") == HELPER
            return self._execute(cell.source, mine)
        except WorkerEndedError as ended:
            self.skipped.add(index)
            self.failures[nbgrader_metadata(cell).get("grade_id") or index] = ended
            raise

    def _run_cell(self, index: int, cell: NotebookNode) -> None:
        """Run a cell and keep its outputs; a cell that kills its process is skipped."""
        try:
            self._ready(index)
            message = self._cell(index, cell)
        except WorkerEndedError as ended:
            cell.outputs = display.ended(ended)
            # If it is not skipped from now on, this cell did not cause it.
            self.remark(
                f"{role(cell)} {ended.state}: {ended.detail}"
                if index in self.skipped
                else f"not all cells were run: {ended.detail}"
            )
            return
        cell.outputs = display.sanitized(message, self.limits, self.room)
        self.room -= len(str(cell.outputs))
        for module in not_installed(cell):
            self.remark(f"{role(cell)} imports {module}, which is not installed here")
        if message.get("went_on") is True and nbgrader_metadata(cell):
            self.remark(
                f"{role(cell)} stopped at an error; the rest of the cell was run all the same"
            )

    def _run_unfinished(self) -> None:
        """Run once more the answers that missed a name which a cell further down defines."""
        for index, cell in enumerate(self.cells):
            name = nbgrader_metadata(cell).get("grade_id")
            missed = _missed(cell)
            if not missed or name in self.failures or not self._binds_below(index, missed):
                continue
            self._attempt(len(self.cells), partial(self._cell_again, index))
            self.unfinished.append(index)
            self.remark(
                f"{name}: its cell was run once more after all the others, because a cell below "
                "it defines something that it uses"
            )

    def _binds_below(self, index: int, name: str) -> bool:
        """Tell whether a cell below one binds a name."""
        return any(
            binds(each.source, name)
            for each in self.cells[index + 1 :]
            if each.cell_type == "code" and self._test(each) is None
        )

    def _cell_again(self, index: int) -> None:
        cell = self.cells[index]
        self._cell(index, cell)
        for test in self.tests.values():
            if isinstance(test, Check) and test.exercise == nbgrader_metadata(cell).grade_id:
                self._keep(test)


def parcels(files: Mapping[str, bytes]) -> list[dict[str, str]]:
    """Return files in pieces that a message can hold, as base64 by name, in their order."""
    made: list[dict[str, str]] = [{}]
    room = PARCEL
    for name, data in files.items():
        for start in range(0, len(data) or 1, PARCEL):
            piece = data[start : start + PARCEL]
            if len(piece) > room:
                made.append({})
                room = PARCEL
            made[-1][name] = base64.b64encode(piece).decode()
            room -= len(piece)
    return made


def _missed(cell: NotebookNode) -> str:
    """Return the name that an answer's cell stopped at when it was run."""
    if cell.cell_type != "code" or not nbgrader_metadata(cell).get("solution"):
        return ""
    for output in cell.outputs:
        found = output.output_type == "error" and UNKNOWN.search(output.evalue)
        if found:
            return str(found[1])
    return ""


def not_installed(cell: NotebookNode) -> list[str]:
    """Return the modules that a cell could not import when it was run."""
    stopped = [
        output.evalue
        for output in (cell.outputs if cell.cell_type == "code" else [])
        if output.output_type == "error" and output.ename == "ModuleNotFoundError"
    ]
    return [found[1] for found in map(NO_MODULE.search, stopped) if found]


def role(cell: NotebookNode) -> str:
    """Return words for a cell, for a remark to the instructor."""
    if cell.metadata.get("role") == HELPER:
        return "a cell of the student's own"
    name = nbgrader_metadata(cell).get("grade_id")
    return f"the cell of {name}" if name else "a cell"
