"""Whether the cases of an exercise notice a mutant, and which of them does.

The mutants are made from the course's own answers, so they run in this process. A limit of
processor time ends those that would not end.
"""

from __future__ import annotations

import gc
import signal
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, partial
from typing import TypeVar
from zlib import crc32

import numpy as np

from autograder import registry
from autograder.authoring.answers import style_of, text_of
from autograder.authoring.review import SEED, function_of
from autograder.cases import PUBLIC_SEED, make_cases
from autograder.checks.calls import Call, perform
from autograder.checks.case import Case
from autograder.checks.judging import in_doubt
from autograder.checks.mistakes import Judged
from autograder.checks.wire import FreshAxes
from autograder.model import Answer, Exercise
from autograder.submission.master import master
from autograder.submission.rebuild import nbgrader_metadata

from .making import Mutant, mutants

NOTEBOOK = "notebook"  # the style of the notebook's own solution
SLOWER = 10  # times as long as the right answer took: it does not end
SECONDS = 0.3  # after which the right answer is timed
Result = TypeVar("Result")


class TooLongError(KeyboardInterrupt):
    """A call took too long; what a student's code raises is caught, this is not."""


@dataclass(frozen=True)
class Base:
    """A right answer from which mutants are made."""

    assignment: str
    exercise: str
    style: str


@dataclass(frozen=True)
class Fate:
    """What became of a mutant: the case that noticed it, or none."""

    base: Base
    mutant: Mutant
    noticed: str = ""  # "public", "hidden" or, for a survivor, nothing
    case: str = ""


def bases(assignment: str) -> list[Base]:
    """Return all right answers of an assignment: reference, declared styles, the notebook's own."""
    return [
        Base(assignment, name, style)
        for name, exercise in registry.exercises(assignment).items()
        for style in [
            "reference",
            *(style_of(exercise, each) for each in exercise.right_answers),
            NOTEBOOK,
        ]
    ]


def base_text(base: Base) -> str:
    """Return the code of a right answer."""
    exercise = registry.exercises(base.assignment)[base.exercise]
    if base.style == NOTEBOOK:
        return _solution(base)
    styles = {style_of(exercise, each): each for each in exercise.right_answers}
    return text_of(exercise, styles.get(base.style, exercise.solution))


def _solution(base: Base) -> str:
    folder = registry.root() / "source" / base.assignment
    notebook = master(folder / f"{registry.load(base.assignment).notebook}.ipynb")
    cells = {
        nbgrader_metadata(cell).grade_id: cell.source
        for cell in notebook.cells
        if nbgrader_metadata(cell).get("solution")
    }
    return cells[base.exercise]


@cache
def cases_of(assignment: str, name: str, seed: int = SEED) -> list[Case]:
    """Return the public cases of an exercise, then the hidden ones, those in doubt last."""
    exercise: Exercise = registry.exercises(assignment)[name]
    cases = [*make_cases(exercise, PUBLIC_SEED, public=True), *make_cases(exercise, seed)]
    return sorted(cases, key=lambda case: case.in_doubt)


def fates(base: Base, one_in: int = 1) -> list[Fate]:
    """Return what becomes of the mutants of a right answer.

    Parameters
    ----------
    base : Base
    one_in : int, optional
        Of how many mutants one is tried; always the same ones.

    Returns
    -------
    list of Fate
    """
    perform(repr, Call((FreshAxes(),)))  # imports what draws: no mutant is timed with it
    text, cases = base_text(base), cases_of(base.assignment, base.exercise)
    chosen = mutants(text, lambda number: crc32(f"{base} {number}".encode()) % one_in == 0)
    right = function_of(base.assignment, base.exercise, text)
    patience = cache(partial(_patience, right, cases))
    return [_fate(base, each, cases, patience) for each in chosen]


def _patience(right: Answer, cases: list[Case], place: int) -> float:
    """Return how long a mutant may take for a case, in seconds of processor time."""
    began = time.process_time()
    judged_on(right, cases[place])
    return SECONDS + SLOWER * (time.process_time() - began)


def _fate(base: Base, mutant: Mutant, cases: list[Case], patience: Callable[[int], float]) -> Fate:
    try:
        with limited(SECONDS), _quiet():
            function = function_of(base.assignment, base.exercise, mutant.text)
    except (Exception, TooLongError):
        return Fate(base, mutant, "public", "when the cell was run")
    judged: list[Judged] = []
    for place, case in enumerate(cases):
        if case.in_doubt and not in_doubt(judged):
            break
        try:
            came = in_time(partial(judged_on, function, case), partial(patience, place))
        except (MemoryError, TooLongError):
            came = None
        if came is None or came.mismatch:
            return Fate(base, mutant, "public" if case.public else "hidden", case.label)
        judged.append(came)
    return Fate(base, mutant)


def in_time(what: Callable[[], Result], patience: Callable[[], float]) -> Result:
    """Return what comes of something that may not end; most need no patience.

    Raises
    ------
    TooLongError
    """
    try:
        with limited(SECONDS):
            return what()
    except TooLongError:
        with limited(patience()):
            return what()


def satisfies(function: Answer, case: Case) -> bool:
    """Tell whether a function is right on a case."""
    return judged_on(function, case).mismatch is None


def judged_on(function: Answer, case: Case) -> Judged:
    """Return what comes of a function in a case."""
    with np.errstate(all="ignore"), _quiet():
        replies = [perform(function, call) for call in case.rule.calls(case.call)]
        return Judged(case, replies, case.rule.mismatch(case.call, replies))


@contextmanager
def _quiet() -> Iterator[None]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


@contextmanager
def limited(seconds: float) -> Iterator[None]:
    """End what is within after some seconds of processor time, however busy the machine is."""

    def stop(*_: object) -> None:
        raise TooLongError

    before, collects = signal.signal(signal.SIGPROF, stop), gc.isenabled()
    gc.disable()  # what is raised in a callback of the collector is printed and lost
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
        if collects:
            gc.enable()
