"""`nbgrader export`: one line for each submission, with the state of every exercise."""

import csv
from typing import Literal

from nbgrader.plugins import ExportPlugin

from .nbgrader_types import Gradebook
from .overview import submissions

Column = Literal["assignment", "student_id", "timestamp", "score", "max_score", "by_hand", "found"]
ABOUT: list[Column] = [
    "assignment",
    "student_id",
    "timestamp",
    "score",
    "max_score",
    "by_hand",
    "found",
]


class CourseExport(ExportPlugin):
    """Points and states as CSV, to `grades.csv` or where ``--to`` says."""

    def export(self, gradebook: Gradebook) -> None:
        """Write the file."""
        rows = [
            row
            for row in submissions(gradebook, self._root())
            if (not self.assignment or row["assignment"] in map(str, self.assignment))
            and (not self.student or row["student_id"] in map(str, self.student))
        ]
        exercises = list(dict.fromkeys(name for row in rows for name in row["states"]))
        destination = self.to or "grades.csv"
        self.log.info("Exporting grades to %s", destination)
        with open(destination, "w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file)
            writer.writerow([*ABOUT, *(f"state_{name}" for name in exercises)])
            for row in rows:
                writer.writerow(
                    [harmless(row[key]) for key in ABOUT]
                    + [row["states"].get(name, "") for name in exercises]
                )

    def _root(self) -> str:
        return self.parent.coursedir.root


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
