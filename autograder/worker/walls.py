"""What the fork server, the init process and the worker do differently in each isolation."""

import contextlib
import os
import signal
from dataclasses import dataclass

from . import rights, scratch
from .settings import Bounds


@dataclass
class Spawned:
    """The init process of a worker, as the fork server knows it."""

    pid: int
    order: int = -1  # descriptor; shut down, it is the order to end
    scratch: str = ""


class Walls:
    """Only limits on resources: the code has the rights of the user who grades, who asked for it.

    Parameters
    ----------
    folder : str, optional
        A private folder, for what is written.
    """

    used = 0

    def __init__(self, folder: str = ""):
        self.folder = self.scratch = folder

    def fork(self) -> Spawned | None:
        """Fork the init process; return None in it."""
        pid = os.fork()
        return Spawned(pid) if pid else None

    def are_apart(self) -> bool:
        """Tell whether several workers may run students' code at once: they share a folder here."""
        return False

    def end(self, spawned: Spawned) -> None:
        """Order a worker to end, if that has not happened, without waiting for it."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(spawned.pid, signal.SIGKILL)  # it leads the group of all it started
        with contextlib.suppress(ProcessLookupError):
            os.kill(spawned.pid, signal.SIGKILL)

    def forget(self, spawned: Spawned) -> str:
        """Remove what a worker left, when it and its init process have ended.

        Return the limit that it exceeded, if any.
        """
        return ""

    def close(self) -> None:
        """Remove what was written."""
        if self.folder:
            scratch.remove(self.folder)

    def prepare(self, bounds: Bounds) -> None:
        """Make, in the init process, what the worker needs."""
        self.used = rights.address_space()

    def confine(self, bounds: Bounds, parent: int) -> None:
        """Take, in the worker, its rights away; the system calls come after this."""
        rights.limit_resources(bounds, self.used, None)

    def wait(self, worker: int, bounds: Bounds) -> int:
        """Reap, in the init process, until the worker ends; return how it ended."""
        while True:
            pid, code = os.wait()
            if pid == worker:
                return os.waitstatus_to_exitcode(code)
