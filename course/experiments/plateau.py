"""How long the plateau near zero lasts, against the learning rate and the scale.

``python -m course.experiments.plateau`` writes ``data/plateau.csv`` (about two minutes).
"""

import csv
from pathlib import Path

import numpy as np

from . import nets
from .circles import LAYER_DIMS, SEED, circles
from .descent import exit_step

RATES = (0.01, 0.03, 0.1, 0.3, 1.0)
SCALES = (0.01, 0.02, 0.05, 0.1, 0.2, 0.5)
OTHER_SEEDS = range(10)
LIMIT = 600_000
CACHE = Path(__file__).resolve().parents[2] / "data" / "plateau.csv"


def escape(scale, learning_rate, seed=SEED, limit=LIMIT, layer_dims=LAYER_DIMS):
    """Return the step at which the circles' cost first falls below 0.6 nats, or None.

    Parameters
    ----------
    scale : float
        Standard deviation of the weights at the start.
    learning_rate : float
    seed : int, optional
        Of the weights.
    limit : int, optional
        Steps to wait.
    layer_dims : sequence of int, optional
        Of another net.
    """
    X, y, _, _ = circles()
    net = nets.start(np.random.RandomState(seed), layer_dims, scale)
    return exit_step(net, X, y, learning_rate, limit)


NETS = {  # hidden layers, sizes, learning rate: the deeper, the more easily rate 1 throws it out
    "one hidden layer": ([2, 10, 1], 1.0),
    "two hidden layers": (LAYER_DIMS, 1.0),
    "three hidden layers": ([2, 20, 20, 20, 1], 0.3),
}
WAIT_SCALES = (0.001, 0.01, 0.05, 0.1, 0.2, 0.4, 1.0)


def waits(limit=4000, scales=WAIT_SCALES):
    """Return the exit steps of three nets by scale, None where `limit` steps did not suffice.

    A smaller start waits longer: below the first scale that did not leave none is run.
    """
    found = {}
    for name, (dims, rate) in NETS.items():
        steps = dict.fromkeys(scales)
        for scale in sorted(scales, reverse=True):
            steps[scale] = escape(scale, rate, limit=limit, layer_dims=dims)
            if steps[scale] is None:
                break
        found[name] = steps
    return found


def write(path=CACHE):
    """Measure the whole grid for the thread's seed, and ten more seeds at rate 1."""
    runs = [(SEED, rate, scale) for rate in RATES for scale in SCALES]
    runs += [(seed, 1.0, scale) for seed in OTHER_SEEDS if seed != SEED for scale in SCALES]
    with open(path, "w", newline="", encoding="utf-8") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(["seed", "learning_rate", "scale", "exit_step"])
        for seed, rate, scale in runs:
            limit = LIMIT if seed == SEED else LIMIT // 20
            table.writerow([seed, rate, scale, escape(scale, rate, seed, limit)])


def read(path=CACHE):
    """Return the columns seed, learning rate, scale, exit step (NaN: not left) as (n, 4)."""
    with open(path, newline="", encoding="utf-8") as file:
        rows = list(csv.reader(file))[1:]
    return np.array([[float(entry) if entry else np.nan for entry in row] for row in rows])


def power_law(rates, scales, steps):
    """Fit ``steps = c * rate**a * scale**b`` by least squares on the logarithms.

    Parameters
    ----------
    rates, scales, steps : (n,) ndarray

    Returns
    -------
    c, a, b : float
    """
    design = np.column_stack([np.ones(len(rates)), np.log(rates), np.log(scales)])
    (log_c, a, b), *_ = np.linalg.lstsq(design, np.log(steps), rcond=None)
    return np.exp(log_c), a, b


if __name__ == "__main__":
    write()
