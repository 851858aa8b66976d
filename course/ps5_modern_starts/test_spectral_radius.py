"""The reference against the growth of a vector that is multiplied again and again."""

import numpy as np
import pytest

from .spectral_radius import spectral_radius

TURN = np.array([[0.0, -1.0], [1.0, 0.0]])
RANDOM = np.random.default_rng(0).normal(0, 1, (6, 6))
INPUTS = [(TURN,), (RANDOM,), (-3 * np.eye(2),), (np.array([[0.5, 9.0], [0.0, 0.4]]),)]


def test_a_power_of_the_matrix_grows_with_the_radius():
    power = np.linalg.matrix_power(RANDOM, 400)
    growth = np.linalg.norm(power) ** (1 / 400)
    assert growth == pytest.approx(spectral_radius(RANDOM), rel=0.02)


def test_a_rotation_keeps_lengths():
    assert spectral_radius(TURN) == pytest.approx(1)
