"""The loss of a batch: the mean surprise at its labels."""

import math

import numpy as np

from autograder.cases import value
from autograder.model import Exercise, case

from .shared import room_of
from .softmax import log_softmax, softmax

exercise = Exercise(points=3)


@exercise.reference
def cross_entropy(logits, labels):
    """Return the mean cross-entropy of ``softmax(logits)`` against `labels`, in nats.

    Parameters
    ----------
    logits : (C, m) ndarray
    labels : (m,) ndarray of int

    Returns
    -------
    float
    """
    return -np.mean(log_softmax(logits)[labels, np.arange(len(labels))])


@exercise.cases
def cases(rng):
    C, m = rng.integers(4, 7), rng.integers(8, 12)
    yield case(rng.normal(0, 2, (C, m)), rng.integers(0, C, m), label=f"{m} examples, {C} classes")
    yield case(rng.normal(0, 1, (C, C)), rng.integers(0, C, C), label="as many examples as classes")
    yield case(
        1000 * rng.normal(0, 1, (C, m)), rng.integers(0, C, m), label="logits in the thousands"
    )
    yield case(np.zeros((C, m)), rng.integers(0, C, m), label="logits that are all zero")
    yield case(rng.normal(0, 2, (C, 1)), rng.integers(0, C, 1), label="a single example")
    apart = 1000 * rng.normal(0, 1, (C, m)) + np.arange(C)[:, None]
    yield case(apart, np.argmax(apart, axis=0), label="labels at the largest of logits far apart")
    yield case(1e5 * rng.normal(0, 1, (C, m)), rng.integers(0, C, m), label="logits 100,000 apart")
    yield case(
        rng.integers(-4, 5, (C, m)), np.full(m, C - 1), label="whole logits, all of the last class"
    )
    yield case(np.zeros((1, 3)), np.zeros(3, int), label="a single class", only="hidden")


@exercise.expected
def expected(exercise, case_input):
    """A loss may be much smaller than the logits that it is the difference of."""
    room = room_of(case_input.args[0])
    return value(rtol=room, atol=room)(exercise, case_input)


@exercise.mistake("That is the sum over the examples; expected the mean.", id="sum")
def sum_over_examples(logits, labels):
    z = logits - np.max(logits, axis=0)
    log_p = z - np.log(np.sum(np.exp(z), axis=0))
    return -np.sum(log_p[labels, np.arange(len(labels))])


@exercise.mistake("That is in bits, a logarithm to base 2; expected nats, the natural logarithm.")
def base_2(logits, labels):
    z = logits - np.max(logits, axis=0)
    log_p = z - np.log(np.sum(np.exp(z), axis=0))
    return -np.mean(log_p[labels, np.arange(len(labels))]) / np.log(2)


@exercise.mistake("That is a logarithm to base 10; expected the natural logarithm.")
def base_10(logits, labels):
    z = logits - np.max(logits, axis=0)
    log_p = z - np.log(np.sum(np.exp(z), axis=0))
    return -np.mean(log_p[labels, np.arange(len(labels))]) / np.log(10)


@exercise.mistake("The softmax was applied twice: its probabilities were treated as logits again.")
def softmax_twice(logits, labels):
    p = softmax(softmax(logits))
    return -np.mean(np.log(p[labels, np.arange(len(labels))]))


@exercise.mistake(
    "The logits were used as logarithms of probabilities: the softmax is missing, and with it "
    "the logarithm of the sum of the exponentials."
)
def no_softmax(logits, labels):
    return -np.mean(logits[labels, np.arange(len(labels))])


@exercise.mistake("The softmax runs along the wrong axis: each column is one example.")
def wrong_axis(logits, labels):
    z = logits - np.max(logits, axis=1, keepdims=True)
    log_p = z - np.log(np.sum(np.exp(z), axis=1, keepdims=True))
    return -np.mean(log_p[labels, np.arange(len(labels))])


@exercise.mistake("The sign is wrong: a loss is never negative.")
def sign(logits, labels):
    z = logits - np.max(logits, axis=0)
    log_p = z - np.log(np.sum(np.exp(z), axis=0))
    return np.mean(log_p[labels, np.arange(len(labels))])


EPSILON = (
    "A small number was added inside the logarithm, or the probabilities were kept above one: "
    "that caps the loss (at 18.4 for 1e-8) and removes its gradient. Write out the logarithm of "
    "the softmax instead, and no logarithm of 0 can occur."
)


@exercise.mistake(EPSILON, small=(1e-6, 1e-7, 1e-8, 1e-9, 1e-10, 1e-12, 1e-15, 1e-16, 1e-300))
def epsilon(logits, labels, *, small):
    p = softmax(logits)
    return -np.mean(np.log(p[labels, np.arange(len(labels))] + small))


@exercise.mistake(EPSILON, id="epsilon", small=(1e-6, 1e-7, 1e-8, 1e-10, 1e-12, 1e-15))
def clipped(logits, labels, *, small):
    p = np.clip(softmax(logits), small, 1)
    return -np.mean(np.log(p[labels, np.arange(len(labels))]))


@exercise.mistake(EPSILON, id="epsilon", small=(1e-7, 1e-8, 1e-12, 1e-15))
def clipped_on_both_sides(logits, labels, *, small):
    p = np.clip(softmax(logits), small, 1 - small)
    return -np.mean(np.log(p[labels, np.arange(len(labels))]))


@exercise.mistake(
    "The logarithm of a probability that has become 0 is minus infinity. Write out the logarithm "
    "of the softmax instead: the exponential of the label's logit cancels."
)
def log_of_zero(logits, labels):
    p = softmax(logits)
    return -np.mean(np.log(p[labels, np.arange(len(labels))]))


