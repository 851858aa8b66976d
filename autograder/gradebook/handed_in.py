"""What `nbgrader submit` adds to a submission: written by a student, so read with care."""

import contextlib
import os
import re
import stat
from logging import Logger
from pathlib import Path

from nbgrader import utils


def take_over(folder: Path, place: Path, log: Logger) -> None:
    """Take over the time and the secret of a submission, if that is what the files hold."""
    place.mkdir(parents=True, exist_ok=True)
    for name, is_right in (("timestamp.txt", _is_time), ("submission_secret.txt", _is_secret)):
        (place / name).unlink(missing_ok=True)
        text = _short_text(folder / name)
        if is_right(text):
            (place / name).write_text(text, encoding="utf-8")
        elif name == "timestamp.txt" and os.path.lexists(folder / name):
            log.warning(
                "%s is not a time, so it is left aside; it should hold one as "
                "2027-01-15 12:00:00 UTC",
                folder / name,
            )


def _short_text(path: Path) -> str:
    """Return what stands in a small file; nothing if it is none, or cannot be read."""
    with contextlib.suppress(OSError):
        if stat.S_ISREG(path.lstat().st_mode) and path.lstat().st_size < 300:
            return path.read_text(encoding="utf-8", errors="replace").strip()
    return ""


def _is_time(text: str) -> bool:
    if not re.fullmatch(r"[-+:.\w ]{8,60}", text):
        return False
    with contextlib.suppress(Exception):  # the parser of dates has errors of many kinds
        return bool(utils.parse_utc(text))
    return False


def _is_secret(text: str) -> bool:
    """Tell whether a text can be the secret that names the page which the student fetches."""
    return bool(re.fullmatch("[0-9a-f]{16,256}", text))
