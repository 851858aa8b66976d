"""Inputs on which the answers to ps4_char_rnn are compared with the reference."""

from itertools import product

import numpy as np

from course.ps4_char_rnn.encode import encode
from course.ps4_char_rnn.greedy_name import greedy_name
from course.ps4_char_rnn.name_loss import name_loss
from course.ps4_char_rnn.optimize import optimize
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
SIZES = {"dWya": 10.0 ** rng.uniform(-11, 3, (5, 4)), "dby": np.array([[2.0], [-2.0], [1 / 3]])}
SIGNS = {c: i for i, c in enumerate("\n -Aab")}
MOVED = {"a": 0, "b": 1, "\n": 2, "c": 3}  # the newline is not 0
# A state that is kept for hundreds of steps, and logits that make the letter a nearly impossible.
KEEPING = {name: 0.05 * each for name, each in PARAMS.items()}
KEEPING |= {"Waa": 0.99 * np.eye(N_A)[:, ::-1], "Wya": rng.standard_normal((N_X, N_A))}
UNLIKELY = PARAMS | {"by": np.array([[0.0], [-120.0], [0.0], [0.0]])}
NEARLY_IMPOSSIBLE = PARAMS | {"by": np.array([[0.0], [-690.0], [0.0], [0.0]])}
TEXT = rng.integers(0, N_X, 1030).tolist()
READ, READ_CACHE = [None, *TEXT[:-1]], rnn_forward([None, *TEXT[:-1]], TEXT, A0, KEEPING)[1]
GREEDY = [{n: 2 * rng.standard_normal(s) for n, s in SHAPES.items()} for _ in range(30)]

