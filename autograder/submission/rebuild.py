"""The master notebook with a student's answers put in.

Everything that counts (tests, points, order, metadata) comes from the master. From the student
come the text of the answer cells, found by grade_id, and cells of their own.
"""

from __future__ import annotations

import ast
import contextlib
import re
from collections.abc import Collection
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, TypeGuard

import nbformat
from nbformat import NotebookNode

from autograder.checks.texts import said

from .matching import Matching, canonical, in_master
from .reading import (
    CODE,
    MAX_CELLS,
    Cell,
    Handed,
    NotGradableError,
    PathLike,
    read_submission,
    shown,
)

Helpers = list[tuple[Cell, NotebookNode | None]]  # own cells, each with the one it follows

HELPER = "helper"
MAX_REPAIRS = 30  # that are reported
WORDS = re.compile(r"\w+")
MARKS = ("grade", "solution", "locked")  # what nbgrader keeps with a cell, besides its points


@dataclass
class Rebuilt:
    """A notebook to grade."""

    notebook: NotebookNode
    untouched: set[str]  # grade_ids of answers as they were handed out
    repairs: list[str] = field(default_factory=list)
    not_gradable: str = ""  # why, if nothing could be read


def rebuild(
    master: NotebookNode,
    folder: PathLike,
    expected: str,
    limit: int,
    others: Collection[str] = (),
) -> Rebuilt:
    """Return the Rebuilt notebook of a submission.

    Parameters
    ----------
    master : NotebookNode
        The released notebook: solutions and hidden tests stripped.
    folder : path
        Of the submission.
    expected : str
        The notebook's file name.
    limit : int
        Size of a file in bytes.
    others : set of str, optional
        Names of the assignment's other notebooks.
    """
    notebook = nbformat.from_dict(master)
    answers = {
        nbgrader_metadata(cell).grade_id: cell
        for cell in notebook.cells
        if nbgrader_metadata(cell).get("solution")
    }
    stubs = {name: cell.source for name, cell in answers.items()}
    try:
        handed = read_submission(folder, expected, stubs, limit, others)
        _check_that_it_belongs(notebook, stubs, handed, expected)
    except NotGradableError as error:
        return Rebuilt(notebook, set(answers), [], str(error))
    return _Rebuilding(notebook, answers, handed).done()


def _check_that_it_belongs(
    master: NotebookNode, stubs: dict[str, str], handed: Handed, expected: str
) -> None:
    """Refuse a notebook that shares no cell or answer with the one that was handed out."""
    known = {nbgrader_metadata(cell).get("grade_id") for cell in master.cells} - {None}
    wanted = {each for name, stub in stubs.items() for each in targets(name, stub)}
    for cell in handed.cells:
        if cell["grade_id"] in known or any(defines(cell["source"], name) for name in wanted):
            return
    if Matching(master.cells, handed.cells).holds_a_test(handed.cells):
        return
    raise NotGradableError(
        f"this is not the notebook {expected}: it has none of its cells and none of its answers"
    )


def nbgrader_metadata(cell: NotebookNode) -> Any:
    """Return the nbgrader metadata of a cell, empty if it has none."""
    return cell.metadata.get("nbgrader", {})


