"""Namespaces of a worker's own, inside those of the fork server.

It makes no difference here whether bubblewrap or `enclose` made the outer ones.
"""

import contextlib
import os
import signal
from collections.abc import Sequence

from . import kernel, rights
from .kernel import MS_BIND, MS_NODEV, MS_NOEXEC, MS_NOSUID, MS_PRIVATE, MS_REC
from .settings import Bounds
from .walls import Spawned, Walls

SCRATCH = "/tmp"


class Namespaces(Walls):
    """A pid, mount and IPC namespace for each worker; the kernel ends all that is in it.

    Parameters
    ----------
    shown : sequence of str
        Places that a worker may read; those below `/tmp` must be kept when that is laid over.
    """

    def __init__(self, shown: Sequence[str]):
        super().__init__()
        self.scratch = SCRATCH
        self.kept = [place for place in shown if place.startswith(f"{SCRATCH}/")]

    def fork(self) -> Spawned | None:
        """Fork the init process of a new pid namespace; later forks stay in the present one."""
        own, pid = os.pidfd_open(os.getpid()), None
        try:
            kernel.call("unshare", kernel.CLONE_NEWPID)
            pid = os.fork()
        finally:
            if pid != 0:  # also where there was no room for another process
                kernel.call("setns", own, kernel.CLONE_NEWPID)
            os.close(own)
        if pid == 0:
            kernel.die_with_parent()
            return None
        return Spawned(pid)

    def are_apart(self) -> bool:
        """Tell whether each worker has a limit on threads of its own, as another user."""
        return bool(rights.own_user()) or _may_unshare_user()

    def end(self, spawned: Spawned) -> None:
        """Kill the init process, and with it all that it started."""
        os.kill(spawned.pid, signal.SIGKILL)

    def prepare(self, bounds: Bounds) -> None:
        """Lay fresh folders of bounded size over the places that can be written; hide /proc."""
        self.used, self.user = rights.address_space(), rights.own_user()
        if not self.user:
            _unshare_user()
        kernel.call("unshare", kernel.CLONE_NEWNS | kernel.CLONE_NEWIPC)
        kernel.mount("none", "/", flags=MS_REC | MS_PRIVATE)
        kept = {place: os.open(place, os.O_PATH) for place in self.kept if os.path.exists(place)}
        _lay(SCRATCH, bounds["scratch_bytes"], bounds["scratch_files"], "1777")
        for place, descriptor in kept.items():
            _bring_back(place, descriptor)
        _lay("/dev/shm", bounds["scratch_bytes"] // 4, 64, "1777")
        _lay("/proc", 4096, 1, "0555")

    def confine(self, bounds: Bounds, parent: int) -> None:
        """Give up, in the worker, its user and its capabilities."""
        os.chdir(SCRATCH)
        rights.drop_privileges(self.user)
        rights.limit_resources(bounds, self.used, bounds["threads"])


def _may_unshare_user() -> bool:
    """Tell whether a user namespace can be made here, by trying it in a process."""
    child = os.fork()
    if child == 0:
        with contextlib.suppress(BaseException):
            kernel.unshare_user()
            os._exit(0)
        os._exit(1)
    return os.waitpid(child, 0)[1] == 0


def _unshare_user() -> None:
    """Make a user namespace: where all workers are one user, the kernel counts threads by those.

    Where it refuses one more, workers share the limit on threads.
    """
    with contextlib.suppress(OSError):
        kernel.unshare_user()


def _lay(place: str, size: int, files: int, mode: str) -> None:
    options = f"size={size},nr_inodes={files},mode={mode}"
    kernel.mount("tmpfs", place, "tmpfs", MS_NOSUID | MS_NODEV | MS_NOEXEC, options)


def _bring_back(place: str, descriptor: int) -> None:
    """Show again what the scratch folder lies over: a course below /tmp has its Python there."""
    if os.path.isdir(f"/proc/self/fd/{descriptor}"):
        os.makedirs(place, exist_ok=True)
    else:
        os.makedirs(os.path.dirname(place), exist_ok=True)
        open(place, "w").close()
    kernel.mount(f"/proc/self/fd/{descriptor}", place, flags=MS_BIND | MS_REC)
    os.close(descriptor)
