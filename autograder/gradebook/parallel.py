"""`course.py grade`: nbgrader's autograder, fed by judges that work ahead of it."""

from __future__ import annotations

from concurrent.futures import wait
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nbgrader.converters.base import NbGraderException

from autograder.judge.verdict import Verdict
from autograder.sandbox.isolation import Isolation

from .autograde import CourseAutograde
from .configured import configured
from .progress import Progress
from .store import Store, alone

if TYPE_CHECKING:
    from autograder.cluster import Judges


class ParallelAutograde(CourseAutograde):
    """Records verdicts as they come from `judges`."""

    def __init__(
        self, judges: Judges, isolation: Isolation, progress: Progress, **kwargs: Any
    ) -> None:
        super().__init__(**kwargs)
        self.judges, self.walls, self.progress = judges, isolation, progress

    def init_notebooks(self) -> None:
        """Have the class judged once it is clear that it can be recorded."""
        super().init_notebooks()
        self.progress.due(len(self.due))
        self.judges.begin(self.store(self.coursedir.assignment_id), self.due)

    def judged(self, store: Store, student: str, source: Path) -> Verdict:
        """Return the verdict, once it is there."""
        future = self.judges.done[student, source]
        while not future.done():
            # By halves of a second: Ctrl-C can come where it does not end a wait without end.
            wait([future], 0.5)
        future.result()  # raises what kept it from being judged
        verdict = Verdict.load(store.path(student, source))
        if verdict is None:
            raise FileNotFoundError(f"{store.path(student, source)} is gone; grade again")
        return verdict

    def set_permissions(self, assignment_id: str, student_id: str) -> None:
        """Record a student, and tell who waits."""
        super().set_permissions(assignment_id, student_id)
        self.progress.recorded(student_id, self.verdicts.values())


def record(
    judges: Judges, assignment: str, isolation: Isolation, student: str, progress: Progress
) -> str | None:
    """Have a class judged and record it, in the course directory that is the current folder.

    Parameters
    ----------
    judges : Judges
    assignment : str
    isolation : Isolation
    student : str
        A pattern for the names of the students.
    progress : Progress

    Returns
    -------
    str or None
        Why not everything was graded.
    """
    app = configured()
    app.coursedir.assignment_id, app.coursedir.student_id = assignment, student
    converter = ParallelAutograde(judges, isolation, progress, coursedir=app.coursedir, parent=app)
    why: str | None = "it was ended before its end"  # of Ctrl-C, and of what ends a grading at once
    with alone(Path.cwd()):
        try:
            converter.start()
            why = None
        except NbGraderException as error:
            why = str(error)
        finally:
            progress.end(converter.tally, why)
    return why
