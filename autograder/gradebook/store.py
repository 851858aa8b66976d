"""Where verdicts lie, and which of them are still right."""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import sys
from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TextIO

from autograder.judge.keys import Given, key
from autograder.judge.request import Request
from autograder.judge.verdict import Verdict
from autograder.sandbox.isolation import Isolation
from autograder.sandbox.limits import Limits
from autograder.submission.master import Notebooks, as_recorded

from .nbgrader_types import CourseDirectory

if TYPE_CHECKING:
    from autograder.judge.process import Grader

if sys.platform != "win32":  # where nothing is graded
    import fcntl

VERDICTS = "verdicts"
MARK = "recorded"  # the file that notes which verdicts were recorded
SEED_BITS = 128

MARKUP = set('<>"&`#?%+\\*[]')  # the last three nbgrader would take for a pattern


def usable(name: str) -> bool:
    """Tell whether a folder's name may be a student's: formgrader puts it in pages and addresses.

    It does so as it is, and some names would be taken for markup or for the end of an address.
    """
    is_name = name not in (".", "..") and "/" not in name
    return is_name and name.isprintable() and not MARKUP & set(name)


_held: set[Path] = set()


@contextlib.contextmanager
def alone(root: str | Path) -> Iterator[None]:
    """Be the only grading of a course, and clear away what a killed one left half-written.

    The kernel ends the lock with the process that holds it, however that ends.
    """
    place = Path(root) / VERDICTS
    if sys.platform == "win32" or place in _held:
        yield
        return
    with _locked(place, fcntl.LOCK_EX):
        _held.add(place)
        try:
            for partial in place.rglob("*.partial"):
                partial.unlink()
            yield
        finally:
            _held.discard(place)


@contextlib.contextmanager
def together(root: str | Path) -> Iterator[None]:
    """Judge a part of a class beside those who judge the others, while nobody records."""
    if sys.platform == "win32":
        yield
        return
    with _locked(Path(root) / VERDICTS, fcntl.LOCK_SH):
        yield


@contextlib.contextmanager
def _locked(place: Path, kind: int) -> Iterator[None]:
    assert sys.platform != "win32"
    with _writable(place) as lock:
        try:
            fcntl.flock(lock, kind | fcntl.LOCK_NB)
        except OSError:
            print("Another grading of this course is running; waiting for it to finish.")
            fcntl.flock(lock, kind)
        yield


def _writable(place: Path) -> TextIO:
    try:
        place.mkdir(parents=True, exist_ok=True)
        return open(place / "lock", "w", encoding="utf-8")
    except OSError as error:
        raise SystemExit(
            f"{place} cannot be written ({error.strerror}), so nothing was graded; "
            "give yourself write permission in the course directory."
        ) from None


class Misplaced(NamedTuple):
    """What lies in the wrong place."""

    path: Path
    remedy: str  # what is wrong, and what to do: "is a file, not a folder; ..."


