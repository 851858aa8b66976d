"""nbgrader's settings for this course. The folder of this file is the course directory."""

import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
if HERE not in sys.path:
    sys.path.insert(0, HERE)

from autograder.gradebook.export import CourseExport  # noqa: E402
from autograder.gradebook.install import install  # noqa: E402
from autograder.gradebook.pages import template_folders  # noqa: E402
from autograder.gradebook.releasing import ChecksInPlace, before  # noqa: E402

install()

c = get_config()  # noqa: F821  nbgrader provides it

c.CourseDirectory.course_id = "initialization"
c.CourseDirectory.root = HERE
c.CourseDirectory.ignore = [".ipynb_checkpoints", "*.pyc", "__pycache__", ".pytest_cache"]
# Where released assignments and submissions change hands; a shared folder on a real server.
c.Exchange.root = os.environ.get("NBGRADER_EXCHANGE", os.path.join(HERE, "exchange"))
if "NBGRADER_EXCHANGE" not in os.environ:
    os.makedirs(c.Exchange.root, exist_ok=True)   # nbgrader wants it there, and does not make it

c.GenerateAssignment.pre_convert_hook = before
c.GenerateAssignment.preprocessors.append(ChecksInPlace)

c.ExportApp.plugin_class = CourseExport

# The feedback page and formgrader's show what students wrote: nothing of it may run there, and no
# other host is asked for anything. nbgrader's templates do not heed sanitize_html for Markdown, so
# the filters that they call are replaced; the templates of the course leave MathJax out.
c.HTMLExporter.sanitize_html = True
c.HTMLExporter.filters = {"markdown2html": "autograder.gradebook.pages.markdown",
                          "highlight_code": "autograder.gradebook.pages.code"}
c.HTMLExporter.extra_template_basedirs = template_folders()
