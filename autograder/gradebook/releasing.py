"""What `nbgrader generate_assignment` does for this course besides its own work."""

from pathlib import Path
from typing import Any

from nbformat import NotebookNode
from nbgrader.preprocessors import NbGraderPreprocessor

from autograder import registry
from autograder.authoring import review
from autograder.authoring.build import place_checks


def before(assignment: str, **_: Any) -> None:
    """Put checks, public cases and data into the source folder; nbgrader copies them.

    nbgrader stands in the course directory when it calls this.
    """
    if assignment in registry.assignments():
        place_checks(assignment, Path.cwd())


class AuthorsCheck(NbGraderPreprocessor):
    """Stops a release whose own solution fails, or whose empty notebook gets points.

    `c.AuthorsCheck.enabled = False` releases it anyway.
    """

    def preprocess(
        self, nb: NotebookNode, resources: dict[str, Any]
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Grade the notebook as it will be released; an error ends the release."""
        about = resources["metadata"]
        if review.can_check():
            source = Path(about["path"]) / f"{about['name']}.ipynb"
            assignment = resources["nbgrader"]["assignment"]
            review.refuse(source.resolve(), assignment, nb, self.config)
        return nb, resources


class ChecksInPlace(NbGraderPreprocessor):
    """Stops a release without its checks: nbgrader only logs a hook that failed."""

    def preprocess(
        self, nb: NotebookNode, resources: dict[str, Any]
    ) -> tuple[NotebookNode, dict[str, Any]]:
        assignment = resources["nbgrader"]["assignment"]
        cases = Path("source") / assignment / "checks" / "cases.json"
        if assignment in registry.assignments() and not cases.exists():
            raise FileNotFoundError(f"{cases} was not made; `python3 course.py build` says why")
        return nb, resources