class Store:
    """The submissions and verdicts of one assignment.

    Parameters
    ----------
    coursedir : CourseDirectory
    assignment : str
    isolation : Isolation, optional
        Of this grading: verdicts of another isolation are out of date.
    """

    def __init__(
        self, coursedir: CourseDirectory, assignment: str, isolation: Isolation | None = None
    ) -> None:
        self.coursedir, self.assignment = coursedir, assignment
        self.isolation = isolation
        self.root = Path(coursedir.root)
        self.folder = self.root / VERDICTS / assignment
        self._notebooks: dict[tuple[Path, int], Notebooks] = {}
        self._given: dict[tuple[int, str], Given] = {}

    def sources(self) -> list[Path]:
        """Return the paths of the instructor's notebooks."""
        return self._sources

    @cached_property
    def _sources(self) -> list[Path]:
        place = self.coursedir.format_path(self.coursedir.source_directory, ".", self.assignment)
        return sorted(path.resolve() for path in (self.root / place).glob("*.ipynb"))

    def notebooks(self, source: Path) -> Notebooks:
        """Return one of them as it was released, and as students have it."""
        known = source, source.stat().st_mtime_ns
        if known not in self._notebooks:
            self._notebooks[known] = as_recorded(
                source, self.texts.get(source.stem, {}), self.coursedir.config, self.root
            )
        return self._notebooks[known]

    @cached_property
    def texts(self) -> dict[str, dict[str, str]]:
        """Return what the gradebook recorded of the release: texts by notebook and cell."""
        from . import book  # here: nbgrader takes a second, in which the judges start

        return book.recorded_texts(self.coursedir, self.assignment)

    def submission(self, student: str) -> Path:
        """Return the folder that a student handed in."""
        return self.root / self.coursedir.format_path(
            self.coursedir.submitted_directory, student, self.assignment
        )

    def students(self) -> list[str]:
        """Return who handed in something."""
        return [name for name in self._folders() if usable(name)]

    def unusable(self) -> list[str]:
        """Return the names of folders that cannot be a student's."""
        return [name for name in self._folders() if not usable(name)]

    def closed(self) -> list[str]:
        """Return the names of students' folders that must not be entered."""
        place = self.submission("*").parents[1]
        return sorted(
            path.name
            for path in place.glob("*")
            if path.is_dir() and not os.access(path, os.R_OK | os.X_OK)
        )

    def misplaced(self) -> list[Misplaced]:
        """Return what lies in the wrong place under `submitted/`.

        Names that begin with a dot are nobody's: file managers leave them everywhere.
        """
        place = self.submission("*").parents[1]
        return [found for entry in _entries(place) for found in self._misplaced_in(entry)]

    def _misplaced_in(self, entry: Path) -> list[Misplaced]:
        if not entry.is_dir():
            remedy = f"move it to {self.submission('STUDENT')}/ or away"
            return [Misplaced(entry, f"is {_what(entry)}, not a student's folder; {remedy}")]
        if not os.access(entry, os.R_OK | os.X_OK):
            return []  # see `closed`
        found = [(inner, self._remedy(inner)) for inner in _entries(entry)]
        return [Misplaced(inner, remedy) for inner, remedy in found if remedy]

    def _remedy(self, inner: Path) -> str:
        """Return what is wrong with an entry of a student's folder and what to do, or ""."""
        wanted = self.assignment
        if inner.name == wanted and not inner.is_dir():
            return (
                f"is {_what(inner)}, not a folder; put a folder of that name in its place, "
                "with the notebook in it"
            )
        if inner.suffix == ".ipynb":
            return (
                "is not in an assignment's folder; if it is of this assignment, "
                f"move it to {inner.with_name(wanted)}/"
            )
        if inner.name.casefold() == wanted.casefold() and inner.name != wanted:
            return f"is not named {wanted}; rename it"
        return ""

    def _folders(self) -> list[str]:
        places = self.submission("*")
        return sorted(
            path.parent.name
            for path in self.root.glob(str(places.relative_to(self.root)))
            if path.is_dir()
        )

    @cached_property
    def limits(self) -> Limits:
        """Return the limits on a submission; see `Limits.of_course`."""
        return Limits.of_course(self.root, self.assignment)

    @cached_property
    def seed(self) -> int:
        """Return the secret that the hidden cases follow from; the first grading draws it.

        It is kept, so that equal answers are judged on the same numbers, and again on the same.
        """
        path = self.folder / "seed.json"
        if not path.exists():
            self._draw(path)
        with contextlib.suppress(OSError, ValueError, TypeError, KeyError):
            seed = json.loads(path.read_text(encoding="utf-8"))["seed"]
            if type(seed) is int and seed >= 0:  # True is an int too
                return seed
        raise SystemExit(
            f"{path} is invalid, so nothing was graded: it must hold the "
            'seed of the hidden cases, as {"seed": 123}. Restore your last backup of it, '
            "or remove it: the next grading draws a new one and judges everybody again."
        )

    def _draw(self, path: Path) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        partial = path.with_suffix(f".{secrets.token_hex(8)}.partial")
        try:
            partial.write_text(json.dumps({"seed": secrets.randbits(SEED_BITS)}), encoding="utf-8")
            with contextlib.suppress(FileExistsError):
                os.link(partial, path)  # the first one decides
        finally:
            partial.unlink(missing_ok=True)

    def path(self, student: str, source: str | Path) -> Path:
        """Return where the verdict on one notebook of a submission lies."""
        return self.folder / student / f"{Path(source).stem}.json"

    def key(self, student: str, source: Path, mode: str) -> str:
        """Return the key that a verdict must have to be right now; `mode` is of its isolation."""
        request = self.request(student, source)
        known = id(request.notebooks), mode  # they are kept, so that this is no other's number
        if known not in self._given:
            self._given[known] = Given(request, mode)
        return key(request, mode, self._given[known])

    def request(self, student: str, source: Path) -> Request:
        """Return what is asked of a judge about one notebook of a submission."""
        folder = self.submission(student).resolve()
        notebooks = self.notebooks(source)
        return Request(folder, source, notebooks, self.assignment, self.seed, self.limits)

    def verdict(self, student: str, source: Path) -> Verdict | None:
        """Return the verdict on a notebook if there is one that is still right, or None."""
        if self.isolation is None:
            raise ValueError("a verdict depends on the isolation, and none was given")
        known = Verdict.load(self.path(student, source))
        if known is None:
            return None
        wanted = self.key(student, source, self.isolation.mode_of(known.isolation))
        return known if known.key == wanted else None

    def judged(self, student: str, source: Path, judge: Grader) -> Verdict:
        """Return the verdict on a notebook; have it judged if there is none."""
        verdict = self.verdict(student, source)
        if verdict is None:
            verdict = judge.grade(self.request(student, source))
            verdict.save(self.path(student, source))
        return verdict

    def recorded(self, student: str, time: str) -> dict[str, Verdict] | None:
        """Return the verdicts that were recorded, if all of them are still right.

        Whether the gradebook still holds them is another question; see `record.agrees`.

        Parameters
        ----------
        student : str
        time : str
            Of handing in, as it is now.

        Returns
        -------
        dict of Verdict, or None
            By notebook.
        """
        try:
            mark = self._mark(student).read_text(encoding="utf-8")
        except (OSError, ValueError):
            return None
        known = {source.stem: self.verdict(student, source) for source in self.sources()}
        verdicts = {name: verdict for name, verdict in known.items() if verdict}
        is_right = len(verdicts) == len(known) and mark == _marked(verdicts.values(), time)
        return verdicts if is_right else None

    def note_recorded(self, student: str, verdicts: Iterable[Verdict], time: str) -> None:
        """Note that a student's verdicts were recorded to the end."""
        mark = self._mark(student)
        mark.parent.mkdir(parents=True, exist_ok=True)
        mark.write_text(_marked(verdicts, time), encoding="utf-8")

    def note_begun(self, student: str) -> None:
        """Note that a student's verdicts are about to be recorded."""
        self._mark(student).unlink(missing_ok=True)

    def _mark(self, student: str) -> Path:
        return self.folder / student / MARK


def _marked(verdicts: Iterable[Verdict], time: str) -> str:
    return "\n".join([*(each.key for each in verdicts), time])


def _entries(folder: Path) -> list[Path]:
    with contextlib.suppress(OSError):
        return sorted(path for path in folder.iterdir() if not path.name.startswith("."))
    return []


def _what(path: Path) -> str:
    return "a file" if path.exists() else "a link that leads nowhere"
