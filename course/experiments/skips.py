"""ReLU nets whose hidden layers add to what they read, for lesson 5.

The net is that of `nets`, with biases; from the second hidden layer on a layer may pass on what it
reads and add its own output: ``A <- A + relu(W A + b)``.
"""

import numpy as np

from .nets import costs, sigmoid


def outputs(net, X, skip):
    """Return what each layer passes on, and what each puts out itself.

    Parameters
    ----------
    net : dict of ndarray
    X : (n_0, m) ndarray
    skip : bool
        Whether a hidden layer adds to what it reads.

    Returns
    -------
    passed, own : list of ndarray
        The input first in `passed`; the logits last in both.
    """
    n_layers, passed, own = len(net) // 2, [X], []
    for k in range(1, n_layers + 1):
        z = net[f"W{k}"].dot(passed[-1]) + net[f"b{k}"]
        own.append(z if k == n_layers else np.maximum(0, z))
        adds = skip and 1 < k < n_layers
        passed.append(passed[-1] + own[-1] if adds else own[-1])
    return passed, own


def slopes(net, passed, own, y, skip):
    """Return the derivative of the mean cost by each parameter, under the parameter's name."""
    n_layers, result = len(own), {}
    back = (sigmoid(own[-1]) - y) / y.size
    for k in range(n_layers, 0, -1):
        through = back if k == n_layers else back * (own[k - 1] > 0)
        result[f"W{k}"] = through.dot(passed[k - 1].T)
        result[f"b{k}"] = through.sum(axis=1, keepdims=True)
        below = net[f"W{k}"].T.dot(through)
        back = back + below if skip and 1 < k < n_layers else below
    return result


def descend(net, X, y, learning_rate, n_steps, skip, until=None):
    """Descend and return the cost before every step, in nats.

    Parameters
    ----------
    until : float, optional
        A cost below which the descent ends early.

    Returns
    -------
    (n,) ndarray
    """
    recorded = []
    for _ in range(n_steps):
        passed, own = outputs(net, X, skip)
        recorded.append(np.mean(costs(own[-1], y)))
        if until is not None and recorded[-1] < until:
            break
        d = slopes(net, passed, own, y, skip)
        net = {name: value - learning_rate * d[name] for name, value in net.items()}
    return np.array(recorded)


def stream(factor, rng, normalize=False, n_blocks=48, width=256, n_examples=64):
    """Send normal numbers through new residual blocks, ``x <- x + factor V relu(U x)``.

    Parameters
    ----------
    factor : float
        Of every branch; `U` and `V` keep the mean square of what they read.
    rng : numpy.random.Generator
    normalize : bool, optional
        Whether a branch reads the stream divided by its size.
    n_blocks, width, n_examples : int, optional

    Returns
    -------
    (n_blocks + 1,) ndarray
        Mean square of the stream, before the first block and after each.
    """
    x = rng.standard_normal((width, n_examples))
    squares = [np.mean(x**2)]
    for _ in range(n_blocks):
        read = x / np.sqrt(squares[-1]) if normalize else x
        U, V = rng.standard_normal((2, width, width)) / np.sqrt(width)
        x = x + factor * np.sqrt(2) * V @ np.maximum(U @ read, 0)
        squares.append(np.mean(x**2))
    return np.array(squares)
