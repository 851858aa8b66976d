"""Copying what somebody handed in: regular files only, so many and so large, no link followed."""

from __future__ import annotations

import errno
import os
import stat
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from fnmatch import fnmatch
from pathlib import Path
from typing import BinaryIO, Protocol

from autograder.submission.reading import DEEPEST, MAX_ENTRIES, MAX_FILES, shown

CHUNK = 1 << 20
RUBBISH = ("__MACOSX", ".DS_Store")  # what macOS puts into archives


class Settings(Protocol):
    """What nbgrader's course directory says of files."""

    max_file_size: int  # in kB
    max_dir_size: int
    ignore: list[str]
    include: list[str]


@dataclass
class Room:
    """What a hand-in may still bring."""

    bytes: int
    files: int = MAX_FILES


@dataclass
class Intake:
    """Takes files into a folder, and notes what is skipped, in words.

    Attributes
    ----------
    folder : Path
    settings : Settings
        nbgrader's `CourseDirectory`: sizes, and which names are wanted.
    grouped : int
        By so many leading parts of its path a file belongs to one hand-in, which has a room
        of its own; 0 if the whole folder is one.
    """

    folder: Path
    settings: Settings
    grouped: int = 0
    left: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._rooms: dict[tuple[str, ...], Room] = defaultdict(
            lambda: Room(1000 * self.settings.max_dir_size)
        )

    def leave(self, name: object, why: str) -> None:
        """Note that something is skipped."""
        self.left.append(f"{shown(name)} ({why})")

    def take(self, parts: tuple[str, ...], opened: Callable[[], BinaryIO]) -> Path | None:
        """Copy one file; return where it lies, or None if it was skipped.

        Parameters
        ----------
        parts : tuple of str
            Of its path below the folder, as somebody named them.
        opened : callable
            Returns the file, opened.
        """
        room = self._rooms[parts[: self.grouped]]
        why = self._refusal(parts, room)
        if why is not None:
            if why:
                self.leave("/".join(parts), why)
            return None
        room.files -= 1
        place = self.folder.joinpath(*parts)
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            with open(place, "xb") as target:  # "x": what is there already stays
                try:
                    with opened() as source:
                        _copy(source, target, room, 1000 * self.settings.max_file_size)
                except BaseException:
                    place.unlink()
                    raise
        except FileExistsError:
            self.leave("/".join(parts), "its name appears twice")
            return None
        except Exception as error:  # archives' readers have errors of many kinds
            self.leave("/".join(parts), reason(error))
            return None
        return place

    def _refusal(self, parts: tuple[str, ...], room: Room) -> str | None:
        """Return why a file is not taken; empty if it need not be reported."""
        if any(part in ("", ".", "..") or set(part) & set("/\\\0") for part in parts):
            return "its path leads out of the folder"
        if not all(part.isprintable() for part in parts):
            return "its name has non-printable characters"
        include = self.settings.include
        if any(map(self.is_ignored, parts)) or not any(
            fnmatch(parts[-1], each) for each in include
        ):
            return ""
        if len(parts) > DEEPEST + self.grouped:
            return "too many folders deep"
        return None if room.files > 0 else f"over the limit of {MAX_FILES} files"

    def is_ignored(self, part: str) -> bool:
        """Tell whether nbgrader's settings do not want a file or folder of that name."""
        return any(fnmatch(part, glob) for glob in [*self.settings.ignore, *RUBBISH])


def _copy(source: BinaryIO, target: BinaryIO, room: Room, limit: int) -> None:
    """Copy a file; what was read of one that is too large has used the room too."""
    size = 0
    while chunk := source.read(CHUNK):
        size, room.bytes = size + len(chunk), room.bytes - len(chunk)
        if size > limit:
            raise ValueError(f"over the limit of {limit / 1e6:g} MB")
        if room.bytes < 0:
            raise ValueError("the files are too large together")
        target.write(chunk)


def reason(error: BaseException) -> str:
    """Return in words why a file could not be copied."""
    if isinstance(error, OSError) and error.strerror:
        return "a link" if error.errno == errno.ELOOP else error.strerror.lower()
    return " ".join(str(error).split())[:200] or type(error).__name__


# Neither following a link nor waiting for the other end of a pipe; Windows has neither.
SAFELY = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)


def opened_at(name: str | Path, folder: int | None = None) -> int:
    """Open a file or folder, which may have been exchanged since somebody looked."""
    return os.open(name, os.O_RDONLY | SAFELY, dir_fd=folder)


class Folder:
    """Takes a folder into an Intake, from a descriptor: a name can be exchanged meanwhile.

    Parameters
    ----------
    intake : Intake
    owner : int, optional
        Number of the user to whom every file must belong.
    """

    def __init__(self, intake: Intake, owner: int | None = None) -> None:
        self.intake, self.owner, self.met = intake, owner, 0

    def take(self, folder: int, parts: tuple[str, ...] = ()) -> None:
        """Take the files of an open folder and of those in it."""
        with os.scandir(folder) as entries:
            for entry in entries:
                self.met += 1
                if self.met > MAX_ENTRIES:
                    break
                self._take_entry(folder, (*parts, entry.name))
        if self.met == MAX_ENTRIES + 1:
            self.met += 1
            self.intake.leave("all files from here on", f"more than {MAX_ENTRIES} of them")

    def _take_entry(self, folder: int, parts: tuple[str, ...]) -> None:
        name = "/".join(parts)
        try:
            number = opened_at(parts[-1], folder)
        except OSError as error:
            self.intake.leave(name, reason(error))
            return
        try:
            status = os.fstat(number)
            if stat.S_ISDIR(status.st_mode):
                if len(parts) > DEEPEST:
                    self.intake.leave(name, "too many folders deep")
                elif not self.intake.is_ignored(parts[-1]):
                    self.take(number, parts)
            elif not stat.S_ISREG(status.st_mode):
                self.intake.leave(name, "not a regular file")
            elif self.owner is not None and status.st_uid != self.owner:
                self.intake.leave(name, "it belongs to another user")
            else:
                self.intake.take(parts, lambda: os.fdopen(os.dup(number), "rb"))
        except OSError as error:
            self.intake.leave(name, reason(error))
        finally:
            os.close(number)
