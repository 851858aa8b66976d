"""How long a small start waits."""

import math

import numpy as np

from autograder.cases import value
from autograder.model import Exercise, case

# A power of the smallest scale comes within 1e-14, by Gauss's rule too.
exercise = Exercise(points=2, expect=value(rtol=1e-11))


@exercise.reference
def escape_time(scale, n_hidden):
    """Return the time in which the solution of ``w' = w**n_hidden`` grows from `scale` to 1.

    The chain of weights that all equal w is the model of Saxe, McClelland and Ganguli (2013,
    arXiv 1312.6120), section 1.2; the integral of ``w**(-n_hidden)`` is elementary.

    Parameters
    ----------
    scale : float
        Between 0 and 1.
    n_hidden : int
        At least 1.

    Returns
    -------
    float
    """
    if n_hidden == 1:
        return -math.log(scale)
    power = n_hidden - 1
    return math.expm1(-power * math.log(scale)) / power


@exercise.cases
def cases(rng):
    for n_hidden in (1, 2, 3, int(rng.integers(4, 8))):
        scale = float(10 ** rng.uniform(-3, -0.3))
        label = f"{n_hidden} hidden layers" if n_hidden > 1 else "1 hidden layer"
        yield case(scale, n_hidden, label=label)
    yield case(1.0, 1, label="a scale of 1, one hidden layer", only="hidden")
    yield case(1.0, 3, label="a scale of 1, three hidden layers")
    yield case(0.5, 2, label="a scale of one half")
    yield case(1e-6, 1, label="a very small scale, one hidden layer", only="hidden")
    yield case(1e-30, 1, label="the smallest scale, one hidden layer", only="hidden")
    yield case(1e-20, 3, label="a very small scale, three hidden layers", only="hidden")
    yield case(0.3, int(rng.integers(12, 20)), label="many hidden layers", only="hidden")


ALWAYS_LOG = (
    "That is the logarithm, which holds for one hidden layer only. With more, the integral of "
    "a higher power is taken."
)


@exercise.mistake(ALWAYS_LOG)
def always_log(scale, n_hidden):
    return -np.log(scale)


@exercise.mistake(
    "With one hidden layer the formula for more divides by 0; that integral is a logarithm."
)
def no_log(scale, n_hidden):
    return (scale ** (1 - n_hidden) - 1) / (n_hidden - 1)


@exercise.mistake(
    "The exponent is one too large: the integral of a power has an exponent that is one nearer "
    "to 0 than the power."
)
def power_of_n(scale, n_hidden):
    if n_hidden == 1:
        return -np.log(scale)
    return (scale**-n_hidden - 1) / n_hidden


@exercise.mistake("The value at the upper end, where w is 1, was not subtracted.")
def no_upper_end(scale, n_hidden):
    if n_hidden == 1:
        return -np.log(scale)
    return scale ** (1 - n_hidden) / (n_hidden - 1)


@exercise.mistake(
    "The factor in front is missing: integrating a power divides by the new exponent."
)
def no_factor(scale, n_hidden):
    if n_hidden == 1:
        return -np.log(scale)
    return scale ** (1 - n_hidden) - 1


@exercise.mistake("That is minus the time: the ends of the integral are swapped.")
def negative(scale, n_hidden):
    if n_hidden == 1:
        return np.log(scale)
    return (1 - scale ** (1 - n_hidden)) / (n_hidden - 1)


@exercise.mistake("The logarithm is to base 10; expected the natural one.")
def base_10(scale, n_hidden):
    if n_hidden == 1:
        return -np.log10(scale)
    return (scale ** (1 - n_hidden) - 1) / (n_hidden - 1)


@exercise.mistake("The hidden layers were counted as one more than they are.")
def one_layer_more(scale, n_hidden):
    return (scale**-n_hidden - 1) / n_hidden


@exercise.mistake(
    "A small number was added to the scale, or it was raised to a least one; it is never 0.",
    small=(1e-8, 1e-6, 1e-10, 1e-12),
)
def epsilon(scale, n_hidden, *, small):
    return escape_time(scale + small, n_hidden)


@exercise.refused("`return` line")
def prints(scale, n_hidden):
    print(-np.log(scale) if n_hidden == 1 else (scale ** (1 - n_hidden) - 1) / (n_hidden - 1))


@exercise.right
def vectorised(scale, n_hidden):
    if n_hidden == 1:
        return np.log(1 / scale)
    return (scale ** (1.0 - n_hidden) - 1) / (n_hidden - 1)


@exercise.right
def loops(scale, n_hidden):
    """Sum the geometric series: (x**k - 1) is (x - 1) times the sum of the lower powers."""
    if n_hidden == 1:
        return -math.log(scale)
    x, total = 1 / scale, 0.0
    for k in range(n_hidden - 1):
        total += x**k
    return (x - 1) * total / (n_hidden - 1)


@exercise.right
def own_style(scale, n_hidden):
    def antiderivative(w):
        return np.log(w) if n_hidden == 1 else w ** (1.0 - n_hidden) / (1.0 - n_hidden)

    return float(antiderivative(1.0) - antiderivative(scale))


# One polynomial integrated exactly, by Gauss's rule in u = log(1 / w).
@exercise.right
def unusual(scale, n_hidden):
    nodes, weights = np.polynomial.legendre.leggauss(200)
    half = np.log(1 / scale) / 2
    u = half * (nodes + 1)
    return half * (weights @ np.exp((n_hidden - 1) * u))
