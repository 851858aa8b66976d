"""Three numbers for each hidden layer."""

import math

import numpy as np

from autograder.cases import value
from autograder.model import Exercise, case

from .forward import forward
from .shared import TIGHT, draw_params, sizes_near

exercise = Exercise(points=2, expect=value(**TIGHT))


def share_of_zeros(A):
    return np.mean(A == 0)


def rows(layers, *measures):
    """Return an array with a row for each layer and a column for each measure."""
    numbers = [[measure(A) for measure in measures] for A in layers]
    return np.array(numbers).reshape(-1, len(measures))


@exercise.reference
def activation_summary(activations):
    """Return mean, standard deviation and share of exact zeros of each hidden layer.

    Parameters
    ----------
    activations : list of ndarray, L + 1 long
        What `forward` returned; the input and the logits are not hidden layers.

    Returns
    -------
    (L-1, 3) ndarray
    """
    return rows(activations[1:-1], np.mean, np.std, share_of_zeros)


@exercise.cases
def cases(rng):
    dims = [*sizes_near(rng, 4, 8, 6, 5), 1]
    X = rng.normal(0, 1, (dims[0], 9))
    yield case(forward(X, draw_params(rng, dims)), label=f"layers of {dims}")
    yield case(forward(X, draw_params(rng, [dims[0], 7, 1])), label="a single hidden layer")
    params = draw_params(rng, [dims[0], 1, 5, 1])
    params["b1"] = np.abs(params["b1"])  # so that the unit is on for some examples
    yield case(forward(X, params), label="two hidden layers, the first of one unit")
    tiny = [A * 1e-10 for A in forward(X, draw_params(rng, dims))]
    yield case(tiny, label="activations near 1e-10")
    yield case(forward(X[:, :1], draw_params(rng, dims)), label="a single example", only="hidden")
    dead = forward(X, draw_params(rng, dims))
    dead[2] = np.zeros_like(dead[2])
    yield case(dead, label="a layer of zeros")
    yield case(forward(X, draw_params(rng, [dims[0], 1])), label="no hidden layer")


@exercise.mistake("The input is counted as a layer; expected a row for each hidden layer.")
def input_counted(activations):
    return rows(activations[:-1], np.mean, np.std, share_of_zeros)


@exercise.mistake("The logits are counted as a layer; expected a row for each hidden layer.")
def logits_counted(activations):
    return rows(activations[1:], np.mean, np.std, share_of_zeros)


@exercise.mistake(
    "The input and the logits are counted as layers; expected a row for each hidden layer."
)
def all_counted(activations):
    return rows(activations, np.mean, np.std, share_of_zeros)


@exercise.mistake("The last hidden layer is missing; expected a row for each hidden layer.")
def layer_missing(activations):
    return rows(activations[1:-2], np.mean, np.std, share_of_zeros)


@exercise.mistake(
    "The first hidden layer is missing; expected a row for each hidden layer.", id="layer_missing"
)
def first_missing(activations):
    return rows(activations[2:-1], np.mean, np.std, share_of_zeros)


@exercise.mistake(
    "Each row is that of the layer before: the first row should be the first hidden layer, not "
    "the input."
)
def shifted_up(activations):
    return rows(activations[:-2], np.mean, np.std, share_of_zeros)


@exercise.mistake(
    "Each row is that of the layer after: the last row should be the last hidden layer, not the "
    "logits."
)
def shifted_down(activations):
    return rows(activations[2:], np.mean, np.std, share_of_zeros)


def sample_spread(A):
    return np.std(A, ddof=1)


@exercise.mistake(
    "The sum of squares was divided by one less than the number of entries; divide by the number "
    "itself."
)
def sample_std(activations):
    return rows(activations[1:-1], np.mean, sample_spread, share_of_zeros)


@exercise.mistake(
    "The second column is the spread of each unit by itself, averaged; expected that of all "
    "entries of the layer together."
)
def spread_by_unit(activations):
    return rows(activations[1:-1], np.mean, lambda A: A.std(axis=1).mean(), share_of_zeros)


@exercise.mistake("The second column is the variance; expected the standard deviation.")
def variance(activations):
    return rows(activations[1:-1], np.mean, np.var, share_of_zeros)


@exercise.mistake("The third column counts the zeros; expected their share.")
def number_of_zeros(activations):
    return rows(activations[1:-1], np.mean, np.std, lambda A: np.sum(A == 0))


@exercise.mistake("The third column is in percent; expected a share between 0 and 1.")
def percent(activations):
    return rows(activations[1:-1], np.mean, np.std, lambda A: 100 * np.mean(A == 0))


