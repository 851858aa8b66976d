"""The reference of `ps3_smoothed_loss` against closed forms and against each other."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.reference.ps3_smoothed_loss import (
    bias_corrected,
    compare_starts,
    effective_window,
    ewa_weights,
    get_initial_loss,
    informed_start,
    recover_raw_loss,
    smooth,
    smooth_sequence,
    steps_to_forget,
)

CLOSE = {"rtol": 1e-12, "atol": 1e-12}  # a few dozen roundings of float64
betas = st.floats(0.0, 0.9999)
nats = st.floats(-100.0, 100.0)
lists_of_nats = st.lists(nats, min_size=1, max_size=40)


def test_initial_loss_is_the_assignments():
    assert float(get_initial_loss(27, 7)) == 23.070858062030304


@given(st.integers(1, 1000), st.floats(0, 100))
def test_initial_loss_is_length_times_log_of_the_vocabulary(vocab_size, length):
    np.testing.assert_allclose(
        get_initial_loss(vocab_size, length), length * np.log(vocab_size), **CLOSE
    )


@given(st.lists(st.text("abc", max_size=9), min_size=1, max_size=20), st.integers(2, 60))
def test_informed_start_is_the_mean_of_the_initial_losses(names, vocab_size):
    each = [get_initial_loss(vocab_size, len(name) + 1) for name in names]
    np.testing.assert_allclose(informed_start(names, vocab_size), np.mean(each), **CLOSE)


def test_informed_start_counts_the_newline():
    assert informed_start([""], 27) == np.log(27)


@given(nats, nats, betas)
def test_smooth_lies_between_its_arguments(loss, cur_loss, beta):
    low, high = sorted((loss, cur_loss))
    assert low - 1e-12 <= smooth(loss, cur_loss, beta) <= high + 1e-12


def test_smooth_keeps_nearly_all_of_the_past_by_default():
    assert smooth(1.0, 0.0) == 0.999


@given(lists_of_nats, nats, betas)
def test_smooth_sequence_is_the_weighted_sum(losses, initial, beta):
    smoothed = smooth_sequence(losses, initial, beta)
    for n in range(1, len(losses) + 1):
        by_weights = ewa_weights(n, beta) @ np.array([initial, *losses[:n]])
        np.testing.assert_allclose(smoothed[n - 1], by_weights, rtol=1e-10, atol=1e-10)


@given(nats, nats, betas)
def test_a_constant_loss_is_approached_geometrically(mean, initial, beta):
    left = beta ** np.arange(1, 31)
    np.testing.assert_allclose(
        smooth_sequence([mean] * 30, initial, beta),
        (1 - left) * mean + left * initial,
        rtol=1e-11,
        atol=1e-11,
    )


def test_smooth_sequence_of_nothing_is_empty():
    assert smooth_sequence([], 5.0).shape == bias_corrected([]).shape == (0,)


@given(lists_of_nats, betas)
def test_correction_is_the_weighted_mean_without_the_start(losses, beta):
    weights = ewa_weights(len(losses), beta)[1:]
    np.testing.assert_allclose(
        bias_corrected(losses, beta)[-1], np.average(losses, weights=weights), rtol=1e-9, atol=1e-9
    )


@given(nats, betas)
def test_correction_is_exact_on_a_constant_loss(mean, beta):
    np.testing.assert_allclose(bias_corrected([mean] * 30, beta), mean, rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("beta", [0.5, 0.9, 0.99])
def test_correction_does_not_remove_the_lag(beta):
    n, slope = 5000, 0.25
    losses = 100 - slope * np.arange(1, n + 1)
    behind = bias_corrected(losses, beta)[-1] - losses[-1]
    np.testing.assert_allclose(behind, slope * beta / (1 - beta), rtol=1e-9)


@given(st.integers(0, 200), betas)
def test_weights_sum_to_one_and_the_newest_loss_weighs_most(n_steps, beta):
    weights = ewa_weights(n_steps, beta)
    assert weights.shape == (n_steps + 1,)
    np.testing.assert_allclose(weights.sum(), 1.0, **CLOSE)
    assert weights[0] == beta**n_steps
    assert np.all(np.diff(weights[1:]) >= 0)


def test_beta_zero_forgets_everything_but_the_last_loss():
    np.testing.assert_array_equal(ewa_weights(3, 0.0), [0, 0, 0, 1])
    np.testing.assert_array_equal(smooth_sequence([3.0, 1.0], 9.0, 0.0), [3, 1])
    np.testing.assert_array_equal(bias_corrected([3.0, 1.0], 0.0), [3, 1])


@given(betas)
def test_the_window_is_the_mean_age_plus_one(beta):
    n = 40 * int(effective_window(beta) + 1)  # what is older weighs less than exp(-40)
    weights = ewa_weights(min(n, 400_000), beta)[:0:-1]
    np.testing.assert_allclose(
        effective_window(beta), weights @ np.arange(1, len(weights) + 1), rtol=1e-8
    )


@given(st.floats(0.0, 0.99999), st.floats(1e-6, 2.0))
def test_steps_to_forget_is_the_smallest(beta, tolerance):
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
def test_steps_to_forget_where_the_answer_is_known(beta, tolerance, expected):
    assert steps_to_forget(beta, tolerance) == expected


@given(nats, nats, st.floats(0.0, 0.999))
def test_recover_undoes_smooth(previous, raw, beta):
    recovered = recover_raw_loss(previous, smooth(previous, raw, beta), beta)
    np.testing.assert_allclose(recovered, raw, rtol=1e-9, atol=1e-9)


def test_the_printed_number_hides_twelve_characters():
    raw = recover_raw_loss(get_initial_loss(27, 7), 23.087336)
    assert round(raw, 3) == 39.549
    assert abs(raw / np.log(27) - 12) < 1e-3


@given(lists_of_nats, nats, betas)
def test_compare_starts_agrees_with_its_parts(losses, initial, beta):
    curves = compare_starts(losses, initial, beta)
    assert set(curves) == {"raw", "zero", "corrected", "informed"}
    left = beta ** np.arange(1, len(losses) + 1)
    np.testing.assert_array_equal(curves["raw"], losses)
    np.testing.assert_allclose(
        curves["informed"] - curves["zero"], left * initial, rtol=1e-10, atol=1e-10
    )
    np.testing.assert_allclose(
        curves["corrected"] * (1 - left), curves["zero"], rtol=1e-10, atol=1e-10
    )


def test_compare_starts_gives_a_copy_of_the_losses():
    losses = np.array([3.0, 2.0])
    compare_starts(losses, 5.0)["raw"][:] = 0
    np.testing.assert_array_equal(losses, [3, 2])
