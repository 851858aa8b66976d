"""Keeps nbgrader from working without the course's configuration.

nbgrader logs an error in a configuration and goes on without it: stock, running submissions with
the instructor's own rights. So the environment has a file that loads this one before any other
configuration: `environment/etc/jupyter/jupyter_config.py`. It comes with the installed engine, and
with the first verb where the engine is not installed. This file depends on nothing of the engine or
the course, which may be damaged themselves.
"""

import contextlib
import sys
import traceback
from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import wraps
from html import escape
from pathlib import Path
from typing import Any

COURSE_FILE = "nbgrader_config.py"
PLACE = Path("etc", "jupyter", "jupyter_config.py")  # in the environment
SOURCE = Path(__file__).parent / "environment" / PLACE
# Commands that run nothing of a submission and open no gradebook. Students use them in folders of
# their own, where no course is.
STUDENTS_COMMANDS = {
    "FetchAssignmentApp",
    "FetchFeedbackApp",
    "ListApp",
    "SubmitApp",
    "ValidateApp",
}
NOTHING = "Nothing was done."
RESTORE = f"`git checkout HEAD {COURSE_FILE}` puts back the course's own file"
AGAIN = "Then start this server again."
INSTALL = "`python3 course.py build` installs what is missing"


def mark_loaded(config: Any) -> None:
    """Mark a configuration as the course's; the last thing that its file does.

    nbgrader drops all of a file that fails, hence also this mark.
    """
    config.CoursePack.loaded = True


def is_loaded(config: Any) -> bool:
    """Tell whether a configuration holds the course's, whole."""
    return "CoursePack" in config and config.CoursePack.get("loaded") is True


def begin() -> None:
    """Hold a program that has loaded no configuration yet."""
    hold()
    sys.modules["nbgrader.apps.baseapp"].NbGrader.course_failure = None


def hold() -> None:
    """Have every nbgrader command and formgrader stop without the course's configuration."""
    from nbgrader.apps.baseapp import NbGrader

    if not hasattr(NbGrader, "course_failure"):
        NbGrader.course_failure = None
        # traitlets logs an error in a configuration and goes on. Only an environment variable set
        # before the start could stop it, for every program of Jupyter and with a traceback. Its
        # hook is a loader named by the application's class, and those classes are nbgrader's.
        NbGrader.python_config_loader_class = _watched(NbGrader.python_config_loader_class)
        NbGrader.json_config_loader_class = _watched(NbGrader.json_config_loader_class)
        _check_starts(NbGrader)
    formgrader = sys.modules.get("nbgrader.server_extensions.formgrader.formgrader")
    if formgrader and not hasattr(formgrader.FormgradeExtension, "course_is_checked"):
        _check_requests(formgrader)


def put_in_place(prefix: str | Path = sys.prefix) -> None:
    """Copy what loads this file into the virtual environment, unless it is there.

    A Python that is not in a virtual environment is left alone: others may use nbgrader with it.
    """
    if sys.prefix == sys.base_prefix:
        return
    place, text = Path(prefix, PLACE), SOURCE.read_bytes()
    try:
        if place.exists() and place.read_bytes() == text:
            return
        place.parent.mkdir(parents=True, exist_ok=True)
        partial = place.with_suffix(".partial")
        partial.write_bytes(text)
        partial.replace(place)
    except OSError:  # somebody else's environment, who has put it there or has to
        return


def _watched(loader: type) -> type:
    """Return a loader of configurations that stops a command at the first error."""
    from traitlets.config.loader import ConfigFileNotFound

    class Watched(loader):
        def load_config(self) -> Any:
            from nbgrader.apps.baseapp import NbGrader

            try:
                return super().load_config()
            except ConfigFileNotFound:
                raise
            except (Exception, SystemExit) as error:
                # One that a file loads has reported its own failure already.
                failure = NbGrader.course_failure or describe(self.full_filename, error)
                NbGrader.course_failure = failure
                if _is_server():  # which goes on, with grading off
                    raise RuntimeError(failure) from error
                raise SystemExit(f"{NOTHING} {failure}") from error

    return Watched


def describe(name: str, error: BaseException) -> str:
    """Return in one sentence what is wrong in a configuration, where, and what to do."""
    line, what = _line(name, error), " ".join(str(error).split())
    if not isinstance(error, SystemExit):
        what = f"{type(error).__name__}: {what}"
    if isinstance(error, SyntaxError):
        with open(name, encoding="utf-8", errors="replace") as text:
            if any(each.startswith(("<<<<<<< ", ">>>>>>> ")) for each in text):
                what = "a merge conflict is not resolved"
    remedy = RESTORE if Path(name).name == COURSE_FILE else "fix it, or move it away"
    if isinstance(error, ImportError):
        remedy = f"{remedy}; {INSTALL}"
    where = f"{name}, line {line}" if line else name
    return f"{where} cannot be loaded ({what}): {remedy}."


