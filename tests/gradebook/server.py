"""A PostgreSQL server of its own, in a folder that is gone afterwards, on a socket in it."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from urllib.parse import quote

from tests import tiers

NAME, PASSWORD, DATABASE = "grader", "s3cret/of the:book", "postgres"


class Server:
    """A server that can be stopped and started."""

    def __init__(self):
        # A socket's path is short, and all folders above it must be open to the server's user.
        self.folder = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))
        self.user = {}
        if os.geteuid() == 0:  # whom the server refuses
            shutil.chown(self.folder, "nobody")
            self.user = {"user": "nobody", "group": "nogroup", "extra_groups": []}
        secret = self.folder / "password"
        secret.write_text(PASSWORD)
        if self.user:
            shutil.chown(secret, "nobody")
        options = ["--auth=scram-sha-256", f"--pwfile={secret}", f"--username={NAME}", "--no-sync"]
        self._run("initdb", "--pgdata", self.folder / "data", *options)
        self.start()

    def start(self):
        """Start it, and wait until it answers."""
        options = f"-k {self.folder} -c listen_addresses='' -c fsync=off"
        log = self.folder / "log"
        self._run("pg_ctl", "start", "-w", "-D", self.folder / "data", "-o", options, "-l", log)

    def stop(self):
        """Stop it at once."""
        self._run("pg_ctl", "stop", "-w", "-D", self.folder / "data", "-m", "immediate")

    def close(self):
        """Stop it and remove its folder."""
        self.stop()
        shutil.rmtree(self.folder)

    def url(self, database=DATABASE, password=PASSWORD, name=NAME):
        """Return the address of a database."""
        return f"postgresql://{name}:{quote(password, safe='')}@/{database}?host={self.folder}"

    def _run(self, name, *arguments):
        command = [Path(tiers.postgresql()).with_name(name), *map(str, arguments)]
        done = subprocess.run(
            command, cwd=self.folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, **self.user
        )
        assert done.returncode == 0, done.stderr
