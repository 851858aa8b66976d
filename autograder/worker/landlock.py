"""Landlock: the kernel refuses a process every path that its rules do not name.

https://docs.kernel.org/userspace-api/landlock.html; the system calls have one number on every
processor.
"""

import ctypes
import errno
import os
import stat
from collections.abc import Iterable
from functools import cache

from . import kernel

CREATE_RULESET, ADD_RULE, RESTRICT_SELF = 444, 445, 446
VERSION_FLAG, PATH_BENEATH, LOG_OFF = 1, 1, 1

WRITE_FILE, READ_FILE, READ_DIR = 1 << 1, 1 << 2, 1 << 3
REMOVE_DIR, REMOVE_FILE, MAKE_DIR, MAKE_REG = 1 << 4, 1 << 5, 1 << 7, 1 << 8
MAKE_SYM, REFER, TRUNCATE = 1 << 12, 1 << 13, 1 << 14
# By version: the rights that it handles. What is handled and not given is refused.
HANDLED_FILES = {1: (1 << 13) - 1, 2: (1 << 14) - 1, 3: (1 << 15) - 1, 5: (1 << 16) - 1}
HANDLED_NETWORK = {1: 0, 4: 3}  # TCP: bind, connect
SCOPED = {1: 0, 6: 3}  # abstract sockets and signals of processes outside
LOGS = 7  # from this version on, refusals are logged unless that is switched off

OF_FILES = WRITE_FILE | READ_FILE | TRUNCATE
READ = READ_FILE | READ_DIR
SCRATCH = (
    READ | WRITE_FILE | REMOVE_DIR | REMOVE_FILE | MAKE_DIR | MAKE_REG | MAKE_SYM | REFER | TRUNCATE
)
DEVICES = ("/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom")


class _Ruleset(ctypes.Structure):
    _fields_ = [
        ("files", ctypes.c_uint64),
        ("network", ctypes.c_uint64),
        ("scoped", ctypes.c_uint64),
    ]


class _Beneath(ctypes.Structure):
    _pack_ = 1
    _layout_ = "ms"
    _fields_ = [("allowed", ctypes.c_uint64), ("parent", ctypes.c_int32)]


@cache
def version() -> int:
    """Return the version of the kernel's Landlock.

    Raises
    ------
    UnavailableError
        If there is none.
    """
    try:
        return kernel.call("syscall", CREATE_RULESET, None, ctypes.c_size_t(0), VERSION_FLAG)
    except OSError as error:
        why = {
            errno.ENOSYS: "this kernel does not have it; Linux 5.13 and newer do",
            errno.EOPNOTSUPP: "it is switched off at boot (the kernel's option lsm= lacks it)",
        }.get(error.errno or 0, f"the kernel answers {os.strerror(error.errno or 0)!r}")
        raise kernel.UnavailableError(f"Landlock: {why}") from None


def _of(table: dict[int, int], number: int) -> int:
    return table[max(each for each in table if each <= number)]


def ruleset(
    shown: Iterable[str], scratch: str, listed: Iterable[str] = (), number: int | None = None
) -> int:
    """Return the descriptor of rules: some places can be read, one folder be written.

    Parameters
    ----------
    shown : iterable of str
        Files and folders; one that is not there is left out.
    scratch : str
    listed : iterable of str, optional
        Folders of which the names in them can be read, at any depth, as a rule holds for all that
        is beneath.
    number : int, optional
        The version to keep to; by default the kernel's.
    """
    number = number or version()
    handled = _of(HANDLED_FILES, number)
    rules = _Ruleset(handled, _of(HANDLED_NETWORK, number), _of(SCOPED, number))
    size = ctypes.c_size_t(ctypes.sizeof(rules))
    made = kernel.call("syscall", CREATE_RULESET, ctypes.byref(rules), size, 0, what="landlock")
    os.set_inheritable(made, False)
    for place in shown:
        _allow(made, place, READ & handled)
    for place in listed:
        _allow(made, place, READ_DIR & handled)
    for device in DEVICES:
        _allow(made, device, (READ_FILE | WRITE_FILE) & handled)
    _allow(made, scratch, SCRATCH & handled)
    return made


def _allow(rules: int, place: str, rights: int) -> None:
    try:
        folder = os.open(place, os.O_PATH | os.O_CLOEXEC)
    except FileNotFoundError:
        return
    try:
        if not stat.S_ISDIR(os.fstat(folder).st_mode):
            rights &= OF_FILES
        rule = _Beneath(rights, folder)
        kernel.call("syscall", ADD_RULE, rules, PATH_BENEATH, ctypes.byref(rule), 0, what=place)
    finally:
        os.close(folder)


def restrict(rules: int, number: int | None = None) -> None:
    """Keep this process, and threads that it starts, to rules; nothing takes that back."""
    flags = LOG_OFF if (number or version()) >= LOGS else 0
    kernel.call("syscall", RESTRICT_SELF, rules, flags, what="landlock")
    os.close(rules)
