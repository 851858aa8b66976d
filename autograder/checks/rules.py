"""What is expected of a call, as data, and how a reply is compared with it.

Each rule says which calls it needs (`calls`) and what is wrong with the replies (`mismatch`).
Rules are made on the author's side from a reference and travel in `cases.json`; no rule holds
code of an answer. A course adds rules of its own with `register`.
"""

import copy
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field, replace
from functools import cache
from typing import Any, Protocol, TypeVar

import numpy as np

from .calls import Call, Reply
from .compare import ATOL, RTOL, Difference, an, as_double, difference, distinct
from .states import State
from .texts import said


@dataclass
class Mismatch:
    """What is wrong with an answer, in words for its author."""

    expected: str
    got: str
    hint: str = ""
    where: str = ""
    mistake: str = ""  # id of a known mistake that gives exactly this
    rivals: tuple[str, ...] = ()  # of others that may have given it as well: it was drawn
    state: State = State.FAILED
    parts: str = ""  # which entries of a dict are off, and which are right

    def text(self) -> str:
        """Say what was expected and what came."""
        if not self.expected:
            return f"{self._placed(self.got)}."
        both = said(f"expected {self._placed(self.expected)}, got {self.got}.")
        return f"{both} {self.parts}".strip()

    def _placed(self, what: str) -> str:
        if self.where.startswith("["):
            place = self.where
            return said(f"{what} at {place}")
        spot = self.where
        return said(f"{what} {spot}") if spot else what


def as_mismatch(gap: Difference | None) -> Mismatch | None:
    """Turn a Difference into a Mismatch."""
    if gap is None:
        return None
    return Mismatch(gap.expected, gap.got, gap.hint, gap.where, parts=gap.parts)


class Rule(Protocol):
    """What a rule is: a dataclass whose fields are plain data, with these two methods.

    A rule may have a third, `settles`: it takes what `mismatch` takes, where that has found
    nothing wrong, and tells whether the cases that are asked for in doubt could tell more.
    """

    def calls(self, call: Call) -> list[Call]:
        """Return the calls that are made for a case, in place of `call`."""

    def mismatch(self, call: Call, replies: list[Reply]) -> Mismatch | None:
        """Return what is wrong with the replies to these calls, or None."""


TWICE = 40  # generators from which two outcomes are drawn in turn
RULES: dict[str, type[Any]] = {}  # by the name under which `cases.json` mentions them
Kind = TypeVar("Kind", bound=type[Rule])


def register(kind: Kind) -> Kind:
    """Make a class known under its name, so that `cases.json` can name it; a decorator.

    Raises
    ------
    ValueError
        If a module of another name has a rule of that name.
    """
    known = RULES.get(kind.__name__, kind)
    if _file(known) != _file(kind):
        raise ValueError(
            f"two rules are named {kind.__name__}: in {known.__module__} and in {kind.__module__}"
        )
    RULES[kind.__name__] = kind
    return kind


def _file(kind: type[Any]) -> str:
    """Return the name of a class's module in a release, where all lie in one folder."""
    return kind.__module__.rpartition(".")[2]


def center(value: Any) -> Any:
    """Take away the mean of an array, where a shift of every entry makes no difference."""
    numbers = isinstance(value, np.ndarray) and value.size and value.dtype.kind in "iuf"
    return value - np.mean(value) if numbers else value


