"""`course.py grade`: nbgrader's autograder, fed by judges that work ahead of it."""

from __future__ import annotations

import sys
from concurrent.futures import wait
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nbgrader.converters.base import NbGraderException
from tqdm import tqdm

from autograder.judge.verdict import Verdict
from autograder.sandbox.isolation import Isolation

from .autograde import CourseAutograde
from .configured import configured
from .store import Store, alone

if TYPE_CHECKING:
    from autograder.cluster import Judges


class ParallelAutograde(CourseAutograde):
    """Records verdicts as they come from `judges`."""

    bar: tqdm

    def __init__(self, judges: Judges, isolation: Isolation, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.judges, self.walls = judges, isolation

    def init_notebooks(self) -> None:
        """Have the class judged once it is clear that it can be recorded."""
        super().init_notebooks()
        self.judges.begin(self.store(self.coursedir.assignment_id))
        self.bar.reset(total=len(self.judges.verdicts))

    def judged(self, store: Store, student: str, source: Path) -> Verdict:
        """Return the verdict, once it is there."""
        future = self.judges.verdicts[student, source]
        while not future.done():
            # By halves of a second: Ctrl-C can come where it does not end a wait without end.
            wait([future], 0.5)
        verdict = future.result()
        self.bar.update()
        return verdict


def record(judges: Judges, assignment: str, isolation: Isolation) -> str | None:
    """Have a class judged and record it, in the course directory that is the current folder.

    Parameters
    ----------
    judges : Judges
    assignment : str
    isolation : Isolation

    Returns
    -------
    str or None
        Why not everything was graded.
    """
    app = configured()
    app.coursedir.assignment_id = assignment
    converter = ParallelAutograde(judges, isolation, coursedir=app.coursedir, parent=app)
    with alone(Path.cwd()):
        converter.bar = tqdm(desc="grading", leave=False, file=sys.stdout)
        try:
            with converter.bar:
                converter.start()
        except NbGraderException as error:
            return str(error)
    tally = converter.tally
    print(
        f"{tally.recorded} recorded, {tally.up_to_date} were up to date, "
        f"{tally.not_gradable} not gradable, {tally.skipped} skipped."
    )
    return None
