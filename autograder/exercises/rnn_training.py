"""The exercise `train` of `ps4_char_rnn`: what is measured on a training, and within which bounds.

The cases that students see judge `train` by what it returns alone. Two more stay with the
instructor, since they need a reference: single steps repeated exactly, and the loss on names
that were held out (`rnn_steps.py`).

The bounds were set with 60 to 200 trainings each of starts with a standard deviation of 0.0001
to 0.15, normal and uniform; they lie six standard deviations outside of what was seen.
"""

from pathlib import Path

import numpy as np

from autograder.reference import ps4_char_rnn as ref
from autograder.student import rules
from autograder.student.wire import Seed

from .declare import Exercise, given
from .rnn_steps import RANDOM_BIASES, HeldOut, Steps

# All of it is short: it may be judged with another function answered by the judge, at about 2 ms
# for every character.
LENGTHS = (8, 29, 3, 14, 2, 23, 6, 11, 18, 4)  # of names whose losses cannot be mistaken
ALPHABET = "abcdefghijk"
WORDS = ["tara", "tiro", "roni", "nora", "sami", "misa", "lora", "tomi"]
DATA = Path(__file__).parents[2] / "data" / "dinosaurs.txt"
ZERO_WEIGHTS = "With weights of zero all units stay alike for ever; start from small random ones."


def _untrained_names(rng):
    """Draw names of the LENGTHS in which every letter of ALPHABET occurs."""
    names = ["".join(rng.choice(list(ALPHABET), length)) for length in LENGTHS]
    names[1] = "".join(rng.permutation(list(ALPHABET))) + names[1][len(ALPHABET) :]
    return names


def _seed(rng, kind="Generator"):
    return Seed(kind, int(rng.integers(2**31 - 10)))


def _cases(rng):
    yield given(
        _untrained_names(rng), 12, 24, 0.0, _seed(rng), label="10 names and a learning rate of 0"
    )
    yield given(["a" * 60], 1, 8, 2.0, _seed(rng), label="one step on 60 times the same letter")
    yield given(
        ["iguana"],
        150,
        20,
        0.05,
        _seed(rng, "RandomState"),
        label="150 steps on one name",
        only="public",
    )
    yield given(
        [WORDS[i] for i in rng.permutation(len(WORDS))],
        320,
        16,
        0.05,
        _seed(rng),
        label="320 steps on 8 names of four letters",
        only="public",
    )
    # Of different lengths, so that a loss at small weights tells the name; and two passes at least.
    yield given(
        ["cab", "abba", "b" * 24, "accab", "bacbac", "ca"],
        int(rng.integers(13, 20)),
        5,
        0.1,
        _seed(rng),
        label="single steps, repeated",
        only="hidden",
    )
    names = DATA.read_text(encoding="utf-8").split()
    first = int(rng.integers(4))
    yield given(
        names[first::4], 120, 20, 0.05, _seed(rng), label="120 steps on dinosaurs", only="hidden"
    )


def _shapes(names, n_a):
    n = len(ref.build_vocabulary(names)[0])
    return {"Wax": (n_a, n), "Waa": (n_a, n_a), "Wya": (n, n_a), "b": (n_a, 1), "by": (n, 1)}


def _frame(arguments):
    names, n_steps, n_a, *_ = arguments.args
    return {
        "of": "structure",
        "shapes": _shapes(names, n_a),
        "n_steps": n_steps,
        "shapes_are": "n_a is the number of units; n_x and n_y are the size of the vocabulary "
        "of these names.",
    }


def _named(slip, low, high, says, **instead):
    """Return a slip that explains a number between two bounds."""
    return {"slip": slip, "low": low, "high": high, "says": says, **instead}


