"""Reading a name: the sum over the steps, and wrong answers that once passed."""

import numpy as np
import pytest

from tests.course.judged import judged

from .rnn_forward import exercise, rnn_forward, zeros_for_newline
from .rnn_step_forward import rnn_step_forward
from .shared import draw_params, one_hot


def test_the_loss_is_minus_the_logarithm_of_the_product():
    rng = np.random.default_rng(2)
    params, a0 = draw_params(rng, 3, 4), rng.normal(size=(3, 1))
    X, Y = [None, 2, 0, 1], [2, 0, 1, 0]
    loss, cache = rnn_forward(X, Y, a0, params)
    a, product = a0, 1.0
    for t, (read, target) in enumerate(zip(X, Y)):
        a, p = rnn_step_forward(params, a, one_hot(read, 4))
        product *= p[target, 0]
        np.testing.assert_allclose(cache["a"][t + 1], a, rtol=1e-13)
        np.testing.assert_allclose(cache["p"][t], p, rtol=1e-13)
    assert loss == pytest.approx(-np.log(product), abs=1e-12)
    assert np.array_equal(cache["a"][0], a0) and len(cache["a"]) == 5
    assert not cache["x"][0].any() and list(cache["x"][1][:, 0]) == [0, 0, 1, 0]


def test_the_loss_is_finite_where_a_probability_underflows():
    params = draw_params(np.random.default_rng(3), 2, 3)
    params["by"][1] = -1e4
    loss, cache = rnn_forward([None], [1], np.zeros((2, 1)), params)
    assert cache["p"][0][1, 0] == 0 and 9e3 < loss < 1.1e4


@pytest.mark.thorough
@pytest.mark.parametrize("seed", range(2))
def test_a_newline_that_is_read_as_zeros_is_named_in_a_grading(seed):
    found = judged(exercise, zeros_for_newline, seed)
    assert (found.state, found.mistake) == ("failed", "zeros_for_newline")


@pytest.mark.thorough
@pytest.mark.parametrize("small, seed", [(1e-8, 0), (1e-8, 1), (1e-7, 2), (1e-6, 3)])
def test_a_small_number_inside_the_logarithm_is_named_however_it_is_summed(small, seed):
    def answer(X, Y, a0, params):
        _, cache = rnn_forward(X, Y, a0, params)
        return sum(-np.log(p[target, 0] + small) for p, target in zip(cache["p"], Y)), cache

    found = judged(exercise, answer, seed)
    assert (found.state, found.mistake) == ("failed", "epsilon")
