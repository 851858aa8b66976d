"""The reference against the number of the original assignment, and as a product."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from .get_initial_loss import get_initial_loss
from .test_shared import CLOSE


def test_it_is_the_number_of_the_original_assignment():
    assert float(get_initial_loss(27, 7)) == 23.070858062030304


@given(st.integers(1, 1000), st.floats(0, 100))
def test_it_is_the_length_times_the_log_of_the_vocabulary(vocab_size, length):
    np.testing.assert_allclose(
        get_initial_loss(vocab_size, length), length * np.log(vocab_size), **CLOSE
    )
