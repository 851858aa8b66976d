"""The reference against the loss it promises; numbers too small for anybody to tell."""

import math

import numpy as np
import pytest

from tests.course.judged import judged

from .bias_from_frequencies import bias_from_frequencies, epsilon_after_the_check, exercise

FREQUENCIES = np.array([0.7, 0.2, 0.1])


def start(bias):
    """Return the loss of a network that answers softmax of `bias`, one exponential at a time."""
    total = sum(math.exp(b) for b in bias.ravel())
    return -sum(f * math.log(math.exp(b) / total) for f, b in zip(FREQUENCIES, bias.ravel()))


def test_the_loss_starts_where_the_lesson_says():
    assert start(bias_from_frequencies(FREQUENCIES)) == pytest.approx(0.8018, abs=5e-5)
    assert start(FREQUENCIES) == pytest.approx(0.9279, abs=5e-5)


def test_no_other_bias_starts_lower():
    bias, rng = bias_from_frequencies(FREQUENCIES), np.random.default_rng(4)
    assert bias.shape == (3, 1)
    for _ in range(200):
        assert start(bias + rng.normal(0, 0.1, bias.shape)) > start(bias)


@pytest.mark.parametrize("bad", [0.0, -0.1, np.nan])
def test_a_frequency_that_is_not_positive_is_an_error(bad):
    with pytest.raises(ValueError, match="positive"):
        bias_from_frequencies(np.array([0.5, bad, 0.5]))


def test_a_number_that_nobody_can_tell_costs_nothing():
    found = judged(exercise, lambda f: epsilon_after_the_check(f, small=1e-30))
    assert found.state == "passed"
