"""The reference in decimal arithmetic of 60 digits, and its gradient."""

from decimal import Decimal, localcontext

import numpy as np
import pytest

from .cross_entropy import cross_entropy
from .softmax import softmax


def by_hand(column, label):
    """Return minus the logarithm of the label's probability, in decimal arithmetic."""
    with localcontext() as context:
        context.prec = 60
        exponentials = [Decimal(float(z)).exp() for z in column]
        return float(-(exponentials[label] / sum(exponentials)).ln())


@pytest.mark.parametrize("scale", [0.1, 3.0, 1000.0])
def test_reference_is_exact(scale):
    rng = np.random.default_rng(2)
    logits, labels = scale * rng.standard_normal((5, 8)), rng.integers(0, 5, 8)
    expected = sum(map(by_hand, logits.T, labels)) / 8
    assert cross_entropy(logits, labels) == pytest.approx(expected, rel=1e-12)


def test_gradient_is_probability_minus_one_at_the_label():
    rng = np.random.default_rng(3)
    logits, labels, step = rng.standard_normal((4, 6)), rng.integers(0, 4, 6), 1e-5
    expected = (softmax(logits) - np.eye(4)[:, labels]) / 6
    for place in np.ndindex(logits.shape):
        nudge = np.zeros_like(logits)
        nudge[place] = step
        rise = cross_entropy(logits + nudge, labels) - cross_entropy(logits - nudge, labels)
        assert rise / (2 * step) == pytest.approx(expected[place], abs=1e-9)
