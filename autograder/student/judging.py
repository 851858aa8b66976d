"""Judging one exercise: its cases in turn, then one message about what was found."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from . import packing
from .calls import Call, perform
from .compare import difference
from .wire import Opaque


@dataclass
class Case:
    """One call to make and what is expected of it.

    `slips()` gives the results of known slips: [{"id", "says", "value"}] or, where a slip
    raises an error, {"id", "says", "raises"}. It is asked only when something is wrong.
    """

    call: Call
    rule: object
    label: str = ""
    slips: Callable = tuple
    public: bool = True


@dataclass
class Finding:
    """What came of an exercise: its state, and what its author is told."""

    state: str          # passed, failed, not attempted, crashed, timed out, out of memory, ...
    message: str = ""
    slip: str = ""
    hint: str = ""


def local_caller(function):
    """Return a caller that calls a function of this process."""
    return lambda calls: [perform(function, call) for call in calls]


def judge(name, cases, caller):
    """Return the Finding for an exercise.

    Parameters
    ----------
    name : str
        The exercise's name, for the message.
    cases : list of Case
    caller : callable
        Takes a list of Call, returns a list of Reply.
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
    slip = None if problem.slip or problem.state != "failed" else _slip(found)
    hint = slip["says"] if slip else problem.hint
    return Finding(problem.state, _message(name, case, problem, hint),
                   slip["id"] if slip else problem.slip, hint)


def _slip(found):
    """Return the known slip that explains the failing cases, all of them if one does."""
    failing = [(case, replies) for case, replies, problem in found if problem]
    explained = {}
    for case, replies in failing:
        seen = set()   # a slip may be declared in several variants: one vote for each case
        for slip in case.slips():
            if slip["id"] not in seen and _gives(slip, case.rule, replies[0]):
                seen.add(slip["id"])
                explained.setdefault(slip["id"], [slip, case is failing[0][0], 0])[2] += 1
    # One that explains the first failure and at least half of them is no coincidence.
    likely = [(count, slip) for slip, first, count in explained.values()
              if first and 2 * count >= len(failing)]
    most = max((count for count, _ in likely), default=0)
    best = [slip for count, slip in likely if count == most]
    # Of several that explain as many, the likelier is wrong in fewer cases that were right.
    return min(best, key=lambda slip: _against(slip, found)) if best[1:] else (best or [None])[0]


def _against(slip, found):
    """Count the cases that were right although the slip would have been wrong there."""
    return sum(any(each["id"] == slip["id"] for each in case.slips())
               for case, _, problem in found if not problem)


def _gives(slip, rule, reply):
    """Tell whether a slip gives exactly this reply."""
    if reply.trouble:
        return False
    if "raises" in slip:
        return bool(reply.raised) and reply.raised["type"] == slip["raises"]
    if reply.raised:
        return False
    gap = getattr(rule, "gap", None)
    if gap is None:
        return difference(slip["value"], reply.value) is None
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
    return [Case(call, rule, label, partial(tuple, slips))
            for call, rule, label, slips in packing.unpack(data)]
