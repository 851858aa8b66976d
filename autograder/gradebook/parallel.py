"""`course.py grade`: nbgrader's autograder, fed by judges that work ahead of it."""

import sys
from concurrent.futures import wait
from pathlib import Path

from nbgrader.converters.base import NbGraderException
from tqdm import tqdm

from .autograde import CourseAutograde
from .configured import configured
from .store import alone


class ParallelAutograde(CourseAutograde):
    """Records verdicts as they come from `judges`."""

    judges = bar = None

    def init_notebooks(self):
        """Have the class judged once it is clear that it can be recorded."""
        super().init_notebooks()
        self.judges.begin(self.store(self.coursedir.assignment_id))
        self.bar.reset(total=len(self.judges.verdicts))

    def judged(self, store, student, source):
        """Return the verdict, once it is there."""
        future = self.judges.verdicts[student, source]
        while not future.done():
            # By halves of a second: Ctrl-C can come where it does not end a wait without end.
            wait([future], 0.5)
        verdict = future.result()
        self.bar.update()
        return verdict


def record(judges, assignment, isolation):
    """Have a class judged and record it, in the course directory that is the current folder.

    Parameters
    ----------
    judges : cluster.Judges
    assignment : str
    isolation : Isolation

    Returns
    -------
    str or None
        Why not everything was graded.
    """
    app = configured()
    app.coursedir.assignment_id = assignment
    converter = ParallelAutograde(coursedir=app.coursedir, parent=app)
    converter.walls = isolation
    converter.judges = judges
    with alone(Path.cwd()):
        converter.bar = tqdm(desc="grading", leave=False, file=sys.stdout)
        try:
            with converter.bar:
                converter.start()
        except NbGraderException as error:
            return str(error)
    tally = converter.tally
    print(
        f"{tally['recorded']} recorded, {tally['up to date']} were up to date, "
        f"{tally['not gradable']} not gradable, {tally['left aside']} left aside."
    )
    return None
