"""A language that marks what the catalogues have, so that what they miss can be seen."""

import builtins
import html
import inspect
import io
import re
import tokenize
from functools import cache
from string import Formatter

import numpy as np

from autograder.authoring import catalogues
from autograder.checks.translating import QUOTED, Translator

AS_IT_IS = (*QUOTED, "verb", "verbs")  # fields that a translation leaves as they are, or out
MARKED = re.compile("⟦([^⟧]*)⟧")
CODE = re.compile(r"`[^`]*`|'[^']*'|\"[^\"]*\"")
WORD = re.compile(r"(?<![\w.])[A-Za-z]{2,}(?!\w)")
VALUES = {*dir(builtins), "nan", "inf", "nat", "log", "Wax", "Waa", "Wya"}


@cache
def translator():
    """Return the Translator by which every text of engine and course is set in brackets."""
    messages = [m.id for folder in catalogues.folders() for m in catalogues.extracted(folder)]
    return Translator({text: marked(text) for text in messages if text})


def marked(text):
    """Return a text or a template with brackets around all but its fields."""
    made = ""
    for word, field, *_ in Formatter().parse(text):
        made += f"⟦{word}⟧" if word else ""
        if field is not None:
            known = field.rstrip("_") in AS_IT_IS
            made += f"⟦{{{field}}}⟧" if known else f"{{{field}}}"
    return made


def missed(text, exercise=None):
    """Return the words of a text that no catalogue has, but for what is quoted or code.

    Parameters
    ----------
    text : str
    exercise : Exercise, optional
        What it is about: the names in its reference and in its arguments are code.
    """
    return unmarked(translator()(text), _names(exercise))


def unmarked(text, names=()):
    """Return the words of a text in the language of marks that no catalogue has.

    What is quoted or code is left out, and so are the names of people, files and exercises.
    """
    left = CODE.sub(" ", MARKED.sub(_quotes, text))
    return [word for word in WORD.findall(left) if word not in {*VALUES, *names}]


def words(page):
    """Return what a person reads of an HTML page, or is told by a screen reader; not its code."""
    spoken = re.findall(r'\b(?:aria-label|title|alt|placeholder)="([^"]*)"', page)
    hidden = r'<style.*?</style>|<script.*?</script>|<div class="highlight.*?</div>|<[^>]+>'
    return html.unescape(" ".join([re.sub(hidden, " ", page, flags=re.DOTALL), *spoken]))


def _quotes(found):
    """Return what is left of a marked text: quotes around a field."""
    ends = found[1][:1], found[1][-1:]
    return " ".join(each if each in '`"' else "" for each in ends) + " "


@cache
def _names(exercise):
    """Return the words in the text of an exercise's reference, and the keys in its arguments."""
    if exercise is None:
        return set()
    source = io.StringIO(inspect.getsource(exercise.solution))
    tokens = tokenize.generate_tokens(source.readline)
    words = {
        word
        for each in tokens
        if each.type != tokenize.COMMENT
        for word in re.findall(r"\w+", each.string)
    }
    given = [each.args for each in exercise.inputs(np.random.default_rng(1))]
    dicts = [value for args in given for value in args if isinstance(value, dict)]
    return words | {key for each in dicts for key in each}
