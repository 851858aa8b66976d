"""`nbgrader zip_collect` by an instructor's own pattern."""

from __future__ import annotations

import os
from collections import defaultdict
from datetime import datetime
from pathlib import Path

from nbgrader.plugins import FileNameCollectorPlugin

from .planning import LearningPlatform, Part, files_of
from .roster import Roster
from .times import parse_time


class Pattern(LearningPlatform):
    """Takes names and times from `FileNameCollectorPlugin.named_regexp`.

    nbgrader stops at the first file that is there twice, or whose student has a submission.
    """

    def _parts(self, root: Path, roster: Roster) -> dict[str, list[Part]]:
        by_student: dict[str, dict[str, Part]] = defaultdict(dict)
        for _, path in files_of(root):
            about = FileNameCollectorPlugin.collect(self, str(path)) or {}
            student, name = about.get("student_id"), about.get("file_id")
            if not student or not name:
                continue  # nbgrader tells
            time = about.get("timestamp") or ""
            part = by_student[student].setdefault(time, Part(student, "", self._read_time(time)))
            part.add(os.path.splitext(name)[0] + path.suffix, path)
        return {student: list(parts.values()) for student, parts in by_student.items()}

    def _read_time(self, text: str) -> datetime | None:
        try:
            return parse_time(text) if text else None
        except ValueError as error:
            self.log.warning("The time %s in a name is ignored: %s", ascii(text), error)
            return None

    def _in_utc(self, time: datetime | None) -> datetime | None:
        return time
