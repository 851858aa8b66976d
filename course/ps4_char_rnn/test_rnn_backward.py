"""The gradients against central differences; gradients that are clipped too early."""

from functools import partial

import numpy as np
import pytest

from tests.course.judged import judged

from .rnn_backward import ALL, clipped, exercise, rnn_backward
from .rnn_forward import draw_reading, rnn_forward

STEP = 1e-5
DIFFERENCES = 1e-7  # central differences with this step leave about 1e-9


@pytest.mark.parametrize("key", ALL)
def test_a_gradient_agrees_with_central_differences(key):
    X, Y, a0, params = draw_reading(np.random.default_rng(0), 4, 5, 4)
    gradient = rnn_backward(Y, params, rnn_forward(X, Y, a0, params)[1])[key]
    array = params[key[1:]]
    assert gradient.shape == array.shape
    for place in np.ndindex(array.shape):
        kept, losses = array[place], []
        for moved in (kept + STEP, kept - STEP):
            array[place] = moved
            losses.append(rnn_forward(X, Y, a0, params)[0])
        array[place] = kept
        numerical = (losses[0] - losses[1]) / (2 * STEP)
        assert gradient[place] == pytest.approx(numerical, abs=DIFFERENCES)


@pytest.mark.thorough
@pytest.mark.parametrize("seed", range(6))
def test_gradients_that_are_clipped_already_are_named_in_every_grading(seed):
    found = judged(exercise, partial(clipped, limit=5), seed)
    assert (found.state, found.mistake) == ("failed", "clipped")
