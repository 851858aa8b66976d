"""What is measured on a training that learns, and within which ranges.

The ranges were set with 60 to 200 trainings each of starts with a standard deviation of 0.0001
to 0.15, normal and uniform; they lie six standard deviations outside of what was seen.
"""

from pathlib import Path

import numpy as np

from autograder.checks import rules

from .build_vocabulary import build_vocabulary
from .held_out import HeldOut
from .single_steps import SAYS, Steps
from .untrained import frame, named

DINOSAURS = Path(__file__).parents[2] / "data" / "dinosaurs.txt"


def one_step(given, says):
    """The bias of the repeated letter gains twice the rate times the clipped gradient."""
    rate = given.args[3]
    gain = 2 * rate * 5.0
    lead = {
        "of": "lead",
        "rows": [1, 0],
        "low": gain - 1.5,
        "high": gain + 1.5,
        "expected": f"the output bias of the letter about {gain:g} above that of the newline",
        "got": "{:.3g}",
        "says": "This gradient is far above 5, so after one step the lead is the learning rate "
        "times 5, twice.",
        "others": [
            named(says, "not_clipped", 2 * gain, np.inf),
            named(says, "clipped_after_rate", 9.5, 10.5),
            named(says, "by_norm", 10.5, 16.0),
            named(says, "not_updated", -0.05, 0.05),
            named(says, "rate_ignored", 0.05, 0.15)
            | {"says": "That is a step with a learning rate of 0.01; use `learning_rate`."},
            named(says, "mean_gradient", 0.2, 5.0),
            named(says, "ascent", -np.inf, -1.0),
        ],
    }
    return rules.Bands([frame(given), lead], again=False)


def overfitted(given, says):
    """One name of six letters, of which there are five, and the newline."""
    start = 7 * np.log(6)
    lowest = {
        "of": "lowest",
        "first": -40,
        "last": None,
        "low": 0.0,
        "high": 6.6,
        "expected": "a loss below 6.6 in the last 40 steps",
        "got": "{:.3g} at best",
        "slip": "learns_badly",
        "says": "One name alone should be learned almost by heart. " + says["learns_badly"],
        "others": [
            named(says, "not_learning", start - 1, start + 1),
            named(says, "ascent", start + 1, np.inf),
        ],
    }
    return rules.Bands([frame(given), lowest], again=False)


def distinguished(given, says):
    """No model can give N different names more than probability 1 in all: log N each."""
    start = 5 * np.log(10)
    too_good = (
        "That is too good to be true: 8 different names, each as likely as the others, cost "
        "log 8 = 2.08 each, at best. "
    )
    mean = {
        "of": "mean",
        "first": -16,
        "last": None,
        "low": 1.95,
        "high": 9.3,
        "expected": "a mean loss between 1.95 and 9.3 over the last 16 steps",
        "got": "{:.3g}",
        "slip": "learns_badly",
        "says": says["learns_badly"],
        "others": [
            named(says, "not_shifted", 0.0, 1.95) | {"says": too_good + says["not_shifted"]},
            named(says, "not_learning", start - 1, start + 1),
            named(says, "ascent", start + 1, np.inf),
        ],
    }
    return rules.Bands([frame(given), mean], again=False)


def on_dinosaurs(given, says):
    names = given.args[0]
    known = set(names)
    others = [name for name in DINOSAURS.read_text().split() if name not in known][2::16]
    too_good = "That is too good to be true for so few steps. "
    mean = {
        "of": "mean",
        "first": -60,
        "last": None,
        "low": 22.5,
        "high": 42.5,
        "expected": "a mean loss between 22.5 and 42.5 over the last 60 steps",
        "got": "{:.3g}",
        "slip": "learns_badly",
        "says": says["learns_badly"],
        "others": [
            named(says, "not_shifted", 0.0, 22.5) | {"says": too_good + says["not_shifted"]}
        ],
    }
    ranges = rules.Bands([frame(given), mean], again=False)
    return HeldOut(ranges, others, build_vocabulary(names)[0], 3.1)


def single_steps(given, says):
    names, _, n_a, rate, _ = given.args
    # With weights of zero a network is a table of letters, and needs no gradient through time.
    spread = {
        "of": "spread",
        "low": 1e-6,
        "high": np.inf,
        "expected": "weights that are not zero",
        "got": "a matrix with a standard deviation of {:.3g}",
        "slip": "zero_weights",
        "says": says["zero_weights"],
    }
    ranges = rules.Bands([frame(given), spread], again=False)
    return Steps(names, n_a, rate, ranges, says | SAYS)
