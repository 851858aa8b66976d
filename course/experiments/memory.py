"""A task that only a gradient from far back can teach: say at the end which bit came first."""

import numpy as np

from .adam import Adam
from .nets import costs, sigmoid
from .recurrent import matrix

N_UNITS, BATCH, RATE = 40, 32, 0.002


def sequences(rng, n_steps, m=BATCH):
    """Return inputs whose first is -1 or 1 and whose others are small noise, and the first bits."""
    X = 0.1 * rng.standard_normal((n_steps, 1, m))
    bits = rng.integers(0, 2, (1, m))
    X[0] = 2.0 * bits - 1
    return X, bits


def slopes(net, X, bits):
    """Return the mean cost and its derivative by each parameter, through all the steps."""
    kept = [np.zeros((len(net["W"]), bits.shape[1]))]
    for x in X:
        kept.append(np.tanh(net["W"] @ kept[-1] + net["U"] @ x))
    z = net["v"] @ kept[-1]
    d_logit = (sigmoid(z) - bits) / bits.size
    d = {"v": d_logit @ kept[-1].T, "W": np.zeros_like(net["W"]), "U": np.zeros_like(net["U"])}
    back = net["v"].T @ d_logit
    for x, before, h in zip(X[::-1], kept[-2::-1], kept[:0:-1], strict=True):
        through = back * (1 - h * h)
        d["W"] += through @ before.T
        d["U"] += through @ x.T
        back = net["W"].T @ through
    return np.mean(costs(z, bits)), d


def learn(kind, n_steps, n_updates, seed=0, gain=1.0):
    """Train a tanh RNN by Adam and return the cost of each batch, in nats.

    Parameters
    ----------
    kind : str
        As for `recurrent.matrix`.
    n_steps : int
        From the bit to the answer.
    n_updates : int
    seed : int, optional
    gain : float, optional
        Of the start.
    """
    rng = np.random.default_rng(seed)
    net = {
        "W": matrix(kind, rng, gain, N_UNITS),
        "U": rng.standard_normal((N_UNITS, 1)),
        "v": rng.standard_normal((1, N_UNITS)) / np.sqrt(N_UNITS),
    }
    adam, recorded = Adam(net), []
    for _ in range(n_updates):
        cost, d = slopes(net, *sequences(rng, n_steps))
        recorded.append(cost)
        adam.step(d, dict.fromkeys(net, RATE))
    return np.array(recorded)
