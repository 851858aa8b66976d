"""The reference in decimal arithmetic of 60 digits; shifts that are named with every seed."""

from decimal import Decimal, localcontext

import numpy as np
import pytest

from tests.course.judged import judged

from . import softmax as module
from .softmax import exercise, softmax


def by_hand(column):
    """Return the softmax of a column in decimal arithmetic, which does not overflow here."""
    with localcontext() as context:
        context.prec = 60
        exponentials = [Decimal(float(z)).exp() for z in column]
        return [float(e / sum(exponentials)) for e in exponentials]


@pytest.mark.parametrize("scale", [0.1, 3.0, 1000.0])
def test_reference_is_exact(scale):
    logits = scale * np.random.default_rng(1).standard_normal((5, 8))
    expected = np.array([by_hand(column) for column in logits.T]).T
    np.testing.assert_allclose(softmax(logits), expected, rtol=1e-12, atol=1e-300)


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("entry", ["smallest", "first", "mean"])
def test_a_shift_by_another_entry_than_the_largest_is_named(entry, seed):
    found = judged(exercise, getattr(module, f"shift_by_{entry}"), seed)
    assert (found.state, found.mistake) == ("failed", f"shift_by_{entry}")
    assert entry in found.hint and "by its largest entry" in found.hint


@pytest.mark.parametrize("seed", range(8))
def test_a_shift_by_the_last_entry_is_seen_and_the_remedy_is_named(seed):
    found = judged(exercise, module.shift_by_last, seed)
    # An entry so near the mean that both shifts give the same numbers may be called the mean.
    assert found.mistake in ("shift_by_last", "shift_by_mean")
    assert "by its largest entry" in found.hint
