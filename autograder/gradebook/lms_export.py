"""`nbgrader export` for four learning platforms: the file that each of them imports.

A column for each assignment, a line for each student, as the platforms publish it:

* Canvas, "How do I import grades in the Gradebook?";
* Moodle, "Grade import", docs.moodle.org;
* Brightspace, "Importing grades", community.d2l.com;
* Blackboard, "Upload or download grades", help.blackboard.com.

An empty field leaves what the platform has. So a student whose work is not recorded, or who handed
in nothing, gets no points by an import, and no zero either.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import IO

from nbgrader.plugins import ExportPlugin
from traitlets import Bool, Dict, Enum, Unicode

from .export import asked_for, harmless
from .nbgrader_types import Gradebook
from .standing import Standing, StandingRow

Person = list[StandingRow]  # all assignments of one student


class LmsExport(ExportPlugin):
    """What the four have in common."""

    identify_by = Enum(
        ("id", "email"),
        default_value="id",
        help="What the platform takes for the user's name: the student's id here, or the e-mail.",
    ).tag(config=True)
    columns = Dict(
        key_trait=Unicode(),
        value_trait=Unicode(),
        help="The title of each assignment's column on the platform, by its name here.",
    ).tag(config=True)
    total = Bool(False, help="Whether to add a column with the sum of the assignments.").tag(
        config=True
    )
    total_column = Unicode("Total", help="The title of that column.").tag(config=True)

    quoting: int = csv.QUOTE_MINIMAL

    def export(self, gradebook: Gradebook) -> None:
        """Write the file, and say whose points are not in it."""
        enrolled = {each.id for each in gradebook.students}
        by_student: dict[str, Person] = {}
        for row in asked_for(self, gradebook):
            if row["student_id"] in enrolled:  # else a folder of somebody who is not in the class
                by_student.setdefault(row["student_id"], []).append(row)
        people = list(by_student.values())
        path = Path(self.to or f"{type(self).__name__.lower()}.csv")
        self.log.info("Exporting grades to %s", path)
        with open(path, "w", newline="", encoding="utf-8") as file:
            self.write(file, people)
        self.warn(people)

    def write(self, file: IO[str], people: Sequence[Person]) -> None:
        """Write the lines."""
        writer = csv.writer(file, quoting=self.quoting)  # type: ignore[arg-type]
        first = people[0] if people else []
        writer.writerow([*self.about(), *self.titles(first), *self.closing("header")])
        for extra in self.second_lines(first):
            writer.writerow(extra)
        for person in people:
            writer.writerow([*self.who(person[0]), *self.points(person), *self.closing("line")])

    def about(self) -> list[str]:
        """Return the titles of the columns that say whose line it is."""
        raise NotImplementedError

    def who(self, row: StandingRow) -> list[str]:
        """Return a student's fields for these columns."""
        raise NotImplementedError

    def title(self, name: str, points: float) -> str:
        """Return the title of a column that is worth some points."""
        return name

    def closing(self, line: str) -> list[str]:
        """Return what stands at the end of each line."""
        return []

    def second_lines(self, person: Person) -> list[list[str]]:
        """Return the lines between the titles and the students."""
        return []

    def user(self, row: StandingRow) -> str:
        """Return what the platform knows a student by.

        Raises
        ------
        ValueError
            If the gradebook has no e-mail for the student and that is asked for.
        """
        if self.identify_by == "id":
            return row["student_id"]
        if not row["email"]:
            raise ValueError(
                f"{row['student_id']} has no e-mail in the gradebook, so the platform cannot know "
                "whose points these are: import the class list again with e-mail, or use "
                f'c.{type(self).__name__}.identify_by = "id".'
            )
        return row["email"]

    def titles(self, person: Person) -> list[str]:
        """Return the titles of the columns with points."""
        titles = [self._title(row["assignment"], row["max_score"]) for row in person]
        if self.total:
            titles.append(self._title(self.total_column, sum(row["max_score"] for row in person)))
        return titles

    def _title(self, name: str, points: float) -> str:
        return self.columns.get(name) or self.title(name, points)

    def points(self, person: Person) -> list[str]:
        """Return the points of each assignment; empty where they are not known."""
        known = [row["score"] if row["standing"] == Standing.RECORDED else None for row in person]
        fields = ["" if points is None else number(points) for points in known]
        if self.total:
            is_open = any(row["standing"] == Standing.UNRECORDED for row in person)
            fields.append("" if is_open else number(sum(points or 0.0 for points in known)))
        return fields

    def warn(self, people: Iterable[Person]) -> None:
        """Say whose fields are empty, since an import does not."""
        for standing in (Standing.UNRECORDED, Standing.NOTHING):
            rows = [row for person in people for row in person if row["standing"] == standing]
            if rows:
                names = ", ".join(f"{row['student_id']} ({row['assignment']})" for row in rows[:5])
                more = f" and {len(rows) - 5} more" if len(rows) > 5 else ""
                self.log.warning("No points are given for %s: %s%s.", standing, names, more)


