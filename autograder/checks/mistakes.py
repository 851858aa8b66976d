"""Which known mistake explains what came of an exercise's cases."""

from dataclasses import dataclass

from .calls import Reply
from .case import Case, MistakeResult
from .compare import difference
from .rules import Mismatch, Rule, Value
from .wire import Opaque


@dataclass
class Judged:
    """A case, the replies to its calls, and what is wrong with them."""

    case: Case
    replies: list[Reply]
    mismatch: Mismatch | None


@dataclass
class _Explanation:
    mistake: MistakeResult
    count: int  # of failing cases that it explains


def explaining(judged: list[Judged]) -> MistakeResult | None:
    """Return the known mistake that explains the failing cases, all of them if one does."""
    failing = [each for each in judged if each.mismatch]
    # One that explains the first failure and at least half of them is unlikely to be a
    # coincidence, unless more right cases speak against it.
    likely = [
        each
        for each in _explanations(failing)
        if 2 * each.count >= len(failing) and _agrees(each, failing, judged)
    ]
    most = max((each.count for each in likely), default=0)
    best = [each.mistake for each in likely if each.count == most]
    # Of several that explain as many, the likelier is wrong in fewer cases that were right.
    return min(best, key=lambda mistake: _against(mistake, judged), default=None)


def _explanations(failing: list[Judged]) -> list[_Explanation]:
    """Return the mistakes that explain the first failing case, each with all that it explains."""
    explained: dict[str, _Explanation] = {}
    for each in failing:
        seen = set()  # a mistake may be declared in several variants: one vote for each case
        if each is not failing[0] and not explained:
            break
        for mistake in each.case.mistakes(*explained):
            name = mistake["id"]
            if name not in seen and gives(mistake, each.case.rule, each.replies[0]):
                seen.add(name)
                explained.setdefault(name, _Explanation(mistake, 0)).count += 1
    return list(explained.values())


def _agrees(explanation: _Explanation, failing: list[Judged], judged: list[Judged]) -> bool:
    """Tell whether the cases that are right let a mistake be named that explains others."""
    against = _against(explanation.mistake, judged)
    if any(isinstance(getattr(each.case.rule, "value", None), bool) for each in failing):
        # half of all guesses hit True or False
        return against == 0 and explanation.count == len(failing)
    return against <= explanation.count


def _against(mistake: MistakeResult, judged: list[Judged]) -> int:
    """Count the cases that were right although the mistake would have been wrong there.

    Of a mistake in several variants, all of them: each may be right where another one is not.
    """
    wrong = [len([*entry.case.mistakes(mistake["id"])]) for entry in judged]
    return sum(n == max(wrong) for n, entry in zip(wrong, judged) if n and not entry.mismatch)


def gives(mistake: MistakeResult, rule: Rule, reply: Reply) -> bool:
    """Tell whether a mistake gives exactly this reply."""
    if reply.trouble:
        return False
    if "raises" in mistake:
        return bool(reply.raised and reply.raised["type"] == mistake["raises"])
    if reply.raised or "value" not in mistake:
        return False
    value = mistake["value"]
    if not isinstance(rule, Value):
        return difference(value, reply.value) is None
    if (
        isinstance(value, list)
        and isinstance(reply.value, tuple)
        and not isinstance(rule.value, (list, tuple))
    ):
        return False  # "That is a list" would be wrong for a tuple
    if isinstance(value, Opaque):
        return bool(value == reply.value)
    return rule.gap(reply.value, value) is None
