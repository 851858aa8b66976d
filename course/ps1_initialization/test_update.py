"""The reference downhill on the cost itself."""

import copy

import numpy as np
import pytest

from .backward import backward
from .binary_cross_entropy import binary_cross_entropy
from .forward import forward
from .initialize_he import initialize_he
from .update import update


def test_a_step_computed_by_hand():
    params = {"W1": np.array([[1.0, -2.0]]), "b1": np.array([[0.5]])}
    grads = {"db1": np.array([[-4.0]]), "dW1": np.array([[10.0, 0.0]])}
    kept = copy.deepcopy((params, grads))
    stepped = update(params, grads, 0.1)
    assert stepped["W1"].tolist() == [[0.0, -2.0]] and stepped["b1"].tolist() == [[0.9]]
    for before, after in zip(kept, (params, grads)):
        assert all(np.array_equal(before[key], after[key]) for key in before)


def test_a_small_step_lowers_the_cost_by_the_rate_times_the_squared_gradient():
    rng = np.random.default_rng(6)
    X, y = rng.normal(0, 1, (3, 20)), rng.integers(0, 2, (1, 20))
    params = initialize_he([3, 8, 1], rng)
    activations = forward(X, params)
    grads = backward(y, activations, params)
    moved = update(params, grads, 1e-6)
    before = binary_cross_entropy(activations[-1], y)
    after = binary_cross_entropy(forward(X, moved)[-1], y)
    squared = sum(np.sum(grad**2) for grad in grads.values())
    assert before - after == pytest.approx(1e-6 * squared, rel=1e-3)
