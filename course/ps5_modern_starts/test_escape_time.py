"""The reference against the differential equation, integrated."""

import numpy as np
import pytest

from .escape_time import escape_time

INPUTS = [(0.01, 1), (0.01, 2), (0.3, 5), (1.0, 1), (1.0, 4), (1e-20, 1), (1e-20, 3)]


@pytest.mark.parametrize("n_hidden", [1, 2, 4])
def test_the_weight_is_one_when_the_time_is_over(n_hidden):
    w, steps = 0.2, 20_000
    dt = escape_time(w, n_hidden) / steps
    for _ in range(steps):  # the midpoint rule
        middle = w + dt / 2 * w**n_hidden
        w += dt * middle**n_hidden
    assert w == pytest.approx(1, rel=1e-4)


def test_two_hidden_layers_wait_like_one_over_the_scale():
    assert escape_time(1e-3, 2) / escape_time(1e-2, 2) == pytest.approx(10, rel=0.02)
    assert escape_time(1e-4, 1) / escape_time(1e-2, 1) == pytest.approx(2)
    assert np.isfinite(escape_time(1e-6, 1))
