"""The reference at the edge of its tolerance; a half mistake that is not given a name."""

import numpy as np
import pytest

from tests.course.judged import judged

from .cross_entropy import cross_entropy
from .entropy import entropy
from .initial_loss_ok import exercise, initial_loss_ok

FREQUENCIES = np.array([0.7, 0.2, 0.1])
LABELS = np.repeat([0, 1, 2], [7, 2, 1])
INFORMED = np.log(FREQUENCIES)[:, None] + np.zeros(10)


@pytest.mark.parametrize(
    "logits, tolerance, expected",
    [
        (INFORMED, 1e-9, True),
        # Logits of zero start at log 3 = 1.0986, 0.2968 above the entropy.
        (np.zeros((3, 10)), 0.2967, False),
        (np.zeros((3, 10)), 0.2969, True),
        # Ten times as sure of the labels as of anything else: at 0.1823, 0.6195 below it.
        (np.log(10) * np.eye(3)[:, LABELS], 0.6194, False),
        (np.log(10) * np.eye(3)[:, LABELS], 0.6196, True),
    ],
)
def test_both_sides_of_the_tolerance(logits, tolerance, expected):
    assert initial_loss_ok(logits, LABELS, FREQUENCIES, tolerance) is expected


@pytest.mark.parametrize("share", [0.5, 2])
def test_a_mistake_that_some_cases_speak_against_is_not_named(share):
    def half_made(logits, labels, frequencies, tolerance=0.05):
        return abs(cross_entropy(logits, labels) - entropy(frequencies)) <= share * tolerance

    found = judged(exercise, half_made)
    assert (found.state, found.mistake) == ("failed", "")
