"""The reference keeps the change of a wide network's outputs by a step of Adam."""

import numpy as np
import pytest

from .transfer_width import transfer_width

INPUTS = [(layer, 0.1, 0.01, 64, 256) for layer in ("input", "hidden", "output")]
INPUTS += [("middle", 0.1, 0.01, 64, 256)]


@pytest.mark.parametrize("new_width", [256, 4096])
def test_the_first_step_changes_a_hidden_layer_equally_at_any_width(new_width):
    std, rate = transfer_width("hidden", 0.125, 0.01, 64, new_width)
    rng = np.random.default_rng(0)
    h = rng.choice([-1.0, 1.0], new_width)
    assert np.std(std * rng.normal(0, 1, (400, new_width)) @ h) == pytest.approx(1, rel=0.15)
    assert rate * np.abs(h).sum() == pytest.approx(0.64)  # Adam's first step: the sign, times rate


def test_another_name_is_refused():
    with pytest.raises(ValueError):
        transfer_width("middle", 0.1, 0.01, 64, 128)
