"""How the stream of a residual network grows."""

import numpy as np

from autograder.cases import value
from autograder.model import Exercise, case

# A product over 300 blocks comes within 1e-13; each variance counts by its own size.
exercise = Exercise(points=2, edge_share=0.5, expect=value(rtol=1e-12, each=True))


@exercise.reference
def residual_variance(n_blocks, branch_variance, scale, normalized):
    """Return the variance of a residual stream before the first block and after each.

    ``x <- x + scale * f(x)`` with independent branches: variances add. A branch has
    `branch_variance` times the variance of what it reads, which is x itself, or x brought to
    variance 1 (pre-norm; Hanin and Rolnick 2018, arXiv 1803.01719, Zhang et al. 2019, arXiv
    1901.09321).

    Parameters
    ----------
    n_blocks : int
    branch_variance : float
    scale : float
    normalized : bool

    Returns
    -------
    (n_blocks + 1,) ndarray
        Entry 0 is 1.
    """
    blocks = np.arange(n_blocks + 1)
    added = scale**2 * branch_variance
    return 1 + added * blocks if normalized else (1 + added) ** blocks


@exercise.cases
def cases(rng):
    for normalized in (False, True):
        n, c, s = int(rng.integers(4, 9)), float(rng.uniform(0.5, 2)), float(rng.uniform(0.3, 0.8))
        kind = "normalised branches" if normalized else "branches that read the stream"
        yield case(n, c, s, normalized, label=f"{n} blocks, {kind}")
        yield case(1, c, 1.0, normalized, label=f"one block, {kind}")
        edge = "`scale` 0 or negative"
        yield case(n, c, 0.0, normalized, label=f"a scale of 0, {kind}", edge=edge)
        yield case(48, c, 0.2, normalized, label=f"48 blocks, {kind}", only="hidden")
        label = f"a negative scale, {kind}"
        yield case(n, c, -s, normalized, label=label, only="hidden", edge=edge)
    yield case(0, 1.5, 0.7, False, label="no block", edge="`n_blocks` may be 0")
    label = "60 blocks, branches that read the stream"
    yield case(60, float(rng.uniform(1, 2)), 1.0, False, label=label, only="hidden")
    for normalized in (False, True):
        kind = "normalised branches" if normalized else "branches that read the stream"
        yield case(300, 0.3, 0.4, normalized, label=f"300 blocks, {kind}", only="hidden")


@exercise.mistake("The scale multiplies the branch, so its square multiplies the variance.")
def scale_not_squared(n_blocks, branch_variance, scale, normalized):
    blocks = np.arange(n_blocks + 1)
    added = scale * branch_variance
    return 1 + added * blocks if normalized else (1 + added) ** blocks


@exercise.mistake("Each branch reads a stream of variance 1 here, so each block adds the same.")
def always_multiplied(n_blocks, branch_variance, scale, normalized):
    return (1 + scale**2 * branch_variance) ** np.arange(n_blocks + 1)


@exercise.mistake(
    "A branch that reads the stream itself grows with it: each block multiplies the variance."
)
def always_added(n_blocks, branch_variance, scale, normalized):
    return 1 + scale**2 * branch_variance * np.arange(n_blocks + 1)


@exercise.mistake("The stream itself is missing: a block adds its branch to what came in.")
def no_skip(n_blocks, branch_variance, scale, normalized):
    added = scale**2 * branch_variance
    if normalized:
        return np.array([1.0] + [added] * n_blocks)
    return added ** np.arange(n_blocks + 1)


@exercise.mistake("Those are standard deviations; expected variances.")
def standard_deviations(n_blocks, branch_variance, scale, normalized):
    return np.sqrt(residual_variance(n_blocks, branch_variance, scale, normalized))


@exercise.mistake("Entry 0 is the variance before the first block, which is 1.")
def one_block_ahead(n_blocks, branch_variance, scale, normalized):
    return residual_variance(n_blocks + 1, branch_variance, scale, normalized)[1:]


@exercise.mistake("Standard deviations were added; of independent parts the variances add.")
def deviations_added(n_blocks, branch_variance, scale, normalized):
    step, x = abs(scale) * branch_variance**0.5, [1.0]
    for _ in range(n_blocks):
        x.append(x[-1] + step * (1 if normalized else x[-1]))
    return np.array(x) ** 2


@exercise.refused("shape")
def last_only(n_blocks, branch_variance, scale, normalized):
    return residual_variance(n_blocks, branch_variance, scale, normalized)[-1:]


@exercise.right
def vectorised(n_blocks, branch_variance, scale, normalized):
    k = np.arange(n_blocks + 1)
    c = branch_variance * scale**2
    return np.where(normalized, 1 + c * k, (1 + c) ** k)


@exercise.right
def loops(n_blocks, branch_variance, scale, normalized):
    variances = np.ones(n_blocks + 1)
    for k in range(n_blocks):
        read = 1.0 if normalized else variances[k]
        variances[k + 1] = variances[k] + scale * scale * branch_variance * read
    return variances


@exercise.right
def own_style(n_blocks, branch_variance, scale, normalized):
    added = branch_variance * scale**2
    steps = np.full(n_blocks, added if normalized else 1 + added)
    combine = np.cumsum if normalized else np.cumprod
    return combine(np.concatenate([[1.0], steps]))


@exercise.right
def unusual(n_blocks, branch_variance, scale, normalized):
    from itertools import accumulate

    grow = (lambda v, c: v + c) if normalized else (lambda v, c: v + v * c)
    return np.array(list(accumulate([1.0] + [branch_variance * scale**2] * n_blocks, grow)))