@exercise.mistake("The third column is the share of nonzero entries; expected the share of zeros.")
def not_zero(activations):
    return rows(activations[1:-1], np.mean, np.std, lambda A: np.mean(A != 0))


ALMOST = "Small numbers are counted as zeros; only exact zeros count."


@exercise.mistake(ALMOST)
def almost_zero(activations):
    return rows(activations[1:-1], np.mean, np.std, lambda A: np.mean(A < 1e-3))


@exercise.mistake(ALMOST, id="almost_zero")
def close_to_zero(activations):
    return rows(activations[1:-1], np.mean, np.std, lambda A: np.mean(np.isclose(A, 0)))


@exercise.mistake(
    "The third column is the share of units that are zero for every example; expected the share of "
    "all entries."
)
def dead_units(activations):
    return rows(activations[1:-1], np.mean, np.std, lambda A: np.mean(np.all(A == 0, axis=1)))


@exercise.mistake(
    "The columns are in the wrong order: first the mean, then the standard deviation, then the "
    "share of zeros."
)
def order(activations):
    return rows(activations[1:-1], np.std, np.mean, share_of_zeros)


ACTIVE_ONLY = (
    "Mean and standard deviation were taken over the nonzero entries only; all entries count."
)


@exercise.mistake(ACTIVE_ONLY)
def active_only(activations):
    summary = []
    for A in activations[1:-1]:
        active = A[A > 0] if np.any(A > 0) else np.zeros(1)
        summary.append([active.mean(), active.std(), np.mean(A == 0)])
    return np.array(summary).reshape(-1, 3)


# NaN for a layer whose units are never on.
@exercise.mistake(ACTIVE_ONLY, id="active_only")
def mean_of_active(activations):
    summary = []
    for A in activations[1:-1]:
        summary.append([A[A > 0].mean(), A[A > 0].std(), np.mean(A == 0)])
    return np.array(summary)


@exercise.mistake("The second column is the root mean square; subtract the mean first.")
def root_mean_square(activations):
    return rows(activations[1:-1], np.mean, lambda A: np.sqrt(np.mean(A**2)), share_of_zeros)


@exercise.mistake("Without hidden layers there are no rows, but still three columns: shape (0, 3).")
def no_columns(activations):
    return np.array([[A.mean(), A.std(), np.mean(A == 0)] for A in activations[1:-1]])


@exercise.mistake("Rows and columns are swapped: each hidden layer has a row.")
def transposed(activations):
    return rows(activations[1:-1], np.mean, np.std, share_of_zeros).T


@exercise.mistake("That is a list of dicts; expected an array with a row for each hidden layer.")
def dicts(activations):
    return [{"mean": A.mean(), "std": A.std(), "zeros": np.mean(A == 0)} for A in activations[1:-1]]


@exercise.refused("Is there a `return` line")
def prints(activations):
    for A in activations[1:-1]:
        print(A.mean(), A.std(), np.mean(A == 0))


@exercise.right
def vectorised(activations):
    hidden = activations[1:-1]
    return np.array([(A.mean(), A.std(), (A == 0).mean()) for A in hidden]).reshape(-1, 3)


@exercise.right
def loops(activations):
    summary = np.zeros((len(activations) - 2, 3))
    for layer in range(1, len(activations) - 1):
        values = [float(v) for row in activations[layer] for v in row]
        mean = sum(values) / len(values)
        mean_square = sum((v - mean) ** 2 for v in values) / len(values)
        zeros = 0
        for v in values:
            if v == 0:
                zeros += 1
        summary[layer - 1] = [mean, math.sqrt(mean_square), zeros / len(values)]
    return summary


@exercise.right
def own_style(activations):
    n_hidden = len(activations) - 2
    if n_hidden == 0:
        return np.zeros((0, 3))
    means = [np.average(A) for A in activations[1:-1]]
    stds = [np.sqrt(np.var(A)) for A in activations[1:-1]]
    zeros = [np.sum(A == 0.0) / np.prod(A.shape) for A in activations[1:-1]]
    return np.column_stack([means, stds, zeros])


@exercise.right
def unusual(activations):
    _, *hidden, _ = activations
    out = np.empty((len(hidden), 3))
    for row, A in zip(out, hidden, strict=True):
        second_moment = np.mean((A - A.mean()) ** 2)
        row[:] = A.mean(), second_moment**0.5, 1 - np.count_nonzero(A) / A.size
    return out
