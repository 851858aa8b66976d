"""Sampled names: their probabilities, and networks that show every mistake plainly."""

import numpy as np
import pytest

from autograder.cases import distribution
from autograder.checks.wire import Seed
from tests.course.judged import judged

from .greedy_name import greedy_name
from .name_loss import name_loss
from .sample import DRAWS, TELLING_3, TELLING_4, exercise, lively, sample
from .shared import alphabet, draw_params
from .test_sample_index import SIX_SIGMA, chi_square_sigmas
from .writing import write_from_newline, write_from_ones

# Of the statistic that a mistake is expected to reach; its limit lies near 90, and the spread of
# the statistic there near 30.
PLAIN = 240
# Inputs that add up, and a newline that is not 0, show in the names of `cycling` instead; random
# starts differ from each other.
LESS_PLAIN = {"input_not_reset", "random_start", "newline_twice_at_limit", "ignores_max_length"}
LESS_PLAIN |= {"newline_is_0"}
NETWORKS = [*((seed, 4, 3, 3) for seed in TELLING_3), *((seed, 3, 4, 2) for seed in TELLING_4)]


@pytest.mark.parametrize("seed, n_a, n, max_length", NETWORKS)
def test_mistakes_show_in_the_names(seed, n_a, n, max_length):
    args = lively(seed, n_a, n), alphabet(n), Seed("Generator", 0), max_length
    right = distribution(sample, *args)
    assert sum(right.values()) == pytest.approx(1)
    for mistake in exercise.mistakes:
        if mistake.id in LESS_PLAIN or not mistake.message:
            continue
        names = distribution(mistake.compute, *args)
        gaps = {name: names.get(name, 0) - right.get(name, 0) for name in {*names, *right}}
        statistic = DRAWS * sum(
            gap**2 / max(right.get(name, 0), 1e-4) for name, gap in gaps.items()
        )
        assert statistic > PLAIN, mistake.id


@pytest.mark.parametrize("seed, n_a, n, max_length", NETWORKS)
def test_a_seed_of_ones_own_does_not_look_like_the_most_likely_name(seed, n_a, n, max_length):
    params, letters = lively(seed, n_a, n), alphabet(n)
    greedy = greedy_name(params, letters, max_length)
    for own in (0, 1, 42):
        for make in (np.random.default_rng, np.random.RandomState):
            assert sample(params, letters, make(own), max_length) != greedy


@pytest.mark.thorough
def test_names_come_with_the_probabilities_of_their_losses():
    params = draw_params(np.random.RandomState(0), 4, 3)
    char_to_ix, rng = alphabet(3), np.random.default_rng(6)
    written = ["".join("\nab"[i] for i in sample(params, char_to_ix, rng)) for _ in range(4000)]
    asked = ["", "a", "b", "ab", "ba", "aa", "bb"]
    p = np.exp([-name_loss(name, params, char_to_ix) for name in asked])
    counts = np.array([written.count(name + "\n") for name in asked])
    counts, p = np.append(counts, 4000 - counts.sum()), np.append(p, 1 - p.sum())
    assert chi_square_sigmas(counts, p) < SIX_SIGMA


def test_writing_stops_at_the_limit_with_a_newline():
    params = draw_params(np.random.default_rng(1), 4, 5)
    params["by"][0] = -1e9
    name = sample(params, alphabet(5), np.random.default_rng(0), max_length=4)
    assert len(name) == 5 and name[-1] == 0 and 0 not in name[:-1]


@pytest.mark.thorough
@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("public", [True, False])
@pytest.mark.parametrize(
    "write, mistake",
    [(write_from_ones, "ones_start"), (write_from_newline, "starts_with_newline")],
)
def test_a_wrong_first_input_is_named_however_it_is_drawn(write, mistake, seed, public):
    def answer(params, char_to_ix, rng, max_length=50):
        def choose(p):
            return int(np.searchsorted(np.cumsum(p), rng.random(), side="right"))

        return write(params, char_to_ix, choose, max_length)

    found = judged(exercise, answer, seed, public)
    assert (found.state, found.mistake) == ("failed", mistake), found.message
