"""What the site and the book begin and end with: a folder, in the place of one made before."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class WebsiteError(RuntimeError):
    """A website cannot be made; the text says why."""


@contextmanager
def replaced(folder: Path, mark: str) -> Iterator[Path]:
    """Yield where to make a folder that is whole when it replaces the one made before.

    What else is needed for it may lie beside it, in a folder that is deleted afterwards.

    Parameters
    ----------
    folder : pathlib.Path
    mark : str
        A file that every such folder has; one without it holds something else.

    Raises
    ------
    WebsiteError
        If the folder holds something else.
    """
    target = folder.resolve()
    if target.exists() and any(target.iterdir()) and not (target / mark).exists():
        raise WebsiteError(f"{folder} holds something else than a website: name another folder")
    with tempfile.TemporaryDirectory() as name:
        made = Path(name) / "made"
        yield made
        if target.exists():
            shutil.rmtree(target)
        shutil.move(made, target)
