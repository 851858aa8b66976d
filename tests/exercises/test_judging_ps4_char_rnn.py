"""Wrong answers to `ps4_char_rnn` that once passed, or were told something untrue."""

import numpy as np
import pytest

from autograder import exercises
from autograder.exercises import rnn_variants
from autograder.exercises.declare import PUBLIC_SEED
from autograder.reference import ps4_char_rnn as ref
from autograder.student.judging import judge, local_caller
from tests.conftest import cases_of

pytestmark = pytest.mark.thorough

SEEDS = range(4)


def finding(name, answer, seed, public=True):
    """Judge an answer as in a student's notebook, and then as in a grading."""
    exercise = exercises.by_name("ps4_char_rnn")[name]
    shown = cases_of(exercise, PUBLIC_SEED, public=True) if public else []
    return judge(name, shown + cases_of(exercise, seed), local_caller(answer))


def newline_as_zeros(X, Y, a0, params):
    return ref.rnn_forward([i if i else None for i in X], Y, a0, params)


def with_epsilon(small):
    return lambda *args: rnn_variants.forward(
        *args, loss=lambda q: sum(-np.log(each + small) for each in q)
    )


def written(params, x, choose, max_length):
    """Return a name whose first input is `x`."""
    a, name = np.zeros_like(params["b"]), []
    while len(name) < max_length:
        a, p = ref.rnn_step_forward(params, a, x)
        name.append(int(choose(p)))
        if name[-1] == 0:
            return name
        x = ref.one_hot(name[-1], len(p))
    return [*name, 0]


def greedy_from_ones(params, char_to_ix, max_length=50):
    return written(params, np.ones_like(params["by"]), np.argmax, max_length)


def greedy_from_newline(params, char_to_ix, max_length=50):
    return written(params, ref.one_hot(0, len(params["by"])), np.argmax, max_length)


def sample_from_ones(params, char_to_ix, rng, max_length=50):
    return written(
        params, np.ones_like(params["by"]), lambda p: ref.sample_index(p, rng), max_length
    )


def sample_from_newline(params, char_to_ix, rng, max_length=50):
    return written(
        params, ref.one_hot(0, len(params["by"])), lambda p: ref.sample_index(p, rng), max_length
    )


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(
    ("name", "answer", "slip"),
    [
        ("rnn_forward", newline_as_zeros, "zeros_for_newline"),
        *(("rnn_forward", with_epsilon(small), "epsilon") for small in (1e-8, 1e-7, 1e-6)),
        ("greedy_name", greedy_from_ones, "ones_start"),
        ("greedy_name", greedy_from_newline, "starts_with_newline"),
        ("sample", sample_from_ones, "ones_start"),
        ("sample", sample_from_newline, "starts_with_newline"),
    ],
)
def test_a_slip_is_named(name, answer, slip, seed):
    for public in (True, False):
        found = finding(name, answer, seed, public)
        assert (found.state, found.slip) == ("failed", slip), found.message
