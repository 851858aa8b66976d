"""The class lists of four learning platforms, as students of the gradebook."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from .store import usable

# Where each platform writes what nbgrader calls a student. The first column that is there and
# filled in counts, so that a list without user names still brings in a class.
COLUMNS: dict[str, tuple[str, ...]] = {
    "id": ("SIS Login ID", "Username", "User Name", "id", "ID number", "Email address", "Email"),
    "first_name": ("First name", "First Name", "first_name"),
    "last_name": ("Last name", "Last Name", "Surname", "last_name"),
    "email": ("Email address", "Email Address", "Email", "email"),
    "lms_user_id": ("ID", "ID number", "OrgDefinedId", "Student ID", "lms_user_id"),
}
WHOLE_NAME = ("Student", "Full name")  # Canvas: `Lovelace, Ada`; Moodle's worksheet: `Ada Lovelace`
NOT_STUDENTS = ("points possible", "student, test", "test student")  # lines of Canvas's export
MAX_BYTES = 20_000_000


class ClassListError(ValueError):
    """A class list that cannot be read; the text says where and what to do."""


@dataclass(frozen=True)
class Student:
    """A line of a class list; nbgrader's names."""

    id: str
    first_name: str | None = None
    last_name: str | None = None
    email: str | None = None
    lms_user_id: str | None = None


def read(path: Path, id_column: str = "") -> list[Student]:
    """Return the students of a list that Canvas, Moodle, Brightspace or Blackboard exported.

    Parameters
    ----------
    path : Path
        CSV, or what Blackboard calls XLS, which is text with tabs.
    id_column : str
        The column whose values are the names of the folders in ``submitted``; by default the user
        name, or what is nearest to it.

    Raises
    ------
    ClassListError
        If it is no such list, or a line of it cannot be used.
    """
    text = text_of(path)
    rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    titles = [(title or "").strip() for title in rows.fieldnames or []]
    rows.fieldnames = titles
    column = _id_column(path, titles, id_column)
    students: dict[str, Student] = {}
    for line, row in _lines(rows):
        student = _student(row, column)
        where = f"{path.name}, line {line}"
        if not student.id:
            raise ClassListError(
                f'{where}: nothing in the column "{column}", which names the student.'
            )
        if not usable(student.id):
            raise ClassListError(
                f'{where}: "{student.id}" cannot be the name of a folder. Take another column '
                f"for the names with --id-column; there are {', '.join(titles)}."
            )
        if students.get(student.id, student) != student:
            raise ClassListError(
                f"{where}: {student.id} stands there twice, with different details."
            )
        students[student.id] = student
    if not students:
        raise ClassListError(f"{path.name} names no student.")
    return list(students.values())


def text_of(path: Path) -> str:
    """Return the text of a list, in whichever of the encodings the platforms use.

    Raises
    ------
    ClassListError
        If it is no text, or too large to be a list.
    """
    if path.stat().st_size > MAX_BYTES:
        raise ClassListError(f"{path.name} is too large to be a class list.")
    content = path.read_bytes()
    if content.startswith(b"PK"):
        raise ClassListError(
            f"{path.name} is a real Excel file. Save it as CSV (UTF-8) and try again."
        )
    encodings = ["utf-16"] if content[:2] in (b"\xff\xfe", b"\xfe\xff") else ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeError:
            continue
    raise ClassListError(f"{path.name} is not a text. Save it as CSV (UTF-8) and try again.")


def _delimiter(text: str) -> str:
    """Return what stands between two fields: that of tab, semicolon and comma which is commonest.

    The titles of the platforms contain none of them.
    """
    header = text.split("\n", 1)[0]
    return max(",;\t", key=header.count)


def _lines(rows: csv.DictReader[str]) -> Iterator[tuple[int, dict[str, str]]]:
    for row in rows:
        values = {title: value.strip() for title, value in row.items() if isinstance(value, str)}
        first = values.get("Student", "").casefold()
        if any(values.values()) and first not in NOT_STUDENTS:
            yield rows.line_num, values


def _id_column(path: Path, titles: list[str], asked: str) -> str:
    for column in [asked] if asked else COLUMNS["id"]:
        if column in titles:
            return column
    wanted = f'no column "{asked}"' if asked else f"none of the columns {', '.join(COLUMNS['id'])}"
    raise ClassListError(
        f"{path.name} has {wanted}. It has {', '.join(filter(None, titles)) or 'no titles'}. "
        "Set the platform to English before the export, or name a column with --id-column."
    )


def _student(row: dict[str, str], column: str) -> Student:
    found = {
        name: next((row[title] for title in titles if row.get(title)), None)
        for name, titles in COLUMNS.items()
        if name != "id"
    }
    whole = next((row[title] for title in WHOLE_NAME if row.get(title)), "")
    if whole and not found["last_name"]:
        last, comma, first = whole.partition(",")
        first, last = (first, last) if comma else whole.rpartition(" ")[::2]
        found |= {"first_name": first.strip() or None, "last_name": last.strip() or None}
    # Brightspace puts the sign before numbers and names, so that a spreadsheet leaves them alone.
    number = (found["lms_user_id"] or "").removeprefix("#") or None
    return Student(row.get(column, "").removeprefix("#"), **(found | {"lms_user_id": number}))
