"""Judging one exercise: its cases in turn, then one message about what was found."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from . import packing
from .calls import Call, perform
from .compare import difference
from .rules import Value
from .states import State
from .wire import AxesSnapshot, Opaque

LEFT_OVER = (
    "The same call gave another answer the second time: is something left over from the "
    "call before, a list made outside the function or as a default argument?"
)


@dataclass
class Case:
    """One call to make and what is expected of it.

    `mistakes()` gives the results of known mistakes: [{"id", "message", "value"}] or, where one
    raises an error, {"id", "message", "raises"}. It is asked only when something is wrong.
    """

    call: Call
    rule: Any
    label: str = ""
    mistakes: Callable = tuple
    public: bool = True


@dataclass
class Finding:
    """What came of an exercise: its state, and what its author is told."""

    state: State
    message: str = ""
    mistake: str = ""
    hint: str = ""


def local_caller(function):
    """Return a caller that calls a function of this process."""
    return _Local(function)


class _Local:
    def __init__(self, function):
        self.function = function

    def __call__(self, calls):
        return [self.again(call) for call in calls]

    def again(self, call):
        """Make one call more; what has this may be asked when something was wrong."""
        return perform(self.function, call)


def judge(name, cases, caller, bound=None):
    """Return the Finding for an exercise.

    Parameters
    ----------
    name : str
        The exercise's name, for the message.
    cases : list of Case
    caller : callable
        Takes a list of Call, returns a list of Reply. If it has a method `again`, which takes
        a Call and returns a Reply, a call that failed is made once more.
    bound : callable, optional
        Takes a Case and its Mismatch, returns label and Mismatch as they may be told.
    """
    calls = [case.rule.calls(case.call) for case in cases]
    came = iter(caller([call for of_case in calls for call in of_case]))
    found = []
    for case, of_case in zip(cases, calls):
        replies = [next(came) for _ in of_case]
        found.append((case, replies, case.rule.mismatch(case.call, replies)))
        mismatch = found[-1][2]
        if mismatch and mismatch.state != State.FAILED:
            break
    first = next((entry for entry in found if entry[2]), None)
    if first is None:
        return Finding(State.PASSED)
    case, replies, mismatch = first
    if mismatch.state == State.NOT_ATTEMPTED:
        return Finding(State.NOT_ATTEMPTED, f"{name}: not attempted yet.")
    mistake = None
    if not mismatch.mistake and mismatch.state == State.FAILED:
        kept = _left_over(case, replies[0], getattr(caller, "again", None))
        mistake = {"id": "left_over", "message": LEFT_OVER} if kept else _mistake(found)
    label, told = bound(case, mismatch) if bound else (case.label, mismatch)
    hint = mistake["message"] if mistake else told.hint
    return Finding(
        mismatch.state,
        _message(name, label, told, hint),
        mistake["id"] if mistake else mismatch.mistake,
        hint,
    )


def _left_over(case, reply, again):
    """Tell whether a call that failed gives another answer when it is made once more."""
    if again is None or not isinstance(case.rule, Value):
        return False
    second = again(case.rule.calls(case.call)[0])
    if reply.global_draws or second.global_draws or isinstance(reply.value, AxesSnapshot):
        return False  # random, or a picture
    if reply.raised or second.raised:
        return bool(reply.raised) != bool(second.raised)
    return difference(reply.value, second.value) is not None


def _mistake(found):
    """Return the known mistake that explains the failing cases, all of them if one does."""
    failing = [(case, replies) for case, replies, mismatch in found if mismatch]
    explained = {}
    for case, replies in failing:
        seen = set()  # a mistake may be declared in several variants: one vote for each case
        for mistake in case.mistakes():
            if mistake["id"] not in seen and gives(mistake, case.rule, replies[0]):
                seen.add(mistake["id"])
                explained.setdefault(mistake["id"], [mistake, case is failing[0][0], 0])[2] += 1
    # One that explains the first failure and at least half of them is no coincidence, if not
    # more of what is right speaks against it.
    likely = [
        (count, mistake)
        for mistake, first, count in explained.values()
        if first and 2 * count >= len(failing) and _agrees(mistake, count, failing, found)
    ]
    most = max((count for count, _ in likely), default=0)
    best = [mistake for count, mistake in likely if count == most]
    # Of several that explain as many, the likelier is wrong in fewer cases that were right.
    return (
        min(best, key=lambda mistake: _against(mistake, found)) if best[1:] else (best or [None])[0]
    )


def _agrees(mistake, count, failing, found):
    """Tell whether the cases that are right let a mistake be named that explains `count` others."""
    against = _against(mistake, found)
    if any(isinstance(getattr(case.rule, "value", None), bool) for case, _ in failing):
        return against == 0 and count == len(failing)  # half of all guesses hit True or False
    return against <= count


def _against(mistake, found):
    """Count the cases that were right although the mistake would have been wrong there.

    Of a mistake in several variants, all of them: each may be right where another one is not.
    """
    listed = [sum(each["id"] == mistake["id"] for each in case.mistakes()) for case, _, _ in found]
    return sum(n == max(listed) for n, (_, _, mismatch) in zip(listed, found) if n and not mismatch)


def gives(mistake, rule, reply):
    """Tell whether a mistake gives exactly this reply."""
    if reply.trouble:
        return False
    if "raises" in mistake:
        return bool(reply.raised) and reply.raised["type"] == mistake["raises"]
    if reply.raised or "value" not in mistake:
        return False
    gap = getattr(rule, "gap", None)
    if gap is None:
        return difference(mistake["value"], reply.value) is None
    if (
        isinstance(mistake["value"], list)
        and isinstance(reply.value, tuple)
        and not isinstance(rule.value, (list, tuple))
    ):
        return False  # "That is a list" is no word for a tuple
    if isinstance(mistake["value"], Opaque):
        return mistake["value"] == reply.value
    return gap(reply.value, mistake["value"]) is None


def _message(name, label, mismatch, hint):
    label = f" for {label}" if label else ""
    return f"{name}{label}: {mismatch.text()} {hint}".strip()


def cases_to_data(cases):
    """Return cases as plain data, for `cases.json`."""
    return packing.pack(cases)


def cases_from_data(data):
    """Return the cases that `cases_to_data` made the data from."""
    return [
        Case(call, rule, label, partial(tuple, mistakes))
        for call, rule, label, mistakes in packing.unpack(data)
    ]
