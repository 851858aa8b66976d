"""The reference against the average that it takes apart."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from .ewa_weights import ewa_weights
from .smooth_sequence import smooth_sequence
from .test_shared import CLOSE, betas, lists_of_nats, nats


@given(lists_of_nats, nats, betas)
def test_the_average_is_the_sum_with_these_weights(losses, initial, beta):
    smoothed = smooth_sequence(losses, initial, beta)
    for n in range(1, len(losses) + 1):
        by_weights = ewa_weights(n, beta) @ np.array([initial, *losses[:n]])
        np.testing.assert_allclose(smoothed[n - 1], by_weights, rtol=1e-10, atol=1e-10)


@given(st.integers(0, 200), betas)
def test_they_sum_to_one_and_the_newest_loss_weighs_most(n_steps, beta):
    weights = ewa_weights(n_steps, beta)
    assert weights.shape == (n_steps + 1,)
    np.testing.assert_allclose(weights.sum(), 1.0, **CLOSE)
    assert weights[0] == beta**n_steps
    assert np.all(np.diff(weights[1:]) >= 0)


def test_beta_zero_forgets_everything_but_the_last_loss():
    np.testing.assert_array_equal(ewa_weights(3, 0.0), [0, 0, 0, 1])
