"""The lessons as students receive them: notebooks and what they run, without the assignments.

What a lesson computes with is written apart from the assignments, so that nothing here has to be
taken out of a file, and no folder of an assignment comes along.
"""

import shutil
from pathlib import Path

from course import ROOT

FOLDER = ROOT / "lessons"  # what `lab` opens; git ignores it
PACKAGES = ("experiments", "figures")
README = """# The lessons

Open the notebooks in Jupyter Lab, Notebook or VS Code, with this folder as it is: they find the
folders `course` and `data` beside them. Needed: Python 3.11 or newer with NumPy, Matplotlib and
Jupyter; with tqdm there are progress bars. Run the cells from the top.

Code: BSD 3-Clause (LICENSE). Text and figures: CC BY 4.0 (LICENSE-TEXT). Data: data/README.md.
"""


def make(folder: Path = FOLDER) -> list[Path]:
    """Make the release of the lessons, or bring one up to date.

    A notebook that somebody has worked on, that is, with outputs or other text than when it was
    handed out, is left alone; everything else is made anew.

    Parameters
    ----------
    folder : pathlib.Path, optional

    Returns
    -------
    list of pathlib.Path
        Notebooks that were left alone.
    """
    package = folder / "course"
    shutil.rmtree(package, ignore_errors=True)
    for name in PACKAGES:
        shutil.copytree(
            ROOT / "course" / name, package / name, ignore=shutil.ignore_patterns("__pycache__")
        )
    shutil.copy(ROOT / "course" / "__init__.py", package)
    shutil.copytree(ROOT / "data", folder / "data", dirs_exist_ok=True)
    for name in ("LICENSE", "LICENSE-TEXT"):
        shutil.copy(ROOT / name, folder)
    (folder / "README.md").write_text(README, encoding="utf-8")
    return [
        path for path in sorted((ROOT / "notebooks").glob("*.ipynb")) if not _place(path, folder)
    ]


def _place(notebook: Path, folder: Path) -> bool:
    """Copy a notebook unless one that was worked on is there; tell whether it was copied."""
    handed_out = folder / ".handed_out" / notebook.name
    target = folder / notebook.name
    if target.exists() and (
        not handed_out.exists() or target.read_bytes() != handed_out.read_bytes()
    ):
        return False
    handed_out.parent.mkdir(exist_ok=True)
    for place in (target, handed_out):
        shutil.copy(notebook, place)
    return True


def pack(folder: Path = FOLDER) -> Path:
    """Make the release anew and pack it; return the path of the archive.

    Notebooks that somebody has worked on do not come into an archive.
    """
    fresh = folder.parent / f"{folder.name}-release" / "lessons"
    shutil.rmtree(fresh.parent, ignore_errors=True)
    make(fresh)
    shutil.rmtree(fresh / ".handed_out")
    archive = shutil.make_archive(str(folder), "zip", fresh.parent, fresh.name)
    shutil.rmtree(fresh.parent)
    return Path(archive)
