"""`nbgrader autograde` on the project's terms: the judge decides, nbgrader keeps the books."""

import contextlib
import os
import warnings
from collections import Counter
from functools import cache
from logging import INFO, WARNING
from pathlib import Path
from unittest.mock import patch

import nbformat
from nbgrader import utils
from nbgrader.converters import Autograde
from nbgrader.converters.base import BaseConverter, NbGraderException
from nbgrader.preprocessors import AssignLatePenalties
from sqlalchemy import create_engine
from sqlalchemy.exc import SAWarning
from traitlets import Bool, Enum, List

from autograder.checks.states import State
from autograder.judge.process import Judge, JudgeError
from autograder.platforms import cannot_grade
from autograder.sandbox.connection import NoSandboxError
from autograder.sandbox.isolation import AUTO, LANDLOCK, NAMESPACES, NONE
from autograder.sandbox.ladder import choose_or_exit, refusal
from autograder.submission.master import master
from autograder.submission.rebuild import nbgrader_metadata

from . import book
from .arrival import take_over
from .record import Record, agrees
from .store import MARKUP, REBUILT, Store, alone
from .times import zone_of


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
        help="What to confine students' code with; auto takes the strongest that can be had.",
    ).tag(config=True)

    sanitize_preprocessors = List([]).tag(config=True)  # the judge has rebuilt it already
    autograde_preprocessors = List([Record, AssignLatePenalties]).tag(config=True)

    judge = None
    walls = None  # the Isolation, once it is chosen
    held = None  # by student: what the gradebook held at the beginning

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.tally = Counter()  # of students: recorded, up to date, not gradable, left aside

    @property
    def _input_directory(self):
        return REBUILT

    def start(self):
        """Grade, and end the judge whatever happens."""
        if not self.without_sandbox and (why := cannot_grade()):
            self._stop(f"Nothing was graded. {why}")
        try:
            with alone(Path(self.coursedir.root).resolve()), _one_engine():
                self._choose()
                super().start()
        finally:
            if self.judge:
                self.judge.close()

    def _choose(self):
        """Choose the isolation, unless that has been done, and say which it is."""
        if self.walls is None:
            self.walls = choose_or_exit(NONE if self.without_sandbox else self.isolation)
            self.log.log(WARNING if self.walls.why else INFO, self.walls.line())

    def store(self, assignment):
        """Return the submissions and verdicts of an assignment."""
        return Store(self.coursedir, assignment, self.walls)

    def init_notebooks(self):
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
        self._check_release(store)
        # Refused here if what the course says of them is no good: once, and before the class.
        _ = store.limits, store.seed
        self.held = book.held(self.coursedir, store.assignment)
        self.assignments, self.notebooks = {}, []
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

    def _warn(self, store):
        for name in store.unusable():
            self.log.warning(
                "The folder %s is left aside: a student's name cannot hold %s "
                "or signs that do not print; rename it",
                ascii(name),
                " ".join(sorted(MARKUP)),
            )
        for name in store.closed():
            self.log.error(
                "The folder %s cannot be entered, so what is in it is not graded; "
                "give yourself the right to (chmod u+rx)",
                ascii(name),
            )
        misplaced = store.misplaced()
        for path, remedy in misplaced:
            self.log.warning("%s is left aside: it %s", ascii(str(path)), remedy)
        self.tally["left aside"] = len(store.unusable()) + len(store.closed()) + len(misplaced)

    def _check_notebooks(self, store):
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

    def _check_release(self, store):
        """Stop if the notebooks are not those that the gradebook and the students have."""
        released = book.released(self.coursedir, store.assignment)
        again = f"run `nbgrader generate_assignment {store.assignment} --force`"
        if released is None:
            self._stop(
                f"{store.assignment} is not in the gradebook: "
                f"{again}; or, if it was there, put your last copy of gradebook.db back"
            )
        there = {source.stem: source for source in store.sources()}
        for name in sorted(released.keys() | there.keys()):
            place = f"source/{store.assignment}/{name}.ipynb"
            if name not in there:
                self._stop(f"{place} was released and is gone; put it back, or {again}")
            if name not in released:
                self._stop(f"{place} was not released; take it away, or {again}")
            try:
                change = _difference(master(there[name]), released[name])
            except (OSError, ValueError, KeyError, AttributeError) as error:
                self._stop(
                    f"{place} cannot be read as a notebook ({type(error).__name__}); put "
                    "your last copy of it in its place"
                )
            if change:
                self._stop(
                    f"{place}, {change}: this is not what was released; put it back, or {again}"
                )

    def _stop(self, why):
        """Say why nothing can be graded; nbgrader's commands show the log only."""
        self.log.error(why)
        raise NbGraderException(why)

    def init_destination(self, assignment_id, student_id):
        """Grade again what changed, and what was begun and not brought to an end."""
        dest = os.path.normpath(self._format_dest(assignment_id, student_id))
        store = self.store(assignment_id)
        verdicts = self._recorded(store, student_id)
        if os.path.exists(dest) and verdicts is None:
            self.log.warning("%s is out of date or unfinished; it is graded again", dest)
            utils.rmtree(dest)
        is_new = super().init_destination(assignment_id, student_id)
        if not is_new and verdicts:
            self._count("up to date", verdicts.values())
        return is_new

    def _recorded(self, store, student):
        """Return a student's verdicts if they are right and stand in the gradebook, or None.

        It may have been lost, or replaced by an older copy, since they were noted.
        """
        verdicts, held = store.recorded(student), self.held.get(student)
        if verdicts is None or held is None or not agrees(held, verdicts):
            return None
        told = store.timestamp(student)
        return None if told and utils.parse_utc(told) != held.timestamp else verdicts

    def _count(self, what, verdicts):
        self.tally[what] += 1
        self.tally[State.NOT_GRADABLE] += any(verdict.not_gradable for verdict in verdicts)

    def init_assignment(self, assignment_id, student_id):
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

    def convert_single_notebook(self, notebook_filename):
        """Record one notebook; nbgrader's two passes, to sanitise and to run, are one here."""
        self._sanitizing = False  # decides which preprocessors are taken
        self._init_preprocessors()
        with book.in_words(self.coursedir.db_url):
            BaseConverter.convert_single_notebook(self, notebook_filename)

    def set_permissions(self, assignment_id, student_id):
        """The last step for a student: note that it was reached."""
        super().set_permissions(assignment_id, student_id)
        self.store(assignment_id).note_recorded(student_id)
        self._count("recorded", self.verdicts)

    def judged(self, store, student, source):
        """Return the verdict on a notebook; have it judged if there is none."""
        self.judge = self.judge or Judge(self.walls)
        return store.judged(student, source, self.judge)

    def _verdict(self, store, student, source):
        try:
            return self.judged(store, student, source)
        except NoSandboxError as error:
            raise refusal(error) from None
        except JudgeError as error:
            raise NbGraderException(f"{student} was not graded: {error}") from None


