"""Rules for `train` that need a reference: they stay with the instructor.

The students' `cases.json` holds none of them.
"""

from dataclasses import dataclass

import numpy as np

from autograder.reference import ps4_char_rnn as ref
from autograder.student import rules
from autograder.student.calls import Call
from autograder.student.compare import difference, distinct
from autograder.student.rules import Problem

from . import rnn_variants as variants

RANDOM_BIASES = (
    "At a learning rate of 0 the parameters come back as they started: the weights "
    "small and random, the biases zero."
)
STEP_RTOL = 1e-7  # rounding grows to 4e-15 in these steps, for starts of 0.0001 to 0.15


def _loss_after(*args):
    _, new, last = ref.optimize(*args)
    return ref.rnn_forward(*args[:3], new)[0], new, last


STEP_SLIPS = (
    (
        "not_shifted",
        "Each step is asked for the character that it reads: Y has to be one place ahead of X.",
        lambda *args: variants.optimize(*args, read=lambda X, Y: (Y, Y)),
    ),
    (
        "newline_start",
        "The first input is the newline; it should be the zero vector.",
        lambda *args: variants.optimize(*args, read=lambda X, Y: ([0, *X[1:]], Y)),
    ),
    (
        "no_start",
        "The first letter of each name is not asked for: reading starts from the zero vector.",
        lambda *args: variants.optimize(*args, read=lambda X, Y: (X[1:], Y[1:])),
    ),
    (
        "no_newline",
        "The newline at the end of each name is not asked for.",
        lambda *args: variants.optimize(*args, read=lambda X, Y: (X[:-1], Y[:-1])),
    ),
    (
        "not_clipped",
        "The gradients are not clipped at 5.",
        lambda *args: variants.optimize(*args, limit=variants.unclipped),
    ),
    (
        "by_norm",
        "The gradients were shortened as a whole; each entry is limited to 5 by itself.",
        lambda *args: variants.optimize(*args, limit=variants.clipped_by_norm),
    ),
    (
        "ascent",
        "The step goes uphill: a gradient is taken off its parameter.",
        lambda *args: variants.optimize(*args, sign=-1.0),
    ),
    (
        "loss_after",
        "The loss is the one after the step; `losses` holds the one before it.",
        _loss_after,
    ),
)


@dataclass
class Steps:
    """A short training, every step of which must be that of the reference.

    It is run twice with the same seed. With a learning rate of 0 it gives its start and, by what
    they cost there, the order of its names: no two of them are of the same length. The run with
    the rate must follow from these two. A training may draw what it likes from its generator,
    but no draw can depend on the rate: so this can always be told, whatever the losses are.
    """

    names: list
    n_a: int
    learning_rate: float
    bands: rules.Bands  # what either run must be like before its numbers are looked at

    def calls(self, call):
        names, n_steps, n_a, _, *rest = call.args
        return [
            Call((names, n_steps, n_a, rate, *rest), call.kwargs)
            for rate in (0.0, self.learning_rate)
        ]

    def problem(self, call, replies):
        for made, reply in zip(self.calls(call), replies):
            bad = self.bands.problem(made, [reply])
            if bad:
                return bad
        (start, prices), (end, losses) = (reply.value for reply in replies)
        for name in ("b", "by"):
            if np.any(np.abs(start[name]) > 1e-12):
                return Problem(
                    "biases of zero at the start",
                    "other ones",
                    RANDOM_BIASES,
                    f"in {name}",
                    "random_biases",
                )
        runs = start, np.asarray(prices, float), end, np.asarray(losses, float)
        step = self._breaks(ref.optimize, *runs)
        if step is None:
            return None
        expected = "the loss and the clipped step of one of the names, from a zero state"
        where = f"at step {step + 1} of {len(runs[1])}"
        for id, says, wrong in STEP_SLIPS:
            if self._breaks(wrong, *runs) is None:
                return Problem(expected, "others", says, where, id)
        return _other_start(*runs) or Problem(
            expected,
            "others",
            "Each step reads one name from a zero state, clips the gradients "
            "at 5 and takes one step from the parameters before.",
            where,
        )

    def _breaks(self, step, start, prices, end, losses):
        """Return the index of the first step that does not follow, or None if all do."""
        costs = {name: self._taken(step, name, start, 0.0)[0] for name in self.names}
        params = start
        for i, (price, loss) in enumerate(zip(prices, losses)):
            names = [name for name in costs if _same(costs[name], float(price))]
            if not names:
                return i
            cost, params = self._taken(step, names[0], params, self.learning_rate)
            if not _same(cost, float(loss)):
                return i
        return None if _same(params, end) else len(losses) - 1

    def _taken(self, step, name, params, rate):
        X, Y = ref.encode(name, ref.build_vocabulary(self.names)[0])
        with np.errstate(all="ignore"):
            loss, new, _ = step(X, Y, np.zeros((self.n_a, 1)), params, rate, 5.0)
        return float(loss), new


def _same(expected, got):
    return difference(expected, got, STEP_RTOL) is None


def _other_start(start, prices, end, losses):
    """Return the Problem of two runs that begin with different losses, or None."""
    if _same(float(prices[0]), float(losses[0])):
        return None
    first, other = distinct(float(prices[0]), float(losses[0]))
    return Problem(
        "the same first loss from a generator of the same seed, whatever the learning rate is",
        f"{first} at a rate of 0 and {other} at another rate",
        "Draw the weights and the order of the names from `rng` alone. The first loss "
        "is computed before the first step is taken.",
        slip="other_start",
    )


@dataclass
class HeldOut:
    """A training on some names, judged by what it makes of others."""

    bands: rules.Bands
    held_out: list
    char_to_ix: dict
    high: float

    def calls(self, call):
        return self.bands.calls(call)

    def problem(self, call, replies):
        bad = self.bands.problem(call, replies)
        if bad:
            return bad
        params = replies[0].value[0]
        with np.errstate(all="ignore"):
            total = sum(ref.name_loss(name, params, self.char_to_ix) for name in self.held_out)
        mean = total / sum(len(name) + 1 for name in self.held_out)
        if mean <= self.high:
            return None
        return Problem(
            f"a loss of at most {self.high:g} nats a character on names that were held out",
            f"{mean:.4g}",
            "The losses of the training look right, but the "
            "parameters that are returned do not go with them.",
            slip="held_out",
        )
