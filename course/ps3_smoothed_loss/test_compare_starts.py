"""The reference against the weights of its starts; the losses stay the caller's own."""

import numpy as np
from hypothesis import given

from .compare_starts import compare_starts
from .test_shared import betas, lists_of_nats, nats


@given(lists_of_nats, nats, betas)
def test_it_agrees_with_the_weights_of_its_starts(losses, initial, beta):
    curves = compare_starts(losses, initial, beta)
    assert set(curves) == {"raw", "zero", "corrected", "informed"}
    left = beta ** np.arange(1, len(losses) + 1)
    np.testing.assert_array_equal(curves["raw"], losses)
    np.testing.assert_allclose(
        curves["informed"] - curves["zero"], left * initial, rtol=1e-10, atol=1e-10
    )
    np.testing.assert_allclose(
        curves["corrected"] * (1 - left), curves["zero"], rtol=1e-10, atol=1e-10
    )


def test_it_gives_a_copy_of_the_losses():
    losses = np.array([3.0, 2.0])
    compare_starts(losses, 5.0)["raw"][:] = 0
    np.testing.assert_array_equal(losses, [3, 2])
