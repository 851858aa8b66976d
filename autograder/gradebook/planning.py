"""Deciding whose the files of an archive are, for all of them at once.

Students write a part of the names, so what fits two of them is assigned to neither.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from nbgrader.plugins import FileNameCollectorPlugin
from traitlets import Unicode

from autograder.submission.reading import may_be_notebook, shown

from .arrival import SECRET, TIMESTAMP
from .book import opened
from .database import in_words
from .roster import Reading, Roster, UnknownStudentError
from .store import usable
from .times import parse_time

REMEDY = "class list: nbgrader db student import; by hand: submitted/STUDENT/ASSIGNMENT/"


@dataclass
class Part:
    """What one folder or file of an archive holds of one student."""

    name: str
    number: str
    time: datetime | None
    files: dict[str, Path] = field(default_factory=dict)
    is_double: bool = False

    def add(self, name: str, path: Path) -> None:
        """Add a file under the name that the student gave it."""
        self.is_double |= name in self.files
        self.files[name] = path


class LearningPlatform(FileNameCollectorPlugin):
    """Tells whose each file is; what is not clear is refused, with a line in the log."""

    timezone = Unicode(
        "", help="Of the times in the names of files, as Europe/Berlin; left out if it is not set."
    ).tag(config=True)

    _plan: dict[Path, dict[str, Any]] | None = None
    _has_warned = False
    numbers_users = True  # the number in a name is the user's, for every assignment

    def readings(self, name: str) -> list[Reading]:
        """Return the ways to read a name; none if it is not as the platform writes them."""
        raise NotImplementedError

    def time(self, text: str) -> datetime | None:
        """Return a time as the platform writes it, in its own zone."""
        return None

    def collect(self, submitted_file: str) -> dict[str, Any] | None:
        """Return whose a file is; None if it is left out."""
        if self._plan is None:
            self._plan = self._planned()
        return self._plan.get(Path(submitted_file))

    def _planned(self) -> dict[Path, dict[str, Any]]:
        """Decide on all the files at once: one name must not stand for two students."""
        app = self.parent
        root = Path(app._format_collect_path(app.extracted_directory))
        with in_words(app.coursedir.db_url), opened(app.coursedir) as gradebook:
            roster = Roster(gradebook.students, self.numbers_users)
        self.prepare(root, roster)
        plan: dict[Path, dict[str, Any]] = {}
        for student, parts in self._parts(root, roster).items():
            try:
                part = self._counting(student, parts)
            except UnknownStudentError as error:
                self._refuse(f"what is named after {student}", str(error))
                continue
            time = self._in_utc(part.time)
            for name, path in part.files.items():
                about = {"student_id": student, "file_id": name}
                plan[path] = about | ({"timestamp": time} if time else {})
        return plan

    def prepare(self, root: Path, roster: Roster) -> None:
        """Learn what else the platform gave."""

    def _refuse(self, name: str, why: str) -> None:
        self.log.error("Not collected: %s (%s; %s)", shown(name), why, REMEDY)

    def _parts(self, root: Path, roster: Roster) -> dict[str, list[Part]]:
        """Return by student what the extracted files hold."""
        by_student: dict[str, dict[Path, Part]] = defaultdict(dict)
        refused: set[str] = set()
        for place, readings in self._places(root):
            try:
                student, reading = roster.student(readings)
            except UnknownStudentError as error:
                if str(error) not in refused:  # a flat archive has many files of one student
                    self._refuse(place.name, str(error))
                refused.add(str(error))
                continue
            # Flat archives have no folder for a student: files of one time belong together.
            key = place.parent / reading.number / reading.time if reading.file else place
            for name, path in files_of(place, reading.file):
                if name.lower() not in ("", TIMESTAMP, SECRET):  # the platform gives neither
                    by_student[student].setdefault(
                        key, Part(place.name, reading.number, self._time(reading))
                    ).add(name, path)
        return {student: list(parts.values()) for student, parts in by_student.items()}

    def _places(self, root: Path) -> Iterator[tuple[Path, list[Reading]]]:
        """Yield what is named as the platform names it: there, or in the folder of an archive.

        Never deeper: there names are the students' own.
        """
        for top in sorted(root.iterdir()):
            inside = top.is_dir() and not top.is_symlink() and not self.readings(top.name)
            for place in sorted(top.iterdir()) if inside else [top]:
                if readings := self.readings(place.name):
                    yield place, readings
                elif not self.is_expected(place.name):
                    self._refuse(place.name, "its name is not one that the platform gives")

    def is_expected(self, name: str) -> bool:
        """Tell whether a file that is nobody's belongs to the platform's archives."""
        return name.lower().endswith((".csv", ".html"))

    def _time(self, reading: Reading) -> datetime | None:
        try:
            return self.time(reading.time) if reading.time else None
        except ValueError:
            return None

    def _counting(self, student: str, parts: list[Part]) -> Part:
        """Return the hand-in of a student that counts: the last one with a notebook.

        Raises
        ------
        UnknownStudentError
            If it is not clear which that is, or whose.
        """
        app = self.parent
        place = app.coursedir.format_path(
            app.coursedir.submitted_directory, student, app.coursedir.assignment_id
        )
        if not usable(student):
            raise UnknownStudentError("such a name cannot be graded")
        if os.path.islink(place) or os.path.isfile(place):
            raise UnknownStudentError(f"{place} is in the way")
        if not app.force and os.path.isdir(place) and os.listdir(place):
            raise UnknownStudentError("there is a submission already; --force replaces it")
        if len({part.number for part in parts}) > 1:
            raise UnknownStudentError("two people have this name: " + _names(parts))
        filled = [part for part in parts if any(map(may_be_notebook, part.files))] or parts
        if len(filled) > 1 and not all(part.time for part in filled):
            raise UnknownStudentError("it is not clear which was the last: " + _names(filled))
        last = max(filled, key=lambda part: part.time or datetime.min)
        if last.is_double or sum(part.time == last.time for part in filled) > 1:
            raise UnknownStudentError("several files have the same name: leave only one archive")
        for part in parts:
            if part is not last:
                self.log.info("%s: %s is not the last one", student, shown(part.name))
        return last

    def _in_utc(self, time: datetime | None) -> datetime | None:
        if time is None:
            return None
        if not self.timezone:
            if not self._has_warned:
                self._has_warned = True
                self.log.warning(
                    "The hand-in times are left out because their time zone is unknown: set "
                    "c.LearningPlatform.timezone, for example 'Europe/Berlin'"
                )
            return None
        return parse_time(f"{time.isoformat(' ')} {self.timezone}")


def files_of(place: Path, name: str = "") -> Iterator[tuple[str, Path]]:
    """Yield the regular files of a hand-in, under their students' names for them.

    Links can only have been put there by hand.
    """
    if not place.is_dir():
        if place.is_file() and not place.is_symlink():
            yield name, place
        return
    for folder, folders, files in os.walk(place):
        folders.sort()
        for each in sorted(files):
            path = Path(folder, each)
            if path.is_file() and not path.is_symlink():
                yield str(Path(name) / path.relative_to(place)), path


def _names(parts: list[Part]) -> str:
    return ", ".join(sorted({shown(part.name) for part in parts}))
