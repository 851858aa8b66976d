"""What an instructor sees of one exercise of a submission: each case, and how it was judged.

The submission is run again in isolation, on the numbers of its verdict. Nothing is recorded,
and the follow-throughs are left out: what is shown is what the answer itself gives.
"""

from __future__ import annotations

import reprlib
from collections.abc import Iterable
from dataclasses import fields
from typing import Any

import numpy as np

from autograder.checks.calls import Reply
from autograder.checks.case import Case
from autograder.checks.judging import judge
from autograder.checks.mistakes import gives
from autograder.checks.rules import Raises, Value
from autograder.sandbox.sandbox import Line
from autograder.submission.master import data_files

from .display import printable
from .exercises import Asking, Cases, Judging
from .grade import rebuilt_from, tests_of
from .request import Request
from .run import Runner
from .verdict import Explained, ExplainedCase, Row

SHORT = reprlib.Repr()
SHORT.maxstring, SHORT.maxother, SHORT.maxlevel = 80, 240, 4
MAX_REPLIES = 3  # that are shown of a case which is called more often


def explained(request: Request, sandbox: Line, exercise: str) -> Explained:
    """Return what came of the cases of one exercise of a submission.

    Parameters
    ----------
    request : Request
        With the seed that is named in the verdict.
    sandbox : Line
    exercise : str
    """
    rebuilt, limits = rebuilt_from(request), request.limits
    cases = Cases(request.assignment, request.seed)
    if rebuilt.not_gradable:
        return _outcome(f"not gradable: {rebuilt.not_gradable}")
    files = data_files(request.source.parent)
    tests = tests_of(request.notebooks.instructor, rebuilt.notebook, files)
    runner = Runner(sandbox, rebuilt, tests, files, limits)
    try:
        runner.run()
        ended = runner.failures.get(exercise)
        if ended:
            return _outcome(f"{ended.state}: {ended.detail}, when the cell was run")
        asking = Asking(Judging(runner, cases), exercise, limits.exercise_seconds)
        with np.errstate(all="ignore"):
            finding = judge(exercise, cases.of(exercise), asking)
    finally:
        runner.close()
    with np.errstate(all="ignore"):
        found = _of_cases(cases.of(exercise), asking.came)
    outcome = f"on its own: {finding.state}"
    return _outcome(outcome + (f", {finding.mistake}" if finding.mistake else ""), found)


def _outcome(text: str, cases: Iterable[ExplainedCase] = ()) -> Explained:
    return {"cases": [*cases], "outcome": printable(text)}


def _of_cases(cases: list[Case], replies: list[Reply]) -> list[ExplainedCase]:
    found: list[ExplainedCase] = []
    left = list(replies)
    for case in sorted(cases, key=lambda case: case.in_doubt):  # as they are asked for
        if not left:  # there was no doubt
            break
        own = [left.pop(0) for _ in case.rule.calls(case.call)]
        kind = "public" if case.public else "hidden"
        rows = [(name, printable(text)) for name, text in _of_case(case, own)]
        found.append({"kind": kind, "label": printable(case.label), "rows": rows})
    return found


def _of_case(case: Case, replies: list[Reply]) -> list[Row]:
    arguments = [abbreviated(each) for each in case.call.args]
    arguments += [f"{name}={abbreviated(each)}" for name, each in case.call.kwargs.items()]
    rows = [("input", ", ".join(arguments)), ("expected", _expected(case.rule))]
    rows += [("got", _got(reply)) for reply in replies[:MAX_REPLIES]]
    try:
        mismatch = case.rule.mismatch(case.call, replies)
    except Exception as error:
        return [*rows, ("result", f"the comparison stopped with {error!r}")]
    if mismatch is None:
        return [*rows, ("result", "right")]
    rows.append(("result", f"{mismatch.state}: {mismatch.text()} {mismatch.hint}".rstrip()))
    return [*rows, ("mistakes", _tried(case, replies[0], mismatch.mistake))]


def _tried(case: Case, reply: Reply, named: str) -> str:
    """Return which mistakes were tried on a case, those that explain it first."""
    tried: dict[str, bool] = {}
    for mistake in case.mistakes():
        found = gives(mistake, case.rule, reply)
        tried[mistake["id"]] = tried.get(mistake["id"], False) or found
    for known in getattr(case.rule, "mistakes", ()):  # a rule of several calls tries its own
        tried.setdefault(known["id"], False)
    if named:
        tried[named] = True
    explain = [name for name, found in tried.items() if found]
    others = [name for name, found in tried.items() if not found]
    return f"{', '.join(explain) or 'none'} explains it; also tried: {', '.join(others) or 'none'}"


def _expected(rule: Any) -> str:
    if isinstance(rule, Value):
        return abbreviated(rule.value)
    if isinstance(rule, Raises):
        return f"an error of type {rule.error}"
    names = [each.name for each in fields(rule) if each.name != "mistakes"]
    what = [f"{name} {abbreviated(getattr(rule, name))}" for name in names]
    return f"{type(rule).__name__} with {', '.join(what)}"


def _got(reply: Reply) -> str:
    if reply.trouble:
        return f"{reply.trouble}: {reply.detail}"
    if reply.raised:
        kind, message, line = (reply.raised[key] for key in ("type", "message", "line"))
        return f"{kind}: {message} in the line `{line}`"
    return abbreviated(reply.value)


def abbreviated(value: object) -> str:
    """Return a value as a short text on one line."""
    value = value.item() if isinstance(value, np.generic) else value
    with np.printoptions(threshold=8, edgeitems=2, precision=6):
        return " ".join(SHORT.repr(value).split())
