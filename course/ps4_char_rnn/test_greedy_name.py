"""Greedy names: the limit, first inputs that are wrong, names that outlive a call."""

import numpy as np
import pytest

from tests.course.judged import judged

from .greedy_name import exercise, greedy_name, newline_twice_at_limit
from .rnn_step_forward import rnn_step_forward
from .shared import alphabet, draw_params, one_hot


def test_writing_stops_at_the_limit_with_a_newline():
    params = draw_params(np.random.default_rng(1), 4, 5)
    params["by"][0] = -1e9
    name = greedy_name(params, alphabet(5), max_length=4)
    assert len(name) == 5 and name[-1] == 0 and 0 not in name[:-1]


def test_each_character_is_the_most_likely_after_those_before():
    params = draw_params(np.random.default_rng(2), 4, 5)
    name = greedy_name(params, alphabet(5), max_length=8)
    a, read = np.zeros((4, 1)), None
    for index in name[:8]:
        a, p = rnn_step_forward(params, a, one_hot(read, 5))
        assert p[index, 0] == p.max()
        read = index


def started_with(x):
    """Return an answer whose first input is `x(n)`."""

    def answer(params, char_to_ix, max_length=50):
        a, x_t, name = np.zeros_like(params["b"]), x(len(params["by"])), []
        while len(name) < max_length:
            a, p = rnn_step_forward(params, a, x_t)
            name.append(int(np.argmax(p)))
            if name[-1] == 0:
                return name
            x_t = one_hot(name[-1], len(p))
        return [*name, 0]

    return answer


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("public", [True, False])
@pytest.mark.parametrize(
    "first, mistake",
    [
        (lambda n: np.ones((n, 1)), "ones_start"),
        (lambda n: one_hot(0, n), "starts_with_newline"),
    ],
)
def test_a_wrong_first_input_is_named(first, mistake, seed, public):
    finding = judged(exercise, started_with(first), seed, public)
    assert (finding.state, finding.mistake) == ("failed", mistake), finding.message


@pytest.mark.parametrize("seed", range(4))
def test_a_second_newline_at_the_limit_is_found_in_a_grading(seed):
    found = judged(exercise, newline_twice_at_limit, seed)
    assert found.mistake == "newline_twice_at_limit"


def test_names_that_outlive_a_call_are_asked_about():
    def answer(*args, written=[], **kwargs):  # noqa: B006
        written += greedy_name(*args, **kwargs)
        return list(written)

    assert judged(exercise, answer, public=True).mistake == "left_over"
