"""One step against the formula, unit by unit."""

import math

import numpy as np
import pytest

from .rnn_step_forward import rnn_step_forward
from .shared import draw_params


def test_a_step_follows_the_formula():
    rng = np.random.default_rng(1)
    params, a_prev, x = draw_params(rng, 3, 4), rng.normal(size=(3, 1)), rng.normal(size=(4, 1))
    a, p = rnn_step_forward(params, a_prev, x)
    states = []
    for i in range(3):
        z = params["b"][i, 0]
        z += sum(params["Waa"][i, j] * a_prev[j, 0] for j in range(3))
        z += sum(params["Wax"][i, j] * x[j, 0] for j in range(4))
        states.append(math.tanh(z))
    powers = [
        math.exp(params["by"][k, 0] + sum(params["Wya"][k, i] * states[i] for i in range(3)))
        for k in range(4)
    ]
    assert a[:, 0] == pytest.approx(states, abs=1e-14)
    assert p[:, 0] == pytest.approx([power / sum(powers) for power in powers], abs=1e-14)
