"""The reference against the measured excess, and against an integral."""

import numpy as np
import pytest

from .excess_initial_loss import excess_initial_loss


@pytest.mark.parametrize("std, nats", [(0.1, 0.0048), (0.5, 0.1204), (1.0, 0.4815)])
def test_known_figures_for_27_classes(std, nats):
    assert excess_initial_loss(std, 27) == pytest.approx(nats, abs=5e-5)


@pytest.mark.parametrize("std", [0.02, 0.1, 0.3])
def test_two_classes_start_there_to_second_order(std):
    """With two logits z, y the excess is the mean of log cosh((z - y)/2): a Gauss integral."""
    nodes, weights = np.polynomial.hermite_e.hermegauss(60)
    logs = np.log(np.cosh(nodes * std * np.sqrt(2) / 2))
    exact = weights @ logs / weights.sum()
    assert excess_initial_loss(std, 2) == pytest.approx(exact, rel=std**2)


@pytest.mark.parametrize("n", [2, 5, 27])
def test_drawn_logits_start_there(n):
    std = 0.2
    logits = std * np.random.default_rng(n).standard_normal((n, 100_000))
    each = np.log(np.mean(np.exp(logits), axis=0)) - logits.mean(axis=0)
    error = 6 * each.std() / np.sqrt(each.size)
    assert abs(each.mean() - excess_initial_loss(std, n)) < error + std**4
