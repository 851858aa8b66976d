"""Making the website: pages to be read, and below `run/` the site in which all of it runs."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat

from course import ROOT, site
from course.website import WebsiteError, replaced

NOTEBOOKS = ROOT / "notebooks"
RUN = "run"
MARK = "searchindex.js"
PAGES = ("CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "LICENSE-TEXT", "data/README.md")
# The order in which the docs are listed; those that are not named follow by their names.
DOCS = ("students", "instructors", "operators", "authors")
LISTS = """
```{{toctree}}
:caption: Lessons
:maxdepth: 1

{lessons}
```

```{{toctree}}
:caption: Docs
:maxdepth: 1
:glob:

{docs}
docs/*
CONTRIBUTING
CHANGELOG
data/README
```
"""
BUTTON = """
<p><a class="run-here" href="../{run}/lab/index.html?path=lessons/{notebook}">Run it here</a>
in your browser, with nothing installed.</p>
"""

# What screen readers miss in the pages of the theme, and what they are given.
MENDED = {
    'role="heading">': 'role="heading" aria-level="2">',
    '<aside class="sidebar-drawer">': '<aside class="sidebar-drawer" aria-label="All pages">',
    '<aside class="toc-drawer': '<aside aria-label="This page" class="toc-drawer',
    '<th class="head"><p></p></th>': "<td></td>",
    '<div id="search-results">': '<h1>Search</h1><div id="search-results">',
}


def make(folder: Path, pyodide: str = "") -> None:
    """Make the website in a folder, in the place of one made before.

    Parameters
    ----------
    folder : pathlib.Path
    pyodide : str, optional
        See `course.site.make`.

    Raises
    ------
    WebsiteError
        If the folder holds something else, a lesson fails, a page has a mistake, or the part that
        runs cannot be made.
    """
    with replaced(folder, MARK) as made:
        sources, run = made.with_name("sources"), made.with_name(RUN)
        site.make(run, pyodide)  # first: it takes seconds, and the lessons minutes
        _lay_out(sources)
        _build(sources, made)
        _mend(made)
        shutil.move(run, made / RUN)


def _lay_out(sources: Path) -> None:
    """Put all pages where their links to each other lead."""
    shutil.copytree(ROOT / "docs", sources / "docs", ignore=shutil.ignore_patterns("*.py"))
    for page in PAGES:
        (sources / page).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / page, sources / page)
    (sources / "lessons").mkdir()
    lessons = sorted(NOTEBOOKS.glob("*.ipynb"))
    for path in lessons:
        _lesson(path, sources / "lessons" / path.name)
    lists = LISTS.format(
        lessons="\n".join(f"lessons/{path.stem}" for path in lessons),
        docs="\n".join(f"docs/{name}" for name in DOCS),
    )
    start = (ROOT / "README.md").read_text(encoding="utf-8")
    (sources / "index.md").write_text(start + lists, encoding="utf-8")


def _lesson(path: Path, target: Path) -> None:
    """Copy a lesson, with a button below its title."""
    notebook = nbformat.read(path, as_version=4)
    title, _, rest = notebook.cells[0].source.partition("\n")
    button = BUTTON.format(run=RUN, notebook=path.name)
    notebook.cells[0].source = f"{title}\n{button}{rest}"
    nbformat.write(notebook, target)


def _build(sources: Path, made: Path) -> None:
    """Run the lessons and write the pages; what Sphinx prints shows how far it is."""
    command = [sys.executable, "-m", "sphinx", "-W", "--keep-going", "-j", "auto"]
    command += ["-c", str(Path(__file__).parent), "-d", str(sources.with_name("read"))]
    # Bars that move are for a notebook that is open.
    environment = os.environ | {"TQDM_DISABLE": "1"}
    if subprocess.call([*command, str(sources), str(made)], env=environment):
        raise WebsiteError("the website could not be made: the lines above say why")


def _mend(made: Path) -> None:
    for page in made.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        for found, instead in MENDED.items():
            text = text.replace(found, instead)
        page.write_text(text, encoding="utf-8")
