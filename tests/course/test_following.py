"""Following a random function: each outcome once, with its probability."""

import numpy as np
import pytest

from autograder.cases import FIXED_STARTS, distribution
from autograder.checks.wire import Seed

SEED = Seed("Generator", 1)


def test_each_way_through_the_choices_has_its_probability():
    def two(rng):
        first = rng.choice(2, p=[0.25, 0.75])
        return [first, rng.choice([5, 7])] if first else [first]

    assert distribution(two, SEED) == {"[0]": 0.25, "[1, 5]": 0.375, "[1, 7]": 0.375}


def test_what_no_grading_will_see_is_left_out():
    def long(rng):
        return [rng.choice(2, p=[1e-20, 1 - 1e-20]) for _ in range(60)]

    assert distribution(long, SEED) == {str([1] * 60): 1.0}


def test_too_many_ways_are_refused_at_once():
    with pytest.raises(OverflowError):
        distribution(lambda rng: [rng.choice(2) for _ in range(60)], SEED)


def test_a_column_of_probabilities_is_refused_as_by_numpy():
    for rng in (np.random.default_rng(1), np.random.RandomState(1)):
        with pytest.raises(ValueError):
            rng.choice(2, p=np.array([[0.5], [0.5]]))
    with pytest.raises(ValueError):
        distribution(lambda rng: rng.choice(2, p=np.array([[0.5], [0.5]])), SEED)


def test_fixed_arrays_stand_for_all_normal_ones():
    shares = distribution(lambda rng: int(rng.standard_normal((2, 1))[0, 0] > 0), SEED)
    assert sum(shares.values()) == pytest.approx(1) and 0.3 < shares["1"] < 0.7
    assert shares["1"] * FIXED_STARTS == pytest.approx(round(shares["1"] * FIXED_STARTS))
