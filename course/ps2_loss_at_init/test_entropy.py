"""The reference against known figures and the laws of the entropy."""

import numpy as np
import pytest

from tests.course.judged import judged

from .entropy import entropy, exercise
from .shared import draw_frequencies


@pytest.mark.parametrize(
    "frequencies, nats",
    [
        ([0.7, 0.2, 0.1], 0.8018),
        ([0.5, 0.0, 0.5], 0.6931),
        ([0.0, 1.0], 0.0),
        (np.full(27, 1 / 27), 3.2958),
    ],
)
def test_known_figures(frequencies, nats):
    assert entropy(np.array(frequencies)) == pytest.approx(nats, abs=5e-5)


@pytest.mark.parametrize("seed", range(5))
def test_independent_draws_add_their_entropies(seed):
    rng = np.random.default_rng(seed)
    first, second = draw_frequencies(rng, 4), draw_frequencies(rng, 7)
    both = np.outer(first, second).ravel()
    assert entropy(both) == pytest.approx(entropy(first) + entropy(second), rel=1e-12)


def test_a_result_just_below_zero_is_compared_with_zero_not_minus_zero():
    found = judged(exercise, lambda f: entropy(f) - 1e-10 * (np.max(f) == 1))
    assert "expected 0, got -1e-10" in found.message
