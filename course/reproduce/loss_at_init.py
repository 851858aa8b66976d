"""The published figures on the loss at initialization, beside the project's own."""

import numpy as np

from course.experiments import head_start
from course.experiments.loss_at_init import jensen_gap, load_names
from course.experiments.names import split_names
from course.ps2_loss_at_init.reference import (
    bias_from_frequencies,
    cross_entropy,
    entropy,
    excess_initial_loss,
    expected_initial_loss,
    softmax,
)

from . import Figure

ANSWER = "Cross Validated, question on 'verify loss @ init' and its answer"
LESSON = "this course, lesson 2"
FREQUENCIES = np.array([0.7, 0.2, 0.1])


def figures():
    """Yield every published figure on the loss at initialization with the project's own."""
    for n_classes, published in ((2, "0.693147"), (10, "2.302585"), (27, "3.295837")):
        yield Figure(
            "003",
            ANSWER,
            f"-log(1/{n_classes}), nats",
            published,
            f"{expected_initial_loss(n_classes):.6f}",
        )
        logits = np.zeros((n_classes, n_classes))
        yield Figure(
            "003",
            ANSWER,
            f"loss of {n_classes} equal biases, nats",
            published,
            f"{cross_entropy(logits, np.arange(n_classes)):.6f}",
        )
    yield from biases()
    yield from traps()
    yield from head_starts()
    for spread, published in ((0.1, ".0048"), (0.5, ".1204"), (1.0, ".4815")):
        law = excess_initial_loss(spread, 27)
        measured = jensen_gap(spread, 27, np.random.default_rng(0))
        yield Figure(
            "003",
            LESSON,
            f"law of the excess at spread {spread}, 27 classes, nats",
            published,
            f"{law:.4f}"[1:],
            f"measured here on random logits: {measured:.4f}",
        )


def biases():
    """Yield the losses that a bias gives on frequencies of .7, .2, .1."""
    own = entropy(FREQUENCIES)
    yield Figure("003", ANSWER, "-sum f log f for f = (.7, .2, .1), nats", ".8018", _short(own))
    for name, bias, published in (
        ("log f", bias_from_frequencies(FREQUENCIES), ".8018"),
        ("equal", np.zeros((3, 1)), "1.0986"),
        ("f", FREQUENCIES.reshape(-1, 1), ".9279"),
    ):
        loss = -np.sum(FREQUENCIES * np.log(softmax(bias)[:, 0]))
        yield Figure("003", LESSON, f"loss with b = {name}, nats", published, _short(loss))


def head_starts():
    """Yield the training loss of the character RNN from two output biases."""
    names, _ = split_names(load_names())
    steps = (100, 300, 1000)
    published = {"by = 0": ("3.114", "2.764", "2.155"), "by = log f": ("2.797", "2.751", "2.192")}
    for name, net in head_start.small_starts(names).items():
        losses = head_start.curve(names, net, steps[-1], steps)
        for step, loss, text in zip(steps, losses, published[name], strict=True):
            what = f"RNN with {name}: mean loss of the 100 names before step {step}, nats"
            yield Figure("003", LESSON, what, text, f"{loss:.3f}")


def traps():
    """Yield the bounds of two losses that are wrong silently."""
    one_hot = np.zeros((27, 27))
    np.fill_diagonal(one_hot, 1.0)  # what softmax gives at its surest
    labels = np.arange(27)
    yield Figure(
        "003",
        LESSON,
        "softmax twice, 27 classes: least loss, nats",
        "2.358",
        f"{cross_entropy(one_hot, labels):.3f}",
    )
    yield Figure(
        "003",
        LESSON,
        "softmax twice, 27 classes: largest loss, nats",
        "3.358",
        f"{cross_entropy(one_hot, (labels + 1) % 27):.3f}",
    )
    yield Figure("003", LESSON, "-log(p + 1e-8) at most, nats", "18.4", f"{-np.log(1e-8):.1f}")


def _short(value):
    text = f"{value:.4f}"
    return text[1:] if text.startswith("0") else text
