"""Softmax with a temperature."""

import math

import numpy as np

from autograder.cases import value
from autograder.model import Exercise, case

from ..ps2_loss_at_init.softmax import log_softmax, softmax
from .rnn_step_forward import log_probabilities

# Another formula comes within 1e-10 of the reference where logits are 1e5 apart, elsewhere 1e-13;
# a probability counts by its own size, down to 1e-306, where floats begin to lose digits.
exercise = Exercise(points=2, expect=value(rtol=1e-9, atol=1e-306, each=True))


@exercise.reference
def apply_temperature(logits, temperature):
    """Return ``softmax(logits / temperature)`` along the first axis.

    Parameters
    ----------
    logits : (n,) or (n, m) ndarray
    temperature : float
        Below 1 sharpens, above 1 flattens.

    Returns
    -------
    ndarray
        Probabilities, shape of `logits`.

    Raises
    ------
    ValueError
        Unless ``temperature > 0``.
    """
    if not temperature > 0:
        raise ValueError(f"the temperature must be positive, not {temperature}")
    with np.errstate(over="ignore"):  # exp(-inf) = 0 is what a very low temperature means
        shifted = (logits - np.max(logits, axis=0, keepdims=True)) / temperature
    weights = np.exp(shifted)
    return weights / np.sum(weights, axis=0, keepdims=True)


@exercise.cases
def cases(rng):
    n = int(rng.integers(5, 8))
    logits = rng.normal(0, 2, n)
    yield case(logits, float(rng.uniform(1.5, 3)), label="a temperature above 1")
    yield case(logits, float(rng.uniform(0.2, 0.7)), label="a temperature below 1")
    column = rng.normal(0, 2, (n, 1))
    yield case(column, float(rng.uniform(1.5, 3)), label=f"logits of shape ({n}, 1)")
    large = rng.normal(0, 1, n) + 1000 * np.sign(rng.normal())
    yield case(large, 0.5, label="logits around 1000 or -1000")
    yield case(np.linspace(-3000, 3000, n), 0.1, label="logits thousands apart")
    yield case(logits, 0.0, label="a temperature of 0")
    yield case(logits, -1.0, label="a temperature of -1")
    # Here the softmax of the logits has zeros, of which no power makes a probability again.
    far_apart = np.linspace(-3000, 3000, n)
    yield case(far_apart, 2000.0, label="logits thousands apart and a high temperature")
    yield case(logits, float(rng.uniform(20, 60)), label="a temperature of some tens")
    yield case(0.02 * logits, float(rng.uniform(0.01, 0.03)), label="a temperature below 0.1")
    yield case(1e-5 * column, 3e-5, label="a tiny temperature and tiny logits")
    yield case(np.linspace(0, 600, n), 1.0, label="logits hundreds apart and a temperature of 1")
    yield case(np.array([3, 1, 3, 0]), 2, label="whole numbers, two of them equal")
    yield case(np.array([-4.0]), 0.7, label="a single logit")
    rng.shuffle(far_apart)
    yield case(40 * far_apart, 7e3, label="logits 1e5 apart", only="hidden")
    yield case(1e5 * logits, 1e6, label="a temperature of a million", only="hidden")
    yield case(logits, 3e-13, label="a temperature below 1e-12")
    yield case(logits, 1e-300, label="a temperature of 1e-300", only="hidden")
    yield case(1e5 * logits, 1e300, label="a temperature of 1e300", only="hidden")


def must_be_positive(temperature):
    if not temperature > 0:
        raise ValueError("the temperature must be positive")


@exercise.mistake(
    "The logits were multiplied by the temperature: then a high one makes the distribution "
    "sharper, but it should make it flatter."
)
def multiplied(logits, temperature):
    must_be_positive(temperature)
    return softmax(logits * temperature)


NO_EFFECT = (
    "The temperature has no effect: dividing probabilities and normalising them again gives the "
    "same probabilities. It belongs to the logits, before the softmax."
)


