"""Choosing the isolation of a grading: the strongest that works here, found by probing."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from autograder import registry
from autograder.platforms import ELSEWHERE

from .connection import NoSandboxError, Worker, WorkerEndedError
from .isolation import AUTO, LADDER, NONE, UNCONFINED, Isolation
from .limits import Limits
from .sandbox import Sandbox
from .view import AUTOGRADER

PROBE_SECONDS = 60.0
REMEDY = (
    "Linux 5.13 or newer with Landlock is enough, and so is bubblewrap where user namespaces are "
    "allowed; docs/operators.md says more"
)


def closed() -> list[str]:
    """Return files that a worker must not be able to read: the course among them."""
    packages = [AUTOGRADER / "judge", *filter(None, [registry.folder()])]
    return ["/etc/passwd", *(str(each / "__init__.py") for each in packages)]


def choose(wanted: str = AUTO) -> Isolation:
    """Return the strongest isolation in which a worker could be started just now; see `opened`."""
    if wanted == NONE and sys.platform == "linux":
        return UNCONFINED
    sandbox = opened(wanted)
    sandbox.close()
    return sandbox.isolation


def opened(wanted: str = AUTO) -> Sandbox:
    """Return a sandbox of the strongest isolation in which a worker could be started just now.

    It has loaded nothing yet.

    Parameters
    ----------
    wanted : str, optional
        NAMESPACES or LANDLOCK, to insist on that one; NONE, to do without.

    Raises
    ------
    NoSandboxError
        If there is none; the text says why, and what to do.
    """
    if sys.platform != "linux":
        raise NoSandboxError(ELSEWHERE)
    if wanted == NONE:
        return Sandbox(UNCONFINED, probe=True)
    reasons: list[str] = []
    for isolation in LADDER:
        if wanted in (AUTO, isolation.mode):
            try:
                sandbox = probed(isolation)
            except NoSandboxError as error:
                reasons.append(f"{isolation.maker or isolation.mode}: {error}")
            else:
                why = "; ".join(reasons) if isolation.mode != LADDER[0].mode else ""
                sandbox.isolation = Isolation(isolation.mode, isolation.maker, why)
                return sandbox
    insisted = "" if wanted == AUTO else f" with --isolation {wanted}"
    raise NoSandboxError(
        f"Student code cannot be confined on this machine{insisted}. {'; '.join(reasons)}. {REMEDY}"
    )


def choose_or_exit(wanted: str = AUTO) -> Isolation:
    """Return what `choose` does; end the program with the reason where it refuses."""
    with _refusing():
        return choose(wanted)


def opened_or_exit(wanted: str = AUTO) -> Sandbox:
    """Return what `opened` does; end the program with the reason where it refuses."""
    with _refusing():
        return opened(wanted)


@contextmanager
def _refusing() -> Iterator[None]:
    try:
        yield
    except NoSandboxError as error:
        raise refusal(error) from None


def refusal(error: NoSandboxError) -> SystemExit:
    """Return the message of a grading that cannot begin."""
    return SystemExit(
        f"Nothing was graded. {error}. To run students' code with your own rights all the same: "
        "--CourseAutograde.without_sandbox=True (with course.py grade: --without-sandbox)."
    )


def probe(isolation: Isolation) -> None:
    """See whether some walls hold; the errors are those of `probed`."""
    probed(isolation).close()


def probed(isolation: Isolation) -> Sandbox:
    """Start a worker behind some walls and have it probe them; return its sandbox.

    Raises
    ------
    NoSandboxError
        If it cannot be started, or if a wall does not hold.
    """
    sandbox = Sandbox(isolation, probe=True)
    try:
        worker = Worker(sandbox, Limits())
        found = worker.ask({"closed": closed()}, PROBE_SECONDS)["holes"]
        worker.close()
        if found:
            raise NoSandboxError(", ".join(found))
        return sandbox
    except WorkerEndedError as error:
        sandbox.close()
        raise NoSandboxError(error.detail) from None
    except BaseException:
        sandbox.close()
        raise
