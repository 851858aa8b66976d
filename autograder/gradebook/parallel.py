"""`course.py grade`: nbgrader's autograder, fed by judges that work ahead of it."""

import sys
from pathlib import Path

from nbgrader.apps.autogradeapp import AutogradeApp
from nbgrader.converters.base import NbGraderException
from tqdm import tqdm

from .autograde import CourseAutograde
from .store import Store, alone


class ParallelAutograde(CourseAutograde):
    """Records verdicts as they come from `judges`."""

    judges = bar = None

    def judged(self, store, student, source):
        """Return the verdict, once it is there."""
        verdict = self.judges.verdicts[student, source].result()
        self.bar.update()
        return verdict


def record(judges, assignment, confined):
    """Have a class judged and record it, in the course directory that is the current folder.

    Parameters
    ----------
    judges : cluster.Judges
    assignment : str
    confined : bool

    Returns
    -------
    str or None
        Why not everything was graded.
    """
    app = AutogradeApp()   # reads nbgrader_config.py, as the stock command does
    app.initialize(["--log-level=WARN"])
    app.coursedir.assignment_id = assignment
    converter = ParallelAutograde(coursedir=app.coursedir, parent=app)
    converter.without_sandbox = not confined
    converter.judges = judges
    with alone(Path.cwd()):
        judges.begin(Store(app.coursedir, assignment))
        converter.bar = tqdm(total=len(judges.verdicts), desc="grading", leave=False,
                             file=sys.stdout)
        try:
            with converter.bar:
                converter.start()
        except NbGraderException as error:
            return str(error)
    return None
