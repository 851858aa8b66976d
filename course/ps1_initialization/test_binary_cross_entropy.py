"""The reference in decimal arithmetic of 60 digits, where nothing overflows."""

from decimal import Decimal, localcontext

import numpy as np
import pytest

from .binary_cross_entropy import binary_cross_entropy


def exact(logits, y):
    """Return the mean of log(1 + exp(-z)) for label 1 and of log(1 + exp(z)) for label 0."""
    with localcontext() as context:
        context.prec = 60
        signed = np.where(y == 1, -logits, logits).ravel().tolist()
        costs = [(1 + Decimal(z).exp()).ln() for z in signed]
        return float(sum(costs) / len(costs))


@pytest.mark.parametrize("spread", [1e-3, 1.0, 30.0, 800.0])
def test_reference_is_exact_for_logits_of_any_size(spread):
    rng = np.random.default_rng(2)
    logits, y = rng.normal(0, spread, (1, 6)), np.array([[0, 1, 1, 0, 0, 1]])
    assert binary_cross_entropy(logits, y) == pytest.approx(exact(logits, y), rel=1e-13)


@pytest.mark.parametrize(
    "logit, label, cost", [(0.0, 0, np.log(2)), (1000.0, 0, 1000.0), (-1000.0, 0, 0.0)]
)
def test_costs_that_are_known(logit, label, cost):
    found = binary_cross_entropy(np.array([[logit]]), np.array([[label]]))
    assert found == pytest.approx(cost, rel=1e-15)
