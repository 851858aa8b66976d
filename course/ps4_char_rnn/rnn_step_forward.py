"""One step of the network: a new state, and probabilities of the next character."""

import math

import numpy as np

from autograder.cases import value
from autograder.model import Exercise, case

from ..ps2_loss_at_init.softmax import log_softmax, softmax
from .shared import draw_params, one_hot

# One step by another formula comes within 1e-12 of the reference, for logits in the thousands too;
# a probability counts by its own size, down to 1e-307, where floats begin to lose digits.
exercise = Exercise(points=3, expect=value(rtol=1e-10, atol=1e-307, each="[1]"))


def rnn_logits(params, a):
    """Return ``Wya a + by``: (n_a, m) states give (n_y, m) logits."""
    return params["Wya"] @ a + params["by"]


@exercise.reference
def rnn_step_forward(params, a_prev, x):
    """Take one step: ``a = tanh(Waa a_prev + Wax x + b)``, ``p = softmax(Wya a + by)``.

    Parameters
    ----------
    params : dict of ndarray
    a_prev : (n_a, 1) ndarray
    x : (n_x, 1) ndarray

    Returns
    -------
    a : (n_a, 1) ndarray
    p : (n_y, 1) ndarray
        Probabilities of the next character.
    """
    a = np.tanh(params["Waa"] @ a_prev + params["Wax"] @ x + params["b"])
    return a, softmax(rnn_logits(params, a))


@exercise.cases
def cases(rng):
    n_a, n = 3, 5
    params = draw_params(rng, n_a, n)
    a_prev = np.tanh(rng.normal(size=(n_a, 1)))
    x = one_hot(int(rng.integers(1, n)), n)
    yield case(params, a_prev, x, label=f"n_a = {n_a} and n_x = {n}")
    square = draw_params(rng, 4, 4)
    a_square = np.tanh(rng.normal(size=(4, 1)))
    yield case(square, a_square, one_hot(2, 4), label="as many units as characters")
    yield case(params, a_prev, np.zeros((n, 1)), label="an input of zeros")
    yield case(params, np.zeros((n_a, 1)), one_hot(1, n), label="a state of zeros", only="hidden")
    # The weights of one character alone: each of them is read in one of the cases.
    for index in (0, n - 1):
        yield case(params, a_prev, one_hot(index, n), label=f"character {index} of {n}")
    wide = {name: each * (400.0 if name == "Wya" else 1.0) for name, each in params.items()}
    yield case(wide, a_prev, x, label="logits hundreds apart")
    far = {name: each * (4.0 if name == "Wya" else 1.0) for name, each in wide.items()}
    far["by"] = far["by"] + 1500.0 * np.sign(rng.normal())
    yield case(far, a_prev, x, label="logits in the thousands")
    least = {**params, "Wya": 0.1 * params["Wya"]}
    least["by"] = np.array([[0.0], [-300.0], [-1.0], [-695.0], [-800.0]])
    yield case(least, a_prev, x, label="probabilities as small as floats can be")
    one = draw_params(rng, 1, 2)
    one["b"] -= 1500.0
    yield case(one, np.array([[0.3]]), one_hot(1, 2), label="one unit, at -1, and two characters")
    large = draw_params(rng, 30, 27, 0.3)
    large["b"][::3] = 1500.0 * np.sign(rng.normal(size=large["b"][::3].shape))
    a_large = np.tanh(rng.normal(size=(30, 1)))
    label = "30 units, some of them saturated, and 27 characters"
    yield case(large, a_large, one_hot(26, 27), label=label, only="hidden")


def before_tanh(params, a_prev, x):
    return params["Waa"] @ a_prev + params["Wax"] @ x + params["b"]


@exercise.mistake("The tanh is missing: the new state is tanh of the sum.")
def no_tanh(params, a_prev, x):
    a = before_tanh(params, a_prev, x)
    return a, softmax(rnn_logits(params, a))


@exercise.mistake("The second result is the logits; expected their softmax.")
def logits(params, a_prev, x):
    a = np.tanh(before_tanh(params, a_prev, x))
    return a, rnn_logits(params, a)


@exercise.mistake("The state went through a sigmoid; expected tanh.")
def sigmoid(params, a_prev, x):
    a = 1 / (1 + np.exp(-before_tanh(params, a_prev, x)))
    return a, softmax(rnn_logits(params, a))


@exercise.mistake("The state went through a ReLU; expected tanh.")
def relu(params, a_prev, x):
    a = np.maximum(before_tanh(params, a_prev, x), 0)
    return a, softmax(rnn_logits(params, a))


@exercise.mistake("p went through a sigmoid, and does not add up to 1; expected softmax.")
def sigmoid_output(params, a_prev, x):
    a = np.tanh(before_tanh(params, a_prev, x))
    return a, 1 / (1 + np.exp(-rnn_logits(params, a)))


NOT_NORMALISED = "p does not add up to 1: the exponentials are not divided by their sum."


@exercise.mistake(NOT_NORMALISED)
def not_normalised(params, a_prev, x):
    a = np.tanh(before_tanh(params, a_prev, x))
    return a, np.exp(rnn_logits(params, a))


