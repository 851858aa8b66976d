"""Who is meant by a name or a number that a learning platform wrote into a file's name."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any


class UnknownStudentError(ValueError):
    """Nobody, or several; the text says which."""


@dataclass(frozen=True)
class Reading:
    """One way to read the name of a file or folder.

    Attributes
    ----------
    person : str
        The student's name, as it is written there.
    user : str
        The student's user name.
    number : str
        The platform's number of the student; empty if there is none.
    file : str
        What is left of the name: that of the student's own file, if it is there.
    time : str
        As it is written there.
    """

    person: str = ""
    user: str = ""
    number: str = ""
    file: str = ""
    time: str = ""


class Roster:
    """The students of a gradebook.

    Parameters
    ----------
    students : iterable
        With id, first_name, last_name, email, lms_user_id.
    numbered : bool
        Whether the platform's numbers are those in `lms_user_id`.
    """

    def __init__(self, students: Iterable[Any], numbered: bool = True) -> None:
        self.ids: set[str] = set()
        self._named: dict[str, set[str]] = defaultdict(set)
        self._numbered: dict[str, set[str]] = defaultdict(set)
        for each in students:
            self.ids.add(each.id)
            first, last = each.first_name or "", each.last_name or ""
            names = {letters(first + last), letters(last + first)} if first and last else set()
            for name in names | {each.id.casefold(), (each.email or "").casefold()} - {""}:
                self._named[name].add(each.id)
            if each.lms_user_id and numbered:
                self._numbered[each.lms_user_id].add(each.id)

    def add_numbers(self, worksheet: Path) -> None:
        """Learn the participants' numbers from the grading worksheet that Moodle gives (CSV)."""
        with open(worksheet, newline="", encoding="utf-8-sig", errors="replace") as file:
            for row in csv.DictReader(file):
                found = re.search(r"(\d+)\s*$", row.get("Identifier") or "")
                for column in ("Username", "ID number", "Email address", "Full name"):
                    people = self._people(row.get(column) or "")
                    if found and len(people) == 1:
                        self._numbered[found[1]] = people
                        break

    def _people(self, person: str) -> set[str]:
        named = self._named
        return named.get(person.strip().casefold(), set()) | named.get(letters(person), set())

    def student(self, readings: list[Reading]) -> tuple[str, Reading]:
        """Return who is meant, and by which of several ways to read the same name.

        Raises
        ------
        UnknownStudentError
            If it is nobody, or not clear who.
        """
        found: dict[str, Reading] = {}
        why, numbered = [], set()
        for reading in readings:
            numbered |= self._numbered.get(reading.number, set())
            try:
                found[self._student(reading, is_sure=len(readings) == 1)] = reading
            except UnknownStudentError as error:
                why.append(str(error))
        if found and len(found.keys() | numbered) > 1:
            raise UnknownStudentError(f"it may be of {_list(found.keys() | numbered)}")
        if not found:
            raise UnknownStudentError(why[0])
        return next(iter(found.items()))

    def _student(self, reading: Reading, is_sure: bool) -> str:
        if reading.user:
            return self._user(reading.user)
        by_name = self._people(reading.person)
        by_number = self._numbered.get(reading.number, set())
        who = f"{reading.person} {reading.number}".strip()
        if by_number and by_name and not by_number & by_name:
            raise UnknownStudentError(
                f"the number {reading.number} is that of {_list(by_number)}, "
                f"the name that of {_list(by_name)}"
            )
        # A name that can be read in several ways is read as one only if name and number agree.
        people = by_number if by_number and is_sure else by_number & by_name or by_name
        if not people:
            raise UnknownStudentError(f"there is no student {who} in the gradebook")
        if len(people) > 1:
            raise UnknownStudentError(f"{who} may be {_list(people)}")
        student = next(iter(people))
        others = {number for number, each in self._numbered.items() if student in each}
        if reading.number and others and reading.number not in others:
            raise UnknownStudentError(
                f"{student} has the number {_list(others)}, not {reading.number}"
            )
        return student

    def _user(self, user: str) -> str:
        people = self._numbered.get(user, set()) | ({user} & self.ids)
        if len(people) != 1:
            raise UnknownStudentError(
                f"{user} may be {_list(people)}"
                if people
                else f"there is no student {user} in the gradebook"
            )
        return next(iter(people))


def letters(name: str) -> str:
    """Return a name without spaces, signs and capitals, which platforms write differently."""
    folded = unicodedata.normalize("NFKC", name).casefold()
    return "".join(sign for sign in folded if sign.isalnum())


def _list(names: set[str]) -> str:
    return " or ".join(sorted(names))
