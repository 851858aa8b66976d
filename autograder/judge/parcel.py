"""A submission and what lies beside its assignment, as bytes: for machines that have neither.

What is put up again from them is judged as the original is, and has the same key.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple

from autograder.submission.master import data_files
from autograder.submission.reading import candidates, entries, listing

ELSEWHERE = "nowhere"  # where links lead that stand for what is skipped


class Item(NamedTuple):
    """Something in a submission."""

    name: bytes  # its path in there; students' names of files are no text
    kind: str  # "file", "folder", or other words for what is skipped
    size: int = 0
    content: bytes | None = b""  # None if it cannot be read; empty if nobody opens it


class Parcel(NamedTuple):
    """What a judge reads of one notebook of one submission."""

    folder: str  # the name of the submission's folder
    items: list[Item]
    source: str  # the name of the instructor's notebook
    others: list[str]  # and of those beside it
    data: dict[str, bytes]  # the files beside it, by path


def packed(folder: Path, source: Path, limit: int) -> Parcel:
    """Return a submission to a notebook as bytes; `limit` is the size of what is opened."""
    opened = {*candidates(listing(folder, source.name)[0], limit)}
    items = [
        _item(
            path, os.fsencode(os.path.relpath(path, folder)), kind, limit if path in opened else -1
        )
        for path, kind in entries(folder)[0]
    ]
    others = sorted(path.name for path in source.parent.glob("*.ipynb") if path != source)
    return Parcel(folder.name, items, source.name, others, data_files(source.parent))


def _item(path: Path, name: bytes, kind: str, limit: int) -> Item:
    """Return an item, with its content if that is no larger than a limit."""
    if kind != "file":
        return Item(name, kind or "folder")
    try:
        size = path.lstat().st_size
        return Item(name, kind, size, path.read_bytes() if size <= limit else b"")
    except OSError:
        return Item(name, kind, 0, None)


def unpacked(parcel: Parcel, place: Path) -> tuple[Path, Path]:
    """Put up a parcel in an empty folder; return the paths of submission and notebook."""
    folder = place / "submitted" / parcel.folder
    folder.mkdir(parents=True)
    for item in parcel.items:
        _put(item, folder / os.fsdecode(item.name))
    source = place / "source" / parcel.folder / parcel.source
    source.parent.mkdir(parents=True)
    for name in (parcel.source, *parcel.others):
        source.with_name(name).touch()  # what they hold travels apart, as it was released
    for name, content in parcel.data.items():
        (source.parent / name).parent.mkdir(parents=True, exist_ok=True)
        (source.parent / name).write_bytes(content)
    return folder, source


def _put(item: Item, path: Path) -> None:
    if item.kind == "folder":
        path.mkdir()
    elif item.kind != "file":
        path.symlink_to(ELSEWHERE)
    else:
        path.write_bytes(item.content or b"")
        os.truncate(path, item.size)  # one that is not opened has its size only
        if item.content is None:
            path.chmod(0)
