"""A figure with a slider in JupyterLab, Notebook 7, a frame like VS Code's, and on paper."""

import sys

import matplotlib.pyplot as plt
import nbformat
import pytest
from nbconvert import HTMLExporter
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


# As VS Code's own renderer of notebooks does it (its extension notebook-renderers, 1.139): the HTML
# is set in a frame that has neither RequireJS nor Jupyter's globals, then each script is made anew.
RENDER = """html => {
  const output = document.body.appendChild(document.createElement("div"));
  output.innerHTML = html;
  for (const old of Array.from(output.getElementsByTagName("script"))) {
    const script = document.createElement("script");
    script.text = old.innerText;
    output.appendChild(script).parentNode.removeChild(script);
  }
}"""


def test_a_figure_moves_in_a_frame_like_that_of_vs_code(chromium, page):
    opened = chromium.new_page()
    opened.set_content('<iframe srcdoc="<body class=vscode-dark>" width="900" height="600">')
    frame = opened.frame_locator("iframe")
    frame.locator("body").evaluate(
        "() => { window.seen = []; window.onkeydown = event => window.seen.push(event.key); }"
    )
    opened.frames[1].evaluate(RENDER, page["text/html"])
    picture, range_ = frame.locator("img"), frame.locator("input[type=range]")
    range_.click()
    expect(picture).to_have_attribute("alt", "at step 2")
    opened.keyboard.press("ArrowRight")
    expect(picture).to_have_attribute("alt", "at step 3")
    opened.keyboard.press("Home")
    expect(picture).to_have_attribute("alt", "at step 1")
    assert opened.frames[1].evaluate("window.seen") == [], "VS Code would go to another cell"
    frame.get_by_role("button", name="Play").click()
    expect(picture).to_have_attribute("alt", "at step 3")
    assert "invert" in picture.evaluate("image => getComputedStyle(image).filter")
    opened.close()


def test_paper_has_the_still_what_is_folded_up_and_whole_lines(chromium, page):
    """What `nbconvert --to html` writes, as a browser prints it on A4."""
    code = nbformat.v4.new_code_cell("x" * 100, execution_count=1)
    code.outputs = [nbformat.v4.new_output("display_data", page)]
    folded = nbformat.v4.new_markdown_cell("<details><summary>Open</summary>\n\nFold\n\n</details>")
    html, _ = HTMLExporter().from_notebook_node(nbformat.v4.new_notebook(cells=[folded, code]))
    opened = chromium.new_page(viewport={"width": 718, "height": 1000})  # A4 less its margins
    opened.route("**/*", lambda route: route.abort())  # MathJax is asked for from another host
    opened.set_content(html)
    expect(opened.locator(".controls")).to_be_visible()
    opened.emulate_media(media="print")
    expect(opened.locator(".controls")).to_be_hidden()
    expect(opened.get_by_alt_text("at step 1")).to_be_visible()
    assert opened.get_by_text("Fold").evaluate("text => text.checkVisibility()")
    line = opened.locator("pre", has_text="x" * 100)
    assert line.evaluate("line => line.scrollWidth <= line.parentElement.clientWidth")
    opened.close()
