"""The verdict on a submission: plain data, a function of answers, exercises, secret, versions."""

from __future__ import annotations

import hashlib
import json
import os
import platform
from dataclasses import asdict, dataclass, field
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from autograder import registry
from autograder.checks.judging import Finding
from autograder.checks.states import State
from autograder.sandbox.limits import Limits
from autograder.submission.reading import candidates, listing

AUTOGRADER = Path(__file__).parents[1]
JUDGING = (
    "checks",
    "judge",
    "sandbox",
    "submission",
    "worker",
)  # the packages that a verdict depends on


@dataclass
class Result:
    """What came of one exercise."""

    state: State
    points: float
    max_points: float
    message: str = ""
    mistake: str = ""

    @classmethod
    def of(cls, finding: Finding, points: float) -> Result:
        """Return the Result of an exercise that was judged."""
        gained = finding.points(points)
        return cls(finding.state, gained, points, finding.message, finding.mistake)


@dataclass
class Verdict:
    """What came of one submission.

    `exercises` maps a test cell's grade_id to its Result; `written` an answer's grade_id to
    "not attempted" or "to be graded by hand"; `notebook` is the rebuilt notebook with the
    outputs that the student's cells had in the worker; `isolation` says in which isolation.
    `case_set` is the number of the hidden cases that the answers chose, and `seed` what they were
    made from.
    """

    key: str
    assignment: str
    case_set: int = 0
    seed: int = 0
    exercises: dict[str, Result] = field(default_factory=dict)
    written: dict[str, str] = field(default_factory=dict)
    repairs: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)  # for the instructor: what was attempted
    not_gradable: str = ""
    notebook: dict[str, Any] = field(default_factory=dict)
    isolation: str = ""

    @property
    def points(self) -> float:
        """Return the points reached by code."""
        return sum(result.points for result in self.exercises.values())

    def lines(self) -> list[str]:
        """Return what an instructor should know of the submission, in short."""
        if self.not_gradable:
            return [f"not gradable: {self.not_gradable}"]
        states = {name.removeprefix("test_"): result for name, result in self.exercises.items()}
        missing = [name for name, result in states.items() if result.state == State.NOT_ATTEMPTED]
        wrong = [
            f"{name}: {result.mistake or result.state}"
            for name, result in states.items()
            if result.state not in (State.PASSED, State.NOT_ATTEMPTED)
        ]
        return [
            *self.remarks,
            *self.repairs,
            *wrong,
            *([f"{len(missing)} not attempted"] if missing else []),
        ]

    def save(self, path: str | Path) -> None:
        """Write the verdict so that the file is whole or not there at all."""
        path = Path(path)
        path.parent.mkdir(parents=True, exist_ok=True)
        partial = path.with_suffix(f".{os.getpid()}.partial")
        partial.write_text(json.dumps(asdict(self)), encoding="utf-8")
        os.replace(partial, path)

    @classmethod
    def load(cls, path: str | Path) -> Verdict | None:
        """Return the verdict in a file, or None if there is none that can be read."""
        try:
            return cls.from_data(json.loads(Path(path).read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError, KeyError, AttributeError):
            return None

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> Verdict:
        """Return the verdict that `asdict` made the data from."""
        exercises = {
            name: Result(**{**result, "state": State(result["state"])})
            for name, result in data["exercises"].items()
        }
        return cls(**{**data, "exercises": exercises})


def key(
    folder: str | Path,
    name: str,
    master: dict[str, Any],
    assignment: str,
    secret: int,
    limits: Limits,
    mode: str,
) -> str:
    """Return the key of a verdict: equal keys, equal verdicts.

    Parameters
    ----------
    folder : path
        Of the submission; every file that a verdict looks at counts.
    name : str
        Of the notebook that was asked for.
    master : NotebookNode
        The instructor's notebook.
    assignment : str
    secret : int
        With the answers, it decides on the case set.
    limits : Limits
    mode : str
        Of the isolation.
    """
    digest = hashlib.sha256(
        f"{secret} {limits.as_dict()} {mode} {_versions()} {_declared(assignment)}".encode()
    )
    digest.update(json.dumps(master, sort_keys=True).encode())
    files, remarks = listing(folder, name)
    digest.update(repr(remarks).encode("utf-8", "replace"))
    for path in files:
        digest.update(os.path.relpath(path, folder).encode("utf-8", "replace"))
    for path in candidates(files, limits.notebook_bytes):
        digest.update(_content(path, limits.notebook_bytes))
    return digest.hexdigest()


def _content(path: Path, most: int) -> bytes:
    """Return the hash of a file, or the error that keeps it from being read."""
    try:
        size = path.lstat().st_size
        if size > most:
            return f"{size} bytes".encode()
        with open(path, "rb") as file:
            return hashlib.file_digest(file, "sha256").digest()
    except OSError as error:
        return str(error.errno).encode()


@cache
def _declared(assignment: str) -> str:
    """Return the hash of what the course declares of an assignment, and of its data."""
    course, digest = registry.folder(), hashlib.sha256()
    if course and assignment in registry.assignments():
        for path in sorted((course / assignment).rglob("*.py")):
            digest.update(path.read_bytes())
        for name in registry.load(assignment).data:
            digest.update((registry.root() / "data" / name).read_bytes())
    return digest.hexdigest()


@cache
def _versions() -> str:
    """Name everything else that a verdict depends on."""
    code = hashlib.sha256()
    for path in sorted(AUTOGRADER.rglob("*.py")):
        if path.parts[-2] in JUDGING or path.name in ("cases.py", "model.py"):
            code.update(path.read_bytes())
    packages = " ".join(f"{name} {version(name)}" for name in ("numpy", "matplotlib", "ipython"))
    return f"{platform.python_version()} {packages} {code.hexdigest()}"
