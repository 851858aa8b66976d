"""The reference against comparing each row with each, and mistakes with every seed."""

import numpy as np
import pytest

from tests.course.judged import judged

from .distinct_units import distinct_units, exercise, first_column, rounded


@pytest.mark.parametrize("seed", range(5))
def test_reference_compares_each_row_with_each(seed):
    W = np.random.default_rng(seed).integers(0, 2, (9, 3)) * 0.1
    repeated = {
        j for i in range(9) for j in range(i + 1, 9) if all(a == b for a, b in zip(W[i], W[j]))
    }
    assert distinct_units(W) == 9 - len(repeated)


@pytest.mark.parametrize("seed", range(12))
def test_units_that_differ_in_little_are_told_apart(seed):
    assert judged(exercise, first_column, seed).mistake == "first_column"
    found = judged(exercise, lambda W: rounded(W, decimals=6), seed)
    assert found.mistake == "rounded"
