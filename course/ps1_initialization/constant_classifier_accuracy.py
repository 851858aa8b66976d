"""The accuracy of knowing nothing."""

import numpy as np

from autograder.cases import value
from autograder.checks.texts import said
from autograder.model import Exercise, case

exercise = Exercise(points=2, expect=value(rtol=1e-11, atol=1e-13, single=True))


def more_common(y):
    return 1 if np.mean(y) > 0.5 else 0


@exercise.reference
def constant_classifier_accuracy(y_train, y_test):
    """Return the accuracy on `y_test` of the more common label of `y_train` (0 on a tie).

    Parameters
    ----------
    y_train, y_test : ndarray of 0 and 1
        (m,) or (1, m).

    Returns
    -------
    float
    """
    return np.mean(np.asarray(y_test) == more_common(y_train))


@exercise.cases
def cases(rng):
    """Yield labels as a row and in one dimension, each kind of them in both: both are promised."""
    for one_dimension in (False, True):
        for y, t, label in majorities(rng):
            shape = "(m,)" if one_dimension else "(1, m)"
            yield case(
                y.ravel() if one_dimension else y,
                t.ravel() if one_dimension else t,
                label=f"{label}, labels of shape {shape}",
            )


def majorities(rng):
    """Yield labels of both sets; counts are random except for the thread's own.

    No share of 23 is a share of the sizes of the test sets: no mistake is right by chance.
    """
    yield draw_labels(rng, 72, 209), draw_labels(rng, 33, 50), said("the images behind the 34 %")
    mostly, in_order, reverse = map(int, rng.integers(13, 20, 3))
    yield draw_labels(rng, mostly, 23), draw_test(rng, 0.2, 0.45), said("mostly 1 in training")
    m = 2 * int(rng.integers(8, 15))
    yield draw_labels(rng, m // 2, m), draw_test(rng, 0.55, 0.8), said("a tie in training")
    half = int(rng.integers(500, 700))
    few = 2 * half + 1  # so a majority of one
    yield draw_labels(rng, half + 1, few), draw_test(rng, 0.2, 0.45), said("one more 1 than 0")
    yield draw_labels(rng, half, few), draw_test(rng, 0.55, 0.8), said("one more 0 than 1")
    yield (
        draw_labels(rng, 1, 1),
        np.ones((1, 3), int),
        said("a single 1, and nothing but 1 in the test"),
    )
    yield (
        draw_labels(rng, 0, 1),
        np.ones((1, 1), int),
        said("a single 0, and a single 1 in the test"),
    )
    increasing = np.sort(draw_labels(rng, in_order, 23))
    yield increasing, draw_test(rng, 0.55, 0.8), said("labels in order, 0 first")
    decreasing = 1 - np.sort(draw_labels(rng, reverse, 23))
    yield decreasing, draw_test(rng, 0.55, 0.8), said("labels in order, 1 first")


def draw_labels(rng, n_ones, m):
    return rng.permutation(np.arange(m) < n_ones)[None] * 1


def draw_test(rng, low, high):
    """Draw the labels of 24 to 45 examples, with a share of ones between two bounds."""
    m = int(rng.integers(24, 46))
    return draw_labels(rng, round(m * rng.uniform(low, high)), m)


@exercise.mistake(
    "The more common label of the test set was taken; the constant has to be chosen on the "
    "training set."
)
def majority_of_test(y_train, y_test):
    return np.mean(y_test == more_common(y_test))


@exercise.mistake(
    "That is the accuracy on the training set; the constant is chosen there, but its accuracy on "
    "the test set is expected."
)
def accuracy_on_train(y_train, y_test):
    return np.mean(y_train == more_common(y_train))


@exercise.mistake("On a tie the answer should be 0.")
def tie_to_one(y_train, y_test):
    guess = 1 if np.mean(y_train) >= 0.5 else 0
    return np.mean(y_test == guess)


@exercise.mistake("The answer is always 0; take the more common label of the training set.")
def always_zero(y_train, y_test):
    return np.mean(y_test == 0)


@exercise.mistake("The answer is always 1; take the more common label of the training set.")
def always_one(y_train, y_test):
    return np.mean(y_test == 1)


@exercise.mistake("That is the accuracy of the rarer label; expected that of the more common one.")
def minority(y_train, y_test):
    guess = 1 if np.mean(y_train) < 0.5 else 0
    return np.mean(y_test == guess)


@exercise.mistake(
    "That is the share of wrong answers, which is the accuracy of the rarer label; expected the "
    "share of right answers of the more common one."
)
def error_rate(y_train, y_test):
    return np.mean(y_test != more_common(y_train))


@exercise.mistake("That is in percent; expected a share between 0 and 1.")
def percent(y_train, y_test):
    return 100 * np.mean(y_test == more_common(y_train))


@exercise.mistake("That is the number of right answers; expected their share.")
def count(y_train, y_test):
    return np.sum(y_test == more_common(y_train))


@exercise.mistake(
    "That is always 0.5, as for a fair coin; count how often the constant answer is right."
)
def chance(y_train, y_test):
    return 0.5


LENGTH_OF_ROW = (
    "An array of shape (1, m) has length 1: its length is the number of its rows, not of its "
    "labels."
)


@exercise.mistake(LENGTH_OF_ROW)
def length_of_row(y_train, y_test):
    return np.sum(y_test == more_common(y_train)) / len(y_test)


@exercise.mistake(LENGTH_OF_ROW, id="length_of_row")
def length_of_training(y_train, y_test):
    guess = int(np.sum(y_train) > len(y_train) / 2)
    return np.mean(y_test == guess)


@exercise.mistake(LENGTH_OF_ROW, id="length_of_row")
def length_of_both(y_train, y_test):
    guess = int(np.sum(y_train) > len(y_train) / 2)
    return np.sum(y_test == guess) / len(y_test)


@exercise.mistake("The first label of the training set was taken; expected the more common one.")
def first_label(y_train, y_test):
    guess = np.ravel(y_train)[0]
    return np.mean(y_test == guess)


@exercise.mistake("A majority of one label is not taken as one; one label more decides.")
def not_by_one(y_train, y_test):
    guess = int(np.sum(y_train) > np.size(y_train) // 2 + 1)
    return np.mean(y_test == guess)


@exercise.mistake(
    "The number of right answers in the test set was divided by the size of the training set."
)
def divided_by_train(y_train, y_test):
    return np.sum(y_test == more_common(y_train)) / np.size(y_train)


@exercise.mistake(
    "That says of each answer whether it is right; expected the share of right answers."
)
def per_example(y_train, y_test):
    return y_test == more_common(y_train)


@exercise.mistake("That is the share of ones in the training set; expected an accuracy.")
def share_in_train(y_train, y_test):
    return np.mean(y_train)


@exercise.mistake("That is always 0.34, the number from the forum; it follows from the labels.")
def fixed(y_train, y_test):
    return 0.34


@exercise.right
def vectorised(y_train, y_test):
    guess = np.mean(y_train) > 0.5
    return np.mean(np.asarray(y_test) == guess)


@exercise.right
def loops(y_train, y_test):
    ones = 0
    for label in np.ravel(y_train):
        if label == 1:
            ones += 1
    guess = 1 if ones > np.size(y_train) - ones else 0
    right = 0
    for label in np.ravel(y_test):
        if label == guess:
            right += 1
    return right / np.size(y_test)


@exercise.right
def own_style(y_train, y_test):
    y_train = np.asarray(y_train).flatten()
    y_test = np.asarray(y_test).flatten()
    n_ones = (y_train == 1).sum()
    n_zeros = (y_train == 0).sum()
    if n_ones > n_zeros:
        return (y_test == 1).mean()
    return (y_test == 0).mean()


@exercise.right
def unusual(y_train, y_test):
    label_counts = np.bincount(np.asarray(y_train).astype(int).ravel(), minlength=2)
    majority = np.argmax(label_counts)  # the first, so 0 on a tie
    share_of_ones = float(np.mean(y_test))
    return share_of_ones if majority else 1 - share_of_ones
