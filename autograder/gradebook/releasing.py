"""What `nbgrader generate_assignment` does for this course besides its own work."""

from pathlib import Path
from typing import Any

from nbformat import NotebookNode
from nbgrader.preprocessors import NbGraderPreprocessor

from autograder import registry

# What makes a release is imported when one is made: jupytext and the like take half a second, and
# the configuration names this module for every command.


def before(assignment: str, **_: Any) -> None:
    """Put checks, public cases and data into the source folder; nbgrader copies them.

    nbgrader stands in the course directory when it calls this.
    """
    from autograder.authoring.build import place_checks

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
        from autograder.authoring import review

        about = resources["metadata"]
        if review.can_check():
            source = Path(about["path"]) / f"{about['name']}.ipynb"
            assignment = resources["nbgrader"]["assignment"]
            review.refuse(source.resolve(), assignment, nb, self.config)
        return nb, resources


class ChecksInPlace(NbGraderPreprocessor):
    """Puts the checks into the notebook, and stops a release without them.

    nbgrader only logs a hook that failed.
    """

    def preprocess(
        self, nb: NotebookNode, resources: dict[str, Any]
    ) -> tuple[NotebookNode, dict[str, Any]]:
        from autograder.authoring.carrying import MAX_CARRIED, carry

        assignment = resources["nbgrader"]["assignment"]
        if assignment in registry.assignments():
            folder = Path("source") / assignment
            cases = folder / "checks" / "cases.json"
            if not cases.exists():
                raise FileNotFoundError(f"{cases} was not made; `python3 course.py build` says why")
            size = carry(nb, folder, registry.load(assignment).data)
            if size > MAX_CARRIED:
                self.log.warning(
                    f"The checks and data of {assignment} are too large for its notebook "
                    f"({size // 1000} kB): it works only with the folder `checks` beside it."
                )
        return nb, resources
