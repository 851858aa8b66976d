"""A rule for lists whose order does not matter."""

from dataclasses import dataclass

from autograder.checks.calls import Call, Reply
from autograder.checks.rules import Mismatch, raised, register


@register
@dataclass
class AnyOrder:
    """The values of a list, in any order."""

    values: list[int]

    def calls(self, call: Call) -> list[Call]:
        return [call]

    def mismatch(self, call: Call, replies: list[Reply]) -> Mismatch | None:
        [reply] = replies
        if stopped := raised(reply):
            return stopped
        if isinstance(reply.value, list) and sorted(reply.value) == sorted(self.values):
            return None
        return Mismatch(
            f"{self.values} in any order",
            f"{reply.value!r}",
            "Each divisor comes once.",
            mistake="other_values",
        )
