"""Feedback pages in Chromium, opened as files: they show everything and run nothing."""

import subprocess
import sys

import pytest

from autograder import report
from autograder.gradebook import class_page
from tests.browser.conftest import NOTEBOOK, PS2
from tests.browser.payloads import FOLDERS
from tests.browser.watch import assert_pictures_only, barriers, strange
from tests.conftest import gradebook_of

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("hostile class")]


def page_of(course, student):
    return course.folder / "feedback" / student / PS2 / f"{NOTEBOOK}.html"


@pytest.mark.parametrize("student", ["hostile", "honest", "names"])
def test_nothing_runs_and_nothing_is_fetched(hostile_class, watched, screenshots, student):
    page = watched.open(page_of(hostile_class, student).as_uri())
    page.screenshot(path=screenshots / f"feedback_{student}.png", full_page=True)
    watched.provoke(page, ".text_cell_render, .comment, .output_area")
    watched.assert_quiet(page)
    assert page.locator("script, link, base, form, input, button, svg").count() == 0
    assert strange(page, ".text_cell_render, .comment > *") == []
    assert_pictures_only(page)


@pytest.mark.parametrize("student", ["hostile", "honest"])
def test_what_was_written_can_still_be_read(hostile_class, watched, student):
    text = watched.open(page_of(hostile_class, student).as_uri()).inner_text("body")
    assert "<script>window.ran=1" in text
    assert "{{ 7 * 7 }}" in text
    assert "javascript:window.ran=1" in text


def test_formulas_are_drawn_without_a_script(hostile_class, watched):
    page = watched.open(page_of(hostile_class, "honest").as_uri())
    for place in (".text_cell_render", ".comment"):
        fraction = page.locator(f"{place} mfrac").first
        above, below = (fraction.locator("> *").nth(i).bounding_box() for i in (0, 1))
        assert above["y"] + above["height"] <= below["y"] + 1  # one stands above the other
    assert "\\frac" not in page.locator(".text_cell_render").first.inner_text()
    assert page_of(hostile_class, "honest").stat().st_size < 1_000_000


def test_a_long_line_does_not_push_the_page_aside(hostile_class, watched):
    page = watched.open(page_of(hostile_class, "hostile").as_uri())
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_no_steering_signs_reach_the_page(hostile_class):
    for path in (hostile_class.folder / "feedback").glob("*/*/*.html"):
        content = path.read_text(encoding="utf-8")
        assert not set(content) & set("\x1b\x00\x07\u202e\u202c")


def test_folders_that_are_no_names_are_left_aside(hostile_class):
    for kind in ("feedback", "autograded"):
        made = {path.name for path in (hostile_class.folder / kind).iterdir()}
        # The last one is graded by formgrader's button, before this test or after it.
        assert made - {"pressed"} == {"hostile", "honest", "names"}
    assert not set(FOLDERS) & set(hostile_class.rows(PS2))


@pytest.mark.parametrize("student", ["hostile", "honest", "names"])
def test_everybody_can_read_it(hostile_class, watched, student):
    assert barriers(watched.open(page_of(hostile_class, student).as_uri())) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everybody_can_read_the_page_of_the_class(hostile_class, watched, tmp_path, scheme):
    path = tmp_path / "class.html"
    rows = report.everybody_of(hostile_class.folder, PS2)
    path.write_text(class_page.page(PS2, rows), encoding="utf-8")
    page = watched.open(path.as_uri())
    page.emulate_media(color_scheme=scheme)
    assert barriers(page) == []
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 1040, "height": 700})  # A4, across
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


@pytest.fixture(scope="module")
def given_back(hostile_class):
    """Return the class after `progress` and `mail`; only one student has an address."""
    with gradebook_of(hostile_class.folder) as gradebook:
        gradebook.update_or_create_student("honest", email="honest@example.edu")
    for verb in (["progress"], ["mail", PS2, "--folder", hostile_class.folder / "mail"]):
        command = [sys.executable, "-m", "autograder", *verb, "--course", hostile_class.folder]
        subprocess.run(command, check=True)
    return hostile_class.folder


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_students_progress_can_be_read_by_everybody(given_back, watched, screenshots, scheme):
    page = watched.open((given_back / "feedback" / "hostile" / "progress.html").as_uri())
    page.emulate_media(color_scheme=scheme)
    page.screenshot(path=screenshots / f"progress_{scheme}.png", full_page=True)
    assert barriers(page) == []
    assert "softmax" in page.inner_text("main") and page.locator("script").count() == 0
    watched.assert_quiet(page)
    page.get_by_role("link", name="Feedback").click()
    assert f"{NOTEBOOK}: " in page.title()


def test_only_who_has_an_address_gets_a_letter(given_back):
    (letter,) = (given_back / "mail" / PS2).iterdir()
    assert letter.name == "honest.eml" and b"To: honest@example.edu" in letter.read_bytes()
