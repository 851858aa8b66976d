"""Many submissions: several judges at once, and one writer into the gradebook behind them."""

import os
import time
from abc import ABC, abstractmethod
from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import chdir
from importlib import import_module
from pathlib import Path
from queue import SimpleQueue
from subprocess import Popen
from threading import Thread
from typing import Self

from autograder import registry
from autograder.gradebook.progress import Progress, progress_of
from autograder.gradebook.store import MARK, VERDICTS, Store
from autograder.judge.process import Grader, Judge, JudgeError
from autograder.sandbox.isolation import AUTO, NONE, Isolation
from autograder.sandbox.ladder import opened_or_exit
from autograder.sandbox.sandbox import Sandbox

RECORDING = "autograder.gradebook.parallel"  # imports nbgrader
SHARING = 8  # judges with one fork server: a fork takes 4 ms of it, judging a hundred times that


class Abandonable(Judge):
    """A judge that can be told not to restart: one that has ended is otherwise replaced."""

    is_abandoned = False

    def start(self) -> Popen[str]:
        """Start the judge, unless the grading was ended."""
        if self.is_abandoned:
            raise JudgeError("the grading was ended")
        return super().start()


class Graders(ABC):
    """Graders that work ahead of the process that records.

    Parameters
    ----------
    count : int
        How many of them at most.
    """

    def __init__(self, count: int) -> None:
        self.free: SimpleQueue[Grader] = SimpleQueue()
        self.pool = ThreadPoolExecutor(count)
        self.done: dict[tuple[str, Path], Future[None]] = {}  # by student and notebook

    @abstractmethod
    def start(self, count: int) -> None:
        """Have so many run, if there are so many."""

    def begin(self, store: Store, students: Iterable[str]) -> None:
        """Have submissions judged that have no verdict yet; the verdicts are in their files.

        Only there: the memory for a class does not grow with it.
        """
        for student in students:
            for source in store.sources():
                self.done[student, source] = self.pool.submit(self._one, store, student, source)
        self.start(len(self.done))

    def _one(self, store: Store, student: str, source: Path) -> None:
        grader = self.free.get()
        try:
            store.judged(student, source, grader)
        finally:
            self.free.put(grader)

    @abstractmethod
    def abandon(self) -> None:
        """End the work that is under way, at once."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind:
            self.abandon()  # not to wait for minutes after Ctrl-C or an error
        self.close()

    def close(self) -> None:
        """Begin nothing more, and wait for what is under way."""
        self.pool.shutdown(cancel_futures=True)


class Judges(Graders):
    """Judges on this machine.

    Parameters
    ----------
    jobs : int
        How many of them.
    sandbox : Sandbox
        From which they get their workers; it is closed with them.
    """

    def __init__(self, jobs: int, sandbox: Sandbox) -> None:
        super().__init__(jobs)
        self.sandbox = sandbox
        sharing = 0 if sandbox.isolation.mode == NONE else SHARING  # without walls none may
        self.judges = [
            Abandonable(sandbox.isolation, sandbox if number < sharing else None)
            for number in range(jobs)
        ]

    def start(self, count: int) -> None:
        """Have so many run, if there are so many; a judge ends with the thread that started it."""
        for judge in self.judges[:count]:
            if judge.process is None:
                judge.start()
                self.free.put(judge)

    def abandon(self) -> None:
        """End the judges in the middle of their work, at once."""
        self.pool.shutdown(wait=False, cancel_futures=True)
        for judge in self.judges:
            judge.is_abandoned = True
        while not all(each.done() for each in self.done.values()):
            for judge in self.judges:
                if judge.process:
                    judge.process.kill()
            time.sleep(0.02)

    def close(self) -> None:
        """End the judges, and the sandbox."""
        super().close()
        for judge in self.judges:
            judge.dismiss()
        self.sandbox.control.close()  # it ends at that, while the judges do
        for judge in self.judges:
            judge.close()
        self.sandbox.close()


def grade_class(
    course: str | Path,
    assignment: str,
    jobs: int = 0,
    wanted: str = AUTO,
    student: str = "*",
    as_json: bool = False,
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
    student : str, optional
        A pattern for the names of the students; all others stay as they are.
    as_json : bool, optional
        Print lines of JSON in place of words.

    Returns
    -------
    str or None
        Why not everything was graded.
    """
    if registry.package() is None:  # the course has to be known before walls are put up
        from autograder.gradebook.configured import configured

        configured(course)
    Thread(target=import_module, args=[RECORDING]).start()  # while others start, for whom we wait
    judges = Judges(jobs or os.cpu_count() or 1, sandbox := opened_or_exit(wanted))
    return grade_with(judges, course, assignment, sandbox.isolation, student, progress_of(as_json))


def grade_with(
    judges: Graders,
    course: str | Path,
    assignment: str,
    isolation: Isolation,
    student: str,
    progress: Progress,
) -> str | None:
    """Have judges judge what is new, and record it; return why not everything was graded."""
    with judges, chdir(course):
        progress.begin(isolation)
        # They take half a second, as does what is imported here.
        judges.start(_how_many_are_new(assignment))
        from autograder.gradebook.parallel import record

        return record(judges, assignment, isolation, student, progress)


def _how_many_are_new(assignment: str) -> int:
    """Guess how many submissions are to be judged, before settings are read."""
    return sum(
        not Path(VERDICTS, assignment, place.parent.name, MARK).exists()
        for place in Path("submitted").glob(f"*/{assignment}")
    )
