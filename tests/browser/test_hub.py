"""A department's hub in Chromium: two students and an instructor, from the release to the feedback.

The accounts, the environment and the hub are made by the commands of docs/hub.md.
"""

import os
import re
import tempfile
from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import expect

from course.demo import answers
from course.demo.students import filled
from tests.browser.conftest import FORMULA, NOTEBOOK, PS2
from tests.browser.hub import PASSWORD, Hub, python_of_all
from tests.browser.pages import Assignments, Notebook, press, wait_to_grade
from tests.browser.watch import Watch
from tests.conftest import gradebook_of, points_by_code

pytestmark = [pytest.mark.browser, pytest.mark.hub, pytest.mark.xdist_group("hub")]

RIGHT = answers.styles(PS2)["loops"]
WRONG = answers.mistakes(PS2)["softmax", "wrong_axis"]
SLIP = "Your rows sum to 1, not your columns"
MISSING = "import sys\nsys.modules['pyseccomp'] = None  # as if not installed\n"
WELL_SAID = "Well said."


@pytest.fixture(scope="module")
def hub(course_with):
    """Return a hub that runs, with one course, in which nothing is released yet."""
    if os.geteuid() != 0:
        pytest.skip("a hub starts servers as other users, which needs root")
    if python_of_all() is None:
        pytest.skip("no Python here may be run by every user")
    folder = Path(tempfile.mkdtemp(prefix="course-hub-"))
    folder.chmod(0o755)  # where students' servers find their environment
    made = Hub(folder)
    try:
        made.set_up(course_with(PS2).folder)
        (made.course / "instructor_config.py").write_text(MISSING)
        with made.running():
            yield made
    finally:
        made.remove()


class Person:
    """Somebody with a browser, who has logged in."""

    def __init__(self, chromium, hub, name, path):
        self.hub, self.context = hub, chromium.new_context(viewport={"width": 1300, "height": 900})
        self.watch = Watch(self.context)
        self.page = self.watch.open(f"{hub.address}{path}")
        self.page.fill("#username_input", name)
        self.page.fill("#password_input", PASSWORD)
        self.page.click("#login_submit")

    def state(self, path):
        """Return with what number an address answers."""
        return self.context.request.get(f"{self.hub.address}{path}").status


class Instructor(Person):
    """Somebody who opens formgrader in the server of a course."""

    def __init__(self, chromium, hub):
        self.formgrader = f"/user/{hub.nn}/formgrader"
        super().__init__(chromium, hub, hub.ada, self.formgrader)
        self.launch()

    def launch(self):
        """Start the course's server, and agree that it may know who asks."""
        self.page.get_by_text("Launch Server").click()
        self.page.get_by_role("button", name="Authorize").or_(
            self.page.locator("#main-table")
        ).first.wait_for()
        if self.page.get_by_role("button", name="Authorize").count():
            self.page.get_by_role("button", name="Authorize").click()
        self.page.wait_for_selector("#main-table tr")

    def press(self, button, page="manage_assignments", row=PS2):
        """Press a button of formgrader's lists; return what its box says."""
        self.page.goto(f"{self.hub.address}{self.formgrader}/{page}")
        return press(self.page, row, button)

    def shut_down(self):
        """End the course's server, as the menu of JupyterLab does, and come back to start it."""
        token = next(
            each["value"]
            for each in self.context.cookies()
            if each["name"] == "_xsrf" and self.hub.nn in each["path"]
        )
        self.context.request.post(
            f"{self.hub.address}/user/{self.hub.nn}/api/shutdown", headers={"X-XSRFToken": token}
        )
        launch = self.page.get_by_text("Launch Server")
        while not launch.count():  # until the hub has noticed
            self.page.wait_for_timeout(1000)
            self.page.goto(f"{self.hub.address}/hub{self.formgrader}")


def submission_page(hub, student):
    """Return the end of the address of the page on which a submission is graded by hand."""
    with gradebook_of(hub.course) as gradebook:
        return f"submissions/{gradebook.find_submission_notebook(NOTEBOOK, PS2, student).id}/"


