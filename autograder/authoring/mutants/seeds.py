"""Right answers on the cases of many seeds: none may be refused."""

from __future__ import annotations

from autograder import registry
from autograder.authoring.review import function_of
from autograder.cases import make_cases

from .judging import Base, base_text, satisfies

FIRST = 1000  # seeds of their own: no test and no check uses these


def refusals(base: Base, first: int, count: int) -> tuple[int, list[str]]:
    """Return how many case sets a right answer was judged on, and a line for each refusal.

    Parameters
    ----------
    base : Base
    first, count : int
        Which seeds, from `FIRST` on.
    """
    exercise = registry.exercises(base.assignment)[base.exercise]
    function, lines = function_of(base.assignment, base.exercise, base_text(base)), []
    for seed in range(FIRST + first, FIRST + first + count):
        for case in make_cases(exercise, seed):
            if not satisfies(function, case):
                lines.append(f"{base.exercise}, {base.style}, seed {seed}: {case.label}")
    return count, lines
