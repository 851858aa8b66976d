"""The reference against the step that it undoes, and against a printed number."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from .get_initial_loss import get_initial_loss
from .recover_raw_loss import recover_raw_loss
from .smooth import smooth
from .test_shared import SUMS, nats


@given(nats, nats, st.floats(0.0, 0.999))
def test_it_undoes_a_step(previous, raw, beta):
    recovered = recover_raw_loss(previous, smooth(previous, raw, beta), beta)
    np.testing.assert_allclose(recovered, raw, **SUMS)


def test_the_printed_number_hides_twelve_characters():
    raw = recover_raw_loss(get_initial_loss(27, 7), 23.087336)
    assert round(raw, 3) == 39.549
    assert abs(raw / np.log(27) - 12) < 1e-3
