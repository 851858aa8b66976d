"""nbgrader's settings for students; the hub's configuration has Jupyter look here."""

import os

c = get_config()  # noqa: F821  nbgrader provides it

c.Exchange.root = os.environ["NBGRADER_EXCHANGE"]
c.Exchange.path_includes_course = True  # two courses may each have an assignment `ps1`
