"""Temperature against closed forms, from one end of the floats to the other."""

import numpy as np
import pytest

from .apply_temperature import apply_temperature


def test_two_logits_have_the_odds_of_their_difference():
    logits = np.array([1e4, 1e4 - 1.0, -1e308])
    odds = [1 / (1 + np.exp(-2)), 1 / (1 + np.exp(2)), 0.0]
    assert apply_temperature(logits, 0.5) == pytest.approx(odds)


def test_a_very_low_temperature_takes_the_largest():
    assert apply_temperature(np.array([1e4, 1e4 - 1.0]), 1e-300) == pytest.approx([1.0, 0.0])


def test_a_high_temperature_brings_back_what_softmax_loses():
    odds = np.exp([-3.0, 0.0])
    assert apply_temperature(np.array([-3000.0, 0.0]), 1000.0) == pytest.approx(odds / odds.sum())


@pytest.mark.parametrize("temperature", [0, -1.0, np.nan])
def test_a_temperature_must_be_positive(temperature):
    with pytest.raises(ValueError):
        apply_temperature(np.zeros(3), temperature)
