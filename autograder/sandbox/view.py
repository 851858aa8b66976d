"""What a worker is shown of the file system: Python, its libraries, fonts; read only."""

import contextlib
import os
import site
import subprocess
import sys
import sysconfig
from dataclasses import dataclass, field
from pathlib import Path

from autograder import registry

AUTOGRADER = Path(__file__).parents[1]
WORKER = AUTOGRADER / "worker"
CHECKS = AUTOGRADER / "checks"
# Not /usr and /usr/local as a whole: either may hold an exchange, a course or homes.
SYSTEM = [f"/usr/{name}" for name in ("bin", "sbin", "lib", "lib32", "lib64", "share")]
ROOT_LINKS = ("/bin", "/sbin", "/lib", "/lib32", "/lib64")  # to those, on most systems
FILES = ["/etc/ld.so.cache", "/etc/alternatives", "/etc/fonts", "/etc/localtime"]
FILES += ["/usr/local/share/fonts"]
PARTS = ("bin", "lib", "lib32", "lib64", "pyvenv.cfg")  # of a folder in which Python lies
FONTS = "/matplotlib"  # where the list of fonts is shown
PACKAGES = {"checks": CHECKS, "worker": WORKER}  # what is needed of this project


@dataclass(frozen=True)
class View:
    """Places that can be read.

    Attributes
    ----------
    shown : dict of str
        By place in the worker: the place on the machine.
    links : dict of str
        By place: where a link of the system's root leads.
    hidden : list of str
        Places within those shown that must be covered: the engine, where it is installed, and the
        course.
    """

    shown: dict[str, str] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)
    hidden: list[str] = field(default_factory=list)

    def uncovered(self) -> tuple[list[str], list[str]]:
        """Return what can be read where nothing can be covered, and which folders be listed.

        In place of a folder that holds something hidden there is all else that it holds. Python
        lists such a folder to find modules, so the names in it can be seen, hidden ones too.
        """
        hidden = {os.path.realpath(each) for each in self.hidden}
        read: list[str] = []
        listed: list[str] = []
        left = list(dict.fromkeys(self.shown.values()))
        while left:
            place = left.pop()
            if not any(_is_in(each, place) for each in hidden):
                read.append(place)
            elif place not in hidden:
                listed.append(place)
                # A link would give away what it leads to; if that may be read, it is here itself.
                left += [each.path for each in os.scandir(place) if not each.is_symlink()]
        return read, listed


def view() -> View:
    """Return what of this machine every worker is shown."""
    links = {place: os.readlink(place) for place in ROOT_LINKS if os.path.islink(place)}
    wanted = [*SYSTEM, *(set(ROOT_LINKS) - links.keys()), *FILES, *_python()]
    shown: dict[str, str] = {}
    for place in sorted(set(wanted)):  # a folder before what is in it
        if os.path.exists(place) and not any(_is_in(place, each) for each in shown):
            shown[place] = os.path.realpath(place)
    course = registry.folder()
    private = [AUTOGRADER, *([course] if course else [])]  # tests and references
    hidden = [within for own in private for within in _places(own.resolve(), shown)]
    return View(shown, links, hidden)


def _python() -> list[str]:
    """Return where Python and its libraries lie."""
    prefixes = {
        sys.prefix,
        sys.base_prefix,
        str(Path(sys.executable).resolve().parent.parent),
    } - {"/usr"}
    parts = [os.path.join(prefix, part) for prefix in prefixes for part in PARTS]
    library = [sysconfig.get_path("stdlib"), sysconfig.get_path("platstdlib")]
    return [*parts, *library, *site.getsitepackages()]


def _is_in(place: str | Path, folder: str | Path) -> bool:
    return Path(place).is_relative_to(folder)


def _places(own: Path, shown: dict[str, str]) -> list[str]:
    """Return where a worker would see something; `lib64` shows all of `lib` once more."""
    return [
        str(place / own.relative_to(source))
        for place, source in ((Path(each), source) for each, source in shown.items())
        if _is_in(own, source)
    ]


def shows(place: str | Path, seen: View | None = None) -> bool:
    """Tell whether a worker could read what lies at a path.

    Parameters
    ----------
    place : path
    seen : View, optional
        What `view` returned before.
    """
    resolved = Path(place).resolve()
    return any(_is_in(resolved, source) for source in (seen or view()).shown.values())


def font_list() -> str:
    """Return a folder with Matplotlib's list of fonts, made once: it takes seconds.

    Empty where there is no place for one; then each fork server makes it anew.
    """
    for folder in (
        Path(sys.prefix) / "var" / "matplotlib",
        Path.home() / ".cache" / "autograder" / "matplotlib",  # an installation of several people
    ):
        with contextlib.suppress(OSError):
            folder.mkdir(parents=True, exist_ok=True)
            if not any(folder.glob("fontlist*")):
                _list_fonts(folder)
            return str(folder)
    return ""


def _list_fonts(folder: Path) -> None:
    (folder / "writable").touch()
    subprocess.run(
        [sys.executable, "-c", "import matplotlib.font_manager"],
        check=True,
        env={**os.environ, "MPLCONFIGDIR": str(folder)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
