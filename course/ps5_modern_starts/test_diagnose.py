"""Many networks, each with the fault that was put in and clearly on one side of every limit."""

import numpy as np
import pytest

from .diagnose import FAULTS, diagnose, exercise, network

KINDS = [
    (fault, activation)
    for fault in FAULTS
    for activation in ("tanh", "relu")
    if (fault, activation) not in [("saturated", "relu"), ("dead", "tanh")]
]
KINDS.append(("healthy", "relu", True))
INPUTS = [network(np.random.default_rng(7), *kind) for kind in KINDS]


@pytest.mark.parametrize("kind", KINDS)
def test_every_right_answer_names_the_fault_that_was_put_in(kind):
    for seed in range(40):
        net = network(np.random.default_rng(seed), *kind)
        answers = {answer(*net) for answer in (diagnose, *exercise.right_answers)}
        assert answers == {kind[0]}, seed


@pytest.mark.parametrize("kind", KINDS)
def test_other_limits_give_the_same(kind):
    """Within a factor of 2 of those in the text."""
    for seed in range(40):
        hidden, logits, _ = network(np.random.default_rng(seed), *kind)
        shrinks = np.std(hidden[-1]) / np.std(hidden[0])
        spread = np.mean(np.std(logits, axis=0))
        assert (shrinks < 0.005) == (shrinks < 0.02) == (kind[0] == "vanishing")
        assert (spread > 2.5) == (spread > 10) == (kind[0] == "confident")
