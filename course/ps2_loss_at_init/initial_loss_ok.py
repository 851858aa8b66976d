"""Does the loss start where it should?"""

import numpy as np

from autograder.model import Exercise, case

from .class_frequencies import class_frequencies
from .cross_entropy import cross_entropy
from .entropy import entropy
from .shared import draw_frequencies

# Several draws: an answer is one of two, and with few of them guesses would be right at times.
exercise = Exercise(points=2, draws=2)

TINY = np.finfo(float).tiny


@exercise.reference
def initial_loss_ok(logits, labels, frequencies, tolerance=0.05):
    """Return whether the loss at initialization is the entropy of `frequencies`.

    Parameters
    ----------
    logits : (C, m) ndarray
    labels : (m,) ndarray of int
    frequencies : (C,) ndarray
    tolerance : float, optional
        Largest difference accepted, in nats, on either side.

    Returns
    -------
    bool
    """
    return bool(abs(cross_entropy(logits, labels) - entropy(frequencies)) <= tolerance)


@exercise.cases
def cases(rng):
    C, m = 6, 60
    f = draw_frequencies(rng, C)
    labels = np.repeat(np.arange(C), np.round(f * m).astype(int) + 1)
    exact = np.bincount(labels, minlength=C) / len(labels)
    log_f = np.log(exact).reshape(-1, 1) * np.ones((1, len(labels)))
    zeros = np.zeros_like(log_f)
    gap = cross_entropy(zeros, labels) - entropy(exact)
    yield case(log_f, labels, exact, label="logits log f on unbalanced classes")
    yield case(
        zeros, labels, exact, min(0.05, gap / 2), label="logits of zero on unbalanced classes"
    )
    yield case(zeros, labels, exact, 2 * gap, label="a tolerance wide enough")
    yield case(3 * np.eye(C)[:, labels], labels, exact, label="a loss far below the entropy")
    yield case(rng.normal(0, 4, log_f.shape), labels, exact, label="a loss far above it")
    yield from _balanced(C)
    for gap_of_default in (0.04999, 0.05001):
        near = _blended_to(log_f, labels, entropy(exact) + gap_of_default)
        yield case(near, labels, exact, label=f"a loss {gap_of_default} nats above the entropy")
        below = _sharpened_to(log_f, labels, entropy(exact) - gap_of_default)
        yield case(below, labels, exact, label=f"a loss {gap_of_default} nats below the entropy")
    yield case(
        log_f,
        labels,
        np.full(C, 1 / C),
        0.5 * gap,
        label="frequencies that are not the labels' own shares",
    )
    other = draw_frequencies(rng, C)
    log_other = np.log(other).reshape(-1, 1) * np.ones((1, len(labels)))
    gap_of_other = abs(cross_entropy(log_other, labels) - entropy(other))
    yield case(
        log_other,
        labels,
        other,
        gap_of_other / 2,
        label="logits log f, of labels with other shares",
    )
    yield from _one_class(C)
    yield case(
        np.zeros((1, 4)), np.zeros(4, int), np.ones(1), 0.0, label="one class and a tolerance of 0"
    )
    near = np.zeros((2, 4)) + [[rng.uniform(1e-6, 2e-6)], [0]]
    yield case(
        near, np.zeros(4, int), np.full(2, 0.5), 0.0, label="a millionth off, a tolerance of 0"
    )
    # The answers above are the same with every seed; these are not.
    for logits, what in (
        (zeros, "logits of zero"),
        (rng.normal(0, 1, zeros.shape), "any logits"),
        (log_f + rng.normal(0, 0.05, zeros.shape), "logits near log f"),
        (2.5 * np.eye(C)[:, labels], "logits sure of the labels"),
        (rng.normal(0, 6, zeros.shape), "logits of a wide spread"),
    ):
        gap = abs(cross_entropy(logits, labels) - entropy(exact))
        tolerance = float(f"{gap * rng.choice([1 - 1e-5, 1 + 1e-5]):.7g}")
        yield case(logits, labels, exact, tolerance, label=f"{what}, a tolerance of {tolerance}")


def _balanced(C):
    logits, labels = np.zeros((C, 60)), np.arange(60) % C
    yield case(logits, labels, np.full(C, 1 / C), label="logits of zero on balanced classes")


def _one_class(C):
    logits, labels = 8 * np.eye(C)[:, [1] * 20], np.full(20, 1)
    yield case(logits, labels, np.eye(C)[1], label="one class that always occurs")


def _blended_to(logits, labels, loss):
    """Blend logits with a wrong guess until they have the given loss."""
    return _between(logits, np.roll(logits, 1, axis=0), labels, loss)


def _sharpened_to(logits, labels, loss):
    """Raise the logits of the labels until the loss is down to the given one."""
    return _between(logits + 3 * np.eye(len(logits))[:, labels], logits, labels, loss)


def _between(low, high, labels, loss):
    """Return the blend of two arrays of logits, of a low and a high loss, that has this one."""
    below, above = 0.0, 1.0
    for _ in range(40):
        middle = (below + above) / 2
        if cross_entropy((1 - middle) * low + middle * high, labels) < loss:
            below = middle
        else:
            above = middle
    return (1 - below) * low + below * high


