"""A matrix that keeps every length, out of a random one."""

import numpy as np

from autograder.cases import value
from autograder.model import Exercise, case

# A right answer may add its terms in another order; the matrices below have a condition below 100.
exercise = Exercise(points=3, expect=value(rtol=1e-10, atol=1e-10))


@exercise.reference
def orthogonalize(A):
    """Return the orthogonal factor of A = QR, with the diagonal of R positive.

    Parameters
    ----------
    A : (n, n) ndarray
        Its columns are linearly independent.

    Returns
    -------
    (n, n) ndarray
        Distributed evenly over the orthogonal matrices if the entries of A are independent normal
        draws (Mezzadri 2007, Notices of the AMS 54, 592).
    """
    Q, R = np.linalg.qr(A)
    return Q * np.sign(np.diag(R))


@exercise.cases
def cases(rng):
    for n in (2, 5, int(rng.integers(6, 10))):
        yield case(_well_conditioned(rng, n), label=f"a random {n} by {n} matrix")
    n, signs = 30, rng.choice([-1.0, 1.0], 30)
    upper = np.diag(signs * rng.uniform(1, 2, n)) + 0.05 * np.triu(rng.normal(0, 1, (n, n)), 1)
    large = np.linalg.qr(rng.normal(0, 1, (n, n)))[0] @ upper
    yield case(large, label=f"a {n} by {n} matrix", only="hidden")
    yield case(np.array([[-2.0]]), label="a single unit")
    yield case(np.diag([3.0, -0.5, 2.0]), label="a diagonal matrix", only="hidden")


def _well_conditioned(rng, n):
    """Draw a normal matrix both of whose triangular factors have signs on the diagonal."""
    while True:
        A = rng.normal(0, 1, (n, n))
        signs = np.sign(np.diag(np.linalg.qr(A)[1]))
        if np.linalg.cond(A) < 100 and len(set(signs)) == 2 - (n == 1):
            return A


@exercise.mistake(
    "Each column is right up to its sign: a QR routine chooses signs of its own. Flip the columns "
    "at which the diagonal of R is negative."
)
def no_sign_fix(A):
    return np.linalg.qr(A)[0]


@exercise.mistake(
    "Rows were flipped where the diagonal of R is negative; the sign belongs to the column."
)
def rows_flipped(A):
    Q, R = np.linalg.qr(A)
    return np.sign(np.diag(R))[:, None] * Q


@exercise.mistake("That is the triangular factor R; expected the orthogonal one.")
def triangular(A):
    Q, R = np.linalg.qr(A)
    return np.sign(np.diag(R))[:, None] * R


@exercise.mistake(
    "The columns have length 1, but are not perpendicular: from each one take off its parts along "
    "the columns before it."
)
def only_lengths(A):
    return A / np.linalg.norm(A, axis=0)


@exercise.mistake(
    "The rows have length 1, but are not perpendicular; and it is the columns that count."
)
def only_lengths_of_rows(A):
    return A / np.linalg.norm(A, axis=1, keepdims=True)


@exercise.mistake("The columns are perpendicular, but do not have length 1.")
def not_normalised(A):
    Q, R = np.linalg.qr(A)
    return Q * np.diag(R)


@exercise.mistake(
    "That is the orthogonal matrix nearest to A, from its singular vectors; expected the one that "
    "takes the columns in turn."
)
def polar(A):
    U, _, Vt = np.linalg.svd(A)
    return U @ Vt


@exercise.mistake("The rows of A were taken in turn; expected its columns.")
def of_the_rows(A):
    Q, R = np.linalg.qr(A.T)
    return (Q * np.sign(np.diag(R))).T


@exercise.mistake("That is the transpose of the expected matrix.")
def transposed(A):
    Q, R = np.linalg.qr(A)
    return (Q * np.sign(np.diag(R))).T


@exercise.refused("Work on a copy")
def changes_input(A):
    for j in range(len(A)):
        for k in range(j):
            A[:, j] -= (A[:, k] @ A[:, j]) * A[:, k]
        A[:, j] /= np.linalg.norm(A[:, j])
    return A.copy()


@exercise.right
def vectorised(A):
    Q, R = np.linalg.qr(A)
    return Q * np.where(np.diag(R) < 0, -1.0, 1.0)


@exercise.right
def loops(A):
    """Gram and Schmidt's method, twice over each column for the last digits."""
    n = A.shape[0]
    Q = np.zeros((n, n))
    for j in range(n):
        column = A[:, j].copy()
        for _ in range(2):
            for k in range(j):
                column = column - (Q[:, k] @ column) * Q[:, k]
        Q[:, j] = column / np.sqrt(column @ column)
    return Q


@exercise.right
def own_style(A):
    """A = QR with a positive diagonal: R is the Cholesky factor of A^T A."""
    lower = np.linalg.cholesky(A.T @ A)
    return np.linalg.solve(lower, A.T).T


# Each column's sign from its own projection on A, without looking at R.
@exercise.right
def unusual(A):
    Q = np.linalg.qr(A)[0]
    return np.stack([q if q @ a > 0 else -q for q, a in zip(Q.T, A.T)], axis=1)
