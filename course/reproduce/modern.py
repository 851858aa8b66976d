"""Figures of lesson 5, which no thread is behind: deeper, wider and recurrent networks."""

import numpy as np

from course.experiments import circles, language_model, nets, normalized, recurrent, skips
from course.experiments.seed_lottery import first_below

from . import Figure
from .layers import like

LESSON = "this course, lesson 5"
GPT2 = "Radford et al. 2019, 12 blocks, 768 units, 50,257 tokens"
# Scale, and the step at which the net with skips leaves the plateau at rate 0.3.
SKIPS = ((0.01, "671"), (0.1, "175"))


def figure(source, what, published, value, note=""):
    """Return a `Figure` without a thread."""
    return Figure("", source, what, published, like(published, value), note)


def language_models():
    """Yield what GPT-2 small should lose before its training, and loses."""
    log_n = np.log(language_model.VOCABULARY)
    yield figure(GPT2, "first loss to expect, log 50257, nats", "10.82", log_n)
    yield figure(GPT2, "0.02 / sqrt(2 * 12)", "0.0041", 0.02 / np.sqrt(2 * language_model.N_BLOCKS))
    tokens = np.random.default_rng(1).integers(0, language_model.VOCABULARY, 65)
    log_q, _ = language_model.untrained(tokens, 0.02 / np.sqrt(24))
    note = f"log 50257 + 768 * 0.02**2 / 2 = {log_n + 768 * 0.02**2 / 2:.3f}"
    yield figure(LESSON, "loss of untrained GPT-2 small, nats", "10.978", -log_q.mean(), note)


def plateaus():
    """Yield how long a small start waits when its layers add to what they read."""
    X, y, _, _ = circles.circles()
    for scale, published in SKIPS:
        net = nets.start(np.random.RandomState(circles.SEED), [2, 20, 20, 20, 1], scale)
        costs = skips.descend(net, X, y, 0.3, 3000, skip=True, until=0.6)
        what = f"circles, 2-20-20-20-1 with skips, rate 0.3, scale {scale:g}: below 0.6 at step"
        yield figure(LESSON, what, published, first_below(costs, 0.6, every=1))


def products():
    """Yield what a factor for each step becomes."""
    W = recurrent.matrix("normal", np.random.default_rng(0))
    ends = [recurrent.growth(gain * W, 100, np.random.default_rng(1))[100] for gain in (1.1, 1.0)]
    yield figure(LESSON, "state at gain 1.1 against 1, 100 steps", "13781", ends[0] / ends[1])
    back = normalized.passes(1.0, "batch", np.random.default_rng(0))[1]
    what = "gradient through a batch-normalized ReLU layer, factor"
    note = f"sqrt(pi / (pi - 1)) = {np.sqrt(np.pi / (np.pi - 1)):.3f}, Yang et al. 2019"
    yield figure(LESSON, what, "1.21", back[-2] / back[-1], note)


def figures():
    """Yield every figure of this module.

    Yields
    ------
    Figure
    """
    yield from plateaus()
    yield from products()
    yield from language_models()
