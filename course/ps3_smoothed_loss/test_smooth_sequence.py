"""The reference against a closed form."""

import numpy as np
from hypothesis import given

from .smooth_sequence import smooth_sequence
from .test_shared import betas, nats


@given(nats, nats, betas)
def test_a_constant_loss_is_approached_geometrically(mean, initial, beta):
    left = beta ** np.arange(1, 31)
    expected = (1 - left) * mean + left * initial
    np.testing.assert_allclose(
        smooth_sequence([mean] * 30, initial, beta), expected, rtol=1e-11, atol=1e-11
    )


def test_no_losses_give_an_empty_array():
    assert smooth_sequence([], 5.0).shape == (0,)


def test_beta_zero_forgets_everything_but_the_last_loss():
    np.testing.assert_array_equal(smooth_sequence([3.0, 1.0], 9.0, 0.0), [3, 1])
