"""`nbgrader zip_collect` for the archives of four learning platforms: how each names files.

Each platform writes into a file's name whose it is, and students write the rest of the name. So
names are read from the left and as a whole, and who is meant must stand in the gradebook.
"""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

from .planning import LearningPlatform
from .roster import Reading, Roster


class Moodle(LearningPlatform):
    """`Ada Lovelace_12345_assignsubmission_file/…`, or all in one folder.

    The number is a participant's in this one assignment. Moodle's grading worksheet (CSV), put
    beside the archive, says whose it is; without it the name must be unique.
    """

    numbers_users = False
    NAME = re.compile(r"([^_]+)_(\d+)_assignsubmission_([a-z]+)(?:_(.*))?", re.DOTALL)

    def readings(self, name: str) -> list[Reading]:
        """Read a name; what was typed into Moodle itself (onlinetext) is not a file."""
        found = self.NAME.fullmatch(name)
        if not found or found[3] != "file":
            return []
        return [Reading(found[1], number=found[2], file=found[4] or "")]

    def is_expected(self, name: str) -> bool:
        """Tell whether a file is the worksheet, or a text that was typed into Moodle."""
        return super().is_expected(name) or "_assignsubmission_onlinetext" in name

    def prepare(self, root: Path, roster: Roster) -> None:
        """Read the worksheet."""
        for path in root.glob("*.csv"):
            roster.add_numbers(path)


class Canvas(LearningPlatform):
    """`lovelaceada_LATE_12345_67890_loss.ipynb`: the user's number, then the file's."""

    REST = re.compile(r"_(\d+)_\d+_(.+)", re.DOTALL)

    def readings(self, name: str) -> list[Reading]:
        """Read a name in every way in which it can be: names and files may hold numbers too."""
        found = []
        for start in (place.start() for place in re.finditer("_", name)):
            if rest := self.REST.fullmatch(name, start):
                person = name[:start].removesuffix("_LATE")
                found.append(Reading(person, number=rest[1], file=rest[2]))
        return [reading for reading in found if reading.person]


class Brightspace(LearningPlatform):
    """`12345-678 - Ada Lovelace - Sep 24, 2027 926 PM/…`, or followed by ` - loss.ipynb`."""

    NAME = re.compile(
        r"(\d+)-\d+ - (.+?) - ([A-Z][a-z]{2,8} \d{1,2}, \d{4} \d{3,4} ?[AP]M)(?: - (.+))?",
        re.DOTALL,
    )

    def readings(self, name: str) -> list[Reading]:
        """Read a name."""
        found = self.NAME.fullmatch(name)
        if not found:
            return []
        return [Reading(found[2], number=found[1], file=found[4] or "", time=found[3])]

    def time(self, text: str) -> datetime | None:
        """Read a time; the hour has one digit or two, and no sign behind it."""
        day, digits, half = re.fullmatch(r"(.+) (\d+) ?([AP]M)", text).groups()  # type: ignore[union-attr]
        clock = f"{digits[:-2]}:{digits[-2:]} {half}"
        form = "%b" if len(day.split()[0]) == 3 else "%B"
        return datetime.strptime(f"{day} {clock}", f"{form} %d, %Y %I:%M %p")


class Blackboard(LearningPlatform):
    """`Problem set 2_ada_a_attempt_2027-01-15-12-00-00_loss.ipynb`: the user's name, no number."""

    NAME = re.compile(r"(.+?)_attempt_(\d{4}-\d\d-\d\d-\d\d-\d\d-\d\d)(?:_(.+)|\.txt)", re.DOTALL)

    def readings(self, name: str) -> list[Reading]:
        """Read a name: title and user name may have underscores, so there are several ways."""
        found = self.NAME.fullmatch(name)
        if not found:
            return []
        words = found[1].split("_")
        return [
            Reading(user="_".join(words[first:]), file=found[3] or "", time=found[2])
            for first in range(1, len(words))
        ]

    def time(self, text: str) -> datetime | None:
        """Read a time."""
        return datetime.strptime(text, "%Y-%m-%d-%H-%M-%S")
