"""What is measured on a training that learns, and within which ranges.

Starts may be as small as one likes: with 1e-8 a network learns no more in these steps than how
often each character comes, and its losses lie well below the upper ends. What is nearer than that
to a right training is told by `single_steps`, which repeats every step.
"""

import numpy as np

from autograder.cases import InTurn

from .single_steps import STEP_MESSAGES, FirstSteps, Steps
from .training_rule import TrainingRanges
from .untrained import frame, named, zeros

TOO_GOOD = (
    "That is too good to be true: 8 different names, each as likely as the others, cost "
    "log 8 = 2.08 each, at best."
)


def one_step(case_input, messages):
    """The bias of the repeated letter gains twice the rate times the clipped gradient."""
    rate = case_input.args[3]
    gain = 2 * rate * 5.0

    def near(mistake, difference):
        return named(messages, mistake, difference - 1e-3, difference + 1e-3)

    lead = {
        "of": "lead",
        "rows": [1, 0],
        "low": gain - 1e-6,
        "high": gain + 1e-6,
        "expected": f"the output bias of the letter {gain:g} above that of the newline",
        "got": "a difference of {:.4g}",
        "message": "This gradient is far above 5, so after one step the difference is twice the "
        "learning rate times 5.",
        "others": [
            named(messages, "not_clipped", 5 * gain, 7 * gain),  # of about 30 each
            near("clipped_after_rate", 10.0),
            named(messages, "by_norm", 13.0, gain / np.sqrt(2) + 1e-6),
            near("not_updated", 0.0),
            near("rate_ignored", 0.1)
            | {"message": "That is a step with a learning rate of 0.01; use `learning_rate`."},
            named(messages, "mean_gradient", 1.8, 2.1),  # of about 30 / 61 each
            near("mean_gradient", gain / 61),
            near("adaptive", 2 * rate),
            near("adaptive", 2 * rate / np.sqrt(0.1)),
            near("twice", 2 * gain),
            near("ascent", -gain)
            | {
                "message": "The step goes uphill: to go downhill, subtract the gradient from its "
                "parameter. Or the numbers of the letter and the newline are exchanged: the "
                "newline is 0."
            },
        ],
    }
    return TrainingRanges([frame(case_input), lead], again=False)


def overfitted(case_input, messages):
    """One name of eleven letters, of which there are four, and the newline.

    At first it costs 19.3; who knows no more than how often each comes pays 17.3.
    """
    start = 12 * np.log(5)
    lowest = {
        "of": "lowest",
        "first": -8,
        "last": None,
        "low": 0.0,
        "high": 18.5,
        "expected": "a loss below 18.5 in the last 8 steps",
        "got": "{:.3g} at best",
        "mistake": "not_learning",
        "message": messages["not_learning"],
        "others": [named(messages, "ascent", start + 0.7, np.inf)],
    }
    return TrainingRanges([frame(case_input), lowest], again=False)


def distinguished(case_input, messages):
    """No model can give N different names more than probability 1 in all: log N each.

    At first a letter and its newline cost log 9 each; who knows no more than how often each comes
    pays 3.6. The lower end is not log 8: the loss after each step comes to 1.87.
    """
    start = 2 * np.log(9)
    mean = {
        "of": "mean",
        "first": -8,
        "last": None,
        "low": 1.8,
        "high": 4.1,
        "expected": "a mean loss between 1.8 and 4.1 over the last 8 steps",
        "got": "a mean of {:.4g}",
        "mistake": "not_learning",
        "message": messages["not_learning"],
        "others": [
            named(messages, "not_shifted", 0.0, 1.8)
            | {"message": " ".join([TOO_GOOD, messages["not_shifted"]])},
            named(messages, "ascent", start + 0.3, np.inf),
        ],
    }
    return TrainingRanges([frame(case_input), mean], again=False)


def single_steps(case_input, messages):
    names, n_steps, n_a, rate, _ = case_input.args

    def of_steps(n):
        # With weights of zero a network is a table of letters, and needs no gradient through time.
        return TrainingRanges([{**frame(case_input), "n_steps": n}, zeros(messages)], again=False)

    steps = Steps(names, n_a, rate, of_steps(n_steps), messages | STEP_MESSAGES)
    return InTurn(FirstSteps(steps, of_steps(len(names) + 1)), steps)