@exercise.mistake(NOT_NORMALISED, id="not_normalised")
def shifted_but_not_normalised(params, a_prev, x):
    a = np.tanh(before_tanh(params, a_prev, x))
    z = rnn_logits(params, a)
    return a, np.exp(z - np.max(z))


@exercise.mistake("The second result is the logarithm of p; expected p itself.")
def logarithm(params, a_prev, x):
    a = np.tanh(before_tanh(params, a_prev, x))
    return a, log_softmax(rnn_logits(params, a))


@exercise.mistake(
    "Every entry of p is 1: softmax runs along the wrong axis. p is one column, and the column "
    "adds up to 1."
)
def wrong_axis(params, a_prev, x):
    a = np.tanh(before_tanh(params, a_prev, x))
    z = rnn_logits(params, a)
    e = np.exp(z - np.max(z, axis=1, keepdims=True))
    return a, e / np.sum(e, axis=1, keepdims=True)


@exercise.mistake("The bias b is missing in the state.")
def no_b(params, a_prev, x):
    a = np.tanh(params["Waa"] @ a_prev + params["Wax"] @ x)
    return a, softmax(rnn_logits(params, a))


@exercise.mistake("The bias by is missing in the output.")
def no_by(params, a_prev, x):
    a = np.tanh(before_tanh(params, a_prev, x))
    return a, softmax(params["Wya"] @ a)


@exercise.mistake("Both biases are missing.")
def no_biases(params, a_prev, x):
    a = np.tanh(params["Waa"] @ a_prev + params["Wax"] @ x)
    return a, softmax(params["Wya"] @ a)


@exercise.mistake("The term of the previous state, Waa a_prev, is missing.")
def no_state(params, a_prev, x):
    a = np.tanh(params["Wax"] @ x + params["b"])
    return a, softmax(rnn_logits(params, a))


@exercise.mistake("The term of the input, Wax x, is missing.")
def no_input(params, a_prev, x):
    a = np.tanh(params["Waa"] @ a_prev + params["b"])
    return a, softmax(rnn_logits(params, a))


@exercise.mistake("The bias b was added after the tanh; it belongs inside.")
def bias_outside(params, a_prev, x):
    a = np.tanh(params["Waa"] @ a_prev + params["Wax"] @ x) + params["b"]
    return a, softmax(rnn_logits(params, a))


@exercise.mistake(
    "The output was computed from the sum before the tanh; it depends on the new state."
)
def from_sum(params, a_prev, x):
    z = before_tanh(params, a_prev, x)
    return np.tanh(z), softmax(rnn_logits(params, z))


@exercise.mistake("The output was computed from the previous state; it depends on the new one.")
def from_previous(params, a_prev, x):
    a = np.tanh(before_tanh(params, a_prev, x))
    return a, softmax(rnn_logits(params, a_prev))


@exercise.mistake(
    "Waa is used transposed: it is Waa a_prev, with one row of Waa for each new unit."
)
def transposed(params, a_prev, x):
    a = np.tanh(params["Waa"].T @ a_prev + params["Wax"] @ x + params["b"])
    return a, softmax(rnn_logits(params, a))


@exercise.mistake("State and output are swapped: a comes first.")
def exchanged(params, a_prev, x):
    a = np.tanh(before_tanh(params, a_prev, x))
    return softmax(rnn_logits(params, a)), a


@exercise.mistake("Expected two results, the new state and p; there is only p.")
def only_p(params, a_prev, x):
    a = np.tanh(before_tanh(params, a_prev, x))
    return softmax(rnn_logits(params, a))


@exercise.mistake("Expected two results, the new state and p; there is only the state.")
def only_a(params, a_prev, x):
    return np.tanh(before_tanh(params, a_prev, x))


@exercise.mistake("State and p are columns, (n_a, 1) and (n_y, 1).")
def flat(params, a_prev, x):
    a = np.tanh(before_tanh(params, a_prev, x))
    return a.ravel(), softmax(rnn_logits(params, a)).ravel()


@exercise.mistake("The first result is the sum before the tanh; expected the state itself.")
def sum_for_state(params, a_prev, x):
    z = before_tanh(params, a_prev, x)
    return z, softmax(rnn_logits(params, np.tanh(z)))


@exercise.mistake(
    "The exponential of a large logit does not fit into a float. Softmax does not change when the "
    "same number is subtracted from every logit."
)
def no_shift(params, a_prev, x):
    a = np.tanh(before_tanh(params, a_prev, x))
    e = np.exp(rnn_logits(params, a))
    return a, e / np.sum(e)


RAISED = (
    "Small probabilities were raised to a least one, or something was added to them; they may be "
    "as small as they are."
)


@exercise.mistake(RAISED, least=(1e-15, 1e-12, 1e-10, 1e-8, 1e-100, 1e-300))
def clipped(params, a_prev, x, *, least):
    a = np.tanh(before_tanh(params, a_prev, x))
    return a, np.maximum(softmax(rnn_logits(params, a)), least)


