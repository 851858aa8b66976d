"""nbgrader's settings for this course. The folder of this file is the course directory."""

import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
if HERE not in sys.path:
    sys.path.insert(0, HERE)

try:
    from autograder.gradebook.export import CourseExport
    from autograder.gradebook.install import install
    from autograder.gradebook.pages import template_folders
    from autograder.gradebook.releasing import ChecksInPlace, before

    install()
except Exception as error:
    # nbgrader would log the error and go on without the judge, with your own rights.
    raise SystemExit(
        f"The course's grader could not be loaded, so nothing was done: {error!r}. "
        "`python3 course.py build` installs what is missing."
    ) from error

c = get_config()  # noqa: F821  nbgrader provides it

c.CourseDirectory.course_id = "initialization"
c.CourseDirectory.root = HERE
c.CourseDirectory.ignore = [".ipynb_checkpoints", "*.pyc", "__pycache__", ".pytest_cache"]
# Where released assignments and submissions change hands; a shared folder on a real server.
c.Exchange.root = os.environ.get("NBGRADER_EXCHANGE", os.path.join(HERE, "exchange"))
if "NBGRADER_EXCHANGE" not in os.environ:
    os.makedirs(c.Exchange.root, exist_ok=True)  # nbgrader wants it there, and does not make it

c.GenerateAssignment.pre_convert_hook = before
c.GenerateAssignment.preprocessors.append(ChecksInPlace)

c.ExportApp.plugin_class = CourseExport

# The feedback page and formgrader's show what students wrote: nothing of it may run there, and no
# other host is asked for anything. nbgrader's templates do not heed sanitize_html for Markdown, so
# the filters that they call are replaced; the templates of the course leave MathJax out.
c.HTMLExporter.sanitize_html = True
c.HTMLExporter.filters = {
    "markdown2html": "autograder.gradebook.pages.markdown",
    "highlight_code": "autograder.gradebook.pages.code",
}
c.HTMLExporter.extra_template_basedirs = template_folders()
