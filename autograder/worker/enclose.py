"""The fork server's own namespaces, where bubblewrap does not make them.

As root directly; as an ordinary user in a user namespace, in which that user is the only one
there is. The file system in there is made anew: some folders of the machine, to be read only.
"""

import ctypes
import os
import socket
import sys
from typing import NoReturn

from . import kernel
from .kernel import (
    MS_BIND,
    MS_NODEV,
    MS_NOEXEC,
    MS_NOSUID,
    MS_PRIVATE,
    MS_RDONLY,
    MS_REC,
    MS_REMOUNT,
)
from .settings import Enclose, View

NEW, OLD = "/tmp", "/old"  # where the new root is made; where the machine's is until that is done
DEVICES = ("null", "zero", "full", "random", "urandom")
APART = (
    kernel.CLONE_NEWNS
    | kernel.CLONE_NEWPID
    | kernel.CLONE_NEWNET
    | kernel.CLONE_NEWIPC
    | kernel.CLONE_NEWUTS
    | kernel.CLONE_NEWCGROUP
)
MOUNT_SETATTR, AT_FDCWD, AT_RECURSIVE = 442, -100, 0x8000
ATTR_RDONLY, ATTR_NOSUID, ATTR_NODEV = 1, 2, 4


class _MountAttributes(ctypes.Structure):
    _fields_ = [(name, ctypes.c_uint64) for name in ("set", "clear", "propagation", "userns")]


def main(settings: Enclose) -> NoReturn:
    """Make the namespaces and the file system, then become the fork server in them."""
    kernel.die_with_parent()
    try:
        _unshare()
        child = os.fork()
        if child == 0:
            kernel.die_with_parent()
            _furnish(settings["view"])
            os.execve(settings["command"][0], settings["command"], settings["variables"])
    except OSError as error:
        sys.exit(f"the kernel refuses namespaces ({error.strerror or error})")
    _, code = os.waitpid(child, 0)
    os._exit(min(abs(os.waitstatus_to_exitcode(code)), 255))


def _unshare() -> None:
    """Leave the machine's namespaces; the pid namespace is that of the next child."""
    if os.getuid() == 0:
        try:
            kernel.call("unshare", APART)
            return
        except PermissionError:  # root of a container, who may still have user namespaces
            pass
    kernel.unshare_user(APART)


def _furnish(view: View) -> None:
    """Make the file system that a view describes, and go there."""
    os.umask(0o022)
    kernel.mount("none", "/", flags=MS_REC | MS_PRIVATE)
    kernel.mount("tmpfs", NEW, "tmpfs", MS_NOSUID | MS_NODEV, "mode=755")
    os.mkdir(NEW + OLD)
    kernel.call("pivot_root", NEW.encode(), (NEW + OLD).encode())
    os.chdir("/")
    os.mkdir("/tmp")
    kernel.mount("tmpfs", "/tmp", "tmpfs", MS_NOSUID | MS_NODEV, "mode=1777")
    for place, target in view["links"].items():
        os.symlink(target, place)
    for place, source in view["shown"].items():
        _bind(OLD + source, place, ATTR_RDONLY | ATTR_NOSUID | ATTR_NODEV)
    for place in view["hidden"]:
        kernel.mount("tmpfs", place, "tmpfs", MS_NOSUID | MS_NODEV | MS_RDONLY, "mode=755")
    for device in DEVICES:
        _bind(f"{OLD}/dev/{device}", f"/dev/{device}", ATTR_NOSUID)
    os.makedirs("/dev/shm")
    os.makedirs("/proc")
    kernel.mount("proc", "/proc", "proc", MS_NOSUID | MS_NODEV | MS_NOEXEC)
    kernel.call("umount2", OLD.encode(), kernel.MNT_DETACH)
    os.rmdir(OLD)
    kernel.mount("none", "/", flags=MS_REMOUNT | MS_BIND | MS_RDONLY | MS_NOSUID | MS_NODEV)
    socket.sethostname("worker")
    os.chdir("/tmp")


def _bind(source: str, place: str, attributes: int) -> None:
    """Show a file or folder, and what is mounted below it, at a place."""
    if os.path.isdir(source):
        os.makedirs(place, exist_ok=True)
    else:
        os.makedirs(os.path.dirname(place), exist_ok=True)
        open(place, "w").close()
    kernel.mount(source, place, flags=MS_BIND | MS_REC)
    asked = _MountAttributes(set=attributes)
    size = ctypes.c_size_t(ctypes.sizeof(asked))
    where = (AT_FDCWD, place.encode(), AT_RECURSIVE)
    kernel.call("syscall", MOUNT_SETATTR, *where, ctypes.byref(asked), size, what="mount_setattr")
