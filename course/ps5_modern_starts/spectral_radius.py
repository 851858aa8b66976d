"""How much a recurrent matrix stretches in the long run."""

import numpy as np

from autograder.cases import value
from autograder.model import Exercise, case

# The roots of the characteristic polynomial come within 1e-12, but for eigenvalues that are close.
exercise = Exercise(points=1, expect=value(rtol=1e-10))


@exercise.reference
def spectral_radius(W):
    """Return the largest absolute value of the eigenvalues of a matrix.

    Parameters
    ----------
    W : (n, n) ndarray

    Returns
    -------
    float
    """
    return float(np.max(np.abs(np.linalg.eigvals(W))))


@exercise.cases
def cases(rng):
    n = int(rng.integers(5, 9))
    yield case(rng.normal(0, 1, (n, n)), label=f"a random {n} by {n} matrix")
    angle = rng.uniform(0.5, 2.5)
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    yield case(rng.uniform(0.5, 2) * turn, label="a rotation, stretched")
    yield case(
        np.array([[0.5, rng.uniform(20, 90)], [0.0, -0.8]]), label="a triangle with a large corner"
    )
    apart = rng.permutation(0.75 * np.arange(4) + rng.uniform(0.1, 0.5, 4))
    yield case(-np.diag(apart), label="a diagonal of negative numbers")
    yield case(np.zeros((3, 3)), label="zeros", only="hidden")
    yield case(np.array([[-1.5]]), label="a single unit", only="hidden")
    turn = rng.uniform(200, 900) * np.array([[0.0, -4.0], [1.0, 0.0]])
    yield case(turn, label="a large turn that stretches one way", only="hidden")


@exercise.mistake(
    "That is the largest singular value: how much one step can stretch. Expected the largest size "
    "of an eigenvalue: how much a step stretches in the long run."
)
def spectral_norm(W):
    return np.linalg.norm(W, 2)


@exercise.mistake("That is the largest real part; an eigenvalue may be negative or complex.")
def real_part(W):
    return np.linalg.eigvals(W).real.max()


@exercise.mistake("The size of the real part was taken; that of a complex number has two parts.")
def size_of_the_real_part(W):
    return np.abs(np.linalg.eigvals(W).real).max()


@exercise.mistake(
    "The matrix was taken for a symmetric one: such a function looks at one triangle only."
)
def as_symmetric(W):
    return np.abs(np.linalg.eigvalsh(W)).max()


@exercise.mistake("That is the largest entry of the matrix, not of its eigenvalues.")
def largest_entry(W):
    return np.abs(W).max()


@exercise.mistake("That is the root of the sum of all squared entries.")
def frobenius(W):
    return np.linalg.norm(W)


@exercise.mistake("That is the size of the sum of the eigenvalues.")
def trace(W):
    return abs(np.trace(W))


@exercise.mistake("That is the mean size of the eigenvalues; expected the largest.")
def mean_size(W):
    return np.abs(np.linalg.eigvals(W)).mean()


@exercise.refused("`return` line")
def prints(W):
    print(np.abs(np.linalg.eigvals(W)).max())


@exercise.right
def vectorised(W):
    return np.abs(np.linalg.eigvals(W)).max()


@exercise.right
def loops(W):
    largest = 0.0
    for eigenvalue in np.linalg.eigvals(W):
        size = (eigenvalue.real**2 + eigenvalue.imag**2) ** 0.5
        if size > largest:
            largest = size
    return largest


@exercise.right
def own_style(W):
    values, vectors = np.linalg.eig(np.asarray(W, dtype=complex))
    assert vectors.shape == W.shape
    return float(sorted(abs(values))[-1])


unusual = exercise.right(lambda A: max(map(abs, np.roots(np.poly(A)).tolist() or [0.0])))
