"""A worker without notebooks: it probes whether the walls around it hold."""

import os
import socket
from collections.abc import Callable
from functools import partial

from checks import wire

from . import frames

Attempt = Callable[[], object]


class Probe:
    """Answers one request and ends.

    Parameters
    ----------
    line : socket.socket
        To the judge.
    """

    def __init__(self, line: socket.socket):
        self.line = line

    def serve(self) -> None:
        """Try what a worker must be able to do, then what it must not."""
        request = wire.loads(frames.receive(self.line, wire.MAX_BYTES))
        frames.send(self.line, wire.dumps({"holes": _holes(request["closed"])}))


def _holes(closed: list[str]) -> list[str]:
    """Return what is not as it should be."""
    allowed: list[tuple[str, Attempt]] = [
        ("its own library cannot be read", lambda: open(os.__file__).close()),
        ("its scratch folder cannot be written", lambda: open("probe", "w").close()),
    ]
    refused: list[tuple[str, Attempt]] = [
        ("a process can be started", _fork),
        ("a socket can be made", lambda: socket.socket(socket.AF_UNIX)),
        ("a process can be signalled", lambda: os.kill(os.getppid(), 0)),
        *((f"{place} can be read", partial(_read, place)) for place in closed),
    ]
    found = [what for what, attempt in allowed if not _works(attempt)]
    return found + [what for what, attempt in refused if _works(attempt)]


def _works(attempt: Attempt) -> bool:
    try:
        attempt()
    except OSError:
        return False
    return True


def _fork() -> None:
    if os.fork() == 0:
        os._exit(0)


def _read(place: str) -> None:
    open(place).close()
