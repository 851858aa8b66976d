"""Each random array has to come from the generator that was handed in, not only one of them."""

import copy

import numpy as np
import pytest

from autograder.checks.calls import Call, perform
from autograder.checks.rules import RandomArrays
from autograder.checks.wire import Seed

SHAPES = {"W1": (40, 60), "W2": (20, 40), "W3": (30, 20)}
RULE = RandomArrays({name: {"shape": shape, "std": 0.5} for name, shape in SHAPES.items()})


def found(draw, kind="Generator", seed=77, rule=RULE):
    call = Call((Seed(kind, seed),))
    return rule.mismatch(call, [perform(draw, each) for each in rule.calls(call)])


def drawn(rng, *names):
    return {
        name: 0.5 * rng.standard_normal(SHAPES[name])
        if not isinstance(rng, np.random.RandomState)
        else 0.5 * rng.randn(*SHAPES[name])
        for name in names or SHAPES
    }


@pytest.mark.parametrize("kind", ["Generator", "RandomState"])
def test_right_draws_pass_with_every_seed(kind):
    for seed in range(100):
        assert found(drawn, kind, seed) is None


def own_seed(rng):
    return drawn(np.random.default_rng(42))


def nudged(rng):
    return {name: array + 1e-15 * rng.standard_normal() for name, array in own_seed(rng).items()}


def own_seed_but_once(rng):
    return {
        **drawn(rng, "W1"),
        **drawn(np.random.default_rng(2), "W2"),
        **drawn(np.random.default_rng(3), "W3"),
    }


def one_entry(rng):
    made = {**drawn(rng), **drawn(np.random.default_rng(2), "W2")}
    made["W2"][0, 0] = 0.5 * rng.standard_normal()
    return made


@pytest.mark.parametrize(
    "draw, said",
    [
        (own_seed, "All are off: W1, W2 and W3."),
        (nudged, "All are off: W1, W2 and W3."),
        (own_seed_but_once, "W2 and W3 are off; W1 is right."),
        (one_entry, "W2 is off; W1 and W3 are right."),
    ],
)
def test_arrays_that_do_not_follow_the_generator_are_named(draw, said):
    mismatch = found(draw)
    assert mismatch.mistake == "own_seed" and said in mismatch.text()
    assert "seed of your own" in mismatch.hint


def test_a_small_array_that_hardly_moves_is_found():
    """Six standard errors are more than a correlation can be in an array of nine."""
    rule = RandomArrays({"W1": {"shape": (3, 3), "std": 0.5}})

    def draw(rng):
        fixed = np.random.default_rng(6).standard_normal((3, 3))
        return {"W1": 0.5 * fixed + 1e-9 * rng.standard_normal()}

    assert found(draw, rule=rule).mistake == "own_seed"


def test_a_seed_for_the_global_generator_that_decides_nothing_costs_nothing():
    def left_over(rng):
        np.random.seed(1)
        return drawn(rng)

    assert found(left_over) is None


def test_a_copied_generator_gives_the_same_numbers_once_more():
    mismatch = found(lambda rng: drawn(copy.deepcopy(rng)))
    assert mismatch.mistake == "copied_generator" and "the same numbers" in mismatch.text()


def test_the_global_generator_for_one_array_is_still_found():
    def draw(rng):
        return {**drawn(rng), "W3": 0.5 * np.random.standard_normal(SHAPES["W3"])}

    assert found(draw).mistake == "global_generator"


def test_other_arrays_for_another_seed_are_a_problem_and_no_error():
    def draw(rng):
        made = drawn(rng)
        return made if made["W1"][0, 0] == first else {**made, "W2": made["W1"]}

    first = drawn(np.random.default_rng(77))["W1"][0, 0]
    assert "W2" in found(draw).where


@pytest.mark.parametrize(
    "one, said",
    [
        (lambda rng, shape: rng.uniform(0, 1, shape), "uniform distribution"),
        (lambda rng, shape: 0.5 * abs(rng.normal(0, 1, shape)), "signs are lost"),
        (lambda rng, shape: rng.normal(0, 1, shape) ** 2, "signs are lost"),
        (lambda rng, shape: rng.normal(3, 0.5, shape), "centred at 0"),
        (lambda rng, shape: rng.uniform(2, 3, shape), "centred at 0"),
    ],
    ids=["uniform", "absolute", "squared", "mean 3", "uniform from 2"],
)
def test_draws_without_a_negative_one_are_told_apart(one, said):
    mismatch = found(lambda rng: {name: one(rng, shape) for name, shape in SHAPES.items()})
    assert said in mismatch.hint
    assert said == "uniform distribution" or "`rand`" not in mismatch.hint


def test_a_tuple_of_arrays_is_called_a_tuple():
    assert "a tuple of 3" in found(lambda rng: tuple(drawn(rng).values())).got
    assert "a list of 3" in found(lambda rng: list(drawn(rng).values())).got


def alternating(W):
    """Turn rows round such that the signs of their sums alternate."""
    signs = np.sign(W.sum(axis=1)) * (-1.0) ** np.arange(len(W))
    return signs[:, np.newaxis] * W


@pytest.mark.parametrize(
    ("one", "mistake"),
    [
        (lambda W: W[np.argsort((W**2).sum(axis=1))], "ordered_rows"),
        (lambda W: W[:, np.argsort(-W.sum(axis=0))], "ordered_columns"),
        (lambda W: alternating(W.T).T, "alternating_columns"),
        (lambda W: (10 * W).astype(int), "whole_numbers"),
    ],
)
def test_draws_that_are_sorted_or_cut_afterwards_are_named(one, mistake):
    wrong = found(lambda rng: {name: one(W) for name, W in drawn(rng).items()})
    assert wrong.mistake == mistake


def test_draws_that_overlap_a_little_are_shared():
    def draw(rng):
        draws = 0.5 * rng.standard_normal(10**4)
        return {
            "W1": draws[:2400].reshape(40, 60),
            "W2": draws[2400:3200].reshape(20, 40),
            "W3": draws[2400:3000].reshape(30, 20),
        }

    mismatch = found(draw)
    assert mismatch.mistake == "shared_draws" and "W2 and W3" in mismatch.text()


EXACT = RandomArrays({"w": {"shape": (30,), "std": 0.5}}, exact=True)


def test_the_generators_own_draws_are_judged_exactly():
    assert found(lambda rng: {"w": 0.5 * rng.normal(size=30)}, rule=EXACT) is None
    mismatch = found(lambda rng: {"w": 0.501 * rng.normal(size=30)}, rule=EXACT)
    assert "1.002 times" in mismatch.hint


def test_other_draws_are_left_in_doubt():
    assert found(lambda rng: {"w": 3 * rng.random(30)}, rule=EXACT) is None
    assert found(lambda rng: {"w": np.ones(30)}, rule=EXACT) is None
    assert found(lambda rng: {"w": np.ones(31)}, rule=EXACT) is not None


def test_a_single_number_is_no_stretch_of_draws():
    rule = RandomArrays({"w": {"shape": (1,), "std": 0.5}})
    call = Call((Seed("Generator", 1),))
    replies = [perform(lambda rng: {"w": np.array([0.2])}, each) for each in rule.calls(call)]
    assert not rule.settles(call, replies)
