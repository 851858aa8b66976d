"""`nbgrader export`: one line for each student and assignment, with the state of every exercise."""

import csv
from typing import Literal, get_args

from nbgrader.plugins import ExportPlugin

from .nbgrader_types import Gradebook
from .standing import Standing, StandingRow, everybody

Column = Literal[
    "assignment",
    "duedate",
    "timestamp",
    "student_id",
    "last_name",
    "first_name",
    "email",
    "lms_user_id",
    "standing",
    "raw_score",
    "late_submission_penalty",
    "score",
    "max_score",
    "by_hand",
    "found",
]
ABOUT: tuple[Column, ...] = get_args(Column)


class CourseExport(ExportPlugin):
    """Points and states as CSV, to `grades.csv` or where ``--to`` says."""

    def export(self, gradebook: Gradebook) -> None:
        """Write the file."""
        rows = asked_for(self, gradebook)
        exercises = list(dict.fromkeys(name for row in rows for name in row["states"]))
        destination = self.to or "grades.csv"
        self.log.info("Exporting grades to %s", destination)
        with open(destination, "w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file)
            writer.writerow([*ABOUT, *(f"state_{name}" for name in exercises)])
            for row in rows:
                writer.writerow(
                    [harmless(row[key]) for key in ABOUT]
                    + [row["states"].get(name, blank(row)) for name in exercises]
                )


def asked_for(exporter: ExportPlugin, gradebook: Gradebook) -> list[StandingRow]:
    """Return the rows of the assignments and students that an exporter is asked for."""
    course = exporter.parent.coursedir
    return [
        row
        for row in everybody(gradebook, course.root, course.submitted_directory)
        if (not exporter.assignment or row["assignment"] in map(str, exporter.assignment))
        and (not exporter.student or row["student_id"] in map(str, exporter.student))
    ]


def blank(row: StandingRow) -> str:
    """Return the state of an exercise of which nothing is known."""
    return Standing.UNRECORDED if row["standing"] == Standing.UNRECORDED else ""


def harmless(value: object) -> str:
    """Return a value that a spreadsheet does not take for a formula."""
    text = "" if value is None else str(value)
    return "'" + text if text.startswith(tuple("=+-@\t\r")) and not _is_number(text) else text


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
