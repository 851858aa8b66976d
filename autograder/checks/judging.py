"""Judging one exercise: its cases in turn, then one message about what was found."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from .calls import Call, Reply, perform
from .case import Case, MistakeResult
from .compare import difference
from .mistakes import Judged, explaining
from .rules import Mismatch, Value
from .states import State
from .texts import said
from .wire import AxesSnapshot

REMEMBERS = (
    "Two identical calls returned different results: does the function change something that "
    "outlives the call, such as a list made outside of it or a default argument?"
)

Caller = Callable[[list[Call]], list[Reply]]
Again = Callable[[Call], Reply]
Bound = Callable[[Case, Mismatch], tuple[str, Mismatch]]


@dataclass
class Finding:
    """What came of an exercise: its state, and the message to its author.

    `kept` is the share of the points that is kept by an answer that is partly right.
    """

    state: State
    message: str = ""
    mistake: str = ""
    hint: str = ""
    kept: float = 0.0

    def points(self, possible: float) -> float:
        """Return the points that it is worth."""
        return possible if self.state == State.PASSED else round(possible * self.kept, 6)


def local_caller(function: Callable[..., Any]) -> Caller:
    """Return a caller that calls a function of this process."""
    return _Local(function)


class _Local:
    def __init__(self, function: Callable[..., Any]) -> None:
        self.function = function

    def __call__(self, calls: list[Call]) -> list[Reply]:
        return [self.again(call) for call in calls]

    def again(self, call: Call) -> Reply:
        """Make one more call; callers with this method are asked again when something was wrong."""
        return perform(self.function, call)


def judge(name: str, cases: list[Case], caller: Caller, bound: Bound | None = None) -> Finding:
    """Return the Finding for an exercise.

    Parameters
    ----------
    name : str
        The exercise's name, for the message.
    cases : list of Case
    caller : callable
        Takes a list of Call, returns a list of Reply; is asked a second time if there are cases
        `in_doubt`, and one. If it has a method `again`, which takes a Call and returns a Reply, a
        call that failed is made once more.
    bound : callable, optional
        Takes a Case and its Mismatch, returns label and Mismatch as they may be shown.
    """
    came = _all_judged(cases, caller)
    first = _first_wrong(came)
    if first is None or first.mismatch is None:
        return Finding(State.PASSED)
    first.mismatch = _settled(first.mismatch, came)
    if first.mismatch.state == State.NOT_ATTEMPTED:
        return Finding(State.NOT_ATTEMPTED, f"{name}: not attempted yet.")
    mistake = _mistake(first, first.mismatch, came, getattr(caller, "again", None))
    label, shown = (bound or _as_it_is)(first.case, first.mismatch)
    share = first.case.edge_share if first.mismatch.state == State.FAILED else 0.0
    return _finding(name, first.mismatch, mistake, label, shown, share)


def _first_wrong(judged: list[Judged]) -> Judged | None:
    """Return the case to speak of: an edge case only if nothing else is wrong."""
    wrong = [each for each in judged if each.mismatch]
    return min(wrong, key=lambda each: each.case.edge_share > 0, default=None)


def _settled(mismatch: Mismatch, judged: list[Judged]) -> Mismatch:
    """Return a mismatch with that of several likely mistakes which another case names clearly."""
    possible = {mismatch.mistake, *mismatch.rivals}
    for each in judged if mismatch.rivals else ():
        other = each.mismatch
        if other and other.mistake in possible and not other.rivals:
            return replace(mismatch, mistake=other.mistake, hint=other.hint, rivals=())
    return mismatch


def _all_judged(cases: list[Case], caller: Caller) -> list[Judged]:
    """Return what came of the cases, of those in doubt only if there is one."""
    first = judged([case for case in cases if not case.in_doubt], caller)
    others = [case for case in cases if case.in_doubt]
    return first + judged(others, caller) if others and in_doubt(first) else first


def in_doubt(came: list[Judged]) -> bool:
    """Tell whether answers that are right so far could still be wrong.

    They could not if each rule that can tell says so.
    """
    if any(each.mismatch for each in came):
        return False
    told = [
        settles(each.case.call, each.replies)
        for each in came
        if (settles := getattr(each.case.rule, "settles", None))
    ]
    return not (told and all(told))


def judged(cases: list[Case], caller: Caller) -> list[Judged]:
    """Return what came of cases, up to the first that makes the rest meaningless."""
    calls = [case.rule.calls(case.call) for case in cases]
    answers = iter(caller([call for of_case in calls for call in of_case]))
    came = []
    for case, of_case in zip(cases, calls):
        replies = [next(answers) for _ in of_case]
        mismatch = case.rule.mismatch(case.call, replies)
        came.append(Judged(case, replies, mismatch))
        if mismatch and mismatch.state != State.FAILED:
            break
    return came


def _mistake(
    first: Judged, mismatch: Mismatch, judged: list[Judged], again: Again | None
) -> MistakeResult | None:
    """Return the mistake that explains what is wrong, if the mismatch does not name one."""
    if mismatch.mistake or mismatch.state != State.FAILED:
        return None
    if _remembers(first.case, first.replies[0], again):
        return {"id": "left_over", "message": REMEMBERS}
    return explaining(judged)


def _as_it_is(case: Case, mismatch: Mismatch) -> tuple[str, Mismatch]:
    return case.label, mismatch


def _finding(
    name: str,
    mismatch: Mismatch,
    mistake: MistakeResult | None,
    label: str,
    shown: Mismatch,
    edge_share: float,
) -> Finding:
    """Return the Finding; `edge_share` is above 0 if only edge cases are wrong."""
    hint = mistake["message"] if mistake else shown.hint
    if edge_share:
        subject = (
            said(f"{name} is right except for {label}")
            if label
            else said(f"{name} is right except at the edges")
        )
    else:
        subject = said(f"{name} for {label}") if label else name
    return Finding(
        State.PARTLY_RIGHT if edge_share else mismatch.state,
        f"{subject}: {shown.text()} {hint}".strip(),
        mistake["id"] if mistake else mismatch.mistake,
        hint,
        1 - edge_share if edge_share else 0.0,
    )


def _remembers(case: Case, reply: Reply, again: Again | None) -> bool:
    """Tell whether a call that failed gives another result when it is made once more."""
    if again is None or not isinstance(case.rule, Value):
        return False
    second = again(case.rule.calls(case.call)[0])
    if reply.global_draws or second.global_draws or isinstance(reply.value, AxesSnapshot):
        return False  # random, or a picture
    if reply.raised or second.raised:
        return bool(reply.raised) != bool(second.raised)
    return difference(reply.value, second.value) is not None
