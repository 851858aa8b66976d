"""Full-batch gradient descent on the small ReLU nets of lesson 1."""

import numpy as np

from .nets import costs, outputs, probability, slopes


def train(net, X, y, learning_rate, n_steps, every=1000, watch=None, bar=iter):
    """Descend and return the last parameters and the cost at every `every`-th step.

    Parameters
    ----------
    net : dict of ndarray
        The start; left as it is. It may be a stack of nets, each of which descends by itself.
    X : (n_0, m) ndarray
    y : (1, m) ndarray of 0 and 1
    learning_rate : float
    n_steps : int
    every : int, optional
        Steps between two recorded costs; the first is that of the start.
    watch : callable, optional
        Called with (step, net, slopes) before every step.
    bar : callable, optional
        Wraps the steps, in a progress bar for one.

    Returns
    -------
    net : dict of ndarray
    costs : (ceil(n_steps / every), ...) ndarray
        In nats; a column for each net of a stack.
    """
    recorded = []
    for step in bar(range(n_steps)):
        found = outputs(net, X)
        d = slopes(net, found, y)
        if step % every == 0:
            recorded.append(np.mean(costs(found[-1], y), axis=(-2, -1)))
        if watch is not None:
            watch(step, net, d)
        net = {name: value - learning_rate * d[name] for name, value in net.items()}
    return net, np.array(recorded)


def train_all(starts, *how, **options):
    """Descend from several starts at once, as one stack: half the time of one after the other.

    Parameters
    ----------
    starts : dict of dict of ndarray
        By name, nets of the same sizes.
    *how, **options
        What `train` takes after the net.

    Returns
    -------
    dict of tuple
        By name, what `train` returns.
    """
    first, *_ = starts.values()
    stack = {array: np.stack([net[array] for net in starts.values()]) for array in first}
    stack, recorded = train(stack, *how, **options)
    return {
        name: ({array: value[k] for array, value in stack.items()}, recorded[:, k])
        for k, name in enumerate(starts)
    }


def exit_step(net, X, y, learning_rate, limit, threshold=0.6):
    """Return the first step at which the cost is below `threshold`, None if not by `limit`.

    Parameters
    ----------
    net, X, y, learning_rate
        As for `train`.
    limit : int
        Steps to wait.
    threshold : float, optional
        In nats; 0.6 is well below log 2 = 0.693, the cost of an answer of 1/2 everywhere.

    Returns
    -------
    int or None
    """
    for step in range(limit):
        found = outputs(net, X)
        if np.mean(costs(found[-1], y)) < threshold:
            return step
        d = slopes(net, found, y)
        net = {name: value - learning_rate * d[name] for name, value in net.items()}
    return None


def turns(net, X, y, learning_rate, n_steps=1000):
    """Count how often a descent turns round and how often its cost rises.

    Returns
    -------
    turned, rose : float
        Shares of the steps whose gradient points against the one before, and whose cost is above
        the one before.
    last : float
        Cost at the end, in nats.
    """
    directions = []

    def watch(_step, _net, d):
        directions.append(np.concatenate([each.ravel() for each in d.values()]))

    _, recorded = train(net, X, y, learning_rate, n_steps, every=1, watch=watch)
    products = [now @ before for before, now in zip(directions, directions[1:], strict=False)]
    return np.mean(np.less(products, 0)), np.mean(np.diff(recorded) > 0), recorded[-1]


def accuracy(net, X, y):
    """Return the share of columns of `X` whose label is predicted correctly.

    The answer is 1 where the probability exceeds 1/2. One that is NaN exceeds nothing, so its
    answer is 0.

    Parameters
    ----------
    net : dict of ndarray
    X : (n_0, m) ndarray
    y : (1, m) ndarray of 0 and 1

    Returns
    -------
    float
    """
    return np.mean((probability(net, X) > 0.5) == y)
