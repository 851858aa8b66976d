"""A rule for `train`: a training on some names, judged by what it makes of others.

It needs a reference, so it stays with the instructor: the students' `cases.json` does not hold it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from autograder.checks.calls import Call
from autograder.checks.rules import Mismatch

from .name_loss import name_loss
from .training_rule import TrainingRanges


@dataclass
class HeldOut:
    """Ranges for the training, and a limit to the loss of other names.

    Attributes
    ----------
    ranges : TrainingRanges
    names : list of str
        Held out from the training.
    char_to_ix : dict of str to int
    high : float
        Largest mean loss of their characters, in nats.
    """

    ranges: TrainingRanges
    names: list[str]
    char_to_ix: dict[str, int]
    high: float

    def calls(self, call: Call) -> list[Call]:
        return self.ranges.calls(call)

    def mismatch(self, call: Call, replies: list[Any]) -> Mismatch | None:
        bad = self.ranges.mismatch(call, replies)
        if bad:
            return bad
        params = replies[0].value[0]
        with np.errstate(all="ignore"):
            total = sum(name_loss(name, params, self.char_to_ix) for name in self.names)
        mean = total / sum(len(name) + 1 for name in self.names)
        if mean <= self.high:
            return None
        return Mismatch(
            f"a loss of at most {self.high:g} nats a character on names that were held out",
            f"a loss of {mean:.4g}",
            "The training losses look right, but the returned parameters are not those that "
            "belong to them.",
            mistake="held_out",
        )
