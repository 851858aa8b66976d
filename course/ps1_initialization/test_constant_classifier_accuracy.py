"""The reference on the pictures of the 34 %, and labels of both shapes."""

import numpy as np
import pytest

from tests.course.judged import judged

from .constant_classifier_accuracy import constant_classifier_accuracy, exercise

CATS_IN_TRAINING = np.array([[0] * 137 + [1] * 72])
CATS_IN_TEST = np.array([[1] * 33 + [0] * 17])


def test_the_pictures():
    assert constant_classifier_accuracy(CATS_IN_TRAINING, CATS_IN_TEST) == 0.34
    on_training = constant_classifier_accuracy(CATS_IN_TRAINING, CATS_IN_TRAINING)
    assert f"{on_training:.4f}" == "0.6555"


@pytest.mark.parametrize("ones, answer", [(0, 0), (1, 0), (2, 0), (3, 1), (4, 1)])
def test_the_constant_is_the_more_common_label_and_0_on_a_tie(ones, answer):
    y_train = np.array([0] * (4 - ones) + [1] * ones)
    assert constant_classifier_accuracy(y_train, np.array([1, 0, 0, 0, 0])) == [0.8, 0.2][answer]


@pytest.mark.parametrize(
    "answer, said",
    [
        (lambda y, t: np.mean(t == np.argmax(np.bincount(y))), "of shape (1, m)"),
        (lambda y, t: np.sum(t == (2 * np.sum(y) > y.shape[1])) / t.shape[1], "of shape (m,)"),
        (lambda y, t: np.sum(t == (2 * np.sum(y) > y.size)) / len(t), "has length 1"),
        (lambda y, t: np.mean(t == (np.sum(y) / len(y) > 0.5)), "has length 1"),
    ],
    ids=["one dimension", "one row", "length of the tests", "length of the training"],
)
def test_labels_come_as_a_row_and_in_one_dimension(answer, said):
    found = judged(exercise, answer)
    assert found.state == "failed" and said in found.message
