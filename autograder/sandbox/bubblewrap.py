"""The command line of bubblewrap that starts a fork server in namespaces of its own."""

import os
import shutil
from collections.abc import Mapping

from .connection import NoSandboxError
from .view import View

APART = (
    "--die-with-parent --new-session --unshare-pid --unshare-net --unshare-ipc --unshare-uts "
    "--unshare-cgroup-try --clearenv --hostname worker --cap-add ALL"
)


def command(view: View, variables: Mapping[str, str]) -> list[str]:
    """Return the arguments up to the program that is to be started.

    Raises
    ------
    NoSandboxError
        If bubblewrap is not installed.
    """
    program = shutil.which("bwrap")
    if not program:
        raise NoSandboxError("it is not installed")
    made: list[str] = [program, *APART.split()]
    if os.getuid() != 0:
        made += ["--unshare-user", "--uid", "0", "--gid", "0"]
    made += ["--proc", "/proc", "--dev", "/dev", "--tmpfs", "/tmp"]
    for place, target in view.links.items():
        made += ["--symlink", target, place]
    for place, source in view.shown.items():
        made += [*_parents(place), "--ro-bind", source, place]
    for place in view.hidden:
        made += ["--tmpfs", place]
    # Root of a user namespace could write there.
    for place in (*view.hidden, "/dev", "/"):
        made += ["--remount-ro", place]
    for name, value in variables.items():
        made += ["--setenv", name, value]
    return [*made, "--chdir", "/tmp", "--"]


def _parents(place: str) -> list[str]:
    """Make the folders above a place, which would else be open to root alone."""
    made: list[str] = []
    above = os.path.dirname(place)
    while above != "/":
        made = ["--perms", "0755", "--dir", above, *made]
        above = os.path.dirname(above)
    return made
