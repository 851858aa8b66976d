"""The reference between its arguments; an answer that half of the cases speak against."""

from hypothesis import given

from tests.course.judged import judged

from .smooth import exercise, smooth
from .test_shared import betas, nats


@given(nats, nats, betas)
def test_it_lies_between_its_arguments(loss, cur_loss, beta):
    low, high = sorted((loss, cur_loss))
    assert low - 1e-12 <= smooth(loss, cur_loss, beta) <= high + 1e-12


def test_it_keeps_nearly_all_of_the_past_by_default():
    assert smooth(1.0, 0.0) == 0.999


def test_a_beta_of_0_taken_for_none_is_named_so_and_not_as_a_fixed_one():
    """Where the first failing case has a beta of 0, a fixed one would be wrong in others too."""
    found = judged(exercise, lambda v, x, beta=0.999: smooth(v, x, beta or 0.999))
    assert (found.state, found.mistake) == ("failed", "beta_of_0")
