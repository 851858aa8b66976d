"""A layer whose output does not depend on how large its weights are."""

import numpy as np

from autograder.cases import value
from autograder.model import Exercise, case

FAR = "outputs near 100,000"
exercise = Exercise(points=3)


@exercise.expected
def expected(exercise, case_input):
    # A mean of numbers near 100,000 loses five digits; elsewhere all of them count.
    return value(rtol=1e-8 if case_input.label == FAR else 1e-11)(exercise, case_input)


@exercise.reference
def layer_norm(z, gamma, beta, eps=1e-5):
    """Return each column brought to mean 0 and variance 1, then stretched and shifted.

    Parameters
    ----------
    z : (n, m) ndarray
    gamma, beta : (n, 1) ndarray
    eps : float, optional
        Added to the variance (Ba, Kiros and Hinton 2016, arXiv 1607.06450, eq. 4; the eps is that
        of Ioffe and Szegedy 2015, algorithm 1).

    Returns
    -------
    (n, m) ndarray
    """
    mean = np.mean(z, axis=0, keepdims=True)
    variance = np.mean((z - mean) ** 2, axis=0, keepdims=True)
    return gamma * ((z - mean) / np.sqrt(variance + eps)) + beta


@exercise.cases
def cases(rng):
    n, m = int(rng.integers(5, 8)), int(rng.integers(9, 12))
    ones, zeros = np.ones((n, 1)), np.zeros((n, 1))
    gamma, beta = rng.uniform(0.5, 2, (n, 1)), rng.normal(0, 1, (n, 1))
    z = rng.normal(3, 1, (n, m)) * rng.uniform(0.5, 4, m)
    yield case(z, ones, zeros, label=f"shape ({n}, {m}), `gamma` 1 and `beta` 0")
    yield case(z, gamma, beta, label=f"shape ({n}, {m})")
    yield case(rng.normal(1, 2, (n, n)), gamma, beta, label="as many examples as units")
    yield case(z[:, :1], gamma, beta, 0.5, label="one example, a large `eps`")
    small = rng.normal(0, 1e-3, (n, 4))
    yield case(small, ones, zeros, label="outputs near 0.001")
    yield case(np.full((n, 3), 2.5), gamma, beta, label="columns of equal numbers")
    yield case(1e5 + rng.normal(0, 1, (n, 3)), gamma, beta, label=FAR)


BATCH = (
    "Each unit was normalised over the examples: that is batch normalization. Here each column "
    "is brought to mean 0 and variance 1 by itself."
)


@exercise.mistake(BATCH)
def over_the_batch(z, gamma, beta, eps=1e-5):
    mean, variance = z.mean(axis=1, keepdims=True), z.var(axis=1, keepdims=True)
    return gamma * (z - mean) / np.sqrt(variance + eps) + beta


@exercise.mistake(
    "All entries were normalised together; each column has its own mean and variance."
)
def all_together(z, gamma, beta, eps=1e-5):
    return gamma * (z - z.mean()) / np.sqrt(z.var() + eps) + beta


@exercise.mistake(
    "`eps` was added to the standard deviation; it belongs to the variance, in the root."
)
def eps_outside(z, gamma, beta, eps=1e-5):
    return gamma * (z - z.mean(axis=0)) / (z.std(axis=0) + eps) + beta


@exercise.mistake(
    "`eps` makes no difference here; it should, most of all where a column hardly varies."
)
def no_eps(z, gamma, beta, eps=1e-5):
    with np.errstate(all="ignore"):
        return gamma * (z - z.mean(axis=0)) / z.std(axis=0) + beta


@exercise.mistake("The variance was divided by n - 1; expected the mean of the squares, over n.")
def sample_variance(z, gamma, beta, eps=1e-5):
    return gamma * (z - z.mean(axis=0)) / np.sqrt(z.var(axis=0, ddof=1) + eps) + beta


@exercise.mistake("Divided by the variance; expected the standard deviation.")
def by_the_variance(z, gamma, beta, eps=1e-5):
    return gamma * (z - z.mean(axis=0)) / (z.var(axis=0) + eps) + beta


@exercise.mistake("The mean was not subtracted.")
def no_mean(z, gamma, beta, eps=1e-5):
    return gamma * z / np.sqrt(z.var(axis=0) + eps) + beta


@exercise.mistake("`gamma` and `beta` are not used: the columns have mean 0 and variance 1.")
def not_stretched(z, gamma, beta, eps=1e-5):
    return (z - z.mean(axis=0)) / np.sqrt(z.var(axis=0) + eps)


@exercise.mistake("`gamma` and `beta` are swapped.")
def swapped(z, gamma, beta, eps=1e-5):
    return layer_norm(z, beta, gamma, eps)


@exercise.mistake("`beta` was added before stretching; it comes last.")
def beta_first(z, gamma, beta, eps=1e-5):
    return gamma * ((z - z.mean(axis=0)) / np.sqrt(z.var(axis=0) + eps) + beta)


@exercise.mistake("`eps` was taken as 1e-5 whatever it is.")
def eps_fixed(z, gamma, beta, eps=1e-5):
    return layer_norm(z, gamma, beta)


@exercise.mistake(
    "A second small number was added, to the variance or to its root; there is `eps` alone.",
    small=(1e-8, 1e-6, 1e-10),
)
def one_more_epsilon(z, gamma, beta, eps=1e-5, *, small):
    return gamma * (z - z.mean(axis=0)) / (np.sqrt(z.var(axis=0) + eps) + small) + beta


@exercise.refused("Work on a copy")
def changes_input(z, gamma, beta, eps=1e-5):
    z -= z.mean(axis=0)
    return gamma * z / np.sqrt((z**2).mean(axis=0) + eps) + beta


@exercise.right
def vectorised(z, gamma, beta, eps=1e-5):
    return gamma * (z - z.mean(axis=0)) / np.sqrt(z.var(axis=0) + eps) + beta


@exercise.right
def loops(z, gamma, beta, eps=1e-5):
    n, m = z.shape
    out = np.zeros((n, m))
    for j in range(m):
        mean = sum(z[i, j] for i in range(n)) / n
        variance = sum((z[i, j] - mean) ** 2 for i in range(n)) / n
        for i in range(n):
            out[i, j] = gamma[i, 0] * (z[i, j] - mean) / (variance + eps) ** 0.5 + beta[i, 0]
    return out


@exercise.right
def own_style(z, gamma, beta, eps=1e-5):
    rows = np.ascontiguousarray(z.T)
    centred = rows - rows.mean(axis=-1, keepdims=True)
    power = np.einsum("ij,ij->i", centred, centred) / centred.shape[1]
    return (centred / np.sqrt(power + eps)[:, None] * gamma.ravel() + beta.ravel()).T


# Centring and the sum of squares as matrix products.
@exercise.right
def unusual(z, gamma, beta, eps=1e-5):
    n = len(z)
    centred = (np.eye(n) - np.full((n, n), 1 / n)) @ z
    scale = np.diag(((centred**2).mean(0) + eps) ** -0.5)
    return np.diagflat(gamma) @ centred @ scale + beta
