"""The reference against differences of a forward pass."""

import numpy as np
import pytest

from .gradient_norms import gradient_norms

rng = np.random.default_rng(4)
W, H, DH = rng.normal(0, 1, (3, 3)), np.tanh(rng.normal(0, 1, (4, 3))), rng.normal(0, 1, 3)
INPUTS = [(W, H, DH), (W, H[:1], DH), (np.eye(2), np.zeros((3, 2)), np.array([3.0, 4.0]))]
INPUTS += [(0.05 * np.eye(2), np.zeros((12, 2)), np.array([3.0, 4.0]))]  # it vanishes


def test_the_first_state_moves_the_last_as_the_gradient_says():
    inputs = rng.normal(0, 1, (4, 3))

    def last(h):
        states = []
        for x in inputs:
            h = np.tanh(W @ h + x)
            states.append(h)
        return np.array(states)

    start = rng.normal(0, 0.5, 3)
    states = last(start)
    step = 1e-6 * np.eye(3)
    numeric = [(last(start + each)[-1] - last(start - each)[-1]) @ DH / 2e-6 for each in step]
    assert gradient_norms(W, states, DH)[-1] == pytest.approx(np.linalg.norm(numeric), rel=1e-6)
