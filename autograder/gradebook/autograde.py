"""`nbgrader autograde` on the project's terms: the judge decides, nbgrader keeps the books."""

import contextlib
import os
from collections.abc import Iterable
from functools import cached_property
from logging import INFO, WARNING
from pathlib import Path
from typing import Any, NoReturn

import nbformat
from nbgrader import utils
from nbgrader.converters import Autograde
from nbgrader.converters.base import NbGraderException
from nbgrader.preprocessors import AssignLatePenalties
from traitlets import Bool, Enum

from autograder.judge.process import Judge, JudgeError
from autograder.judge.verdict import Verdict
from autograder.platforms import cannot_grade
from autograder.sandbox.connection import NoSandboxError
from autograder.sandbox.isolation import AUTO, LANDLOCK, NAMESPACES, NONE, Isolation
from autograder.sandbox.ladder import choose_or_exit, refusal

from . import book, release_check
from .arrival import Arrival, arrival
from .database import in_words
from .progress import Tally
from .record import Recorder, agrees
from .store import MARKUP, Store, alone
from .times import zone_of


class CourseAutograde(Autograde):
    """Grades from verdicts; the submission itself is never copied.

    nbgrader would copy what a student sent, links included, read it as a notebook, and run it
    with the instructor's rights. Here the judge reads it, and what nbgrader's own steps would
    leave in `autograded/` and the gradebook is made from what the judge has answered.
    """

    without_sandbox = Bool(
        False, help="Run students' code with your own rights, where it cannot be confined."
    ).tag(config=True)
    isolation = Enum(
        [AUTO, NAMESPACES, LANDLOCK],
        AUTO,
        help="What to confine students' code with; auto takes the strongest that works here.",
    ).tag(config=True)

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.tally = Tally()
        self.judge: Judge | None = None
        self.stores: dict[str, Store] = {}
        self.held: dict[str, book.Held] = {}  # by student, at the beginning of the grading
        self.arrivals: dict[str, Arrival] = {}  # by student
        self.opened = contextlib.ExitStack()  # what is closed at the end: the gradebook

    @cached_property
    def walls(self) -> Isolation:
        """Return the isolation; the first call chooses it and logs which it is."""
        walls = choose_or_exit(NONE if self.without_sandbox else self.isolation)
        self.log.log(WARNING if walls.why else INFO, walls.line())
        return walls

    def start(self) -> None:
        """Grade, and end the judge whatever happens."""
        if not self.without_sandbox and (why := cannot_grade()):
            self.stop(f"Nothing was graded. {why}")
        try:
            with (
                alone(Path(self.coursedir.root).resolve()),
                in_words(self.coursedir.db_url),
                self.opened,
            ):
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
            self.stop(
                f"No submissions were found in {store.submission('*')}: collect them first "
                "(nbgrader collect), or check the names of assignment and student"
            )
        self._check_notebooks(store)
        excluded = self.coursedir.student_id_exclude.split(",")
        wanted = [student for student in wanted if student not in excluded]
        if why := release_check.mismatch(store):
            self.stop(why)
        for line in release_check.edited(store):
            self.log.warning(line)
        # Refused here if the course's limits are invalid: once, and before the class.
        _ = store.limits, store.seed
        gradebook = self.opened.enter_context(book.opened(self.coursedir))
        self.recorder = Recorder(gradebook, store.assignment, AssignLatePenalties(parent=self))
        self.held = book.held(gradebook, store.assignment)
        zone = zone_of(self.config)
        self.arrivals = {
            student: arrival(store.submission(student), self.log, zone) for student in wanted
        }
        self.due = [student for student in wanted if self._is_due(store, student)]
        names = [source.name for source in store.sources()]
        # What nbgrader goes through: notebooks by folder. It opens neither.
        self.assignments: dict[str, list[str]] = {
            self._format_source(store.assignment, student): names for student in self.due
        }
        self.notebooks: list[str] = []

    def _is_due(self, store: Store, student: str) -> bool:
        """Tell whether there is something to do for a student; count it if not."""
        verdicts = None if self.force else self._recorded(store, student)
        if verdicts is None:
            return True
        self.tally.up_to_date += 1
        self._count_not_gradable(verdicts.values())
        return False

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
            self.stop(
                f"There is no notebook in source/{store.assignment}/; "
                "`python3 course.py build` makes it"
            )
        wanted = self.coursedir.notebook_id
        if not any(source.match(f"{wanted}.ipynb") for source in store.sources()):
            self.stop(
                f"There is no notebook {wanted} in source/{store.assignment}/, only "
                + ", ".join(source.stem for source in store.sources())
            )
        # A submission is recorded whole: half of one would count as recorded, and stay half.
        self.coursedir.notebook_id = "*"

    def stop(self, why: str) -> NoReturn:
        """Say why nothing can be graded; nbgrader's commands show the log only."""
        self.log.error(why)
        raise NbGraderException(why)

    def init_destination(self, assignment_id: str, student_id: str) -> bool:
        """Clear away what a grading that is out of date or unfinished has left."""
        dest = os.path.normpath(self._format_dest(assignment_id, student_id))
        if os.path.exists(dest):
            why = "was graded before" if self.force else "is out of date or unfinished"
            self.log.warning("%s %s; it is graded again", dest, why)
            utils.rmtree(dest)
        return True

    def _recorded(self, store: Store, student: str) -> dict[str, Verdict] | None:
        """Return a student's verdicts if they are right and stand in the gradebook, or None.

        It may have been lost, or replaced by an older copy, since they were noted.
        """
        held, time = self.held.get(student), self.arrivals[student]
        place = Path(self.coursedir.root) / self._format_dest(store.assignment, student)
        if held is None or not place.exists():
            return None
        verdicts = store.recorded(student, time.time_text)
        if verdicts is None or not agrees(held, verdicts):
            return None
        return None if time.time and time.time != held.timestamp else verdicts

    def _count_not_gradable(self, verdicts: Iterable[Verdict]) -> None:
        self.tally.not_gradable += any(verdict.not_gradable for verdict in verdicts)

    def init_assignment(self, assignment_id: str, student_id: str) -> None:
        """Have a student's notebooks judged, and write what is beside them in `autograded/`."""
        store = self.store(assignment_id)
        store.note_begun(student_id)
        if not self.create_student and not self.recorder.knows(student_id):
            self.stop(f"No student with ID '{student_id}' exists in the database")
        self.verdicts = {
            source.name: self._verdict(store, student_id, source) for source in store.sources()
        }
        for verdict in self.verdicts.values():
            for line in verdict.lines():
                self.log.warning("%s, %s: %s", student_id, assignment_id, line)
        self.place = Path(self._format_dest(assignment_id, student_id))
        self.place.mkdir(parents=True)
        self.arrivals[student_id].write(self.place)
        for folder in sorted({Path(name).parent for name in self.beside}):
            (self.place / folder).mkdir(parents=True, exist_ok=True)
        for name, content in self.beside.items():
            (self.place / name).write_bytes(content)

    @cached_property
    def beside(self) -> dict[str, bytes]:
        """Return what an assignment has beside its notebooks: contents, by place in it.

        Read once for a class. The permissions are set for all files at the end.

        Every student gets the course's own version, as from nbgrader. Whoever wants the students'
        (`exclude_overwriting`) gets none: what they sent is not copied.
        """
        assignment = self.coursedir.assignment_id
        source = self.coursedir.format_path(self.coursedir.source_directory, ".", assignment)
        found = utils.find_all_files(source, [*self.coursedir.ignore, "*.ipynb"])
        names = {path: os.path.relpath(path, source) for path in found}
        theirs = self.exclude_overwriting.get(assignment, [])
        return {name: Path(path).read_bytes() for path, name in names.items() if name not in theirs}

    def convert_single_notebook(self, notebook_filename: str) -> None:
        """Write a notebook as nbgrader's exporter would, with one validation in place of five."""
        notebook = nbformat.from_dict(self.verdicts[notebook_filename].notebook)
        nbformat.write(notebook, self.place / notebook_filename)

    def set_permissions(self, assignment_id: str, student_id: str) -> None:
        """The last step for a student: record, and note that this was reached."""
        super().set_permissions(assignment_id, student_id)
        arrived = self.arrivals[student_id]
        verdicts = {Path(name).stem: verdict for name, verdict in self.verdicts.items()}
        with in_words(self.coursedir.db_url):  # here: nbgrader's loop has words of its own
            late = self.recorder.record(student_id, arrived.time, verdicts)
        if late:
            self.log.warning("%s, %s: %g seconds late", student_id, assignment_id, late)
        self.store(assignment_id).note_recorded(student_id, verdicts.values(), arrived.time_text)
        self.tally.recorded += 1
        self._count_not_gradable(verdicts.values())

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