def _untrained(arguments):
    """At a learning rate of 0 every name keeps its price, which tells the names apart."""
    names = arguments.args[0]
    steps = np.array([len(name) + 1 for name in names])
    per_character = float(np.log(len(ALPHABET) + 1))
    costs = [float(n * per_character) for n in steps]
    spread = {
        "of": "spread",
        "low": 1e-5,
        "high": 0.15,
        "got": "{:.3g}",
        "expected": "weights with a standard deviation of at most 0.15, and not zero",
        "others": [
            _named("zero_weights", 0.0, 1e-5, ZERO_WEIGHTS),
            _named(
                "large_weights",
                0.15,
                np.inf,
                "The weights should start small, like "
                "0.01 times a normal draw: then the loss starts at log n for each "
                "character.",
            ),
        ],
    }
    near = "losses near (T + 1) log n for names of T letters"
    not_raw = (
        "With small weights, and before anything is learned, a name of T letters costs "
        "(T + 1) log n. `losses` holds that raw sum at every step, no mean and no smoothed "
        "value."
    )
    small = {
        "of": "mean",
        "first": 0,
        "last": None,
        "low": 0.8 * min(costs),
        "high": np.inf,
        "expected": near,
        "got": "a mean of {:.3g}, less than any name costs",
        "slip": "not_raw",
        "says": not_raw,
        "others": [
            _named(
                "per_character",
                0.9 * per_character,
                1.1 * per_character,
                "That is the loss of a character; the sum over the name is asked for.",
            )
        ],
    }
    # The costs of these names differ by twice their mean, whatever is left out of them. Smoothed
    # values hardly differ, and would look like one name, or like names without a character.
    alike = {
        "of": "drift",
        "low": 0.5,
        "high": np.inf,
        "costs": [1.0],
        "expected": "losses that differ as the lengths of the names do",
        "got": "losses that differ by {:.2g} of their mean",
        "slip": "smoothed",
        "says": "Those are smoothed values; the raw loss of each step is asked for.",
        "others": [
            _named(
                "one_name", 0.0, 1e-4, "The same name comes at every step: go on to the next one."
            )
        ],
    }
    missing = (
        "One character of each name is not counted. The first letter, asked for from the "
        "zero vector, and the newline at the end both count."
    )
    misfit = {
        "of": "misfit",
        "low": 0.0,
        "high": 0.1,
        "costs": costs,
        "expected": near,
        "got": "one that is {:.0%} off",
        "slip": "not_raw",
        "says": not_raw,
        "others": [
            _named(
                "one_pass",
                1,
                np.inf,
                "Some losses are 0: after one pass through the names the next one begins.",
                of="zeros",
            ),
            _named(
                "character_missing",
                0.0,
                0.1,
                missing,
                costs=[float((n - 1) * per_character) for n in steps],
            ),
            _named(
                "character_missing",
                0.0,
                0.1,
                missing,
                costs=[float((n - 2) * per_character) for n in steps],
            ),
            _named(
                "base_2",
                0.0,
                0.1,
                "Those are bits; nats are asked for.",
                costs=[cost / float(np.log(2)) for cost in costs],
            ),
        ],
    }
    met = {
        "of": "met",
        "low": len(names),
        "high": len(names),
        "costs": costs,
        "expected": f"all {len(names)} names in every pass",
        "got": "only {} of them in one pass",
        "slip": "drawn_with_replacement",
        "says": "In each pass every name comes once: shuffle the names and go through them, "
        "do not draw one at each step.",
    }
    drift = {
        "of": "drift",
        "low": 0.0,
        "high": 1e-13,
        "costs": costs,
        "expected": "the same loss for a name in every pass, as nothing is learned",
        "got": "losses that differ by {:.2g} of their size",
        "slip": "state_carried",
        "says": "The state was carried over from the name before: set it to zero for every name.",
        "others": [
            _named(
                "rate_ignored",
                0.02,
                np.inf,
                "The parameters change, although the learning rate is 0: use `learning_rate`.",
                of="bias spread",
            )
        ],
    }
    biases = {
        "of": "bias spread",
        "low": 0.0,
        "high": 1e-12,
        "expected": "output biases of zero at the start",
        "got": "some with a standard deviation of {:.2g}",
        "slip": "random_biases",
        "says": RANDOM_BIASES,
    }
    listed = {
        "of": "as listed",
        "low": 0,
        "high": len(names) - 1,
        "costs": costs,
        "expected": "the names in an order shuffled by `rng`",
        "got": "that of the list",
        "slip": "not_shuffled",
        "says": "Go through the names in a random order.",
    }
    return rules.Bands(
        [_frame(arguments), spread, small, alike, misfit, met, drift, biases, listed]
    )


def _one_step(arguments):
    """The bias of the repeated letter gains twice the rate times the clipped gradient."""
    rate = arguments.args[3]
    gain = 2 * rate * 5.0
    return rules.Bands(
        [
            _frame(arguments),
            {
                "of": "lead",
                "rows": [1, 0],
                "low": gain - 1.5,
                "high": gain + 1.5,
                "expected": f"the output bias of the letter about {gain:g} above that of the "
                "newline",
                "got": "{:.3g}",
                "says": "This gradient is far above 5, so after one step the lead is the "
                "learning rate times 5, twice.",
                "others": [
                    _named(
                        "not_clipped",
                        2 * gain,
                        np.inf,
                        "The gradient of that bias is far above 5 "
                        "here: clip the gradients at 5 before the step.",
                    ),
                    _named(
                        "clipped_after_rate",
                        9.5,
                        10.5,
                        "The gradients were clipped after the "
                        "learning rate had been multiplied in; clip them first.",
                    ),
                    _named(
                        "by_norm",
                        10.5,
                        16.0,
                        "The gradients were shortened as a whole; each entry "
                        "is limited to 5 by itself.",
                    ),
                    _named(
                        "not_updated",
                        -0.05,
                        0.05,
                        "The parameters stay as they were: the new ones are thrown away.",
                    ),
                    _named(
                        "rate_ignored",
                        0.05,
                        0.15,
                        "That is a step with a learning rate of 0.01; use `learning_rate`.",
                    ),
                    _named(
                        "mean_gradient",
                        0.5,
                        5.0,
                        "The step is too short, as if the gradient were "
                        "that of the mean over the steps.",
                    ),
                    _named(
                        "ascent",
                        -np.inf,
                        -1.0,
                        "The step goes uphill: a gradient is taken off its parameter.",
                    ),
                ],
            },
        ],
        again=False,
    )


