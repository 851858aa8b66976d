"""A student's session: the release alone, in JupyterLab of an environment without the course."""

import json
import re
import shutil
import sys

import nbformat
import pytest
from playwright.sync_api import expect

from course.demo import answers
from course.demo.students import filled
from tests import student_env
from tests.browser.conftest import NOTEBOOK, PS2
from tests.browser.pages import Notebook
from tests.browser.server import jupyter_lab
from tests.browser.watch import Watch
from tests.conftest import points_by_code

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("student environment")]

WRONG = answers.mistakes(PS2)["softmax", "wrong_axis"]
SLIP = "Your rows sum to 1, not your columns"
RIGHT = answers.styles(PS2)["loops"]["softmax"]
# Notebook 7's own, about settings of which it has no part.
OWN = ("Cannot read properties of undefined (reading 'schema')",)
CONTRAST = 4.5  # WCAG AA for text
# The contrast of every text in a box with what stands behind it, as WCAG defines it.
CONTRASTS = """root => {
  const parse = text => (text.match(/[\\d.]+/g) || []).map(Number);
  const solid = element => {
    const layers = [];
    for (let each = element; each; each = each.parentElement) {
      const [r, g, b, a = 1] = parse(getComputedStyle(each).backgroundColor);
      layers.push([r, g, b, a]);
      if (a === 1) break;
    }
    return layers.reverse().reduce((below, [r, g, b, a]) =>
      [r, g, b].map((value, i) => value * a + below[i] * (1 - a)), [255, 255, 255]);
  };
  const luminance = rgb => rgb.map(v => v / 255)
    .map(v => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  return [root, ...root.querySelectorAll("*")]
    .filter(each => [...each.childNodes].some(n => n.nodeType === 3 && n.data.trim()))
    .map(each => {
      const [a, b] = [parse(getComputedStyle(each).color).slice(0, 3), solid(each)].map(luminance);
      return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    });
}"""


def settings(home, theme):
    """Write JupyterLab's settings: the theme, and every cell on the page, seen or not."""
    folder = home / ".jupyter" / "lab" / "user-settings" / "@jupyterlab"
    chosen = {
        "apputils-extension/themes": {"theme": theme},
        "apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False},
        "notebook-extension/tracker": {"windowingMode": "none"},
    }
    for name, content in chosen.items():
        path = folder / f"{name}.jupyterlab-settings"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(content))


@pytest.fixture(scope="module")
def python():
    """Return the Python of the student's environment."""
    return student_env.python()


@pytest.fixture(scope="module")
def release(course_with):
    """Return the folder that a student receives."""
    return course_with(PS2).folder / "release" / PS2


@pytest.fixture
def desk(release, tmp_path):
    """Return the release, copied to a folder of its own."""
    return shutil.copytree(release, tmp_path / "my course" / PS2)


@pytest.mark.parametrize(
    "place, theme",
    [
        ("lab/tree", "JupyterLab Light"),
        pytest.param("lab/tree", "JupyterLab Dark", marks=pytest.mark.nightly),
        ("notebooks", "JupyterLab Light"),
    ],
    ids=["JupyterLab, light", "JupyterLab, dark", "Notebook 7"],
)
def test_a_session(chromium, python, desk, tmp_path, screenshots, place, theme):
    settings(tmp_path, theme)
    context = chromium.new_context(viewport={"width": 1300, "height": 1000})
    watched = Watch(context)
    shade = f"{place.partition('/')[0]}_{theme.split()[1].lower()}"
    with jupyter_lab(python, desk, tmp_path) as address:
        notebook = Notebook(watched.open(f"{address}/{place}/{NOTEBOOK}.ipynb"))
        session(notebook, lambda name: screenshots / f"student_{name}_{shade}.png")
        assert [each for each in watched.errors if each not in OWN] == [] and watched.outside == []
    context.close()


def session(notebook, picture):
    """Solve an exercise at the second attempt."""
    answer, check = notebook.cell("def softmax"), notebook.cell('check("softmax"')
    box = check.locator("[role=status]")

    notebook.run_all()
    expect(box).to_contain_text("not attempted yet")
    notebook.picture(check, picture("blank"))

    notebook.type(answer, WRONG)
    notebook.run(answer)
    notebook.run(check)
    expect(box).to_contain_text("softmax is not right yet")
    expect(box).to_contain_text(SLIP)
    expect(check.locator(".jp-RenderedText[data-mime-type*=stderr]")).to_have_count(1)
    assert "Traceback" not in check.inner_text()
    assert min(box.evaluate(CONTRASTS)) >= CONTRAST
    notebook.picture(check, picture("wrong"))

    notebook.type(answer, RIGHT)
    notebook.run_all()
    expect(box).to_have_text(re.compile(r"softmax is right \(3 points\)\.$"))
    expect(check.locator(".jp-OutputArea-child")).to_have_count(1)
    assert min(box.evaluate(CONTRASTS)) >= CONTRAST
    notebook.picture(check, picture("right"))

    last = notebook.run(notebook.cell("points()"))
    table = last.locator("table")
    expect(table).to_contain_text("softmax")
    expect(table).to_contain_text(f"3 of {points_by_code(PS2):g}")
    assert min(table.evaluate(CONTRASTS)) >= CONTRAST
    notebook.picture(last, picture("points"))


def test_the_validate_button_agrees_with_the_boxes(chromium, desk, tmp_path, screenshots):
    settings(tmp_path, "JupyterLab Light")
    path = desk / "loss_at_init.ipynb"
    sources = answers.styles(PS2)["loops"] | {"softmax": WRONG}
    nbformat.write(filled(nbformat.read(path, 4), sources), path)
    context = chromium.new_context(viewport={"width": 1300, "height": 1000})
    with jupyter_lab(sys.executable, desk, tmp_path) as address:
        notebook = Notebook(Watch(context).open(f"{address}/lab/tree/{NOTEBOOK}.ipynb"))
        said = notebook.validate()
        assert "The following cell failed:" in said and 'check("softmax", softmax)' in said
        assert "softmax is not right yet." in said and SLIP in said
        assert said.count("is not right yet") == 1 and "<div" not in said
        notebook.type(notebook.cell("def softmax"), RIGHT)
        assert "Success! Your notebook passes all the tests." in notebook.validate()
    context.close()
