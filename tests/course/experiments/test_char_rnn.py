"""Gradients with a mistake, training and sampling on many names, against other arithmetic."""

from itertools import islice

import numpy as np
import pytest

from bench.char_rnn import fast_steps, task, textbook_steps
from course.experiments.fast_rnn import FastRNN
from course.experiments.names import ladder, load_names, rnn_step_losses, split_names
from course.experiments.names_gradients import (
    ARRAYS,
    SLIPS,
    relative_errors,
    slip_table,
    slipped_backward,
)
from course.experiments.names_sampling import draw_columns
from course.experiments.names_training import run, train_on_names
from course.ps4_char_rnn import reference as ps4

NAMES = load_names()
CHAR_TO_IX, _ = ps4.build_vocabulary(NAMES)
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


def test_each_slip_has_its_pattern_of_wrong_arrays(small):
    X, Y = ps4.encode("turiasaurus", CHAR_TO_IX)
    wrong = slip_table(X, Y, small) > DIFFERENCES
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
    errors = relative_errors(slipped_backward(X, Y, small), ps4.rnn_backward(Y, small, cache))
    assert np.max(errors) < ROUNDING


@pytest.mark.thorough
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


def test_names_side_by_side_cost_what_each_costs_alone(small):
    total = ps4.name_loss("ab", small, CHAR_TO_IX)
    side_by_side = rnn_step_losses(["ab", "rexy"], small, CHAR_TO_IX).sum(axis=0)
    assert side_by_side[0] == pytest.approx(total, abs=1e-12)


def test_columns_are_drawn_with_their_probabilities():
    p = np.array([0.5, 0.2, 0.15, 0.1, 0.05])
    columns = draw_columns(np.tile(p[:, None], 5000), np.random.default_rng(5))
    expected = 5000 * p
    chi_square = np.sum((np.bincount(columns, minlength=5) - expected) ** 2 / expected)
    assert (chi_square - 4) / np.sqrt(8) < SIX_SIGMA
