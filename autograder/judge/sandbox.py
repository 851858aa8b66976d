"""Workers without rights: where they come from, and how the judge speaks to one."""

import contextlib
import json
import os
import select
import shutil
import socket
import subprocess
import sys
import sysconfig
import tempfile
import time
from pathlib import Path

from autograder.student import wire
from autograder.student.rules import clean

from .limits import Limits
from .worker import frames

HERE = Path(__file__).parent
STUDENT = HERE.parent / "student"
PROJECT = HERE.parents[1]
SYSTEM = ("/usr", "/lib", "/lib32", "/lib64", "/bin", "/sbin")  # shown to a worker
START_SECONDS = 60.0
MOST_PARTS = 1000  # of one answer; an exercise makes a hundred calls at most
MOST_BYTES = 128 * 2**20  # of one answer with all its parts


class NoSandbox(RuntimeError):
    """Student code cannot be confined here; the text says why and what to do."""


class WorkerEnded(RuntimeError):
    """A worker is gone before it answered: the state for the student, and the reason.

    `parts` holds what it had sent by then.
    """

    def __init__(self, state, detail, killed=False):
        super().__init__(detail)
        self.state, self.detail, self.parts = state, detail, []
        self.killed = killed  # by signal 9: by itself, or by a system without memory


def _bubblewrap():
    """Return the command that starts a process in the sandbox, up to the `--`."""
    program = shutil.which("bwrap")
    if sys.platform != "linux":
        raise NoSandbox(
            "Student code can be confined on Linux only. On macOS and Windows grade "
            "in a Linux machine or container (docs/operators.md says how)"
        )
    if not program:
        raise NoSandbox(
            "bubblewrap (the program `bwrap`) is not installed. On Debian and "
            "Ubuntu: sudo apt-get install bubblewrap"
        )
    command = [
        program,
        "--die-with-parent",
        "--new-session",
        "--unshare-pid",
        "--unshare-net",
        "--unshare-ipc",
        "--unshare-uts",
        "--unshare-cgroup-try",
        "--clearenv",
        "--hostname",
        "worker",
        "--cap-add",
        "ALL",
    ]
    if os.getuid() != 0:
        command += ["--unshare-user", "--uid", "0", "--gid", "0"]
    return command + _files()


def _files():
    """Return what the sandbox shows of the file system: Python, its libraries, fonts."""
    shown = ["--proc", "/proc", "--dev", "/dev", "--tmpfs", "/tmp"]
    for place in SYSTEM:
        if os.path.islink(place):
            shown += ["--symlink", os.readlink(place), place]
        elif os.path.isdir(place):
            shown += ["--ro-bind", place, place]
    for place in ("/etc/ld.so.cache", "/etc/fonts", "/etc/localtime"):
        shown += ["--ro-bind-try", place, place]
    sealed = ["/dev", "/"]  # who is root in a user namespace of its own could write there
    if shows(PROJECT):  # it holds tests, references and the course
        shown += ["--tmpfs", str(PROJECT)]
        sealed.insert(0, str(PROJECT))
    for prefix in _prefixes():
        for parent in reversed(Path(prefix).parents[:-1]):  # else made for root alone
            shown += ["--perms", "0755", "--dir", str(parent)]
        shown += ["--ro-bind", prefix, prefix]
    shown += [
        "--perms",
        "0755",
        "--dir",
        "/course",
        "--ro-bind",
        str(STUDENT),
        "/course/student",
        "--ro-bind",
        str(HERE / "worker"),
        "/course/worker",
        "--ro-bind",
        str(_font_cache()),
        "/matplotlib",
    ]
    seals = [argument for place in sealed for argument in ("--remount-ro", place)]
    return [*shown, "--chdir", "/tmp", *seals]


def _prefixes():
    """Return where Python and its libraries lie, apart from the system's own places."""
    prefixes = {
        sys.prefix,
        sys.base_prefix,
        sysconfig.get_path("stdlib"),
        str(Path(sys.executable).resolve().parent.parent),
    }
    return sorted(
        each
        for each in prefixes
        if Path(each).is_relative_to(PROJECT) or not Path(each).is_relative_to("/usr")
    )


def shows(path):
    """Tell whether the sandbox shows what lies at a path."""
    places = [*SYSTEM, *_prefixes()]
    return any(Path(path).resolve().is_relative_to(Path(place).resolve()) for place in places)


