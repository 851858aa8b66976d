"""The reference against weighted means, and against the lag that it cannot remove."""

import numpy as np
import pytest
from hypothesis import given

from .bias_corrected import bias_corrected
from .ewa_weights import ewa_weights
from .test_shared import SUMS, betas, lists_of_nats, nats


@given(lists_of_nats, betas)
def test_it_is_the_weighted_mean_without_the_start(losses, beta):
    weights = ewa_weights(len(losses), beta)[1:]
    expected = np.average(losses, weights=weights)
    np.testing.assert_allclose(bias_corrected(losses, beta)[-1], expected, **SUMS)


@given(nats, betas)
def test_it_is_exact_on_a_constant_loss(mean, beta):
    np.testing.assert_allclose(bias_corrected([mean] * 30, beta), mean, **SUMS)


@pytest.mark.parametrize("beta", [0.5, 0.9, 0.99])
def test_it_does_not_remove_the_lag(beta):
    n, slope = 5000, 0.25
    losses = 100 - slope * np.arange(1, n + 1)
    behind = bias_corrected(losses, beta)[-1] - losses[-1]
    np.testing.assert_allclose(behind, slope * beta / (1 - beta), rtol=1e-9)


def test_no_losses_give_an_empty_array():
    assert bias_corrected([]).shape == (0,)


def test_beta_zero_forgets_everything_but_the_last_loss():
    np.testing.assert_array_equal(bias_corrected([3.0, 1.0], 0.0), [3, 1])