class _Rebuilding:
    def __init__(
        self, notebook: NotebookNode, answers: dict[str, NotebookNode], handed: Handed
    ) -> None:
        self.notebook, self.answers, self.handed = notebook, answers, handed
        self.repairs = list(handed.repairs)
        self.stubs = {name: cell.source for name, cell in answers.items()}
        self.plain = {
            in_master(cell.cell_type, cell.source): cell
            for cell in notebook.cells
            if not nbgrader_metadata(cell)
        }
        self.matching = Matching(notebook.cells, handed.cells)
        self.edited: list[str] = []  # what the student made of cells that anybody may edit

    def done(self) -> Rebuilt:
        """Put the answers in, then the student's own cells, and say what was repaired."""
        self._tell_of_tests()
        self._tell_of_marks()
        self._tell_of_order()
        helpers = self._helpers()
        for name, cell in self.answers.items():
            self._answer(name, cell, helpers)
        untouched = {
            name for name, cell in self.answers.items() if self._is_stub(name, cell.source)
        }
        self._insert(helpers)
        _names.cache_clear()
        canonical.cache_clear()
        repairs = list(dict.fromkeys(self.repairs))
        if len(repairs) > MAX_REPAIRS:
            repairs[MAX_REPAIRS:] = [said(f"And {len(repairs) - MAX_REPAIRS} more repairs.")]
        return Rebuilt(self.notebook, untouched, repairs)

    def _is_stub(self, name: str, source: str) -> bool:
        """Tell whether a text says the same as the answer as it was handed out."""
        kind = self.answers[name].cell_type
        stub = self.stubs[name]
        if kind == "code" and not _words_of_code(stub) <= set(WORDS.findall(source)):
            return False  # of most answers: `NotImplementedError` is gone
        return source == stub or canonical(kind, source) == in_master(kind, stub)

    def _given(self, name: str) -> list[Cell]:
        """Return the student's cells with a grade_id, those left as handed out last."""
        cells = [cell for cell in self.handed.cells if cell["grade_id"] == name]
        for cell in cells:
            kind = self.answers[name].cell_type
            if cell["type"] != kind and cell["source"].strip():
                self.repairs.append(
                    f"The cell of {name} had become a {cell['type']} cell; it "
                    f"was read as {kind} again."
                )
        return cells

    def _answer(self, name: str, cell: NotebookNode, helpers: Helpers) -> None:
        handed_in = [each["source"] for each in self._given(name)]
        changed = [
            source for source in handed_in if source.strip() and not self._is_stub(name, source)
        ]
        if cell.cell_type == "markdown":
            self._in_words(name, cell, handed_in, changed, helpers)
            return
        if not changed:
            if self._defined_elsewhere(name, helpers):
                cell.source = f"# The answer to {name} is in another cell."
            elif not handed_in:
                self.repairs.append(
                    f"The answer cell {name} is missing, and no other cell defines {name}."
                )
            return
        cell.source = self._one_of(name, changed)

    def _in_words(
        self,
        name: str,
        cell: NotebookNode,
        handed_in: list[str],
        changed: list[str],
        helpers: Helpers,
    ) -> None:
        """Take an answer in words, also one that was written into cells of one's own."""
        beside = [] if changed else self._words_beside(cell, helpers)
        if beside:
            self.repairs.append(f"The answer to {name} was found in a cell beside its own.")
            changed = [each["source"] for each, _ in beside]
            helpers[:] = [each for each in helpers if each not in beside]
        elif not handed_in:
            self.repairs.append(f"The answer cell {name} is missing.")
        for each in [*self._given(name), *(one for one, _ in beside)]:
            _paste(cell, each["pictures"])
        cell.source = "\n\n".join(dict.fromkeys(changed)) or self.stubs[name]

    def _words_beside(self, cell: NotebookNode, helpers: Helpers) -> Helpers:
        """Return the student's text between the question, whose cell is above, and the next."""
        cells = self.notebook.cells
        place = next(i for i, each in enumerate(cells) if each is cell)
        near = cells[max(place - 1, 0) : place + 1]
        return [
            each
            for each in helpers
            if any(each[1] is one for one in near)
            and (each[0]["type"] == "markdown" or _is_text(each[0]["source"]))
        ]

    def _one_of(self, name: str, changed: list[str]) -> str:
        """Return one source made from the cells that carry one grade_id."""
        if len(changed) == 1:
            return changed[0]
        whole = [source for source in changed if defines(source, name)]
        if len(whole) > 1:
            self.repairs.append(f"There are {len(changed)} cells for {name}; the last one counts.")
            return whole[-1]
        self.repairs.append(
            f"The answer to {name} was spread over {len(changed)} cells; they were joined."
        )
        if whole and all(map(_parses, changed)):  # a call of it may stand above it
            changed.sort(key=lambda source: source not in whole)
        return "\n".join(changed)

    def _defined_elsewhere(self, name: str, helpers: Helpers) -> bool:
        others = [cell.source for other, cell in self.answers.items() if other != name]
        sources = [cell["source"] for cell, _ in helpers if cell["type"] == "code"]
        sources += self.edited
        sources += [
            cell["source"]
            for cell in self.handed.cells
            if cell["grade_id"] in self.answers and cell["grade_id"] != name
        ]
        wanted = targets(name, self.stubs[name])
        if not any(defines(source, each) for source in sources + others for each in wanted):
            return self._found_beside(name, helpers)
        self.repairs.append(f"The answer to {name} was found in another cell.")
        return True

    def _found_beside(self, name: str, helpers: Helpers) -> bool:
        """Tell whether code stands where an answer was, in cells that have lost their marks."""
        place = self.matching.places[id(self.answers[name])]
        above = self.matching.cells[place - 1] if place else None
        if self._given(name) or not any(
            cell["type"] == "code" and anchor is above for cell, anchor in helpers
        ):
            return False
        self.repairs.append(f"The answer to {name} was found by its place; it had lost its id.")
        return True

    def _tell_of_tests(self) -> None:
        tests = {
            nbgrader_metadata(cell).grade_id: cell.source
            for cell in self.notebook.cells
            if nbgrader_metadata(cell) and not nbgrader_metadata(cell).get("solution")
        }
        changed = sorted(
            {
                cell["grade_id"]
                for cell in self.handed.cells
                if cell["grade_id"] in tests
                and cell["source"].strip() != tests[cell["grade_id"]].strip()
            }
        )
        if changed:
            names = ", ".join(changed)
            self.repairs.append(f"Changed test cells were replaced by the original ones: {names}.")
        missing = [
            name
            for name in tests
            if not any(cell["grade_id"] == name for cell in self.handed.cells)
        ]
        if missing:
            number = len(missing)
            names = ", ".join(missing) if number < 5 else said(f"{number} of them")
            self.repairs.append(f"Missing test cells were restored: {names}.")

    def _tell_of_marks(self) -> None:
        """Report points, kinds and tags that differ from those handed out."""
        masters = {
            nbgrader_metadata(cell).grade_id: cell
            for cell in self.notebook.cells
            if nbgrader_metadata(cell)
        }
        changed, other_points = [], []
        for cell in self.handed.cells:
            master = masters.get(cell["grade_id"])
            if master is None:
                continue
            meant = nbgrader_metadata(master)
            differs = any(
                meant.get(mark) != cell["marks"].get(mark, meant.get(mark)) for mark in MARKS
            )
            if meant.get("points") != cell["marks"].get("points", meant.get("points")):
                other_points.append(cell["grade_id"])
            if differs or set(cell["tags"]) - set(master.metadata.get("tags", [])):
                changed.append(cell["grade_id"])
        if changed:
            names = ", ".join(dict.fromkeys(changed))
            self.repairs.append(f"Ignored edits to the grading metadata (kind, tags): {names}.")
        if other_points:  # an author may have changed them since the notebook was handed out
            names = ", ".join(dict.fromkeys(other_points))
            self.repairs.append(
                "The points in the notebook were ignored where they differ from the assignment's: "
                f"{names}."
            )

    def _tell_of_order(self) -> None:
        order = [cell["grade_id"] for cell in self.handed.cells if cell["grade_id"] in self.answers]
        first = list(dict.fromkeys(order))
        if first != [name for name in self.answers if name in first]:
            self.repairs.append("Cells were moved; they were graded in the original order.")

    def _helpers(self) -> Helpers:
        """Return the student's own cells, each with the master's cell that it follows."""
        helpers: Helpers = []
        anchor: NotebookNode | None = None
        for cell in self.handed.cells:
            known = self.matching.known(cell, anchor)
            edited = self.matching.edited(cell, anchor) if known is None else None
            question = self._question_above(cell) if known is None else None
            if known is not None:
                anchor = known
            elif edited is not None:
                anchor = edited
                edited.source, edited.metadata["role"] = cell["source"], HELPER
                self.edited.append(cell["source"])
            elif question is not None:
                anchor = question
                words = cell["source"].strip()[len(question.source.strip()) :]
                helpers.append(({**cell, "source": words.strip()}, anchor))
            elif cell["source"][:1].isspace() and self._goes_on(anchor, cell):
                continue
            elif cell["source"].strip() and cell["type"] != "raw":
                helpers.append((cell, anchor))
                if cell["grade_id"]:
                    self.repairs.append(
                        f"A cell with the unknown id {shown(cell['grade_id'])} "
                        "was taken for a cell of your own."
                    )
        return helpers

    def _question_above(self, cell: Cell) -> NotebookNode | None:
        """Return the master's text below which, in the same cell, a student went on writing."""
        if cell["type"] != "markdown" or cell["grade_id"]:
            return None
        text = cell["source"].strip()
        return next(
            (
                each
                for each in self.plain.values()
                if each.cell_type == "markdown" and text.startswith(each.source.strip() + "\n")
            ),
            None,
        )

    def _goes_on(self, anchor: NotebookNode | None, cell: Cell) -> bool:
        """Take an indented cell without an id for the second half of the answer above it."""
        if not _is_answer(anchor) or _parses(cell["source"]):
            return False
        name = nbgrader_metadata(anchor).grade_id
        above = [each for each in self.handed.cells if each["grade_id"] == name]
        if not above:
            return False
        above[-1]["source"] += "\n" + cell["source"]
        self.repairs.append(
            f"The answer to {name} had been split into two cells; they were joined."
        )
        return True

    def _insert(self, helpers: Helpers) -> None:
        """Put the student's own cells behind the master's cells that they followed."""
        for number, (cell, anchor) in reversed(list(enumerate(helpers))):
            place = 0
            if anchor is not None:
                place = 1 + next(i for i, each in enumerate(self.notebook.cells) if each is anchor)
            make = (
                nbformat.v4.new_code_cell
                if cell["type"] == "code"
                else nbformat.v4.new_markdown_cell
            )
            new = make(cell["source"], id=f"own-{number}")
            _paste(new, cell["pictures"])
            new.metadata["role"] = HELPER
            self.notebook.cells.insert(place, new)


