"""What the judge is asked for: a notebook of a submission, and all that its verdict depends on."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from autograder.sandbox.limits import Limits
from autograder.submission.master import Notebooks


@dataclass(frozen=True)
class Request:
    """What the judge is asked for.

    Attributes
    ----------
    folder : Path
        Of the submission; hostile.
    source : Path
        The instructor's notebook. The files beside it are given to students' code.
    notebooks : Notebooks
        What it held when it was released, and what students were given.
    assignment : str
    seed : int
        The secret that the hidden cases follow from; to have a verdict explained, that of the
        verdict.
    limits : Limits
    """

    folder: Path
    source: Path
    notebooks: Notebooks
    assignment: str
    seed: int
    limits: Limits = field(default_factory=Limits)

    def as_data(self) -> dict[str, Any]:
        """Return the request as dicts, lists and texts."""
        return {
            "folder": str(self.folder),
            "source": str(self.source),
            "notebooks": self.notebooks.text.decode(),
            "assignment": self.assignment,
            "seed": self.seed,
            "limits": self.limits.as_dict(),
        }

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> Request:
        """Return the request of which these are the data."""
        return cls(
            Path(data["folder"]),
            Path(data["source"]),
            Notebooks.of(data["notebooks"]),
            data["assignment"],
            data["seed"],
            Limits(**data["limits"]),
        )
