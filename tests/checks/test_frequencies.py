"""Draws are judged by their frequencies: right ones pass, wrong ones get their name."""

import copy
import math
from dataclasses import replace

import numpy as np
import pytest

from autograder.checks import frequencies
from autograder.checks.calls import Call, perform
from autograder.checks.case import Case
from autograder.checks.judging import judge, local_caller
from autograder.checks.rules import Frequencies
from autograder.checks.wire import Seed

P = np.array([0.5, 0.3, 0.2, 0.0])
SLIPS = [
    {"id": "uniform", "message": "", "probabilities": {str(i): 0.25 for i in range(4)}},
    {"id": "argmax", "message": "", "probabilities": {"0": 1.0}},
]
RULE = Frequencies({str(i): p for i, p in enumerate(P) if p}, 600, SLIPS)


def found(draw, kind="Generator", in_turn=1):
    call, rule = Call((P, Seed(kind, 77))), replace(RULE, in_turn=in_turn)
    replies = [perform(draw, each) for each in rule.calls(call)]
    return rule.mismatch(call, replies)


@pytest.mark.parametrize("in_turn", [1, 15])
@pytest.mark.parametrize("kind", ["Generator", "RandomState"])
def test_right_draws_pass(kind, in_turn):
    assert found(lambda p, rng: rng.choice(4, p=p), kind, in_turn) is None
    assert found(lambda p, rng: np.argmax(rng.multinomial(1, p)), kind) is None
    assert found(lambda p, rng: int(np.searchsorted(np.cumsum(p), rng.random())), kind) is None


@pytest.mark.parametrize(
    ("mistake", "draw"),
    [
        ("uniform", lambda p, rng: rng.choice(4)),
        ("argmax", lambda p, rng: np.argmax(p)),
        ("own_seed", lambda p, rng: np.random.RandomState(3).choice(4, p=p)),
        ("global_generator", lambda p, rng: np.random.choice(4, p=p)),
        ("global_generator", lambda p, rng: np.random.default_rng().choice(4, p=p)),
        ("copied_generator", lambda p, rng: copy.deepcopy(rng).choice(4, p=p)),
        ("wrong_type", lambda p, rng: float(rng.choice(4, p=p))),
        ("wrong_type", lambda p, rng: rng.choice(4, size=1, p=p)),
    ],
)
@pytest.mark.parametrize("in_turn", [1, 15])
def test_wrong_draws_are_named(mistake, draw, in_turn):
    assert found(draw, in_turn=in_turn).mistake == mistake


def test_of_two_mistakes_that_are_alike_in_a_case_another_case_names_one():
    def case(seed, p, one, other):
        slips = {"one": one, "other": other}
        shares = [{str(i): share for i, share in enumerate(each)} for each in (p, *slips.values())]
        named = [
            {"id": name, "message": name, "probabilities": each}
            for name, each in zip(slips, shares[1:])
        ]
        return Case(
            Call((np.array(other), Seed("Generator", seed))), Frequencies(shares[0], 600, named)
        )

    alike = case(5, [0.9, 0.1], [0.5, 0.5], [0.51, 0.49])
    told = case(6, [0.9, 0.1], [0.5, 0.5], [0.2, 0.8])
    draw = local_caller(lambda p, rng: rng.choice(2, p=p))
    assert [judge("draw", cases, draw).mistake for cases in ([told], [alike, told])] == [
        "other"
    ] * 2
    wrong = judge("draw", [alike], draw)
    assert wrong.mistake in ("one", "other") and wrong.hint == wrong.mistake


def fits(p, drawn):
    counts = frequencies.Counter(map(str, drawn.tolist()))
    return frequencies._fits({str(i): float(each) for i, each in enumerate(p)}, counts)


def test_a_random_number_of_three_digits_shows_by_the_outcomes_that_it_misses():
    p, u = np.r_[0.8, np.full(500, 0.0004)], np.random.default_rng(3).random(5000)
    right, rounded = (np.searchsorted(np.cumsum(p), each) for each in (u, np.round(u, 3)))
    assert fits(p, right) and not fits(p, rounded.clip(max=500))


@pytest.mark.parametrize(
    "power, said", [(1.0, ""), (1.1, "likely outcomes come too often"), (0.9, "too rarely and unl")]
)
def test_a_temperature_near_1_shows_by_the_likely_outcomes_together(power, said):
    p = np.random.default_rng(5).dirichlet(np.full(40, 0.3))
    tempered = p**power / np.sum(p**power)
    drawn = np.random.default_rng(3).choice(40, 2000, p=tempered)
    rule = Frequencies({str(i): float(each) for i, each in enumerate(p)}, len(drawn))
    counts = frequencies.Counter(map(str, drawn.tolist()))
    wrong = frequencies._wrong_shares(rule, counts)
    assert said in wrong.hint if said else wrong is None


def test_an_outcome_that_is_expected_often_and_never_comes_shows():
    p = np.full(30, 1 / 30)
    drawn = np.repeat(np.arange(30), 27)
    assert fits(p, drawn) and not fits(p, drawn[27:].clip(min=1))


def test_a_seed_for_the_global_generator_that_decides_nothing_costs_nothing():
    def left_over(p, rng):
        np.random.seed(1)
        return rng.choice(4, p=p)

    assert found(left_over) is None


def test_an_outcome_that_is_nearly_certain_may_come_twice_every_time():
    rule = Frequencies({"0": 0.999, "1": 0.001}, 600)
    call = Call((np.array([0.999, 0.001]), Seed("Generator", 77)))
    replies = [perform(lambda p, rng: rng.choice(2, p=p), each) for each in rule.calls(call)]
    assert rule.mismatch(call, replies) is None


def test_an_outcome_of_probability_zero_never_occurs():
    def once_in_a_while(p, rng):
        return 3 if rng.random() < 0.01 else rng.choice(4, p=p)

    assert found(once_in_a_while) is not None


def test_false_alarms_of_two_cells_are_rarer_than_one_in_ten_million():
    n, p = 600, frequencies.FEWEST / 600

    def alarm(count):
        counts = frequencies.Counter({"0": count, "1": n - count})
        return not frequencies._fits({"0": p, "1": 1 - p}, counts)

    total = sum(math.comb(n, k) * p**k * (1 - p) ** (n - k) for k in range(1, n) if alarm(k))
    assert total < 1e-7


def test_one_outcome_that_always_comes_is_not_called_uniform():
    sure = Frequencies({"3": 1.0}, 16, SLIPS)
    call = Call((P, Seed("Generator", 77)))
    replies = [perform(lambda p, rng: 2, each) for each in sure.calls(call)]
    found = sure.mismatch(call, replies)
    assert found and found.mistake == ""


def test_where_only_one_outcome_is_possible_the_first_difference_is_shown():
    sure, other = [0, 1] * 40, [0, 1] * 30 + [1, 0] * 10
    rule = Frequencies({str(sure): 1.0}, 16)
    replies = [
        perform(lambda rng: other, call) for call in rule.calls(Call((Seed("Generator", 1),)))
    ]
    found = rule.mismatch(Call(()), replies)
    assert found.got.startswith("...1, 0") and found.expected.startswith("...0, 1")
