"""A hub for the courses of a department; docs/hub.md says how it is set up.

What stands in capitals is yours to change.
"""

import os
from pathlib import Path

HUB = Path(__file__).resolve().parent  # with the proxy and the students' settings
ENVIRONMENT = "/opt/course/env"  # the one Python of hub, students and graders
EXCHANGE = "/srv/nbgrader/exchange"
# Without a certificate the hub answers on this machine alone, to a web server that speaks HTTPS.
ADDRESS = "http://127.0.0.1:8000"  # or "https://:443", with the two files of a certificate
CERTIFICATE = ""
KEY = ""
STUDENTS = "students"  # the group of the system whose members may log in
# The account of each course, whose home is the course directory, and the instructors who use it.
COURSES = {
    "nn": ["ada"],
}

c = get_config()  # noqa: F821  JupyterHub provides it


def students_settings(spawner):
    """Return where Jupyter looks first: a course's server has formgrader, a student's has not."""
    return "" if spawner.user.name in COURSES else f"{HUB}/students"


c.JupyterHub.bind_url = ADDRESS
c.JupyterHub.ssl_cert, c.JupyterHub.ssl_key = CERTIFICATE, KEY
c.ConfigurableHTTPProxy.command = [f"{HUB}/node_modules/.bin/configurable-http-proxy"]

# Accounts and passwords are those of the system, and each server runs as its user. A course has no
# password: nobody logs in as one.
c.JupyterHub.authenticator_class = "pam"
c.LocalAuthenticator.allowed_groups = {STUDENTS}
c.Authenticator.allowed_users = {name for names in COURSES.values() for name in names} | {*COURSES}

c.Spawner.cmd = [f"{ENVIRONMENT}/bin/jupyterhub-singleuser"]
c.Spawner.default_url = "/lab"  # "/tree" for Notebook 7
c.Spawner.poll_interval = 5  # seconds until a server that has ended may be started again
c.Spawner.environment = {
    "PATH": f"{ENVIRONMENT}/bin:{os.environ['PATH']}",
    "NBGRADER_EXCHANGE": EXCHANGE,
    "JUPYTER_CONFIG_PATH": students_settings,
}

# Instructors start and open the server of their course, /user/nn, with their own passwords.
c.JupyterHub.load_roles = [
    {
        "name": f"instructors-of-{course}",
        "users": names,
        "scopes": [f"servers!user={course}", f"access:servers!user={course}"],
    }
    for course, names in COURSES.items()
]
