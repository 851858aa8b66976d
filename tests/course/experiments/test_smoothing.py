"""The experiments behind lesson 03, and the published figures of its thread."""

import numpy as np
import pytest

from course.experiments.smoothing import (
    assignment_order,
    assignment_parameters,
    centred_mean,
    expected_average,
    fingerprint,
    five_starts,
    lag_of_corrected,
    run_assignment,
    spread_ratio,
)
from course.ps3_smoothed_loss.reference import (
    bias_corrected,
    ewa_weights,
    informed_start,
    smooth_sequence,
)
from course.ps4_char_rnn.reference import build_vocabulary, encode, optimize
from course.reproduce import smoothing as published

NAMES = ["turiasaurus", "aardonyx", "mei", "iguanodon", "tyrannosaurus", "yi"]


def test_run_carries_the_state_over_as_the_assignment_does():
    char_to_ix, _ = build_vocabulary(NAMES)
    params, a = assignment_parameters(len(char_to_ix)), np.zeros((50, 1))
    losses = []
    for name in assignment_order(NAMES) * 3:
        loss, params, a = optimize(*encode(name, char_to_ix), a, params)
        losses.append(loss)
    fast, raw, printed = run_assignment(NAMES, 18, 23.0)
    np.testing.assert_allclose(raw, losses, rtol=1e-10)
    np.testing.assert_array_equal(printed, smooth_sequence(raw, 23.0))
    for name, value in params.items():
        np.testing.assert_allclose(fast[name], value, rtol=1e-8, atol=1e-12)


def test_the_average_never_changes_a_weight_but_the_rate_does():
    runs = {
        run: fingerprint(run_assignment(NAMES, 30, *run)[0])
        for run in [(0.0, 0.0), (0.0, 0.999), (23.07, 0.999)]
    }
    assert len(set(runs.values())) == 1
    other = run_assignment(NAMES, 30, 0.0, learning_rate=0.0100000001)[0]
    assert fingerprint(other) not in runs.values()


def test_fingerprint_sees_a_single_bit():
    params = assignment_parameters(27)
    before = fingerprint(params)
    params["by"][3, 0] = np.nextafter(params["by"][3, 0], 1)
    assert fingerprint(params) != before


def test_five_starts_differ_only_by_what_is_left_of_the_start():
    losses = np.linspace(40, 20, 50)
    curves = five_starts(losses, NAMES, beta=0.9)
    left = 0.9 ** np.arange(1, 51)
    start = informed_start(NAMES, len(build_vocabulary(NAMES)[0]))
    np.testing.assert_allclose(curves["informed"] - curves["first"], left * (start - 40))
    np.testing.assert_allclose(curves["corrected"], bias_corrected(losses, 0.9))


def test_centred_mean_does_not_lag_on_a_straight_line():
    line = np.linspace(40, 20, 301)
    np.testing.assert_allclose(centred_mean(line, window=50), line)


def test_expected_average_is_that_of_a_constant_loss():
    np.testing.assert_allclose(
        expected_average(0.9, 5.0, 2.0, 20), smooth_sequence(np.full(20, 2.0), 5.0, 0.9)
    )


@pytest.mark.parametrize("beta", [0.5, 0.9, 0.99])
def test_lag_is_what_a_falling_line_shows(beta):
    line = 30 - 0.5 * np.arange(400)
    np.testing.assert_allclose(
        bias_corrected(line, beta) - line, 0.5 * lag_of_corrected(beta, 400), rtol=1e-8, atol=1e-8
    )


def test_spread_ratio_is_the_root_of_the_squared_weights():
    weights = ewa_weights(2000, 0.98)
    np.testing.assert_allclose(spread_ratio(0.98), np.sqrt(np.sum(weights**2)))


def test_published_figures_that_need_no_list_agree():
    assert {f.verdict for f in published.without_the_list()} == {"agrees"}


def test_without_the_list_the_rest_is_not_checked():
    rows = list(published.figures())
    assert not [f for f in rows if f.verdict == "differs"]
    rising = [f for f in rows if f.published in ("28.71", "42.718")]
    assert len(rising) == 2
    assert {f.verdict for f in rising} == {"not checked"}


@pytest.mark.thorough
def test_another_list_is_measured_and_said_to_be_another(tmp_path):
    path = tmp_path / "names.txt"
    path.write_text("\n".join(name.title() for name in NAMES))
    rows = [f for f in published.figures(path) if f.published == "42.718"]
    assert rows[0].verdict == "differs"
    assert "not the original list: 6 names" in rows[0].note
