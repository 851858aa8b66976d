"""`course.py progress` and `course.py mail`: what students get besides the exchange."""

from __future__ import annotations

import sys
from collections import defaultdict
from email.headerregistry import Address
from pathlib import Path

from autograder.checks.texts import said
from autograder.telling import tell

from .book import opened
from .configured import configured
from .database import in_words
from .letters import AddressError, address, is_ours, letter
from .nbgrader_types import CourseDirectory
from .standing import StandingRow, everybody
from .store import usable
from .student_page import language, page, points_in_words
from .translated import into

PAGE = "progress.html"


class GivenBack:
    """Everybody's standing in the assignments on which feedback was made.

    Points of other assignments are nobody's to know yet but the instructor's.
    """

    def __init__(self, course: Path) -> None:
        self.directory: CourseDirectory = configured(course).coursedir
        self.root = Path(self.directory.root)
        with in_words(self.directory.db_url), opened(self.directory) as gradebook:
            rows = everybody(gradebook, self.root, self.directory.submitted_directory)
            enrolled = {each.id for each in gradebook.students}
        self.rows: dict[str, list[StandingRow]] = defaultdict(list)
        given = {row["assignment"] for row in rows if self.pages(row)}
        for row in rows:
            if row["assignment"] in given and row["student_id"] in enrolled:
                self.rows[row["student_id"]].append(row)

    def pages(self, row: StandingRow) -> list[Path]:
        """Return the feedback pages on a submission."""
        if not usable(row["student_id"]):
            return []
        return sorted(self._folder(row["student_id"], row["assignment"]).glob("*.html"))

    def _folder(self, student: str, assignment: str) -> Path:
        directory = self.directory
        return Path(directory.format_path(directory.feedback_directory, student, assignment))

    def write(self) -> list[Path]:
        """Write the page of each student beside the feedback; return the paths."""
        made = []
        for student, rows in self.rows.items():
            place = self._folder(student, rows[0]["assignment"]).parent
            links = {
                row["assignment"]: {
                    path.stem: f"{row['assignment']}/{path.name}" for path in self.pages(row)
                }
                for row in rows
            }
            if place.is_dir():  # else nobody has given anything back to this student
                (place / PAGE).write_text(page(rows, links), encoding="utf-8")
                made.append(place / PAGE)
        return made

    def letter(self, student: str, assignment: str, sender: Address | None) -> bytes:
        """Return the letter to a student about an assignment.

        Raises
        ------
        AddressError
            If the student has no address.
        LookupError
            If no feedback was made for the student.
        """
        rows = self.rows[student]
        row = next((each for each in rows if each["assignment"] == assignment), None)
        pages = self.pages(row) if row else []
        if row is None or not pages:
            raise LookupError("no feedback")
        name = " ".join(filter(None, (row["first_name"], row["last_name"])))
        to = address(row["email"], name)
        attached = {path.name: path.read_text(encoding="utf-8") for path in pages}
        say = into(language(rows))
        this, everything = say(points_in_words([row])), say(points_in_words(rows))
        lines = [
            say(said("The feedback on {} is attached; open it in any browser.")).format(assignment),
            "",
            say(said("This assignment: {}.")).format(this),
            say(said("All assignments so far: {}.")).format(everything),
        ]
        subject = say(said("{}: feedback on {}")).format(self.directory.course_id, assignment)
        return letter(to, sender, subject, "\n".join(lines), {**attached, PAGE: page(rows)})


def progress(course: Path, as_json: bool = False) -> None:
    """Write a page for each student beside the feedback."""
    made = GivenBack(course).write()
    if not made:
        sys.exit("No feedback was made yet: `nbgrader generate_feedback ASSIGNMENT` first.")
    tell(f"Pages written: {len(made)}, such as {made[0]}", {"pages": [*map(str, made)]}, as_json)


def mail(course: Path, assignment: str, folder: Path, sender: str, as_json: bool = False) -> None:
    """Write the letters of an assignment into a folder, in the place of those written before.

    What else is in the folder stays, also where a letter would have its name.
    """
    try:
        by = address(sender) if sender else None
    except AddressError as error:
        sys.exit(f"Nothing was written. --sender: {error}.")
    given = GivenBack(course)
    place = folder / assignment
    place.mkdir(parents=True, exist_ok=True)
    for old in filter(is_ours, place.glob("*.eml")):
        old.unlink()  # or it would be sent again
    count = 0
    without: dict[str, list[str]] = defaultdict(list)
    for student in given.rows:
        try:
            content = given.letter(student, assignment, by)
            with (place / f"{student}.eml").open("xb") as file:
                file.write(content)
            count += 1
        except FileExistsError:
            without["another file has its name"].append(student)
        except (AddressError, LookupError) as error:
            without[str(error)].append(student)
    lines = [
        f"Letters written: {count}, in {place}, to be sent by a program of yours.",
        *(f"No letter, {why}: {', '.join(students)}" for why, students in without.items()),
    ]
    figures = {"letters": count, "folder": str(place), "without": without}
    tell("\n".join(lines), figures, as_json)
