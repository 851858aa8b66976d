"""Twenty seeds for every start: how good, how soon, and how much of either is luck.

``python -m course.experiments.seed_lottery`` writes ``data/seed_lottery.csv``
(about two minutes).
"""

import csv
from pathlib import Path

import numpy as np

from .circles import run

STARTS = ("0.01", "0.1", "0.5", "1", "2", "10", "Xavier", "He")
SEEDS = range(20)
EVERY = 50  # steps between two looks at the cost
LEVELS = (0.6, 0.3)  # nats: off the plateau; nearly done
CACHE = Path(__file__).resolve().parents[2] / "data" / "seed_lottery.csv"


def first_below(costs, level, every=EVERY):
    """Return the first step at which a recorded cost is below `level`, None if there is none.

    Parameters
    ----------
    costs : (n,) ndarray
        In nats, one for every `every` steps.
    level : float
    every : int, optional

    Returns
    -------
    int or None
    """
    below = np.flatnonzero(costs < level)
    return int(below[0]) * every if below.size else None


def write(path=CACHE):
    """Train every start with every seed and write accuracies and speeds as a table."""
    with open(path, "w", newline="", encoding="utf-8") as file:
        table = csv.writer(file, lineterminator="\n")
        columns = [f"below_{level:g}" for level in LEVELS]
        table.writerow(
            ["start", "seed", "train_accuracy", "test_accuracy", "last_cost_nats", *columns]
        )
        results = {seed: run(STARTS, seed, every=EVERY) for seed in SEEDS}
        for name in STARTS:
            for seed in SEEDS:
                result = results[seed][name]
                costs = result["costs"]
                table.writerow(
                    [
                        name,
                        seed,
                        f"{result['train']:.6f}",
                        f"{result['test']:.6f}",
                        f"{costs[14_000 // EVERY]:.6f}",
                        *(first_below(costs, level) for level in LEVELS),
                    ]
                )


def read(column="train_accuracy", path=CACHE):
    """Return a column of the table as ``{start: (20,) ndarray}``, in the order of the seeds.

    Parameters
    ----------
    column : str, optional
        One of the names in the first line of the file.
    path : path-like, optional

    Returns
    -------
    dict of ndarray
        Infinity where a run did not get below the level of the column.
    """
    with open(path, newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return {
        name: np.array([float(row[column] or "inf") for row in rows if row["start"] == name])
        for name in STARTS
    }


if __name__ == "__main__":
    write()
