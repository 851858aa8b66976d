"""`course.py grade` and `record`: nbgrader's autograder, fed with verdicts that others make."""

from __future__ import annotations

from concurrent.futures import wait
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from nbgrader.apps.autogradeapp import AutogradeApp
from nbgrader.converters.base import NbGraderException

from autograder import quick
from autograder.judge.verdict import Verdict
from autograder.sandbox.isolation import Isolation

from .autograde import CourseAutograde
from .configured import configured
from .progress import Progress
from .store import Store, alone

if TYPE_CHECKING:
    from autograder.cluster import Graders

NAMED = 10  # students that are named in one sentence


class WatchedAutograde(CourseAutograde):
    """Tells somebody who waits how it goes."""

    def __init__(self, isolation: Isolation, progress: Progress, app: AutogradeApp) -> None:
        super().__init__(coursedir=app.coursedir, parent=app)
        self.walls, self.progress = isolation, progress

    def init_notebooks(self) -> None:
        """Tell how many are to be recorded."""
        super().init_notebooks()
        self.progress.due(len(self.due))

    def set_permissions(self, assignment_id: str, student_id: str) -> None:
        """Record a student, and tell who waits."""
        super().set_permissions(assignment_id, student_id)
        self.progress.recorded(student_id, self.verdicts.values())

    def unfinished(self) -> str | None:
        """Return why not everybody was recorded, or None."""
        return None

    def stop(self, why: str) -> NoReturn:
        """End with a reason, which the command prints; the log would say it twice."""
        raise NbGraderException(why)


class ParallelAutograde(WatchedAutograde):
    """Records verdicts as they come from `judges`."""

    def __init__(self, judges: Graders, *others: Any) -> None:
        super().__init__(*others)
        self.judges = judges

    def init_notebooks(self) -> None:
        """Have the class judged once it is clear that it can be recorded."""
        super().init_notebooks()
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


class VerdictsAutograde(WatchedAutograde):
    """Records the verdicts that are there and judges nothing."""

    def __init__(self, *others: Any) -> None:
        super().__init__(*others)
        self.waiting: list[str] = []

    def _is_due(self, store: Store, student: str) -> bool:
        if not super()._is_due(store, student):
            return False
        if all(_there(store, student, source) for source in store.sources()):
            return True
        self.waiting.append(student)
        return False

    def judged(self, store: Store, student: str, source: Path) -> Verdict:
        """Return the verdict that is there."""
        verdict = _there(store, student, source)
        if verdict is None:
            raise FileNotFoundError(f"{store.path(student, source)} is gone; judge again")
        return verdict

    def unfinished(self) -> str | None:
        """Return who has no verdict."""
        if not self.waiting:
            return None
        names = ", ".join(self.waiting[:NAMED]) + (" and others" if self.waiting[NAMED:] else "")
        return (
            f"{len(self.waiting)} not recorded, as there is no verdict on what they handed in: "
            f"{names}. Judge them first (`python3 course.py judge`)"
        )


def _there(store: Store, student: str, source: Path) -> Verdict | None:
    """Return a verdict that is right, or one that says that the judge failed, which has no key."""
    failed = Verdict.load(store.path(student, source))
    return store.verdict(student, source) or (failed if failed and not failed.key else None)


def record(
    judges: Graders | None, assignment: str, isolation: Isolation, student: str, progress: Progress
) -> str | None:
    """Have a class judged and record it, in the course directory that is the current folder.

    Parameters
    ----------
    judges : Graders or None
        None records the verdicts that are there.
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
    quick.settle()
    app = configured()
    app.coursedir.assignment_id, app.coursedir.student_id = assignment, student
    converter: WatchedAutograde = (
        ParallelAutograde(judges, isolation, progress, app)
        if judges
        else VerdictsAutograde(isolation, progress, app)
    )
    why: str | None = "it was ended before its end"  # of Ctrl-C, and of what ends a grading at once
    with alone(Path.cwd()):
        try:
            converter.start()
            why = converter.unfinished()
        except NbGraderException as error:
            why = str(error)
        finally:
            progress.end(converter.tally, why)
    return why
