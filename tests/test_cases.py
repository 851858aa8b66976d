"""From a declared exercise to the rules of its cases."""

import numpy as np
import pytest

from autograder.cases import make_cases, random_arrays
from autograder.checks.judging import judge, local_caller
from autograder.checks.wire import Seed
from autograder.model import Exercise, case

SIZE = (30, 40)


def start_exercise():
    exercise = Exercise(points=1)

    @exercise.reference
    def start(rng):
        return {"W": rng.standard_normal(SIZE)}

    @exercise.mistake("The draws are halved.")
    def halved(rng):
        return {"W": rng.standard_normal(SIZE) / 2}

    @exercise.mistake("The draws are doubled.")
    def doubled(rng):
        return {"W": rng.normal(0, 2, SIZE)}

    return exercise


def test_spreads_of_mistakes_are_those_of_the_distribution_not_of_a_sample():
    arrays = {"W": {"shape": SIZE, "std": 1.0}}
    rule = random_arrays(start_exercise(), case(Seed("Generator", 3)), arrays)
    assert [each["id"] for each in rule.mistakes] == ["halved", "doubled"]
    assert [each["std"]["W"] for each in rule.mistakes] == pytest.approx([0.5, 2.0], rel=1e-12)


def test_arguments_of_a_mistake_are_copies():
    exercise, kept = Exercise(points=1), np.ones(3)

    @exercise.reference
    def start(sizes, rng):
        return {"W": rng.standard_normal(SIZE)}

    @exercise.mistake("The sizes are changed.")
    def changes(sizes, rng):
        sizes += 1
        return {"W": 3 * rng.standard_normal(SIZE)}

    random_arrays(exercise, case(kept, Seed("Generator", 3)), {"W": {"shape": SIZE, "std": 1.0}})
    assert np.array_equal(kept, np.ones(3))


def test_only_a_mistake_that_explains_the_first_case_is_computed_in_the_others():
    exercise, asked = Exercise(points=1), []

    @exercise.reference
    def double(number):
        return 2 * number

    @exercise.mistake("The number is squared.")
    def squared(number):
        asked.append(("squared", number))
        return number**2

    @exercise.mistake("The number is tripled.")
    def tripled(number):
        asked.append(("tripled", number))
        return 3 * number

    @exercise.cases
    def numbers(rng):
        return [case(each) for each in (4, 5, 6)]

    found = judge("double", make_cases(exercise, 0), local_caller(lambda number: 3 * number))
    assert found.mistake == "tripled"
    assert sorted(asked) == [("squared", 4), ("tripled", 4), ("tripled", 5), ("tripled", 6)]