def _paste(cell: NotebookNode, pictures: dict[str, str]) -> None:
    """Give a text cell the pictures that were pasted into it."""
    if pictures and cell.cell_type == "markdown":
        added = {name: {"image/png": data} for name, data in pictures.items()}
        cell.attachments = {**cell.get("attachments", {}), **added}


def _is_answer(cell: NotebookNode | None) -> TypeGuard[NotebookNode]:
    return (
        cell is not None
        and cell.cell_type == "code"
        and bool(nbgrader_metadata(cell).get("solution"))
    )


def _is_text(source: str) -> bool:
    """Tell whether what stands in a code cell is no code: words, comments, or a string."""
    try:
        body = ast.parse(source if len(source) <= CODE else "(").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return True
    return all(isinstance(each, ast.Expr) and isinstance(each.value, ast.Constant) for each in body)


def _parses(source: str) -> bool:
    return _names(source) is not None


@lru_cache(maxsize=MAX_CELLS)
def _words_of_code(stub: str) -> frozenset[str]:
    """Return words that are in every text that has the syntax tree of an answer as handed out."""
    with contextlib.suppress(SyntaxError, ValueError):
        tree = ast.walk(ast.parse(stub))
        names = [node.id for node in tree if isinstance(node, ast.Name)]
        return frozenset(name for name in names if name.isascii())
    return frozenset()