class Canvas(LmsExport):
    """`Student,ID,SIS User ID,SIS Login ID,Section`, then the points possible, then students.

    A column of an assignment that exists is found by its number: write the title as Canvas's own
    export has it, `Problem set 2 (4711)`, into `columns`. Any other title makes a new assignment.
    """

    def about(self) -> list[str]:
        """Return the titles that Canvas knows."""
        return ["Student", "ID", "SIS User ID", "SIS Login ID", "Section"]

    def who(self, row: StandingRow) -> list[str]:
        """Return the name, Canvas's number if it is known, and the login."""
        names = [row["last_name"] or "", row["first_name"] or ""]
        name = harmless(", ".join(filter(None, names)) or row["student_id"])
        return [name, row["lms_user_id"] or "", "", self.user(row), ""]

    def second_lines(self, person: Person) -> list[list[str]]:
        """Return the line of the points possible; Canvas knows it by its words."""
        points = [number(row["max_score"]) for row in person]
        total = [number(sum(row["max_score"] for row in person))] if self.total else []
        return [["    Points Possible", "", "", "", "", *points, *total]]


class Moodle(LmsExport):
    """One line for each user; which column is the user, Moodle asks ("Map from", "Map to")."""

    def about(self) -> list[str]:
        """Return the titles of Moodle's own export, and the user's name."""
        return ["First name", "Last name", "ID number", "Email address", "Username"]

    def who(self, row: StandingRow) -> list[str]:
        """Return all by which Moodle can find a user; it compares e-mails letter by letter."""
        names = [harmless(row["first_name"] or ""), harmless(row["last_name"] or "")]
        return [*names, row["lms_user_id"] or "", row["email"] or "", self.user(row)]

    def title(self, name: str, points: float) -> str:
        """Return the title as Moodle's export of points has it."""
        return f"Assignment: {name} (Real)"


class Brightspace(LmsExport):
    """`Username`, `… Points Grade`, and a mark at the end of each line."""

    def about(self) -> list[str]:
        """Return the key field."""
        return ["Username"]

    def who(self, row: StandingRow) -> list[str]:
        """Return the user's name; Brightspace wants no other details in an import."""
        return [self.user(row)]

    def title(self, name: str, points: float) -> str:
        """Return the title of a numeric item; with its points, a new one is made that large."""
        return f"{name} Points Grade <Numeric MaxPoints:{number(points)}>"

    def closing(self, line: str) -> list[str]:
        """Return the mark."""
        return ["End-of-Line Indicator" if line == "header" else "#"]


class Blackboard(LmsExport):
    """`Last Name,First Name,Username,Student ID`, all in quotation marks.

    Blackboard finds a column by the number in its title: write the title as its own download has
    it, `Problem set 2 [Total Pts: 23 Score] |4711`, into `columns`. Any other title makes a column
    of text without points.
    """

    quoting = csv.QUOTE_ALL

    def about(self) -> list[str]:
        """Return the titles of Blackboard's own download."""
        return ["Last Name", "First Name", "Username", "Student ID"]

    def who(self, row: StandingRow) -> list[str]:
        """Return the names and the user's name, which is the key."""
        names = [harmless(row["last_name"] or ""), harmless(row["first_name"] or "")]
        return [*names, self.user(row), row["lms_user_id"] or ""]

    def title(self, name: str, points: float) -> str:
        """Return the title without a number."""
        return f"{name} [Total Pts: {number(points)} Score]"


def number(points: float) -> str:
    """Return points as every platform reads them: a dot, no zeros behind it."""
    return f"{round(points, 6):g}" if abs(points) < 1e5 else str(round(points, 6))
