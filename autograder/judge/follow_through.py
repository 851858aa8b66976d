"""A mistake is paid for once: what calls a wrong exercise is judged once more with a right one.

It comes last. In it a worker gets answers of the reference, so nothing that they could help is
judged afterwards: each exercise is followed through once, even if its worker ends.
"""

from __future__ import annotations

import re

from autograder.checks.judging import Finding
from autograder.checks.states import State
from autograder.sandbox.connection import WorkerEndedError
from autograder.submission.rebuild import HELPER, nbgrader_metadata

from .exercises import Asking, Judging
from .oracle import Oracle


def judged(judging: Judging, names: list[str]) -> dict[str, Finding]:
    """Return the Finding of each exercise: public cases, hidden ones, then the follow-throughs.

    Parameters
    ----------
    judging : Judging
    names : list of str
        In the order of the notebook.
    """
    for name in names:
        endless = {each for each in names if judging.never_ends(each)}
        if name in judging.runner.failures or (endless and reached(judging, name) & endless):
            continue
        judging.call_public(name)
    findings: dict[str, Finding] = {}
    waiting = []  # they call something that never ends: judged with the reference in its place
    for name in names:
        endless = {each for each, finding in findings.items() if finding.state == State.TIMED_OUT}
        failed = name in judging.runner.failures
        if endless and not failed and reached(judging, name) & endless:
            findings[name] = Finding(
                State.TIMED_OUT, f"{name}: it calls a function that never ends."
            )
            waiting.append(name)
        else:
            findings[name] = judging.finding(name)
    for name in names:
        above = [
            each for each in names[: names.index(name)] if findings[each].state != State.PASSED
        ]
        passed = findings[name].state == State.PASSED
        if passed or name in judging.broken or name in judging.runner.failures:
            continue
        if reached(judging, name) & set(above):
            followed = _followed(judging, name, above, only=name in waiting)
            findings[name] = followed or findings[name]
    return findings


def _followed(judging: Judging, name: str, wrong: list[str], only: bool) -> Finding | None:
    """Return the Finding with the reference in the place of wrong functions.

    None if the reference was not asked and `only` does not say that there is no other Finding.
    """
    oracle = Oracle({other: judging.cases.exercises[other] for other in wrong})
    try:
        judging.runner.ask({"do": "substitute", "names": wrong}, 20)
        seconds = judging.limits.follow_through_seconds
        finding = judging.compared(Asking(judging, name, seconds, oracle))
        if judging.runner.worker:
            judging.runner.ask({"do": "restore"}, 20)
    except WorkerEndedError:
        return None
    finally:
        oracle.close()
    if not oracle.asked:
        return finding if only else None
    if finding.state != State.PASSED:
        return finding
    names = ", ".join(sorted(oracle.asked))
    return Finding(State.PASSED, f"{name}: right, judged with a correct {names} in place of yours.")


def reached(judging: Judging, name: str) -> set[str]:
    """Return the exercises that the student's code for one could call, directly or not."""
    cells = judging.runner.cells
    texts = {nbgrader_metadata(cell).get("grade_id"): cell.source for cell in cells}
    helpers = "\n".join(cell.source for cell in cells if cell.metadata.get("role") == HELPER)
    found: set[str] = set()
    waiting = [name]
    while waiting:
        words = set(re.findall(r"\w+", helpers + "\n" + texts.get(waiting.pop(), "")))
        new = words & judging.cases.exercises.keys() - found - {name}
        found |= new
        waiting += new
    return found