@register
@dataclass
class Value:
    """The value that the reference gives, within a tolerance.

    Attributes
    ----------
    shift_free : bool
        Whether an array is right up to a constant.
    in_place : bool
        Whether the function may change its arguments.
    patterns : list of dict
        What it means that just these entries of a dict are wrong: {"wrong": [...], "message"}.
    remind : str
        Said of a wrong result when nothing else can be said.
    each : bool or str
        Whether `rtol` is relative to each entry of an array by itself; see `difference`.
    single : bool
        Whether a result in single precision is as good.
    fresh : bool
        Whether the arrays of the result must be new ones.
    atols : list of float
        For a tuple: an absolute tolerance for each of its entries, in the place of `atol`.
    """

    value: Any
    rtol: float = RTOL
    atol: float = ATOL
    shift_free: bool = False
    in_place: bool = False
    patterns: list[dict[str, Any]] = field(default_factory=list)
    remind: str = ""
    each: bool | str = False
    single: bool = False
    fresh: bool = False
    atols: list[float] = field(default_factory=list)

    def calls(self, call: Call) -> list[Call]:
        return [call]

    def gap(self, got: Any, *instead: Any) -> Difference | None:
        """Return the Difference between a result and the value (or another one), or None."""
        expected = instead[0] if instead else self.value
        if self.shift_free and isinstance(got, np.ndarray) and isinstance(expected, np.ndarray):
            expected, got = center(expected), center(got)
        if self.single:
            got = as_double(expected, got)
        several = isinstance(expected, tuple) and difference(expected, got, 0, np.inf) is None
        if self.atols and several:
            each = enumerate(zip(expected, got, self.atols))
            gaps = (difference(e, g, self.rtol, atol, f"[{i}]") for i, (e, g, atol) in each)
            return next(filter(None, gaps), None)
        return difference(expected, got, self.rtol, self.atol, each=self.each)

    def mismatch(self, call: Call, replies: list[Reply]) -> Mismatch | None:
        stopped = raised(replies[0])
        if stopped:  # no result for the reminder or a pattern to apply to
            return stopped
        mismatch = as_mismatch(self.gap(replies[0].value))
        if mismatch:
            mismatch.hint = self._pattern(replies[0].value) or mismatch.hint or self.remind
        return (
            mismatch
            or (None if self.in_place else changed(call, replies[0]))
            or self._shared(replies[0])
        )

    def _shared(self, reply: Reply) -> Mismatch | None:
        if not (self.fresh and reply.shares):
            return None
        return Mismatch(
            "new arrays",
            "arrays that were passed in",
            "Return new ones, also where their numbers are the same: whoever changes the result in "
            "place changes the caller's too.",
            mistake="same_arrays",
        )

    def _pattern(self, got: Any) -> str:
        """Return what it means that just these entries of a dict are wrong."""
        if not (self.patterns and isinstance(got, dict) and set(got) == set(self.value)):
            return ""
        wrong = {key for key in got if self.gap(got[key], self.value[key])}
        message = (str(each["message"]) for each in self.patterns if set(each["wrong"]) == wrong)
        return next(message, "")


@register
@dataclass
class Raises:
    """An error of a given type, with any message."""

    error: str

    def calls(self, call: Call) -> list[Call]:
        return [call]

    def mismatch(self, call: Call, replies: list[Reply]) -> Mismatch | None:
        reply = replies[0]
        if reply.raised and self.error in reply.raised["bases"]:
            return None
        if reply.raised:
            return Mismatch(an(self.error), an(reply.raised["type"]))
        gap = difference({}, reply.value)
        return Mismatch(an(self.error), f"no error, but {gap.got if gap else 'a dict'}")


@register
@dataclass
class RandomArrays:
    """Random arrays with a given distribution, drawn from the generator that is passed in.

    `arrays` maps a key of the result (a dict) or a place in it (a tuple) to what is expected
    there: {"std": s, "shape": ...} for a normal with mean zero, or {"value": array} (with
    "shift_free") for one that is not random, and "random", {"id", "message"} of the mistake to
    draw it. `mistakes` are other spreads that have a name: [{"id", "message", "std": {key: s}}].
    `once` means one call, whose draws alone are judged. `exact` is for a case beside others that
    are asked for in doubt: draws are judged only if they are the generator's own, all of them.
    """

    arrays: dict[Any, Any]
    mistakes: list[dict[str, Any]] = field(default_factory=list)
    once: bool = False
    exact: bool = False

    def calls(self, call: Call) -> list[Call]:
        """Once, twice in turn with the same seed, and once with another; or once alone."""
        twice = Call(call.args, call.kwargs, (seed_of(call),), in_turn=2)
        return [call] if self.once else [call, twice, reseed(call, 1)]

    def mismatch(self, call: Call, replies: list[Reply]) -> Mismatch | None:
        from . import random_arrays

        for reply in replies:
            if stopped := raised(reply):
                return stopped
        if self.once:
            return random_arrays.mismatch(self, call, replies) or changed(call, replies[0])
        first, twice, other = replies
        if not isinstance(twice.value, list) or len(twice.value) != 2:
            return Mismatch("two results in turn", "something else")
        again, second = twice.value
        three = [first, replace(twice, value=again), other]
        wrong = random_arrays.mismatch(self, call, three)
        if not wrong and not (self.exact and not self.settles(call, three)):
            wrong = random_arrays.copied(self, first.value, second)
        return wrong or changed(call, first)

    def settles(self, call: Call, replies: list[Reply]) -> bool:
        """Tell whether the arrays are the generator's own draws, so that more tell no more."""
        from . import random_arrays

        return random_arrays.settles(self, call, replies[0].value)


