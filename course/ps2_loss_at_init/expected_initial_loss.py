"""The loss of a network that knows nothing and says so."""

import math

import numpy as np

from autograder.cases import value
from autograder.model import Exercise, case

# A sum over 30,000 classes is off by up to 1e-12.
exercise = Exercise(points=1, expect=value(rtol=2e-12, atol=1e-13, single=True))


@exercise.reference
def expected_initial_loss(n_classes):
    """Return the cross-entropy of a uniform guess among `n_classes`, in nats.

    Parameters
    ----------
    n_classes : int

    Returns
    -------
    float
    """
    return np.log(n_classes)


@exercise.cases
def cases(rng):
    for n in (2, 10, 27, rng.integers(30, 90), rng.integers(100, 5000)):
        yield case(int(n), label=f"{n} classes")
    yield case(1, label="a single class")
    yield case(int(rng.integers(2e4, 3e4)), label="tens of thousands of classes", only="hidden")


@exercise.mistake("The sign is wrong: a loss is never negative.")
def sign(n_classes):
    return np.log(1 / n_classes)


@exercise.mistake("That is in bits, a logarithm to base 2; expected nats, the natural logarithm.")
def base_2(n_classes):
    return np.log2(n_classes)


@exercise.mistake("That is a logarithm to base 10; expected the natural logarithm.")
def base_10(n_classes):
    return np.log10(n_classes)


@exercise.mistake("That is the probability of each class; the loss is minus its logarithm.")
def probability(n_classes):
    return 1 / n_classes


@exercise.mistake(
    "That is the part of one class in the mean loss, its probability times its loss; add up the "
    "parts of all classes."
)
def one_term(n_classes):
    return -1 / n_classes * np.log(1 / n_classes)


@exercise.mistake("That is the logarithm of n_classes + 1, one class too many.")
def plus_one(n_classes):
    return np.log(n_classes + 1)


@exercise.mistake("That is the loss of 10 classes, whatever `n_classes` is.")
def hard_coded(n_classes):
    return 2.302585092994046


@exercise.mistake(
    "The result is rounded; expected the loss with all its digits.",
    decimals=(1, 2, 3, 4, 5, 6, 8, 10),
)
def rounded(n_classes, *, decimals):
    return round(float(np.log(n_classes)), decimals)


@exercise.refused("`return` line")
def prints(n_classes):
    print("expected loss:", np.log(n_classes))


@exercise.refused("expected a single number, got a str")
def string(n_classes):
    return f"{np.log(n_classes):.6f}"


@exercise.right
def vectorised(n_classes):
    return np.log(n_classes)


@exercise.right
def loops(n_classes):
    loss = 0.0
    for _ in range(n_classes):
        loss -= 1 / n_classes * math.log(1 / n_classes)
    return loss


@exercise.right
def own_style(n_classes):
    uniform = np.full(n_classes, 1.0 / n_classes)
    return np.sum(uniform * -np.log(uniform))


unusual = exercise.right(lambda n_classes: -float(np.log(1 / n_classes)))
