"""nbgrader's commands, each in a fork of one process: importing nbgrader takes seconds.

As a program it reads requests as lines of JSON and answers with lines of JSON.
"""

import json
import os
import subprocess
import sys
import tempfile
from types import SimpleNamespace

from autograder import commands

DB = [["db", "student", "list"], ["db", "assignment", "list"], ["db", "upgrade"], ["db"]]


class Forking:
    """The process from which commands are forked."""

    def __init__(self):
        path = os.pathsep.join([os.path.dirname(sys.executable), os.environ["PATH"]])
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.gradebook.forking"],
            cwd=commands.ROOT,
            text=True,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "PATH": path},
        )
        self.names = json.loads(self.process.stdout.readline())

    def nbgrader(self, *arguments, cwd):
        """Run a command in a folder; return its `returncode` and what it said, `stderr`."""
        request = {"arguments": [str(each) for each in arguments], "cwd": str(cwd)}
        self.process.stdin.write(json.dumps(request) + "\n")
        self.process.stdin.flush()
        return SimpleNamespace(**json.loads(self.process.stdout.readline()))

    def every_command(self, cwd):
        """Run every command that nbgrader has; yield its name and what `nbgrader` returns."""
        for arguments in [[], *DB, *([name, "ps0"] for name in self.names if name != "db")]:
            yield " ".join(arguments), self.nbgrader(*arguments, cwd=cwd)

    def close(self):
        """End the process."""
        self.process.communicate()


def main():
    """Serve until the standard input ends."""
    from nbgrader.apps.nbgraderapp import NbGraderApp

    # Loaded once; what the course's configuration changes with it, each fork does for itself.
    import autograder.gradebook.install  # noqa: F401

    print(json.dumps(sorted(NbGraderApp.subcommands)), flush=True)
    for line in sys.stdin:
        print(json.dumps(answer(NbGraderApp, **json.loads(line))), flush=True)


def answer(app, arguments, cwd):
    """Run a command in a fork; return its exit code and all that it said."""
    with tempfile.TemporaryFile() as said:
        child = os.fork()
        if child == 0:
            os.dup2(said.fileno(), 1)
            os.dup2(said.fileno(), 2)
            os.chdir(cwd)
            os._exit(code_of(app, arguments))
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        said.seek(0)
        return {"returncode": code, "stderr": said.read().decode()}


def code_of(app, arguments):
    """Run a command; return the exit code that Python would end with."""
    sys.argv = ["nbgrader", *arguments]
    try:
        app.launch_instance()
        code = 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
        if isinstance(end.code, str):
            print(end.code, file=sys.stderr)
    sys.stdout.flush()
    sys.stderr.flush()
    return code


if __name__ == "__main__":
    main()
