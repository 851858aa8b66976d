"""Inputs on which the answers to ps2_loss_at_init are compared with the reference."""

import numpy as np

from course.ps2_loss_at_init.softmax import softmax

from .. import tools

rng = np.random.default_rng(11)
LOGITS = rng.standard_normal((4, 7)) * 3
LABELS = rng.integers(0, 4, size=7)
WIDE = np.array([[1000.0, -3000.0, 0.0], [998.0, -3001.0, 1.0], [0.0, -3000.5, 2.0]])
APART = np.array([[0.0, 3000.0], [1500.0, 0.0], [3000.0, 1400.0]])
FREQUENCIES = np.array([0.7, 0.2, 0.1])
RARE = np.array([1e-3, 1e-6, 1e-9, 1e-11, 0.5, 0.498998998989])
WITH_ZERO = np.array([0.5, 0.0, 0.5])
TARGETS = np.array([1.0, 1.5, 2.0, 4.0, 9.0, 40.0])
ODD = rng.standard_normal(31) * 5 + 3
UNBALANCED = (np.log(FREQUENCIES)[:, None] + np.zeros(10), np.repeat([0, 1, 2], [7, 2, 1]))
BALANCED = (np.zeros((3, 10)), UNBALANCED[1])
BIT_OFF = (np.log(FREQUENCIES)[:, None] + np.zeros(10), np.repeat([0, 1, 2], [6, 3, 1]))

CASES = {
    "softmax": [
        (LOGITS,),
        (np.zeros((3, 2)),),
        (WIDE,),
        (APART,),
        (LOGITS[:, :1],),
        (13 * LOGITS,),
        (np.array([[0, -690], [-704, 0]]) + np.array([1, 5]),),
        (np.array([[0.0], [-704.0]]),),
    ],
    "cross_entropy": [
        (LOGITS, LABELS),
        (np.zeros((27, 5)), np.arange(5)),
        (WIDE, np.array([0, 1, 2])),
        (WIDE, np.array([2, 1, 0])),
        (APART, np.array([2, 0])),
    ],
    "expected_initial_loss": [(2,), (10,), (27,)],
    "class_frequencies": [
        (np.array([0, 2, 2, 1, 0, 0]), 3),
        (np.array([1, 1, 3]), 6),
        (np.array([0]), 2),
    ],
    "bias_from_frequencies": [
        (FREQUENCIES,),
        (np.full(5, 0.2),),
        (np.array([1e-12, 0.3, 0.7]),),
        (np.array([0.5, 0.5, 0.0]),),
        (WITH_ZERO,),
        (np.array([1.2, -0.2]),),
    ],
    "entropy": [
        (FREQUENCIES,),
        (WITH_ZERO,),
        (np.array([1.0, 0.0]),),
        (np.full(27, 1 / 27),),
        (RARE,),
    ],
    "excess_initial_loss": [(0.5, 27), (1, 2), (3.0, 10)],
    "initial_loss_regression": [
        *[(t, name) for t in (TARGETS, ODD) for name in ("squared", "absolute", "huber", "l2")],
        (TARGETS, "huber", 2.5),
        (ODD, "huber", 0.7),
        (ODD, "huber", 100.0),
    ],
    "initial_loss_ok": [
        (*UNBALANCED, FREQUENCIES),
        (*BALANCED, FREQUENCIES),
        (*BALANCED, FREQUENCIES, 0.4),
        (*BIT_OFF, FREQUENCIES),
        (*BIT_OFF, FREQUENCIES, 0.14),
        (UNBALANCED[0], np.zeros(10, dtype=int), FREQUENCIES),
        (UNBALANCED[0], np.zeros(10, dtype=int), FREQUENCIES, 0.43),
        (np.zeros((3, 4)) + [[0.0], [-800.0], [0.0]], np.array([0, 2, 0, 2]), WITH_ZERO),
    ],
}

# A bias is only defined up to a constant.
VIEWS = {
    "bias_from_frequencies": lambda b: b - b[0, 0],
    "softmax": lambda p: np.stack([p, p**0.01]),  # so that each counts by its own size, too
}
TOLERANCES = {
    "initial_loss_regression": 1e-6,
    "softmax": 1e-13,
    "expected_initial_loss": 1e-12,
    "bias_from_frequencies": 1e-12,
    "entropy": 1e-13,
}


def draws_output_layer(answer):
    f = np.array([0.4, 0.1, 0.05, 0.05, 0.1, 0.1, 0.1, 0.1])
    for generator in tools.generators(3):
        W, b = answer(1000, f, 0.02, generator)
        assert W.shape == (8, 1000) and b.shape == (8, 1)
        tools.assert_normal(W, 0.02)
        np.testing.assert_allclose(softmax(b)[:, 0], f)
    tools.assert_only_from_rng(lambda rng: answer(3, f, 0.1, rng)[0])


DRAWS = {"initialize_output_layer": draws_output_layer}