@register
@dataclass
class Frequencies:
    """Draws of whole numbers (or lists of them) with given probabilities.

    `probabilities` maps an outcome, as text, to its probability; they sum to 1, and any other
    outcome is wrong. `mistakes` are [{"id", "message", "probabilities"}], or "raises" in place of
    the last, the type of an error that a mistake ends in. `remind` is said of an outcome of
    another type when nothing else can be said. Of the `repeats` draws, `in_turn` come from each
    generator: to make one takes as long as to draw from it.
    """

    probabilities: dict[str, float]
    repeats: int
    mistakes: Sequence[dict[str, Any]] = ()
    remind: str = ""
    in_turn: int = 1

    def calls(self, call: Call) -> list[Call]:
        """With each of many seeds, and twice in turn with each of the first of them."""
        many = _repeated(call, self.repeats, self.in_turn)
        return [many, Call(call.args, call.kwargs, many.seeds[:TWICE], in_turn=2)]

    def mismatch(self, call: Call, replies: list[Reply]) -> Mismatch | None:
        from . import frequencies

        for reply in replies:
            if stopped := raised(reply):
                return self._named(stopped, reply)
        return frequencies.mismatch(self, call, replies)

    def _named(self, mismatch: Mismatch, reply: Reply) -> Mismatch:
        """Say which mistake ends in this error, if one does."""
        for mistake in self.mistakes:
            if reply.raised and mistake.get("raises") == reply.raised["type"]:
                mismatch.hint, mismatch.mistake = mistake["message"], mistake["id"]
        return mismatch


@register
@dataclass
class SameDraws:
    """The draws that the reference makes with the same generators, `in_turn` with each.

    Who makes the same ones draws as often as the reference does. Of others nothing is said: there
    is a doubt then, and a case with the same arguments that can tell, or say what is wrong.
    """

    drawn: list[Any]
    in_turn: int

    def calls(self, call: Call) -> list[Call]:
        return [_repeated(call, len(self.drawn), self.in_turn)]

    def mismatch(self, call: Call, replies: list[Reply]) -> Mismatch | None:
        reply = replies[0]
        return ended(replies) or (None if reply.raised else changed(call, reply))

    def settles(self, call: Call, replies: list[Reply]) -> bool:
        """Tell whether the draws are those of the reference."""
        return not replies[0].raised and _same_draws(self.drawn, replies[0].value)


def _same_draws(drawn: Any, got: Any) -> bool:
    """Compare whole numbers and lists of them, whatever their kinds."""
    if isinstance(drawn, list):
        alike = isinstance(got, (list, tuple)) and len(got) == len(drawn)
        return alike and all(map(_same_draws, drawn, got))
    return isinstance(got, (int, np.integer)) and type(got) is not bool and bool(drawn == got)


