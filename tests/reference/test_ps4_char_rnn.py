"""The reference character RNN against differences, closed forms and the textbook loop."""

from itertools import islice

import numpy as np
import pytest
from autograder.experiments.names import ladder, load_names, rnn_step_losses, split_names
from autograder.experiments.names_gradients import (
    ARRAYS,
    SLIPS,
    numerical_gradients,
    relative_errors,
    slip_table,
    slipped_backward,
)
from autograder.experiments.names_sampling import draw_columns
from autograder.experiments.names_training import run, train_on_names
from autograder.reference.fast_rnn import FastRNN

from autograder.reference import ps4_char_rnn as ps4
from bench.char_rnn import fast_steps, task, textbook_steps

NAMES = load_names()
CHAR_TO_IX, IX_TO_CHAR = ps4.build_vocabulary(NAMES)
DIFFERENCES = 1e-7  # central differences with a step of 1e-5 leave about 1e-9
ROUNDING = 1e-10  # sums in another order, over 2,000 steps of training
SIX_SIGMA = 6.0


@pytest.fixture
def small():
    return ps4.initialize_parameters(6, 27, np.random.RandomState(3), scale=0.5)


def test_the_data_are_what_their_readme_says():
    assert len(NAMES) == len(set(NAMES)) == 1449
    assert sorted(NAMES) == NAMES
    assert np.mean([len(name) + 1 for name in NAMES]) == pytest.approx(12.9538, abs=5e-5)
    assert np.mean([name.endswith("saurus") for name in NAMES]) == pytest.approx(0.478, abs=5e-4)


def test_vocabulary_and_encoding():
    char_to_ix, ix_to_char = ps4.build_vocabulary(["ba", "c"])
    assert char_to_ix == {"\n": 0, "a": 1, "b": 2, "c": 3}
    assert ix_to_char == {0: "\n", 1: "a", 2: "b", 3: "c"}
    assert ps4.encode("ba", char_to_ix) == ([None, 2, 1], [2, 1, 0])


@pytest.mark.parametrize("array", ARRAYS)
def test_backward_agrees_with_central_differences(small, array):
    X, Y = ps4.encode("rexy", CHAR_TO_IX)
    a0 = np.random.default_rng(0).standard_normal((6, 1))
    gradients = ps4.rnn_backward(Y, small, ps4.rnn_forward(X, Y, a0, small)[1])
    errors = relative_errors(gradients, numerical_gradients(X, Y, a0, small))
    assert errors[ARRAYS.index(array)] < DIFFERENCES


def test_each_slip_has_its_pattern_of_wrong_arrays(small):
    X, Y = ps4.encode("turiasaurus", CHAR_TO_IX)
    wrong = slip_table(X, Y, np.zeros((6, 1)), small) > DIFFERENCES
    assert [[array for array, bad in zip(ARRAYS, row, strict=True) if bad] for row in wrong] == [
        list(ARRAYS),
        *[["Wax", "Waa", "b"]] * 4,
        ["Waa"],
        ["Waa"],
    ]


def test_the_harness_of_the_slips_is_right_without_a_slip(small):
    X, Y = ps4.encode("turiasaurus", CHAR_TO_IX)
    cache = ps4.rnn_forward(X, Y, np.zeros((6, 1)), small)[1]
    assert None not in SLIPS
    errors = relative_errors(
        slipped_backward(Y, small, cache, None), ps4.rnn_backward(Y, small, cache)
    )
    assert np.max(errors) < ROUNDING


def test_fast_path_equals_the_textbook_loop_over_2000_steps():
    params, pairs = task()
    pairs = (pairs * 2)[:2000]
    fast, slow = (np.array(list(steps(params, pairs))) for steps in (fast_steps, textbook_steps))
    assert np.max(np.abs(fast - slow)) < ROUNDING


@pytest.mark.parametrize(
    "X, Y",
    [
        ([None, 3, 3, 5], [3, 3, 5, 0]),
        ([4, 2], [2, 0]),
        ([None], [7]),
        ([None] + [5] * 90, [5] * 90 + [0]),
    ],
)
def test_fast_path_equals_optimize_on_odd_shapes(small, X, Y):
    a0 = np.random.default_rng(1).standard_normal((6, 1))
    model = FastRNN(small, 0.1, 0.3)
    example = model.prepare(X, Y)
    for _ in range(3):
        loss, small, a_last = ps4.optimize(X, Y, a0, small, 0.1, 0.3)
        assert model.step(example, a0[:, 0]) == pytest.approx(loss, abs=ROUNDING)
        assert model.state_after(example) == pytest.approx(a_last[:, 0], abs=ROUNDING)
    for name, value in model.params().items():
        assert value.shape == small[name].shape
        assert value == pytest.approx(small[name], abs=ROUNDING)
    assert model.n_clipped == 3


def test_fast_path_survives_large_logits(small):
    small["by"][3] = 2000.0
    X, Y = ps4.encode("ab", CHAR_TO_IX)
    model = FastRNN(small, 0.01)
    loss = model.step(model.prepare(X, Y))
    assert loss == pytest.approx(ps4.rnn_forward(X, Y, np.zeros((6, 1)), small)[0], abs=1e-9)
    assert all(np.all(np.isfinite(value)) for value in model.params().values())


