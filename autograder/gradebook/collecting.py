"""`nbgrader collect`: what students put into the exchange is copied, never followed.

The folders there were made by students, with nbgrader or by hand: any name, any content.
"""

from __future__ import annotations

import contextlib
import os
import re
import secrets
import shutil
import stat
from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from nbgrader.api import MissingEntry
from nbgrader.exchange.default import ExchangeCollect

from autograder.submission.reading import shown

from .arrival import SECRET, TIMESTAMP, named, secret_of, time_of
from .book import opened
from .database import in_words
from .intake import Folder, Intake, opened_at, reason
from .store import usable
from .times import parse_time, written, zone_of

try:
    import pwd
except ImportError:  # Windows, where nbgrader has no exchange
    pwd = None  # type: ignore[assignment]  # the name of a module that is not there

NAME = re.compile(
    r"(?P<student>[^+]+)\+(?P<assignment>[^+]+)\+(?P<time>[^+]+)(?:\+[^+]+)?", re.DOTALL
)
LATER = timedelta(minutes=10)  # between the time that a name tells and that of its files


@dataclass(frozen=True)
class HandIn:
    """A folder in the exchange."""

    student: str
    path: Path
    time: datetime


class RefusedError(Exception):
    """A folder that is not collected; the text says why."""


class CourseCollect(ExchangeCollect):
    """Collects the folders of an assignment, one by one: a bad one does not stop the others."""

    def init_src(self) -> None:
        """Choose the folder of each student that counts."""
        if self.coursedir.course_id == "":
            self.fail("No course id specified. Re-run with --course flag.")
        self.inbound = Path(self.root, self.coursedir.course_id, "inbound")
        if not os.access(self.inbound, os.R_OK | os.X_OK) or not self.inbound.is_dir():
            self.fail(f"{self.inbound} is not a readable folder")
        found: dict[str, list[HandIn]] = defaultdict(list)
        for name in sorted(os.listdir(self.inbound)):
            if hand_in := self._read(name):
                found[hand_in.student].append(hand_in)
        due = self._due()
        self.chosen = [_counting(each, due) for each in found.values()]

    def _read(self, name: str) -> HandIn | None:
        """Return what a folder's name says, None if it is not of this assignment or refused."""
        about = NAME.fullmatch(name)
        if not about:
            if f"+{self.coursedir.assignment_id}+" in name:
                self._tell(name, "its name is not one that nbgrader makes")
            return None
        student, wanted = about["student"], self.coursedir.student_id
        if about["assignment"] != self.coursedir.assignment_id or wanted not in ("", "*", student):
            return None
        if not usable(student):
            self._tell(name, "this cannot be a student's name")
            return None
        try:
            return HandIn(student, self.inbound / name, parse_time(about["time"], self._zone()))
        except ValueError as error:
            self._tell(name, f"the time in its name: {error}")
            return None

    def _zone(self) -> str:
        return zone_of(self.config)

    def _tell(self, name: str, why: str) -> None:
        self.log.error("Not collected: %s (%s)", shown(name), why)

    def _due(self) -> datetime | None:
        """Return the time after which nothing is collected if there is something before it."""
        if not self.before_duedate:
            return None
        with in_words(self.coursedir.db_url), opened(self.coursedir) as gradebook:
            try:
                due: datetime | None = gradebook.find_assignment(
                    self.coursedir.assignment_id
                ).duedate
            except MissingEntry:
                return None
        return due

    def copy_files(self) -> None:
        """Collect what is new."""
        if not self.chosen:
            self.log.warning("There is nothing of %s to collect", self.coursedir.assignment_id)
        for hand_in in self.chosen:
            place = Path(
                self.coursedir.format_path(
                    self.coursedir.submitted_directory,
                    hand_in.student,
                    self.coursedir.assignment_id,
                )
            )
            try:
                if self._is_new(hand_in, place):
                    self._collect(hand_in, place)
            except RefusedError as error:
                self._tell(hand_in.path.name, str(error))
            except OSError as error:
                self._tell(hand_in.path.name, reason(error))

    def _is_new(self, hand_in: HandIn, place: Path) -> bool:
        if not os.path.lexists(place):
            return True
        if place.is_symlink() or not place.is_dir():
            raise RefusedError(f"{place} is in the way")
        try:
            there = time_of(place, self._zone())
        except ValueError:
            there = None
        if self.update and (there is None or hand_in.time > there):
            return True
        if self.before_duedate and hand_in.time != there:
            return True
        self.log.info(
            "%s has handed in nothing newer%s",
            hand_in.student,
            "" if self.update else ", or updates were not asked for (--update)",
        )
        return False

    def _collect(self, hand_in: HandIn, place: Path) -> None:
        """Copy a submission beside its place, and put it there when it is whole."""
        partial = place.with_name(f".{place.name}.{secrets.token_hex(8)}.partial")
        partial.mkdir(parents=True)
        try:
            intake = Intake(partial, self.coursedir)
            self._copy(hand_in, intake)
            self._settle(hand_in, intake)
            if place.exists():
                old = partial.with_suffix(".old")
                place.rename(old)
                partial.rename(place)
                shutil.rmtree(old)
            else:
                partial.rename(place)
        except BaseException:
            shutil.rmtree(partial, ignore_errors=True)
            with contextlib.suppress(OSError):
                place.parent.rmdir()  # if there is nothing else in it
            raise
        self.log.info("Collected %s of %s", place.name, hand_in.student)

    def _copy(self, hand_in: HandIn, intake: Intake) -> None:
        try:
            number = opened_at(hand_in.path)
        except OSError as error:
            raise RefusedError(reason(error)) from None
        try:
            status = os.fstat(number)
            if not stat.S_ISDIR(status.st_mode):
                raise RefusedError("it is not a folder")
            self._check_owner(hand_in, status.st_uid)
            Folder(intake, status.st_uid if self.check_owner else None).take(number)
            self._check_time(hand_in, intake.folder, number)
        finally:
            os.close(number)

    def _check_owner(self, hand_in: HandIn, number: int) -> None:
        if not self.check_owner or pwd is None:
            return
        try:
            owner = pwd.getpwuid(number).pw_name
        except KeyError:
            owner = f"user number {number}"
        if owner != hand_in.student:
            raise RefusedError(
                f"it is in the name of {hand_in.student} and belongs to {owner}; where all "
                "students are one user, set c.ExchangeCollect.check_owner = False"
            )

    def _check_time(self, hand_in: HandIn, taken: Path, number: int) -> None:
        """Log a time that the files contradict; the system does not let a user set theirs."""
        with contextlib.suppress(OSError):
            made = os.stat(TIMESTAMP, dir_fd=number, follow_symlinks=False).st_ctime
            changed = datetime.fromtimestamp(made, UTC).replace(tzinfo=None)
            if changed - hand_in.time > LATER:
                self.log.warning(
                    "%s says it was handed in at %s, but was written at %s",
                    shown(hand_in.path.name),
                    written(hand_in.time),
                    written(changed.replace(microsecond=0)),
                )
        try:
            inside = time_of(taken, self._zone())
        except ValueError:
            inside = None
        if inside != hand_in.time:
            self.log.warning(
                "%s has a different time or none in its %s; the one in its name counts",
                shown(hand_in.path.name),
                TIMESTAMP,
            )

    def _settle(self, hand_in: HandIn, intake: Intake) -> None:
        """Write the time, leave out an invalid secret, and log what was skipped."""
        folder = intake.folder
        for path in (folder / TIMESTAMP, folder / SECRET):
            if path.is_dir() or (path.name == SECRET and not secret_of(folder)):
                shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
        (folder / TIMESTAMP).write_text(written(hand_in.time), encoding="utf-8")
        if intake.left:
            self.log.warning("Skipped from %s: %s", hand_in.student, named(intake.left))
        if self.coursedir.groupshared:
            for path in [folder, *folder.rglob("*")]:
                path.chmod(path.stat().st_mode | (0o2770 if path.is_dir() else 0o660))


def _counting(hand_ins: list[HandIn], due: datetime | None) -> HandIn:
    """Return the last one; the last before a time, if there is one."""
    in_time = [each for each in hand_ins if due is not None and each.time <= due]
    return max(in_time or hand_ins, key=lambda each: each.time)