def _repeated(call: Call, repeats: int, in_turn: int) -> Call:
    """Return a call with many seeds, of each of which so many results come in turn."""
    seed = seed_of(call)
    return Call(call.args, call.kwargs, tuple(range(seed, seed + repeats // in_turn)), in_turn)


class Deferred(Sequence[dict[str, Any]]):
    """A list that is made when somebody looks into it; as plain data it is a list."""

    def __init__(self, make: Callable[[], list[dict[str, Any]]]) -> None:
        self.made = cache(make)

    def __getitem__(self, index: Any) -> Any:
        return self.made()[index]

    def __len__(self) -> int:
        return len(self.made())

    def __deepcopy__(self, memo: object) -> list[dict[str, Any]]:
        return copy.deepcopy(self.made())


def to_data(rule: Any) -> dict[str, Any]:
    """Return a rule as plain data."""
    return {"rule": type(rule).__name__, **asdict(rule)}


def from_data(data: dict[str, Any]) -> Rule:
    """Return the rule that `to_data` made the data from; its class must be registered."""
    fields = {key: value for key, value in data.items() if key != "rule"}
    rule: Rule = RULES[data["rule"]](**fields)
    return rule


GLOBAL_GENERATOR = "Draw from the generator that is passed in, never from `np.random`."
OWN_SEED = "Draw from the generator that is passed in, not from one with a seed of your own."
COPY = (
    "Draw from the generator that is passed in, not from a copy of it: a copy leaves it where it "
    "was, and the next draws are the same ones again."
)

# What an error of Python means for a beginner, where its own text does not say.
HINTS = {
    "NameError": "Is it spelled correctly, and does the cell that defines it come first?",
    "RecursionError": "Your function calls itself without end.",
    "SystemExit": "Remove `exit` and `quit`: they end the notebook.",
    "UnboundLocalError": "A name is used before it has a value.",
}


def printable_line(text: object) -> str:
    """Return text of a student as one line without control characters."""
    printable = str(text)
    if not printable.isprintable():  # of all the lines of a notebook none is
        printable = "".join(sign if sign.isprintable() else " " for sign in printable)
    return " ".join(printable.split())[:300]


def seed_of(call: Call) -> int:
    """Return the seed of the generator among the arguments of a call."""
    arguments = (*call.args, *call.kwargs.values())
    return next(int(each.seed) for each in arguments if hasattr(each, "seed"))


def reseed(call: Call, step: int) -> Call:
    """Return the same call with its generator seeded otherwise."""

    def other(value: Any) -> Any:
        return type(value)(value.kind, value.seed + step) if hasattr(value, "seed") else value

    return Call(tuple(map(other, call.args)), {k: other(v) for k, v in call.kwargs.items()})


def raised(reply: Reply) -> Mismatch | None:
    """Return the Mismatch of a reply that is an error, or None."""
    if reply.trouble:
        return Mismatch("", reply.detail, state=reply.trouble)
    if not reply.raised:
        return None
    kind, message, line = (printable_line(reply.raised[key]) for key in ("type", "message", "line"))
    if kind == "NotImplementedError" and reply.raised.get("answered") is True:
        return Mismatch(
            "",
            "your answer is there, but `raise NotImplementedError()` is still in it",
            "Delete that line.",
            mistake="raise_left",
        )
    if kind == "NotImplementedError":
        return Mismatch("an answer", "none yet", state=State.NOT_ATTEMPTED)
    quoted = f"{kind}: {message}" if message else kind
    return Mismatch(
        "",
        f"your code stopped with {quoted}",
        HINTS.get(kind, ""),
        f"in the line `{line}`" if line else "",
    )


def ended(replies: list[Reply]) -> Mismatch | None:
    """Return the Mismatch of the first reply after which no other one can tell more, or None."""
    for reply in replies:
        stopped = raised(reply)
        if stopped and (reply.trouble or stopped.state != State.FAILED):
            return stopped
    return None


def changed(call: Call, reply: Reply) -> Mismatch | None:
    """Return the Mismatch of a function that changed its arguments, or None."""
    names = list(range(1, len(call.args) + 1)) + list(call.kwargs)
    for name, before, after in zip(names, [*call.args, *call.kwargs.values()], reply.after):
        if hasattr(before, "seed") or type(before).__name__ == "FreshAxes":
            continue
        gap = difference(before, after, rtol=0, atol=0)
        if isinstance(gap, Difference):
            what = said(f"argument {name}" if isinstance(name, int) else f"the argument `{name}`")
            return Mismatch(
                f"{what} unchanged",
                f"{what} changed",
                "Work on a copy: the caller still needs the old values.",
                gap.where,
                mistake="changes_arguments",
            )
    return None


__all__ = [
    "Frequencies",
    "Mismatch",
    "RULES",
    "Raises",
    "RandomArrays",
    "Rule",
    "Value",
    "changed",
    "distinct",
    "from_data",
    "raised",
    "register",
    "to_data",
]
