"""The reference against a search that knows no formula."""

import numpy as np
import pytest

from .initial_loss_regression import initial_loss_regression

NAMES = ("squared", "absolute", "huber")


def mean_loss(targets, constant, name, delta):
    """Return the mean loss of a constant, one target at a time."""
    total = 0.0
    for target in targets:
        size = abs(target - constant)
        if name == "squared":
            total += size * size
        elif name == "absolute":
            total += size
        else:
            total += size * size / 2 if size <= delta else delta * (size - delta / 2)
    return total / len(targets)


def lowest(targets, name, delta):
    """Return the smallest mean loss by ternary search: it has a single valley."""
    low, high = min(targets), max(targets)
    for _ in range(100):
        left, right = low + (high - low) / 3, high - (high - low) / 3
        if mean_loss(targets, left, name, delta) < mean_loss(targets, right, name, delta):
            high = right
        else:
            low = left
    return mean_loss(targets, low, name, delta)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("delta", [0.1, 1.0, 50.0])
@pytest.mark.parametrize("m", [1, 8, 15])
def test_no_constant_has_a_smaller_loss(name, delta, m):
    targets = np.random.default_rng(m).gamma(2.0, 3.0, m)
    bias, least = initial_loss_regression(targets, name, delta)
    assert least == pytest.approx(mean_loss(targets, bias, name, delta), rel=1e-12)
    assert least == pytest.approx(lowest(targets, name, delta), rel=1e-9)


def test_absolute_takes_the_midpoint_of_the_two_middle_targets():
    bias, least = initial_loss_regression(np.array([9.0, 1.0, 2.0, 4.0]), "absolute")
    assert (bias, least) == (3.0, 2.5)


def test_an_unknown_name_is_an_error():
    with pytest.raises(ValueError, match="unknown loss"):
        initial_loss_regression(np.ones(3), "l2")
