"""What the lessons compute with is written apart from the reference, and agrees with it."""

import numpy as np
import pytest

from course.experiments import averages, depth, descent, letters, losses, nets
from course.experiments.head_start import log_frequencies
from course.experiments.loss_at_init import load_names
from course.experiments.names import least_loss
from course.ps1_initialization import reference as ps1
from course.ps2_loss_at_init import reference as ps2
from course.ps3_smoothed_loss import reference as ps3
from course.ps4_char_rnn import reference as ps4

ROUNDING = {"rtol": 1e-12, "atol": 1e-12}
DIMS = [3, 6, 4, 1]
NAMES = ["turiasaurus", "aardonyx", "mei", "yi"]


def alike(one, other):
    """Compare arrays, or dicts of arrays."""
    if isinstance(one, dict):
        assert set(one) == set(other)
        for name, value in one.items():
            np.testing.assert_allclose(value, other[name], **ROUNDING)
    else:
        np.testing.assert_allclose(one, other, **ROUNDING)


@pytest.mark.parametrize(
    "spread, reference",
    [
        (0.3, lambda rng: ps1.initialize_scaled(DIMS, 0.3, rng)),
        (nets.he, lambda rng: ps1.initialize_he(DIMS, rng)),
        (nets.xavier, lambda rng: ps1.initialize_xavier(DIMS, rng)),
    ],
)
def test_a_net_starts_runs_and_slopes_as_in_the_assignment(spread, reference):
    net = nets.start(np.random.RandomState(3), DIMS, spread)
    alike(net, reference(np.random.RandomState(3)))
    rng = np.random.default_rng(0)
    X, y = rng.normal(size=(3, 9)), (np.arange(9) % 2.0)[None]
    found = nets.outputs(net, X)
    for one, other in zip(found, ps1.forward(X, net), strict=True):
        alike(one, other)
    slopes = {"d" + name: value for name, value in nets.slopes(net, found, y).items()}
    alike(slopes, ps1.backward(y, found, net))
    alike(nets.costs(40 * found[-1], y).mean(), ps1.binary_cross_entropy(40 * found[-1], y))


def test_nets_that_descend_together_do_not_notice_each_other():
    starts = {scale: nets.start(np.random.RandomState(3), DIMS, scale) for scale in (0.0, 0.3, 2.0)}
    starts["broken"] = {name: value * np.nan for name, value in starts[2.0].items()}
    rng = np.random.default_rng(0)
    X, y = rng.normal(size=(3, 9)), (np.arange(9) % 2.0)[None]
    together = descent.train_all(starts, X, y, 0.1, 30, every=10)
    for name, net in starts.items():
        for one, other in zip(together[name], descent.train(net, X, y, 0.1, 30, 10), strict=True):
            alike(one, other)


def test_losses_are_those_of_the_assignment():
    rng = np.random.default_rng(1)
    logits, labels = rng.normal(0, 200, (5, 8)), rng.integers(0, 5, 8)
    alike(np.exp(losses.log_shares(logits)), ps2.softmax(logits))
    alike(losses.surprise(labels, logits).mean(), ps2.cross_entropy(logits, labels))
    f = np.array([0.7, 0.3, 0])
    alike(losses.expected_surprise(f, f), ps2.entropy(f))
    targets = rng.gamma(2.0, 3.0, 41)
    for name in losses.CURVES:
        best = losses.search(targets, name, 2.0)
        np.testing.assert_allclose(best, ps2.initial_loss_regression(targets, name, 2.0), rtol=1e-6)


@pytest.mark.parametrize("beta", [0.5, 0.9, 0.999])
def test_averages_are_those_of_the_assignment(beta):
    raw = np.random.default_rng(2).normal(25, 5, 50)
    alike(averages.averaged(3.0, beta, raw), ps3.smooth_sequence(raw, 3.0, beta))
    alike(averages.corrected(beta, raw), ps3.bias_corrected(raw, beta))
    start, of_losses = averages.shares(beta, 7)
    alike([start, *of_losses], ps3.ewa_weights(7, beta))
    for left in (0.4, 0.01):
        assert averages.steps_until(left, beta) == ps3.steps_to_forget(beta, left)


def test_letters_and_the_plain_network_are_those_of_the_assignment():
    number = letters.numbered(NAMES)
    assert number == ps4.build_vocabulary(NAMES)[0]
    assert letters.as_pair(number, "mei") == tuple(ps4.encode("mei", number))
    net = letters.random_weights(np.random.RandomState(1), 6, len(number), 0.5)
    alike(net, ps4.initialize_parameters(6, len(number), np.random.RandomState(1), 0.5))
    alike(
        letters.unrolled(net, *letters.as_pair(number, "mei"))[0], ps4.name_loss("mei", net, number)
    )
    logits = np.random.default_rng(3).normal(0, 9, (5, 2))
    alike(letters.tempered(0.5, logits), ps4.apply_temperature(logits, 0.5))


def test_the_bias_is_the_logarithm_of_the_frequencies():
    by = log_frequencies(load_names())
    np.testing.assert_allclose(np.exp(by).sum(), 1.0)
    assert by.shape == (27, 1)


@pytest.mark.parametrize("kind", depth.KINDS)
def test_each_step_of_the_derivation_is_within_a_few_percent(kind):
    steps = depth.layer_steps(400, 100, np.sqrt(1 / 400), kind, np.random.default_rng(0))
    for what, measured, formula in steps:
        assert measured == pytest.approx(formula, rel=0.05), what


def test_a_net_that_narrows_keeps_one_direction_only():
    rng = np.random.default_rng(0)
    forward, back = np.sqrt(
        np.mean(depth.end_to_end(lambda n_in, _: np.sqrt(2 / n_in), rng, 15) ** 2, axis=0)
    )
    assert 0.7 < forward < 1.4
    assert back == pytest.approx(np.sqrt(16 / 1024), rel=0.25)


def test_tanh_falls_like_one_over_twice_the_layer():
    exact, near = depth.tanh_law(400)
    assert exact[0] == pytest.approx(0.6279, abs=1e-4)  # sqrt of E[tanh(z)^2], z standard normal
    assert exact[-1] == pytest.approx(near[-1], rel=0.01)


def test_no_scale_changes_which_units_are_dead_or_whose_share_is_large():
    one, other = (
        depth.idle(depth.signals(s, "relu", np.random.default_rng(0), (40,) * 9, 30)[0], "relu")
        for s in (0.1, 3.0)
    )
    assert one == other
    W = np.random.default_rng(1).normal(size=(4, 50))
    assert depth.share_of_strongest(W) == pytest.approx(depth.share_of_strongest(W / 7), rel=1e-12)


def test_the_least_loss_is_what_a_choice_among_the_names_costs():
    characters = sum(len(name) + 1 for name in NAMES)
    assert least_loss(NAMES) == pytest.approx(4 * np.log(4) / characters)
