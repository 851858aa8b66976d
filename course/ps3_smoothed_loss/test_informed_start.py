"""The reference against the losses of single names."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from .get_initial_loss import get_initial_loss
from .informed_start import informed_start
from .test_shared import CLOSE


@given(st.lists(st.text("abc", max_size=9), min_size=1, max_size=20), st.integers(2, 60))
def test_it_is_the_mean_of_the_initial_losses(names, vocab_size):
    each = [get_initial_loss(vocab_size, len(name) + 1) for name in names]
    np.testing.assert_allclose(informed_start(names, vocab_size), np.mean(each), **CLOSE)


def test_the_newline_counts():
    assert informed_start([""], 27) == np.log(27)