@contextlib.contextmanager
def _one_engine():
    """Let the seven gradebooks that nbgrader opens for each student share an engine.

    SQLAlchemy keeps its compiled statements with the engine; compiling them again for each
    gradebook takes half of the time in which a student is recorded.
    """
    with patch("nbgrader.api.create_engine", cache(create_engine)), warnings.catch_warnings():
        # nbgrader's own way of filling the tables; nothing for an instructor to look into.
        warnings.simplefilter("ignore", SAWarning)
        yield


def _difference(notebook, released):
    """Return in what a notebook differs from its release, or None."""
    cells = [nbgrader_metadata(cell) for cell in notebook.cells]
    names = [
        cell["grade_id"]
        for cell in cells
        if any(cell.get(kind) for kind in ("grade", "solution", "task", "locked"))
    ]
    now = {
        cell["grade_id"]: float(cell.get("points") or 0)
        for cell in cells
        if cell.get("grade") or cell.get("task")
    }
    for name, times in Counter(names).items():
        if times > 1:
            return f"cell {name} stands there {times} times"
    for name in [*now, *released]:
        if name not in released:
            return f"cell {name} is new"
        if name not in now:
            return f"cell {name} is missing"
        if now[name] != released[name]:
            return f"cell {name} has {now[name]:g} points instead of {released[name]:g}"
    return None
