"""The share of each class among the labels."""

import warnings

import numpy as np

from autograder.cases import value
from autograder.model import Exercise, case

exercise = Exercise(points=2, expect=value(rtol=1e-12, atol=1e-14, single=True))


@exercise.reference
def class_frequencies(labels, n_classes):
    """Return the share of each class.

    Parameters
    ----------
    labels : (m,) ndarray of int
    n_classes : int

    Returns
    -------
    (C,) ndarray
    """
    return np.bincount(labels, minlength=n_classes) / len(labels)


@exercise.cases
def cases(rng):
    n = int(rng.integers(5, 9))
    labels = rng.integers(0, n, 40)
    yield case(labels, n, label=f"40 labels, {n} classes")
    yield case(labels[labels != n - 1], n, label="labels in which the last class is missing")
    yield case(labels[labels != 1], n, label="labels in which a middle class is missing")
    yield case(np.array([2, 2, 2]), n, label="one class only")
    many = rng.integers(0, n, int(rng.integers(2000, 3000)))
    many[many == 2] = 3
    many[int(rng.integers(1000))] = 2
    yield case(many, n, label="a class that occurs once among thousands of labels")
    yield case(np.array([n - 1]), n, label="a single label", only="hidden")


@exercise.mistake("Those are counts; shares sum to 1.")
def counts(labels, n_classes):
    return np.bincount(labels, minlength=n_classes)


@exercise.mistake(
    "Classes that do not occur are left out; expected an entry for every class, 0 if it does not "
    "occur."
)
def dropped(labels, n_classes):
    _, counts = np.unique(labels, return_counts=True)
    return counts / len(labels)


@exercise.mistake(
    "Classes above the largest label are left out; expected an entry for every class, 0 if it "
    "does not occur."
)
def dropped_at_the_end(labels, n_classes):
    return np.bincount(labels) / len(labels)


@exercise.mistake(
    "The counts were divided by the number of classes; divide by the number of labels."
)
def divided_by_classes(labels, n_classes):
    return np.bincount(labels, minlength=n_classes) / n_classes


@exercise.mistake("That was an integer division, so every share below 1 became 0.")
def integer_division(labels, n_classes):
    return np.bincount(labels, minlength=n_classes) // len(labels)


@exercise.mistake("One was added to each count; expected the shares as they are.")
def smoothed(labels, n_classes):
    counts = np.bincount(labels, minlength=n_classes) + 1
    return counts / counts.sum()


@exercise.mistake("That is a column; expected one share for each class, in one dimension.")
def column(labels, n_classes):
    return (np.bincount(labels, minlength=n_classes) / len(labels)).reshape(-1, 1)


@exercise.mistake("The last class is never counted: the labels run from 0 to n_classes - 1.")
def off_by_one(labels, n_classes):
    shares = np.zeros(n_classes)
    for c in range(n_classes - 1):
        shares[c] = np.mean(labels == c)
    return shares


@exercise.mistake("The classes were counted from 1; the first one is class 0.")
def from_one(labels, n_classes):
    return np.array([np.mean(labels == c) for c in range(1, n_classes + 1)])


@exercise.refused("got a dict of", id="dict")
def by_class(labels, n_classes):
    return {c: float(np.mean(labels == c)) for c in range(n_classes)}


@exercise.mistake("The shares are rounded; expected all their digits.", decimals=(1, 2, 3, 4, 6))
def rounded(labels, n_classes, *, decimals):
    return np.round(np.bincount(labels, minlength=n_classes) / len(labels), decimals)


@exercise.right
def vectorised(labels, n_classes):
    return (labels[:, None] == np.arange(n_classes)).mean(axis=0)


@exercise.right
def loops(labels, n_classes):
    counts = [0] * n_classes
    for label in labels:
        counts[label] += 1
    return np.array([count / len(labels) for count in counts])


@exercise.right
def single_precision(labels, n_classes):
    counts = np.bincount(labels, minlength=n_classes).astype(np.float32)
    return counts / np.float32(len(labels))


@exercise.right
def own_style(labels, n_classes):
    result = np.zeros(n_classes)
    np.add.at(result, labels, 1)
    return result / result.sum()


@exercise.right
def unusual(labels, n_classes):
    warnings.warn("counting by histogram", stacklevel=2)
    counts, _ = np.histogram(labels, bins=np.arange(n_classes + 1) - 0.5)
    return counts / counts.sum()
