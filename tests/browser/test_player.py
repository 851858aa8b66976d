"""A figure with a slider in JupyterLab and in Notebook 7, as a notebook that was run holds it."""

import sys

import matplotlib.pyplot as plt
import nbformat
import pytest
from nbformat.sign import NotebookNotary
from playwright.sync_api import expect

from course.figures import player
from tests.browser.server import jupyter_lab
from tests.browser.watch import Watch

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("player")]
FRONT_ENDS = {"JupyterLab": "lab/tree", "Notebook 7": "notebooks"}


@pytest.fixture(scope="module")
def page():
    """Return what a cell that plays a figure of three frames puts out."""
    shown = []

    def draw(step):
        figure, axes = plt.subplots(figsize=(4, 2))
        axes.plot([0, step], [0, 1])
        return figure

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(player, "alternative_text", lambda _name, step: f"at step {step}")
        patch.setattr(player, "display", shown.append)
        player.explore(draw, "", play=True, step=player.slider(1, (1, 2, 3), "step"))
    return shown[0]._repr_mimebundle_()


@pytest.fixture(scope="module")
def address(page, tmp_path_factory):
    """Return the address of a server with a notebook that was run, and is trusted as such."""
    folder, home = tmp_path_factory.mktemp("desk"), tmp_path_factory.mktemp("home")
    cell = nbformat.v4.new_code_cell("explore(draw)", execution_count=1)
    cell.outputs = [nbformat.v4.new_output("display_data", page)]
    after = nbformat.v4.new_markdown_cell("The next cell.")
    kernel = {"name": "python3", "display_name": "Python 3"}  # else the front end asks for one
    notebook = nbformat.v4.new_notebook(cells=[cell, after], metadata={"kernelspec": kernel})
    nbformat.write(notebook, folder / "played.ipynb")
    data = home / ".local" / "share" / "jupyter"
    data.mkdir(parents=True)
    NotebookNotary(data_dir=str(data)).sign(nbformat.read(folder / "played.ipynb", 4))
    with jupyter_lab(sys.executable, folder, home) as address:
        yield address


@pytest.mark.parametrize("path", FRONT_ENDS.values(), ids=FRONT_ENDS)
def test_a_figure_moves_by_mouse_keys_and_button(chromium, address, path, screenshots):
    context = chromium.new_context(viewport={"width": 900, "height": 800})
    watched = Watch(context)
    opened = watched.open(f"{address}/{path}/played.ipynb")
    figure = opened.locator(".course-figure")
    picture, range_ = figure.locator("img"), figure.locator("input[type=range]")
    expect(picture).to_have_attribute("alt", "at step 1")
    range_.click()  # in its middle
    expect(picture).to_have_attribute("alt", "at step 2")
    for key, step in (("ArrowRight", 3), ("Home", 1), ("ArrowUp", 2), ("ArrowDown", 1)):
        opened.keyboard.press(key)
        expect(picture).to_have_attribute("alt", f"at step {step}")
    box = range_.bounding_box()
    opened.mouse.move(box["x"] + 8, box["y"] + box["height"] / 2)
    opened.mouse.down()
    opened.mouse.move(box["x"] + box["width"] - 8, box["y"] + box["height"] / 2, steps=5)
    opened.mouse.up()
    expect(picture).to_have_attribute("alt", "at step 3")
    figure.get_by_role("button", name="Play").click()  # from the end, so from the start again
    expect(picture).to_have_attribute("alt", "at step 2")
    expect(picture).to_have_attribute("alt", "at step 3")
    opened.screenshot(path=screenshots / f"player_{path.partition('/')[0]}.png")
    # Exceptions are not asked for: nbgrader's and jupytext's extensions raise some in Notebook 7.
    assert watched.outside == []
    context.close()
