"""Where workers come from: a preloaded fork server, in the isolation that was chosen."""

from __future__ import annotations

import contextlib
import json
import os
import select
import socket
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import replace

from autograder.worker import settings

from . import bubblewrap
from .connection import NoSandboxError, Worker
from .isolation import BUBBLEWRAP, NAMESPACES, Isolation
from .limits import Limits
from .view import CHECKS, FONTS, PACKAGES, WORKER, View, font_list, view

START_SECONDS = 60.0
CLOSE_SECONDS = 15.0
READY = b"ready\n"  # what a fork server says
INSIDE = "/course"  # where namespaces show what is needed of this project


class Line:
    """A line to a fork server: over it workers are asked for.

    Parameters
    ----------
    isolation : Isolation
        Of the fork server.
    control : socket.socket
    """

    def __init__(self, isolation: Isolation, control: socket.socket) -> None:
        self.isolation, self.control = isolation, control
        self.spare: Worker | None = None

    def is_ready(self) -> bool:
        """Wait until the fork server says that it is ready; tell whether it did."""
        self.control.settimeout(START_SECONDS)
        try:
            return self.control.recv(16) == READY
        except OSError:
            return False

    def worker(self, limits: Limits | None = None) -> Worker:
        """Return a new Worker; the next one is started meanwhile, to be ready in time."""
        limits = limits or Limits()
        ready, self.spare = self.spare, None
        if ready and (ready.limits != limits or ready.has_ended()):
            ready.close()
            ready = None
        ready = ready or Worker(self, limits)
        self.spare = Worker(self, limits)
        return ready

    def alive(self) -> bool:
        """Tell whether the fork server is still running."""
        return not self.ended(0)

    def ended(self, within: float) -> bool:
        """Tell whether the fork server ends within some seconds."""
        return bool(select.select([self.control], [], [], within)[0])  # it says nothing more

    def close(self) -> None:
        """Hang up; the spare worker ends with that."""
        if self.spare:
            with contextlib.suppress(NoSandboxError):
                self.spare.close()
        self.control.close()


class Sandbox(Line):
    """A fork server for workers, started here.

    Parameters
    ----------
    isolation : Isolation
        See `ladder.choose`.
    probe : bool, optional
        Load nothing yet that notebooks import: for a look at the isolation.

    Raises
    ------
    NoSandboxError
        If student code cannot be confined in this way on this machine.
    """

    def __init__(self, isolation: Isolation, probe: bool = False) -> None:
        ours, inside = _line()
        super().__init__(isolation, ours)
        self.is_loaded = False
        self.process: subprocess.Popen[bytes] | None = None
        self.folder, self.lock = "", -1
        self.log = tempfile.TemporaryFile()  # noqa: SIM115  closed with the sandbox
        try:
            with inside:
                self.process = self._start(inside.fileno())
            self._await_ready(self.process)
            if not probe:
                self.load()
                self._await_ready(self.process)
        except BaseException:
            self.close()
            raise

    def _start(self, control: int) -> subprocess.Popen[bytes]:
        seen = view()
        if self.isolation.mode == NAMESPACES:
            command, variables = self._in_namespaces(seen, control)
        else:
            command, variables = self._in_place(seen, control)
        return subprocess.Popen(
            command,
            pass_fds=[control] if self.lock < 0 else [control, self.lock],
            stdin=subprocess.DEVNULL,
            stdout=self.log,
            stderr=self.log,
            env=variables,
        )

    def _in_namespaces(self, seen: View, control: int) -> tuple[list[str], dict[str, str]]:
        fonts = font_list()
        own = {f"{INSIDE}/{name}": str(place) for name, place in PACKAGES.items()}
        seen = replace(seen, shown={**seen.shown, **own, **({FONTS: fonts} if fonts else {})})
        variables = _variables("/tmp", "/tmp/matplotlib")
        command = self._command(control, list(seen.shown), f"{INSIDE}/worker", f"{INSIDE}/checks")
        if self.isolation.maker == BUBBLEWRAP:
            return [*bubblewrap.command(seen, variables), *command], {}
        config: settings.Enclose = {
            "module": "enclose",
            "checks": str(CHECKS),
            "view": {"shown": seen.shown, "links": seen.links, "hidden": seen.hidden},
            "command": command,
            "variables": variables,
        }
        return _python(str(WORKER), config), variables

    def _in_place(self, seen: View, control: int) -> tuple[list[str], dict[str, str]]:
        from autograder.worker import scratch  # uses what only Linux has

        self.folder, self.lock = scratch.private_folder()
        shown, listed = seen.uncovered()
        shown += map(str, PACKAGES.values())
        fonts = font_list()
        variables = _variables(self.folder, fonts or os.path.join(self.folder, "matplotlib"))
        return self._command(control, shown, str(WORKER), str(CHECKS), listed), variables

    def _command(
        self, control: int, shown: list[str], worker: str, checks: str, listed: Sequence[str] = ()
    ) -> list[str]:
        config: settings.ForkServer = {
            "module": "fork_server",
            "checks": checks,
            "control": control,
            "mode": self.isolation.mode,
            "shown": shown,
            "listed": [*listed],
            "folder": self.folder,
        }
        return _python(worker, config)

    def _await_ready(self, process: subprocess.Popen[bytes]) -> None:
        if self.is_ready():
            return
        process.kill()
        process.wait()
        self.log.seek(0)
        why = self.log.read().decode(errors="replace").strip().splitlines()[-3:]
        raise NoSandboxError(" / ".join(why) or "it did not start, and did not say why")

    def load(self) -> None:
        """Have what notebooks import loaded, once; the fork server says when it is."""
        if not self.is_loaded:
            self.is_loaded = True
            self.control.sendall(b"load")

    def line(self) -> socket.socket:
        """Return a new line to the fork server, for another process; see `Line`.

        Over it the fork server says that it is ready, or hangs up: if it has ended, and if it
        must not run the code of two submissions at once.

        Raises
        ------
        OSError
            If it has ended already.
        """
        self.load()
        ours, inside = _line()
        try:
            with inside:
                socket.send_fds(self.control, [b"line"], [inside.fileno()])
        except OSError:
            ours.close()
            raise
        return ours

    def ended(self, within: float) -> bool:
        """Tell whether the fork server ends within some seconds."""
        if self.process:
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(within)
        return self.process is None or self.process.poll() is not None

    def close(self) -> None:
        """End the fork server and everything that it started; leave nothing."""
        self.control.close()  # it ends its workers at that
        if self.process:
            if not self.ended(CLOSE_SECONDS):
                self.process.kill()
            self.process.wait()
        self.log.close()
        if self.folder:
            from autograder.worker import scratch

            scratch.remove(self.folder)  # by now it is gone, unless the fork server was killed
            os.close(self.lock)


def _line() -> tuple[socket.socket, socket.socket]:
    """Return both ends of a line; messages on it keep their borders."""
    return socket.socketpair(type=socket.SOCK_SEQPACKET)


def _python(worker: str, config: settings.ForkServer | settings.Enclose) -> list[str]:
    """Return the command that runs a module of the worker's package; see its `__main__`."""
    return [sys.executable, worker, json.dumps(config)]


def _variables(home: str, fonts: str) -> dict[str, str]:
    return {
        "PATH": "/usr/bin:/bin",
        "LANG": "C.UTF-8",
        "HOME": home,
        "MPLCONFIGDIR": fonts,
        "IPYTHONDIR": os.path.join(home, "ipython"),
        "OPENBLAS_NUM_THREADS": "1",
        "OMP_NUM_THREADS": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
    }
