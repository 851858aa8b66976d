"""Pages and letters for students: what they say, what they hide, and to whom they go."""

import contextlib
import email
import json
import re
from email.policy import default
from pathlib import Path
from types import SimpleNamespace

import pytest

from autograder.checks.states import State
from autograder.gradebook import giving_back
from autograder.gradebook.letters import MARK, AddressError, address, letter
from autograder.gradebook.standing import Standing
from autograder.gradebook.student_page import page, points_in_words
from tests.gradebook.test_class_page import row
from tests.gradebook.test_pages import MARKDOWN
from tests.pseudo import words
from tests.test_texts import english_in

STUDENTS = {"ada": "ada@example.edu", "bob": None, "eve": "eve@x.edu\nBcc: all@x.edu", "new": "n@x"}


def of(student, assignment, grades, *standing, **others):
    """Return what is known of a student's work on an assignment."""
    about = {"assignment": assignment, "overruled": frozenset(), "email": STUDENTS.get(student)}
    return row(student, grades, *standing, **about | others)


def test_what_is_open_or_unrecorded_is_no_zero():
    rows = [
        of("ada", "ps1", {"a": 1.0, "words": None}),
        of("ada", "ps2", {}, Standing.UNRECORDED, score=None),
        of("ada", "ps3", {}, Standing.NOTHING, score=0.0, max_score=4.0),
    ]
    assert points_in_words(rows) == "1 of 6 points; 1 answer without points yet"
    text = page(rows)
    assert "open, of 1" in text and "0 of 1" not in text
    assert "Not recorded yet" in text and "0 of 4 points: nothing was handed in" in text


def test_points_by_hand_hide_what_the_grader_found():
    text = page([of("ada", "ps1", {"a": 0.0, "b": 1.0}, overruled=frozenset({"a"}))])
    assert "graded by hand" in text and State.FAILED not in text


def german_page():
    """Return the page of a student whose last notebook that chooses a language wants German."""
    told = {"language": "de", "overruled": frozenset({"b"}), "late_submission_penalty": 1.0}
    rows = [
        of("ada", "ps0", {"a": 0.0, "c": 1.0}, language="en"),
        of("ada", "ps1", {"a": 0.0, "b": 1.0, "words": None, "more": None}, **told),
        of("ada", "ps2", {}, Standing.UNRECORDED, score=None),
        of("ada", "ps3", {}, Standing.NOTHING, score=0.0, max_score=4.0),
    ]
    return page(rows, {"ps1": {"loss": "ps1/loss.html"}})


def test_every_word_of_a_page_is_in_a_catalogue(marks):
    assert marks(words(german_page()), {"ada", "words", "more", "loss"}) == []


def test_a_page_is_german_where_the_last_notebook_that_chooses_says_so():
    text = german_page()
    assert '<html lang="de">' in text and "Leistungsstand von ada" in text
    assert "2 von 10 Punkten; 2 Antworten noch ohne Punkte" in text and "0 von 1" in text
    assert "es wurde nichts abgegeben" in text and "offen, von 1" in text
    assert english_in(words(text)) == []


def test_nothing_that_anyone_wrote_runs_or_is_fetched():
    for told in MARKDOWN.values():
        text = page([of(told, told, {told: 0.0}, last_name=told, first_name="\u202e")])
        assert not re.search(r"<(script|img|iframe|link|object|a )|<[^>]* on\w+=", text)
        assert "\u202e" not in text


@pytest.mark.parametrize(
    "written",
    [
        "eve@x.edu\nBcc: all@x.edu",
        "eve@x.edu\r\n\r\nHello",
        "eve@x.edu, all@x.edu",
        "eve@x.edu; all@x.edu",
        "<all@x.edu>",
        "Eve <all@x.edu>",
        "eve",
        "eve@",
        "@x.edu",
        "eve@x.edu\u202e",
        "\u00e9ve@x.edu",
        "group:a@x.edu;",
        "",
        None,
    ],
)
def test_what_is_not_one_plain_address_is_refused(written):
    with pytest.raises(AddressError):
        address(written)


def test_a_letter_is_read_back_and_has_no_header_of_its_readers_making():
    name = 'Ada\r\nBcc: all@x.edu\n"<b>, \u00c9'
    made = letter(
        address("ada@example.edu", name),
        address("teacher@example.edu"),
        "one\nBcc: all@x.edu",
        "first line\nBcc: all@x.edu\x1b[2J",
        {"loss.html": "<p>\u00e9\n" + "x" * 3000, "a\nb.html": "<p>"},
    )
    read = email.message_from_bytes(made, policy=default)
    assert sorted(read.keys()) == sorted(
        ["To", "From", "X-Unsent", MARK, "Subject", "MIME-Version", "Content-Type"]
    )
    (to,) = read["To"].addresses
    assert to.addr_spec == "ada@example.edu" and "\u00c9" in to.display_name
    assert read["Subject"] == "one Bcc: all@x.edu"
    text = read.get_body().get_content()
    assert text.splitlines() == ["first line", "Bcc: all@x.edu"]
    first, second = read.iter_attachments()
    assert first.get_content_type() == "text/html" and first.get_filename() == "loss.html"
    assert first.get_content().split() == ["<p>\u00e9", "x" * 3000]
    assert second.get_filename() == "a b.html"


