"""Calls to the kernel for which Python has no function. For Linux only."""

import ctypes
import os
from typing import Any

LIBC = ctypes.CDLL(None, use_errno=True)
CLONE_NEWNS, CLONE_NEWCGROUP, CLONE_NEWUTS = 0x00020000, 0x02000000, 0x04000000
CLONE_NEWIPC, CLONE_NEWUSER, CLONE_NEWPID = 0x08000000, 0x10000000, 0x20000000
CLONE_NEWNET = 0x40000000
MS_RDONLY, MS_NOSUID, MS_NODEV, MS_NOEXEC, MS_REMOUNT, MS_BIND = 1, 2, 4, 8, 0x20, 0x1000
MS_REC, MS_PRIVATE = 0x4000, 0x40000
MNT_DETACH = 2
PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_CAPBSET_DROP, PR_SET_NO_NEW_PRIVS = 1, 4, 24, 38
SIGKILL = 9
CAPABILITY_VERSION_3 = 0x20080522
CAPABILITIES = 64  # more than any kernel has


class UnavailableError(RuntimeError):
    """This machine does not have what a kind of isolation needs; the text says what."""


def call(name: str, *arguments: Any, what: str = "") -> int:
    """Return the result of a function of the C library.

    Raises
    ------
    OSError
        If it reports an error; the text begins with `what`, or with the function's name.
    """
    result: int = getattr(LIBC, name)(*arguments)
    if result == -1:
        number = ctypes.get_errno()
        raise OSError(number, f"{what or name}: {os.strerror(number)}")
    return result


def mount(
    source: str, target: str, kind: str | None = None, flags: int = 0, options: str = ""
) -> None:
    """Mount a file system, or a folder at a second place."""
    named = kind.encode() if kind else None
    call(
        "mount",
        source.encode(),
        target.encode(),
        named,
        ctypes.c_ulong(flags),
        options.encode(),
        what=f"mount {target}",
    )


def die_with_parent(parent: int | None = None) -> None:
    """Have the kernel kill this process when its parent ends.

    Parameters
    ----------
    parent : int, optional
        The process that must still be the parent; if it is not, this process ends here.

    Notes
    -----
    A change of user clears this, so it comes after one. The parent is the thread that forked.
    """
    call("prctl", PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0)
    if parent is not None and os.getppid() != parent:
        os._exit(1)


def unshare_user(others: int = 0) -> None:
    """Move to a new user namespace, of one user, who is root there; and to other namespaces."""
    user, group = os.getuid(), os.getgid()
    call("unshare", CLONE_NEWUSER | others)
    for name, text in (
        ("setgroups", "deny"),
        ("uid_map", f"0 {user} 1"),
        ("gid_map", f"0 {group} 1"),
    ):
        with open(f"/proc/self/{name}", "w") as file:
            file.write(text)


def drop_capabilities() -> None:
    """Give up all capabilities for good, and what a program could bring back."""
    for capability in range(CAPABILITIES):
        LIBC.prctl(PR_CAPBSET_DROP, capability, 0, 0, 0)
    header = (ctypes.c_uint32 * 2)(CAPABILITY_VERSION_3, 0)
    call("capset", header, (ctypes.c_uint32 * 6)())
    call("prctl", PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0, what="no_new_privs")


def hide_memory() -> None:
    """Keep processes of the same user from reading this one's memory; no core is dumped."""
    call("prctl", PR_SET_DUMPABLE, 0, 0, 0, 0, what="dumpable")
