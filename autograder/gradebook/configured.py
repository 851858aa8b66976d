"""nbgrader's application with the configuration of a course directory, from wherever."""

from contextlib import chdir
from pathlib import Path

from nbgrader.apps.autogradeapp import AutogradeApp

from . import guard


def configured(course: Path | str = ".") -> AutogradeApp:
    """Return the application that grades, configured; the configuration registers its course.

    Raises
    ------
    SystemExit
        If the directory has no configuration, or that cannot be loaded.
    """
    app = AutogradeApp()  # reads nbgrader_config.py, as the stock command does
    with chdir(course):
        app.initialize(["--log-level=WARN"])
        if why := guard.refusal(app):
            raise SystemExit(f"{guard.NOTHING} {why}")
    return app
