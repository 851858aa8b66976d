"""Judging one exercise: its cases in turn, then one message about what was found."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from . import packing
from .calls import Call, perform
from .compare import difference
from .rules import Value
from .wire import Drawn, Opaque

LEFT_OVER = (
    "The same call gave another answer the second time: is something left over from the "
    "call before, a list made outside the function or as a default argument?"
)


@dataclass
class Case:
    """One call to make and what is expected of it.

    `slips()` gives the results of known slips: [{"id", "says", "value"}] or, where a slip
    raises an error, {"id", "says", "raises"}. It is asked only when something is wrong.
    """

    call: Call
    rule: Any
    label: str = ""
    slips: Callable = tuple
    public: bool = True


@dataclass
class Finding:
    """What came of an exercise: its state, and what its author is told."""

    state: str  # passed, failed, not attempted, crashed, timed out, out of memory, ...
    message: str = ""
    slip: str = ""
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


def judge(name, cases, caller):
    """Return the Finding for an exercise.

    Parameters
    ----------
    name : str
        The exercise's name, for the message.
    cases : list of Case
    caller : callable
        Takes a list of Call, returns a list of Reply. If it has a method `again`, which takes
        a Call and returns a Reply, a call that failed is made once more.
    """
    calls = [case.rule.calls(case.call) for case in cases]
    came = iter(caller([call for of_case in calls for call in of_case]))
    found = []
    for case, of_case in zip(cases, calls):
        replies = [next(came) for _ in of_case]
        found.append((case, replies, case.rule.problem(case.call, replies)))
        problem = found[-1][2]
        if problem and problem.state != "failed":
            break
    first = next((entry for entry in found if entry[2]), None)
    if first is None:
        return Finding("passed")
    case, replies, problem = first
    if problem.state == "not attempted":
        return Finding("not attempted", f"{name}: not attempted yet.")
    slip = None
    if not problem.slip and problem.state == "failed":
        kept = _left_over(case, replies[0], getattr(caller, "again", None))
        slip = {"id": "left_over", "says": LEFT_OVER} if kept else _slip(found)
    hint = slip["says"] if slip else problem.hint
    return Finding(
        problem.state,
        _message(name, case, problem, hint),
        slip["id"] if slip else problem.slip,
        hint,
    )


def _left_over(case, reply, again):
    """Tell whether a call that failed gives another answer when it is made once more."""
    if again is None or not isinstance(case.rule, Value):
        return False
    second = again(case.rule.calls(case.call)[0])
    if reply.global_draws or second.global_draws or isinstance(reply.value, Drawn):
        return False  # random, or a picture
    if reply.raised or second.raised:
        return bool(reply.raised) != bool(second.raised)
    return difference(reply.value, second.value) is not None


def _slip(found):
    """Return the known slip that explains the failing cases, all of them if one does."""
    failing = [(case, replies) for case, replies, problem in found if problem]
    explained = {}
    for case, replies in failing:
        seen = set()  # a slip may be declared in several variants: one vote for each case
        for slip in case.slips():
            if slip["id"] not in seen and _gives(slip, case.rule, replies[0]):
                seen.add(slip["id"])
                explained.setdefault(slip["id"], [slip, case is failing[0][0], 0])[2] += 1
    # One that explains the first failure and at least half of them is no coincidence, if not
    # more of what is right speaks against it.
    likely = [
        (count, slip)
        for slip, first, count in explained.values()
        if first and 2 * count >= len(failing) and _agrees(slip, count, failing, found)
    ]
    most = max((count for count, _ in likely), default=0)
    best = [slip for count, slip in likely if count == most]
    # Of several that explain as many, the likelier is wrong in fewer cases that were right.
    return min(best, key=lambda slip: _against(slip, found)) if best[1:] else (best or [None])[0]


def _agrees(slip, count, failing, found):
    """Tell whether the cases that are right let a slip be named that explains `count` others."""
    against = _against(slip, found)
    if any(isinstance(getattr(case.rule, "value", None), bool) for case, _ in failing):
        return against == 0 and count == len(failing)  # half of all guesses hit True or False
    return against <= count


def _against(slip, found):
    """Count the cases that were right although the slip would have been wrong there.

    Of a slip in several variants, all of them: each may be right where another one is not.
    """
    listed = [sum(each["id"] == slip["id"] for each in case.slips()) for case, _, _ in found]
    return sum(n == max(listed) for n, (_, _, problem) in zip(listed, found) if n and not problem)


def _gives(slip, rule, reply):
    """Tell whether a slip gives exactly this reply."""
    if reply.trouble:
        return False
    if "raises" in slip:
        return bool(reply.raised) and reply.raised["type"] == slip["raises"]
    if reply.raised or "value" not in slip:
        return False
    gap = getattr(rule, "gap", None)
    if gap is None:
        return difference(slip["value"], reply.value) is None
    if (
        isinstance(slip["value"], list)
        and isinstance(reply.value, tuple)
        and not isinstance(rule.value, (list, tuple))
    ):
        return False  # "That is a list" is no word for a tuple
    if isinstance(slip["value"], Opaque):
        return slip["value"] == reply.value
    return gap(reply.value, slip["value"]) is None


def _message(name, case, problem, hint):
    label = f" for {case.label}" if case.label else ""
    return f"{name}{label}: {problem.text()} {hint}".strip()


def cases_to_data(cases):
    """Return cases as plain data, for `cases.json`."""
    return packing.pack(cases)


def cases_from_data(data):
    """Return the cases that `cases_to_data` made the data from."""
    return [
        Case(call, rule, label, partial(tuple, slips))
        for call, rule, label, slips in packing.unpack(data)
    ]
