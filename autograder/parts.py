"""A class in parts, as Slurm and Kubernetes divide it: judged into files, then recorded."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from concurrent.futures import wait
from contextlib import chdir
from pathlib import Path
from typing import NamedTuple

from autograder.cluster import Judges
from autograder.gradebook.progress import progress_of
from autograder.gradebook.store import Store, together
from autograder.judge.process import JudgeError
from autograder.sandbox.connection import NoSandboxError
from autograder.sandbox.isolation import ANYWHERE, AUTO, UNCONFINED
from autograder.sandbox.ladder import opened_or_exit, refusal
from autograder.telling import tell_line


class Part(NamedTuple):
    """One of the parts that a class is divided into."""

    number: int = 1  # from 1 on
    total: int = 1

    @classmethod
    def parse(cls, text: str) -> Part:
        """Return the part that a text such as "3/16" names.

        Raises
        ------
        ValueError
            If it names none.
        """
        number, total = map(int, text.split("/"))
        if not 1 <= number <= total:
            raise ValueError(f"there is no part {number} of {total}")
        return cls(number, total)

    def of(self, students: Sequence[str]) -> Sequence[str]:
        """Return those of the students who are in this part."""
        return students[self.number - 1 :: self.total]


def judge_part(
    course: str | Path,
    assignment: str,
    part: Part = Part(),  # noqa: B008  it cannot be changed
    jobs: int = 0,
    wanted: str = AUTO,
    student: str = "*",
    as_json: bool = False,
) -> str | None:
    """Judge every submission of a part that has no verdict yet, into files; nothing is recorded.

    Parameters
    ----------
    course : path
        The course directory.
    assignment : str
    part : Part, optional
    jobs : int, optional
        Judges at once; 0 means one for each core.
    wanted : str, optional
        The isolation; see `sandbox.ladder.choose`.
    student : str, optional
        A pattern for the names of the students.
    as_json : bool, optional
        Print lines of JSON in place of words.

    Returns
    -------
    str or None
        Why not everything was judged.
    """
    from autograder.gradebook.configured import configured

    app = configured(course)
    judges = Judges(jobs or os.cpu_count() or 1, sandbox := opened_or_exit(wanted))
    with judges, chdir(course), together(Path.cwd()):
        progress_of(as_json).begin(sandbox.isolation)
        store = Store(app.coursedir, assignment, sandbox.isolation)
        if why := _settle_release(store):
            return why
        wanted_here = [name for name in store.students() if Path(name).match(student)]
        mine = part.of(wanted_here)
        due = [name for name in mine if not _is_judged(store, name)]
        failed = _judge(store, due, judges)
    new, before = len(due) - len(failed), len(mine) - len(due)
    if as_json:
        counts = {"judged": new, "were_judged": before, "failed": len(failed)}
        tell_line(event="end", part=part.number, parts=part.total, **counts)
    else:
        print(
            f"Part {part.number} of {part.total}: {new} judged, {before} were judged before, "
            f"{len(failed)} failed."
        )
    return "\n".join(failed) or None


def _settle_release(store: Store) -> str | None:
    """Take what was released from the gradebook if it can be read here; return why not to judge.

    Otherwise the instructor's notebooks are taken as they are. Should they differ from the release,
    the verdicts have another key, and are not recorded.
    """
    from autograder.gradebook import book, release_check

    try:
        if book.released(store.coursedir, store.assignment) is not None:
            return release_check.mismatch(store)
        why = f"{store.assignment} is in no gradebook here"
    except SystemExit as error:
        why = str(error)
    print(f"{why}\nJudging by source/{store.assignment}/ as it is.", file=sys.stderr)
    store.texts = {}
    return None if store.sources() else f"There is no notebook in source/{store.assignment}/."


def _is_judged(store: Store, student: str) -> bool:
    return all(store.verdict(student, source) for source in store.sources())


def _judge(store: Store, students: Sequence[str], judges: Judges) -> list[str]:
    """Have students judged; return a line for each who could not be."""
    failed: dict[str, str] = {}
    judges.begin(store, students)
    for (student, _), future in judges.done.items():
        while not future.done():
            wait([future], 0.5)  # not without end: Ctrl-C
        try:
            future.result()
        except NoSandboxError as error:
            raise refusal(error) from None
        except JudgeError as error:
            failed[student] = f"{student} was not judged: {error}"
    return [*failed.values()]


def record_verdicts(
    course: str | Path,
    assignment: str,
    student: str = "*",
    without_sandbox: bool = False,
    as_json: bool = False,
) -> str | None:
    """Record the verdicts that are there, from whatever isolation they come; judge nothing.

    Parameters
    ----------
    course : path
        The course directory.
    assignment : str
    student : str, optional
        A pattern for the names of the students.
    without_sandbox : bool, optional
        Take those that were judged in no isolation, and only those.
    as_json : bool, optional
        Print lines of JSON in place of words.

    Returns
    -------
    str or None
        Why not everything was recorded.
    """
    from autograder.gradebook.parallel import record

    isolation = UNCONFINED if without_sandbox else ANYWHERE
    with chdir(course):
        return record(None, assignment, isolation, student, progress_of(as_json))
