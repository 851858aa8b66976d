"""The reference on weights whose NaN are put in one by one."""

import numpy as np

from tests.course.judged import judged

from .nan_fraction import exercise, nan_fraction


def test_shares_of_weights_with_a_known_number_of_nan():
    params = {f"W{layer}": np.ones((2, 6)) for layer in (10, 3, 1, 2, 4, 5, 6, 7, 8, 9, 11)}
    params |= {f"b{layer}": np.full((2, 1), np.nan) for layer in range(1, 12)}
    for layer in range(1, 12):
        params[f"W{layer}"].ravel()[:layer] = np.nan
    assert nan_fraction(params).tolist() == [layer / 12 for layer in range(1, 12)]


def test_half_of_a_power_of_normal_draws_is_nan():
    with np.errstate(invalid="ignore"):
        W = np.random.default_rng(1).standard_normal((200, 200)) ** 0.001
    assert abs(nan_fraction({"W1": W, "b1": np.zeros((200, 1))})[0] - 0.5) < 6 / 400


def test_a_tuple_is_not_called_a_list():
    message = judged(exercise, lambda params: tuple(nan_fraction(params))).message
    assert "got a tuple of" in message and "list" not in message
