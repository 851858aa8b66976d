"""The networks with which `sample` is judged show every slip plainly."""

import numpy as np
import pytest

from autograder.exercises import rnn_variants, rnn_writing
from autograder.reference import ps4_char_rnn as ref

# Of the statistic that a slip is expected to reach; its limit lies near 90, and the spread of
# the statistic there near 30.
PLAIN = 240
NETWORKS = [
    *[(seed, 4, 3, 3) for seed in rnn_writing.TELLING_3],
    *[(seed, 3, 4, 2) for seed in rnn_writing.TELLING_4],
]


@pytest.mark.parametrize(("seed", "n_a", "n", "max_length"), NETWORKS)
def test_slips_show_in_the_names(seed, n_a, n, max_length):
    params = rnn_writing.lively(seed, n_a, n)
    right = rnn_variants.writing(params, max_length)
    assert sum(right.values()) == pytest.approx(1)
    for slip, _, names in rnn_writing.writers(params, max_length, rnn_writing.WRITERS):
        gaps = {name: names.get(name, 0) - right.get(name, 0) for name in {*names, *right}}
        statistic = rnn_writing.NAMES * sum(
            gap**2 / max(right.get(name, 0), 1e-4) for name, gap in gaps.items()
        )
        # Inputs that add up show in the names of `cycling` instead.
        assert statistic > PLAIN or slip == "input_not_reset", slip


@pytest.mark.parametrize(("seed", "n_a", "n", "max_length"), NETWORKS)
def test_a_seed_of_ones_own_does_not_look_like_the_most_likely_name(seed, n_a, n, max_length):
    params = rnn_writing.lively(seed, n_a, n)
    letters = rnn_writing.alphabet(n)
    for own in (0, 1, 42):
        for make in (np.random.default_rng, np.random.RandomState):
            assert ref.sample(params, letters, make(own), max_length) != ref.greedy_name(
                params, letters, max_length
            )
