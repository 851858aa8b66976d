"""The process from which workers are forked: it has imported what notebooks import.

It runs inside the sandbox and never runs a student's code itself. For each submission it forks
process 1 of new namespaces, which starts the worker. When process 1 ends, the kernel ends
everything in its namespace, and only then is the end reported.
"""

import contextlib
import gc
import json
import os
import selectors
import shutil
import signal
import socket
import sys
from collections import namedtuple

from student import wire
from student.calls import Call, called, encoded

from . import confine, frames
from .session import Session
from .shell import make_shell

WARM = 20  # runs: by then Python has specialised its bytecode, and all workers share that
SAMPLE = """
import numpy as np
import matplotlib.pyplot as plt
def sample(values, rng):
    return {"mean": np.mean(values), "drawn": rng.standard_normal((2, 3))}
print(sample([1.0, 2.0], np.random.default_rng(0)))
"""


def main():
    """Serve requests for workers from the socket that is file descriptor 3."""
    control = socket.socket(fileno=int(os.environ["CONTROL"]))
    confined = os.environ["CONFINED"] == "yes"
    shell = preload()
    if confined:
        confine.refusals()  # built once; a worker only has to load it
    gc.freeze()  # a collection in a worker would write to, and so copy, all that it shares
    control.sendall(b"ready\n")
    serve(control, shell, confined)


def serve(control, shell, confined):
    """Start a worker for each request, and report each one's end, until the judge hangs up."""
    with selectors.DefaultSelector() as waiting:
        waiting.register(control, selectors.EVENT_READ)
        while True:
            key, _ = waiting.select()[0]  # the others are asked for again: they may be gone
            if key.fileobj is not control:
                waiting.unregister(key.data.handle)
                waiting.unregister(key.data.status)
                end(key.data, confined)
                continue
            data, descriptors, _, _ = socket.recv_fds(control, 65536, 2)
            if not data:
                return
            work, status = (socket.socket(fileno=fd) for fd in descriptors)
            with work:
                first = begin(shell, work, status, json.loads(data), confined)
            if first:  # one can be read when it has ended, the other when the judge hangs up
                worker = First(first, os.pidfd_open(first), status)
                waiting.register(worker.handle, selectors.EVENT_READ, worker)
                waiting.register(status, selectors.EVENT_READ, worker)


First = namedtuple("First", "pid handle status")  # process 1 of a worker


def preload():
    """Import what students import, so that no worker has to."""
    if os.path.isdir("/matplotlib"):
        shutil.copytree("/matplotlib", os.environ["MPLCONFIGDIR"], dirs_exist_ok=True)
    import matplotlib.backends.backend_agg  # noqa: F401
    import matplotlib.pyplot as plt
    import numpy.random  # noqa: F401

    shell = make_shell()
    for _ in range(WARM):
        shell.run_cell(SAMPLE, store_history=False)
        call = Call(([1.0], wire.Seed("Generator", 0)))
        wire.loads(encoded(called(shell.user_ns["sample"], call)))
    figure = plt.figure()  # the first figure loads fonts; let no worker pay for that
    figure.add_subplot().set_xlabel("x")
    figure.canvas.draw()
    plt.close("all")
    shell.reset(new_session=True)
    return shell


def begin(shell, work, status, bounds, confined):
    """Fork process 1 of a worker; return its number, or None if that is refused."""
    try:
        first = confine.fork_apart() if confined else os.fork()
    except OSError as error:
        status.sendall(json.dumps({"refused": str(error)}).encode())
        status.close()
        return None
    if first == 0:
        init(shell, work, status, bounds, confined)
    return first


def end(worker, confined):
    """End a worker, if that has not happened, wait until all it started is gone, report."""
    if not confined:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(worker.pid, signal.SIGKILL)  # it leads the group of all it started
    with contextlib.suppress(ProcessLookupError):
        os.kill(worker.pid, signal.SIGKILL)
    _, code = os.waitpid(worker.pid, 0)
    with contextlib.suppress(OSError):
        worker.status.sendall(json.dumps({"code": os.waitstatus_to_exitcode(code)}).encode())
    worker.status.close()
    os.close(worker.handle)


def init(shell, work, status, bounds, confined):
    """Be process 1: lay the mounts, start the worker, reap, end as the worker ended."""
    confine.die_with_parent()
    os.setsid()  # what is sent to the worker's group must not reach the zygote's
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # process 1 is deaf to what it does not handle
    try:
        if confined:
            confine.namespaces()
        facts = confine.survey()
        if confined:
            confine.mounts(bounds["scratch_bytes"], bounds["scratch_files"])
        worker = os.fork()
        if worker == 0:
            signal.signal(signal.SIGINT, signal.default_int_handler)
            status.close()
            work_on(shell, work, bounds, facts, confined)
        work.close()
    except BaseException as error:
        status.sendall(json.dumps({"refused": f"{type(error).__name__}: {error}"}).encode())
        os._exit(1)
    while True:
        pid, code = os.wait()
        if pid == worker:
            exit_code = os.waitstatus_to_exitcode(code)
            os._exit(exit_code if exit_code >= 0 else 128 - exit_code)


def work_on(shell, work, bounds, facts, confined):
    """Be the worker: give up every right, the system calls last, then serve the judge."""
    try:
        keep = work.fileno()
        null = os.open("/dev/null", os.O_RDWR)
        for standard in (0, 1, 2):
            os.dup2(null, standard)
        os.closerange(3, keep)
        os.closerange(keep + 1, 4096)
        if confined:
            os.chdir("/tmp")
            confine.become_nobody(facts)
        confine.limits(bounds, facts, confined)
        if confined:
            confine.system_calls()
        session = Session(shell, work, bounds)
    except BaseException as error:
        frames.send(work, wire.dumps({"refused": f"{type(error).__name__}: {error}"}))
        os._exit(1)
    code = 0
    try:
        session.serve()
    except ConnectionError:
        pass
    except BaseException as error:
        code = 99
        with contextlib.suppress(Exception):
            frames.send(work, wire.dumps({"died": f"{type(error).__name__}: {error}"[:200]}))
    os._exit(code)


if __name__ == "__main__":
    sys.exit(main())