@lru_cache(maxsize=4 * MAX_CELLS)  # the cells of one notebook
def _names(source: str) -> frozenset[str] | None:
    """Return the names that a cell's text binds at its top level, None if it is not Python."""
    try:
        tree = ast.parse(source if len(source) <= CODE else "(")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    names: set[str] = set()
    waiting: list[ast.AST] = list(tree.body)
    while waiting:  # what is in a branch, a loop or a tuple is bound there too
        node = waiting.pop()
        if isinstance(node, DEFINITIONS):
            names.add(node.name)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names.add(node.id)
        elif not isinstance(node, SCOPES):
            waiting += ast.iter_child_nodes(node)
    return frozenset(names)


DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
SCOPES = (ast.Lambda, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


def functions(source: str) -> set[str]:
    """Return the names of the functions that a cell's text defines at its top level."""
    return {name for name in _names(source) or () if re.search(rf"\bdef +{name}\b", source)}


def binds(source: str, name: str) -> bool:
    """Tell whether a cell's text binds a name at its top level, imports included."""
    word = re.compile(rf"\b{re.escape(name)}\b")
    return defines(source, name) or any(
        line.startswith(("import ", "from ")) and word.search(line) for line in source.split("\n")
    )


def targets(name: str, stub: str) -> set[str]:
    """Return the names that show where an answer is: its own, and what its stub defines."""
    return {name, *(_names(stub) or ())}


def defines(source: str, name: str) -> bool:
    """Tell whether a cell's text binds a name at its top level."""
    names = _names(source)
    if names is None:
        return bool(re.search(rf"^(?:async +)?(?:def +{name}\b|{name} *=[^=])", source, re.M))
    return name in names
