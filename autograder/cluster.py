"""Many submissions: several judges at once, then one writer into the gradebook."""

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from nbgrader.coursedir import CourseDirectory
from tqdm import tqdm
from traitlets.config import Config

from autograder import commands
from autograder.gradebook.store import Store
from autograder.judge.process import Judge
from autograder.judge.sandbox import NoSandbox


def store_of(course, assignment):
    """Return the Store of an assignment in a course directory."""
    config = Config(CourseDirectory={"root": str(Path(course).resolve())})
    return Store(CourseDirectory(config=config), assignment)


def grade_class(course, assignment, jobs=0, confined=True):
    """Judge every submission that has no verdict yet, then record all of them.

    Parameters
    ----------
    course : path
        The course directory.
    assignment : str
    jobs : int, optional
        Judges at once; 0 means one for each core.
    confined : bool, optional
        See `judge.sandbox.Sandbox`.
    """
    store = store_of(course, assignment)
    work = [(student, source) for student in store.students() for source in store.sources()
            if store.verdict(student, source) is None]
    jobs = min(jobs or os.cpu_count() or 1, max(len(work), 1))
    judges = [Judge(confined) for _ in range(jobs)]
    free = list(judges)

    def one(item):
        judge = free.pop()
        try:
            store.judged(*item, judge)
        finally:
            free.append(judge)

    try:
        with ThreadPoolExecutor(jobs) as pool:
            list(tqdm(pool.map(one, work), total=len(work), desc="judging", leave=False))
    except NoSandbox as error:
        raise SystemExit(f"Nothing was graded. {error}. To run students' code with your own "
                         "rights all the same: --without-sandbox") from None
    finally:
        for judge in judges:
            judge.close()
    commands.nbgrader("autograde", assignment, cwd=course)
