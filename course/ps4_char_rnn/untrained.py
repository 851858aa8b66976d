"""What is measured on a training at a learning rate of 0, and within which ranges.

Every name keeps its loss there, which tells the names apart.
"""

import numpy as np

from .build_vocabulary import build_vocabulary
from .training_rule import TrainingRanges

ALPHABET = "abcdefghijk"
# Of names whose losses cannot be mistaken. All of it is short: it may be judged with another
# function answered by the judge, at about 2 ms for every character.
LENGTHS = (8, 29, 3, 14, 2, 23, 6, 11, 18, 4)
N_A = 24  # units
N_STEPS = len(LENGTHS) + 6  # other names in another order come as before once in 150,000 times
PER_CHARACTER = float(np.log(len(ALPHABET) + 1))
# What draws that are independent and centred at 0 keep within, whatever their kind: by what is
# measured the mistake, the upper end, what is expected, and what there is otherwise.
STRUCTURE = {
    "off center": ("signs_lost", 6.0, "weights with a mean of 0", "nearly all of one sign"),
    "outlying": (
        "large_weights",
        7.5,
        "normal or uniform weights",
        "one of {:.3g} standard deviations",
    ),
    "equal weights": ("repeated_weights", 0.01, "every weight drawn on its own", "{:.0%} equal"),
    "diagonal": ("identity_added", 6.0, "every weight drawn on its own", "a large diagonal"),
    "dependence": ("shared_draws", 1.0, "every weight drawn on its own", "rows or matrices alike"),
}
NEAR = "losses near (T + 1) log n for names of T letters"


def draw_names(rng):
    """Draw names of the LENGTHS in which every letter of ALPHABET occurs."""
    names = ["".join(rng.choice(list(ALPHABET), length)) for length in LENGTHS]
    names[1] = "".join(rng.permutation(list(ALPHABET))) + names[1][len(ALPHABET) :]
    return names


def frame(case_input):
    """Return what a training must return, numbers aside."""
    names, n_steps, n_a, *_ = case_input.args
    n = len(build_vocabulary(names)[0])
    return {
        "of": "structure",
        "shapes": {
            "Wax": (n_a, n),
            "Waa": (n_a, n_a),
            "Wya": (n, n_a),
            "b": (n_a, 1),
            "by": (n, 1),
        },
        "n_steps": n_steps,
        "shapes_are": "n_a is the number of units; n_x and n_y are the size of the vocabulary "
        "of these names.",
    }


def named(messages, mistake, low, high, **instead):
    """Return a mistake that explains a number between two bounds."""
    return {"mistake": mistake, "low": low, "high": high, "message": messages[mistake], **instead}


def untrained(case_input, messages, twice=True):
    """Return the ranges for a learning rate of 0.

    Not `twice` where another case trains twice from the same seed.
    """
    names = case_input.args[0]
    steps = np.array([len(name) + 1 for name in names])
    costs = [float(n * PER_CHARACTER) for n in steps]
    return TrainingRanges(
        [
            frame(case_input),
            zeros(messages),
            _spread(messages),
            *_structure(messages),
            _small(messages, costs),
            _alike(messages),
            _misfit(messages, steps, costs),
            _met(messages, costs),
            _drift(messages, costs),
            _reordered(messages, costs),
            _biases(messages),
            _listed(messages, costs),
        ],
        twice=twice,
    )


def zeros(messages):
    """Return the range for matrices of zeros: the others tell units apart where one is zero."""
    return {
        "of": "zero matrices",
        "low": 0,
        "high": 1,
        "got": "{} matrices of zeros",
        "expected": "random weights at the start, in one matrix zeros at most",
        "mistake": "zero_weights",
        "message": messages["zero_weights"],
    }


def _spread(messages):
    """Return the range for the spread: 0.15, and six standard errors of the smallest matrix."""
    return {
        "of": "spread",
        "low": 0.0,
        "high": 0.15 * (1 + 6 / np.sqrt(2 * N_A * (len(ALPHABET) + 1))),
        "got": "{:.3g}",
        "expected": "weights with a standard deviation of at most 0.15",
        "mistake": "large_weights",
        "message": messages["large_weights"],
    }


