"""The key of a verdict: a hash of all that it depends on. Equal keys, equal verdicts.

Left out are comments and words, of the engine and of the course: another wording of a message is
no reason to judge a class again, nor to ask a teacher again who has graded by hand.
"""

from __future__ import annotations

import hashlib
import os
import platform
import re
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.metadata import packages_distributions, version
from importlib.util import find_spec
from pathlib import Path

from autograder import registry
from autograder.submission.master import data_files
from autograder.submission.reading import candidates, listing

from . import meanings
from .request import Request

AUTOGRADER = Path(__file__).parents[1]
# The packages that a verdict depends on, and how many words make a text in them a wording. Where
# the walls are made none does: what looks like words there are names of system calls.
JUDGING = {"checks": 1, "judge": 1, "submission": 1, "sandbox": sys.maxsize, "worker": sys.maxsize}
ALONE = ("cases.py", "model.py")
COURSE_WORDS = 4  # in the course: a text of fewer may be an input, such as a name
ALWAYS = ("numpy", "matplotlib", "ipython")
IMPORTING = (b"import", b"from")
FROM_COURSE = re.compile(r"^from (\.*)(\w*)((?:\.\w+)*) import (\([^)]*\)|.*)", re.MULTILINE)
IMPORTED = re.compile(rb"\b(?:import|from)\s+([A-Za-z_][\w., ]*)")


class Given:
    """What is the same for a class in its keys: all but what was handed in.

    Every file counts that lies beside the notebook.

    Parameters
    ----------
    request : Request
        Of any submission.
    mode : str
        Of the isolation.
    """

    def __init__(self, request: Request, mode: str) -> None:
        settings = f"{request.seed} {request.limits.as_dict()} {mode} {_engine()}"
        self.digest = hashlib.sha256(settings.encode())
        self.digest.update(_declared(request.assignment).encode() + request.notebooks.text)
        for name, content in data_files(request.source.parent).items():
            self.digest.update(name.encode() + hashlib.sha256(content).digest())
        self.imported = modules(request.notebooks.text)


def key(request: Request, mode: str, given: Given | None = None) -> str:
    """Return the key of the verdict on one notebook of a submission.

    Every file that a verdict looks at counts, of the submission and beside the notebook.

    Parameters
    ----------
    request : Request
    mode : str
        Of the isolation.
    given : Given, optional
        If it was made for another submission of the class.
    """
    folder, limits = request.folder, request.limits
    given = given or Given(request, mode)
    digest, imported = given.digest.copy(), set(given.imported)
    files, remarks = listing(folder, request.source.name)
    digest.update(repr(remarks).encode("utf-8", "replace"))
    for path in files:
        digest.update(os.path.relpath(path, folder).encode("utf-8", "replace"))
    for path in candidates(files, limits.notebook_bytes):
        content = _content(path, limits.notebook_bytes)
        imported |= modules(content)
        digest.update(hashlib.sha256(content).digest())
    digest.update(_versions(imported).encode())
    return digest.hexdigest()


def version_of(assignment: str) -> str:
    """Return the hash of what judges an assignment here: engine, course, Python and packages."""
    return hashlib.sha256(f"{_engine()} {_declared(assignment)}".encode()).hexdigest()


def modules(text: bytes) -> set[str]:
    """Return the words in a text that may be names of modules which it imports."""
    lists = b",".join(_imported(text)).split(b",")
    first = (re.split(rb"[. ]", each.strip())[0] for each in lists)
    return {name.decode("ascii", "replace") for name in first}


def _imported(text: bytes) -> Iterator[bytes]:
    """Yield what `IMPORTED` finds; it would try at every sign, where the two words are seldom."""
    starts = sorted(each.start() for word in IMPORTING for each in re.finditer(word, text))
    end = 0
    for start in starts:
        if start >= end and (found := IMPORTED.match(text, start)):
            end = found.end()
            yield found[1]


def _content(path: Path, most: int) -> bytes:
    """Return the content of a file, or what keeps it from being read."""
    try:
        size = path.lstat().st_size
        return f"{size} bytes".encode() if size > most else path.read_bytes()
    except OSError as error:
        return str(error.errno).encode()


@cache
def _declared(assignment: str) -> str:
    """Return the hash of what the course declares of an assignment and uses, and of its data."""
    course, digest = registry.folder(), hashlib.sha256()
    if course and assignment in registry.assignments():
        place = course / assignment
        own = [
            path
            for path in place.rglob("*.py")
            if path.name != registry.TEXT and not path.name.startswith("test_")
        ]
        modules = [(path, COURSE_WORDS) for path in sorted(reached(course, own))]
        digest.update(meanings.digest(place, modules).encode())
        for name in registry.load(assignment).data:
            digest.update((registry.root() / "data" / name).read_bytes())
    return digest.hexdigest()


def reached(course: Path, modules: Iterable[Path]) -> set[Path]:
    """Return modules and what they import of the course, directly or not."""
    found: set[Path] = set()
    waiting = list(modules)
    while waiting:
        path = waiting.pop()
        if path in found or not path.is_file():
            continue
        found.add(path)
        for dots, own, module, names in FROM_COURSE.findall(path.read_text(encoding="utf-8")):
            if not dots and own != course.name:
                continue
            above = path.parents[len(dots) - 1] if dots else course.parent
            place = above.joinpath(*f"{own}{module}".split(".")) if own else above
            waiting += [place.with_suffix(".py"), place / "__init__.py"]
            waiting += [place / f"{name}.py" for name in re.findall(r"\w+", names)]
    return found


@cache
def _engine() -> str:
    """Name what judges: Python, the packages that are always there, the engine's own code."""
    modules = [
        (path, least)
        for path in sorted(AUTOGRADER.rglob("*.py"))
        if (least := 1 if path.name in ALONE else JUDGING.get(path.parts[-2], 0))
    ]
    packages = " ".join(f"{name} {version(name)}" for name in ALWAYS)
    return f"{platform.python_version()} {packages} {meanings.digest(AUTOGRADER, modules)}"


@cache
def _packages() -> dict[str, str]:
    """Return the versions of what is installed, by the names of modules."""
    return {
        module: " ".join(sorted(f"{name} {version(name)}" for name in set(names)))
        for module, names in packages_distributions().items()
    }


def _versions(imported: Iterable[str]) -> str:
    there = sorted(filter(_is_installed, imported))  # mostly none, and a list takes long
    return repr([_packages().get(name) for name in there])


@cache
def _is_installed(name: str) -> bool:
    """Tell whether a word is a module of a package, and of one that is not always there."""
    known = name in ALWAYS or name in sys.stdlib_module_names
    return name.isidentifier() and not known and find_spec(name) is not None
