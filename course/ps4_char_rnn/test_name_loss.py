"""The reference against the probability of writing the name, step by step."""

from itertools import product

import numpy as np
import pytest

from .encode import encode
from .name_loss import name_loss
from .rnn_forward import rnn_forward
from .rnn_step_forward import rnn_step_forward
from .shared import alphabet, draw_params, one_hot


def test_it_is_the_probability_of_writing_the_name():
    char_to_ix, params = alphabet(5), draw_params(np.random.default_rng(3), 6, 5, scale=0.5)
    for name in ("ab", "dacb", "d"):
        a, before, probability = np.zeros((6, 1)), None, 1.0
        for index in [char_to_ix[c] for c in name + "\n"]:
            a, p = rnn_step_forward(params, a, one_hot(before, 5))
            probability *= p[index, 0]
            before = index
        assert name_loss(name, params, char_to_ix) == pytest.approx(-np.log(probability), rel=1e-12)


def test_short_names_and_longer_beginnings_have_all_the_probability():
    char_to_ix, params = alphabet(3), draw_params(np.random.default_rng(5), 4, 3)
    ended = sum(
        np.exp(-name_loss("".join(letters), params, char_to_ix))
        for length in range(4)
        for letters in product("ab", repeat=length)
    )
    going_on = 0.0
    for letters in product("ab", repeat=4):
        X, Y = encode("".join(letters), char_to_ix)
        going_on += np.exp(-rnn_forward(X[:-1], Y[:-1], np.zeros((4, 1)), params)[0])
    assert ended + going_on == pytest.approx(1, rel=1e-12)