# An overflow and 0 times log 0 both end in NaN, and nothing tells them apart.
NAN = (
    "NaN comes from one of two things here: the exponential of a large logit is too large for a "
    "float, or a probability that has become 0 is multiplied by its logarithm, minus infinity. "
    "Write out the logarithm of the softmax, after a shift of each column, and pick the label's "
    "entry: neither can happen."
)


OVERFLOW = (
    "An exponential is too large for a float: the column was not shifted, or by another number "
    "than its largest entry."
)


@exercise.mistake(OVERFLOW, id="wrong_shift")
def log_sum_unshifted(logits, labels):
    correct = logits[labels, np.arange(len(labels))]
    return np.mean(np.log(np.exp(logits).sum(axis=0)) - correct)


@exercise.mistake(OVERFLOW, id="wrong_shift")
def shift_by_smallest(logits, labels):
    z = logits - logits.min(axis=0)
    return np.mean(np.log(np.exp(z).sum(axis=0)) - z[labels, np.arange(len(labels))])


@exercise.mistake(OVERFLOW, id="wrong_shift")
def shift_by_mean(logits, labels):
    z = logits - logits.mean(axis=0)
    return np.mean(np.log(np.exp(z).sum(axis=0)) - z[labels, np.arange(len(labels))])


@exercise.mistake(OVERFLOW, id="wrong_shift")
def shifted_upwards(logits, labels):
    z = logits + logits.max(axis=0)
    return np.mean(np.log(np.exp(z).sum(axis=0)) - z[labels, np.arange(len(labels))])


@exercise.mistake(
    "The same number was subtracted from all columns; where columns lie far apart, all "
    "exponentials of one become 0, and so does their sum. Each column needs a shift of its own."
)
def global_shift(logits, labels):
    z = logits - logits.max()
    return np.mean(np.log(np.exp(z).sum(axis=0)) - z[labels, np.arange(len(labels))])


@exercise.mistake(NAN, id="log_of_zero")
def unshifted(logits, labels):
    p = np.exp(logits) / np.exp(logits).sum(axis=0)
    return -np.mean(np.log(p[labels, np.arange(len(labels))]))


@exercise.mistake(NAN, id="log_of_zero")
def zero_times_log_of_zero(logits, labels):
    one_hot = np.eye(len(logits))[:, labels]
    return -np.sum(one_hot * np.log(softmax(logits))) / len(labels)


@exercise.mistake(
    "The mean was taken over all entries; only the entry of each example's label counts."
)
def all_entries(logits, labels):
    z = logits - np.max(logits, axis=0)
    log_p = z - np.log(np.sum(np.exp(z), axis=0))
    return -np.mean(log_p)


@exercise.mistake(
    "The sum was divided by the number of all entries, classes times examples; divide by the "
    "number of examples."
)
def divided_by_classes(logits, labels):
    z = logits - np.max(logits, axis=0)
    log_p = z - np.log(np.sum(np.exp(z), axis=0))
    one_hot = np.eye(logits.shape[0])[labels].T
    return -np.mean(one_hot * log_p)


@exercise.mistake(
    "That is the mean probability of the right class; the loss is the mean of minus its logarithm."
)
def no_log(logits, labels):
    return np.mean(softmax(logits)[labels, np.arange(len(labels))])


@exercise.mistake(
    "That is minus the logarithm of the mean probability; take the logarithm of each first, then "
    "the mean."
)
def log_of_the_mean(logits, labels):
    return -np.log(np.mean(softmax(logits)[labels, np.arange(len(labels))]))


@exercise.mistake("That is the loss of each example; expected their mean.")
def per_example(logits, labels):
    z = logits - np.max(logits, axis=0)
    log_p = z - np.log(np.sum(np.exp(z), axis=0))
    return -log_p[labels, np.arange(len(labels))]


@exercise.mistake(
    "Every example was paired with every label. Pick from column i the entry of label i."
)
def all_pairs(logits, labels):
    z = logits - np.max(logits, axis=0)
    log_p = z - np.log(np.sum(np.exp(z), axis=0))
    return -np.mean(log_p[labels])


@exercise.mistake(
    "That is the loss of the most likely class of each column, whatever the labels are; pick the "
    "entry of the column's own label."
)
def ignores_labels(logits, labels):
    z = logits - np.max(logits, axis=0)
    log_p = z - np.log(np.sum(np.exp(z), axis=0))
    return -np.mean(np.max(log_p, axis=0))


@exercise.right
def vectorised(logits, labels):
    m = logits.shape[1]
    z = logits - logits.max(axis=0)
    correct = z[labels, np.arange(m)]
    return np.mean(np.log(np.exp(z).sum(axis=0)) - correct)


@exercise.right
def loops(logits, labels):
    total = 0.0
    for j, label in enumerate(labels):
        column = [float(z) for z in logits[:, j]]
        largest = max(column)
        log_sum = largest + math.log(sum(math.exp(z - largest) for z in column))
        total += log_sum - column[label]
    return total / len(labels)


@exercise.right
def own_style(logits, labels):
    def nats(j):
        z = logits[:, j] - logits[labels[j], j]  # relative to the right class
        return np.logaddexp.reduce(z)

    losses = []
    for j in range(len(labels)):
        losses.append(nats(j))
    return float(np.average(losses))


def logsumexp(z):
    top = z.max(axis=0)
    return top + np.log(np.exp(z - top).sum(axis=0))


# The product with a one-hot matrix picks the logit of each label; the result is a 0-d array.
@exercise.right
def unusual(logits, labels):
    one_hot = np.eye(logits.shape[0])[:, labels]
    picked = np.einsum("ij,ij->j", one_hot, logits)
    print("mean logit of the right class:", picked.mean())
    return np.array((logsumexp(logits) - picked).mean())
