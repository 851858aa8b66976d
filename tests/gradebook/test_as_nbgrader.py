"""What the recorder leaves is what nbgrader's own steps leave, in every table and file."""

import datetime
import os
import shutil
from pathlib import Path

import nbformat
import pytest
from nbgrader.api import Gradebook
from nbgrader.apps import NbGrader
from nbgrader.converters import Autograde
from nbgrader.converters.base import BaseConverter
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import AssignLatePenalties, SaveAutoGrades
from sqlalchemy import text
from traitlets.config import Config

from autograder.checks.states import State
from autograder.gradebook.autograde import CourseAutograde
from autograder.gradebook.record import points, words
from autograder.judge.grade import _show
from autograder.judge.verdict import Result, Verdict
from autograder.sandbox.isolation import UNCONFINED

PS = "ps"
DUE = datetime.datetime(2027, 1, 15, 12)
TIMES = {"ann": "2027-01-15 11:00:00 UTC", "ben": "2027-01-15 13:00:00 UTC", "cut": ""}
TABLES = (
    "select id, first_name, last_name, email, lms_user_id from student",
    "select student_id, timestamp, extension from submitted_assignment",
    """select s.student_id, n.name, m.flagged, m.late_submission_penalty, c.name, c.type, {0}
    from {1} v join submitted_notebook m on v.notebook_id = m.id
    join submitted_assignment s on m.assignment_id = s.id
    join notebook n on m.notebook_id = n.id join base_cell c on v.cell_id = c.id""",
)
VALUES = {
    "grade": "auto_score, manual_score, extra_credit, needs_manual_grade",
    "comment": "auto_comment, manual_comment",
}


def notebook(name):
    """Return an instructor's notebook with one cell of each kind."""
    cells = []
    for kind, points_ in (("f", None), ("test_f", 2), ("words", 3), ("task", 1), ("read", None)):
        is_test, is_task = kind == "test_f", kind == "task"
        made = (
            nbformat.v4.new_code_cell if is_test or kind == "f" else nbformat.v4.new_markdown_cell
        )
        cell = made(f"{kind} of {name}", id=f"{kind}-{name}")
        cell.metadata["nbgrader"] = {
            "schema_version": 3,
            "grade_id": kind,
            "grade": is_test or kind == "words",
            "solution": kind in ("f", "words"),
            "locked": kind in ("test_f", "read", "task"),
            "task": is_task,
        } | ({} if points_ is None else {"points": points_})
        cells.append(cell)
    return nbformat.v4.new_notebook(cells=cells)


def verdict_on(student, name):
    """Return what the judge might say: passed, failed, not gradable, an answer in words."""
    state = {"ann": State.PASSED, "ben": State.FAILED, "cut": State.NOT_GRADABLE}[student]
    found = Verdict(f"key of {student}", PS, notebook=notebook(name))
    found.exercises = {"test_f": Result(state, 2.0 * (student == "ann"), 2.0, f"it {state}\x1b[1m")}
    by_hand = {"ann": State.BY_HAND, "ben": State.NOT_ATTEMPTED, "cut": State.NOT_GRADABLE}
    found.written = {"words": by_hand[student]}
    found.not_gradable = "no notebook" if student == "cut" else ""
    _show(found.notebook, found)
    return found


class Saved(SaveAutoGrades):
    """nbgrader's step, with the verdict in place of what it reads from outputs."""

    def _add_score(self, cell, resources):
        about = resources["nbgrader"]
        name = cell.metadata.nbgrader.grade_id
        grade = self.gradebook.find_grade(
            name, about["notebook"], about["assignment"], about["student"]
        )
        verdict = verdict_on(about["student"], about["notebook"])
        grade.auto_score = points(name, verdict)
        by_hand = grade.auto_score is None or name in verdict.written
        grade.needs_manual_grade = by_hand or grade.manual_score is not None
        self.gradebook.db.commit()

    def _add_comment(self, cell, resources):
        about = resources["nbgrader"]
        name = cell.metadata.nbgrader.grade_id
        comment = self.gradebook.find_comment(
            name, about["notebook"], about["assignment"], about["student"]
        )
        if not cell.metadata.nbgrader.get("task"):
            comment.auto_comment = words(name, verdict_on(about["student"], about["notebook"]))
        self.gradebook.db.commit()


class Stock(Autograde):
    """nbgrader's converter, which finds what the judge has rebuilt as handed in."""

    autograde_preprocessors = [Saved, AssignLatePenalties]
    _sanitizing = False
    _input_directory = "rebuilt"

    def convert_single_notebook(self, notebook_filename):
        self._init_preprocessors()
        BaseConverter.convert_single_notebook(self, notebook_filename)


class Ours(CourseAutograde):
    """The course's converter, without a judge."""

    walls = UNCONFINED

    def judged(self, store, student, source):
        found = verdict_on(student, source.stem)
        found.save(store.path(student, source))
        return found


