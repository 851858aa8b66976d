"""What `nbgrader submit` adds to a submission, its time and secret: taken over if valid."""

from __future__ import annotations

import os
import re
import stat
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


def take_over(folder: Path, place: Path, log: Logger, zone: str = "UTC") -> None:
    """Write the time and the secret of a submission into another folder, if that is what they are.

    The time is written in UTC, so that nbgrader reads it as it was meant.
    """
    place.mkdir(parents=True, exist_ok=True)
    for name in (TIMESTAMP, SECRET):
        (place / name).unlink(missing_ok=True)
    try:
        if time := time_of(folder, zone):
            (place / TIMESTAMP).write_text(written(time), encoding="utf-8")
    except ValueError as error:
        log.warning(
            "%s is not a time, so it is ignored (%s); it should hold one such as %s",
            folder / TIMESTAMP,
            error,
            EXAMPLE,
        )
    if secret := secret_of(folder):
        (place / SECRET).write_text(secret, encoding="utf-8")
    elif os.path.lexists(folder / SECRET):
        log.warning("%s is not a secret of nbgrader's, so it is ignored", folder / SECRET)


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