def test_train_resets_the_state_and_goes_round_in_a_shuffled_order():
    params, losses = ps4.train(["ab", "c", "dd"], 7, 5, 0.1, np.random.default_rng(2))
    rng = np.random.default_rng(2)
    char_to_ix, _ = ps4.build_vocabulary(["ab", "c", "dd"])
    expected = ps4.initialize_parameters(5, len(char_to_ix), rng)
    order = rng.permutation(3)
    for step in range(7):
        X, Y = ps4.encode(["ab", "c", "dd"][order[step % 3]], char_to_ix)
        loss, expected, _ = ps4.optimize(X, Y, np.zeros((5, 1)), expected, 0.1)
        assert losses[step] == pytest.approx(loss, abs=ROUNDING)
    assert all(params[name] == pytest.approx(expected[name], abs=ROUNDING) for name in expected)


def test_name_loss_is_the_probability_of_writing_it(small):
    name, total = "ab", 0.0
    a, before = np.zeros((6, 1)), None
    for index in [*(CHAR_TO_IX[c] for c in name), 0]:
        a, p = ps4.rnn_step_forward(small, a, ps4.one_hot(before, 27))
        total -= np.log(p[index, 0])
        before = index
    assert ps4.name_loss(name, small, CHAR_TO_IX) == pytest.approx(total, abs=1e-12)
    side_by_side = rnn_step_losses([name, "rexy"], small, CHAR_TO_IX).sum(axis=0)
    assert side_by_side[0] == pytest.approx(total, abs=1e-12)


def chi_square_sigmas(counts, probabilities):
    """Return how many standard deviations chi-square lies above its mean."""
    expected = counts.sum() * probabilities
    free = len(counts) - 1
    return (np.sum((counts - expected) ** 2 / expected) - free) / np.sqrt(2 * free)


@pytest.mark.parametrize("rng", [np.random.default_rng(5), np.random.RandomState(5)])
def test_sample_index_has_the_given_distribution(rng):
    probabilities = np.array([0.5, 0.2, 0.15, 0.1, 0.05])
    drawn = [ps4.sample_index(probabilities.reshape(-1, 1), rng) for _ in range(5000)]
    assert chi_square_sigmas(np.bincount(drawn, minlength=5), probabilities) < SIX_SIGMA
    columns = draw_columns(np.tile(probabilities[:, None], 5000), rng)
    assert chi_square_sigmas(np.bincount(columns, minlength=5), probabilities) < SIX_SIGMA


def test_sample_writes_names_with_the_models_probabilities():
    params = ps4.initialize_parameters(4, 3, np.random.RandomState(0), scale=1.0)
    char_to_ix = {"\n": 0, "a": 1, "b": 2}
    rng = np.random.default_rng(6)
    written = ["".join("\nab"[i] for i in ps4.sample(params, char_to_ix, rng)) for _ in range(4000)]
    asked = ["", "a", "b", "ab", "ba", "aa", "bb"]
    p = np.exp([-ps4.name_loss(name, params, char_to_ix) for name in asked])
    counts = np.array([written.count(name + "\n") for name in asked])
    counts, p = np.append(counts, 4000 - counts.sum()), np.append(p, 1 - p.sum())
    assert chi_square_sigmas(counts, p) < SIX_SIGMA


def test_writing_stops_at_the_limit_with_a_newline(small):
    small["by"][0] = -1e9
    for name in (
        ps4.sample(small, CHAR_TO_IX, np.random.default_rng(0), max_length=4),
        ps4.greedy_name(small, CHAR_TO_IX, max_length=4),
    ):
        assert len(name) == 5 and name[-1] == 0 and 0 not in name[:-1]


def test_temperature():
    logits = np.array([1e4, 1e4 - 1.0, -1e308])
    assert ps4.apply_temperature(logits, 0.5) == pytest.approx(
        [1 / (1 + np.exp(-2)), 1 / (1 + np.exp(2)), 0.0]
    )
    assert ps4.apply_temperature(logits, 1e-300) == pytest.approx([1.0, 0.0, 0.0])
    for temperature in (0, -1.0, np.nan):
        with pytest.raises(ValueError):
            ps4.apply_temperature(logits, temperature)


def test_ladder_of_the_projects_own_list():
    rungs = ladder(*split_names(NAMES))
    assert [f"{loss:.3f}" for loss in rungs.values()] == ["3.296", "2.797", "2.109", "1.760"]


def test_training_is_deterministic_and_options_are_heard():
    names, _ = split_names(NAMES)
    one, two = (train_on_names(names, 60, marks=(30,)) for _ in range(2))
    assert np.array_equal(one.losses, two.losses)
    assert sorted(one.snapshots) == [30, 60]
    carried = train_on_names(names, 60, carry=True)
    assert one.losses[0] == carried.losses[0] and one.losses[30] != carried.losses[30]
    pairs = list(islice(task()[1], 5))
    assert run(pairs, task()[0], 5, max_value=1e-3).n_clipped == 5
