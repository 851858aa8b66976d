"""The reference keeps the sum of all contributions as large as one."""

import pytest

from .residual_std import residual_std
from .residual_variance import residual_variance

INPUTS = [(0.02, 12), (1.0, 5, 1), (0.3, 7, 3)]


def test_all_branches_together_add_what_one_would():
    scale = residual_std(1.0, 12)
    assert residual_variance(24, 0.5, scale, True)[-1] == pytest.approx(1.5)


def test_the_figure_of_gpt_2():
    assert residual_std(0.02, 12) == pytest.approx(0.00408248, abs=1e-8)
