"""The reference on numbers that can be done in the head."""

import numpy as np
import pytest

from .update_to_data import update_to_data

rng = np.random.default_rng(6)
PARAMS = {"W1": rng.normal(1, 2, (3, 2)), "b1": np.zeros((3, 1))}
PARAMS |= {"W2": rng.normal(0, 1, (1, 3)), "b2": np.zeros((1, 1))}
GRADS = {"d" + name: 1 + rng.normal(0, 0.1, array.shape) for name, array in PARAMS.items()}
INPUTS = [(PARAMS, GRADS, 0.1), (PARAMS, GRADS, 1e-4)]


def test_a_thousandth_is_minus_three():
    weights = np.array([[-1.0, 1.0]])
    found = update_to_data({"W1": weights}, {"dW1": 5 + weights}, 0.001)
    assert found == {"W1": pytest.approx(-3)}
