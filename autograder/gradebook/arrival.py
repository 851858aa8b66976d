"""What `nbgrader submit` adds to a submission, its time and secret: taken if valid."""

from __future__ import annotations

import os
import re
import stat
from dataclasses import dataclass
from datetime import datetime
from logging import Logger
from pathlib import Path

from .intake import opened_at
from .times import EXAMPLE, parse_time, written

TIMESTAMP, SECRET = "timestamp.txt", "submission_secret.txt"
MAX_BYTES = 300


def time_of(folder: Path, zone: str = "UTC") -> datetime | None:
    """Return when a submission says it was handed in, in UTC; None if there is no time.

    Raises
    ------
    ValueError
        If there is something that cannot be read as a time.
    """
    path = folder / TIMESTAMP
    return parse_time(_short_text(path), zone) if os.path.lexists(path) else None


def secret_of(folder: Path) -> str:
    """Return the secret that names the feedback pages of a submission; empty if there is none."""
    text = _short_text(folder / SECRET)
    return text if re.fullmatch("[0-9a-f]{16,256}", text) else ""


@dataclass(frozen=True)
class Arrival:
    """The time of a submission in UTC, and its secret, as far as they are what they should be."""

    time: datetime | None
    secret: str

    @property
    def time_text(self) -> str:
        """Return the time as nbgrader reads it as it was meant; empty if there is none."""
        return written(self.time) if self.time else ""

    def write(self, place: Path) -> None:
        """Write both where nbgrader looks for them, into a folder that is new."""
        for name, text in ((TIMESTAMP, self.time_text), (SECRET, self.secret)):
            if text:
                (place / name).write_text(text, encoding="utf-8")


def arrival(folder: Path, log: Logger, zone: str = "UTC") -> Arrival:
    """Return when a submission was handed in, and its secret; say what is ignored."""
    time = None
    try:
        time = time_of(folder, zone)
    except ValueError as error:
        log.warning(
            "%s is not a time, so it is ignored (%s); it should hold one such as %s",
            folder / TIMESTAMP,
            error,
            EXAMPLE,
        )
    secret = secret_of(folder)
    if not secret and os.path.lexists(folder / SECRET):
        log.warning("%s is not a secret of nbgrader's, so it is ignored", folder / SECRET)
    return Arrival(time, secret)


def named(names: list[str]) -> str:
    """Return the first of many names or remarks, for one line."""
    first = "; ".join(names[:5])
    return f"{first}; and {len(names) - 5} more" if len(names) > 5 else first


def _short_text(path: Path) -> str:
    """Return what a small file holds; nothing if it is not a small file or cannot be read."""
    try:
        with open(opened_at(path), "rb") as file:
            is_file = stat.S_ISREG(os.fstat(file.fileno()).st_mode)
            data = file.read(MAX_BYTES + 1) if is_file else b""
    except OSError:
        return ""
    return "" if len(data) > MAX_BYTES else data.decode("utf-8", "replace").strip()
