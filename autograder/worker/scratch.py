"""Folders for what student code writes, where nothing can be mounted: made, measured, removed.

What lies in one is hostile: links, folders in folders without end, names of any kind. Nothing
here follows a link, uses a path below the folder, or recurses as deep as it does.
"""

import contextlib
import fcntl
import os
import secrets
import stat
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

PREFIX = "autograder-"
LOCK = "lock"
MAX_DEPTH = 50  # folders in each other that are looked into; more are too many
REMOVING_SECONDS = 10.0
FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC


def private_folder() -> tuple[str, int]:
    """Return a new folder for the workers of one fork server, and its lock.

    The lock is held as long as its process lives. The folders of killed ones are removed on the
    way.

    Returns
    -------
    tuple of (str, int)
        Path and descriptor.
    """
    sweep()
    while True:
        folder = tempfile.mkdtemp(prefix=PREFIX)
        path = os.path.join(folder, LOCK)
        lock = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        fcntl.flock(lock, fcntl.LOCK_SH)
        # Before it was locked, the sweep of another process may have removed it.
        with contextlib.suppress(FileNotFoundError):
            if os.path.samestat(os.stat(path), os.fstat(lock)):
                return folder, lock
        os.close(lock)


def sweep() -> None:
    """Remove the folders of this user that no process holds any more."""
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        with contextlib.suppress(OSError):
            about = folder.lstat()
            if about.st_uid == os.getuid() and stat.S_ISDIR(about.st_mode):
                _remove_if_left(folder)


def _remove_if_left(folder: Path) -> None:
    """Remove a folder whose lock no process holds; one without a lock is being made, or removed."""
    try:
        lock = os.open(folder / LOCK, os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC)
    except FileNotFoundError:
        if time.time() - folder.lstat().st_mtime > REMOVING_SECONDS:
            remove(str(folder))
        return
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)  # held until it is removed
        remove(str(folder))
    finally:
        os.close(lock)


def new_name() -> str:
    """Return a name that no other worker can guess: existence of a path is visible to all."""
    return secrets.token_hex(16)


def is_over(folder: str, most_bytes: int, most_files: int) -> bool:
    """Tell whether a folder holds more than it may: bytes, entries, or folders in folders.

    One that cannot be looked into counts as that: its owner has closed or exchanged it on purpose.
    """
    place = os.open(folder, FOLDER)
    try:
        return any(size > most_bytes or entries > most_files for size, entries in _measured(place))
    except (OSError, RecursionError):
        return True
    finally:
        os.close(place)


def _measured(place: int) -> Iterator[tuple[int, int]]:
    """Yield bytes and entries of a folder and those below it, growing with each entry."""
    size = 0
    for entries, about in enumerate(_entries(place, 0), 1):
        size += max(about.st_size, about.st_blocks * 512)
        yield size, entries


def _entries(place: int, depth: int) -> Iterator[os.stat_result]:
    if depth > MAX_DEPTH:
        raise RecursionError
    with os.scandir(place) as found:
        for entry in found:
            with contextlib.suppress(FileNotFoundError, NotADirectoryError):
                about = entry.stat(follow_symlinks=False)
                yield about
                if stat.S_ISDIR(about.st_mode):
                    inner = os.open(entry.name, FOLDER, dir_fd=place)
                    try:
                        yield from _entries(inner, depth + 1)
                    finally:
                        os.close(inner)


def remove(folder: str) -> None:
    """Remove a folder with all that is in it, also while a process that dies still writes."""
    end = time.monotonic() + REMOVING_SECONDS
    while os.path.lexists(folder) and time.monotonic() < end:
        try:
            top = os.open(folder, FOLDER)
            try:
                while names := os.listdir(top):
                    for name in names:
                        _take_apart(name, top)
            finally:
                os.close(top)
            os.rmdir(folder)
        except OSError:
            time.sleep(0.01)


def _take_apart(name: str, top: int) -> None:
    """Remove a file, or a folder whose own folders move up first: so no path gets long."""
    if _unlinked(name, top):
        return
    inner = _unlocked(name, top)
    try:
        for below in os.listdir(inner):
            if not _unlinked(below, inner):
                os.close(_unlocked(below, inner))
                os.rename(below, new_name(), src_dir_fd=inner, dst_dir_fd=top)
    finally:
        os.close(inner)
    os.rmdir(name, dir_fd=top)


def _unlinked(name: str, place: int) -> bool:
    try:
        os.unlink(name, dir_fd=place)
    except (IsADirectoryError, PermissionError):
        return False
    except FileNotFoundError:
        pass
    return True


def _unlocked(name: str, place: int) -> int:
    """Return the descriptor of a folder in which its owner may do everything from now on."""
    named = os.open(name, os.O_PATH | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC, dir_fd=place)
    try:
        os.chmod(f"/proc/self/fd/{named}", 0o700)  # by descriptor: a name could become a link
        return os.open(name, FOLDER, dir_fd=place)
    finally:
        os.close(named)
