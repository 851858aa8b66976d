"""`nbgrader zip_collect`, its first step: archives are untrusted, and unpacked as such."""

from __future__ import annotations

import os
import stat
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice
from pathlib import Path
from typing import IO, BinaryIO, cast

from nbgrader.plugins import ExtractorPlugin

from autograder.submission.reading import MAX_ENTRIES, shown

from .arrival import named
from .intake import Intake, Settings, reason

MAX_MEMBERS = 100_000  # of what a learning platform gives for a class

Member = tuple[tuple[str, ...], Callable[[], BinaryIO] | None]  # None: not a regular file


class SafeExtractor(ExtractorPlugin):
    """Unpacks regular files of bounded size, and archives that students put into theirs."""

    def extract(self, archive_path: str, extracted_path: str) -> None:
        """Unpack each archive into a folder of its name, and copy all other files."""
        root, target = Path(archive_path), Path(extracted_path)
        paths = [Path(place, name) for place, _, names in os.walk(root) for name in sorted(names)]
        if not paths:
            self.log.warning("There is no file in %s", root)
        loose = Intake(target, self._settings, grouped=1)
        for path in sorted(paths):
            where = path.relative_to(root)
            if self._is_archive(path):
                self._unpack(path, target / where.parent / stem(path.name))
            elif path.is_symlink() or not path.is_file():
                loose.leave(where, "a link or not a regular file")
            else:
                loose.take(where.parts, partial(_opened, path))
        self._tell(root.name, loose)

    @property
    def _settings(self) -> Settings:
        return cast(Settings, self.parent.coursedir)

    def _is_archive(self, path: Path) -> bool:
        return path.suffix.lower() in self.zip_ext and path.is_file() and not path.is_symlink()

    def _unpack(self, path: Path, target: Path) -> None:
        """Unpack what a learning platform gave, then what students packed into it."""
        intake = Intake(target, self._settings, grouped=1)
        self._take(path, intake, (), MAX_MEMBERS)
        inner = [each for each in sorted(target.rglob("*")) if self._is_archive(each)]
        for each in inner:
            where = each.relative_to(target)
            if self._take(each, intake, (*where.parts[:-1], stem(each.name)), MAX_ENTRIES):
                each.unlink()
        self._tell(path.name, intake)

    def _take(self, path: Path, intake: Intake, below: tuple[str, ...], most: int) -> bool:
        """Take the files of an archive; return whether it could be read."""
        try:
            for parts, opened in islice(members(path), most):
                if opened is None:
                    intake.leave("/".join(parts), "a link or not a regular file")
                else:
                    intake.take((*below, *parts), opened)
        except Exception as error:  # the readers' own, and zlib's, struct's, the system's
            intake.leave(path.name, f"it cannot be unpacked: {reason(error)}")
            return False
        return True

    def _tell(self, name: str, intake: Intake) -> None:
        if intake.left:
            self.log.warning("Skipped from %s: %s", shown(name), named(intake.left))


def _opened(path: Path) -> BinaryIO:
    return open(path, "rb")


def stem(name: str) -> str:
    """Return the name of an archive without its endings."""
    base = Path(name).stem
    return Path(base).stem if base.lower().endswith(".tar") else base


def members(path: Path) -> Iterator[Member]:
    """Yield the path and the opener of everything in an archive except folders."""
    if not zipfile.is_zipfile(path):
        with tarfile.open(path) as tar:
            for each in tar:
                if not each.isdir():
                    yield _parts(each.name), _tar_opener(tar, each) if each.isreg() else None
        return
    with zipfile.ZipFile(path) as archive:
        for info in archive.infolist():
            # Only Unix writes the kind of a file; others leave other things in its place.
            kind = stat.S_IFMT(info.external_attr >> 16) if info.create_system == 3 else 0
            if not info.is_dir():
                is_file = kind in (0, stat.S_IFREG)
                yield _parts(info.filename), _zip_opener(archive, info) if is_file else None


def _zip_opener(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Callable[[], BinaryIO]:
    return lambda: cast(BinaryIO, archive.open(info))


def _tar_opener(tar: tarfile.TarFile, member: tarfile.TarInfo) -> Callable[[], BinaryIO]:
    def opened() -> BinaryIO:
        found: IO[bytes] | None = tar.extractfile(member)
        if found is None:
            raise ValueError("not a regular file")
        return cast(BinaryIO, found)

    return opened


def _parts(name: str) -> tuple[str, ...]:
    return tuple(name.replace("\\", "/").removeprefix("./").split("/"))