@exercise.mistake(
    "The loss was compared with log n, which is right for balanced classes only; the best constant "
    "prediction has the entropy of the frequencies."
)
def log_n(logits, labels, frequencies, tolerance=0.05):
    return abs(cross_entropy(logits, labels) - np.log(len(frequencies))) <= tolerance


@exercise.mistake(
    "A loss far below the entropy is as suspicious as one above it: the tolerance holds on either "
    "side."
)
def one_side(logits, labels, frequencies, tolerance=0.05):
    return cross_entropy(logits, labels) - entropy(frequencies) <= tolerance


@exercise.mistake(
    "A loss far above the entropy is as suspicious as one below it: the tolerance holds on either "
    "side."
)
def lower_side(logits, labels, frequencies, tolerance=0.05):
    return entropy(frequencies) - cross_entropy(logits, labels) <= tolerance


@exercise.mistake("`tolerance` is always taken as 0.05.")
def tolerance_ignored(logits, labels, frequencies, tolerance=0.05):
    return abs(cross_entropy(logits, labels) - entropy(frequencies)) <= 0.05


@exercise.mistake("The tolerance was taken as a share of the entropy; it is absolute, in nats.")
def relative(logits, labels, frequencies, tolerance=0.05):
    target = entropy(frequencies)
    return abs(cross_entropy(logits, labels) - target) <= tolerance * target


@exercise.mistake(
    "The loss was compared with the entropy of the labels' own shares; compare it with that of the "
    "given `frequencies`."
)
def own_shares(logits, labels, frequencies, tolerance=0.05):
    shares = class_frequencies(labels, len(frequencies))
    return abs(cross_entropy(logits, labels) - entropy(shares)) <= tolerance


@exercise.mistake(
    "The loss was compared with the one that logits of log f have on these labels; compare it with "
    "the entropy of `frequencies`, which does not depend on the labels."
)
def loss_of_best_bias(logits, labels, frequencies, tolerance=0.05):
    b = np.log(np.maximum(frequencies, TINY)).reshape(-1, 1)
    best = cross_entropy(b + np.zeros_like(logits, dtype=float), labels)
    return abs(cross_entropy(logits, labels) - best) <= tolerance


@exercise.mistake("The entropy was taken in bits; the loss that it is compared with is in nats.")
def entropy_in_bits(logits, labels, frequencies, tolerance=0.05):
    target = entropy(frequencies) / np.log(2)
    return abs(cross_entropy(logits, labels) - target) <= tolerance


@exercise.mistake(
    "With a frequency of 0 the entropy became NaN, and no comparison with NaN is True."
)
def nan_at_zero(logits, labels, frequencies, tolerance=0.05):
    target = -np.sum(frequencies * np.log(frequencies))
    return abs(cross_entropy(logits, labels) - target) <= tolerance


@exercise.mistake("The answer is True whatever the loss is.")
def always_true(logits, labels, frequencies, tolerance=0.05):
    return True


@exercise.mistake("The answer is False whatever the loss is.")
def always_false(logits, labels, frequencies, tolerance=0.05):
    return False


@exercise.mistake("True and False are swapped.")
def negated(logits, labels, frequencies, tolerance=0.05):
    return abs(cross_entropy(logits, labels) - entropy(frequencies)) > tolerance


DIFFERENCE = (
    "That is the difference itself; expected True or False, whether it is within the tolerance."
)


@exercise.mistake(DIFFERENCE)
def difference(logits, labels, frequencies, tolerance=0.05):
    return abs(cross_entropy(logits, labels) - entropy(frequencies))


@exercise.mistake(DIFFERENCE, id="difference")
def signed_difference(logits, labels, frequencies, tolerance=0.05):
    return cross_entropy(logits, labels) - entropy(frequencies)


@exercise.mistake(
    "A loss that is off raised an error; expected False, and the caller decides what to do about "
    "it."
)
def assertion(logits, labels, frequencies, tolerance=0.05):
    assert abs(cross_entropy(logits, labels) - entropy(frequencies)) <= tolerance
    return True


@exercise.refused("`return` line")
def prints(logits, labels, frequencies, tolerance=0.05):
    off = abs(cross_entropy(logits, labels) - entropy(frequencies))
    print("loss at start is ok" if off <= tolerance else "loss at start is off")


@exercise.right
def vectorised(logits, labels, frequencies, tolerance=0.05):
    return np.abs(cross_entropy(logits, labels) - entropy(frequencies)) <= tolerance


@exercise.right
def loops(logits, labels, frequencies, tolerance=0.05):
    off = cross_entropy(logits, labels) - entropy(frequencies)
    within = True
    if off > tolerance:
        within = False
    if off < -tolerance:
        within = False
    return within


@exercise.right
def own_style(logits, labels, frequencies, tolerance=0.05):
    gap = cross_entropy(logits, labels) - entropy(frequencies)
    return not (gap < -tolerance or gap > tolerance)


@exercise.right
def unusual(logits, labels, frequencies, tolerance=0.05):
    f = np.maximum(frequencies, TINY)
    target = -(f * np.log(f)).sum()
    loss = float(cross_entropy(logits, labels))
    return bool(target - tolerance <= loss <= target + tolerance)
