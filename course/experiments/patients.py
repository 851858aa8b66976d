"""Five nets with a fault each, in an order that a seed decides, and what one can measure."""

import numpy as np

from . import widths

FAULTS = (
    "the last layer is too large",
    "the second layer is too small",
    "the rate is too large",
    "the rate is too small",
    "the labels belong to other examples",
)
RATE = 0.3


def five(seed, labels):
    """Return five nets as dicts with "net", "rate", "labels" and "fault".

    Parameters
    ----------
    seed : int
        Of the weights, and of the order.
    labels : (m,) ndarray of int
    """
    rng = np.random.default_rng(seed)
    found = []
    for fault in rng.permutation(len(FAULTS)):
        net, rate = widths.start(widths.BASE, "standard", rng), RATE
        net["W3"] *= 30 if fault == 0 else 0.3
        if fault == 1:
            net["W2"] *= 0.01
        if fault in (2, 3):
            rate *= 20 if fault == 2 else 1e-4
        shown = rng.permutation(labels) if fault == 4 else labels
        found.append({"net": net, "rate": rate, "labels": shown, "fault": FAULTS[fault]})
    return found


def examined(patient, X):
    """Return what one look at a net tells before any step.

    Returns
    -------
    list of float
        First loss in nats; root mean squares of both hidden layers; for each array log10 of the
        step's spread over the weights'.
    """
    net = patient["net"]
    loss, d = widths.slopes(net, X, patient["labels"])
    first, second, _ = widths.layers(net, X)
    sizes = [np.sqrt(np.mean(h**2)) for h in (first, second)]
    steps = [patient["rate"] * d[name].std() / net[name].std() for name in widths.LAYERS]
    return [loss, *sizes, *np.log10(steps)]


def after_training(patient, X, n_steps=600, batch=64):
    """Descend and return the mean loss of the last 100 batches, in nats."""
    rng, losses = np.random.default_rng(0), []
    net = dict(patient["net"])
    for _ in range(n_steps):
        some = rng.integers(0, X.shape[1], batch)
        loss, d = widths.slopes(net, X[:, some], patient["labels"][some])
        losses.append(loss)
        net = {name: value - np.float32(patient["rate"]) * d[name] for name, value in net.items()}
    return np.mean(losses[-100:])
