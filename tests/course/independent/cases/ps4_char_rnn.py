"""Inputs on which the answers to ps4_char_rnn are compared with the reference."""

from itertools import product

import numpy as np

from course.ps4_char_rnn.encode import encode
from course.ps4_char_rnn.greedy_name import greedy_name
from course.ps4_char_rnn.name_loss import name_loss
from course.ps4_char_rnn.rnn_forward import rnn_forward
from course.ps4_char_rnn.rnn_step_forward import rnn_step_forward

from .. import tools

rng = np.random.default_rng(14)
N_A, N_X = 5, 4
SHAPES = {"Wax": (N_A, N_X), "Waa": (N_A, N_A), "Wya": (N_X, N_A), "b": (N_A, 1), "by": (N_X, 1)}
PARAMS = {name: 1.2 * rng.standard_normal(shape) for name, shape in SHAPES.items()}
ENDLESS = PARAMS | {"by": PARAMS["by"] - 60 * np.eye(N_X)[:, :1]}
CHARS = {"\n": 0, "a": 1, "b": 2, "c": 3}
NAMES = ["cab", "abba", "bacca", "a", "cc"]
A0 = rng.standard_normal((N_A, 1))
ZERO = np.zeros((N_A, 1))
X, Y = encode("abcb", CHARS)
LOSS, CACHE = rnn_forward(X, Y, A0, PARAMS)
LONG = encode("abbbbbbbbbbbbbbbbb", CHARS)
GRADIENTS = {"dWax": 8 * rng.standard_normal((3, 4)), "db": np.array([[0.1], [-7.0], [9.0]])}
LOGITS = np.array([1.0, -2.0, 0.5, 3.0])
GREEDY = [{n: 2 * rng.standard_normal(s) for n, s in SHAPES.items()} for _ in range(30)]

CASES = {
    "build_vocabulary": [(NAMES,), (["zed", "y"],), (["Ab", "aB"],)],
    "encode": [("cab", CHARS), ("aa", CHARS), ("b", CHARS)],
    "rnn_step_forward": [(PARAMS, A0, np.eye(N_X)[:, [2]]), (PARAMS, ZERO, np.zeros((N_X, 1)))],
    "rnn_forward": [
        (X, Y, A0, PARAMS),
        (*encode("a", CHARS), ZERO, PARAMS),
        ([None, 0, 2], [0, 2, 0], ZERO, PARAMS),
    ],
    "rnn_backward": [
        (Y, PARAMS, CACHE),
        (LONG[1], PARAMS, rnn_forward(*LONG, ZERO, PARAMS)[1]),
    ],
    "clip": [(GRADIENTS, 5), (GRADIENTS, 0.5), (GRADIENTS, 100.0)],
    "apply_temperature": [
        *[(z, t) for z in (LOGITS, LOGITS[:, None]) for t in (1.0, 0.5, 2.0)],
        (1000 * LOGITS, 1.0),
        (1000 * LOGITS[:, None], 1000.0),
        (LOGITS, 0),
        (LOGITS, -1.0),
    ],
    "greedy_name": [
        *[(params, CHARS, 6) for params in GREEDY],
        (ENDLESS, CHARS),
        (ENDLESS, CHARS, 7),
        (ENDLESS, CHARS, 60),
    ],
    "optimize": [
        (X, Y, A0, PARAMS),
        (X, Y, A0, PARAMS, 0.1),
        (*LONG, ZERO, PARAMS, 0.1),
        (*LONG, ZERO, PARAMS, 0.1, 0.3),
    ],
    "name_loss": [(name, PARAMS, CHARS) for name in NAMES],
    "perplexity": [(23.07, 7), (3.295836866004329, 1), (0.0, 4)],
}
# In place or not: both are right.
IN_PLACE = {"clip"}


def assert_shares(outcomes, probabilities):
    """Assert that each outcome is as frequent as its probability says."""
    assert set(outcomes) <= set(probabilities)
    n = len(outcomes)
    for outcome, p in probabilities.items():
        share = sum(each == outcome for each in outcomes) / n
        assert abs(share - p) <= tools.SIGMAS * np.sqrt(p * (1 - p) / n) + tools.SIGMAS / n


