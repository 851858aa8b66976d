"""What a submission of the threat suite is, and how it is written into a course."""

import copy
import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from autograder import registry
from course.demo import answers
from course.demo.students import filled

ASSIGNMENT = "ps2_loss_at_init"
NOTEBOOK = "loss_at_init.ipynb"
MARK = "threat-left-this"  # in the name of everything that an attack tries to leave behind
WRONG = "def softmax(logits):\n    return np.full(logits.shape, 0.25)\n"
FAILED = {"softmax": "failed"}
POINTS = {name: each.points for name, each in registry.exercises(ASSIGNMENT).items()}


@dataclass(frozen=True)
class Submission:
    """One submission and what must come of it.

    Attributes
    ----------
    name : str
        Of the student.
    answers : dict of str
        Sources by exercise that replace right answers; under ``helpers`` a cell of one's own.
    states : dict of str or str
        By exercise, the states that are not "passed"; or one state for all.
    remark : str
        A regular expression that the one line about the submission matches.
    edit : callable, optional
        Takes the notebook as a dict, returns the notebook or the bytes to hand in.
    beside : callable, optional
        Takes the submission's folder and lays files there.
    message : str
        A regular expression that the message on the first exercise that is not passed matches.
    file_name : str
        Of the notebook.
    written : str
        State of the written answers.
    landlock : str
        The state of softmax under Landlock, where that may be another one.
    readable_to_root : bool
        For root nothing is wrong with it.
    """

    name: str
    answers: dict = field(default_factory=dict)
    states: dict | str = field(default_factory=dict)
    remark: str = ""
    edit: Callable = None
    beside: Callable = None
    message: str = ""
    file_name: str = NOTEBOOK
    written: str = "to be graded by hand"
    landlock: str = ""
    readable_to_root: bool = False

    def for_root(self):
        """Return what is expected where root grades."""
        if not self.readable_to_root:
            return self
        return replace(self, states={}, remark="", written="to be graded by hand")

    def under_landlock(self, states):
        """Return what is expected under Landlock, if that is what came, or None."""
        if self.landlock and states["softmax"] == self.landlock:
            return replace(self, states={**self.states, "softmax": self.landlock})
        return None

    def expected(self):
        """Return the state of every exercise and written answer."""
        if isinstance(self.states, str):
            states = dict.fromkeys(POINTS, self.states)
        else:
            states = dict.fromkeys(POINTS, "passed") | self.states
        return states | dict.fromkeys(("why_log_n", "stuck_loss"), self.written)

    def points(self):
        """Return the points that the right answers among them are worth."""
        return sum(POINTS[name] for name, state in self.expected().items() if state == "passed")

    def write(self, folder, released):
        """Write the submission into a folder that does not exist yet."""
        folder.mkdir(parents=True)
        sources = {**answers.styles(ASSIGNMENT)["loops"], **self.answers}
        content = json.loads(json.dumps(filled(released, sources)))
        if self.edit:
            content = self.edit(content)
        if content is not None:
            data = content if isinstance(content, bytes) else json.dumps(content).encode()
            (folder / self.file_name).write_bytes(data)
        if self.beside:
            self.beside(folder)


def cheat(name, prelude, function=WRONG, states=None, **more):
    """Return a submission whose answer to softmax is wrong, with an attempt before it."""
    states = FAILED if states is None else states
    return Submission(
        name,
        {"softmax": f"{prelude.strip()}\n\n{function}"},
        states,
        **{"remark": "softmax" if states else "", **more},
    )


def attempt(name, code, **more):
    """Return a submission whose softmax is right unless `code` got through somewhere.

    `code` is a list of expressions; each must raise an exception or be false.
    """
    tries = "\n".join(f"attempt({each.strip()!r})" for each in code.strip().splitlines())
    right = answers.styles(ASSIGNMENT)["loops"]["softmax"]
    prelude = f"{HELPERS}\n{tries}\nassert not through, through\n"
    return Submission(name, {"softmax": prelude + "\n" + right}, **more)


HELPERS = """
import ctypes, os, sys, socket, subprocess, time
libc = ctypes.CDLL(None, use_errno=True)
through = []

def syscall(*arguments):
    result = libc.syscall(*arguments)
    return result != -1

def attempt(expression):
    try:
        if eval(expression):
            through.append(expression)
    except BaseException as error:
        print(expression, "->", type(error).__name__, error)
"""


def cells(notebook, grade_id):
    """Return the cells of a notebook (a dict) with a grade_id."""
    return [
        cell
        for cell in notebook["cells"]
        if cell["metadata"].get("nbgrader", {}).get("grade_id") == grade_id
    ]


def answer_cells(notebook):
    """Return the answer cells that hold code."""
    return [
        cell
        for cell in notebook["cells"]
        if cell["metadata"].get("nbgrader", {}).get("solution") and cell["cell_type"] == "code"
    ]


def new_cell(source, grade_id="", kind="code", **metadata):
    """Return a cell as a dict."""
    own = (
        {
            "nbgrader": {
                "grade_id": grade_id,
                "grade": False,
                "solution": True,
                "locked": False,
                "task": False,
                "schema_version": 3,
            }
        }
        if grade_id
        else {}
    )
    cell = {"cell_type": kind, "metadata": {**own, **metadata}, "source": source}
    return cell if kind != "code" else {**cell, "outputs": [], "execution_count": None}


def with_cell(source, before=None, after=None):
    """Return an edit that puts a cell of one's own beside the cell with a grade_id."""

    def edit(notebook):
        place = notebook["cells"].index(cells(notebook, before or after)[0])
        notebook["cells"].insert(place + (before is None), new_cell(source))
        return notebook

    return edit


def copied(cell):
    """Return a copy of a cell."""
    return copy.deepcopy(cell)