CASES = {
    "build_vocabulary": [
        (NAMES,),
        (["zed", "y"],),
        (["Ab", "aB"],),
        ([" A-", "b9"],),
        (["".join(map(chr, range(33, 127)))],),
        *[(["b\ta"],), (["a", "b"] * 1500 + ["fog"],)],
    ],
    "encode": [
        *[(name, CHARS) for name in ("cab", "aa", "b", "", "abc" * 400)],
        *[("cab", MOVED), (" A-b ", SIGNS)],
    ],
    "rnn_step_forward": [
        *[(PARAMS, A0, np.eye(N_X)[:, [2]]), (PARAMS, ZERO, np.zeros((N_X, 1)))],
        *[(params, A0, np.eye(N_X)[:, [3]]) for params in (PARAMS, ENDLESS)],
        *[(PARAMS | {"by": n * UNLIKELY["by"]}, A0, np.eye(N_X)[:, [0]]) for n in (4, 7)],
        (PARAMS | {"by": PARAMS["by"] + 2000}, A0, np.eye(N_X)[:, [1]]),
    ],
    "rnn_forward": [
        (X, Y, A0, PARAMS),
        (*encode("a", CHARS), ZERO, PARAMS),
        ([None, 0, 2], [0, 2, 0], ZERO, PARAMS),
        ([None, 2], [2, 1], A0, UNLIKELY),
        ([None, 2], [2, 1], A0, NEARLY_IMPOSSIBLE),
        (READ, TEXT, A0, KEEPING),
    ],
    "rnn_backward": [
        (Y, PARAMS, CACHE),
        (LONG[1], PARAMS, rnn_forward(*LONG, ZERO, PARAMS)[1]),
        (TEXT, KEEPING, READ_CACHE),
    ],
    "clip": [
        *[(GRADIENTS, 5), (GRADIENTS, 0.5), (GRADIENTS, 100.0), (SIZES, 2)],
        ({"dU": np.array([[4.0, -5.0]]), "c": np.array([[-9.0]])}, 2),
    ],
    "apply_temperature": [
        *[(z, t) for z in (LOGITS, LOGITS[:, None]) for t in (1.0, 0.5, 2.0)],
        *[(LOGITS, 0.03), (1e-5 * LOGITS, 2e-5), (LOGITS, 90.0), (1e5 * LOGITS, 1e5)],
        *[(100 * LOGITS, 1.0), (1e6 * LOGITS, 1e6), (LOGITS, 1e-12)],
        (1000 * LOGITS, 1.0),
        (1000 * LOGITS[:, None], 1000.0),
        (LOGITS, 0),
        (LOGITS, -1.0),
    ],
    "greedy_name": [
        *[(params, CHARS, 6) for params in GREEDY],
        *[(params, MOVED, 6) for params in GREEDY],
        (PARAMS | {"by": PARAMS["by"] - 60 * np.eye(N_X)[:, [2]]}, MOVED, 7),
        *[(params, CHARS, len(greedy_name(params, CHARS, 6))) for params in GREEDY],
        (ENDLESS, CHARS),
        (ENDLESS, CHARS, 7),
        (ENDLESS, CHARS, 60),
    ],
    "optimize": [
        (X, Y, A0, PARAMS),
        (X, Y, A0, PARAMS, 0.1),
        (X, Y, A0, PARAMS, 0.0),
        (*LONG, ZERO, PARAMS, 0.1),
        (*LONG, ZERO, PARAMS, 0.1, 0.3),
        (*LONG, ZERO, PARAMS, 0.1, 1000),
    ],
    "name_loss": [
        *[(name, PARAMS, CHARS) for name in [*NAMES, "", "abc" * 40]],
        *[("cab", PARAMS, MOVED), ("cab", UNLIKELY, CHARS), ("ab" * 130, UNLIKELY, CHARS)],
        ("cab", NEARLY_IMPOSSIBLE, CHARS),
    ],
    "perplexity": [
        (23.07, 7),
        (3.295836866004329, 1),
        (0.0, 4),
        (40, 5),
        (200 / 7, 3),
        (6000.0, 10),
    ],
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
    # Of many small probabilities, that is where rounding and uniform draws show.
    p = np.concatenate([[0.49], np.full(345, 0.5 / 345), np.full(500, 0.01 / 500)])
    generator = np.random.default_rng(6)
    drawn = np.array([int(answer(p, generator)) for _ in range(4000)])
    assert_shares(list(np.digitize(drawn, [1, 346])), {0: 0.49, 1: 0.5, 2: 0.01})
    assert len(set(drawn[drawn < 346])) > 300
    # Of smaller ones, where three digits miss a half of them, and what is left out shows.
    few = np.concatenate([[0.5], np.full(1600, 0.4 / 1600), np.full(2000, 0.1 / 2000)])
    drawn = np.array([int(answer(few, generator)) for _ in range(4000)])
    assert_shares(list(np.digitize(drawn, [1, 1601])), {0: 0.5, 1: 0.4, 2: 0.1})
    assert len(set(drawn[(drawn > 0) & (drawn < 1601)])) > 850
    tools.assert_only_from_rng(lambda g: [answer(p, g) for _ in range(40)])


def sequences(params, max_length, newline):
    """Return the probability of every name of at most `max_length` letters."""
    shares = {}
    for letters in product(range(N_X), repeat=max_length):
        a, x, p_all, name = ZERO, np.zeros((N_X, 1)), 1.0, ()
        for letter in letters:
            a, p = rnn_step_forward(params, a, x)
            p_all, name, x = p_all * p[letter, 0], (*name, letter), np.eye(N_X)[:, [letter]]
            if letter == newline:
                break
        shares[name if name[-1] == newline else (*name, newline)] = p_all
    return shares


def draws_sample(answer):
    for generator, chars in zip(tools.generators(2), (CHARS, MOVED)):
        shares = sequences(PARAMS, 3, chars["\n"])
        assert abs(sum(shares.values()) - 1) < 1e-9
        names = [answer(PARAMS, chars, generator, 3) for _ in range(3000)]
        assert all(isinstance(name, list | tuple) for name in names)
        assert_shares([tuple(map(int, name)) for name in names], shares)
        for expected, extra in [(51, ()), (8, (7,)), (81, (80,))]:
            assert len(answer(ENDLESS, CHARS, generator, *extra)) == expected
    tools.assert_only_from_rng(lambda g: answer(ENDLESS, CHARS, g, 40))
    tools.assert_unchanged(answer, (PARAMS, CHARS, np.random.default_rng(3), 5))


def assert_small_draws(matrices):
    """Assert that weights are small, each drawn on its own; one matrix may be zero."""
    random = [each for each in matrices if each.any()]
    drawn = np.concatenate([each.ravel() for each in random])
    assert len(random) >= 2 and np.max(np.abs(drawn)) < 0.6
    assert len(np.unique(np.abs(drawn))) == len(drawn)
    assert abs(np.sum(np.sign(drawn))) < tools.SIGMAS * np.sqrt(len(drawn))
    Wax, Waa, Wya = matrices
    others = Waa[~np.eye(len(Waa), dtype=bool)]
    assert abs(np.trace(Waa)) <= tools.SIGMAS * np.sqrt(len(Waa)) * np.std(others)
    assert np.ptp(Wax) * np.ptp(Wya) == 0 or np.corrcoef(Wax.ravel(), Wya.T.ravel())[0, 1] < 0.999


def assert_nothing_in_common(matrices):
    """Assert that no weight of a wide network is far out, and no signs of rows alternate."""
    random = [each for each in matrices if each.any()]
    assert all(np.max(np.abs(each)) < 8 * np.sqrt(np.mean(each**2)) for each in random)
    signs = [np.sign(np.sum(each, axis=1)) for each in random]
    changes = np.concatenate([each[1:] * each[:-1] for each in signs])
    assert abs(np.sum(changes)) < tools.SIGMAS * np.sqrt(len(changes))


def order_of(answer, names, seed):
    """Return in which order the names come in the first pass."""
    params, losses = answer(names, len(names), 6, 0.0, np.random.default_rng(seed))
    known = np.array([name_loss(name, params, CHARS) for name in names])
    return np.argmin(np.abs(losses[:, np.newaxis] - known), axis=1)


def assert_follows(answer, kind):
    """Assert that some steps on one name are those of gradient descent from where they start."""
    make = np.random.default_rng if kind is np.random.Generator else np.random.RandomState
    expected, _ = answer(["cabba"], 1, 5, 0.0, make(8))
    params, losses = answer(["cabba"], 30, 5, 0.2, make(8))
    for loss in losses:
        right, expected, _ = optimize(*encode("cabba", CHARS), np.zeros((5, 1)), expected, 0.2, 5)
        np.testing.assert_allclose(loss, right, rtol=1e-9)
    for name, each in expected.items():
        np.testing.assert_allclose(params[name], each, rtol=1e-8, atol=1e-12)


def trains(answer):
    names = ["cab", "abba", "bacca", "a", "cc", "bb", "acb", "bcabc"]
    n = len(names)
    for generator in tools.generators(4):
        params, losses = answer(list(names), 14 * n, 6, 0.0, generator)
        shapes = {"Wax": (6, 4), "Waa": (6, 6), "Wya": (4, 6), "b": (6, 1), "by": (4, 1)}
        assert {name: np.shape(value) for name, value in params.items()} == shapes
        assert_small_draws([params[w] for w in shapes if w[0] == "W"])
        assert not np.any(params["b"]) and not np.any(params["by"])
        assert isinstance(losses, np.ndarray) and losses.shape == (14 * n,)
        # Without a step nothing is learned: each loss is that of its name, from a zero state.
        exact = sorted(name_loss(name, params, CHARS) for name in names)
        np.testing.assert_allclose(sorted(losses[:n]), exact, rtol=1e-12)
        np.testing.assert_allclose(losses[n:], losses[:-n], rtol=1e-12)
        given = list(names)
        assert answer(given, 5, 6, 0.1, generator)[1].shape == (5,)
        assert given == names
        assert_follows(answer, type(generator))
        params, losses = answer(["cabba"], 400, 10, 0.1, generator)
        assert abs(losses[0] - 6 * np.log(4)) < 0.1 and losses[-1] < 0.2
        assert greedy_name(params, CHARS) == encode("cabba", CHARS)[1]
        for rate in (1.0, 0.5):
            params, losses = answer(["c" * 80], 1, 6, rate, generator)
            assert abs(losses[0] - 81 * np.log(2)) < 1
            assert 4 < np.max(np.abs(params["by"])) / rate < 5.5
    starts = [answer(names, 1, 6, rate, np.random.default_rng(9))[1][0] for rate in (0.0, 0.5)]
    assert starts[0] == starts[1]
    wide, _ = answer(names, 1, 40, 0.0, np.random.default_rng(9))
    assert_nothing_in_common([wide[w] for w in shapes if w[0] == "W"])
    orders = [order_of(answer, names, i) for i in range(6)]
    assert len(set(map(tuple, orders))) > 1
    assert any(len(set(np.diff(order) % n)) > 1 for order in orders)  # else the list was turned
    assert any(np.sum(order == np.arange(n)) < n // 2 for order in orders)
    tools.assert_only_from_rng(lambda g: answer(names, 3, 4, 0.01, g)[1])


DRAWS = {"sample_index": draws_index, "sample": draws_sample, "train": trains}


def logarithms(p):
    """Return what tells small probabilities apart; what is no probability becomes the least."""
    return np.log(np.maximum(p, 1e-306))


VIEWS = {
    "rnn_step_forward": lambda result: (result[0], logarithms(result[1])),
    "apply_temperature": logarithms,
}
TOLERANCES = dict.fromkeys(CASES, 1e-11) | {"apply_temperature": 1e-10}