def course(folder):
    """Make a course directory with an assignment of two notebooks, released and handed in."""
    for student, time in TIMES.items():
        for place in ("submitted", "rebuilt"):
            handed_in = folder / place / student / PS
            handed_in.mkdir(parents=True)
            if time:
                (handed_in / "timestamp.txt").write_text(time)
                (handed_in / "submission_secret.txt").write_text("5ec2e7" * 6)
            for name in ("p1", "p2"):
                nbformat.write(verdict_on(student, name).notebook, handed_in / f"{name}.ipynb")
    source = folder / "source" / PS
    (source / "checks").mkdir(parents=True)
    (source / "checks" / "cases.json").write_text("{}")
    (source / "data.csv").write_text("1,2\n")
    (source / "skipped.pyc").write_text("")
    for name in ("p1", "p2"):
        nbformat.write(notebook(name), source / f"{name}.ipynb")
    with Gradebook(f"sqlite:///{folder}/gradebook.db") as book:
        book.add_assignment(PS, duedate=DUE)
        book.add_student("ann", first_name="Ann")
        for name in ("p1", "p2"):
            book.add_notebook(name, PS)
            book.add_grade_cell("test_f", name, PS, max_score=2, cell_type="code")
            book.add_solution_cell("f", name, PS)
            book.add_grade_cell("words", name, PS, max_score=3, cell_type="markdown")
            book.add_solution_cell("words", name, PS)
            book.add_task_cell("task", name, PS, max_score=1, cell_type="markdown")


def grade(converter, folder, **settings):
    """Run a converter in a course directory."""
    config = Config()
    config.CourseDirectory.root = str(folder)
    config.CourseDirectory.ignore = ["*.pyc"]
    config.CourseDirectory.assignment_id = PS
    config.LateSubmissionPlugin.penalty_method = "zero"
    app = NbGrader(config=config)
    converter(coursedir=CourseDirectory(parent=app), parent=app, **settings).start()


def by_hand(folder):
    """Do what an instructor does in formgrader; then hand in later."""
    with Gradebook(f"sqlite:///{folder}/gradebook.db") as book:
        grade_ = book.find_grade("test_f", "p1", PS, "ben")
        grade_.manual_score, grade_.needs_manual_grade, grade_.extra_credit = 1.5, False, 0.25
        done = book.find_grade("task", "p2", PS, "ann")
        done.manual_score, done.needs_manual_grade = 1.0, False
        book.find_comment("f", "p1", PS, "ben").manual_comment = "almost"
        book.find_submission_notebook("p2", PS, "ben").flagged = True
        book.db.commit()
        book.grant_extension(PS, "ann", hours=1)
    for place in ("submitted", "rebuilt"):
        (folder / place / "ann" / PS / "timestamp.txt").write_text("2027-01-16 12:00:00 UTC")


def tables(folder):
    """Return every row that a grading writes, by names in place of ids."""
    student, submission, cells = TABLES
    asked = [student, submission, *(cells.format(VALUES[kind], kind) for kind in VALUES)]
    with Gradebook(f"sqlite:///{folder}/gradebook.db") as book:
        return [sorted(map(repr, book.db.execute(text(each)))) for each in asked]


def files(folder):
    """Return what lies in `autograded/`: mode and bytes by path."""
    place = folder / "autograded"
    return {
        str(path.relative_to(place)): (
            oct(path.stat().st_mode),
            path.read_bytes() if path.is_file() else b"",
        )
        for path in sorted(place.rglob("*"))
    }


@pytest.fixture
def both(tmp_path, monkeypatch):
    """Return two equal courses."""
    monkeypatch.setattr("nbgrader.api.get_alembic_version", lambda: "a program would tell")
    course(tmp_path / "stock")
    shutil.copytree(tmp_path / "stock", tmp_path / "ours")
    return tmp_path / "stock", tmp_path / "ours"


@pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning")  # nbgrader fills its tables so
def test_tables_and_files_are_those_that_nbgrader_leaves(both, monkeypatch):
    stock, ours = both
    monkeypatch.chdir(stock.parent)
    for settings in ({}, {"force": True}):
        grade(Stock, stock, **settings)
        grade(Ours, ours, **settings)
        assert tables(ours) == tables(stock)
        assert files(ours) == files(stock)
        by_hand(stock)
        by_hand(ours)
    student, submission, grades, comments = tables(ours)
    assert [len(each) for each in (student, submission, grades, comments)] == [3, 3, 18, 18]
    assert "'cut'" in "".join(student) and "almost" in "".join(comments)
    assert len(files(ours)["ann/ps/p1.ipynb"][1]) > 1000
    assert Path.cwd() == stock.parent and not os.path.exists("autograded")
