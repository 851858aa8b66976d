"""The catalogues are complete, and what a person reads in another language says the same."""

import html
import json
import re
from collections import Counter
from functools import cache

import nbformat.v4 as v4
import numpy as np
import pytest

from autograder import registry
from autograder.authoring import catalogues
from autograder.authoring.catalogues import ENGINE
from autograder.cases import PUBLIC_SEED, make_cases
from autograder.checks import page, texts, translating
from autograder.checks.judging import judge, local_caller
from autograder.checks.packing import pack
from autograder.checks.states import State
from autograder.gradebook.translated import chosen, language_of, translate
from autograder.judge.messages import Bound
from course import ROOT
from tests.pseudo import missed

FOLDERS = [ENGINE, ROOT / "course"]
LANGUAGES = catalogues.languages()
GERMAN = catalogues.translator("de")
NUMBER = re.compile(r"\d+(?:\.\d+)?")
# Words that German has not; what stands in quotes or backticks is code, names or a student's.
ENGLISH = re.compile(
    r"\b(the|of|is|are|and|that|with|for|not|from|expected|got|be|were|has|each|every|instead|"
    r"should|your|rows?|columns?|number|shape|points?|exercise|state|failed|passed|attempted|"
    r"because|assignments?|answers?|feedback|progress|graded|gradable|recorded)\b"
)


def english_in(text):
    """Return the English words of a text."""
    return ENGLISH.findall(re.sub(r"`[^`]*`|'[^']*'|\"[^\"]*\"", "", text))


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: path.name)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_holds_every_text_and_no_other(folder, language):
    catalogue = catalogues.read(folder, language)
    there = {message.id for message in catalogue if message.id}
    asked = {message.id for message in catalogues.extracted(folder) if message.id}
    assert there == asked, "run: python3 course.py texts"
    left = [message.id for message in catalogue if message.id and not message.string]
    assert left == [] and not any(message.fuzzy for message in catalogue if message.id)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: path.name)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_has_the_fields_and_code_of_its_text_and_no_other_number(folder, language):
    for text, translation in catalogues.entries(folder, language).items():
        wanted = {name for name in translating.fields(text) if not name.startswith("verb")}
        assert set(translating.fields(translation)) == wanted, text
        assert Counter(re.findall("`[^`]*`", translation)) == Counter(
            re.findall("`[^`]*`", text)
        ), text
        assert set(NUMBER.findall(translation)) <= set(NUMBER.findall(text)), text


def test_a_text_that_no_catalogue_has_is_seen():
    assert [state for state in State if missed(state)] == []
    assert missed("f for 2 classes: expected 3 at ['W'], got a wombat.") == ["wombat"]
    assert missed("f: your code stopped with KeyError: no such rows in the line `y = z`.") == []


# What a field can hold, where not a number will do.
SAMPLES = {"name": "softmax", "kind": "`k`", "spot": "in W1", "label": "`v`", "line": "y"}
SAMPLES |= {"verb": "is", "verbs": "are", "quoted": "`q`"}


def filled(text, values):
    """Return a template with values in its fields, as an f-string would make it."""
    parts = re.split(r"\{([^{}:]*)[^{}]*\}", text)
    parts[1::2] = [values[name or str(i)] for i, name in enumerate(parts[1::2])]
    return "".join(parts)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: path.name)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_entry_is_read_as_itself_and_not_as_another(folder, language):
    say = catalogues.translator(language)
    for text, translation in catalogues.entries(folder, language).items():
        values = {
            name: SAMPLES.get(name.rstrip("_"), str(40 + i))
            for i, name in enumerate(translating.fields(text))
        }
        assert say(filled(text, values)) == filled(translation, values)


def declared_texts():
    """Return every message and the label of every case that is declared, with its exercise."""
    for assignment in registry.assignments():
        for exercise in registry.exercises(assignment).values():
            told = [mistake.message for mistake in exercise.mistakes]
            for each in exercise.inputs(np.random.default_rng(1)):
                told += each.label, each.edge
            yield from ((text, exercise) for text in told if text)


@pytest.mark.thorough
@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_declared_can_be_said(language):
    say = catalogues.translator(language)
    assert [text for text, _ in declared_texts() if english_in(say(text))] == []


@pytest.mark.thorough
def test_nothing_declared_is_missing_from_the_catalogues():
    assert [
        (text, left) for text, exercise in declared_texts() if (left := missed(text, exercise))
    ] == []


