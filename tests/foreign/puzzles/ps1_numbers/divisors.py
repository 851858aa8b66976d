"""The divisors of a number."""

from autograder.model import Exercise, case

from .any_order import AnyOrder

exercise = Exercise(points=2)


@exercise.reference
def divisors(n):
    """Return the divisors of a whole number, in any order."""
    return [k for k in range(1, n + 1) if n % k == 0]


@exercise.cases
def cases(rng):
    yield case(36, label="36")
    yield case(int(rng.integers(40, 90)), label="a number below 90")


@exercise.expected
def expected(exercise, case_input):
    return AnyOrder(divisors(*case_input.args))
