"""`course.py students`: a platform's class list into the gradebook."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path

from autograder.telling import tell

from .book import opened
from .class_list import ClassListError, read
from .configured import configured
from .database import in_words


def enrol(course: Path, path: Path, id_column: str, as_json: bool = False) -> None:
    """Add the students of a list, and correct the details of those who are there.

    What the list does not say about a student stays as it is; nobody is removed.
    """
    try:
        students = read(path, id_column)
    except (ClassListError, OSError) as error:
        sys.exit(f"Nobody was added. {error}")
    directory = configured(course).coursedir
    with in_words(directory.db_url), opened(directory) as gradebook:
        known = {each.id for each in gradebook.students}
        for student in students:
            details = {name: value for name, value in asdict(student).items() if value}
            gradebook.update_or_create_student(details.pop("id"), **details)
        missing = sorted(known - {student.id for student in students})
    added = sum(student.id not in known for student in students)
    updated = len(students) - added
    words = f"{added} added, {updated} brought up to date."
    if missing:
        words += f"\nIn the gradebook and not in {path.name}: {', '.join(missing)}. They stay."
    tell(words, {"added": added, "updated": updated, "not_in_the_list": missing}, as_json)