def _font_cache():
    """Return a folder with Matplotlib's list of fonts, made once: it takes seconds."""
    folder = Path(sys.prefix) / "var" / "matplotlib"
    if not any(folder.glob("fontlist*")):
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError:  # an installation that several people share
            folder = Path(tempfile.mkdtemp(prefix="matplotlib"))
        subprocess.run(
            [sys.executable, "-c", "import matplotlib.font_manager"],
            check=True,
            env={**os.environ, "MPLCONFIGDIR": str(folder)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
    return folder


class Sandbox:
    """A preloaded process from which workers are forked.

    Parameters
    ----------
    confined : bool, optional
        False runs student code with the rights of the one who calls, behind the kernel's
        limits on resources only. An instructor has to ask for that by name.

    Raises
    ------
    NoSandbox
        If student code cannot be confined on this machine.
    """

    def __init__(self, confined=True):
        self.confined = confined
        self.log = tempfile.TemporaryFile()  # noqa: SIM115  closed with the sandbox
        self.control, inside = socket.socketpair()
        self.spare = None
        command = _bubblewrap() if confined else []
        search = "/course" if confined else self._outside()
        variables = {
            "CONTROL": str(inside.fileno()),
            "CONFINED": "yes" if confined else "no",
            "PATH": "/usr/bin:/bin",
            "LANG": "C.UTF-8",
            "HOME": "/tmp",
            "MPLCONFIGDIR": "/tmp/matplotlib" if confined else str(_font_cache()),
            "IPYTHONDIR": "/tmp/ipython" if confined else tempfile.mkdtemp(),
            "OPENBLAS_NUM_THREADS": "1",
            "OMP_NUM_THREADS": "1",
            "PYTHONPATH": search,
            "PYTHONDONTWRITEBYTECODE": "1",
        }
        if confined:
            command += [
                argument
                for name, value in variables.items()
                for argument in ("--setenv", name, value)
            ] + ["--"]
        self.process = subprocess.Popen(
            [*command, sys.executable, "-m", "worker.zygote"],
            pass_fds=[inside.fileno()],
            stdin=subprocess.DEVNULL,
            stdout=self.log,
            stderr=self.log,
            env=variables if not confined else None,
        )
        inside.close()
        self._await_ready()

    def _outside(self):
        """Lay links to the worker's packages into a folder, as bubblewrap binds them."""
        self.links = tempfile.TemporaryDirectory()
        for name, target in (("student", STUDENT), ("worker", HERE / "worker")):
            os.symlink(target, Path(self.links.name) / name)
        return self.links.name

    def _await_ready(self):
        self.control.settimeout(START_SECONDS)
        try:
            said = self.control.recv(16)
        except OSError:
            said = b""
        if said != b"ready\n":
            self.process.kill()
            self.process.wait()
            self.log.seek(0)
            why = self.log.read().decode(errors="replace").strip().splitlines()[-3:]
            raise NoSandbox(
                "Student code cannot be confined on this machine: the sandbox did "
                "not start. It said: "
                + (" / ".join(why) or "nothing")
                + ". docs/operators.md lists what it needs"
            )

    def worker(self, limits=None):
        """Return a new Worker; the next one is started meanwhile, so that nobody waits for it."""
        limits = limits or Limits()
        ready, self.spare = self.spare, None
        if ready and (ready.limits != limits or ready.gone()):
            ready.close()
            ready = None
        ready = ready or Worker(self, limits)
        self.spare = Worker(self, limits)
        return ready

    def alive(self):
        """Tell whether the sandbox is still there."""
        return self.process.poll() is None

    def close(self):
        """End the sandbox and everything in it."""
        self.control.close()
        self.process.kill()
        self.process.wait()
        self.log.close()


class Worker:
    """A process that runs one submission's code; every answer of it is untrusted data."""

    def __init__(self, sandbox, limits):
        self.sandbox, self.limits = sandbox, limits
        self.begun = False  # nothing of the student's has run yet
        self.socket, theirs = socket.socketpair()
        self.status, status_theirs = socket.socketpair()
        bounds = json.dumps(limits.as_dict()).encode()
        try:
            socket.send_fds(sandbox.control, [bounds], [theirs.fileno(), status_theirs.fileno()])
        except OSError as error:
            raise NoSandbox(f"the sandbox is gone ({error}); start the grading again") from None
        finally:
            theirs.close()
            status_theirs.close()

    def gone(self):
        """Tell whether it has ended."""
        return bool(select.select([self.status], [], [], 0)[0])

    def ask(self, request, seconds, answer=None):
        """Send a request, return what comes back.

        Parameters
        ----------
        request : dict or bytes
            As bytes if it has been made ready to travel.
        seconds : float
            How long the answer may take.
        answer : callable, optional
            Answers a question that the worker asks in between.

        Returns
        -------
        dict
            The answer; under "parts" what the worker sent before it.

        Raises
        ------
        WorkerEnded
            If there is no answer: the worker is dead by then, with all it started.
        """
        parts = []
        try:
            return {**self._exchange(request, seconds, answer, parts), "parts": parts}
        except WorkerEnded as ended:
            ended.parts = parts
            raise

    def _exchange(self, request, seconds, answer, parts):
        deadline, room = time.monotonic() + seconds, MOST_BYTES
        try:
            with contextlib.suppress(BrokenPipeError):  # what it said last is still to be read
                self._send(request, deadline)
            while True:
                data = frames.receive(self.socket, min(wire.MAX_BYTES, room), deadline)
                room -= len(data)
                message = wire.loads(data)
                if not isinstance(message, dict):
                    raise ValueError("not a message of ours")
                if "refused" in message and not self.begun:
                    raise NoSandbox(f"a worker could not be confined: {message['refused']}")
                self.begun = True
                if "died" in message:
                    self.close()
                    raise WorkerEnded(*_why(clean(message["died"])))
                if "ask" in message:
                    if answer is None:
                        raise ValueError("a question out of turn")
                    room += len(data)  # questions are not kept; their number is bounded
                    self._send(answer(message), deadline)
                elif "part" in message:
                    parts.append(message["part"])
                    if len(parts) > MOST_PARTS:
                        raise ValueError("more answers than questions")
                else:
                    return message
        except TimeoutError:
            self.close()
            raise WorkerEnded("timed out", f"no result within {seconds:.0f} seconds") from None
        except (frames.Closed, ConnectionError):
            raise self._ended() from None
        except ValueError as error:
            self.close()
            raise WorkerEnded("failed", f"the result could not be read: {error}") from None

    def _send(self, message, deadline):
        frames.until(self.socket, deadline)
        frames.send(self.socket, message if isinstance(message, bytes) else wire.dumps(message))

    def _ended(self):
        """Say how the worker died."""
        code = self.close(wait=2.0).get("code")
        if code is None:  # the process that forks, which no student reaches, is gone as well
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.sandbox.process.wait(1.0)
                raise NoSandbox("the sandbox has ended; start the grading again")
            return WorkerEnded("crashed", "the process that ran your code was ended")
        if code == -9:  # process 1, which the code cannot reach
            code = 128 + 9
        if code - 128 in SIGNALS:
            return WorkerEnded(*SIGNALS[code - 128], killed=code == 128 + 9)
        if code > 128:
            return WorkerEnded("crashed", f"your code was ended by signal {code - 128}")
        return WorkerEnded(
            "crashed",
            "your code ended the process that ran it"
            + (f" (exit code {code})" if code != 99 else ""),
        )

    def close(self, wait=0.0):
        """End the worker and all it started; return what was reported."""
        data, report = b"", {}
        with contextlib.suppress(OSError, ValueError):
            if wait:  # it may be alive, with its end of the socket closed
                with contextlib.suppress(TimeoutError):
                    self.status.settimeout(wait)
                    data = self.status.recv(4096)
            if not data:
                self.status.shutdown(socket.SHUT_WR)  # that is the order
                self.status.settimeout(10.0)
                data = self.status.recv(4096)
            report = json.loads(data) if data else {}
        self.socket.close()
        self.status.close()
        if "refused" in report:
            raise NoSandbox(f"a worker could not be confined: {report['refused']}")
        return report


def _why(died):
    """Return state and reason of a worker that ended by an exception of its own loop."""
    if died.startswith("MemoryError"):
        return "out of memory", "your code used up its memory"
    return "crashed", f"your code ended the process that ran it ({died})"


SIGNALS = {
    9: ("crashed", "your code was ended by signal 9 (killed)"),
    11: ("crashed", "your code crashed Python itself (segmentation fault)"),
    6: ("crashed", "your code crashed Python itself (abort)"),
    24: ("timed out", "your code used up its time on the processor"),
    31: ("crashed", "your code was ended for a call to the system that is refused"),
    25: ("crashed", "your code wrote a file that is too large"),
}
