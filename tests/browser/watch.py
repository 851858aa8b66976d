"""Watching a page: what runs on it that should not, and whom it asks for something."""

from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

PATIENCE = 600_000  # milliseconds for whatever a page is waited for; only a hang is caught
expect.set_options(timeout=PATIENCE)
HERE = {"", "localhost", "127.0.0.1"}
# What Markdown and formulas may become on a page that shows a stranger's text.
TAGS = set(
    """
    p br hr h1 h2 h3 h4 h5 h6 em strong del b i s u sub sup code pre blockquote ul ol li
    table thead tbody tr th td dl dt dd
    math mrow mi mn mo mtext mspace mfrac msqrt mroot msub msup msubsup munder mover munderover
    mtable mtr mtd mstyle
""".split()
)
ELEMENTS = """selector => [...document.querySelectorAll(selector)].flatMap(
    root => [...root.querySelectorAll("*")].map(
        each => [each.localName, each.getAttributeNames()]))"""
MARKS = """() => ({ran: window.ran ?? null, title: document.title,
    frames: document.querySelectorAll("iframe, frame, object, embed").length,
    visible: getComputedStyle(document.body).display !== "none"})"""


class Watch:
    """A browser's context in which everything suspicious is noted.

    `ran` lists signs of a script that ran, `outside` the addresses of other hosts that were
    asked for, `errors` the exceptions of the pages' own scripts.
    """

    def __init__(self, context):
        self.context, self.ran, self.outside, self.errors = context, [], [], []
        context.set_default_timeout(PATIENCE)
        context.on("request", self._asked)
        context.on("page", self._opened)

    def _asked(self, request):
        parts = urlsplit(request.url)
        if parts.scheme not in ("data", "blob") and (parts.hostname or "") not in HERE:
            self.outside.append(request.url)

    def _opened(self, page):
        page.on("dialog", self._asked_user)
        page.on("console", lambda said: said.text == "ran" and self.ran.append("console"))
        page.on("pageerror", lambda error: self.errors.append(str(error)))

    def _asked_user(self, dialog):
        if dialog.type == "beforeunload":
            dialog.accept()
            return
        self.ran.append(f"a dialog: {dialog.message}")
        dialog.dismiss()

    def open(self, address):
        """Open a page and wait until it has settled."""
        page = self.context.new_page()
        page.goto(str(address), wait_until="load")
        page.wait_for_timeout(300)
        return page

    def provoke(self, page, selector):
        """Point at, focus and click whatever stands in the elements of a selector."""
        page.evaluate(
            """selector => {
            for (const root of document.querySelectorAll(selector))
                for (const each of [root, ...root.querySelectorAll("*")])
                    for (const kind of ["mouseover", "mouseenter", "focus", "toggle", "click"])
                        each.dispatchEvent(new MouseEvent(kind, {cancelable: true}));
        }""",
            selector,
        )
        page.wait_for_timeout(300)

    def assert_quiet(self, page):
        """Assert that nothing ran, nothing was asked for and the page is still itself."""
        marks = page.evaluate(MARKS)
        assert self.ran == [] and marks["ran"] is None and marks["title"] != "ran"
        assert self.outside == []
        assert self.errors == []
        assert marks["frames"] == 0 and marks["visible"]
        assert len(self.context.pages) == 1


def barriers(page):
    """Return what axe finds on a page that keeps some readers out."""
    found = Axe().run(page).response["violations"]
    return [(each["id"], [node["html"][:200] for node in each["nodes"]]) for each in found]


def strange(page, selector, attributes=()):
    """Return the elements and attributes inside of a selector that text cannot become."""
    return [
        (tag, names)
        for tag, names in page.evaluate(ELEMENTS, selector)
        if tag not in TAGS or set(names) - set(attributes) - MATHML
    ]


def assert_pictures_only(page):
    """Assert that outputs hold text and PNG pictures, with nothing else to them."""
    for tag, names in page.evaluate(ELEMENTS, ".output_area"):
        assert tag in ("div", "pre", "img", "span") and set(names) <= {"class", "src", "alt"}
    for picture in page.locator(".output_area img").all():
        assert picture.get_attribute("src").startswith("data:image/png;base64,")


MATHML = {
    "display",
    "displaystyle",
    "accent",
    "fence",
    "stretchy",
    "form",
    "mathvariant",
    "width",
    "linethickness",
    "columnalign",
    "columnspacing",
    "rowspacing",
}
