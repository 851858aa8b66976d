"""The reference against random branches."""

import numpy as np
import pytest

from .residual_variance import residual_variance

INPUTS = [(4, 0.5, 0.7, False), (4, 0.5, 0.7, True), (0, 1.0, 1.0, True), (3, 2.0, -0.5, False)]


@pytest.mark.parametrize("normalized", [False, True])
def test_random_branches_grow_as_it_says(normalized):
    rng, c, s = np.random.default_rng(0), 0.8, 0.6
    x = rng.normal(0, 1, 200_000)
    measured = [x.var()]
    for _ in range(5):
        read = 1.0 if normalized else x.std()
        x = x + s * np.sqrt(c) * read * rng.normal(0, 1, x.size)
        measured.append(x.var())
    np.testing.assert_allclose(measured, residual_variance(5, c, s, normalized), rtol=0.03)
