"""The website of `course.py book`: its links, its figures, its search, and who can read it."""

from urllib.parse import unquote, urldefrag, urlsplit

import nbformat
import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import expect

from course.book import make
from tests.browser.server import serving
from tests.browser.test_site import PLAYED
from tests.browser.watch import Watch, barriers

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("book")]
LESSONS = sorted(path.stem for path in make.NOTEBOOKS.glob("*.ipynb"))
SHORT = "03_smoothed_loss"  # whose code is replaced by one figure with a slider
STUB = '<!DOCTYPE html><html lang="en"><title>The site that runs</title></html>'
SIZES = {"desk": (1300, 900), "phone": (390, 800)}


def short(folder):
    """Put the lessons into a folder: only one is run, and it is over in a second."""
    for path in make.NOTEBOOKS.glob("*.ipynb"):
        notebook = nbformat.read(path, as_version=4)
        if path.stem == SHORT:
            code = [cell for cell in notebook.cells if cell.cell_type == "code"]
            notebook.cells = [cell for cell in notebook.cells if cell not in code[1:]]
            code[0].source = PLAYED
        else:
            notebook.metadata["mystnb"] = {"execution_mode": "off"}
        nbformat.write(notebook, folder / path.name)


def stub(folder, pyodide):
    """Stand for the site in which lessons run, which has tests of its own."""
    (folder / "lab").mkdir(parents=True)
    (folder / "lab" / "index.html").write_text(STUB)


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    """Return the folder of a website; a warning of Sphinx's would have been an error."""
    place = tmp_path_factory.mktemp("book")
    notebooks = place / "notebooks"
    notebooks.mkdir()
    short(notebooks)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(make, "NOTEBOOKS", notebooks)
        patch.setattr(make.site, "make", stub)
        make.make(place / "made")
    return place / "made"


@pytest.fixture(scope="module")
def pages(book):
    """Return the parsed pages by path."""
    paths = [path for path in book.rglob("*.html") if make.RUN not in path.relative_to(book).parts]
    return {path: BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser") for path in paths}


def test_every_link_leads_somewhere(pages):
    assert {path.stem for path in pages} >= {*LESSONS, "index", "search", "students", "decisions"}
    broken = []
    for path, page in pages.items():
        for tag in page.select("a[href], img[src], script[src], link[href]"):
            address = tag.get("href") or tag.get("src")
            if urlsplit(address).scheme:
                assert tag.name == "a" or address.startswith("data:"), f"{path} fetches {address}"
                continue
            file, fragment = urldefrag(address)
            target = (path.parent / unquote(file.partition("?")[0])).resolve() if file else path
            if not target.exists() or (
                fragment and target in pages and not pages[target].find(id=unquote(fragment))
            ):
                broken.append((path.name, address))
    assert broken == []


def test_every_picture_has_a_text(pages):
    for path, page in pages.items():
        assert all(picture.get("alt") for picture in page.select("img")), path


@pytest.mark.parametrize("lesson", LESSONS)
def test_a_lesson_has_a_button_that_opens_it(book, pages, lesson):
    page = pages[book / "lessons" / f"{lesson}.html"]
    [button] = page.select("a.run-here")
    assert button["href"] == f"../run/lab/index.html?path=lessons/{lesson}.ipynb"
    assert page.select("math")


@pytest.fixture
def watched(chromium, request):
    """Return what opens a page of a size, on light or dark paper."""
    size, scheme = getattr(request, "param", ("desk", "light"))
    width, height = SIZES[size]
    context = chromium.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)
    yield Watch(context)
    context.close()


@pytest.mark.parametrize("watched", [("desk", "light"), ("phone", "dark")], indirect=True)
@pytest.mark.parametrize("name", ["index", f"lessons/{SHORT}", "docs/instructors", "search"])
def test_everybody_can_read_it(book, watched, name):
    page = watched.open((book / f"{name}.html").as_uri())
    assert barriers(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert watched.outside == [] and watched.errors == []


@pytest.mark.parametrize("watched", [("desk", "dark")], indirect=True)
def test_a_figure_moves_and_follows_the_theme(book, watched):
    page = watched.open((book / "lessons" / f"{SHORT}.html").as_uri())
    picture = page.locator(".course-figure img")
    expect(picture).to_have_attribute("alt", "at step 1")
    page.locator(".course-figure input[type=range]").press("ArrowRight")
    expect(picture).to_have_attribute("alt", "at step 2")
    page.get_by_role("button", name="Play").click()
    expect(picture).to_have_attribute("alt", "at step 3")
    expect(picture).to_have_css("filter", "invert(0.93) hue-rotate(180deg)")
    page.evaluate("document.body.dataset.theme = 'light'")
    expect(picture).to_have_css("filter", "none")


def test_the_search_finds_a_page(book, watched):
    with serving(book) as address:  # a page that is opened as a file lists no excerpts
        page = watched.open(f"{address}/search.html?q=landlock")
        expect(page.locator("#search-results")).to_contain_text("Security")
    assert watched.outside == [] and watched.errors == []
