"""A rule for `train` that repeats its steps exactly, and the wrong steps that it knows.

It needs a reference, so it stays with the instructor: the students' `cases.json` does not hold it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any

import numpy as np

from autograder.checks.calls import Call
from autograder.checks.compare import ATOL, difference, distinct
from autograder.checks.rules import Mismatch, ended

from ..experiments.fast_rnn import FastRNN
from .build_vocabulary import build_vocabulary
from .encode import encode
from .optimize import optimize
from .rnn_backward import rnn_backward
from .rnn_forward import rnn_forward
from .training_rule import TrainingRanges

STEP_RTOL = 1e-9  # rounding grows to 1e-11 and more in these steps, from starts near 0.15
COST_RTOL = 1e-11  # before any step it does not


def step_not_shifted(X, Y, a0, params, learning_rate):
    return optimize(Y, Y, a0, params, learning_rate, 5)


def step_from_newline(X, Y, a0, params, learning_rate):
    return optimize([0] + X[1:], Y, a0, params, learning_rate, 5)


def step_without_start(X, Y, a0, params, learning_rate):
    return optimize(X[1:], Y[1:], a0, params, learning_rate, 5)


def step_without_newline(X, Y, a0, params, learning_rate):
    return optimize(X[:-1], Y[:-1], a0, params, learning_rate, 5)


def step_not_clipped(X, Y, a0, params, learning_rate):
    return optimize(X, Y, a0, params, learning_rate, np.inf)


def step_by_norm(X, Y, a0, params, learning_rate):
    loss, cache = rnn_forward(X, Y, a0, params)
    gradients = rnn_backward(Y, params, cache)
    norm = np.sqrt(sum(np.sum(each**2) for each in gradients.values()))
    rate = learning_rate * min(1, 5 / norm)
    new_params = {name: each - rate * gradients["d" + name] for name, each in params.items()}
    return loss, new_params, cache["a"][-1]


def step_uphill(X, Y, a0, params, learning_rate):
    return optimize(X, Y, a0, params, -learning_rate, 5)


def step_with_loss_after(X, Y, a0, params, learning_rate):
    _, new_params, last = optimize(X, Y, a0, params, learning_rate, 5)
    return rnn_forward(X, Y, a0, new_params)[0], new_params, last


WRONG_STEPS = {
    "not_shifted": step_not_shifted,
    "newline_start": step_from_newline,
    "no_start": step_without_start,
    "no_newline": step_without_newline,
    "not_clipped": step_not_clipped,
    "by_norm": step_by_norm,
    "ascent": step_uphill,
    "loss_after": step_with_loss_after,
}
# Where nothing is learned, these two give the same losses: `train` has one message for both.
STEP_MESSAGES = {
    "no_start": "The first letter of each name is left out: the network should write it too, "
    "from the zero vector.",
    "no_newline": "The newline at the end of each name is left out: the network should answer "
    "with it after the last letter.",
}


Example = tuple[list[Any], list[int]]  # X and Y of a name
# Names, parameters and a learning rate; then what takes a step on the name of a number and returns
# its loss, and what returns the parameters.
Taking = Callable[
    [list[Example], Any, float], tuple[Callable[[int], float], Callable[[], dict[str, Any]]]
]


def right_steps(examples, start, rate):
    """Take the steps of the reference, in an eighth of its time: every right answer waits here."""
    rnn = FastRNN(start, rate, 5)
    prepared = [rnn.prepare(X, Y) for X, Y in examples]
    return lambda number: float(rnn.step(prepared[number])), rnn.params


def steps_of(step, examples, start, rate):
    """Take the steps of a function like `optimize`."""
    params = start

    def loss_of(number):
        nonlocal params
        loss, params, _ = step(*examples[number], np.zeros_like(params["b"]), params, rate)
        return float(loss)

    return loss_of, lambda: params


@dataclass
class Steps:
    """A short training, every step of which must be that of the reference.

    It is run twice with the same seed. With a learning rate of 0 it gives its start and, by what
    they cost there, the order of its names: no two of them are of the same length. The run with
    the rate must follow from these two. A training may draw what it likes from its generator,
    but no draw can depend on the rate: so this can always be told, whatever the losses are.
    """

    names: list[str]
    n_a: int
    learning_rate: float
    ranges: TrainingRanges  # what either run must be like before its numbers are looked at
    messages: dict[str, str]  # messages of mistakes, by id

    def calls(self, call: Call) -> list[Call]:
        names, n_steps, n_a, _, *rest = call.args
        return [
            Call((names, n_steps, n_a, rate, *rest), call.kwargs)
            for rate in (0.0, self.learning_rate)
        ]

    def mismatch(self, call: Call, replies: list[Any]) -> Mismatch | None:
        return self.wrong(self.calls(call), (self.ranges, self.ranges), replies)

    def wrong(
        self, calls: list[Call], ranges: Iterable[TrainingRanges], replies: list[Any]
    ) -> Mismatch | None:
        """Return what is wrong with a run at a rate of 0 and one with the rate.

        The first may be a pass and a step: more of them come in the same order.
        """
        for made, each, reply in zip(calls, ranges, replies):
            bad = each.mismatch(made, [reply])
            if bad:
                return bad
        (start, costs), (end, losses) = (reply.value for reply in replies)
        costs, losses = np.asarray(costs, float), np.asarray(losses, float)
        one_pass = costs[: len(self.names)]
        all_costs = costs if len(costs) == len(losses) else np.resize(one_pass, len(losses))
        return (
            self._biased(start)
            or self._wrong_step(start, all_costs, end, losses)
            or self._other_order(start, costs)
        )

    def _biased(self, start: Any) -> Mismatch | None:
        for name in ("b", "by"):
            if np.any(np.abs(start[name]) > 1e-12):
                return Mismatch(
                    "biases of zero at the start",
                    "nonzero ones",
                    self.messages["random_biases"],
                    f"in {name}",
                    "random_biases",
                )
        return None

    def _wrong_step(self, *runs: Any) -> Mismatch | None:
        step = self._breaks(right_steps, *runs)
        if step is None:
            return None
        if step == len(runs[1]):
            return Mismatch(
                "the parameters after the last step",
                "other ones",
                "All losses are right, and with them the steps before the last. Return the "
                "parameters that the last step has made.",
            )
        expected = "the loss and the clipped step of one of the names, from a zero state"
        where = f"at step {step + 1} of {len(runs[1])}"
        if step and self._carried(step, *runs[:2]):
            got, id = "the loss of one read from the state after the name before", "state_carried"
            return Mismatch(expected, got, self.messages[id], where, id)
        for id, wrong in WRONG_STEPS.items():
            if self._breaks(partial(steps_of, wrong), *runs) is None:
                return Mismatch(expected, "a different loss or step", self.messages[id], where, id)
        if _rounded(runs[1]) and _rounded(runs[3]):
            id = "rounded"
            return Mismatch("losses with all their digits", "fewer", self.messages[id], "", id)
        return self._other_start(*runs) or Mismatch(
            expected,
            "a different loss or step",
            "Each step, the last like the first, reads one name from a zero state, clips the "
            "gradients at 5 and takes one step with the whole `learning_rate` from the parameters "
            "of the step before. Nothing else changes them.",
            where,
        )

    def _carried(self, step: int, start: Any, costs: Any) -> bool:
        """Tell whether, nothing learned, a name costs what it does after the name before it."""
        for before in self.names:
            loss, state = self._read(before, start, np.zeros((self.n_a, 1)))
            if _same(loss, float(costs[step - 1])):
                read = (self._read(name, start, state)[0] for name in self.names)
                return any(_same(loss, float(costs[step])) for loss in read)
        return False

    def _read(self, name: str, params: Any, a0: Any) -> tuple[float, Any]:
        loss, cache = rnn_forward(*encode(name, build_vocabulary(self.names)[0]), a0, params)
        return float(loss), cache["a"][-1]

    def _other_order(self, start: Any, costs: Any) -> Mismatch | None:
        """Return the Mismatch of names that do not come once in each pass, in one order."""
        known = [self._read(name, start, np.zeros((self.n_a, 1)))[0] for name in self.names]
        order = np.argmin(np.abs(costs[:, np.newaxis] - known), axis=1)
        n = len(self.names)
        if len(set(order[:n])) < n:
            id = "drawn_with_replacement"
            return Mismatch("every name once", "one that came before", self.messages[id], "", id)
        other = np.flatnonzero(order[n:] != order[:-n])
        if not len(other):
            return None
        where = f"at step {other[0] + n + 1} of {len(costs)}"
        expected, got, id = "the name of a pass before", "another one", "reshuffled"
        return Mismatch(expected, got, self.messages[id], where, id)

    def _breaks(self, taking: Taking, start: Any, costs: Any, end: Any, losses: Any) -> int | None:
        """Return the index of the first loss that does not follow, or None if all do.

        It is their number if only the parameters after the last step do not follow.
        """
        with np.errstate(all="ignore"):
            cost_of, _ = taking(self._examples, start, 0.0)
            first_losses = [cost_of(number) for number in range(len(self.names))]
            loss_of, params = taking(self._examples, start, self.learning_rate)
            for i, (cost, loss) in enumerate(zip(costs.tolist(), losses.tolist())):
                numbers = [
                    number
                    for number, each in enumerate(first_losses)
                    if _same(each, cost, COST_RTOL)
                ]
                if not numbers or not _same(loss_of(numbers[0]), loss):
                    return i
            return None if _same(params(), end) else len(losses)

    @cached_property
    def _examples(self) -> list[Example]:
        char_to_ix = build_vocabulary(self.names)[0]
        return [encode(name, char_to_ix) for name in self.names]

    def _other_start(self, start: Any, costs: Any, end: Any, losses: Any) -> Mismatch | None:
        """Return the Mismatch of two runs that begin with different losses, or None."""
        if _same(float(costs[0]), float(losses[0])):
            return None
        first, other = distinct(float(costs[0]), float(losses[0]))
        return Mismatch(
            "the same first loss from a generator of the same seed, whatever the learning rate is",
            f"{first} at a rate of 0 and {other} at another rate",
            self.messages["other_start"],
            mistake="other_start",
        )


@dataclass
class FirstSteps:
    """The same from a start that one pass and a step tell, which takes half the time.

    Who draws other numbers for fewer steps has another start there, and is in doubt; so is whoever
    is wrong, as `steps` says what is.
    """

    steps: Steps
    short: TrainingRanges  # what the run at a rate of 0 must be like

    def calls(self, call: Call) -> list[Call]:
        start, learning = self.steps.calls(call)
        names, _, *rest = start.args
        return [Call((names, len(names) + 1, *rest), call.kwargs), learning]

    def mismatch(self, call: Call, replies: list[Any]) -> Mismatch | None:
        return ended(replies)

    def settles(self, call: Call, replies: list[Any]) -> bool:
        """Tell whether all steps are those of the reference."""
        return not self.steps.wrong(self.calls(call), (self.short, self.steps.ranges), replies)


def _rounded(losses: np.ndarray) -> bool:
    """Tell whether all losses end after a few decimals, or fit into single precision."""
    kept = (losses.astype(np.float32), *(np.round(losses, decimals) for decimals in range(9)))
    return any(np.array_equal(losses, each) for each in kept)


def _same(expected: Any, got: Any, rtol: float = STEP_RTOL) -> bool:
    if isinstance(expected, float):  # most often, and mostly another name's: no words are needed
        return bool(abs(got - expected) <= ATOL + rtol * abs(expected))
    return difference(expected, got, rtol) is None
