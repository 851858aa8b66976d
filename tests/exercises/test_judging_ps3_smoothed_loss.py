"""Wrong answers to `ps3_smoothed_loss` that once passed, or were told something untrue."""

import numpy as np
import pytest

from autograder import exercises
from autograder.exercises.declare import PUBLIC_SEED
from autograder.reference import ps3_smoothed_loss as ref
from autograder.student.judging import judge, local_caller
from tests.conftest import cases_of

pytestmark = pytest.mark.thorough

SEEDS = range(5)


def finding(name, answer, seed):
    """Judge an answer as in a student's notebook, and then as in a grading."""
    exercise = exercises.by_name("ps3_smoothed_loss")[name]
    cases = cases_of(exercise, PUBLIC_SEED, public=True) + cases_of(exercise, seed)
    return judge(name, cases, local_caller(answer))


def losses_as_they_come(losses, initial, beta=0.999):
    return {**ref.compare_starts(losses, initial, beta), "raw": losses}


def size_of_an_array(losses, initial, beta=0.999):
    smoothed = np.empty(losses.size)
    smoothed[:] = ref.smooth_sequence(losses, initial, beta)
    return smoothed


def sums_of_an_array(losses, initial, beta=0.999):
    return ref.smooth_sequence(losses + 0.0, initial, beta)


def looks_at_the_first(losses, initial, beta=0.999):
    value, smoothed = ref.smooth(initial, losses[0], beta), []
    smoothed.append(value)
    for loss in losses[1:]:
        value = ref.smooth(value, loss, beta)
        smoothed.append(value)
    return np.array(smoothed)


def corrected_by_the_shape(losses, beta=0.999):
    return ref.bias_corrected(losses, beta) * np.ones(losses.shape)


def steps_from_zero(losses, beta=0.999):
    value, corrected = 0.0, []
    for t, loss in enumerate(losses):
        value = ref.smooth(value, loss, beta)
        corrected.append(value / (1 - beta**t) if t else loss)
    return np.array(corrected)


def one_more_than_rounded_down(beta, tolerance=0.01):
    return int(np.log(tolerance) / np.log(beta)) + 1


def counted_from_one(beta, tolerance=0.01):
    t = 1
    while beta**t > tolerance:
        t += 1
    return t


def logarithms_inverted(beta, tolerance=0.01):
    with np.errstate(divide="ignore"):
        return int(min(np.ceil(np.log(beta) / np.log(tolerance)), 10**9))


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(
    ("name", "answer", "slip"),
    [
        ("compare_starts", losses_as_they_come, "raw_list"),
        ("smooth_sequence", size_of_an_array, "lists_too"),
        ("smooth_sequence", sums_of_an_array, "lists_too"),
        ("smooth_sequence", looks_at_the_first, "no_losses"),
        ("bias_corrected", corrected_by_the_shape, "lists_too"),
        ("bias_corrected", steps_from_zero, "one_early"),
        ("steps_to_forget", one_more_than_rounded_down, "not_at_once"),
        ("steps_to_forget", counted_from_one, "not_at_once"),
        *(
            ("effective_window", lambda beta, whole=whole: whole(1 / (1 - beta)), "rounded")
            for whole in (np.floor, np.round, np.ceil, int, round)
        ),
    ],
)
def test_a_slip_is_named(name, answer, slip, seed):
    found = finding(name, answer, seed)
    assert (found.state, found.slip) == ("failed", slip), found.message


@pytest.mark.parametrize(
    "answer", [logarithms_inverted, lambda beta, tolerance=0.01: round(1 / beta)]
)
def test_an_answer_that_is_always_1_is_told_both_of_its_causes(answer):
    message = finding("steps_to_forget", answer, 3).message
    assert "1/beta, rounded, or the two logarithms are divided the wrong way round" in message
