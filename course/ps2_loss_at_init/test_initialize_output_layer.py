"""The reference: the spread of its weights, and the loss with which it starts."""

import numpy as np
import pytest

from .initialize_output_layer import initialize_output_layer

FREQUENCIES = np.array([0.4, 0.3, 0.2, 0.1])
SIGMAS = 6


@pytest.mark.parametrize("make", [np.random.default_rng, np.random.RandomState])
@pytest.mark.parametrize("scale", [0.01, 0.3])
def test_weights_are_normal_with_the_given_spread(make, scale):
    W, b = initialize_output_layer(2500, FREQUENCIES, scale, make(5))
    assert (W.shape, b.shape) == ((4, 2500), (4, 1))
    z = W.ravel() / scale
    band = SIGMAS / np.sqrt(z.size)
    assert abs(z.mean()) < band
    assert abs(np.mean(z**2) - 1) < band * np.sqrt(2)
    assert abs(np.mean(z**4) - 3) < band * np.sqrt(96)


def test_the_output_starts_at_the_frequencies():
    W, b = initialize_output_layer(100, FREQUENCIES, 1e-9, np.random.default_rng(6))
    exponentials = np.exp(W @ np.ones((100, 1)) + b)
    np.testing.assert_allclose(exponentials[:, 0] / exponentials.sum(), FREQUENCIES, atol=1e-6)
