"""Course directories beside the repository, for the demo, the tests and the measurements."""

from pathlib import Path

from course import ROOT

# The configuration of a course directory beside the repository: the repository's, without an
# instructor's own settings, which may name the gradebook of the real course.
CONFIG = """\
import sys
sys.path.insert(0, {root!r})
from autograder.gradebook import guard
guard.hold()
from autograder.gradebook.install import install, propose
from autograder.registry import register
register("course")
c = get_config()
propose(c, {course!r}, course_id="initialization")
c.Exchange.root = {course!r} + "/exchange"
install(c, {course!r})
"""


def course_directory(folder):
    """Make a folder a course directory with this repository's configuration."""
    folder = Path(folder).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    text = CONFIG.format(root=str(ROOT), course=str(folder))
    (folder / "nbgrader_config.py").write_text(text, encoding="utf-8")
    (folder / "exchange").mkdir(exist_ok=True)  # nbgrader wants it there, and does not make it
