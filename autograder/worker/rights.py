"""What every worker gives up, whatever the isolation: its user, capabilities, use of resources."""

import os
import resource

from . import kernel
from .settings import Bounds

NOBODY = 65534


def own_user() -> int:
    """Return the number of an unused user to become.

    0 where there is none to become: for an ordinary user, and in a namespace of one number.
    A number for each worker, as the kernel counts threads by users. From the upper half of all
    numbers, where no account has one.
    """
    if os.getuid() != 0:
        return 0
    with open("/proc/self/uid_map") as lines:
        start, _, count = max(
            (tuple(map(int, line.split())) for line in lines), key=lambda numbers: numbers[2]
        )
    drawn = int.from_bytes(os.urandom(8), "little") % max(count // 2, 1)
    return int(start + count - 1 - drawn)


def address_space() -> int:
    """Return the bytes of address space that this process has."""
    with open("/proc/self/statm") as statm:
        return int(statm.read().split()[0]) * resource.getpagesize()


def drop_privileges(user: int) -> None:
    """Become a user without rights, if there is one to become; give up all capabilities."""
    if user:
        os.setgroups([])
        os.setresgid(NOBODY, NOBODY, NOBODY)
        os.setresuid(user, user, user)
    kernel.drop_capabilities()
    kernel.hide_memory()


def limit_resources(bounds: Bounds, used: int, processes: int | None) -> None:
    """Set the kernel's limits for this process.

    Parameters
    ----------
    bounds : Bounds
    used : int
        Address space before the student's code.
    processes : int or None
        Of the worker's user, threads included; None leaves that as it is.
    """
    for kind, value in (
        (resource.RLIMIT_AS, used + bounds["memory_bytes"]),
        *([(resource.RLIMIT_NPROC, processes)] if processes else []),
        (resource.RLIMIT_NOFILE, bounds["open_files"]),
        (resource.RLIMIT_FSIZE, bounds["file_bytes"]),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_MEMLOCK, 0),
        (resource.RLIMIT_MSGQUEUE, 0),
    ):
        highest = resource.getrlimit(kind)[1]
        if highest != resource.RLIM_INFINITY:
            value = min(value, highest)  # without rights it cannot be raised
        resource.setrlimit(kind, (value, value))
    seconds = bounds["cpu_seconds"]  # at the first SIGXCPU, which names the reason, then SIGKILL
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 2))
