"""A case of an exercise: one call, the rule for its result, what known mistakes give for it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, NotRequired, TypedDict

from .calls import Call
from .rules import Rule


class MistakeResult(TypedDict):
    """What a known mistake gives for one call: a value, or the type of an error."""

    id: str
    message: str
    value: NotRequired[Any]
    raises: NotRequired[str]
    variant: NotRequired[int]  # of the mistake, if it is declared in several


@dataclass
class Case:
    """One call to make and what is expected of it.

    `mistakes()` gives the results of known mistakes, and is asked only when something is wrong.
    `edge_share` is the share of the points that an answer loses which is wrong in such cases only;
    0 for a case that decides about all of them.
    """

    call: Call
    rule: Rule
    label: str = ""
    mistakes: Callable[[], Iterable[MistakeResult]] = tuple
    public: bool = True
    edge_share: float = 0.0