def test_from_the_release_to_the_feedback(hub, chromium, screenshots):
    def picture(name):
        return screenshots / f"hub_{name}.png"

    ada = Instructor(chromium, hub)
    assert "Successfully released" in ada.press("release")
    ada.page.screenshot(path=picture("released"))

    # In JupyterLab, right.
    bob = Person(chromium, hub, hub.bob, "/")
    listed = fetched(bob.page, hub)
    bob.page.screenshot(path=picture("fetched"))
    path = Path(f"/home/{hub.bob}", *within(hub), f"{NOTEBOOK}.ipynb")
    sources = {name: source for name, source in RIGHT.items() if name != "softmax"}
    nbformat.write(filled(nbformat.read(path, 4), sources, words=FORMULA), path)
    listed.open()
    notebook = Notebook(bob.page)
    notebook.type(notebook.cell("def softmax"), RIGHT["softmax"])
    assert "Success!" in notebook.validate()
    bob.page.screenshot(path=picture("validated"))
    bob.page.locator(".lm-TabBar-tab", has_text="Assignments").click()
    handed_in(listed)
    bob.page.screenshot(path=picture("submitted"))

    # In Notebook 7, wrong.
    cy = Person(chromium, hub, hub.cy, f"/user/{hub.cy}/tree")
    cy.page.get_by_text("Launch Server").click()
    listed_there = fetched(cy.page, hub)
    cy.page.screenshot(path=picture("fetched_notebook7"))
    with cy.context.expect_page() as opened:
        listed_there.open()
    notebook = Notebook(opened.value)
    notebook.type(notebook.cell("def softmax"), WRONG)
    with opened.value.expect_response(is_saved):
        opened.value.keyboard.press("Control+s")
    opened.value.screenshot(path=picture("saved_notebook7"))
    handed_in(listed_there)

    # A package is missing: the hub is up and students have worked, and nothing is graded.
    assert "Successfully collected" in ada.press("collect")
    said = ada.press("autograde", f"manage_submissions/{PS2}", hub.bob)
    assert "The filter of system calls cannot be loaded" in said
    assert "Grading is off. The filter of system calls cannot be loaded" in hub.log.read_text()
    (hub.course / "instructor_config.py").unlink()
    ada.shut_down()
    ada.launch()

    for student in (hub.bob, hub.cy):
        said = ada.press("autograde", f"manage_submissions/{PS2}", student)
        assert "Successfully autograded" in said
    ada.page.screenshot(path=picture("autograded"))
    ada.page.goto(f"{hub.address}{ada.formgrader}/{submission_page(hub, hub.bob)}")
    wait_to_grade(ada.page)
    ada.page.fill("#why_log_n", "2.5")
    with ada.page.expect_response(re.compile("/api/grade/")):
        ada.page.locator("#why_log_n-comment").focus()
    ada.page.fill("#why_log_n-comment", WELL_SAID)
    with ada.page.expect_response(re.compile("/api/comment/")):
        ada.page.locator("#stuck_loss").focus()
    ada.page.screenshot(path=picture("by_hand"))
    assert "Successfully generated feedback" in ada.press("generate-feedback")
    assert "Successfully released feedback" in ada.press("release-feedback")

    given_back(listed).dblclick()
    page = shown(bob.page)
    expect(page).to_contain_text(f"{points_by_code(PS2) + 2.5:g} of")
    expect(page).to_contain_text(WELL_SAID)
    bob.page.screenshot(path=picture("feedback"))
    with cy.context.expect_page() as opened:
        given_back(listed_there).dblclick()
    expect(shown(opened.value)).to_contain_text(SLIP)
    opened.value.screenshot(path=picture("feedback_notebook7"))

    # What is not a student's.
    assert bob.state(f"/user/{hub.nn}/formgrader") == 403
    assert bob.state(f"/user/{hub.cy}/api/contents") == 403
    assert bob.state(f"/user/{hub.bob}/formgrader") == 404
    assert hub.can_read(hub.bob, path)
    inbound = next(hub.exchange.glob("*/inbound"))
    for closed in (hub.course, f"/home/{hub.ada}", inbound, hub.folder / "work"):
        assert not hub.can_read(hub.bob, closed), closed
    for person in (ada, bob, cy):
        assert person.watch.outside == [] and person.watch.ran == []


def within(hub):
    """Return where in a student's home the assignment lies."""
    return (next(hub.exchange.iterdir()).name, PS2)


def fetched(page, hub):
    """Fetch the assignment, the only one that is listed; return the list."""
    listed = Assignments(page)
    expect(listed.row("released")).to_contain_text(PS2)
    listed.press("released", "Fetch")
    expect(listed.row("fetched")).to_contain_text(PS2)
    return listed


def is_saved(answer):
    """Tell whether an answer of the server says that a notebook was written."""
    return answer.request.method == "PUT" and "/api/contents/" in answer.url


def handed_in(listed):
    """Submit the assignment."""
    listed.press("fetched", "Submit")
    expect(listed.row("submitted")).to_contain_text(PS2)


def given_back(listed):
    """Fetch the feedback; return its file in the list of files."""
    listed.refresh()
    expect(listed.row("submitted")).to_contain_text("feedback available to fetch")
    listed.press("submitted", "Fetch Feedback")
    listed.row("submitted").get_by_text("view feedback").click()
    return listed.page.locator(".jp-DirListing-item", has_text=f"{NOTEBOOK}.html")


def shown(page):
    """Return the content of the HTML file that is open."""
    return page.frame_locator(".jp-HTMLViewer iframe").locator("body")
