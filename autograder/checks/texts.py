"""The texts for students, and in which language they are shown.

Texts are made, limited, compared and kept in English. Where a person reads one, it is translated,
if a catalogue of the language is at hand; see `translating`.
"""

from __future__ import annotations

import json
import os
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .translating import Translator

ENGLISH = "en"


def said(text: str) -> str:
    """Return a text as it is: a mark, by which it is found for the catalogues."""
    return text


_chosen: list[str] = []  # by the notebook


def choose(language: str) -> None:
    """Show texts in a language from now on, whatever the environment says."""
    _chosen[:] = [language]


def shown(text: str) -> str:
    """Return a text in the language that the notebook or, if it is silent, the environment names.

    The first language that is known counts; if none is, it is English.
    """
    for language in _chosen or wanted():
        if language == ENGLISH:
            break
        if translate := translator(language):
            return translate(text)
    return text


def wanted() -> list[str]:
    """Return the languages that the environment asks for, as gettext reads it."""
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name):
            return [re.split(r"[_.@-]", each)[0].lower() for each in value.split(":")]
    return []


@cache
def _shipped() -> dict[str, dict[str, str]]:
    """Return the catalogues of a release, by language; none where there is no release."""
    path = Path(__file__).with_name("texts.json")
    catalogues: dict[str, dict[str, str]] = {}
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else catalogues


@cache
def translator(language: str) -> Translator | None:
    """Return the Translator into a language that the release brings, or None."""
    entries = _shipped().get(language)
    if not entries:
        return None
    from .translating import Translator  # most notebooks need none

    return Translator(entries)
