"""What is measured on a training that learns, and within which ranges.

The ranges were set with 60 to 200 trainings each of starts with a standard deviation of 0.0001
to 0.15, normal and uniform; they lie six standard deviations outside of what was seen.
"""

from pathlib import Path

import numpy as np

from .build_vocabulary import build_vocabulary
from .held_out import HeldOut
from .single_steps import STEP_MESSAGES, Steps
from .training_rule import TrainingRanges
from .untrained import frame, named

DINOSAURS = Path(__file__).parents[2] / "data" / "dinosaurs.txt"


def one_step(case_input, messages):
    """The bias of the repeated letter gains twice the rate times the clipped gradient."""
    rate = case_input.args[3]
    gain = 2 * rate * 5.0
    lead = {
        "of": "lead",
        "rows": [1, 0],
        "low": gain - 1.5,
        "high": gain + 1.5,
        "expected": f"the output bias of the letter about {gain:g} above that of the newline",
        "got": "a difference of {:.3g}",
        "message": "This gradient is far above 5, so after one step the difference is twice the "
        "learning rate times 5.",
        "others": [
            named(messages, "not_clipped", 2 * gain, np.inf),
            named(messages, "clipped_after_rate", 9.5, 10.5),
            named(messages, "by_norm", 10.5, 16.0),
            named(messages, "not_updated", -0.05, 0.05),
            named(messages, "rate_ignored", 0.05, 0.15)
            | {"message": "That is a step with a learning rate of 0.01; use `learning_rate`."},
            named(messages, "mean_gradient", 0.2, 5.0),
            named(messages, "ascent", -np.inf, -1.0),
        ],
    }
    return TrainingRanges([frame(case_input), lead], again=False)


def overfitted(case_input, messages):
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
        "mistake": "learns_badly",
        "message": "One name alone should be learned almost by heart. " + messages["learns_badly"],
        "others": [
            named(messages, "not_learning", start - 1, start + 1),
            named(messages, "ascent", start + 1, np.inf),
        ],
    }
    return TrainingRanges([frame(case_input), lowest], again=False)


def distinguished(case_input, messages):
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
        "got": "a mean of {:.3g}",
        "mistake": "learns_badly",
        "message": messages["learns_badly"],
        "others": [
            named(messages, "not_shifted", 0.0, 1.95)
            | {"message": too_good + messages["not_shifted"]},
            named(messages, "not_learning", start - 1, start + 1),
            named(messages, "ascent", start + 1, np.inf),
        ],
    }
    return TrainingRanges([frame(case_input), mean], again=False)


def on_dinosaurs(case_input, messages):
    names = case_input.args[0]
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
        "got": "a mean of {:.3g}",
        "mistake": "learns_badly",
        "message": messages["learns_badly"],
        "others": [
            named(messages, "not_shifted", 0.0, 22.5)
            | {"message": too_good + messages["not_shifted"]}
        ],
    }
    ranges = TrainingRanges([frame(case_input), mean], again=False)
    return HeldOut(ranges, others, build_vocabulary(names)[0], 3.1)


def single_steps(case_input, messages):
    names, _, n_a, rate, _ = case_input.args
    # With weights of zero a network is a table of letters, and needs no gradient through time.
    spread = {
        "of": "spread",
        "low": 1e-6,
        "high": np.inf,
        "expected": "weights that are not zero",
        "got": "a matrix with a standard deviation of {:.3g}",
        "mistake": "zero_weights",
        "message": messages["zero_weights"],
    }
    ranges = TrainingRanges([frame(case_input), spread], again=False)
    return Steps(names, n_a, rate, ranges, messages | STEP_MESSAGES)
