"""Messages on answers that testers handed in: a right type in disguise, a slip half made."""

import numpy as np
import pytest

from autograder import exercises
from autograder.exercises.declare import PUBLIC_SEED
from autograder.reference import ps1_initialization as ps1
from autograder.reference import ps2_loss_at_init as ps2
from autograder.reference import ps3_smoothed_loss as ps3
from autograder.reference import ps4_char_rnn as ps4
from autograder.student.judging import judge, local_caller
from tests.conftest import cases_of


def found(reference, answer):
    """Judge an answer to the exercise that a function of a reference belongs to."""
    assignment, name = reference.__module__.rpartition(".")[2], reference.__name__
    exercise = exercises.by_name(assignment)[name]
    cases = cases_of(exercise, PUBLIC_SEED, public=True) + cases_of(exercise, 11)
    return judge(name, cases, local_caller(answer))


def test_a_vocabulary_of_numpy_strings_passes():
    def build_vocabulary(names):
        letters = np.unique(list("\n" + "".join(names)))
        return {c: i for i, c in enumerate(letters)}, dict(enumerate(letters))

    assert found(ps4.build_vocabulary, build_vocabulary).message == ""


def test_zeros_that_are_truth_values_are_refused():
    def initialize_zeros(layer_dims):
        made = ps1.initialize_zeros(layer_dims)
        return {name: np.zeros(array.shape, dtype=bool) for name, array in made.items()}

    assert (
        "expected numbers at ['W1'], got truth values"
        in found(ps1.initialize_zeros, initialize_zeros).message
    )


def test_starts_that_are_truth_values_are_refused():
    def initialize_he(layer_dims, rng):
        made = ps1.initialize_he(layer_dims, rng)
        return {name: array > 0 for name, array in made.items()}

    assert "got truth values" in found(ps1.initialize_he, initialize_he).message


@pytest.mark.parametrize(
    "reference, answer",
    [
        (ps3.smooth, lambda v, x, beta=0.999: ps3.smooth(v, x, beta or 0.999)),
        *(
            (
                ps2.initial_loss_ok,
                lambda z, y, f, tolerance=0.05, share=share: (
                    abs(ps2.cross_entropy(z, y) - ps2.entropy(f)) <= share * tolerance
                ),
            )
            for share in (0.5, 2)
        ),
    ],
)
def test_a_slip_that_some_cases_speak_against_is_not_named(reference, answer):
    finding = found(reference, answer)
    assert finding.state == "failed" and finding.slip == ""


def test_single_precision_is_named():
    def class_frequencies(labels, n_classes):
        counts = np.bincount(labels, minlength=n_classes).astype(np.float32)
        return counts / np.float32(len(labels))

    assert found(ps2.class_frequencies, class_frequencies).message.endswith(
        "The numbers are float32; work in float64."
    )


def test_a_tuple_is_not_called_a_list():
    message = found(ps1.nan_fraction, lambda *args: tuple(ps1.nan_fraction(*args))).message
    assert "got a tuple of" in message and "list" not in message


def test_an_entropy_below_zero_is_not_held_against_minus_zero():
    message = found(ps2.entropy, lambda f: ps2.entropy(f) - 1e-10 * (np.max(f) == 1)).message
    assert "expected 0, got -1e-10" in message


def test_names_that_are_left_over_are_asked_about():
    def greedy_name(*args, written=[], **kwargs):  # noqa: B006
        written += ps4.greedy_name(*args, **kwargs)
        return list(written)

    assert "left over from the call before" in found(ps4.greedy_name, greedy_name).message