WHOLE = {
    "f for 3 examples: expected an array of shape (3, 4) at ['W1'], got nothing (None). W1, W2 and "
    "b1 are off; b2 is right. Is there a `return` line, and does every path reach it?": (
        "f im Fall „3 Beispiele“: erwartet: ein Array der Form (3, 4) bei ['W1']; erhalten: nichts "
        "(None). Falsch: W1, W2 und b1; richtig: b2. Gibt es eine Zeile mit `return`, und erreicht "
        "sie jeder Weg durch die Funktion?"
    ),
    # Of the places at which a student's words could end, the one that leaves least in English.
    "f: your code stopped with ValueError: bad. Not in the line x in the line `y = 1. + z`.": (
        "f: Ihr Code ist abgebrochen mit ValueError: bad. Not in the line x in der Zeile "
        "`y = 1. + z`."
    ),
    "f: expected rows drawn independently of each other in W1, got rows 1 and 2 that are equal.": (
        "f: erwartet: unabhängig voneinander gezogene Zeilen in W1; erhalten: Zeilen 1 und 2, die "
        "gleich sind."
    ),
    "f: expected a ValueError, got no error, but a tuple of 2.": (
        "f: erwartet: ein ValueError; erhalten: kein Fehler, sondern ein Tupel der Länge 2."
    ),
    # A case whose name can be read in many ways.
    "f for rows that differ in one entry, each in another: expected 9, got 3. Delete that line.": (
        "f im Fall „Zeilen, die sich in einem Eintrag unterscheiden, jede in einem anderen“: "
        "erwartet: 9; erhalten: 3. Löschen Sie diese Zeile."
    ),
    "What nobody has translated. Delete that line.": (
        "What nobody has translated. Löschen Sie diese Zeile."
    ),
}


@pytest.mark.parametrize("text", WHOLE)
def test_a_text_is_taken_apart_and_put_together_again(text):
    assert GERMAN(text) == WHOLE[text]


def test_long_and_repetitive_texts_take_no_time():
    for text in ("a at [" * 600, "x and " * 600, "a. " * 1300, "f: expected " + ", got " * 500):
        assert len(GERMAN(text)) >= len(text) / 2


@pytest.mark.parametrize(
    "environment, languages",
    [
        ({"LANG": "de_DE.UTF-8"}, ["de"]),
        ({"LANG": "de_DE.UTF-8", "LC_ALL": "C"}, ["c"]),
        ({"LANGUAGE": "fr:de_AT:en", "LANG": "en_GB"}, ["fr", "de", "en"]),
        ({}, []),
    ],
)
def test_the_environment_is_read_as_gettext_reads_it(monkeypatch, environment, languages):
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert texts.wanted() == languages


@cache
def released():
    """Return the catalogues in a release of the second assignment, of two of its exercises."""
    declared = registry.load("ps2_loss_at_init")
    cases = [
        pack(make_cases(declared.exercises[name], PUBLIC_SEED, public=True))
        for name in ("softmax", "initialize_output_layer")
    ]
    return json.loads(catalogues.shipped(declared, cases))


@pytest.fixture
def speak(monkeypatch):
    """Return what chooses a language, in a process that has a release's catalogues."""
    monkeypatch.setattr(texts, "_shipped", released)
    monkeypatch.setattr(texts, "_chosen", [])
    texts.translator.cache_clear()
    yield texts.choose
    texts.translator.cache_clear()


def by_row(z):
    return np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)


def one_dimension(z):
    return z[0]


def stops(z):
    raise KeyError("the number of your rows")


def stub(z):
    raise NotImplementedError


def own_seed(n_features, frequencies, scale, rng):
    rng = np.random.default_rng(0)
    return scale * rng.normal(size=(len(frequencies), n_features)), np.log(frequencies)[:, None]


def box(function):
    """Return title and paragraphs of the box that a student sees of an answer."""
    name = "softmax" if function is not own_seed else "initialize_output_layer"
    exercise = registry.exercises("ps2_loss_at_init")[name]
    cases = make_cases(exercise, PUBLIC_SEED, public=True)
    found = judge(name, cases, local_caller(function))
    shown = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(page, "in_notebook", lambda: True)
        patch.setattr(page, "_box", lambda colour, sign, *texts: shown.extend(texts))
        with pytest.raises(page.NotRightYetError) as told:
            page.wrong(found, name, exercise.points)
    return found, " ".join([*shown, str(told.value)])


