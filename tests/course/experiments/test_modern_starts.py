"""What lesson 5 computes: every gradient beside differences, and attention that sees no future."""

import numpy as np
import pytest

from course.experiments import language_model, memory, nets, normalized, recurrent, skips, widths

STEP = 1e-6


def along(cost, net, d):
    """Return the slope of a cost along a random direction, by differences and by its gradient."""
    rng = np.random.default_rng(7)
    way = {name: rng.standard_normal(array.shape) for name, array in net.items()}
    ahead, behind = (
        cost({name: net[name] + sign * STEP * way[name] for name in net}) for sign in (1, -1)
    )
    return (ahead - behind) / (2 * STEP), sum(np.sum(d[name] * way[name]) for name in net)


@pytest.mark.parametrize("skip", [False, True])
def test_slopes_with_and_without_skips(skip):
    rng = np.random.default_rng(0)
    net = nets.start(rng, [3, 5, 5, 5, 1], 0.7)
    for k in range(1, 5):  # away from ReLU's corner, where a layer without input would be
        net[f"b{k}"] += 0.1 * rng.standard_normal(net[f"b{k}"].shape)
    X, y = rng.standard_normal((3, 9)), rng.integers(0, 2, (1, 9))

    def cost(net):
        return np.mean(nets.costs(skips.outputs(net, X, skip)[1][-1], y))

    d = skips.slopes(net, *skips.outputs(net, X, skip), y, skip)
    assert np.isclose(*along(cost, net, d), rtol=1e-5)


def test_slopes_through_time():
    rng = np.random.default_rng(0)
    X, bits = memory.sequences(rng, 6, 5)
    net = {"W": recurrent.matrix("normal", rng, 1.0, 4)}
    net |= {"U": rng.standard_normal((4, 1)), "v": rng.standard_normal((1, 4))}
    _, d = memory.slopes(net, X, bits)
    assert np.isclose(*along(lambda each: memory.slopes(each, X, bits)[0], net, d), rtol=1e-5)


def test_slopes_of_the_next_character():
    rng = np.random.default_rng(0)
    net = {name: array.astype(float) for name, array in widths.start(8, "muP", rng).items()}
    X, labels = rng.standard_normal((81, 6)), rng.integers(0, 27, 6)
    _, d = widths.slopes(net, X, labels)
    assert np.isclose(*along(lambda each: widths.slopes(each, X, labels)[0], net, d), rtol=1e-5)


@pytest.mark.parametrize("axis", normalized.AXES.values(), ids=normalized.AXES)
def test_the_gradient_below_a_normalization(axis):
    rng = np.random.default_rng(0)
    z, above = rng.standard_normal((2, 4, 6))
    out, std = normalized.divided(z, axis)
    d = {"z": normalized.back_through(above, out, std, axis)}

    def cost(each):
        return np.sum(above * normalized.divided(each["z"], axis)[0])

    assert np.isclose(*along(cost, {"z": z}, d), rtol=1e-5)


def test_an_orthogonal_start_keeps_every_length():
    W = recurrent.matrix("orthogonal", np.random.default_rng(0), n=7)
    assert np.allclose(W.T @ W, np.eye(7))
    assert np.allclose(recurrent.growth(W, 5, np.random.default_rng(1)), 1)


def test_attention_does_not_look_ahead():
    x = np.random.default_rng(0).standard_normal((12, 5), dtype=np.float32)
    changed = x.copy()
    changed[:, 4] += 1
    one, other = (
        language_model.attention(each, np.random.default_rng(1), 0.02, width=12, n_heads=3)
        for each in (x, changed)
    )
    assert np.allclose(one[:, :4], other[:, :4], rtol=1e-5) and not np.allclose(one, other)


def test_both_rules_agree_at_the_base_width_and_only_there():
    narrow, wide = (
        [widths.start(width, rule, np.random.default_rng(0)) for rule in widths.RULES]
        for width in (widths.BASE, 2 * widths.BASE)
    )
    assert all(np.array_equal(narrow[0][name], narrow[1][name]) for name in widths.LAYERS)
    assert np.allclose(wide[0]["W3"], wide[1]["W3"] * np.sqrt(2))
    assert widths.rates(0.1, widths.BASE, "muP") == widths.rates(0.1, widths.BASE, "standard")
