"""Step 5: a verdict into the gradebook, in one transaction."""

from collections.abc import Mapping
from typing import Any

from nbformat import NotebookNode
from nbgrader.api import Gradebook
from nbgrader.preprocessors import SaveAutoGrades

from autograder.checks.states import State
from autograder.judge.display import printable
from autograder.judge.verdict import Verdict
from autograder.submission.rebuild import nbgrader_metadata

from .book import Held
from .nbgrader_types import Grade, SubmittedNotebook
from .store import Store

NOT_ATTEMPTED = "Not attempted: this answer is as it was handed out."


class Record(SaveAutoGrades):
    """Writes points, states and messages of a verdict; cell outputs decide nothing."""

    def preprocess(
        self, nb: NotebookNode, resources: dict[str, Any]
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Record the verdict on a notebook; the notebook stays as it is."""
        about = resources["nbgrader"]
        student, assignment, notebook = (about[k] for k in ("student", "assignment", "notebook"))
        verdict = self._verdict(student, assignment, notebook)
        with Gradebook(about["db_url"]) as gradebook:
            submission: SubmittedNotebook = gradebook.find_submission_notebook(
                notebook, assignment, student
            )
            grades = {grade.name: grade for grade in submission.grades}
            comments = {comment.name: comment for comment in submission.comments}
            for cell in nb.cells:
                name = nbgrader_metadata(cell).get("grade_id")
                if nbgrader_metadata(cell).get("grade"):
                    self._grade(grades[name], name, verdict)
                if nbgrader_metadata(cell).get("solution") and name in comments:
                    comments[name].auto_comment = words(name, verdict)
            gradebook.db.commit()
        return nb, resources

    def _verdict(self, student: str, assignment: str, notebook: str) -> Verdict:
        coursedir = self.parent.parent.coursedir  # the exporter's parent is the converter
        path = Store(coursedir, assignment).path(student, notebook)
        verdict = Verdict.load(path)
        if verdict is None:
            raise FileNotFoundError(f"{path} is missing; run nbgrader autograde again with --force")
        return verdict

    def _grade(self, grade: Grade, name: str, verdict: Verdict) -> None:
        grade.auto_score = points(name, verdict)
        # A teacher who has overruled the grader is asked again; so is one who has to grade.
        grade.needs_manual_grade = grade.auto_score is None or grade.manual_score is not None


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
        return f"Not gradable: {verdict.not_gradable}" if state == State.NOT_GRADABLE else None
    result = verdict.exercises.get(f"test_{name}")
    if result is None:
        return None
    return printable(f"{result.state}: {result.message}" if result.message else result.state)


def agrees(held: Held, verdicts: Mapping[str, Verdict]) -> bool:
    """Tell whether the gradebook holds what `Record` would write.

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
