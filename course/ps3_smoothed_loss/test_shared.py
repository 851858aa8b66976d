"""The numbers from which the tests of this assignment draw, and the losses of its cases."""

import numpy as np
from hypothesis import strategies as st

from .shared import falling

CLOSE = {"rtol": 1e-12, "atol": 1e-12}  # a few dozen roundings of float64
SUMS = {"rtol": 1e-9, "atol": 1e-9}  # sums in another order, divided by a small weight

betas = st.floats(0.0, 0.9999)
nats = st.floats(-100.0, 100.0)
lists_of_nats = st.lists(nats, min_size=1, max_size=40)


def test_losses_fall_from_about_40_to_25():
    many = np.mean([falling(np.random.default_rng(seed), 12) for seed in range(400)], axis=0)
    assert abs(many[0] - 40) < 1.5 and abs(many[-1] - 26) < 1.5  # 6 sigma of a mean of 400
