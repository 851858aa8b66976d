"""Rules for `train` that need a reference: they stay with the instructor.

The students' `cases.json` holds none of them.
"""

from dataclasses import dataclass

import numpy as np

from autograder.reference import ps4_char_rnn as ref
from autograder.student import rules
from autograder.student.calls import Call
from autograder.student.compare import difference
from autograder.student.measures import problem as measured
from autograder.student.rules import Problem

from . import rnn_variants as variants

STEP_RTOL = 1e-7   # one step computed in another order differs by about 1e-15


def _loss_after(*args):
    _, new, last = ref.optimize(*args)
    return ref.rnn_forward(*args[:3], new)[0], new, last


STEP_SLIPS = (
    ("not_shifted", "Each step is asked for the character that it reads: Y has to be one place "
     "ahead of X.", lambda *args: variants.optimize(*args, read=lambda X, Y: (Y, Y))),
    ("newline_start", "The first input is the newline; it should be the zero vector.",
     lambda *args: variants.optimize(*args, read=lambda X, Y: ([0, *X[1:]], Y))),
    ("no_start", "The first letter of each name is not asked for: reading starts from the zero "
     "vector.", lambda *args: variants.optimize(*args, read=lambda X, Y: (X[1:], Y[1:]))),
    ("no_newline", "The newline at the end of each name is not asked for.",
     lambda *args: variants.optimize(*args, read=lambda X, Y: (X[:-1], Y[:-1]))),
    ("not_clipped", "The gradients are not clipped at 5.",
     lambda *args: variants.optimize(*args, limit=variants.unclipped)),
    ("by_norm", "The gradients were shortened as a whole; each entry is limited to 5 by itself.",
     lambda *args: variants.optimize(*args, limit=variants.clipped_by_norm)),
    ("ascent", "The step goes uphill: a gradient is taken off its parameter.",
     lambda *args: variants.optimize(*args, sign=-1.0)),
    ("loss_after", "The loss is the one after the step; `losses` holds the one before it.",
     _loss_after),
)


@dataclass
class Steps:
    """Single steps of a training that must be those of the reference.

    The training is run to one step, to two, to three, and to the last two. From the
    parameters that one run ends with, the next run's last step must follow for one of the
    names.
    """

    names: list
    n_a: int
    learning_rate: float
    frame: dict
    runs: tuple = (1, 2, 3, 20, 21)
    pairs: tuple = ((0, 1), (1, 2), (3, 4))

    def calls(self, call):
        names, _, *rest = call.args
        return [Call((names, n_steps, *rest), call.kwargs) for n_steps in self.runs]

    def problem(self, call, replies):
        for n_steps, made, reply in zip(self.runs, self.calls(call), replies):
            whole = rules.Bands([{**self.frame, "n_steps": n_steps}], again=False)
            bad = rules.raised(reply) or measured(whole, made, [reply])
            if bad:
                return bad
        return next(filter(None, (self._step(replies[i].value, replies[j].value)
                                  for i, j in self.pairs)), None)

    def _step(self, before, after):
        (params, losses), (new, longer) = before, after
        losses, longer = np.asarray(losses, float), np.asarray(longer, float)
        if difference(losses, longer[:-1], STEP_RTOL):
            return None   # its draws depend on n_steps: nothing can be said
        got = float(longer[-1]), new
        if any(self._gives(ref.optimize, name, params, got) for name in self.names):
            return None
        expected = "the loss and the clipped step of one of the names, from a zero state"
        for id, says, wrong in STEP_SLIPS:
            if any(self._gives(wrong, name, params, got) for name in self.names):
                return Problem(expected, "others", says, f"at step {len(losses)}", id)
        return Problem(expected, "others", "Each step reads one name from a zero state, clips the "
                       "gradients at 5 and takes one step from the parameters before.",
                       f"at step {len(losses)}")

    def _gives(self, step, name, params, got):
        X, Y = ref.encode(name, ref.build_vocabulary(self.names)[0])
        with np.errstate(all="ignore"):
            loss, new, _ = step(X, Y, np.zeros((self.n_a, 1)), params, self.learning_rate, 5.0)
        return difference((float(loss), new), got, STEP_RTOL) is None


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
        return Problem(f"a loss of at most {self.high:g} nats a character on names that were held "
                       "out", f"{mean:.4g}", "The losses of the training look right, but the "
                       "parameters that are returned do not go with them.", slip="held_out")
