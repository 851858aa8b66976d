"""The reference by its definition, and where the answer is known."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.course.judged import judged

from . import steps_to_forget as module
from .steps_to_forget import exercise, steps_to_forget


@given(st.floats(0.0, 0.99999), st.floats(1e-6, 2.0))
def test_it_is_the_smallest(beta, tolerance):
    t = steps_to_forget(beta, tolerance)
    assert isinstance(t, int)
    assert beta**t <= tolerance
    assert t == 0 or beta ** (t - 1) > tolerance


@pytest.mark.parametrize(
    ("beta", "tolerance", "expected"),
    [
        (0.999, 0.01, 4603),
        (0.999, 0.5, 693),
        (0.9, 0.01, 44),
        (0.5, 0.25, 2),
        (0.5, 2.0**-20, 20),
        (0.25, 2.0**-20, 10),
        (0.0, 0.01, 1),
        (0.9, 1.0, 0),
    ],
)
def test_where_the_answer_is_known(beta, tolerance, expected):
    assert steps_to_forget(beta, tolerance) == expected


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize(
    "answer", ["one_over_beta", "one_over_beta_rounded", "logarithms_inverted"]
)
def test_an_answer_that_is_always_1_is_told_both_of_its_causes(answer, seed):
    found = judged(exercise, getattr(module, answer), seed)
    assert "1/beta, rounded, or the two logarithms are divided the wrong way" in found.message
