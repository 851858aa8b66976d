"""The start of the last matrix of each residual branch."""

import math

import numpy as np

from autograder.cases import value
from autograder.model import Exercise, case

exercise = Exercise(points=1, expect=value(rtol=1e-13, atol=1e-290))  # a root and a quotient


@exercise.reference
def residual_std(std, n_blocks, branches=2):
    """Return the standard deviation for the weights that write into the residual stream.

    As many branches as there are add to the stream, each with this much less variance
    (Radford et al. 2019, section 2.3: 1 / sqrt(N), with N residual layers).

    Parameters
    ----------
    std : float
    n_blocks : int
    branches : int, optional
        Of each block; 2 in a transformer.

    Returns
    -------
    float
    """
    return std / math.sqrt(branches * n_blocks)


@exercise.cases
def cases(rng):
    yield case(0.02, 12, label="12 blocks")
    yield case(float(rng.uniform(0.01, 0.1)), int(rng.integers(20, 90)), label="many blocks")
    yield case(float(rng.uniform(0.01, 0.1)), int(rng.integers(5, 30)), 1, label="one branch")
    yield case(0.5, 7, branches=3, label="three branches")
    yield case(1.0, 1, 1, label="a single branch in all")
    yield case(3e-9, 1000, label="a tiny spread and a thousand blocks", only="hidden")


@exercise.mistake("The blocks were counted; each block has `branches` that add to the stream.")
def blocks_only(std, n_blocks, branches=2):
    return std / math.sqrt(n_blocks)


@exercise.mistake("The root is missing: variances add, and the deviation is the root of one.")
def no_root(std, n_blocks, branches=2):
    return std / (branches * n_blocks)


@exercise.mistake("Multiplied by the root; expected smaller weights for more blocks.")
def multiplied(std, n_blocks, branches=2):
    return std * math.sqrt(branches * n_blocks)


@exercise.mistake("That is the variance; expected the standard deviation.")
def variance(std, n_blocks, branches=2):
    return std**2 / (branches * n_blocks)


@exercise.mistake("`branches` was taken as 2 whatever it is.")
def always_two(std, n_blocks, branches=2):
    return std / math.sqrt(2 * n_blocks)


@exercise.mistake("`std` was taken as 0.02 whatever it is.")
def always_gpt2(std, n_blocks, branches=2):
    return 0.02 / math.sqrt(branches * n_blocks)


@exercise.mistake("The number of branches stands outside the root.")
def outside_the_root(std, n_blocks, branches=2):
    return std / (branches * math.sqrt(n_blocks))


@exercise.mistake("Without a third argument a block has 2 branches.")
def other_default(std, n_blocks, branches=1):
    return std / math.sqrt(branches * n_blocks)


@exercise.refused("`return` line")
def prints(std, n_blocks, branches=2):
    print(std / np.sqrt(branches * n_blocks))


@exercise.right
def vectorised(std, n_blocks, branches=2):
    return std / np.sqrt(n_blocks * branches)


@exercise.right
def loops(std, n_blocks, branches=2):
    count = 0
    for _ in range(n_blocks):
        for _ in range(branches):
            count += 1
    return std * count**-0.5


@exercise.right
def own_style(std, n_blocks, branches=2):
    variance_of_all = std**2
    return float(np.sqrt(variance_of_all / (branches * n_blocks)))


unusual = exercise.right(lambda s, n, branches=2: s * np.exp(-0.5 * np.log(n * branches)))
