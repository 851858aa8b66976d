"""nbgrader's settings for this course. The folder of this file is the course directory.

Your own settings belong in `instructor_config.py` beside it, which git does not track: then
`git pull` never meets an edit of yours here. docs/instructors.md has an example.
"""

import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
if HERE not in sys.path:
    sys.path.insert(0, HERE)

try:
    from autograder.gradebook import guard

    guard.hold()  # from here on an error stops nbgrader, which otherwise goes on without the judge
except Exception as error:
    raise SystemExit(
        f"Nothing was done. The course's grader could not be loaded ({error!r}): "
        "`python3 course.py build` installs what is missing."
    ) from error

from autograder.gradebook.install import install, propose  # noqa: E402  held by now

c = get_config()  # noqa: F821  nbgrader provides it

propose(c, HERE, course_id="initialization")
load_subconfig("instructor_config.py", path=HERE)  # noqa: F821  likewise; it need not be there
install(c, HERE)  # last: without it nothing is graded
