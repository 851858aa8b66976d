"""The reference against central differences of the cost, and what the checks say array by array."""

import numpy as np
import pytest

from autograder.cases import make_cases
from tests.course.judged import judged

from .backward import backward, exercise, flat_bias, text_order
from .binary_cross_entropy import binary_cross_entropy
from .forward import forward

STEP = 1e-6  # of central differences: their error is about STEP**2 times the third derivative
SLOPE_TOLERANCE = 1e-7
# Of logits in the thousands the cost has no slope that differences could find, and weights of zero
# or inputs smaller than the step lie on the bend of every ReLU.
SMOOTH = [
    case
    for case in make_cases(exercise, 3)
    if np.abs(case.call.args[1][-1]).max() < 30
    and case.call.args[2]["W1"].any()
    and np.abs(case.call.args[1][0]).max() > 1e3 * STEP
]


def cost(y, X, params):
    return binary_cross_entropy(forward(X, params)[-1], y)


@pytest.mark.parametrize("case", SMOOTH, ids=lambda case: case.label)
def test_expected_gradients_are_central_differences_of_the_cost(case):
    y, activations, params = case.call.args
    for name, array in params.items():
        for place in np.ndindex(array.shape):
            costs = []
            for sign in (1, -1):
                moved = {key: value.copy() for key, value in params.items()}
                moved[name][place] += sign * STEP
                costs.append(cost(y, activations[0], moved))
            slope = (costs[0] - costs[1]) / (2 * STEP)
            assert abs(slope - case.rule.value["d" + name][place]) < SLOPE_TOLERANCE


def test_four_networks_are_smooth_enough():
    assert len(SMOOTH) == 4


def test_a_message_says_which_gradients_are_off_and_which_are_right():
    def answer(y, activations, params):
        grads = backward(y, activations, params)
        return {key: 2 * array if key in ("dW1", "db2") else array for key, array in grads.items()}

    message = judged(exercise, answer).message
    assert "db2 and dW1 are off; dW3, db3, dW2 and db1 are right" in message
    assert "db3, db2 and db1 are off" in judged(exercise, flat_bias).message


@pytest.mark.parametrize("seed", range(8))
def test_gradients_in_the_order_of_the_names_as_text_are_named(seed):
    found = judged(exercise, text_order, seed)
    assert found.mistake == "text_order" and "W10 comes before W2" in found.message


@pytest.mark.parametrize("seed", range(8))
def test_every_layer_of_the_deepest_net_has_a_gradient(seed):
    case = next(each for each in make_cases(exercise, seed) if len(each.call.args[2]) > 20)
    assert all(np.any(array) for array in case.rule.value.values())
