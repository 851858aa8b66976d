"""Answers of other hands: wrong ones that passed once fail, right ones that failed once pass.

Most are declared beside the exercises, as mistakes or as right answers. Here are those that no
student would be told about by a name.
"""

import pytest

from .judged import finding

FORGETS = r"""
def sample(params, char_to_ix, rng, max_length=50):
    a, x, out, end = np.zeros_like(params["b"]), np.zeros_like(params["by"]), [], char_to_ix["\n"]
    for t in range(max_length):
        if t % 6 == 5: a = 0 * a
        a, p = rnn_step_forward(params, a, x); i = sample_index(p, rng); out.append(i)
        if i == end: return out
        x = np.zeros_like(x); x[i] = 1
    return out + [end]
"""
TRAIN = """
def train(names, n_steps, n_a, learning_rate, rng):
    c = build_vocabulary(names)[0]; n = len(c); o = rng.permutation(len(names))
    draw = lambda *shape: {scale} * rng.standard_normal(shape)
    p = dict(Wax=draw(n_a, n), Waa={Waa}, Wya={Wya}, b=np.zeros((n_a, 1)), by=np.zeros((n, 1)))
    L = np.zeros(n_steps)
    for t in range(n_steps):
        X, Y = encode(names[o[t % len(names)]], c)
        L[t], p, _ = optimize(X, Y, np.zeros((n_a, 1)), p, learning_rate, 5)
    return p, L
"""


def train(scale=0.01, Waa="draw(n_a, n_a)", Wya="draw(n, n_a)"):
    return TRAIN.format(scale=scale, Waa=Waa, Wya=Wya)


@pytest.mark.thorough
def test_a_state_that_is_forgotten_on_the_way_shows():
    found = finding("ps4_char_rnn", "sample", FORGETS)
    assert found.state == "failed" and "70 letters" in found.message


@pytest.mark.thorough
@pytest.mark.parametrize(
    "text",
    [
        train(scale=2e-5),
        train(scale=1e-6),
        train(scale=0.14),
        train(scale=0.1, Wya="np.zeros((n, n_a))"),
        train(Waa="np.zeros((n_a, n_a))"),
    ],
)
def test_a_start_that_the_text_allows_passes(text):
    assert finding("ps4_char_rnn", "train", text).message == ""
