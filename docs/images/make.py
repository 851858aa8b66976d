"""Make the pictures of the pages anew: `.venv/bin/python docs/images/make.py`.

The class is that of `python3 course.py demo`, the curves are a figure of lesson 2, both as they
come out of the real commands; it takes a minute or two. `check.png` is cut out of a picture that
`tests/browser/test_student_session.py` leaves, `student_wrong_lab_light.png`.
"""

import base64
import re
import shutil
import sys
import tempfile
from pathlib import Path

import nbformat

from autograder import commands
from course import ROOT

HERE = Path(__file__).parent
ASSIGNMENT = "ps2_loss_at_init"
LESSON, ALT = "02_loss_at_init", "Training loss on 32 examples"  # how its description begins


def main():
    """Write `class.png` and `lesson.png` beside this file."""
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        commands.run(
            sys.executable,
            "-m",
            "autograder",
            "demo",
            "--folder",
            folder / "class",
            "--assignment",
            ASSIGNMENT,
        )
        shutil.copy(folder / "class" / f"class_{ASSIGNMENT}.png", HERE / "class.png")
        commands.run(
            sys.executable,
            "-m",
            "jupyter",
            "nbconvert",
            "--to",
            "notebook",
            "--execute",
            "--output-dir",
            folder,
            ROOT / "notebooks" / f"{LESSON}.ipynb",
        )
        notebook = nbformat.read(folder / f"{LESSON}.ipynb", as_version=4)
    (HERE / "lesson.png").write_bytes(figure(notebook, ALT))


def figure(notebook, alt):
    """Return the PNG of the figure whose description begins with `alt`."""
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            page = output.get("data", {}).get("text/html", "")
            found = re.search(rf'alt="{re.escape(alt)}.*?base64,([^"]+)', page, re.DOTALL)
            if found:
                return base64.b64decode(found[1])
    raise LookupError(f"no figure of {LESSON} is described as {alt!r}")


if __name__ == "__main__":
    main()
