"""Translating by a catalogue: a text is taken apart by its templates and put together again.

A template is an entry such as `an array of shape {shape}`. Of all ways to read a text the one
counts that leaves the fewest letters untranslated. What no entry fits stays as it is.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import islice
from string import Formatter
from typing import NamedTuple

# Of what a field can hold, by its name; others hold any text.
KINDS = {
    "name": re.compile(r"'?[\w.]+'?"),
    "number": re.compile(r"[-+.,\d…]+"),
    "kind": re.compile(r".*[^\W\d].*"),  # not a number
    "spot": re.compile(r"(?:at|for|in|over) .+"),
    "label": re.compile(r"[^:]+"),
    "verb": re.compile("is|are"),  # which other languages may do without
    "verbs": re.compile("is|are"),
}
QUOTED = ("quoted", "line")  # fields with a student's own words, which are not translated
SUBJECT = re.compile(r"(\w+(?: (?:for|is right except) .*?)?): ")
BETWEEN = re.compile(r"(?<=[.!?]) (?=\S)")  # two sentences
MAX_LENGTH = 4000  # characters of a text
MAX_SENTENCES = 8  # in one entry
MAX_WAYS = 20  # to cut a text by one template
MAX_DEPTH = 6  # of fields in fields
MAX_PHRASES = 2000  # that are looked at in one text


class Made(NamedTuple):
    """A translation, and how many letters of it are not translated."""

    left: int
    text: str


class Template(NamedTuple):
    """An entry with fields, taken apart."""

    words: list[str]  # around the fields: one more than there are fields
    fields: list[str]
    translation: str

    def cuts(self, text: str) -> Iterator[list[str]]:
        """Yield what the fields hold if a text was made by this, in every way."""
        if text.startswith(self.words[0]) and text.endswith(self.words[-1]):
            for values in islice(_cut(self.words, text), MAX_WAYS):
                if all(map(_fits, self.fields, values)):
                    yield values


def template(text: str, translation: str = "") -> Template:
    """Take an entry with fields apart."""
    return Template([*_words(text)], fields(text), translation)


def fields(text: str) -> list[str]:
    """Return the names of a template's fields; those without a name are counted."""
    found = [name for _, name, *_ in Formatter().parse(text) if name is not None]
    return [name or str(i) for i, name in enumerate(found)]


class Translator:
    """Translates by a catalogue.

    Parameters
    ----------
    entries : dict of str
        The translation of each text or template.
    """

    def __init__(self, entries: Mapping[str, str]) -> None:
        self.entries = {text: each for text, each in entries.items() if not fields(text)}
        self.templates = [
            template(text, translation) for text, translation in entries.items() if fields(text)
        ]
        self._possible = cache(self._with_ends)
        self._known: dict[str, Made] = {}
        self._depth = 0

    def __call__(self, text: str) -> str:
        """Return a text in the other language, line by line."""
        lines = [self._line(line).text for line in text.split("\n")]
        self._known.clear()
        return "\n".join(lines)

    def _line(self, line: str) -> Made:
        if not line.strip() or len(line) > MAX_LENGTH:
            return Made(0, line)
        ways = []
        if subject := SUBJECT.match(line):  # first, while there is room for phrases
            head, rest = self._phrase(subject[1]), self._sentences(line[subject.end() :])
            ways.append(Made(head.left + rest.left, f"{head.text}: {rest.text}"))
        if not ways or ways[0].left:
            ways.append(self._sentences(line))
        return min(ways, key=lambda made: made.left)

    def _sentences(self, text: str) -> Made:
        """Translate sentences: from the last to the first, the best cut of all that follows."""
        cuts = [0, *(found.end() for found in BETWEEN.finditer(text))]
        ends = [*(cut - 1 for cut in cuts[1:]), len(text)]
        best = [Made(0, "")]
        for i in reversed(range(len(cuts))):
            ways = []
            for n, end in enumerate(ends[i : i + MAX_SENTENCES], 1):
                first, rest = self._sentence(text[cuts[i] : end]), best[n - 1]
                ways.append(Made(first.left + rest.left, f"{first.text} {rest.text}".rstrip()))
            best.insert(0, min(ways, key=lambda made: made.left))
        return best[0]

    def _sentence(self, text: str) -> Made:
        whole = self._phrase(text)
        if not whole.left or not text.endswith("."):
            return whole
        open_ = self._phrase(text[:-1])
        return min(whole, Made(open_.left, f"{open_.text}."), key=lambda made: made.left)

    def _phrase(self, text: str) -> Made:
        """Translate a text as a whole, by one entry and what its fields hold."""
        if text not in self._known:
            self._known[text] = _as_it_is(text)  # also for its own parts
            ways = [self._known[text]]
            if text in self.entries:
                ways = [Made(0, self.entries[text])]
            elif ways[0].left and self._depth < MAX_DEPTH and len(self._known) < MAX_PHRASES:
                self._depth += 1
                for each in self._possible(text[:3], text[-3:]):
                    ways += (self._filled(each, values) for values in each.cuts(text))
                self._depth -= 1
            self._known[text] = min(ways, key=lambda made: made.left)
        return self._known[text]

    def _with_ends(self, first: str, last: str) -> list[Template]:
        """Return the templates that a text can be of, by its first and last letters."""
        return [
            each
            for each in self.templates
            if first.startswith(each.words[0][:3]) and last.endswith(each.words[-1][-3:])
        ]

    def _filled(self, template: Template, values: list[str]) -> Made:
        made = [
            _as_it_is(value) if _kind(field) in QUOTED else self._phrase(value)
            for field, value in zip(template.fields, values)
        ]
        named = {field: each.text for field, each in zip(template.fields, made)}
        parts = [
            word + (named[name or str(i)] if name is not None else "")
            for i, (word, name, *_) in enumerate(Formatter().parse(template.translation))
        ]
        return Made(sum(each.left for each in made), "".join(parts))


def _words(text: str) -> Iterator[str]:
    """Yield the words of a template; one that ends with a field has empty ones after it."""
    parts = list(Formatter().parse(text))
    yield from (word for word, *_ in parts)
    if parts[-1][1] is not None:
        yield ""


def _as_it_is(text: str) -> Made:
    return Made(sum(map(str.isalpha, text)), text)


def _kind(field: str) -> str:
    return field.rstrip("_")


def _fits(field: str, value: str) -> bool:
    kind = KINDS.get(_kind(field))
    return kind is None or bool(kind.fullmatch(value))


def _cut(words: list[str], text: str) -> Iterator[list[str]]:
    """Yield what stands between the words in a text, in every way; it begins with the first."""
    text = text[len(words[0]) :]
    if len(words) == 2:
        if text.endswith(words[1]) and len(text) > len(words[1]):
            yield [text[: len(text) - len(words[1])]]
        return
    at = text.find(words[1], 1)
    while at > 0:
        for rest in _cut(words[1:], text[at:]):
            yield [text[:at], *rest]
        at = text.find(words[1], at + 1)
