"""Many submissions: several judges at once, and one writer into the gradebook behind them."""

import os
import time
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import chdir
from pathlib import Path
from queue import SimpleQueue
from subprocess import Popen

from autograder import registry
from autograder.gradebook.store import Store
from autograder.judge.process import Judge, JudgeError
from autograder.judge.verdict import Verdict
from autograder.sandbox.isolation import AUTO, Isolation
from autograder.sandbox.ladder import choose_or_exit


class Abandonable(Judge):
    """A judge that can be told not to restart: one that has ended is otherwise replaced."""

    is_abandoned = False

    def start(self) -> Popen[str]:
        """Start the judge, unless the grading was ended."""
        if self.is_abandoned:
            raise JudgeError("the grading was ended")
        return super().start()


class Judges:
    """Judges that work ahead of the process that records.

    Parameters
    ----------
    jobs : int
        How many of them.
    isolation : Isolation
    """

    def __init__(self, jobs: int, isolation: Isolation) -> None:
        self.judges = [Abandonable(isolation) for _ in range(jobs)]
        self.free: SimpleQueue[Judge] = SimpleQueue()
        for judge in self.judges:
            judge.start()  # here: a judge ends with the thread that started it
            self.free.put(judge)
        self.pool = ThreadPoolExecutor(jobs)
        self.verdicts: dict[tuple[str, Path], Future[Verdict]] = {}  # by student and notebook

    def begin(self, store: Store) -> None:
        """Have every submission judged that has no verdict, in the order of the students."""
        for student in store.students():
            for source in store.sources():
                self.verdicts[student, source] = self.pool.submit(self._one, store, student, source)

    def _one(self, store: Store, student: str, source: Path) -> Verdict:
        judge = self.free.get()
        try:
            return store.judged(student, source, judge)
        finally:
            self.free.put(judge)

    def abandon(self) -> None:
        """End the judges in the middle of their work, at once."""
        self.pool.shutdown(wait=False, cancel_futures=True)
        for judge in self.judges:
            judge.is_abandoned = True
        while not all(verdict.done() for verdict in self.verdicts.values()):
            for judge in self.judges:
                if judge.process:
                    judge.process.kill()
            time.sleep(0.02)

    def close(self) -> None:
        """End the judges."""
        self.pool.shutdown(cancel_futures=True)
        for judge in self.judges:
            judge.close()


def grade_class(
    course: str | Path, assignment: str, jobs: int = 0, wanted: str = AUTO
) -> str | None:
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
        with chdir(course):
            from autograder.gradebook.parallel import record  # slow; the judges start meanwhile

            return record(judges, assignment, isolation)
    except BaseException:
        judges.abandon()  # not to wait for minutes after Ctrl-C or an error
        raise
    finally:
        judges.close()
