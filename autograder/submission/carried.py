"""The cell in which a released notebook carries its checks, so that it works without its folder.

Uploaded by itself to Colab, Kaggle, Deepnote or VS Code, the notebook unpacks them from there. A
grading takes the cell out before anything else: the checks there are the engine's own, whatever
a notebook brings.
"""

import re

# The name of a folder of which nobody else knows: in a common place another user of the machine
# could lay code. What an assignment reads is laid beside the notebook, and never over a file.
CELL = """\
# @title Run this cell first: it brings the checks along. There is nothing in it to read or change.
def bring_checks(packed):
    import atexit, base64, io, os, shutil, sys, tempfile, zipfile

    if "checks" in sys.modules:
        return
    folder = tempfile.mkdtemp()
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    archive = zipfile.ZipFile(io.BytesIO(base64.b64decode(packed)))
    for name in archive.namelist():
        if name.startswith("checks/"):
            archive.extract(name, folder)
        elif not os.path.exists(name):
            archive.extract(name)
    sys.path.insert(0, folder)


bring_checks("{packed}")"""
_BEFORE, _AFTER = CELL.split("{packed}")
PATTERN = re.compile(f"{re.escape(_BEFORE)}([A-Za-z0-9+/=]*){re.escape(_AFTER)}")


def source(packed: str) -> str:
    """Return the text of the cell for a zip archive in base64."""
    return _BEFORE + packed + _AFTER


def taken_out(text: str) -> str:
    """Return the text of a cell without this; what a student has added to it stays."""
    return PATTERN.sub("", text) if text.startswith("# @title") else text
