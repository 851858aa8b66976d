"""`nbgrader autograde` on the project's terms: the judge decides, nbgrader keeps the books."""

import contextlib
import os
import warnings
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from logging import INFO, WARNING
from pathlib import Path
from typing import Any, NoReturn
from unittest.mock import patch

import nbformat
from nbgrader import utils
from nbgrader.converters import Autograde
from nbgrader.converters.base import BaseConverter, NbGraderException
from nbgrader.preprocessors import AssignLatePenalties
from sqlalchemy import create_engine
from sqlalchemy.exc import SAWarning
from traitlets import Bool, Enum, List

from autograder.judge.process import Judge, JudgeError
from autograder.judge.verdict import Verdict
from autograder.platforms import cannot_grade
from autograder.sandbox.connection import NoSandboxError
from autograder.sandbox.isolation import AUTO, LANDLOCK, NAMESPACES, NONE, Isolation
from autograder.sandbox.ladder import choose_or_exit, refusal

from . import book, release_check
from .arrival import take_over
from .record import Record, agrees
from .store import MARKUP, REBUILT, Store, alone
from .times import zone_of


@dataclass
class Tally:
    """How many students ended in which way; who is not gradable is recorded or up to date too."""

    recorded: int = 0
    up_to_date: int = 0
    not_gradable: int = 0
    skipped: int = 0


