"""The init process of a worker, and the worker until it serves."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import tempfile
from typing import TYPE_CHECKING, NoReturn

from checks import wire

from . import frames, syscalls
from .probe import Probe
from .settings import Bounds
from .walls import Walls

if TYPE_CHECKING:
    from .session import Session
    from .shell import Shell

MAX_DESCRIPTORS = 4096
REFUSED = 1  # how a process ends that could not be confined; the reason has been sent
ENDED = 99  # how a worker ends when the student's code leaves its loop


def run(
    shell: Shell | None,
    work: socket.socket,
    status: socket.socket,
    bounds: Bounds,
    walls: Walls,
) -> NoReturn:
    """Be the init process: prepare the walls, fork the worker, reap, end as the worker ended."""
    os.setsid()  # what is sent to the worker's group must not reach the fork server's
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # process 1 is deaf to what it does not handle
    try:
        walls.prepare(bounds)
        parent = os.getpid()
        worker = os.fork()
        if worker == 0:
            signal.signal(signal.SIGINT, signal.default_int_handler)
            status.close()
            work_on(shell, work, bounds, walls, parent)
        work.close()
    except BaseException as error:
        with contextlib.suppress(OSError):
            status.sendall(json.dumps({"refused": _in_words(error)}).encode())
        os._exit(REFUSED)
    try:
        code = walls.wait(worker, bounds)
    except (
        BaseException
    ):  # any error that a worker causes costs only that worker, which ends with us
        code = ENDED
    os._exit(code if code >= 0 else 128 - code)


def work_on(
    shell: Shell | None, work: socket.socket, bounds: Bounds, walls: Walls, parent: int
) -> NoReturn:
    """Be the worker: give up every right, the system calls last, then serve the judge."""
    try:
        _leave_descriptors(work.fileno())
        walls.confine(bounds, parent)
        _point_to(walls.scratch)
        if type(walls) is not Walls:
            syscalls.refuse(os.getpid())
        session: Probe | Session = Probe(work)
        if shell:
            from .session import Session  # long imported by the fork server; see `preload`

            session = Session(shell, work, bounds, walls.scratch)
    except BaseException as error:
        frames.send(work, wire.dumps({"refused": _in_words(error)}))
        os._exit(REFUSED)
    code = 0
    try:
        session.serve()
    except ConnectionError:
        pass
    except BaseException as error:
        code = ENDED
        with contextlib.suppress(Exception):
            frames.send(work, wire.dumps({"crashed": _in_words(error)[:200]}))
    os._exit(code)


def _leave_descriptors(keep: int) -> None:
    null = os.open("/dev/null", os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(null, standard)
    os.closerange(3, keep)
    os.closerange(keep + 1, MAX_DESCRIPTORS)


def _point_to(scratch: str) -> None:
    """Point the usual variables for writable folders to the scratch folder; say what runs."""
    os.environ["HOME"] = os.environ["TMPDIR"] = tempfile.tempdir = scratch
    os.environ["MPLCONFIGDIR"] = os.path.join(scratch, "matplotlib")
    os.environ["NBGRADER_EXECUTION"] = "autograde"  # as nbgrader tells its notebooks
    os.environ["IPYTHONDIR"] = os.path.join(scratch, "ipython")


def _in_words(error: BaseException) -> str:
    return f"{type(error).__name__}: {error}"
