"""What is wrong with this network?"""

import numpy as np

from autograder.model import Exercise, case

# Drawn twice in a grading: each fault is met in two networks.
exercise = Exercise(points=4, draws=2)
FAULTS = ("equal units", "vanishing", "saturated", "dead", "confident", "healthy")
EXAMPLES = 24
VANISHED = 0.0025  # the spread of the last layer over that of the first: a quarter of the limit


@exercise.reference
def diagnose(hidden, logits, activation):
    """Return the name of a network's fault, from its outputs before any training.

    The limits are those of the students' text; the networks of the cases are far from them.

    Parameters
    ----------
    hidden : list of (n, m) ndarray
        Each hidden layer's output.
    logits : (C, m) ndarray
    activation : {"tanh", "relu"}

    Returns
    -------
    str
        One of `FAULTS`.
    """
    if any(np.allclose(h, h[0]) for h in hidden):
        return "equal units"
    if np.std(hidden[-1]) < np.std(hidden[0]) / 100:
        return "vanishing"
    if activation == "tanh" and any(np.mean(np.abs(h) > 0.99) > 0.5 for h in hidden):
        return "saturated"
    if activation == "relu" and any(np.mean(np.all(h == 0, axis=1)) > 0.5 for h in hidden):
        return "dead"
    if np.mean(np.std(logits, axis=0)) > 5:
        return "confident"
    return "healthy"