def _line(name: str, error: BaseException) -> int | None:
    if isinstance(error, SyntaxError) and error.filename == name:
        return error.lineno
    frames = traceback.extract_tb(error.__traceback__)
    return next((frame.lineno for frame in reversed(frames) if frame.filename == name), None)


def _is_server() -> bool:
    server = sys.modules.get("jupyter_server.serverapp")
    return bool(server and server.ServerApp.initialized())


def refusal(app: Any) -> str | None:
    """Return why an nbgrader application must not work, or None."""
    from nbgrader.apps.baseapp import NbGrader

    if is_loaded(app.config):
        return None
    if NbGrader.course_failure:
        return str(NbGrader.course_failure)
    root = Path(app.coursedir.root)
    names = {each.__name__ for each in type(app).__mro__}
    if names & STUDENTS_COMMANDS and not (root / app.coursedir.source_directory).exists():
        return None
    is_there = (root / COURSE_FILE).exists()
    why = "is not the course's, or failed as reported above" if is_there else "does not exist"
    return (
        f"{root / COURSE_FILE} {why}: start in the course directory, or name it with "
        f"--course-dir; if you are there, {RESTORE}."
    )


def _check_starts(app: Any) -> None:
    """Wrap the `start` of every nbgrader command; not all of them call that of their base.

    There is no hook between the reading of the configuration and `start`, and no setting for the
    classes of the commands.
    """
    if "start" in vars(app):
        app.start = _checked(app.start)
    for each in app.__subclasses__():
        _check_starts(each)


def _checked(start: Callable[[Any], None]) -> Callable[[Any], None]:
    @wraps(start)
    def checked(app: Any) -> None:
        # One with a command to start was given to it whole, its configuration included.
        why = None if app.subapp else refusal(app)
        if why:
            raise SystemExit(f"{NOTHING} {why}")
        with contextlib.nullcontext() if app.subapp else _words(app):
            start(app)

    return checked


def _check_requests(formgrader: Any) -> None:
    """Have formgrader's pages and buttons answer with the reason while grading is off.

    Formgrader sets up its handlers from a list in its own module, so that what holds for all of
    them can only be put into their base. What is wrong must be said at the start of the server,
    after its configuration was read: `init_tornado_settings` is the first that is called then.
    """
    from nbgrader.server_extensions.formgrader.base import BaseHandler

    extension, prepare = formgrader.FormgradeExtension, BaseHandler.prepare
    extension.course_is_checked, settle = True, extension.init_tornado_settings

    def init_tornado_settings(self: Any, webapp: Any) -> None:
        settle(self, webapp)
        if why := refusal(self):
            self.log.error("Grading is off. %s", why)

    async def checked(self: Any) -> None:
        await prepare(self)
        why = _off(self.settings)
        # Formgrader's first page only chooses the course directory, and leads to another.
        if (
            why
            and self.current_user
            and not isinstance(self, formgrader.handlers.FormgraderHandler)
        ):
            # A button shows the reason only if its request as such has succeeded.
            self.set_status(200 if self.request.method == "POST" else 503)
            answer = {"success": False, "error": why, "log": why}
            self.finish(answer if "/api/" in self.request.path else f"<p>{escape(why)}</p>")

    extension.init_tornado_settings, BaseHandler.prepare = init_tornado_settings, checked


def _off(settings: Any) -> str | None:
    """Return why grading is off in a server, or its gradebook out of reach; or None.

    The pages that show submissions were made with the configuration that it started with.
    """
    app = settings["nbgrader_formgrader"]
    if not (is_loaded(app.config) and is_loaded(settings["initial_config"])):
        return f"Grading is off. {refusal(app) or 'It was when this server started.'} {AGAIN}"
    try:
        with _words(app):
            return None
    except SystemExit as told:
        settings["nbgrader_gradebook"] = None  # its connection is broken; the next is a new one
        return str(told)


def _words(app: Any) -> AbstractContextManager[object]:
    """Return what the course's configuration has put there to tell of its gradebook in words.

    This file depends on nothing of it.
    """
    within = getattr(type(app), "course_words", None)
    made: AbstractContextManager[object] = within(app) if within else contextlib.nullcontext()
    return made
