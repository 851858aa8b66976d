"""Hides from the project's modules what Windows and macOS do not have.

Python imports this at its start if the folder is on PYTHONPATH. `ELSEWHERE` names the system,
"win32" or "darwin". Only the project is deceived: Jupyter and NumPy are made for this machine.
"""

import builtins
import ctypes
import os
import sys
import warnings

PROJECT = ("autograder", "course", "checks", "bench")
SYSTEM = os.environ.get("ELSEWHERE", "win32")
LINUX_ONLY = {"pyseccomp"}
POSIX_ONLY = {"fcntl", "grp", "pwd", "resource", "termios", "pty", "tty", "posix"}
MODULES = LINUX_ONLY | (POSIX_ONLY if SYSTEM == "win32" else set())
ATTRIBUTES = {
    "os": {"pidfd_open", "sched_getaffinity", "setns", "unshare"},
    "socket": {"SOCK_SEQPACKET"},
    "select": {"epoll"},
    "signal": set(),
}
if SYSTEM == "win32":
    ATTRIBUTES["os"] |= {"fork", "getuid", "geteuid", "getgid", "getegid", "getppid", "killpg"}
    ATTRIBUTES["os"] |= {"setsid", "setuid", "chown", "mkfifo", "uname", "wait", "openpty"}
    ATTRIBUTES["os"] |= {"O_NOFOLLOW", "O_CLOEXEC", "O_DIRECTORY", "O_PATH", "O_NONBLOCK"}
    ATTRIBUTES["socket"] |= {"AF_UNIX", "send_fds", "recv_fds"}
    ATTRIBUTES["select"] |= {"poll"}
    ATTRIBUTES["signal"] |= {
        "SIGKILL",
        "SIGALRM",
        "SIGXCPU",
        "alarm",
        "setitimer",
        "pthread_sigmask",
    }


class Hiding:
    """A module without some of its names, or with others in their place."""

    def __init__(self, module, hidden=(), **others):
        self.__dict__.update(_module=module, _hidden=hidden, _others=others)

    def __getattr__(self, name):
        if name in self._hidden:
            raise AttributeError(f"{SYSTEM} has no {self._module.__name__}.{name}")
        return self._others[name] if name in self._others else getattr(self._module, name)

    def __setattr__(self, name, value):
        setattr(self._module, name, value)


def library(name, *arguments, **options):
    """Refuse the name None, which asks for the C library itself."""
    if name is None:
        raise TypeError("bad argument type for built-in operation")
    return ctypes.CDLL(name, *arguments, **options)


SEEN = {name: Hiding(__import__(name), hidden) for name, hidden in ATTRIBUTES.items()}
SEEN["sys"] = Hiding(sys, platform=SYSTEM)
if SYSTEM == "win32":
    SEEN["ctypes"] = Hiding(ctypes, CDLL=library)
    SEEN["os"]._others.update(name="nt")
imported = builtins.__import__


def is_project(names):
    """Tell by a module's names whether it is the project's; `-m` runs one as `__main__`."""
    path = str(names.get("__file__") or "")
    return (
        str(names.get("__name__")).partition(".")[0] in PROJECT
        or path.endswith("nbgrader_config.py")
        or os.path.basename(os.path.dirname(path)) in PROJECT
    )


def importing(name, globals=None, locals=None, fromlist=(), level=0):
    """Import a module, or what the project shall see of it."""
    if is_project(globals or {}):
        if level == 0 and name.partition(".")[0] in MODULES:
            raise ModuleNotFoundError(f"{SYSTEM} has no module {name!r}", name=name)
        if level == 0 and name.partition(".")[0] in SEEN and ("." not in name or not fromlist):
            imported(name, globals, locals, fromlist, level)
            return SEEN[name.partition(".")[0]]
    return imported(name, globals, locals, fromlist, level)


builtins.__import__ = importing
# With PYTHONWARNDEFAULTENCODING: files of which the project does not say how they are written.
warnings.filterwarnings("ignore", category=EncodingWarning)
warnings.filterwarnings("error", category=EncodingWarning, module=rf"({'|'.join(PROJECT)})\b")
