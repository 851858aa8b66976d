"""The reference against known figures, and against the loss of equal logits."""

import numpy as np
import pytest

from .cross_entropy import cross_entropy
from .expected_initial_loss import expected_initial_loss


@pytest.mark.parametrize("n, nats", [(1, 0), (2, 0.693147), (10, 2.302585), (27, 3.295837)])
def test_known_figures(n, nats):
    assert expected_initial_loss(n) == pytest.approx(nats, abs=5e-7)


@pytest.mark.parametrize("n", [2, 27, 500])
def test_equal_logits_have_it_whatever_the_labels_are(n):
    labels = np.random.default_rng(n).integers(0, n, 9)
    loss = cross_entropy(np.full((n, 9), 3.0), labels)
    assert loss == pytest.approx(expected_initial_loss(n), rel=1e-12)
