"""The reference entry by entry."""

import numpy as np

from .clip import clip, draw_gradients


def test_each_entry_is_limited_by_itself():
    gradients = draw_gradients(np.random.default_rng(4), 8.0)
    clipped = clip(gradients, 3.0)
    assert list(clipped) == ["dWax", "dWaa", "dWya", "db", "dby"]
    for name, gradient in gradients.items():
        assert clipped[name].shape == gradient.shape
        for before, after in zip(gradient.flat, clipped[name].flat, strict=True):
            assert after == sorted([-3.0, before, 3.0])[1]
