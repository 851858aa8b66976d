"""A generator that stands in a case is the one that NumPy makes of its seed."""

import copy
import pickle

import numpy as np
import pytest

from autograder.checks.calls import Call, called, generator
from autograder.checks.wire import Seed


def state(made):
    return repr(made.get_state() if isinstance(made, np.random.RandomState) else made.bit_generator)


@pytest.mark.parametrize("seed", [0, 1, 2**31 - 1, 2**32 - 1])
def test_a_random_state_has_the_state_of_its_seed(seed):
    made, known = generator(Seed("RandomState", seed)), np.random.RandomState(seed)
    with np.printoptions(threshold=1000):
        assert state(made) == state(known)
    np.testing.assert_array_equal(made.standard_normal(9), known.standard_normal(9))
    for copied in (copy.deepcopy(made), pickle.loads(pickle.dumps(made))):
        assert copied.randint(2**31) == copy.deepcopy(known).randint(2**31)


@pytest.mark.parametrize("kind", ["Generator", "RandomState"])
def test_each_seed_has_a_generator_of_its_own(kind):
    make = {"Generator": np.random.default_rng, "RandomState": np.random.RandomState}[kind]
    kept = []

    def draw(rng):
        kept.append(rng)
        return rng.standard_normal()

    drawn = called(draw, Call((Seed(kind, 5),), seeds=(5, 6), in_turn=2)).value
    assert drawn == [rng.standard_normal() for rng in map(make, (5, 6)) for _ in range(2)]
    assert len({id(each) for each in kept}) == 2
