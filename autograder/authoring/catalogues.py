"""The catalogues of texts for students: one of the engine, one of the course, as gettext has them.

`LANGUAGE/LC_MESSAGES/NAME.po` below `autograder/locale` and the course's `locale`. Translators
write there; `update` brings in what is new in the code and takes out what is gone.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po, write_po
from jinja2.ext import babel_extract

from autograder import registry
from autograder.checks.translating import Translator, fields, template
from autograder.model import Assignment

from .extraction import extract

ENGINE = Path(__file__).parents[1]
# Where the engine speaks to students.
SPEAKING = (
    "checks/*.py",
    *(f"judge/{name}.py" for name in ("display", "exercises", "follow_through", "grade")),
    *(f"judge/{name}.py" for name in ("messages", "ordinary", "replies", "run")),
    *(f"submission/{name}.py" for name in ("language", "reading", "rebuild")),
    "sandbox/connection.py",
    *(f"gradebook/{name}.py" for name in ("external", "giving_back", "record")),
    *(f"gradebook/{name}.py" for name in ("student_page", "translated")),
    *(f"gradebook/templates/{name}.html.j2" for name in ("feedback/index", "report/student")),
)


def folders() -> list[Path]:
    """Return the packages with texts: the engine and, if one is registered, the course."""
    course = registry.folder()
    return [ENGINE, course] if course else [ENGINE]


def languages() -> list[str]:
    """Return the languages that the engine's texts are translated into."""
    return sorted(path.parents[1].name for path in ENGINE.glob("locale/*/LC_MESSAGES/*.po"))


def place(folder: Path, language: str) -> Path:
    """Return where a package's catalogue of a language lies."""
    return folder / "locale" / language / "LC_MESSAGES" / f"{folder.name}.po"


def extracted(folder: Path) -> Catalog:
    """Return a catalogue of the texts in a package, without translations."""
    catalogue = Catalog(project=folder.name, charset="utf-8", fuzzy=False)
    for path in _sources(folder):
        method: Any = babel_extract if path.suffix == ".j2" else extract
        for _, text, *_ in extract_from_file(method, path, keywords={"said": None}):
            catalogue.add(text, locations=[(path.relative_to(folder).as_posix(), 0)])
    return catalogue


def _sources(folder: Path) -> Iterator[Path]:
    if folder == ENGINE:
        for pattern in SPEAKING:
            yield from sorted(folder.glob(pattern))
        return
    for path in sorted(folder.glob(f"*/{registry.TEXT}")):
        for module in sorted(path.parent.glob("*.py")):
            if module.name != registry.TEXT and not module.name.startswith("test_"):
                yield module


def read(folder: Path, language: str) -> Catalog:
    """Return a package's catalogue of a language; an empty one if there is none."""
    path = place(folder, language)
    if not path.exists():
        return Catalog(language, project=folder.name, version="", charset="utf-8", fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, language)


def update(folder: Path, language: str) -> tuple[Path, int]:
    """Bring a catalogue up to date; return its place, and how many texts are not translated."""
    catalogue, path = read(folder, language), place(folder, language)
    catalogue.update(extracted(folder), no_fuzzy_matching=True, update_creation_date=False)
    catalogue.obsolete.clear()
    catalogue.header_comment = f"# What {folder.name} says to students; see docs/authors.md."
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, catalogue, width=99, include_lineno=False, sort_by_file=True)
    return path, sum(1 for message in catalogue if message.id and not message.string)


@cache
def entries(folder: Path, language: str) -> dict[str, str]:
    """Return the translations in a package's catalogue by their text."""
    return {
        str(message.id): str(message.string)
        for message in read(folder, language)
        if message.id and message.string and not message.fuzzy
    }


@cache
def translator(language: str) -> Translator:
    """Return the Translator of all texts of engine and course."""
    return Translator({k: v for each in folders() for k, v in entries(each, language).items()})


def shipped(declared: Assignment, cases: Iterable[Any]) -> str:
    """Return the content of `texts.json`: what students of an assignment can be told.

    Parameters
    ----------
    declared : Assignment
    cases : iterable
        The packed public cases. Texts of hidden ones stay where they are.
    """
    public = set(_strings(list(cases)))
    course, made = registry.folder(), {}
    rules = {f"{declared.name}/{module}.py" for module in declared.rules}
    for language in languages():
        made[language] = _located(ENGINE, language, {"checks"})
        if course:
            needed = _needed(entries(course, language), public)
            made[language] |= needed | _located(course, language, rules)
    return json.dumps(made, indent=0, ensure_ascii=False)


def _located(folder: Path, language: str, places: Collection[str]) -> dict[str, str]:
    """Return the entries that stand in some modules, or in modules of some folders."""
    there = {
        message.id
        for message in read(folder, language)
        for path, _ in message.locations
        if path in places or path.split("/")[0] in places
    }
    return {text: each for text, each in entries(folder, language).items() if text in there}


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from _strings([*value.values()])
    elif isinstance(value, (list, tuple)):
        for each in value:
            yield from _strings(each)


def _needed(entries: dict[str, str], texts: Collection[str]) -> dict[str, str]:
    """Return the entries by which texts, and what stands in their fields, are translated."""
    waiting, seen, found = list(texts), set(texts), set()
    templates = {text: template(text) for text in entries if fields(text)}
    while waiting:
        text = waiting.pop()
        found |= {text} & entries.keys()
        for entry, each in templates.items():
            for values in each.cuts(text):
                found.add(entry)
                waiting += set(values) - seen
                seen |= set(values)
    return {text: each for text, each in entries.items() if text in found}
