"""Step 5: verdicts into the gradebook, which is opened once; one transaction for a student.

What nbgrader's own steps would write is written into the tables of its models.
`tests/gradebook/test_as_nbgrader.py` shows that it is the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from nbgrader.api import (
    Assignment,
    Comment,
    Grade,
    Student,
    SubmittedAssignment,
    SubmittedNotebook,
)
from nbgrader.preprocessors import AssignLatePenalties
from sqlalchemy import Index, Table, bindparam, case, insert, select, true, update
from sqlalchemy.exc import ProgrammingError

from autograder.checks.states import State
from autograder.checks.texts import said
from autograder.judge.display import printable
from autograder.judge.verdict import Verdict

from .book import Held
from .nbgrader_types import Gradebook

NOT_ATTEMPTED = "Not attempted: this answer is as it was handed out."

STUDENT: Table = Student.__table__
SUBMISSION: Table = SubmittedAssignment.__table__
NOTEBOOK: Table = SubmittedNotebook.__table__
GRADE: Table = Grade.__table__
COMMENT: Table = Comment.__table__

# nbgrader looks by these too, and without an index reads all of a table for each student:
# formgrader's list of 2,000 took 27 times as long as one of 200.
INDEXES = tuple(
    Index(f"ix_{column.table.name}_{column.name}", column)
    for column in (NOTEBOOK.c.assignment_id, GRADE.c.notebook_id, COMMENT.c.notebook_id)
)

# Made once: SQLAlchemy then knows what it has compiled, which is most of a statement's cost.
FIND = select(SUBMISSION.c.id).where(
    SUBMISSION.c.assignment_id == bindparam("assignment"),
    SUBMISSION.c.student_id == bindparam("of"),
)
FIND_STUDENT = select(STUDENT.c.id).where(STUDENT.c.id == bindparam("of"))
FIND_NOTEBOOKS = select(NOTEBOOK.c.notebook_id, NOTEBOOK.c.id).where(
    NOTEBOOK.c.assignment_id == bindparam("of")
)
SET_TIME = update(SUBMISSION).where(SUBMISSION.c.id == bindparam("of"))
# A teacher who has overruled the grader is asked again; so is one who has to grade.
SET_GRADES = (
    update(GRADE)
    .where(GRADE.c.notebook_id == bindparam("of"), GRADE.c.cell_id == bindparam("cell"))
    .values(
        auto_score=bindparam("score"),
        needs_manual_grade=case(
            (GRADE.c.manual_score.is_not(None), true()), else_=bindparam("asked")
        ),
    )
)
SET_COMMENTS = (
    update(COMMENT)
    .where(COMMENT.c.notebook_id == bindparam("of"), COMMENT.c.cell_id == bindparam("cell"))
    .values(auto_comment=bindparam("said"))
)
CLEAR_PENALTIES = (
    update(NOTEBOOK)
    .where(NOTEBOOK.c.assignment_id == bindparam("of"))
    .values(late_submission_penalty=None)
)


class Recorder:
    """Writes the points, states and messages of verdicts into a gradebook.

    Parameters
    ----------
    gradebook : Gradebook
    assignment : str
    penalties : AssignLatePenalties
        nbgrader's, with the course's settings.
    """

    def __init__(
        self, gradebook: Gradebook, assignment: str, penalties: AssignLatePenalties
    ) -> None:
        self.db, self.penalties = gradebook.db, penalties
        found = self.db.query(Assignment).filter_by(name=assignment).one()
        self.id, self.has_duedate = found.id, found.duedate is not None
        self.notebooks = {each.id: _Released(each) for each in found.notebooks}
        self.db.rollback()
        self._add_indexes()

    def _add_indexes(self) -> None:
        try:
            for index in INDEXES:
                index.create(self.db.connection(), checkfirst=True)
            self.db.commit()
        except ProgrammingError:  # who may write grades may not always change tables
            self.db.rollback()

    def knows(self, student: str) -> bool:
        """Tell whether a student is in the gradebook."""
        return self.db.scalar(FIND_STUDENT, {"of": student}) is not None

    def record(
        self, student: str, handed_in: datetime | None, verdicts: Mapping[str, Verdict]
    ) -> float:
        """Write the verdicts on a student's notebooks; all of it, or nothing if that fails.

        Parameters
        ----------
        student : str
        handed_in : datetime or None
            In UTC; None leaves the time that is there.
        verdicts : dict of Verdict
            By notebook.

        Returns
        -------
        float
            How many seconds late it was.
        """
        try:
            submission = self._submission(student)
            if handed_in:
                self.db.execute(SET_TIME, {"of": submission, "timestamp": handed_in})
            self._fill(submission, verdicts)
            late = self._take_off(submission)
            self.db.commit()
            return late
        finally:
            self.db.rollback()

    def _submission(self, student: str) -> str:
        """Return the id of a submission with all its rows, which are made if there are none."""
        wanted = {"assignment": self.id, "of": student}
        known: str | None = self.db.scalar(FIND, wanted)
        if known:
            return known
        if not self.knows(student):
            self.db.execute(insert(STUDENT), {"id": student})
        row = {"assignment_id": self.id, "student_id": student}
        self.db.execute(insert(SUBMISSION), row)
        made: str = self.db.scalar(FIND, wanted)
        self._insert(NOTEBOOK, ({"assignment_id": made, "notebook_id": i} for i in self.notebooks))
        for name, place in self._places(made).items():
            released = self.notebooks[name]
            self._insert(GRADE, ({"notebook_id": place, "cell_id": i} for i in released.graded))
            self._insert(COMMENT, ({"notebook_id": place, "cell_id": i} for i in released.said))
        return made

    def _insert(self, table: Table, rows: Iterable[dict[str, Any]]) -> None:
        if listed := [*rows]:
            self.db.execute(insert(table), listed)

    def _places(self, submission: str) -> dict[str, str]:
        """Return the ids of the notebooks of a submission, by those of the released ones."""
        rows = self.db.execute(FIND_NOTEBOOKS, {"of": submission})
        return {notebook: place for notebook, place in rows}

    def _fill(self, submission: str, verdicts: Mapping[str, Verdict]) -> None:
        for notebook, place in self._places(submission).items():
            released = self.notebooks[notebook]
            if verdict := verdicts.get(released.name):
                grades = [
                    {
                        "of": place,
                        "cell": cell,
                        "score": points(name, verdict),
                        "asked": points(name, verdict) is None or name in verdict.written,
                    }
                    for cell, name in released.by_code.items()
                ]
                comments = [
                    {"of": place, "cell": cell, "said": words(name, verdict)}
                    for cell, name in released.answers.items()
                ]
                for statement, rows in ((SET_GRADES, grades), (SET_COMMENTS, comments)):
                    if rows:
                        self.db.execute(statement, rows)

    def _take_off(self, submission: str) -> float:
        """Write the penalties for being late, by nbgrader's rule and the course's plugin."""
        if self.penalties.enabled:
            self.penalties.init_plugin()  # one that cannot be made fails for all, not the late only
            self.db.execute(CLEAR_PENALTIES, {"of": submission})
        if not self.has_duedate:
            return 0.0
        found = self.db.get(SubmittedAssignment, submission)
        late: float = found.total_seconds_late
        if late > 0 and self.penalties.enabled:
            rule = self.penalties.plugin_inst.late_submission_penalty
            for notebook in found.notebooks:
                wanted = rule(found.student_id, notebook.score, late)
                if wanted is not None:
                    taken = self.penalties._check_late_penalty(notebook, wanted)
                    notebook.late_submission_penalty = taken
        return late


class _Released:
    """The cells of a notebook, as they were released: ids, and names by id."""

    def __init__(self, notebook: Any) -> None:
        self.name: str = notebook.name
        tasks = [cell.id for cell in notebook.task_cells]
        self.by_code = {cell.id: cell.name for cell in notebook.grade_cells}
        self.answers = {cell.id: cell.name for cell in notebook.solution_cells}
        self.graded, self.said = [*self.by_code, *tasks], [*self.answers, *tasks]


def points(name: str, verdict: Verdict) -> float | None:
    """Return the points by code for a graded cell; None if they are given by hand.

    As in nbgrader, an answer for a person to read is 0 points if it is as it was handed out.
    """
    if verdict.written.get(name) == State.NOT_ATTEMPTED:
        return 0.0
    result = verdict.exercises.get(name)
    return None if result is None or result.state == State.NOT_GRADABLE else result.points


def words(name: str, verdict: Verdict) -> str | None:
    """Return the grader's comment on an answer, or None."""
    if name in verdict.written:
        state = verdict.written[name]
        if state == State.NOT_ATTEMPTED:
            return NOT_ATTEMPTED
        why = said(f"Not gradable: {verdict.not_gradable}")
        return why if state == State.NOT_GRADABLE else None
    result = verdict.exercises.get(f"test_{name}")
    if result is None:
        return None
    return printable(f"{result.state}: {result.message}" if result.message else result.state)


def agrees(held: Held, verdicts: Mapping[str, Verdict]) -> bool:
    """Tell whether the gradebook holds what `Recorder` would write.

    Parameters
    ----------
    held : Held
    verdicts : dict of Verdict
        By notebook.
    """
    if any(
        (notebook, name) not in held.points
        for notebook, verdict in verdicts.items()
        for name in verdict.exercises
    ):
        return False
    return all(
        recorded == points(name, verdicts[notebook])
        for (notebook, name), recorded in held.points.items()
        if notebook in verdicts
    ) and all(
        recorded == words(name, verdicts[notebook])
        for (notebook, name), recorded in held.words.items()
        if notebook in verdicts
    )
