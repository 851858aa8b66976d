"""The reference against the mean age of a loss; rounding is named however it is done."""

import numpy as np
import pytest
from hypothesis import given

from tests.course.judged import judged

from .effective_window import effective_window, exercise
from .ewa_weights import ewa_weights
from .test_shared import betas


@given(betas)
def test_it_is_the_mean_age_plus_one(beta):
    n = 40 * int(effective_window(beta) + 1)  # what is older weighs less than exp(-40)
    weights = ewa_weights(min(n, 400_000), beta)[:0:-1]
    np.testing.assert_allclose(
        effective_window(beta), weights @ np.arange(1, len(weights) + 1), rtol=1e-8
    )


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("whole", [int, round, np.floor, np.round, np.ceil])
def test_rounding_is_named_whatever_its_type(whole, seed):
    found = judged(exercise, lambda beta: whole(1 / (1 - beta)), seed)
    assert (found.state, found.mistake) == ("failed", "rounded"), found.message
