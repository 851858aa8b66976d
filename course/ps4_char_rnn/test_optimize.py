"""One step of learning: downhill, clipped, the given parameters as they were."""

import copy

import numpy as np
import pytest

from .optimize import optimize
from .rnn_forward import draw_reading, rnn_forward


def test_a_small_step_lowers_the_loss_by_the_squared_gradient():
    X, Y, a0, params = draw_reading(np.random.default_rng(0), 4, 5, 4)
    rate = 1e-6
    loss, new_params, _ = optimize(X, Y, a0, params, rate, np.inf)
    squares = sum(np.sum((new_params[key] - params[key]) ** 2) for key in params) / rate**2
    after, cache = rnn_forward(X, Y, a0, new_params)
    assert (loss - after) / rate == pytest.approx(squares, rel=1e-3)
    assert len(cache["a"]) == len(X) + 1


def test_no_entry_moves_further_than_the_clipped_gradient():
    X, Y, a0, params = draw_reading(np.random.default_rng(1), 4, 5, 4)
    before = copy.deepcopy(params)
    loss, new_params, a_last = optimize(X, Y, a0, params, 0.5, 0.01)
    moves = np.concatenate([(new_params[key] - params[key]).ravel() for key in params])
    assert np.max(np.abs(moves)) == pytest.approx(0.5 * 0.01)
    assert all(np.array_equal(before[key], params[key]) for key in params)
    expected, cache = rnn_forward(X, Y, a0, params)
    assert loss == expected and np.array_equal(a_last, cache["a"][-1])
