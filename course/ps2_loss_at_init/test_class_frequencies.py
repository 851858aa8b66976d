"""The reference against counting one by one."""

from collections import Counter
from fractions import Fraction

import numpy as np
import pytest

from .class_frequencies import class_frequencies


@pytest.mark.parametrize("seed", range(5))
def test_reference_counts_each_class(seed):
    labels = np.random.default_rng(seed).integers(0, 6, 25)
    counts = Counter(labels.tolist())
    expected = [float(Fraction(counts[c], 25)) for c in range(9)]
    np.testing.assert_allclose(class_frequencies(labels, 9), expected, rtol=1e-15)