KINDS = {
    by_row: "Ihre Zeilen summieren sich zu 1, nicht Ihre Spalten",
    one_dimension: "erwartet: ein Array der Form",
    stops: "Ihr Code ist abgebrochen mit KeyError: 'the number of your rows' in der Zeile",
    stub: "softmax: noch nicht bearbeitet Schreiben Sie Ihre Antwort in die Zelle darüber",
    own_seed: "andere Zahlen aus einem anderen Generator",
}


@pytest.mark.parametrize("function", KINDS, ids=lambda function: function.__name__)
def test_a_german_notebook_has_german_boxes(speak, function):
    speak("de")
    _, shown = box(function)
    assert KINDS[function] in shown and "(siehe den Kasten darüber)." in shown
    assert english_in(shown) == []


@pytest.mark.parametrize("language", ["en", "fr"])
def test_otherwise_a_box_is_as_it_was_made(speak, language, monkeypatch):
    monkeypatch.setenv("LANGUAGE", "de")  # the notebook's word goes first
    speak(language)
    found, shown = box(by_row)
    assert found.message.removesuffix(found.hint).strip() in shown and found.hint in shown
    assert shown.startswith("softmax is not right yet") and "(see the box above)." in shown


def test_the_table_of_points_is_german_if_the_environment_is(speak, monkeypatch, capsys):
    monkeypatch.setenv("LANGUAGE", "de_CH:en")
    page.table([page.Row("softmax", page.State.NOT_ATTEMPTED, 0, 2)], 3)
    told = capsys.readouterr().out
    assert "nicht bearbeitet" in told and "0 von 2" in told and english_in(told) == []


def test_students_get_what_their_assignment_can_say_and_nothing_of_hidden_cases():
    catalogue = released()["de"]
    labels = {
        each.label
        for each in registry.exercises("ps2_loss_at_init")["softmax"].inputs(
            np.random.default_rng(1)
        )
        if each.only == "hidden"
    }
    assert labels and not labels & catalogue.keys()
    assert any(text.startswith("Your rows sum to 1") for text in catalogue)
    assert not any("ReLU" in text or "not gradable:" in text for text in catalogue)


def test_what_may_be_told_of_a_hidden_case_is_told_in_german_without_another_number():
    exercise = registry.exercises("ps2_loss_at_init")["softmax"]
    for function in (by_row, one_dimension, stops, lambda z: z.tolist(), lambda z: 3 * z):
        found = judge(
            "softmax", make_cases(exercise, 11), local_caller(function), Bound(set(), set())
        )
        told = GERMAN(found.message)
        assert Counter(NUMBER.findall(told)) <= Counter(NUMBER.findall(found.message)), told
        assert english_in(told) == [], told


SUMMARY = """\
softmax                      failed         0 of 3
an_exercise_with_a_very_long_name partly right   1 of 2
why                          to be graded by hand
entropy                      graded by hand 1 of 2
total, by code                              1 of 5

What was repaired:
- The answer cell entropy is missing.
"""


def test_a_page_is_german_where_the_grading_speaks():
    output = v4.new_output
    cells = [
        v4.new_code_cell("# The results", metadata={"role": "results"}),
        v4.new_code_cell('from checks import check, language\nlanguage("de")'),
        v4.new_code_cell("check()", metadata={"nbgrader": {"grade": True, "solution": False}}),
        v4.new_code_cell("print('the number of rows')"),
        v4.new_code_cell("while True:\n    pass"),
    ]
    cells[0].outputs = [output("stream", text=SUMMARY)]
    said = "failed (0 of 3 points)\nsoftmax: expected a dict, got a list of 2."
    cells[2].outputs = [output("error", ename="failed", evalue=said, traceback=said.split("\n"))]
    cells[3].outputs = [output("stream", text="the number of rows\n")]
    cells[4].outputs = [output("stream", text="[timed out: no result within 20 seconds]\n")]
    notebook = v4.new_notebook(cells=cells)
    assert language_of(chosen([notebook])) == "de"
    translate(notebook, GERMAN)
    assert cells[3].outputs[0].text == "the number of rows\n"
    assert cells[4].outputs[0].text == (
        "[Zeit überschritten: kein Ergebnis innerhalb von 20 Sekunden]\n"
    )
    assert cells[2].outputs[0].traceback[0] == "nicht richtig (0 von 3 Punkten)"
    told = cells[0].outputs[0].text.splitlines()
    assert told[0].split() == ["softmax", "nicht", "richtig", "0", "von", "3"]
    assert english_in(html.unescape("\n".join([*told, *cells[2].outputs[0].traceback]))) == []
