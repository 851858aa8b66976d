"""Judging declared answers from their text, as cells of a notebook, without a worker."""

from functools import cache

import pytest

from autograder import registry
from autograder.authoring import review
from autograder.authoring.answers import style_of
from autograder.cases import PUBLIC_SEED, make_cases
from autograder.checks.judging import judge, local_caller

answers = review.right_answers
SEED = 7  # of the hidden cases


@cache
def cases_of(exercise, seed=SEED, public=True):
    """Return the public cases of an exercise, if they are wanted, then the hidden ones of a seed.

    They know what the mistakes of the exercise compute, which is most of the work of judging.
    """
    shown = make_cases(exercise, PUBLIC_SEED, public=True) if public else []
    return [*shown, *make_cases(exercise, seed)]


def mistakes():
    """Return every mistake of the course in each of its sizes, as parameters of a test."""
    return [
        pytest.param(
            assignment,
            name,
            mistake,
            variant,
            id="-".join([name, style_of(exercise, mistake.compute), *map(str, variant.values())]),
        )
        for assignment in registry.assignments()
        for name, exercise in registry.exercises(assignment).items()
        for mistake in exercise.mistakes
        for variant in mistake.variants
    ]


def finding(assignment, name, text, cases=None):
    """Return the Finding for one answer in a notebook of otherwise right ones."""
    return review.finding(
        assignment, name, text, cases or cases_of(registry.exercises(assignment)[name])
    )


def judged(exercise, function, seed=SEED, public=False):
    """Return the Finding for a function on the hidden cases of a seed, and public ones before."""
    return judge(exercise.name, cases_of(exercise, seed, public), local_caller(function))