class CourseAutograde(Autograde):
    """Grades from a rebuilt notebook and a verdict; the submission itself is never copied.

    nbgrader would copy what a student sent, links included, read it as a notebook, and run it
    with the instructor's rights. Here the judge reads it, and nbgrader's own steps see only
    what the judge has written: `rebuilt/<student>/<assignment>/`.
    """

    without_sandbox = Bool(
        False, help="Run students' code with your own rights, where it cannot be confined."
    ).tag(config=True)
    isolation = Enum(
        [AUTO, NAMESPACES, LANDLOCK],
        AUTO,
        help="What to confine students' code with; auto takes the strongest that works here.",
    ).tag(config=True)

    autograde_preprocessors = List([Record, AssignLatePenalties]).tag(config=True)

    # nbgrader has two passes over a submission, one to sanitize and one to run it, and this says
    # in which it is, and with it which preprocessors are taken. Here there is but the second.
    _sanitizing = False

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.tally = Tally()
        self.judge: Judge | None = None
        self.stores: dict[str, Store] = {}
        self.held: dict[str, book.Held] = {}  # by student, at the beginning of the grading

    @cached_property
    def walls(self) -> Isolation:
        """Return the isolation; the first call chooses it and logs which it is."""
        walls = choose_or_exit(NONE if self.without_sandbox else self.isolation)
        self.log.log(WARNING if walls.why else INFO, walls.line())
        return walls

    @property
    def _input_directory(self) -> str:
        # The setting for it, `CourseDirectory.submitted_directory`, names what students handed in:
        # nbgrader's other commands list it.
        return REBUILT

    def start(self) -> None:
        """Grade, and end the judge whatever happens."""
        if not self.without_sandbox and (why := cannot_grade()):
            self._stop(f"Nothing was graded. {why}")
        try:
            with alone(Path(self.coursedir.root).resolve()), _one_engine():
                super().start()
        finally:
            if self.judge:
                self.judge.close()

    def store(self, assignment: str) -> Store:
        """Return the submissions and verdicts of an assignment."""
        if assignment not in self.stores:
            self.stores[assignment] = Store(self.coursedir, assignment, self.walls)
        return self.stores[assignment]

    def init_notebooks(self) -> None:
        """List the submissions by their folders: a student without a notebook is one too."""
        store = self.store(self.coursedir.assignment_id)
        self._warn(store)
        wanted = [
            student
            for student in store.students()
            if Path(student).match(self.coursedir.student_id)
        ]
        if not wanted:
            self._stop(
                f"No submissions were found in {store.submission('*')}: collect them first "
                "(nbgrader collect), or check the names of assignment and student"
            )
        self._check_notebooks(store)
        if why := release_check.mismatch(store):
            self._stop(why)
        for line in release_check.edited(store):
            self.log.warning(line)
        # Refused here if the course's limits are invalid: once, and before the class.
        _ = store.limits, store.seed
        self.held = book.held(self.coursedir, store.assignment)
        self.assignments: dict[str, list[str]] = {}  # what nbgrader goes through: by folder
        self.notebooks: list[str] = []
        for student in wanted:
            place = self._format_source(store.assignment, student)
            self.assignments[place] = [
                os.path.join(place, source.name) for source in store.sources()
            ]
            take_over(
                store.submission(student),
                Path(self.coursedir.root) / place,
                self.log,
                zone_of(self.config),
            )

    def _warn(self, store: Store) -> None:
        for name in store.unusable():
            self.log.warning(
                "The folder %s is skipped: a student's name cannot hold %s "
                "or non-printable characters; rename it",
                ascii(name),
                " ".join(sorted(MARKUP)),
            )
        for name in store.closed():
            self.log.error(
                "The folder %s cannot be entered, so what is in it is not graded; "
                "give yourself permission (chmod u+rx)",
                ascii(name),
            )
        misplaced = store.misplaced()
        for path, remedy in misplaced:
            self.log.warning("%s is skipped: it %s", ascii(str(path)), remedy)
        self.tally.skipped = len(store.unusable()) + len(store.closed()) + len(misplaced)

    def _check_notebooks(self, store: Store) -> None:
        if not store.sources():
            self._stop(
                f"There is no notebook in source/{store.assignment}/; "
                "`python3 course.py build` makes it"
            )
        wanted = self.coursedir.notebook_id
        if not any(source.match(f"{wanted}.ipynb") for source in store.sources()):
            self._stop(
                f"There is no notebook {wanted} in source/{store.assignment}/, only "
                + ", ".join(source.stem for source in store.sources())
            )
        # A submission is recorded whole: half of one would count as recorded, and stay half.
        self.coursedir.notebook_id = "*"

    def _stop(self, why: str) -> NoReturn:
        """Say why nothing can be graded; nbgrader's commands show the log only."""
        self.log.error(why)
        raise NbGraderException(why)

    def init_destination(self, assignment_id: str, student_id: str) -> bool:
        """Grade again what changed and what was interrupted."""
        dest = os.path.normpath(self._format_dest(assignment_id, student_id))
        store = self.store(assignment_id)
        verdicts = self._recorded(store, student_id)
        if os.path.exists(dest) and verdicts is None:
            self.log.warning("%s is out of date or unfinished; it is graded again", dest)
            utils.rmtree(dest)
        is_new: bool = super().init_destination(assignment_id, student_id)
        if not is_new and verdicts:
            self.tally.up_to_date += 1
            self._count_not_gradable(verdicts.values())
        return is_new

    def _recorded(self, store: Store, student: str) -> dict[str, Verdict] | None:
        """Return a student's verdicts if they are right and stand in the gradebook, or None.

        It may have been lost, or replaced by an older copy, since they were noted.
        """
        verdicts, held = store.recorded(student), self.held.get(student)
        if verdicts is None or held is None or not agrees(held, verdicts):
            return None
        handed_in = store.timestamp(student)
        return None if handed_in and utils.parse_utc(handed_in) != held.timestamp else verdicts

    def _count_not_gradable(self, verdicts: Iterable[Verdict]) -> None:
        self.tally.not_gradable += any(verdict.not_gradable for verdict in verdicts)

    def init_assignment(self, assignment_id: str, student_id: str) -> None:
        """Have the notebooks judged and write the rebuilt ones, then let nbgrader go on."""
        store = self.store(assignment_id)
        store.note_recorded(student_id, done=False)
        place = Path(self._format_source(assignment_id, student_id))
        place.mkdir(parents=True, exist_ok=True)
        self.verdicts = [self._verdict(store, student_id, source) for source in store.sources()]
        for source, verdict in zip(store.sources(), self.verdicts):
            nbformat.write(nbformat.from_dict(verdict.notebook), place / source.name)
            for line in verdict.lines():
                self.log.warning("%s, %s: %s", student_id, assignment_id, line)
        with book.in_words(self.coursedir.db_url):
            super().init_assignment(assignment_id, student_id)

    def convert_single_notebook(self, notebook_filename: str) -> None:
        """Record one notebook; nbgrader's own method would make both of its passes."""
        self._init_preprocessors()
        with book.in_words(self.coursedir.db_url):
            BaseConverter.convert_single_notebook(self, notebook_filename)

    def set_permissions(self, assignment_id: str, student_id: str) -> None:
        """The last step for a student: note that it was reached."""
        super().set_permissions(assignment_id, student_id)
        self.store(assignment_id).note_recorded(student_id)
        self.tally.recorded += 1
        self._count_not_gradable(self.verdicts)

    def judged(self, store: Store, student: str, source: Path) -> Verdict:
        """Return the verdict on a notebook; have it judged if there is none."""
        self.judge = self.judge or Judge(self.walls)
        return store.judged(student, source, self.judge)

    def _verdict(self, store: Store, student: str, source: Path) -> Verdict:
        try:
            return self.judged(store, student, source)
        except NoSandboxError as error:
            raise refusal(error) from None
        except JudgeError as error:
            raise NbGraderException(f"{student} was not graded: {error}") from None


@contextlib.contextmanager
def _one_engine() -> Iterator[None]:
    """Let the seven gradebooks that nbgrader opens for each student share an engine.

    SQLAlchemy keeps its compiled statements with the engine; compiling them again for each
    gradebook takes half of the time in which a student is recorded. nbgrader's steps make their
    gradebooks themselves, each with an engine of its own: there is nothing to hand one in by.
    """
    with patch("nbgrader.api.create_engine", cache(create_engine)), warnings.catch_warnings():
        # nbgrader's own way of filling the tables; nothing for an instructor to look into.
        warnings.simplefilter("ignore", SAWarning)
        yield