def network(rng, fault, activation, high=False):
    """Return what `diagnose` takes, of a network with a fault.

    Parameters
    ----------
    rng : numpy.random.Generator
    fault : str
    activation : {"tanh", "relu"}
    high : bool, optional
        Whether all outputs of the last hidden layer are far above 1, which is no fault of a ReLU.
    """
    depth, width = int(rng.integers(4, 6)), 2 * int(rng.integers(6, 8))
    # The layer with the fault: in the middle, so that neither the first nor the last alone tells.
    # Equal ReLU units would spoil what follows, so theirs is the last.
    last = activation == "relu" and fault == "equal units"
    bad = depth - 1 if last else int(rng.integers(1, depth - 1))
    gain = 1.0 if activation == "tanh" else np.sqrt(2)
    # A small input is no fault: a healthy network may be as small as a vanishing one gets.
    small = {"healthy": (-4, -3), "confident": (-1.5, -0.5)}
    scale = 10 ** rng.uniform(*small[fault]) if fault in small and not high else 1.0
    h = scale * rng.normal(0, 1, (width, EXAMPLES))
    hidden = []
    for layer in range(depth):
        W = gain * _even(rng, width)
        b = np.zeros((width, 1))
        if layer == bad and fault == "equal units":
            W[:] = np.abs(W[0])  # else all might be 0, and so dead
        if layer == bad and fault == "saturated":
            W *= 60
            W[1::2] = -W[::2]  # so many above as below: neither end has most of them
        if layer == bad and fault == "dead":
            b[: width * 3 // 4] = -40.0
        if layer == bad and fault == "confident":  # a few units at their limit are no fault
            few = width // 5
            b[:few, 0] = 4.0 * (-1.0) ** np.arange(few) if activation == "tanh" else -40.0
        if layer == depth - 1 and high:
            b[:] = 6.0
        z = W @ h + b
        h = np.tanh(z) if activation == "tanh" else np.maximum(z, 0)
        if layer == bad and fault == "equal units":
            h[1, 0] *= 1 + 2**-52  # as another order of adding might
        if layer == bad and fault == "dead":
            h[:, 0] = 0.0  # units that agree for one example are not equal
        if fault == "vanishing":  # from the first layer to the last, and between no other two
            h *= 0.2 * VANISHED ** (layer / (depth - 1)) / np.std(h)
        hidden.append(h)
    logits = rng.normal(0, 1, (8, width)) @ h
    logits /= np.mean(np.std(logits, axis=0))
    if fault == "confident":
        return hidden, rng.uniform(20, 60) * logits, activation
    # What is added to all the logits of a column changes no probability.
    shift = rng.normal(0, 30, EXAMPLES)
    return hidden, rng.uniform(0.1, 0.5) * logits + shift, activation


def _even(rng, width):
    """Return a random orthogonal matrix, so that a small network is no outlier."""
    return np.linalg.qr(rng.normal(0, 1, (width, width)))[0]


@exercise.cases
def cases(rng):
    kinds = [
        ("equal units", "tanh"),
        ("equal units", "relu"),
        ("vanishing", "tanh"),
        ("vanishing", "relu"),
        ("saturated", "tanh"),
        ("dead", "relu"),
        ("confident", "tanh"),
        ("confident", "relu"),
        ("healthy", "tanh"),
        ("healthy", "relu"),
        ("healthy", "relu", True),
    ]
    for number in rng.permutation(len(kinds)):
        _, activation, *_ = kinds[number]
        yield case(*network(rng, *kinds[number]), label=f"a {activation} network")


@exercise.mistake("Not every layer was looked at; a fault may lie in any of them, or in the last.")
def first_layer_only(hidden, logits, activation):
    return diagnose(hidden[:1], logits, activation)


@exercise.mistake(
    "Only the last hidden layer was looked at. What happens in the middle may not be seen there."
)
def last_layer_only(hidden, logits, activation):
    found = diagnose(hidden[-1:], logits, activation)
    return "vanishing" if np.std(hidden[-1]) < np.std(hidden[0]) / 100 else found


@exercise.mistake(
    "Units that are equal were not found: they may give any numbers, other ones for each example, "
    "and differ in the last digit."
)
def only_zeros_are_equal(hidden, logits, activation):
    if any(np.allclose(h, h[0]) for h in hidden):
        return "equal units" if any(np.all(h == 0) for h in hidden) else "healthy"
    return diagnose(hidden, logits, activation)


@exercise.mistake(
    "A saturated layer was not found. Most outputs are near 1 or near -1 there: both ends count, "
    "and must not cancel each other."
)
def saturated_above_only(hidden, logits, activation):
    found = diagnose(hidden, logits, activation)
    if found == "saturated" and not any(np.mean(h > 0.99) > 0.5 for h in hidden):
        return "healthy"
    return found


@exercise.mistake(
    "A ReLU network was called dead that is not: outputs of 0 for some examples are normal, and a "
    "few units of 0 are too. In a dead layer most units are 0 for every example."
)
def zeros_are_dead(hidden, logits, activation):
    if activation == "relu" and any(np.mean(h == 0) > 0.3 for h in hidden):
        return "dead"
    return diagnose(hidden, logits, activation)


@exercise.mistake(
    "A ReLU network was called saturated. Large outputs are no fault there: only tanh has an upper "
    "end."
)
def saturated_relu(hidden, logits, activation):
    if any(np.mean(np.abs(h) > 0.99) > 0.5 for h in hidden):
        return "saturated"
    return diagnose(hidden, logits, activation)


@exercise.mistake("The logits were not looked at.")
def logits_ignored(hidden, logits, activation):
    return diagnose(hidden, np.zeros_like(logits), activation)


@exercise.mistake(
    "The mean size of a layer was compared with a fixed number. A small scale is no fault by "
    "itself; what tells is how much smaller the last layer is than the first."
)
def fixed_limit(hidden, logits, activation):
    if np.mean(np.abs(hidden[0])) < 0.5:
        return "vanishing"
    return diagnose(hidden, logits, activation)


@exercise.mistake(
    "The last layer's spread was compared with a fixed number. A small scale is no fault by "
    "itself; what tells is how much smaller the last layer is than the first."
)
def fixed_spread(hidden, logits, activation):
    found = diagnose(hidden, logits, activation)
    return "vanishing" if found != "equal units" and np.std(hidden[-1]) < 0.01 else found


NOT_BY_COLUMN = (
    "The spread of the logits was not taken column by column: what is added to all the logits of "
    "a column changes no probability, and should not count."
)


@exercise.mistake(NOT_BY_COLUMN, id="not_by_column")
def all_logits_together(hidden, logits, activation):
    found = diagnose(hidden, logits, activation)
    return "confident" if found == "healthy" and np.std(logits) > 5 else found


@exercise.mistake(NOT_BY_COLUMN, id="not_by_column")
def size_of_the_logits(hidden, logits, activation):
    found = diagnose(hidden, logits, activation)
    return "confident" if found == "healthy" and np.max(np.abs(logits)) > 5 else found


@exercise.mistake(NOT_BY_COLUMN, id="not_by_column")
def over_the_examples(hidden, logits, activation):
    found = diagnose(hidden, logits, activation)
    return "confident" if found == "healthy" and np.std(logits, axis=1).mean() > 5 else found


@exercise.mistake("The answer is the same for every network.")
def always_healthy(hidden, logits, activation):
    return "healthy"


@exercise.mistake("The faults are named as in the list, in small letters.")
def capital_letters(hidden, logits, activation):
    return diagnose(hidden, logits, activation).capitalize()


@exercise.right
def vectorised(hidden, logits, activation):
    for h in hidden:
        if np.ptp(h, axis=0).max() < 1e-9:
            return "equal units"
    if hidden[-1].std() * 100 < hidden[0].std():
        return "vanishing"
    for h in hidden:
        if activation == "tanh" and (abs(h) > 0.99).mean() > 0.5:
            return "saturated"
        if activation == "relu" and (h.max(axis=1) == 0).mean() > 0.5:
            return "dead"
    return "confident" if logits.std(axis=0).mean() > 5 else "healthy"


@exercise.right
def loops(hidden, logits, activation):
    for h in hidden:
        n, m = h.shape
        equal = True
        for i in range(1, n):
            for j in range(m):
                equal = equal and abs(h[i, j] - h[0, j]) < 1e-12
        if equal:
            return "equal units"
        if activation == "relu":
            dead = 0
            for i in range(n):
                if all(value == 0 for value in h[i]):
                    dead += 1
            if dead > n / 2:
                return "dead"
        else:
            count = 0
            for value in h.ravel():
                if value > 0.99 or value < -0.99:
                    count += 1
            if count > n * m / 2:
                return "saturated"
    spreads = [h.std() for h in hidden]
    if spreads[-1] < 0.01 * spreads[0]:
        return "vanishing"
    columns = [logits[:, j].std() for j in range(logits.shape[1])]
    if sum(columns) / len(columns) > 5:
        return "confident"
    return "healthy"


@exercise.right
def own_style(hidden, logits, activation):
    rules = {
        "equal units": any(len(np.unique(h.round(12), axis=0)) == 1 for h in hidden),
        "vanishing": np.log10(hidden[-1].std() / hidden[0].std()) < -2,
        "saturated": activation == "tanh" and max(np.mean(h**2 > 0.9801) for h in hidden) > 0.5,
        "dead": activation == "relu" and max(np.mean(~h.any(axis=1)) for h in hidden) > 0.5,
        "confident": np.mean([column.std() for column in logits.T]) > 5,
        "healthy": True,
    }
    return next(name for name, applies in rules.items() if applies)


# From the loss that such logits cost, and the rank and the median of each layer.
@exercise.right
def unusual(hidden, logits, activation):
    if min(np.linalg.norm(h - h.mean(axis=0)) for h in hidden) == 0 or any(
        np.linalg.norm(h - h.mean(axis=0)) < 1e-9 * np.linalg.norm(h) for h in hidden
    ):
        return "equal units"
    if np.var(hidden[-1]) / np.var(hidden[0]) < 1e-4:
        return "vanishing"
    if activation == "tanh" and max(np.median(abs(h)) for h in hidden) > 0.99:
        return "saturated"
    if activation == "relu" and max(np.median(h.max(axis=1) == 0) for h in hidden) == 1:
        return "dead"
    return "confident" if np.mean(logits.std(axis=0)) > 5 else "healthy"