def draws_index(answer):
    p = np.array([0.5, 0.3, 0.0, 0.15, 0.05])
    for generator in tools.generators(1):
        for shape in [(5,), (5, 1)]:
            drawn = [answer(p.reshape(shape), generator) for _ in range(3000)]
            assert all(tools.is_number(i) and not isinstance(i, float) for i in drawn)
            assert_shares([int(i) for i in drawn], dict(enumerate(p)))
    tools.assert_only_from_rng(lambda g: [answer(p, g) for _ in range(40)])


def sequences(params, max_length):
    """Return the probability of every name of at most `max_length` letters."""
    shares = {}
    for letters in product(range(N_X), repeat=max_length):
        a, x, p_all, name = ZERO, np.zeros((N_X, 1)), 1.0, ()
        for letter in letters:
            a, p = rnn_step_forward(params, a, x)
            p_all, name, x = p_all * p[letter, 0], (*name, letter), np.eye(N_X)[:, [letter]]
            if letter == 0:
                break
        shares[name if name[-1] == 0 else (*name, 0)] = p_all
    return shares


def draws_sample(answer):
    shares = sequences(PARAMS, 3)
    assert abs(sum(shares.values()) - 1) < 1e-9
    for generator in tools.generators(2):
        names = [answer(PARAMS, CHARS, generator, 3) for _ in range(3000)]
        assert all(isinstance(name, list | tuple) for name in names)
        assert_shares([tuple(map(int, name)) for name in names], shares)
        for expected, extra in [(51, ()), (8, (7,)), (81, (80,))]:
            assert len(answer(ENDLESS, CHARS, generator, *extra)) == expected
    tools.assert_only_from_rng(lambda g: answer(ENDLESS, CHARS, g, 40))
    tools.assert_unchanged(answer, (PARAMS, CHARS, np.random.default_rng(3), 5))


def trains(answer):
    names = ["cab", "abba", "bacca", "a", "cc", "bb", "acb", "bcabc"]
    n = len(names)
    for generator in tools.generators(4):
        params, losses = answer(list(names), 2 * n, 6, 0.0, generator)
        shapes = {"Wax": (6, 4), "Waa": (6, 6), "Wya": (4, 6), "b": (6, 1), "by": (4, 1)}
        assert {name: np.shape(value) for name, value in params.items()} == shapes
        assert all(
            np.ptp(params[w]) > 0 and np.max(np.abs(params[w])) < 0.5 for w in shapes if w[0] == "W"
        )
        assert not np.any(params["b"]) and not np.any(params["by"])
        assert isinstance(losses, np.ndarray) and losses.shape == (2 * n,)
        # Without a step nothing is learned: each loss is that of its name, from a zero state.
        exact = sorted(name_loss(name, params, CHARS) for name in names)
        np.testing.assert_allclose(sorted(losses[:n]), exact, rtol=1e-12)
        np.testing.assert_allclose(losses[n:], losses[:n], rtol=1e-12)
        given = list(names)
        assert answer(given, 5, 6, 0.1, generator)[1].shape == (5,)
        assert given == names
        params, losses = answer(["cabba"], 400, 10, 0.1, generator)
        assert abs(losses[0] - 6 * np.log(4)) < 0.1 and losses[-1] < 0.2
        assert greedy_name(params, CHARS) == encode("cabba", CHARS)[1]
        for rate in (1.0, 0.5):
            params, losses = answer(["c" * 80], 1, 6, rate, generator)
            assert abs(losses[0] - 81 * np.log(2)) < 1
            assert 4 < np.max(np.abs(params["by"])) / rate < 5.5
    starts = [answer(names, 1, 6, rate, np.random.default_rng(9))[1][0] for rate in (0.0, 0.5)]
    assert starts[0] == starts[1]
    orders = [
        tuple(answer(names, n, 6, 0.0, np.random.default_rng(i))[1].round(1)) for i in range(6)
    ]
    assert len(set(orders)) > 1
    tools.assert_only_from_rng(lambda g: answer(names, 3, 4, 0.01, g)[1])


DRAWS = {"sample_index": draws_index, "sample": draws_sample, "train": trains}
VIEWS = {}
TOLERANCES = {}
