"""What a message on a hidden case may tell: one number of six digits, and none of the inputs.

What student code says about a hidden case could be the hidden numbers themselves. So a
message on such a case keeps one number; texts, keys, places, sizes and labels that could be a part
of the input are removed. The words that are left are the author's and the engine's: a choice among
few.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field, replace

from autograder.checks.case import Case
from autograder.checks.rules import Mismatch
from autograder.checks.texts import said

DIGITS = 6
NUMBER = re.compile(r"(?<![\w.])[-+]?(?:\d[\d_]*\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
TEXT = re.compile(r"'[^']*'?|\"[^\"]*\"?")
LINE = re.compile(r"in the line `(.*)`", re.DOTALL)
SIZES = (  # of what was expected or came, in words
    (re.compile(r"of shape \(.*?\)"), "of {} shape"),
    (re.compile(r"the keys .*", re.DOTALL), "{} set of keys"),
    (re.compile(r"numbers of type .*", re.DOTALL), "numbers of {} type"),
    (re.compile(r"(tuple|list|dict|str) of \d+"), r"\1 of {} length"),
)
HINTS = (
    (re.compile(r"\d+ of \d+ entries are"), "Some entries are"),
    (re.compile(r"Every number is \S+ times the right one"), "Every number is off by one factor"),
    (re.compile(r"(Missing|Not expected): .*", re.DOTALL), ""),
    (re.compile(r"Their mean is [^;]*; the draws"), "The draws"),
)
# What is left then, for the catalogues.
LEFT = (
    "an array of a certain shape",
    "an array of another shape",
    "a certain set of keys",
    "another set of keys",
    "numbers of a certain type",
    "numbers of another type",
    "{kind} of a certain length",
    "{kind} of another length",
    "Some entries are NaN or infinite.",
    "Some entries are off.",
    "Every number is off by one factor.",
    "The draws should be centred at 0.",
    "in line {number} of its cell",
    "a text",
)
MANY = re.compile(r"(?<![\w.])[-+]?\d[\d_.eE+-]*\d")  # of one digit are the names of axes, steps


@dataclass
class _Room:
    """Room for one number."""

    left: bool = True

    def take(self, text: str, instead: str = "…") -> str:
        """Return a text with its first number, if there is room, and without the others."""

        def number(found: re.Match[str]) -> str:
            if not self.left:
                return instead
            self.left = False
            return f"{float(found[0]):.{DIGITS}g}"

        return re.sub(r"…([,\s\[\](){}]*…)+", "…", NUMBER.sub(number, text))


@dataclass(frozen=True)
class Bound:
    """Limits messages on hidden cases, and on public ones too if `all` is set.

    Attributes
    ----------
    words : set of str
        The texts that stand in public cases; they may be named.
    fixed : set of str
        Hints that the author wrote.
    lines : list of str
        Of the answer's cell, as an error quotes them.
    all : bool
        Whether hidden numbers have been in the worker before the public cases were called.
    """

    words: Collection[str]
    fixed: Collection[str]
    lines: list[str] = field(default_factory=list)
    all: bool = False

    def __call__(self, case: Case, mismatch: Mismatch) -> tuple[str, Mismatch]:
        """Return the label of a case and a mismatch, as they may be shown."""
        if case.public and not self.all:
            return case.label, mismatch
        room = _Room()
        expected = room.take(_worded(mismatch.expected, "a certain"))
        if mismatch.got == mismatch.expected.replace("unchanged", "changed"):
            mismatch = replace(mismatch, got=said("it changed"))  # an argument, which has a number
        one = NUMBER.fullmatch(mismatch.got) and not room.left
        got = said("another number") if one else room.take(_worded(mismatch.got, "another"))
        limited = replace(
            mismatch,
            expected=expected,
            got=got,
            where=self._place(mismatch.where, room),
            hint=self._hint(mismatch.hint),
            parts="",
        )
        named = case.public or not (TEXT.search(case.label) or re.search(r"\d", case.label))
        return case.label if named and case.label else said("a hidden case"), limited

    def _place(self, where: str, room: _Room) -> str:
        line = LINE.fullmatch(where)
        if line:
            place = self.lines.index(line[1]) + 1 if line[1] in self.lines else 0
            return room.take(f"in line {place} of its cell") if place else ""
        where = where.partition(", of shape")[0]
        where = re.sub(
            r"\[([^\]]*)\]", lambda key: key[0] if key[1].strip("'\"") in self.words else "", where
        )
        return "" if NUMBER.search(where) else where

    def _hint(self, hint: str) -> str:
        if hint in self.fixed:
            return hint
        for pattern, words in HINTS:
            hint = pattern.sub(words, hint)
        return MANY.sub("…", hint).strip()


def _worded(text: str, which: str) -> str:
    for pattern, words in SIZES:
        text = pattern.sub(words.format(which), text)
    return TEXT.sub("a text", text)
