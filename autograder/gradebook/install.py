"""Putting the course's settings and classes where nbgrader's commands and formgrader look.

Settings come first. What nbgrader has no setting for is replaced by name in `replace_classes`,
once, when the configuration is read.
"""

import contextlib
import os
import sys
from functools import cache, partial
from typing import Any

import nbgrader.apps.api
import nbgrader.apps.autogradeapp
from jinja2 import Environment
from nbgrader.apps.baseapp import NbGrader
from nbgrader.converters import BaseConverter, GenerateAssignment, GenerateFeedback
from nbgrader.preprocessors import SaveCells
from traitlets.config.loader import LazyConfigValue
from traitlets.log import get_logger

from autograder.platforms import cannot_grade

from . import guard
from .autograde import CourseAutograde
from .database import told
from .feedback import FinalStates
from .listing import replace_lists
from .pages import template_folders
from .releasing import AuthorsCheck, ChecksInPlace, before


def propose(c: Any, root: str, course_id: str) -> None:
    """Set what an instructor may change."""
    if os.environ.get("NO_COLOR"):  # nbgrader and Jupyter ask the terminal alone
        c.NbGrader.log_format = "[%(name)s | %(levelname)s] %(message)s"
    c.CourseDirectory.course_id = course_id
    c.CourseDirectory.ignore = [".ipynb_checkpoints", "*.pyc", "__pycache__", ".pytest_cache"]
    # Where released assignments and submissions change hands; a shared folder on a real server.
    exchange = os.environ.get("NBGRADER_EXCHANGE")
    c.Exchange.root = exchange or os.path.join(root, "exchange")
    if not exchange:  # nbgrader wants it there, does not make it, and says so where it is needed
        with contextlib.suppress(OSError):
            os.makedirs(c.Exchange.root, exist_ok=True)
    c.ExportApp.plugin_class = "autograder.gradebook.export.CourseExport"
    c.ExchangeFactory.collect = "autograder.gradebook.collecting.CourseCollect"
    c.ExchangeFactory.release_feedback = "autograder.gradebook.feedback.CourseReleaseFeedback"
    c.ZipCollectApp.extractor_plugin = "autograder.gradebook.archives.SafeExtractor"
    c.ZipCollectApp.collector_plugin = "autograder.gradebook.pattern.Pattern"


def install(c: Any, root: str) -> None:
    """Set what must not be changed; a configuration calls this last."""
    c.CourseDirectory.root = root
    c.GenerateAssignment.pre_convert_hook = before
    # As whole lists: nbgrader reads a configuration twice, and what is appended is there twice.
    release = [*preprocessors(c, GenerateAssignment), ChecksInPlace]
    # What is refused is not in the gradebook.
    place = release.index(SaveCells) if SaveCells in release else len(release)
    release.insert(place, AuthorsCheck)
    c.GenerateAssignment.preprocessors = release
    c.GenerateFeedback.preprocessors = [*preprocessors(c, GenerateFeedback), FinalStates]
    # The feedback page and formgrader's show what students wrote: nothing of it may run there,
    # and no other host is asked for anything. nbgrader's templates do not heed sanitize_html for
    # Markdown, so they are given other filters (a setting of nbconvert's); the course's templates
    # leave MathJax out.
    c.HTMLExporter.sanitize_html = True
    c.HTMLExporter.filters = {
        "markdown2html": "autograder.gradebook.pages.markdown",
        "highlight_code": "autograder.gradebook.pages.code",
    }
    c.HTMLExporter.extra_template_basedirs = template_folders()
    replace_classes()
    NbGrader.course_words = staticmethod(told)  # see `guard`
    guard.put_in_place()
    guard.mark_loaded(c)


def preprocessors(c: Any, converter: type[BaseConverter]) -> list[Any]:
    """Return the steps of one of nbgrader's converters, with an instructor's changes of them."""
    usual: list[Any] = converter.class_traits()["preprocessors"].default()
    changed = c[converter.__name__].preprocessors
    return [*(changed.get_value(usual) if isinstance(changed, LazyConfigValue) else changed)]


def replace_classes() -> None:
    """Have every way to start the autograder start the course's, and formgrader's pages be safe."""
    # The command and formgrader's button make an `Autograde`, by the name in their own modules;
    # no setting chooses its class. Its hook before a conversion and its preprocessors come too
    # late: by then the submission has been read.
    nbgrader.apps.autogradeapp.Autograde = CourseAutograde
    nbgrader.apps.api.Autograde = CourseAutograde
    replace_lists()
    formgrader: Any = sys.modules.get("nbgrader.server_extensions.formgrader.formgrader")
    if formgrader:  # only in a server, where it has been imported by now
        # It makes the environment of its pages from Jinja's class, with no setting for its options.
        formgrader.Environment = partial(Environment, finalize=quoted)
        _warn()


@cache
def _warn() -> None:
    """Say in a server's log, once, what its button will say."""
    if why := cannot_grade():
        get_logger().error("Grading is off. %s", why)


# The signs by which a text ends the string or the place in which it stands. Others stay: names
# with an apostrophe are put into addresses too.
QUOTED = str.maketrans({"<": "&lt;", ">": "&gt;", '"': "&#34;"})


def quoted(value: object) -> object:
    """Return what formgrader's templates put in a page: they take it as it is, from addresses too.

    An address with a script in it, clicked by an instructor, would run it.
    """
    return value.translate(QUOTED) if isinstance(value, str) else value
