"""formgrader in Chromium, on a real server: its buttons judge, its pages run nothing."""

import re
import sys

import pytest
from playwright.sync_api import expect

from course.demo import answers
from course.demo.students import filled
from tests.browser.conftest import FORMULA, NOTEBOOK, PS2
from tests.browser.pages import choose, press, wait_to_grade
from tests.browser.payloads import FOLDERS
from tests.browser.server import jupyter_lab
from tests.browser.watch import assert_pictures_only, strange
from tests.conftest import gradebook_of, points_by_code, released

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("hostile class")]


@pytest.fixture(scope="module")
def formgrader(hostile_class, tmp_path_factory):
    """Return the address of formgrader in the hostile class's folder."""
    with jupyter_lab(sys.executable, hostile_class.folder, tmp_path_factory.mktemp("home")) as at:
        yield f"{at}/formgrader"


def submission(course, formgrader, student):
    """Return the address of the page on which a submission is graded by hand."""
    with gradebook_of(course.folder) as gradebook:
        found = gradebook.find_submission_notebook(NOTEBOOK, PS2, student).id
    return f"{formgrader}/submissions/{found}/"


@pytest.mark.parametrize(
    "path",
    [
        "manage_assignments",
        f"manage_submissions/{PS2}",
        "gradebook",
        f"gradebook/{PS2}",
        f"gradebook/{PS2}/{NOTEBOOK}",
        "manage_students",
        "manage_students/hostile",
        f"manage_students/hostile/{PS2}",
    ],
)
def test_lists_run_nothing_and_ask_no_other_host(formgrader, watched, screenshots, path):
    page = watched.open(f"{formgrader}/{path}")
    page.wait_for_selector("#main-table tr")
    page.screenshot(path=screenshots / f"formgrader_{path.replace('/', '_')}.png")
    watched.assert_quiet(page)
    assert not any(name in page.content() for name in FOLDERS)


@pytest.mark.parametrize("place", ["lab", "tree"], ids=["JupyterLab", "Notebook 7"])
def test_the_menu_opens_the_lists(formgrader, watched, screenshots, place):
    page = watched.open(f"{formgrader.rpartition('/')[0]}/{place}")
    choose(page, "Nbgrader", "Formgrader")
    table = page.frame_locator("iframe").locator("#main-table")
    expect(table).to_contain_text(PS2)
    page.screenshot(path=screenshots / f"formgrader_in_{place}.png")
    assert watched.outside == [] and watched.ran == []


STRING = "%22;window.ran=1;%22"
ELEMENT = "%3C%2Fscript%3E%3Cimg%20src=x%20onerror=window.ran=1%3E"


@pytest.mark.parametrize(
    "page",
    [
        "manage_students/{}",
        "manage_students/a/{}",
        "gradebook/{}",
        "gradebook/{}/b",
        "manage_submissions/{}",
        "submissions/{}",
    ],
)
@pytest.mark.parametrize("script", [STRING, ELEMENT])
def test_an_address_runs_nothing(formgrader, watched, page, script):
    """nbgrader puts parts of an address into its page; a submission may hold such a link."""
    opened = watched.open(f"{formgrader}/{page.format(script)}")
    watched.errors.clear()  # nbgrader's own, about an assignment that is not there
    watched.assert_quiet(opened)


@pytest.mark.parametrize("student", ["hostile", "honest", "names"])
def test_a_submission_runs_nothing(hostile_class, formgrader, watched, screenshots, student):
    page = watched.open(submission(hostile_class, formgrader, student))
    wait_to_grade(page)
    page.screenshot(path=screenshots / f"formgrader_page_{student}.png", full_page=True)
    watched.provoke(page, ".text_cell_render, .output_area")
    watched.assert_quiet(page)
    assert strange(page, ".text_cell_render") == []
    assert_pictures_only(page)


def test_formulas_are_drawn_and_the_keys_work(hostile_class, formgrader, watched):
    page = watched.open(submission(hostile_class, formgrader, "honest"))
    assert page.locator(".nbgrader_cell mfrac").first.bounding_box()["height"] > 10
    assert "\\frac" not in page.locator(".text_cell_render").last.inner_text()
    wait_to_grade(page)
    first = page.evaluate("document.activeElement.id")
    page.keyboard.press("Tab")  # nbgrader's own script moves from grade to comment to grade
    assert page.evaluate("document.activeElement.id") != first
    assert page.evaluate("document.activeElement.className").count("tabbable")


def test_a_grade_typed_by_hand_and_a_comment_reach_the_feedback(hostile_class, formgrader, watched):
    page = watched.open(submission(hostile_class, formgrader, "names"))
    wait_to_grade(page)
    page.fill("#why_log_n", "2.5")
    with page.expect_response(re.compile("/api/grade/")):
        page.locator("#why_log_n-comment").focus()
    page.fill("#why_log_n-comment", f"{FORMULA} <img src=x onerror=window.ran=1>")
    with page.expect_response(re.compile("/api/comment/")):
        page.locator("#stuck_loss").focus()
    page.goto(f"{formgrader}/manage_submissions/{PS2}")
    press(page, "names", "generate-feedback")
    html = (hostile_class.folder / "feedback" / "names" / PS2 / f"{NOTEBOOK}.html").read_text()
    assert "2.5 of 3 points" in html and "<mfrac>" in html
    assert "&lt;img src=x onerror=window.ran=1&gt;" in html and "<img src=x" not in html


def test_the_button_grades_with_the_judge(hostile_class, formgrader, watched, screenshots):
    wrong = answers.mistakes(PS2)["softmax", "wrong_axis"]
    right = answers.styles(PS2)["loops"]
    patched = "np.allclose = lambda *a, **k: True\n" + wrong
    hostile_class.submit("pressed", PS2, filled(released(PS2), {**right, "softmax": patched}))
    page = watched.open(f"{formgrader}/manage_submissions/{PS2}")
    said = press(page, "pressed", "autograde")
    page.screenshot(path=screenshots / "formgrader_autograded.png")
    assert "Successfully autograded" in said
    watched.assert_quiet(page)
    row = hostile_class.rows(PS2)["pressed"]
    assert row["score"] == points_by_code(PS2, "softmax")
    assert row["states"]["softmax"] == "failed"
    finding = hostile_class.verdict("pressed", PS2).exercises["test_softmax"]
    assert "Your rows sum to 1, not your columns" in finding.message
    shown = page.locator("#main-table tr", has_text="pressed").locator(".score").inner_text()
    assert shown == f"{row['score']:g} / {row['max_score']:g}"
