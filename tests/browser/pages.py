"""What is done on pages of Jupyter by hand: in notebooks, and in nbgrader's lists and buttons."""

from contextlib import contextmanager

from playwright.sync_api import expect


class Notebook:
    """A notebook that is open in JupyterLab or in Notebook 7."""

    def __init__(self, page):
        self.page = page
        page.wait_for_selector(".jp-Notebook .jp-CodeCell")
        if "/lab/" in page.url:
            page.wait_for_selector("text=(ipykernel) | Idle")
        else:  # which has no such line; its circle is idle before it is connected
            page.wait_for_selector(".jp-Toolbar-kernelName >> text=(ipykernel)")
            page.wait_for_selector(".jp-Notebook-ExecutionIndicator[data-status=idle]")

    def cell(self, text):
        """Return the code cell that holds a text."""
        return self.page.locator(
            ".jp-CodeCell", has=self.page.locator(".jp-InputArea-editor", has_text=text)
        ).first

    def run_all(self):
        """Run all cells by the menu; Jupyter stops at the first error."""
        with self.running(self.cell("import numpy")):
            choose(self.page, "Run", "Run All Cells")

    def run(self, cell):
        """Run one cell by the keyboard."""
        with self.running(cell):
            cell.locator(".cm-content").click()
            self.page.keyboard.press("Control+Enter")
        return cell

    def type(self, cell, source):
        """Replace a cell's text by what is typed."""
        cell.locator(".cm-content").click()
        self.page.keyboard.press("Control+a")
        self.page.keyboard.insert_text(source)

    @contextmanager
    def running(self, cell):
        """Wait, after what is done inside, until a cell has run anew and nothing runs any more."""
        prompt = cell.locator(".jp-InputPrompt")
        before = prompt.inner_text()
        yield
        expect(prompt).not_to_have_text(before)
        expect(self.page.locator(".jp-InputPrompt", has_text="*")).to_have_count(0)

    def validate(self):
        """Press nbgrader's button, which saves first; return what its box says, and close it."""
        self.page.locator(".jp-NotebookPanel-toolbar").get_by_text("Validate").click()
        box = self.page.locator("#validation-message")
        box.wait_for()
        text = box.inner_text()
        self.page.keyboard.press("Enter")
        box.wait_for(state="detached")
        return " ".join(text.split())

    def picture(self, cell, path):
        """Keep a picture of a cell and what stands around it."""
        cell.scroll_into_view_if_needed()
        self.page.screenshot(path=path)


def choose(page, menu, item):
    """Choose from a menu of JupyterLab or Notebook 7."""
    page.locator(".lm-MenuBar-itemLabel", has_text=menu).click()
    page.get_by_role("menuitem", name=item, exact=True).click()


class Assignments:
    """nbgrader's list of assignments, in JupyterLab or on Notebook 7's first page."""

    def __init__(self, page):
        self.page = page
        page.wait_for_selector(".jp-DirListing-content")
        choose(page, "Nbgrader", "Assignment List")

    def refresh(self):
        """Have the list made anew."""
        self.page.click("#refresh_assignments_list")

    def row(self, kind):
        """Return the line of the assignment among those that are of a kind."""
        return self.page.locator(f"#{kind}_assignments_list > .list_item")

    def press(self, kind, button):
        """Press a button of the assignment's line."""
        self.row(kind).get_by_role("button", name=button, exact=True).click()

    def open(self):
        """Show the notebooks of what was fetched, and click on the one."""
        self.row("fetched").locator(".assignment-notebooks-link").click()
        self.row("fetched").locator(".nested_list_item a").click()


def press(page, row, button):
    """Press a button in a row of formgrader's table, and return what the box that opens says."""
    page.locator("#main-table tr", has_text=row).locator(f".{button} a").click()
    page.wait_for_selector(".modal.in")
    return page.locator(".modal.in").inner_text()


def wait_to_grade(page):
    """Wait until formgrader saves what is typed: grades and comments come after its page."""
    there = "window.formgrader?.grades?.loaded && formgrader.comments?.loaded && MathJax.loaded"
    while not page.evaluate(there):  # `wait_for_function` is what the page's policy forbids
        page.wait_for_timeout(100)