@pytest.fixture
def course(tmp_path, monkeypatch):
    """Return a course with feedback on one of its two assignments, for all but one student."""
    rows = [
        of(name, assignment, {"a": 1.0}) for name in STUDENTS for assignment in ("ps1", "secret")
    ]
    for name in STUDENTS:
        if name != "new":
            (tmp_path / "feedback" / name / "ps1").mkdir(parents=True)
            (tmp_path / "feedback" / name / "ps1" / "loss.html").write_text(f"<p>of {name}")
    directory = SimpleNamespace(
        root=str(tmp_path),
        db_url="sqlite://",
        course_id="nn",
        submitted_directory="submitted",
        feedback_directory="feedback",
        format_path=lambda step, student, assignment: str(tmp_path / step / student / assignment),
    )
    book = SimpleNamespace(students=[SimpleNamespace(id=name) for name in STUDENTS])
    monkeypatch.setattr(giving_back, "configured", lambda _: SimpleNamespace(coursedir=directory))
    monkeypatch.setattr(giving_back, "opened", lambda _: contextlib.nullcontext(book))
    monkeypatch.setattr(giving_back, "everybody", lambda *_: rows)
    return tmp_path


def test_a_page_lies_beside_the_feedback_and_tells_nothing_else(course):
    giving_back.progress(course)
    text = (course / "feedback" / "ada" / "progress.html").read_text()
    assert 'href="ps1/loss.html"' in text and "secret" not in text
    assert not (course / "feedback" / "new").exists()


def test_each_letter_brings_the_students_own_pages(course, capsys):
    giving_back.mail(course, "ps1", course / "mail", "")
    (path,) = (course / "mail" / "ps1").iterdir()
    read = email.message_from_bytes(path.read_bytes(), policy=default)
    assert path.name == "ada.eml" and read["To"] == STUDENTS["ada"] and read["From"] is None
    pages = {each.get_filename(): each.get_content() for each in read.iter_attachments()}
    assert pages["loss.html"].strip() == "<p>of ada" and "Progress" in pages["progress.html"]
    assert "secret" not in pages["progress.html"] and "1 of 1 points" in str(read.get_body())
    said = capsys.readouterr().out
    assert "no address: bob" in said and "no feedback: new" in said
    assert re.search("not an address: .*eve", said)


def test_a_letter_is_german_where_the_environment_is(course, monkeypatch):
    monkeypatch.setenv("LANGUAGE", "de_AT:en")
    giving_back.mail(course, "ps1", course / "mail", "")
    read = email.message_from_bytes(
        (course / "mail" / "ps1" / "ada.eml").read_bytes(), policy=default
    )
    pages = {each.get_filename(): each.get_content() for each in read.iter_attachments()}
    text = read.get_body().get_content()
    assert read["Subject"] == "nn: R\u00fcckmeldung zu ps1" and "1 von 1 Punkten." in text
    assert english_in(f"{text} {words(pages['progress.html'])}") == []


def test_every_word_of_a_letter_is_in_a_catalogue(course, monkeypatch, marks):
    monkeypatch.setenv("LANGUAGE", "de")
    giving_back.mail(course, "ps1", course / "mail", "")
    content = (course / "mail" / "ps1" / "ada.eml").read_bytes()
    read = email.message_from_bytes(content, policy=default)
    assert marks(f"{read['Subject']}\n{read.get_body().get_content()}", {"nn"}) == []


def test_letters_replace_letters_and_nothing_else(course, capsys):
    place = course / "mail" / "ps1"
    place.mkdir(parents=True)
    (place / "left.eml").write_bytes(letter(address("left@x.edu"), None, "", "", {}))
    others = {"own.eml": f"To: dean@x.edu\n\n{MARK}: 1\n", "ada.eml": "", "list.txt": "ada"}
    for name, content in others.items():
        (place / name).write_text(content)
    giving_back.mail(course, "ps1", course / "mail", "", as_json=True)
    assert {path.name: path.read_text() for path in place.iterdir()} == others
    told = json.loads(capsys.readouterr().out)
    assert (told["letters"], told["without"]["another file has its name"]) == (0, ["ada"])


def test_a_sender_that_is_no_address_is_refused_before_anything_is_written(course):
    with pytest.raises(SystemExit, match="--sender"):
        giving_back.mail(course, "ps1", Path(course / "mail"), "a@x.edu\nBcc: b@x.edu")
    assert not (course / "mail").exists()