def _overfitted(arguments):
    start = 7 * np.log(6)
    return rules.Bands(
        [
            _frame(arguments),
            {
                "of": "lowest",
                "first": -40,
                "last": None,
                "low": 0.0,
                "high": 6.6,
                "expected": "a loss below 6.6 in the last 40 steps",
                "got": "{:.3g} at best",
                "slip": "learns_badly",
                "says": "One name alone should be learned almost by heart: every "
                "step goes downhill, from the parameters of the step before.",
                "others": [
                    _named(
                        "not_learning",
                        start - 1,
                        start + 1,
                        "The losses do not fall: each step "
                        "should start from the parameters of the step before.",
                    ),
                    _named(
                        "ascent",
                        start + 1,
                        np.inf,
                        "The losses rise: a gradient is taken off its parameter.",
                    ),
                ],
            },
        ],
        again=False,
    )


def _distinguished(arguments):
    """No model can give N different names more than probability 1 in all: log N each."""
    start = 5 * np.log(10)
    return rules.Bands(
        [
            _frame(arguments),
            {
                "of": "mean",
                "first": -16,
                "last": None,
                "low": 1.95,
                "high": 9.3,
                "expected": "a mean loss between 1.95 and 9.3 over the last 16 steps",
                "got": "{:.3g}",
                "slip": "learns_badly",
                "says": "The losses fall too little.",
                "others": [
                    _named(
                        "not_shifted",
                        0.0,
                        1.95,
                        "That is too good to be true: 8 different names, "
                        "each as likely as the others, cost log 8 = 2.08 each, at best. Each step "
                        "sees the answer: Y has to be one place ahead of X.",
                    ),
                    _named(
                        "not_learning",
                        start - 1,
                        start + 1,
                        "The losses do not fall: each step "
                        "should start from the parameters of the step before.",
                    ),
                    _named(
                        "ascent",
                        start + 1,
                        np.inf,
                        "The losses rise: a gradient is taken off its parameter.",
                    ),
                ],
            },
        ],
        again=False,
    )


def _on_dinosaurs(arguments):
    names = arguments.args[0]
    known = set(names)
    held_out = [name for name in DATA.read_text(encoding="utf-8").split() if name not in known][
        2::16
    ]
    bands = rules.Bands(
        [
            _frame(arguments),
            {
                "of": "mean",
                "first": -60,
                "last": None,
                "low": 22.5,
                "high": 42.5,
                "expected": "a mean loss between 22.5 and 42.5 over the last 60 steps",
                "got": "{:.3g}",
                "slip": "learns_badly",
                "says": "The losses fall too little.",
                "others": [
                    _named(
                        "not_shifted",
                        0.0,
                        22.5,
                        "That is too good to be true for so few "
                        "steps. Does each step see the answer? Y has to be one place ahead of "
                        "X.",
                    )
                ],
            },
        ],
        again=False,
    )
    return HeldOut(bands, held_out, ref.build_vocabulary(names)[0], 3.1)


def _single_steps(arguments):
    names, _, n_a, rate, _ = arguments.args
    # With weights of zero a network is a table of letters, and needs no gradient through time.
    spread = {
        "of": "spread",
        "low": 1e-6,
        "high": np.inf,
        "expected": "weights that are not zero",
        "got": "a matrix with a standard deviation of {:.3g}",
        "slip": "zero_weights",
        "says": ZERO_WEIGHTS,
    }
    return Steps(names, n_a, rate, rules.Bands([_frame(arguments), spread], again=False))


EXPECTED = {
    "10": _untrained,
    "one": _one_step,
    "150": _overfitted,
    "320": _distinguished,
    "single": _single_steps,
    "120": _on_dinosaurs,
}


def _expect(reference, arguments):
    return EXPECTED[arguments.label.split()[0]](arguments)


train = Exercise("train", 5, ref.train, _cases, expect=_expect, draws=1)
