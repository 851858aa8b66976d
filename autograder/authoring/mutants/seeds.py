"""Right answers on the cases of many seeds: none may be refused."""

from __future__ import annotations

from autograder import registry
from autograder.authoring.review import function_of
from autograder.cases import make_cases

from .judging import base_text, bases, satisfies

FIRST = 1000  # seeds of their own: no test and no check uses these


def refusals(assignment: str, name: str, seeds: range) -> tuple[int, list[str]]:
    """Return how many right answers were judged, one for each seed, and a line for each refusal.

    Parameters
    ----------
    assignment, name : str
        Of an exercise; all its right answers are judged.
    seeds : range
        Counted from `FIRST` on.
    """
    exercise = registry.exercises(assignment)[name]
    answers = {
        base.style: function_of(assignment, name, base_text(base))
        for base in bases(assignment)
        if base.exercise == name
    }
    lines = []
    for seed in seeds:
        for case in make_cases(exercise, FIRST + seed):
            lines += [
                f"{name}, {style}, seed {FIRST + seed}: refused for {case.label}"
                for style, function in answers.items()
                if not satisfies(function, case)
            ]
    return len(seeds) * len(answers), lines