@exercise.mistake(NO_EFFECT)
def on_probabilities(logits, temperature):
    must_be_positive(temperature)
    p = softmax(logits) / temperature
    return p / np.sum(p)


@exercise.mistake(NO_EFFECT, id="on_probabilities")
def ignored(logits, temperature):
    return softmax(logits)


@exercise.mistake(
    "The probabilities were divided by the temperature, so they do not add up to 1. It belongs to "
    "the logits, before the softmax."
)
def after_softmax(logits, temperature):
    must_be_positive(temperature)
    return softmax(logits) / temperature


@exercise.mistake(
    "Probabilities were divided by the temperature and put through a second softmax; it belongs "
    "to the logits, before the only softmax."
)
def softmax_of_probabilities(logits, temperature):
    must_be_positive(temperature)
    return softmax(softmax(logits) / temperature)


@exercise.mistake(
    "The exponential of a large number does not fit into a float. Softmax does not change when "
    "the same number is subtracted from every logit."
)
def no_shift(logits, temperature):
    must_be_positive(temperature)
    e = np.exp(logits / temperature)
    return e / np.sum(e)


@exercise.mistake(
    "Very small probabilities became 0, and stay 0 at any temperature. It belongs to the logits, "
    "before the softmax."
)
def powers_of_probabilities(logits, temperature):
    must_be_positive(temperature)
    p = softmax(logits) ** (1 / temperature)
    return p / np.sum(p)


@exercise.mistake("Those are the logits divided by the temperature; expected their softmax.")
def no_softmax(logits, temperature):
    must_be_positive(temperature)
    return logits / temperature


@exercise.mistake("The exponentials are not divided by their sum.")
def not_normalised(logits, temperature):
    must_be_positive(temperature)
    z = logits / temperature
    return np.exp(z - np.max(z))


@exercise.mistake("Those are the logarithms of the probabilities; expected the probabilities.")
def logarithm(logits, temperature):
    must_be_positive(temperature)
    return log_softmax(logits / temperature)


@exercise.mistake("Every probability is 1: the softmax of a column must run down the column.")
def wrong_axis(logits, temperature):
    must_be_positive(temperature)
    z = logits / temperature
    e = np.exp(z - np.max(z, axis=-1, keepdims=True))
    return e / np.sum(e, axis=-1, keepdims=True)


@exercise.mistake("The result should have the shape of the logits, also when that is (n, 1).")
def flat(logits, temperature):
    must_be_positive(temperature)
    return softmax(np.ravel(logits) / temperature)


@exercise.mistake("The logits were divided by the square root of the temperature.")
def root(logits, temperature):
    must_be_positive(temperature)
    return softmax(logits / np.sqrt(temperature))


@exercise.mistake("The logits were divided by the square of the temperature.")
def squared(logits, temperature):
    must_be_positive(temperature)
    return softmax(logits / temperature**2)


@exercise.mistake(
    "A temperature that is not positive must raise a ValueError; this is a different error."
)
def wrong_error(logits, temperature):
    assert temperature > 0, "the temperature must be positive"
    return softmax(logits / temperature)


@exercise.mistake("A temperature of 0 must raise a ValueError too: one cannot divide by it.")
def zero_allowed(logits, temperature):
    if temperature < 0:
        raise ValueError("the temperature must be positive")
    return softmax(logits / np.float64(temperature))


NO_ERROR = "A temperature that is not positive must raise a ValueError."


@exercise.mistake(NO_ERROR)
def no_error(logits, temperature):
    return softmax(logits / np.float64(temperature))


@exercise.mistake(NO_ERROR, id="no_error")
def no_error_and_no_shift(logits, temperature):
    e = np.exp(logits / np.float64(temperature))
    return e / np.sum(e)


@exercise.mistake(NO_ERROR, id="no_error")
def returns_nothing(logits, temperature):
    if temperature > 0:
        return softmax(logits / temperature)


