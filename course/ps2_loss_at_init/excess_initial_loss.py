"""What noisy logits cost."""

import numpy as np

from autograder.cases import value
from autograder.model import Exercise, case

# A few products: nothing but the last digits can differ, however small the result is.
exercise = Exercise(points=1, expect=value(rtol=1e-12, atol=0, single=True))


@exercise.reference
def excess_initial_loss(logit_std, n_classes):
    """Return, to second order, how far the loss starts above ``log(n_classes)``, in nats.

    For independent logits of spread s the mean of ``log(sum(exp))`` exceeds ``log n``
    by ``s**2/2 * (1 - 1/n)`` plus terms of fourth order.

    Parameters
    ----------
    logit_std : float
    n_classes : int

    Returns
    -------
    float
    """
    return logit_std**2 / 2 * (1 - 1 / n_classes)


@exercise.cases
def cases(rng):
    for n in (2, 27, int(rng.integers(5, 20))):
        yield case(float(rng.uniform(0.05, 1.5)), n, label=f"{n} classes")
    yield case(0.0, 10, label="a spread of zero")
    yield case(float(rng.uniform(0.5, 1.5)), 1, label="a single class")
    whole = int(rng.choice([1, 3, 5]))
    yield case(whole, 4, label=f"a spread of {whole}, a whole number")
    yield case(float(1e-6 * rng.uniform(1, 2)), 8, label="a spread of a millionth")
    yield case(float(rng.uniform(4e4, 6e4)), 3, label="a large spread", only="hidden")


# With two classes or more `1 // n` is 0, and nothing tells the two apart.
NO_CLASSES = (
    "The factor 1 - 1/n for the number of classes is missing, or it became 1 because 1/n was an "
    "integer division (`//`)."
)


@exercise.mistake(NO_CLASSES)
def no_classes(logit_std, n_classes):
    return logit_std**2 / 2


@exercise.mistake(NO_CLASSES, id="no_classes")
def classes_by_integer_division(logit_std, n_classes):
    return logit_std**2 / 2 * (1 - 1 // n_classes)


@exercise.mistake("The factor 1/2 is missing: the excess is based on half the variance.")
def no_half(logit_std, n_classes):
    return logit_std**2 * (1 - 1 / n_classes)


@exercise.mistake("That is the variance alone: the factors 1/2 and 1 - 1/n are missing.")
def no_half_no_classes(logit_std, n_classes):
    return logit_std**2


@exercise.mistake("The spread is not squared.")
def not_squared(logit_std, n_classes):
    return logit_std / 2 * (1 - 1 / n_classes)


@exercise.mistake("That is the whole loss; expected only what lies above log n.")
def whole_loss(logit_std, n_classes):
    return np.log(n_classes) + logit_std**2 / 2 * (1 - 1 / n_classes)


@exercise.mistake("The factor is 1 - 1/n, not 1 + 1/n.")
def plus(logit_std, n_classes):
    return logit_std**2 / 2 * (1 + 1 / n_classes)


@exercise.mistake("The factor is 1 - 1/n, not 1/n.")
def one_over_n(logit_std, n_classes):
    return logit_std**2 / 2 / n_classes


@exercise.mistake("That is half the variance divided by 1 - 1/n; multiply by that factor.")
def divided(logit_std, n_classes):
    return logit_std**2 / 2 / (1 - 1 / n_classes)


@exercise.mistake(
    "1/n was subtracted from the whole product: the factor 1 - 1/n needs its parentheses."
)
def parentheses(logit_std, n_classes):
    return logit_std**2 / 2 * 1 - 1 / n_classes


@exercise.mistake("The sign is wrong: noisy logits raise the loss above log n.")
def sign(logit_std, n_classes):
    return -(logit_std**2) / 2 * (1 - 1 / n_classes)


@exercise.mistake("The factor is always that of 27 classes, whatever `n_classes` is.")
def hard_coded(logit_std, n_classes):
    return logit_std**2 / 2 * (1 - 1 / 27)


@exercise.mistake(
    "The half was computed by an integer division (`//`), which rounds half the variance down."
)
def integer_division(logit_std, n_classes):
    return logit_std**2 // 2 * (1 - 1 // n_classes)


@exercise.right
def vectorised(logit_std, n_classes):
    return logit_std**2 / 2 * (1 - 1 / n_classes)


@exercise.right
def loops(logit_std, n_classes):
    variance = logit_std * logit_std
    second_order = variance / 2
    correction = (n_classes - 1) / n_classes
    return second_order * correction


HALF = 0.5


@exercise.right
def own_style(logit_std, n_classes):
    if n_classes == 1:
        return 0.0
    return HALF * np.square(float(logit_std)) * np.subtract(1.0, np.divide(1.0, n_classes))


unusual = exercise.right(
    lambda logit_std, n_classes: 0.5 * (logit_std * logit_std - logit_std * logit_std / n_classes)
)
