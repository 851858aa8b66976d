"""The reference against the figures of the lesson, and against a layer that is measured."""

import numpy as np
import pytest

from .fan_in_audit import fan_in_audit


def test_the_net_of_the_pictures():
    factors = fan_in_audit([12288, 20, 7, 5, 1], 0.01)
    assert np.round(0.01 / factors, 5).tolist() == [0.00902, 0.22361, 0.37796, 0.44721]
    assert np.round(1 / factors[1:]).tolist() == [22, 38, 45]  # so many times too small


@pytest.mark.parametrize("n_in, scale", [(400, 0.01), (25, 2.0)])
def test_a_layer_stretches_its_input_by_as_much(n_in, scale):
    rng = np.random.default_rng(5)
    W, A = scale * rng.standard_normal((2000, n_in)), rng.standard_normal((n_in, 1))
    stretched = np.std(W @ A) / np.sqrt(np.mean(A**2))
    assert stretched == pytest.approx(fan_in_audit([n_in, 2000], scale)[0], rel=0.1)
