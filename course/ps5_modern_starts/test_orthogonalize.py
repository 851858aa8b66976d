"""The reference has the properties that define it."""

import numpy as np
import pytest

from .orthogonalize import orthogonalize

RANDOM = np.random.default_rng(3).normal(0, 1, (5, 5))
INPUTS = [(RANDOM,), (RANDOM[:2, :2],), (np.array([[-2.0]]),), (np.diag([1.0, -4.0]),)]


@pytest.mark.parametrize("A", [each for (each,) in INPUTS])
def test_it_is_the_orthogonal_factor_with_a_positive_diagonal(A):
    Q = orthogonalize(A)
    R = Q.T @ A
    np.testing.assert_allclose(Q.T @ Q, np.eye(len(A)), atol=1e-14)
    np.testing.assert_allclose(np.tril(R, -1), 0, atol=1e-14)
    assert np.all(np.diag(R) > 0)
