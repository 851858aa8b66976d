"""Where the gradebook is, a file or a server, and in words why it cannot be used."""

import contextlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

# What SQLite says, and what that means to an instructor; the last one fits everything else.
FILE = {
    "locked": "is locked by another program; close that program, and start again",
    "readonly": "cannot be written; give yourself write permission, and start again",
    "unable to open": "cannot be opened; give yourself read permission, and start again",
    "disk is full": "cannot be written because the disk is full; free some space, and start again",
    "no such": "was made by another version of nbgrader; copy it to a safe place, then run "
    "`nbgrader db upgrade`",
    "": "is damaged; restore your last backup of it, and grade again",
}
# What PostgreSQL says: the first that fits.
SERVER = {
    "password|no pg_hba.conf entry|FATAL: +role": "refuses the name or the password; correct them "
    "in `CourseDirectory.db_url` or in ~/.pgpass, and start again",
    "FATAL: +database .* does not exist": "does not exist on that server; create it (`createdb`) "
    "or correct its name in `CourseDirectory.db_url`, and start again",
    "too many clients|connection slots": "is used by too many programs; close some, or let the "
    "server have more (`max_connections`), and start again",
    "connection|resolve host|terminating|starting up|shutting down": "cannot be reached; see that "
    "its server runs and that `CourseDirectory.db_url` names it, and start again",
    "permission denied|read-only": "cannot be written; have its owner grant you that, and start "
    "again",
    "No space left|could not extend": "cannot be written because its disk is full; free some "
    "space, and start again",
    "(relation|column) .* does not exist": FILE["no such"],
    "": "answers with an error",
}
# For another program that reads or writes an SQLite file: longer than a page or an export takes.
# Its own default of 5 s is not, for a large class.
WAIT_SECONDS = 60.0
# How the applications that open the gradebook are called, nbgrader's commands and formgrader.
OPENING = ("Db", "Export", "Generate", "Collect", "ZipCollect", "Formgrade")
DRIVER = "`.venv/bin/uv sync --inexact --no-default-groups --extra postgresql` installs it"


def address(url: str) -> URL:
    """Return the parts of a gradebook's address.

    Raises
    ------
    SystemExit
        If it is none. It is not repeated: a password may stand in it.
    """
    try:
        made = make_url(url)
        made.get_dialect()
        return made
    except (ArgumentError, NoSuchModuleError, ValueError):
        raise SystemExit(
            "`CourseDirectory.db_url` is not the address of a database; it looks like "
            "sqlite:////srv/grades/course.db or postgresql://name@host/database."
        ) from None


def path_of(url: str) -> Path | None:
    """Return the file of a gradebook, or None: one on a server has none."""
    made = address(url)
    is_file = made.get_backend_name() == "sqlite" and made.database
    return Path(str(made.database)) if is_file else None


def patient(url: str) -> str:
    """Return the address by which a gradebook is opened so that it waits for other programs.

    A server does so by itself.
    """
    if path_of(url) is None:
        return url
    waits = address(url).update_query_dict({"timeout": str(WAIT_SECONDS)})
    return waits.render_as_string(hide_password=False)


def shown(url: str) -> str:
    """Return a gradebook's address for people, without its password."""
    path = path_of(url)
    return str(path or address(url).set(query={}).render_as_string(hide_password=True))


@contextlib.contextmanager
def in_words(url: str) -> Iterator[None]:
    """Turn an error of the database into a sentence.

    Raises
    ------
    SystemExit
        Unlike other errors it ends a grading at once: nobody else could be recorded either.
    """
    try:
        yield
    except DBAPIError as error:
        words = FILE if path_of(url) else SERVER
        said = " ".join(str(error.orig).split())
        why = next(words[sign] for sign in words if re.search(sign, said))
        raise SystemExit(
            f"The gradebook {shown(url)} {why}. Nothing that was "
            f"graded is lost. (The database says: {_without_password(said, url)}.)"
        ) from None
    except ModuleNotFoundError as error:
        if error.name != address(url).get_dialect().driver:
            raise
        raise SystemExit(
            f"The gradebook {shown(url)} needs the package {error.name}, which is not installed; "
            f"{DRIVER}."
        ) from None


def _without_password(said: str, url: str) -> str:
    """Return what a database says; none that we know repeats a password, and this makes sure."""
    made = address(url)
    for secret in (made.password, made.query.get("password")):
        said = said.replace(str(secret), "***") if secret else said
    return said


@contextlib.contextmanager
def told(app: Any) -> Iterator[None]:
    """Have a command of nbgrader's say in a sentence what keeps it from its gradebook.

    A server is asked before: some commands would answer its errors with a traceback and advice
    for another one.

    Parameters
    ----------
    app : NbGrader
        The application of the command.
    """
    url = app.coursedir.db_url
    if not type(app).__name__.startswith(OPENING):
        yield
        return
    with in_words(url):
        if path_of(url) is None:
            create_engine(url).connect().close()
        yield
