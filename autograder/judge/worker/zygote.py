"""The process from which workers are forked: it has imported what notebooks import.

It runs inside the sandbox and never runs a student's code itself. For each submission it forks
a supervisor, which leaves for namespaces of its own and starts process 1 there, which starts
the worker. When process 1 ends, the kernel ends everything in its namespace, and only then is
the end reported.
"""

import contextlib
import json
import os
import select
import shutil
import signal
import socket
import sys


def main():
    """Serve requests for workers from the socket that is file descriptor 3."""
    control = socket.socket(fileno=int(os.environ["CONTROL"]))
    confined = os.environ["CONFINED"] == "yes"
    shell = preload()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    control.sendall(b"ready\n")
    while True:
        data, descriptors, _, _ = socket.recv_fds(control, 65536, 2)
        if not data:
            return
        if os.fork() == 0:
            control.close()
            work, status = (socket.socket(fileno=fd) for fd in descriptors)
            supervise(shell, work, status, json.loads(data), confined)
        for descriptor in descriptors:
            os.close(descriptor)


def preload():
    """Import what students import, so that no worker has to."""
    if os.path.isdir("/matplotlib"):
        shutil.copytree("/matplotlib", os.environ["MPLCONFIGDIR"], dirs_exist_ok=True)
    import matplotlib.backends.backend_agg  # noqa: F401
    import matplotlib.pyplot as plt
    import numpy.random  # noqa: F401
    import pyseccomp  # noqa: F401

    from . import session  # noqa: F401
    from .shell import make_shell
    shell = make_shell()
    shell.run_cell("import numpy as np\nimport matplotlib.pyplot as plt", store_history=False)
    figure = plt.figure()   # the first figure loads fonts; let no worker pay for that
    figure.add_subplot().set_xlabel("x")
    figure.canvas.draw()
    plt.close("all")
    shell.reset(new_session=True)
    return shell


def supervise(shell, work, status, bounds, confined):
    """Start process 1 of a worker, wait for its end or for the judge to hang up, report."""
    from . import confine
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    confine.die_with_parent()
    try:
        if confined:
            confine.namespaces()
        else:
            os.setsid()
    except OSError as error:
        status.sendall(json.dumps({"refused": str(error)}).encode())
        os._exit(1)
    first = os.fork()
    if first == 0:
        init(shell, work, status, bounds, confined)
    work.close()
    handle = os.pidfd_open(first)
    ready, _, _ = select.select([handle, status], [], [])
    if handle not in ready:
        _kill(first, confined)
    _, code = os.waitpid(first, 0)
    if not confined:
        _kill(first, confined)
    with contextlib.suppress(OSError):
        status.sendall(json.dumps({"code": os.waitstatus_to_exitcode(code)}).encode())
    os._exit(0)


def _kill(first, confined):
    with contextlib.suppress(ProcessLookupError, PermissionError):
        if confined:
            os.kill(first, signal.SIGKILL)
        else:
            os.killpg(first, signal.SIGKILL)   # it leads the group of all it started


def init(shell, work, status, bounds, confined):
    """Be process 1: lay the mounts, start the worker, reap, end as the worker ended."""
    from . import confine
    confine.die_with_parent()
    os.setsid()   # what is sent to the worker's group must not reach the zygote's
    signal.signal(signal.SIGINT, signal.SIG_DFL)   # process 1 is deaf to what it does not handle
    try:
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
    from student import wire

    from . import confine, frames
    from .session import Session
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
