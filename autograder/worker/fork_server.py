"""The process from which workers are forked: it has imported what notebooks import.

It never runs a student's code itself. For each submission it forks an init process, which forks
the worker and stays with it. The process that starts it chooses the walls around them.

Several judges may share one, each over a line of its own. A message is told by the descriptors that
come with it: two are those of a worker, one is another line, and none asks to load what notebooks
import, without which a worker can only probe its walls.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import selectors
import socket
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from . import init, kernel, syscalls
from .landlocked import Landlocked
from .namespaces import Namespaces
from .settings import Bounds, ForkServer
from .walls import Spawned, Walls

if TYPE_CHECKING:
    from .shell import Shell

READY = b"ready\n"


def main(settings: ForkServer) -> None:
    """Serve requests for workers."""
    control = socket.socket(fileno=settings["control"])
    try:
        walls = _walls(settings)
    except (kernel.UnavailableError, OSError) as error:
        sys.exit(str(error))
    _freeze()
    control.sendall(READY)
    try:
        serve(control, walls)
    finally:
        walls.close()


def _freeze() -> None:
    """Spare workers what they share: a collection there would write to, and so copy, all of it."""
    gc.freeze()
    gc.enable()  # off since the start: there is nothing to collect among modules


def _walls(settings: ForkServer) -> Walls:
    if settings["mode"] == "none":
        return Walls(settings["folder"])
    try:
        syscalls.common()  # built once; a worker only has to load it
    except ImportError:
        raise kernel.UnavailableError(
            "the package pyseccomp is missing: install the requirements"
        ) from None
    except RuntimeError:
        raise kernel.UnavailableError(
            "the library libseccomp.so.2 is missing (Debian and Ubuntu: sudo apt-get install "
            "libseccomp2)"
        ) from None
    if settings["mode"] == "namespaces":
        return Namespaces(settings["shown"])
    _forget_paths([*settings["shown"], *settings["listed"]])
    return Landlocked(settings["shown"], settings["listed"], settings["folder"])


def _forget_paths(shown: Iterable[str]) -> None:
    """Look for modules only where a worker may: it must not learn the names of other folders."""
    places = [os.path.realpath(each) for each in shown]
    sys.path[:] = [
        path
        for path in sys.path
        if any(os.path.realpath(path).startswith(f"{place}/") for place in places)
        or os.path.realpath(path) in places
    ]
    sys.path_importer_cache.clear()


@dataclass(frozen=True)
class Running:
    """A worker's init process, and where its end is reported."""

    spawned: Spawned
    handle: int  # readable when the init process has ended
    status: socket.socket  # readable when the judge hangs up


def serve(control: socket.socket, walls: Walls) -> None:
    """Start a worker for each request, and report each one's end, until who started this hangs up.

    Nothing here waits for one worker: others would wait too.
    """
    shell: Shell | None = None
    with selectors.DefaultSelector() as waiting:
        waiting.register(control, selectors.EVENT_READ, control)
        while True:
            key, _ = waiting.select()[0]  # the others are asked for again: they may have ended
            if isinstance(key.data, Running):
                _attend(key.data, key.fileobj, waiting, walls)
                continue
            data, descriptors = _received(key.data)
            if not data and key.data is control:
                break
            match [socket.socket(fileno=each) for each in descriptors]:
                case [work, status]:
                    if worker := spawn(shell, work, status, json.loads(data), walls):
                        waiting.register(worker.handle, selectors.EVENT_READ, worker)
                        waiting.register(worker.status, selectors.EVENT_READ, worker)
                case [line]:
                    if _welcome(line, walls):
                        waiting.register(line, selectors.EVENT_READ, line)
                case _ if data:
                    from .preload import preload  # here: to probe the walls takes none of it

                    shell = preload()
                    _freeze()
                    control.sendall(READY)
                case _:
                    waiting.unregister(key.data)
                    key.data.close()
        left = {each.data for each in waiting.get_map().values() if isinstance(each.data, Running)}
        for worker in left:
            walls.end(worker.spawned)
        for worker in left:
            reap(worker, walls)


def _attend(worker: Running, what: object, waiting: selectors.BaseSelector, walls: Walls) -> None:
    """Have a worker end whose judge has hung up; report on one that has ended."""
    if what is worker.status:
        waiting.unregister(worker.status)
        walls.end(worker.spawned)
        return
    waiting.unregister(worker.handle)
    with contextlib.suppress(KeyError):  # if it was ordered to end
        waiting.unregister(worker.status)
    reap(worker, walls)


def _received(line: socket.socket) -> tuple[bytes, list[int]]:
    """Return a message and the descriptors that came with it; nothing if the judge hung up."""
    with contextlib.suppress(ConnectionError):  # a judge that was killed has left an answer unread
        data, descriptors, _, _ = socket.recv_fds(line, 65536, 2)
        return data, descriptors
    return b"", []


def _welcome(line: socket.socket, walls: Walls) -> bool:
    """Say on a new line that it is served, or hang up; tell which."""
    with contextlib.suppress(OSError):
        if walls.are_apart():
            line.sendall(READY)
            return True
    line.close()
    return False


def spawn(
    shell: Shell | None,
    work: socket.socket,
    status: socket.socket,
    bounds: Bounds,
    walls: Walls,
) -> Running | None:
    """Fork the init process of a worker; return None if that is refused."""
    with work:
        try:
            spawned = walls.fork()
        except OSError as error:
            status.sendall(json.dumps({"refused": str(error)}).encode())
            status.close()
            return None
        if spawned is None:
            init.run(shell, work, status, bounds, walls)
        return Running(spawned, os.pidfd_open(spawned.pid), status)


def reap(worker: Running, walls: Walls) -> None:
    """End what a worker has left, wait until all it started has ended, report."""
    walls.end(worker.spawned)
    _, code = os.waitpid(worker.spawned.pid, 0)
    over = walls.forget(worker.spawned)
    report = {"code": os.waitstatus_to_exitcode(code), "over": over}
    with contextlib.suppress(OSError):
        worker.status.sendall(json.dumps(report).encode())
    worker.status.close()
    os.close(worker.handle)
