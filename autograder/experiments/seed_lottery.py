"""Twenty seeds for every start: how much of an accuracy is the start's, how much is luck.

``python -m autograder.experiments.seed_lottery`` writes ``data/seed_lottery.csv``
(about three minutes).
"""

import csv
from pathlib import Path

import numpy as np

from .circles import run

STARTS = ("0.01", "0.1", "0.5", "1", "2", "10", "Xavier", "He")
SEEDS = range(20)
CACHE = Path(__file__).resolve().parents[2] / "data" / "seed_lottery.csv"


def write(path=CACHE):
    """Train every start with every seed and write the accuracies as a table."""
    with open(path, "w", newline="", encoding="utf-8") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(["start", "seed", "train_accuracy", "test_accuracy", "last_cost_nats"])
        for name in STARTS:
            for seed in SEEDS:
                result = run(name, seed)
                table.writerow(
                    [
                        name,
                        seed,
                        f"{result['train']:.6f}",
                        f"{result['test']:.6f}",
                        f"{result['costs'][-1]:.6f}",
                    ]
                )


def read(path=CACHE):
    """Return the train accuracies as ``{start: (20,) ndarray}``, in the order of the seeds."""
    with open(path, newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return {
        name: np.array([float(row["train_accuracy"]) for row in rows if row["start"] == name])
        for name in STARTS
    }


if __name__ == "__main__":
    write()
