"""The reference on layers that can be summed up by hand."""

import numpy as np
import pytest

from tests.course.judged import judged

from .activation_summary import activation_summary, exercise, no_columns

LAYERS = [
    np.array([[1.0, 2.0], [3.0, 4.0]]),
    np.array([[0.0, 1.0], [2.0, 0.0], [0.0, 0.0]]),
    np.array([[0.5, 0.5]]),
    np.array([[-1.0, 3.0]]),
]


def test_two_layers_summed_up_by_hand():
    # The squares of the first hidden layer sum to 5, its entries to 3, of 6.
    by_hand = [[1 / 2, (5 / 6 - 1 / 4) ** 0.5, 4 / 6], [0.5, 0.0, 0.0]]
    assert activation_summary(LAYERS) == pytest.approx(np.array(by_hand), abs=1e-15)


def test_a_summary_without_hidden_layers_keeps_its_columns():
    assert activation_summary(LAYERS[:2]).shape == (0, 3)
    assert "(0, 3)" in judged(exercise, no_columns).message