@exercise.mistake(
    "A low temperature raised a ValueError although it is positive; only one of 0 or below should.",
    least=(1e-5, 1e-3, 1e-8, 1e-10),
)
def low_refused(logits, temperature, *, least):
    must_be_positive(temperature - least)
    return softmax(logits / temperature)


LIMITED = "The temperature was limited; it may be any positive number."


@exercise.mistake(LIMITED, least=(0.1, 0.5, 1e-3, 1e-4))
def limited_below(logits, temperature, *, least):
    must_be_positive(temperature)
    return softmax(logits / max(temperature, least))


@exercise.mistake(LIMITED, most=(10, 2, 3, 5, 100, 1000))
def limited_above(logits, temperature, *, most):
    must_be_positive(temperature)
    return softmax(logits / min(temperature, most))


@exercise.mistake(
    "A small number was added to the temperature, which shifts the result; it is never 0 here.",
    small=(1e-8, 1e-6, 1e-10, 1e-12),
)
def epsilon(logits, temperature, *, small):
    must_be_positive(temperature)
    return softmax(logits / (temperature + small))


@exercise.mistake(
    "A small number was added to the sum of the exponentials, or to a probability, which shifts "
    "the result.",
    small=(1e-8, 1e-6, 1e-7),
)
def epsilon_in_sum(logits, temperature, *, small):
    must_be_positive(temperature)
    e = np.exp((logits - np.max(logits)) / temperature)
    return e / (np.sum(e) + small)


@exercise.mistake(
    "Small probabilities were raised to a least one; they may be as small as they are.",
    least=(1e-15, 1e-12, 1e-10, 1e-8, 1e-100, 1e-300),
)
def clipped(logits, temperature, *, least):
    must_be_positive(temperature)
    return np.maximum(softmax(logits / temperature), least)


@exercise.refused("Work on a copy")
def changes_input(logits, temperature):
    must_be_positive(temperature)
    logits = np.asarray(logits)
    logits /= temperature
    return softmax(logits)


@exercise.right
def vectorised(logits, temperature):
    if not temperature > 0:
        raise ValueError(f"temperature {temperature} is not positive")
    z = logits / temperature
    e = np.exp(z - z.max(axis=0))
    return e / e.sum(axis=0)


@exercise.right
def loops(logits, temperature):
    if temperature <= 0:
        raise ValueError("temperature must be positive")
    flat = np.ravel(logits)
    largest = max(flat)
    powers = []
    for z in flat:
        powers.append(math.exp((z - largest) / temperature))
    total = sum(powers)
    return np.array([power / total for power in powers]).reshape(np.shape(logits))


@exercise.right
def own_style(logits, temperature):
    if temperature > 0:
        z = np.asarray(logits, dtype=float)
        z = (z - z.max(axis=0, keepdims=True)) / temperature
        e = np.exp(z)
        return e / e.sum(axis=0, keepdims=True)
    raise ValueError("cannot divide by the temperature " + str(temperature))


@exercise.right
def by_logaddexp(logits, temperature):
    if not temperature > 0:
        raise ValueError("not positive")
    z = np.true_divide(logits, temperature)
    return np.exp(z - np.logaddexp.reduce(z, axis=0))


@exercise.right
def one_by_one(logits, temperature):
    if temperature <= 0.0:
        raise ValueError
    z = np.reshape(logits, -1).tolist()
    shares = [1 / math.fsum(math.exp(min((b - a) / temperature, 705.0)) for b in z) for a in z]
    return np.reshape(np.array(shares), np.shape(logits))


# Powers of the probabilities are the same as logits divided by the temperature.
@exercise.right
def unusual(logits, temperature):
    if temperature <= 0:
        raise ValueError
    log_p = log_probabilities(np.array(logits, dtype=float))
    weights = np.exp((log_p - log_p.max(axis=0)) / temperature)
    return weights / weights.sum(axis=0)
