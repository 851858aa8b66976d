"""An index comes as often as its probability says, and wrong ways have exact probabilities."""

import numpy as np
import pytest

from .sample_index import by_one_number, cumulative_swapped, sample_index, threshold

SIX_SIGMA = 6.0


def chi_square_sigmas(counts, probabilities):
    """Return how many standard deviations chi-square lies above its mean."""
    expected = counts.sum() * probabilities
    free = len(counts) - 1
    return (np.sum((counts - expected) ** 2 / expected) - free) / np.sqrt(2 * free)


@pytest.mark.parametrize("make", [np.random.default_rng, np.random.RandomState])
def test_an_index_comes_with_its_probability(make):
    p, rng = np.array([0.5, 0.2, 0.15, 0.1, 0.05]), make(5)
    drawn = [sample_index(p.reshape(-1, 1), rng) for _ in range(5000)]
    assert chi_square_sigmas(np.bincount(drawn, minlength=5), p) < SIX_SIGMA


def test_one_number_compared_with_each_probability_leaves_the_rest_to_index_0():
    shares = by_one_number(threshold, np.array([0.2, 0.5, 0.3]))
    assert shares == pytest.approx({"0": 0.2 + 0.5, "1": 0.3})


def test_a_sum_compared_the_wrong_way_round_gives_index_0():
    assert by_one_number(cumulative_swapped, np.array([0.2, 0.8])) == pytest.approx({"0": 1.0})
