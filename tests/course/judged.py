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
def cases_of(assignment, name):
    """Return the public cases of an exercise, then the hidden ones."""
    exercise = registry.exercises(assignment)[name]
    return [*make_cases(exercise, PUBLIC_SEED, public=True), *make_cases(exercise, SEED)]


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
    return review.finding(assignment, name, text, cases or cases_of(assignment, name))


def judged(exercise, function, seed=SEED):
    """Return the Finding for a function on the hidden cases of a seed."""
    return judge(exercise.name, make_cases(exercise, seed), local_caller(function))