def _structure(messages):
    """Return the ranges for the structure of the weights."""
    return [
        {
            "of": measure,
            "low": 0.0,
            "high": high,
            "got": got,
            "expected": expected,
            "mistake": mistake,
            "message": messages[mistake],
        }
        for measure, (mistake, high, expected, got) in STRUCTURE.items()
    ]


def _small(messages, costs):
    return {
        "of": "mean",
        "first": 0,
        "last": None,
        "low": 0.8 * min(costs),
        "high": np.inf,
        "expected": NEAR,
        "got": "a mean of {:.3g}, less than any name costs",
        "mistake": "not_raw",
        "message": messages["not_raw"],
        "others": [named(messages, "per_character", 0.9 * PER_CHARACTER, 1.1 * PER_CHARACTER)],
    }


def _alike(messages):
    """The costs of these names differ by twice their mean, whatever is left out of them.

    Smoothed values hardly differ, and would look like one name, or like names without a character.
    """
    return {
        "of": "drift",
        "low": 0.5,
        "high": np.inf,
        "costs": [1.0],
        "expected": "losses that differ as much as the lengths of the names",
        "got": "a relative difference of only {:.2g}",
        "mistake": "smoothed",
        "message": messages["smoothed"],
        "others": [named(messages, "one_name", 0.0, 1e-4)],
    }


def _misfit(messages, steps, costs):
    def missing(n):
        fewer = [float((each - n) * PER_CHARACTER) for each in steps]
        return named(messages, "character_missing", 0.0, 0.1, costs=fewer)

    bits = [cost / float(np.log(2)) for cost in costs]
    return {
        "of": "misfit",
        "low": 0.0,
        "high": 0.1,
        "costs": costs,
        "expected": NEAR,
        "got": "a loss that is {:.0%} off",
        "mistake": "not_raw",
        "message": messages["not_raw"],
        "others": [
            named(messages, "one_pass", 1, np.inf, of="zeros"),
            missing(1),
            missing(2),
            named(messages, "base_2", 0.0, 0.1, costs=bits),
        ],
    }


def _met(messages, costs):
    return {
        "of": "met",
        "low": len(costs),
        "high": len(costs),
        "costs": costs,
        "expected": f"all {len(costs)} names in every pass",
        "got": "only {} of them in one pass",
        "mistake": "drawn_with_replacement",
        "message": messages["drawn_with_replacement"],
    }


def _reordered(messages, costs):
    return {
        "of": "reordered",
        "low": 0,
        "high": 0,
        "costs": costs,
        "expected": "the same order of the names in every pass",
        "got": "another name than a pass before at {} steps",
        "mistake": "reshuffled",
        "message": messages["reshuffled"],
    }


def _drift(messages, costs):
    return {
        "of": "drift",
        "low": 0.0,
        "high": 1e-13,
        "costs": costs,
        "expected": "the same loss for a name in every pass, as nothing is learned",
        "got": "a relative difference of {:.2g}",
        "mistake": "state_carried",
        "message": messages["state_carried"],
        "others": [named(messages, "rate_ignored", 0.014, np.inf, of="bias spread")],
    }


def _biases(messages):
    return {
        "of": "bias spread",
        "low": 0.0,
        "high": 1e-12,
        "expected": "output biases of zero at the start",
        "got": "biases with a standard deviation of {:.2g}",
        "mistake": "random_biases",
        "message": messages["random_biases"],
    }


def _listed(messages, costs):
    return {
        "of": "as listed",
        "low": 0,
        "high": len(costs) - 1,
        "costs": costs,
        "expected": "the names in an order shuffled by `rng`",
        "got": "the order of the list",
        "mistake": "not_shuffled",
        "message": messages["not_shuffled"],
    }
