"""A worker behind Landlock, where namespaces do not work, and the init process over it.

What the kernel does not limit there, the init process does: it checks the worker every 20 ms.
It ends the worker when the fork server says so or dies, and removes what the worker has written.
"""

import contextlib
import os
import select
import signal
import socket
import stat
from collections.abc import Sequence

from . import kernel, landlock, rights, scratch
from .settings import Bounds
from .walls import Spawned, Walls

LOOK_MILLISECONDS = 20  # between two checks of threads and files
SPARE_PROCESSES = 1000  # of an ordinary user, who has others: no more between two checks
THREADS, FILES = "threads", "scratch"  # limits that a worker may exceed
OPEN, CLOSED, TRIAL = 0o711, 0o700, "trial"
FIELD_THREADS = 17  # of /proc/PID/stat, behind the name of the program


class Landlocked(Walls):
    """Landlock instead of namespaces.

    Parameters
    ----------
    shown : sequence of str
        Places that a worker may read; all of them are there.
    listed : sequence of str
        Folders of which it may see the names in them.
    folder : str
        A private folder, in which each worker gets one of its own.
    """

    def __init__(self, shown: Sequence[str], listed: Sequence[str], folder: str):
        landlock.version()
        super().__init__(folder)
        self.shown, self.listed = shown, listed
        self.orders: set[int] = set()
        self.drops = _can_drop([*shown, *listed], folder)
        self.processes = None if self.drops else _tasks_of(os.getuid()) + SPARE_PROCESSES
        kernel.hide_memory()

    def fork(self) -> Spawned | None:
        """Fork the init process; shutting down the socket that is kept here is its order to end."""
        ours, theirs = socket.socketpair()
        name = os.path.join(self.folder, scratch.new_name())
        pid = os.fork()
        if pid:
            theirs.close()
            self.orders.add(ours.fileno())
            return Spawned(pid, ours.detach(), name)
        for order in (*self.orders, ours.detach()):
            os.close(order)  # of other workers: holding one would hide the end from them
        self.order, self.scratch = theirs, name
        return None

    def are_apart(self) -> bool:
        """Tell whether several workers may run at once: each has a folder of its own."""
        return True

    def end(self, spawned: Spawned) -> None:
        """Have the init process end."""
        order = socket.socket(fileno=spawned.order)
        with contextlib.suppress(OSError):
            order.shutdown(socket.SHUT_WR)
        order.detach()

    def forget(self, spawned: Spawned) -> str:
        """Remove the scratch folder, if the init process could not; return the limit exceeded."""
        self.orders.discard(spawned.order)
        over = ""
        with socket.socket(fileno=spawned.order) as order, contextlib.suppress(OSError):
            over = order.recv(100).decode()
        scratch.remove(spawned.scratch)
        return over

    def prepare(self, bounds: Bounds) -> None:
        """Make the scratch folder."""
        self.used = rights.address_space()
        self.user = rights.own_user() if self.drops else 0
        os.mkdir(self.scratch, 0o700)
        if self.user:
            os.chown(self.scratch, self.user, rights.NOBODY)

    def confine(self, bounds: Bounds, parent: int) -> None:
        """Give up, in the worker, every place but some to read and one to write."""
        os.setsid()  # no terminal, and no group or session with anybody else
        os.chdir(self.scratch)
        rules = landlock.ruleset(self.shown, self.scratch, self.listed)
        rights.drop_privileges(self.user)
        kernel.die_with_parent(parent)
        landlock.restrict(rules)
        processes = bounds["threads"] if self.user else self.processes
        rights.limit_resources(bounds, self.used, processes)

    def wait(self, worker: int, bounds: Bounds) -> int:
        """Watch the worker until it ends, and end it when it exceeds a limit or on order."""
        status = os.open(f"/proc/{worker}/stat", os.O_RDONLY | os.O_CLOEXEC)
        waiting = select.poll()
        ended = os.pidfd_open(worker)
        waiting.register(ended, select.POLLIN)
        waiting.register(self.order, select.POLLIN)
        over = ""
        while not (ready := waiting.poll(LOOK_MILLISECONDS)):
            over = self._over(status, bounds)
            if over:
                break
        if not any(descriptor == ended for descriptor, _ in ready):
            os.kill(worker, signal.SIGKILL)
        _, code = os.waitpid(worker, 0)
        scratch.remove(self.scratch)
        with contextlib.suppress(OSError):
            self.order.sendall(over.encode())
        return os.waitstatus_to_exitcode(code)

    def _over(self, status: int, bounds: Bounds) -> str:
        """Return the limit that the worker exceeds, or nothing."""
        stat_fields = os.pread(status, 4096, 0).rpartition(b")")[2].split()
        if int(stat_fields[FIELD_THREADS]) > bounds["threads"]:
            return THREADS
        if scratch.is_over(self.scratch, bounds["scratch_bytes"], bounds["scratch_files"]):
            return FILES
        return ""


def _can_drop(shown: Sequence[str], folder: str) -> bool:
    """Tell whether a worker can become a user of its own, by trying it in a process.

    It cannot where root lacks the right to, or where Python lies in a folder that is closed to
    others, as root's home is.
    """
    user = rights.own_user()
    if not user:
        return False
    place = os.path.join(folder, TRIAL)
    os.chmod(folder, OPEN)
    child = os.fork()
    if child == 0:
        with contextlib.suppress(BaseException):
            _try_to_drop(user, shown, place)
            os._exit(0)
        os._exit(1)
    dropped = os.waitpid(child, 0)[1] == 0
    scratch.remove(place)
    if dropped and not os.path.lexists(place):
        return True
    os.chmod(folder, CLOSED)
    return False


def _try_to_drop(user: int, shown: Sequence[str], place: str) -> None:
    os.mkdir(place, 0o700)
    os.chown(place, user, rights.NOBODY)
    os.chdir(place)
    rights.drop_privileges(user)
    open(os.path.join(place, "file"), "w").close()  # by its path, which leads through others
    for each in shown:
        if stat.S_ISDIR(os.stat(each).st_mode):
            os.listdir(each)
        else:
            open(each).close()


def _tasks_of(user: int) -> int:
    """Return how many threads a user has: the kernel's limit counts all of them."""
    tasks = 0
    for name in filter(str.isdigit, os.listdir("/proc")):
        with contextlib.suppress(OSError):
            if os.stat(f"/proc/{name}").st_uid == user:
                tasks += len(os.listdir(f"/proc/{name}/task"))
    return tasks
