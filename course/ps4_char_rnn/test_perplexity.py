"""The reference against equal guesses, and as a mean over the characters."""

import numpy as np
import pytest

from .perplexity import perplexity


@pytest.mark.parametrize("n", [1, 2, 27])
@pytest.mark.parametrize("length", [1, 13, 1000])
def test_equal_guesses_have_as_many_as_there_are(n, length):
    assert perplexity(length * np.log(n), length) == pytest.approx(n, rel=1e-9)


def test_it_is_one_over_the_geometric_mean_of_the_probabilities():
    shares = np.random.default_rng(2).uniform(0.05, 0.9, 8)
    assert perplexity(-np.sum(np.log(shares)), 8) == pytest.approx(np.prod(shares) ** (-1 / 8))
