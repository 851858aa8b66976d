"""Many submissions: several judges at once, and one writer into the gradebook behind them."""

import os
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from queue import SimpleQueue

from autograder import registry
from autograder.judge.process import Judge, JudgeError
from autograder.sandbox.isolation import AUTO, Isolation
from autograder.sandbox.ladder import choose_or_exit


class Judges:
    """Judges that work ahead of the one who records.

    Parameters
    ----------
    jobs : int
        How many of them.
    isolation : Isolation
    """

    def __init__(self, jobs: int, isolation: Isolation):
        self.judges = [Judge(isolation) for _ in range(jobs)]
        self.free = SimpleQueue()
        for judge in self.judges:
            judge.start()  # here: a judge ends with the thread that started it
            self.free.put(judge)
        self.pool = ThreadPoolExecutor(jobs)
        self.verdicts = {}  # by student and notebook: futures

    def begin(self, store):
        """Have every submission judged that has no verdict, in the order of the students."""
        for student in store.students():
            for source in store.sources():
                self.verdicts[student, source] = self.pool.submit(self._one, store, student, source)

    def _one(self, store, student, source):
        judge = self.free.get()
        try:
            return store.judged(student, source, judge)
        finally:
            self.free.put(judge)

    def abandon(self):
        """End the judges in the middle of what they are at; it takes no time."""
        self.pool.shutdown(wait=False, cancel_futures=True)
        for judge in self.judges:
            judge.start = _no_more  # a judge that is gone is otherwise replaced, in the threads
        while not all(verdict.done() for verdict in self.verdicts.values()):
            for judge in self.judges:
                if judge.process:
                    judge.process.kill()
            time.sleep(0.02)

    def close(self):
        """End the judges."""
        self.pool.shutdown(cancel_futures=True)
        for judge in self.judges:
            judge.close()


def _no_more():
    raise JudgeError("the grading was ended")


def grade_class(course, assignment, jobs=0, wanted=AUTO):
    """Judge and record every submission that is not recorded yet.

    Parameters
    ----------
    course : path
        The course directory.
    assignment : str
    jobs : int, optional
        Judges at once; 0 means one for each core.
    wanted : str, optional
        The isolation; see `sandbox.ladder.choose`.

    Returns
    -------
    str or None
        Why not everything was graded.
    """
    if registry.package() is None:  # the course has to be known before walls are put up
        from autograder.gradebook.configured import configured

        configured(course)
    isolation = choose_or_exit(wanted)
    print(isolation.line(), flush=True)
    judges = Judges(jobs or os.cpu_count() or 1, isolation)
    try:
        with _inside(course):
            from autograder.gradebook.parallel import record  # slow; the judges start meanwhile

            return record(judges, assignment, isolation)
    except BaseException:
        judges.abandon()  # nobody waits for minutes after Ctrl-C or an error
        raise
    finally:
        judges.close()


@contextmanager
def _inside(folder):
    before = Path.cwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)
