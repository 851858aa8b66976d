"""The process from which workers are forked: it has imported what notebooks import.

It never runs a student's code itself. For each submission it forks an init process, which forks
the worker and stays with it. The process that starts it chooses the walls around them.
"""

import contextlib
import gc
import json
import os
import selectors
import socket
import sys
from collections.abc import Iterable
from dataclasses import dataclass

from . import init, kernel, syscalls
from .landlocked import Landlocked
from .namespaces import Namespaces
from .preload import preload
from .settings import Bounds, ForkServer
from .shell import Shell
from .walls import Spawned, Walls


def main(settings: ForkServer) -> None:
    """Serve requests for workers."""
    control = socket.socket(fileno=settings["control"])
    try:
        walls = _walls(settings)
    except (kernel.UnavailableError, OSError) as error:
        sys.exit(str(error))
    shell = None if settings["probe"] else preload()
    gc.freeze()  # a collection in a worker would write to, and so copy, all that it shares
    control.sendall(b"ready\n")
    try:
        serve(control, shell, walls)
    finally:
        walls.close()


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


def serve(control: socket.socket, shell: Shell | None, walls: Walls) -> None:
    """Start a worker for each request, and report each one's end, until the judge hangs up."""
    with selectors.DefaultSelector() as waiting:
        waiting.register(control, selectors.EVENT_READ)
        while True:
            key, _ = waiting.select()[0]  # the others are asked for again: they may have ended
            if key.fileobj is not control:
                waiting.unregister(key.data.handle)
                waiting.unregister(key.data.status)
                reap(key.data, walls)
                continue
            data, descriptors, _, _ = socket.recv_fds(control, 65536, 2)
            if not data:
                break
            work, status = (socket.socket(fileno=fd) for fd in descriptors)
            with work:
                worker = spawn(shell, work, status, json.loads(data), walls)
            if worker:
                waiting.register(worker.handle, selectors.EVENT_READ, worker)
                waiting.register(worker.status, selectors.EVENT_READ, worker)
        for worker in {each.data for each in waiting.get_map().values() if each.data}:
            reap(worker, walls)


def spawn(
    shell: Shell | None,
    work: socket.socket,
    status: socket.socket,
    bounds: Bounds,
    walls: Walls,
) -> Running | None:
    """Fork the init process of a worker; return None if that is refused."""
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
    """End a worker, if that has not happened, wait until all it started has ended, report."""
    over = walls.end(worker.spawned)
    _, code = os.waitpid(worker.spawned.pid, 0)
    walls.forget(worker.spawned)
    report = {"code": os.waitstatus_to_exitcode(code), "over": over}
    with contextlib.suppress(OSError):
        worker.status.sendall(json.dumps(report).encode())
    worker.status.close()
    os.close(worker.handle)
