"""Every limit on a submission, in one place. `docs/security.md` gives the reasons.

An instructor changes them in `limits.json`, see `Limits.of_course`. Limits that protect the judge
itself are fixed, at the top of the module that enforces them: the size and depth
of a message in `checks/wire.py`, of an answer in `connection.py`, of a file in `reading.py`, the
reference's own time and memory in `oracle.py`, the judge's in `process.py` and `serve.py`.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

MB = 2**20
FILE = "limits.json"  # in the course directory
# Far above what any exercise needs, and still numbers that the kernel takes; by the name's end.
LARGEST = {"seconds": 86_400, "bytes": 2**40, "": 100_000}


@dataclass(frozen=True)
class Limits:
    """What a submission may use.

    Seconds of a cell, an exercise or a submission are those in which the processor worked for the
    student's code: neither a busy machine nor the judge's own work is charged to it.

    Attributes
    ----------
    cell_seconds : float
        Of one cell.
    exercise_seconds : float
        Of all the calls of one exercise.
    follow_through_seconds : float
        The same for a follow-through, in which the judge answers for wrong functions: sending
        and reading thousands of questions takes time too.
    submission_seconds : float
        Of a submission, its new starts after crashes included.
    wall_factor : float
        How many times longer each of them may take on the wall: against code that sleeps.
    cpu_seconds : int
        CPU time of one process.
    memory_bytes : int
        Address space beyond what the worker had when the student's code began.
    threads : int
        Of the worker's user; processes are refused altogether.
    open_files : int
    file_bytes : int
        Size of one file.
    scratch_bytes : int
        Size of the scratch folder, all files together.
    scratch_files : int
    output_bytes : int
        Text and pictures kept of one cell.
    output_items : int
        Outputs kept of one cell.
    submission_output_bytes : int
        Text and pictures kept of all cells together.
    starts : int
        Processes that a submission may use up by crashing.
    notebook_bytes : int
        Size of the notebook file.
    """

    cell_seconds: float = 20.0
    exercise_seconds: float = 20.0
    follow_through_seconds: float = 60.0
    submission_seconds: float = 240.0
    wall_factor: float = 5.0
    cpu_seconds: int = 120
    memory_bytes: int = 1024 * MB
    threads: int = 64
    open_files: int = 64
    file_bytes: int = 16 * MB
    scratch_bytes: int = 32 * MB
    scratch_files: int = 2000
    output_bytes: int = 200_000
    output_items: int = 40
    submission_output_bytes: int = 4_000_000
    starts: int = 40
    notebook_bytes: int = 160 * MB

    @classmethod
    def of_course(cls, root: str | Path, assignment: str) -> "Limits":
        """Return the limits of an assignment: those above, changed by the course's own.

        An instructor writes them into `limits.json` in the course directory, for every
        assignment or for one, by the names above::

            {"cell_seconds": 10, "homework": {"cell_seconds": 60}}

        Submissions that were graded with other limits are graded again.

        Raises
        ------
        SystemExit
            If the file holds anything else.
        """
        path = Path(root) / FILE
        if not path.exists():
            return cls()
        try:
            changes = json.loads(path.read_text(encoding="utf-8"))
            cls._check_names(changes, path.parent / "source")
            chosen = {name: value for name, value in changes.items() if name in cls().as_dict()}
            made = cls(**{**chosen, **changes.get(assignment, {})})
            made.check()
        except (OSError, ValueError, TypeError, AttributeError) as error:
            raise SystemExit(
                f"{path} is invalid: {error}. The names of the limits "
                f"are {', '.join(cls().as_dict())}."
            ) from None
        return made

    @classmethod
    def _check_names(cls, changes: Any, source: Path) -> None:
        if not isinstance(changes, dict):
            raise ValueError(
                'it must hold names and numbers in braces, such as {"cell_seconds": 10}'
            )
        for name, value in changes.items():
            if name in cls().as_dict():
                continue
            # A folder without sources has nothing that a name could be compared with.
            if not isinstance(value, dict) or source.is_dir() and not (source / name).is_dir():
                raise ValueError(
                    f"{name!r} is neither a limit nor an assignment with limits of "
                    "its own in braces"
                )
            for inner in value:
                if inner not in cls().as_dict():
                    raise ValueError(f"{inner!r}, for {name}, is not a limit")

    def check(self) -> None:
        """Raise ValueError if a limit is not a positive number that a machine can keep to."""
        for name, value in self.as_dict().items():
            if isinstance(value, bool) or not isinstance(value, (int, float)) or not value > 0:
                raise ValueError(f"{name} is {value!r}, not a positive number")
            if isinstance(getattr(type(self), name), int) and not isinstance(value, int):
                raise ValueError(f"{name} is {value!r}, not a whole number")
            most = next(largest for end, largest in LARGEST.items() if name.endswith(end))
            if value > most:
                raise ValueError(f"{name} is larger than {most:,}")

    def as_dict(self) -> dict[str, Any]:
        """Return the limits as plain data."""
        return {**vars(self)}