@exercise.mistake(RAISED, id="clipped", small=(1e-12, 1e-8, 1e-10, 1e-15))
def added(params, a_prev, x, *, small):
    a = np.tanh(before_tanh(params, a_prev, x))
    return a, softmax(rnn_logits(params, a)) + small


@exercise.mistake(RAISED, id="clipped", small=(1e-12, 1e-8, 1e-10))
def added_and_normalised(params, a_prev, x, *, small):
    a = np.tanh(before_tanh(params, a_prev, x))
    p = softmax(rnn_logits(params, a)) + small
    return a, p / np.sum(p)


@exercise.mistake(
    "A small number was added in the softmax, which shifts p; the sum of exponentials is not 0 "
    "once the largest logit is subtracted.",
    small=(1e-8, 1e-6, 1e-7, 1e-9),
)
def epsilon(params, a_prev, x, *, small):
    a = np.tanh(before_tanh(params, a_prev, x))
    z = rnn_logits(params, a)
    e = np.exp(z - np.max(z))
    return a, e / (np.sum(e) + small)


@exercise.mistake(
    "The last character of the vocabulary is never read: a loop or a slice ends one too early."
)
def last_never_read(params, a_prev, x):
    a = np.tanh(params["Waa"] @ a_prev + params["Wax"][:, :-1] @ x[:-1] + params["b"])
    return a, softmax(rnn_logits(params, a))


@exercise.refused("Work on a copy")
def in_place(params, a_prev, x):
    a_prev[:] = np.tanh(before_tanh(params, a_prev, x))
    return a_prev, softmax(rnn_logits(params, a_prev))


@exercise.right
def vectorised(params, a_prev, x):
    a = np.tanh(params["Waa"] @ a_prev + params["Wax"] @ x + params["b"])
    logits = params["Wya"] @ a + params["by"]
    e = np.exp(logits - logits.max(axis=0))
    return a, e / e.sum(axis=0)


@exercise.right
def loops(params, a_prev, x):
    n_a, n_x = params["Wax"].shape
    a = np.zeros((n_a, 1))
    for i in range(n_a):
        z = params["b"][i, 0] + np.dot(params["Waa"][i], a_prev[:, 0])
        for j in range(n_x):
            if x[j, 0] != 0:
                z += params["Wax"][i, j] * x[j, 0]
        a[i, 0] = math.tanh(z)
    logits = []
    for k in range(len(params["by"])):
        logits.append(params["by"][k, 0] + np.dot(params["Wya"][k], a[:, 0]))
    largest = max(logits)
    powers = [math.exp(z - largest) for z in logits]
    p = np.zeros((len(powers), 1))
    for k in range(len(powers)):
        p[k, 0] = powers[k] / sum(powers)
    return a, p


@exercise.right
def own_style(params, a_prev, x):
    Wax, Waa, Wya, b, by = (params[name] for name in ("Wax", "Waa", "Wya", "b", "by"))
    z = np.add(np.add(np.matmul(Wax, x), np.matmul(Waa, a_prev)), b)
    a = np.sinh(z) / np.cosh(z) if np.max(np.abs(z)) < 300 else np.tanh(z)
    y = np.matmul(Wya, a) + by
    y = y - np.max(y)
    p = np.exp(y) / np.sum(np.exp(y))
    assert abs(p.sum() - 1) < 1e-9
    return a, p


@exercise.right
def by_einsum(params, a_prev, x):
    z = np.einsum("ij,jk->ik", params["Waa"], a_prev) + params["b"]
    z += np.einsum("ij,jk->ik", params["Wax"], x)
    a = 2 / (1 + np.exp(-2 * np.clip(z, -350, 350))) - 1  # the tanh of a sigmoid
    y = np.einsum("ij,jk->ik", params["Wya"], np.tanh(z)) + params["by"]
    p = 1 / np.exp(np.clip(y.T - y, -745, 709)).sum(axis=1, keepdims=True)
    return np.where(np.abs(z) < 0.1, np.tanh(z), a), p


# The column of the character that is read, looked up rather than multiplied.
@exercise.right
def looked_up(params, a_prev, x):
    column = params["Wax"][:, [int(x.argmax())]] if x.any() else 0.0
    a = np.tanh(params["Waa"].dot(a_prev) + column + params["b"])
    y = (params["Wya"].dot(a) + params["by"]).ravel()
    order = np.exp(np.subtract(y, y.max()))
    return a, np.divide(order, order.sum())[:, np.newaxis]


def log_probabilities(z):
    """Take softmax through the logarithm; logaddexp never overflows."""
    return z - np.logaddexp.reduce(z, axis=0)


# All three terms as one product with [a_prev; x; 1].
@exercise.right
def unusual(params, a_prev, x):
    weights = np.concatenate([params["Waa"], params["Wax"], params["b"]], axis=1)
    a = np.tanh(weights @ np.concatenate([a_prev, x, [[1.0]]]))
    return [a, np.exp(log_probabilities(params["Wya"].dot(a) + params["by"]))]
