"""A case of an exercise: one call, the rule for its result, what known mistakes give for it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NotRequired, Protocol, TypedDict

from .calls import Call
from .rules import Rule


class MistakeResult(TypedDict):
    """What a known mistake gives for one call: a value, or the type of an error."""

    id: str
    message: str
    value: NotRequired[Any]
    raises: NotRequired[str]
    variant: NotRequired[int]  # of the mistake, if it is declared in several


class Mistakes(Protocol):
    """Gives the results of known mistakes: of those with these ids, or without an id of all."""

    def __call__(self, *ids: str) -> Iterable[MistakeResult]: ...


def listed(results: Iterable[MistakeResult]) -> Mistakes:
    """Return what gives results that are there already."""
    kept = tuple(results)
    return lambda *ids: [each for each in kept if not ids or each["id"] in ids]


@dataclass
class Case:
    """One call to make and what is expected of it.

    `mistakes` is asked only when something is wrong, and computes only what it is asked for.
    `edge_share` is the share of the points that an answer loses which is wrong in such cases only;
    0 for a case that decides about all of them. A case `in_doubt` is asked for only if the others
    leave a doubt.
    """

    call: Call
    rule: Rule
    label: str = ""
    mistakes: Mistakes = listed(())
    public: bool = True
    edge_share: float = 0.0
    in_doubt: bool = False
