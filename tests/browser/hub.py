"""A department's hub on this machine for a test, set up by the commands of docs/hub.md."""

import contextlib
import os
import pwd
import re
import secrets
import shutil
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

from course import ROOT
from tests import student_env
from tests.browser.server import end, free_port, wait_for

PAGE, EXAMPLE = ROOT / "docs" / "hub.md", ROOT / "examples" / "hub"
# What of the page is not done here: the clone, packages of the system, what is typed, a service.
ELSEWHERE = ("python3 course.py", "apt-get", "git clone", "passwd", "cp examples", "systemctl")
# To compile all takes half a minute; what is used is compiled once, as students' servers cannot.
USED = (
    "jupyterhub.singleuser.app, jupyterlab.labapp, notebook.app, ipykernel.kernelapp, "
    "matplotlib.pyplot, nbgrader.apps, nbgrader.server_extensions.formgrader.handlers"
)
PASSWORD = secrets.token_hex(8)


def python_of_all():
    """Return a Python that every user of this machine may run, or None."""
    recent = "import sys; sys.exit(sys.version_info < (3, 11, 2))"
    for python in (os.path.realpath(sys.executable), "/usr/bin/python3"):
        with contextlib.suppress(OSError, LookupError):
            if not subprocess.call([python, "-c", recent], user="nobody", group="nogroup", cwd="/"):
                return python
    return None


class Hub:
    """The folders, accounts and address of a hub."""

    def __init__(self, folder):
        self.folder, self.log, mark = folder, folder / "hub.log", secrets.token_hex(4)
        self.nn, self.ada, self.bob, self.cy, self.students = (
            f"{name}-{mark}" for name in ("nn", "ada", "bob", "cy", "students")
        )
        self.environment, self.exchange = folder / "env", folder / "exchange"
        self.course, self.address = folder / "courses" / self.nn, ""
        # What stands in the page and in the example, and what it is here.
        self.names = {
            "/opt/course/env": self.environment,
            "/opt/course/hub": folder / "hub",
            "/srv/nbgrader/exchange": self.exchange,
            "/srv/courses/nn": self.course,
            ".venv/bin/uv": f"{sys.executable} -m uv",
            "/usr/bin/python3": python_of_all(),
            "--compile-bytecode": "",
            **{name: getattr(self, name) for name in ("nn", "ada", "bob", "students")},
        }

    def here(self, text):
        """Return a text of the page or the example with the names and folders of this hub."""
        known = "|".join(rf"(?<![\w/-]){re.escape(name)}\b" for name in self.names)
        home = r"(?<=/home/)(?:bob|ada)\b"
        return re.sub(f"{known}|{home}", lambda found: str(self.names[found[0]]), text)

    def set_up(self, release):
        """Type the page's commands; the course's folder gets a release in place of a clone."""
        text = PAGE.read_text(encoding="utf-8").partition("## Set up")[2].partition("\n## ")[0]
        blocks = re.findall(r"^```(\w*)\n(.*?)^```", text, re.M | re.S)
        typed = "".join(block for language, block in blocks if not language)
        for command in typed.splitlines():
            if command.startswith("git clone"):
                self._fill(release)
            if not command.startswith(ELSEWHERE):
                self.type(self.here(command))
        self.type(f"useradd --create-home --shell /bin/bash --groups {self.students} {self.cy}")
        passwords = "".join(f"{name}:{PASSWORD}\n" for name in (self.ada, self.bob, self.cy))
        subprocess.run(["chpasswd"], input=passwords, text=True, check=True)
        student_env.run(self.environment / "bin" / "python", "-c", f"import {USED}")

    def type(self, command):
        """Run a command of root's in the repository."""
        done = subprocess.run(
            command, shell=True, cwd=ROOT, text=True, capture_output=True,
            env=student_env.clean_environment(),
        )  # fmt: skip
        assert done.returncode == 0, f"{command}:\n{(done.stdout + done.stderr)[-3000:]}"

    def _fill(self, release):
        """Copy what a clone holds of one assignment, and what was made of it."""
        for name in ("autograder", "course", "data"):
            leave = shutil.ignore_patterns("__pycache__")
            shutil.copytree(ROOT / name, self.course / name, ignore=leave)
        for name in ("source", "release"):
            shutil.copytree(release / name, self.course / name)
        shutil.copy(release / "gradebook.db", self.course)
        shutil.copy(ROOT / "nbgrader_config.py", self.course)

    def configure(self):
        """Write the example, with ports that nobody uses, as this hub's; return its path."""
        self.address = f"http://127.0.0.1:{free_port()}"
        example = self.here((EXAMPLE / "jupyterhub_config.py").read_text(encoding="utf-8"))
        assert example.count("http://127.0.0.1:8000") == 1
        example = example.replace("http://127.0.0.1:8000", self.address)
        path = self.folder / "hub" / "jupyterhub_config.py"
        path.write_text(
            f"{example}\nc.JupyterHub.hub_bind_url = 'http://127.0.0.1:{free_port()}'\n"
            f"c.ConfigurableHTTPProxy.api_url = 'http://127.0.0.1:{free_port()}'\n"
        )
        return path

    @contextmanager
    def running(self):
        """Run the hub and its proxy, and end them with every server."""
        work = self.folder / "work"
        work.mkdir(mode=0o700)
        command = [self.environment / "bin" / "jupyterhub", "--config", self.configure()]
        with open(self.log, "w") as log:
            process = subprocess.Popen(
                command, cwd=work, env=student_env.clean_environment(),
                stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip
            try:
                wait_for(f"{self.address}/hub/api", process, log.name)
                yield
            finally:
                end(process)

    def processes(self, user):
        """Return the ids of the processes of an account."""
        uid = pwd.getpwnam(user).pw_uid
        found = []
        for path in Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(OSError):  # it has ended meanwhile
                if path.stat().st_uid == uid:
                    found.append(int(path.name))
        return found

    def remove(self):
        """End what is left of the accounts' processes, and remove accounts and folders."""
        for user in (self.nn, self.ada, self.bob, self.cy):
            with contextlib.suppress(KeyError):  # the set-up did not come so far
                while left := self.processes(user):
                    for process in left:
                        with contextlib.suppress(OSError):
                            os.kill(process, signal.SIGKILL)
                    time.sleep(0.1)
                subprocess.run(["userdel", "--remove", user], capture_output=True, check=True)
        subprocess.run(["groupdel", self.students], capture_output=True)
        shutil.rmtree(self.folder)

    def can_read(self, user, path):
        """Tell whether an account can list a folder, or read a file."""
        command = ["head", "-c1", path] if Path(path).is_file() else ["ls", path]
        return not subprocess.call(
            [str(each) for each in command], user=user, group=user, extra_groups=[self.students],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
