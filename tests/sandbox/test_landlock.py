"""Attacks on what Landlock does not cover: other processes, metadata, locks, leftovers.

The worst case is that of an ordinary user, whose files and processes the worker could change if
it were not for the walls. So each victim belongs to the one who runs the tests.
"""

import contextlib
import ctypes
import fcntl
import os
import resource
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from autograder.sandbox.connection import WorkerEndedError
from autograder.sandbox.limits import MB, Limits
from autograder.sandbox.sandbox import Sandbox
from autograder.worker import landlock, scratch, syscalls
from course import ROOT

from .isolations import KINDS, InSandbox, needed, text

pytestmark = [pytest.mark.system, pytest.mark.xdist_group("landlock")]

HELP = """
import ctypes, os, sys, time
libc = ctypes.CDLL(None, use_errno=True)
through = []
def attempt(*expressions):
    for each in expressions:
        try:
            result = eval(each)
        except (OSError, ValueError):
            continue
        if result is None or result is not False and result != -1:
            through.append(each)
def syscall(*arguments):
    return libc.syscall(*arguments)
"""


@pytest.fixture(scope="module")
def inside():
    """Return what runs cells behind Landlock."""
    made = InSandbox(needed("landlock"))
    yield made
    made.sandbox.close()


@pytest.fixture
def tried(inside):
    """Return what runs expressions in a worker and returns those that got through."""

    def of(*expressions, before="", **names):
        given = "".join(f"{name} = {value!r}\n" for name, value in names.items())
        source = f"{HELP}{given}{before}\nattempt(*{expressions!r})\nprint(through)"
        return inside.message(source).strip()

    return of


@pytest.fixture
def victim(tmp_path):
    """Return a file of the course that belongs to who runs the tests; it must stay as it is."""
    path = tmp_path / "gradebook.db"
    path.write_bytes(b"grades")
    before = path.stat()
    yield path
    after = path.stat()
    assert path.read_bytes() == b"grades"
    for name in ("st_mode", "st_uid", "st_gid", "st_size", "st_mtime_ns", "st_nlink"):
        assert getattr(after, name) == getattr(before, name)
    assert os.listxattr(path) == []
    assert os.listdir(tmp_path) == ["gradebook.db"]


def processes(inside):
    """Return the numbers of processes that a worker might aim at."""
    return [os.getpid(), os.getppid(), inside.sandbox.process.pid]


def test_signals_reach_nobody_else(inside, tried):
    ways = (
        "os.kill(target, number)",
        "os.kill(-target, number)",
        "os.killpg(target, number)",
        "syscall(62, target, number)",
        "syscall(62, ctypes.c_ulong(target | 1 << 40), number)",
        "syscall(200, target, number)",
        "syscall(234, target, target, number)",
        "syscall(129, target, number, (ctypes.c_char * 128)())",
        "syscall(297, target, target, number, (ctypes.c_char * 128)())",
        "signal.pidfd_send_signal(os.pidfd_open(target), number)",
    )
    loop = (
        "import signal\nfor target in [*targets, os.getppid()]:\n    for number in (0, 9, 19, 2):\n"
        f"        attempt(*{ways!r})\n"
    )
    said = tried(
        "os.kill(-1, 9)", "os.kill(0, 9)", "os.killpg(0, 9)",
        before=loop, targets=processes(inside),
    )  # fmt: skip
    assert said == "[]"
    assert inside.sandbox.alive()


def test_a_process_may_signal_itself(inside):
    caught = (
        "import os, signal\nseen = []\n"
        "for number in (signal.SIGUSR1, signal.SIGTERM):\n"
        "    signal.signal(number, lambda n, f: seen.append(n))\n"
        "os.kill(os.getpid(), signal.SIGUSR1)\nsignal.raise_signal(signal.SIGTERM)\nprint(seen)"
    )
    assert inside.message(caught) == "[10, 15]\n"
    with pytest.raises(WorkerEndedError, match="abort"):
        inside.run("import os\nos.abort()")


def test_memory_environment_and_files_of_other_processes_are_closed(inside, tried):
    names = ("mem", "environ", "maps", "fd", "cwd", "root", "exe", "task", "status", "cmdline")
    loop = (
        "for pid in [*targets, os.getppid(), 'self', 'thread-self']:\n"
        f"    for name in {names!r}:\n"
        "        path = f'/proc/{pid}/{name}'\n"
        "        if 'self' in str(pid) and name in ('cwd', 'exe'):\n"
        "            continue\n"  # its own scratch folder, and Python
        "        attempt('open(path, \"rb\").read()', 'os.listdir(path)')\n"
        "        if pid in targets or pid == os.getppid():\n"
        "            attempt('os.readlink(path)')\n"
        "    if pid in targets:\n"
        "        attempt('syscall(101, 16, pid, 0, 0)', 'syscall(310, pid, 0, 0, 0, 0, 0)',\n"
        "                'syscall(312, pid, pid, 0, 0, 0)', 'syscall(274, pid, 0, 0)')\n"
    )
    assert tried(before=loop, targets=processes(inside)) == "[]"


CHANGES = (
    "open(path, 'rb').read()",
    "open(path, 'ab')",
    "open(path, 'wb')",
    "os.open(path, os.O_RDONLY | os.O_TRUNC)",
    "os.open(path, os.O_TRUNC | 3)",
    "os.truncate(path, 0)",
    "os.unlink(path)",
    "os.rename(path, path + 'x')",
    "os.rename(path, 'taken')",
    "os.replace('mine', path)",
    "os.link(path, 'linked')",
    "os.link('mine', path + 'x')",
    "os.symlink('mine', path + 'y')",
    "os.mkdir(path + 'd')",
    "os.chown(path, os.getuid(), os.getgid())",
    "os.lchown(path, os.getuid(), -1)",
    "os.setxattr(path, 'user.threat', b'x')",
    "os.listxattr(path)",
    "os.open(os.path.dirname(path), os.O_TMPFILE | os.O_RDWR)",
    "os.mkfifo(path + 'f')",
    "os.listdir(os.path.dirname(path))",
)


def test_a_file_of_the_same_user_stays_as_it_is(tried, victim):
    quiet = (
        "open('mine', 'w').write('x')\n"
        "os.chmod(path, 0o777), os.utime(path, (1, 1)), libc.chmod(path.encode(), 0o777)\n"
        "syscall(452, -100, path.encode(), 0o777, 0), syscall(268, -100, path.encode(), 0o777)\n"
        "syscall(463, -100, path.encode(), 0, b'user.x', 0, 0)\n"
        "syscall(469, -100, path.encode(), 0, 24, 0)\n"
    )
    assert tried(*CHANGES, before=quiet, path=str(victim)) == "[]"


def test_innocent_copies_go_on(inside):
    source = (
        "import os, shutil, tempfile, sqlite3\nopen('a', 'w').write('x')\n"
        "for copy in (shutil.copy, shutil.copy2, shutil.copyfile):\n    copy('a', 'b')\n"
        "os.chmod('b', 0o600), os.utime('b'), os.makedirs('c/d'), shutil.move('b', 'c/d/b')\n"
        "shutil.copytree('c', 'e'), shutil.rmtree('c')\n"
        "with tempfile.TemporaryDirectory() as place, tempfile.TemporaryFile() as file:\n"
        "    file.write(b'x'), open(place + '/x', 'w').close()\n"
        "book = sqlite3.connect('book.db')\nbook.execute('create table t (a)')\nbook.commit()\n"
        "print(sorted(os.listdir()), open('e/d/b').read())"
    )
    assert inside.message(source) == "['a', 'book.db', 'e'] x\n"


@pytest.mark.parametrize("version", [1, 2, 3, 4, 5, 6])
def test_older_landlocks_keep_a_file_as_well(version, victim, tmp_path_factory):
    if landlock.version() < version:
        pytest.skip(f"this kernel has version {landlock.version()} only")
    place = tmp_path_factory.mktemp("scratch")
    syscalls.common(), syscalls.personal(os.getpid())  # what they import is closed later
    child = os.fork()
    if child == 0:
        through = ["confined"]
        with contextlib.suppress(BaseException):
            os.chdir(place)
            rules = landlock.ruleset(["/usr/lib"], str(place), number=version)
            ctypes.CDLL(None).prctl(38, 1, 0, 0, 0)
            landlock.restrict(rules, version)
            syscalls.refuse(os.getpid())
            Path("mine").write_text("x")
            through = [each for each in CHANGES if _works(each, str(victim))]
        os._exit(len(through))
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def _works(expression, path):
    try:
        eval(expression)
    except OSError:
        return False
    return path is not None


def test_the_scratch_folder_of_another_worker_is_closed(inside):
    with one_worker(inside) as owner:
        where = text(cell(owner, "import os\nopen('kept', 'w').write('x')\nprint(os.getcwd())"))
        place = where.strip()
        attack = (
            f"{HELP}place = {place!r}\nabove = os.path.dirname(place)\n"
            "attempt('os.listdir(place)', 'open(place + \"/kept\").read()',\n"
            '        \'open(place + "/kept", "a")\', \'os.unlink(place + "/kept")\',\n'
            '        \'open(place + "/new", "w")\', \'os.rename(place, place + "x")\',\n'
            "        'os.listdir(above)', 'os.listdir(os.path.dirname(above))',\n"
            '        \'os.link(place + "/kept", "mine")\', \'os.symlink("/", place + "/s")\')\n'
            "print(through)"
        )
        assert inside.message(attack) == "[]\n"
        assert text(cell(owner, "print(open('kept').read(), os.listdir())")) == "x ['kept']\n"


@contextlib.contextmanager
def one_worker(inside, **limits):
    """Yield a worker that has its data files."""
    worker = inside.sandbox.worker(Limits(**limits))
    try:
        worker.ask({"do": "files", "files": {}}, 60)
        yield worker
    finally:
        worker.close()


def cell(worker, source):
    """Return the message about a cell that a worker ran."""
    return worker.ask({"do": "cell", "source": source, "pictures": False}, 60)


def folders(inside):
    """Return the scratch folders that a fork server's workers have."""
    return scratch_folders(inside.sandbox.folder)


ON_DISK = """
import os
os.mkdir("closed", 0)
os.mkdir("half", 0o300)
open("half/hidden", "w").close()
os.symlink("/", "root")
os.symlink("loop", "loop")
open("\\udcff\\udcfe\\n" * 20, "w").close()
os.makedirs("/".join("d" * 40))
print(os.path.dirname(os.getcwd()))
"""


def test_nothing_is_left_behind(inside):
    worker = inside.sandbox.worker(Limits())
    worker.ask({"do": "files", "files": {}}, 60)
    source = ON_DISK.replace('os.mkdir("half', '#os.mkdir("half').replace('open("half', "#")
    if not inside.drops:  # else the folder that is closed to its owner is soon found
        source = source.replace('os.mkdir("closed', "#")
    place = Path(text(cell(worker, source)).strip())
    assert place.is_dir() and place.parent == Path(inside.sandbox.folder)
    worker.close()
    assert not place.exists()


def test_a_folder_closed_to_the_one_who_measures_is_too_much(inside):
    if os.getuid() == 0:
        pytest.skip("root measures whatever a worker closes")
    with pytest.raises(WorkerEndedError, match="filled its scratch folder"):
        inside.run(ON_DISK + "import time\ntime.sleep(100)")
    assert len(folders(inside)) <= 1  # of the one in stock


TINY_STACKS = """
import threading, time
threading.stack_size(32768)
made = 0
try:
    for _ in range(100_000):
        threading.Thread(target=time.sleep, args=(1000,), daemon=True).start()
        made += 1
except RuntimeError:
    print(made)
time.sleep(1000)
"""


def test_threads_with_tiny_stacks(inside):
    if inside.counts_threads:
        source = TINY_STACKS.replace("time.sleep(1000)\n", "", 1)[: TINY_STACKS.rfind("time")]
        source = TINY_STACKS.rpartition("time.sleep(1000)")[0]
        assert int(inside.message(source)) <= Limits().threads
    else:
        with pytest.raises(WorkerEndedError, match="more than 64 threads"):
            inside.run(TINY_STACKS)
    assert inside.message("print(1)") == "1\n"


DEEP = """
import os, time
deep = os.open(".", os.O_RDONLY)
try:
    while True:
        os.mkdir("d", dir_fd=deep)
        inner = os.open("d", os.O_RDONLY, dir_fd=deep)
        os.close(deep)
        deep = inner
except OSError:
    time.sleep(1000)
"""
BYTES = """
import time
for number in range(10**6):
    with open(f"f{number}", "wb") as file:
        file.write(bytes(2**20))
"""
UNLINKED = "import os\n" + BYTES.replace("bytes(2**20))", "bytes(2**20))\n        file.flush()")
FILES = "n = 0\nwhile True:\n    open(str(n), 'w').close()\n    n += 1"
LINKS = "import os\nn = 0\nwhile True:\n    os.symlink('x', str(n))\n    n += 1"
SPARSE = (
    "import time\nfor n in range(100):\n    open(f's{n}', 'wb').truncate(2**24 - 1)\n"
    "time.sleep(1000)"
)


@pytest.mark.parametrize("source", [DEEP, BYTES, FILES, LINKS, SPARSE])
def test_a_scratch_folder_that_is_filled_ends_the_worker(inside, source):
    with pytest.raises(WorkerEndedError, match="filled its scratch folder") as ended:
        inside.run(source)
    assert ended.value.state == "crashed" and not ended.value.killed
    assert len(folders(inside)) <= 1


# Exchanged under the eyes of the one who measures: neither an escape nor the end of the class.
FLICKER = """
import os, threading, time
os.mkdir("d")
os.symlink("/", "l")
def flicker():
    while True:
        os.rename("d", "x"), os.rename("l", "d"), os.rename("d", "l"), os.rename("x", "d")
threading.Thread(target=flicker, daemon=True).start()
time.sleep(2)
"""


def test_a_folder_exchanged_for_a_link_costs_that_worker_at_most(inside):
    try:
        inside.run(FLICKER)
    except WorkerEndedError as ended:
        assert "scratch folder" in ended.detail
    assert inside.message("print(1)") == "1\n"


def test_space_is_not_taken_in_one_call(inside, tried):
    said = tried(
        "libc.fallocate(f, 1, ctypes.c_long(0), ctypes.c_long(2**36)) == 0",
        "os.ftruncate(f, 2**36)",
        before="f = os.open('f', os.O_RDWR | os.O_CREAT)",
    )
    assert said == "[]"
    assert inside.message("import os\nos.posix_fallocate(os.open('f', 66), 0, 9999)") == ""


def test_limits_and_priorities_of_others_stay(inside, tried):
    before = {pid: state_of(pid) for pid in (os.getpid(), inside.sandbox.process.pid)}
    loop = (
        "import resource\nfor pid in targets:\n"
        "    attempt('resource.prlimit(pid, resource.RLIMIT_NOFILE, (9, 9))',\n"
        "            'resource.prlimit(pid, resource.RLIMIT_NOFILE)',\n"
        "            'os.sched_setaffinity(pid, {0})', 'os.setpriority(0, pid, 19)',\n"
        "            'os.sched_setscheduler(pid, os.SCHED_IDLE, os.sched_param(0))',\n"
        "            'syscall(251, 1, pid, 3 << 13)', 'syscall(314, pid, bytes(48), 0)',\n"
        "            'syscall(256, pid, 0, 0, 0)', 'syscall(279, pid, 0, 0, 0, 0, 0)')\n"
        "attempt('os.setpriority(os.PRIO_USER, 0, 19)', 'os.setpriority(os.PRIO_PGRP, 0, 19)',\n"
        "        'syscall(251, 3, 0, 3 << 13)', 'resource.setrlimit(7, (9999, 9999))')\n"
    )
    assert tried(before=loop, targets=list(before)) == "[]"
    assert before == {pid: state_of(pid) for pid in before}


def state_of(pid):
    """Return limits, affinity and priority of a process."""
    limit = resource.prlimit(pid, resource.RLIMIT_NOFILE)
    return limit, os.sched_getaffinity(pid), os.getpriority(os.PRIO_PROCESS, pid)


def test_locks_and_leases_on_what_can_be_read_bind_nobody(inside, tried, victim):
    readable = str(Path(os.__file__))
    attack = (
        "import fcntl\nfile = os.open(path, os.O_RDONLY)\nfcntl.flock(file, fcntl.LOCK_EX)\n"
        "fcntl.lockf(os.open(path, os.O_RDONLY), fcntl.LOCK_SH)\n"
        "attempt('fcntl.fcntl(file, fcntl.F_SETLEASE, fcntl.F_RDLCK)',\n"
        "        'fcntl.fcntl(file, fcntl.F_NOTIFY, 1)', 'fcntl.fcntl(file, fcntl.F_SETOWN, 1)',\n"
        "        'fcntl.fcntl(file, 10, 9)', 'fcntl.fcntl(file, 15, bytes(8))',\n"
        "        'syscall(72, file, ctypes.c_ulong(1 << 40 | 8), 1)',\n"
        "        'open(book)', 'os.open(book, os.O_PATH) and open(book)')\n"
        "print(through)\n"
    )
    with one_worker(inside) as worker:
        said = text(cell(worker, f"{HELP}path, book = {readable!r}, {str(victim)!r}\n{attack}"))
        assert said == "[]\n"
        with open(readable, "rb") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        with open(victim, "rb+") as file:
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


def test_nothing_tells_what_happens_to_files(tried, tmp_path):
    assert tried(
        "libc.inotify_init()",
        "libc.inotify_init1(0)",
        "libc.inotify_add_watch(0, place.encode(), 4095)",
        "libc.fanotify_init(0, 0)",
        "syscall(451, 0, 0, 0, 0)",
        "syscall(27, ctypes.c_void_p(id(0) & ~4095), 4096, ctypes.create_string_buffer(1))",
        place=str(tmp_path),
    ) == "[]"  # fmt: skip


def test_terminals_are_out_of_reach(tried):
    ours, theirs = os.openpty()
    try:
        said = tried(
            "os.open('/dev/tty', os.O_RDWR)",
            "os.open('/dev/console', os.O_RDWR)",
            "os.open('/dev/ptmx', os.O_RDWR)",
            "os.open(terminal, os.O_RDWR)",
            "os.open(terminal, os.O_RDWR | os.O_NOCTTY)",
            "fcntl.ioctl(0, termios.TIOCSTI, b'x')",
            "syscall(16, 0, ctypes.c_ulong(1 << 40 | 0x5412), b'x')",
            "fcntl.ioctl(0, 0x541C, b'x')",
            "fcntl.ioctl(0, termios.TIOCSCTTY, 1)",
            "fcntl.ioctl(0, 0x8901, bytes(4))",
            before="import fcntl, termios",
            terminal=os.ttyname(theirs),
        )
        assert said == "[]"
    finally:
        os.close(ours)
        os.close(theirs)


def test_sockets_with_names_hear_nothing(tried, tmp_path):
    name = f"autograder-test-{os.getpid()}"
    with contextlib.ExitStack() as stack:
        heard = []
        for address in (str(tmp_path / "log"), f"\0{name}"):
            listening = stack.enter_context(socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM))
            listening.bind(address)
            listening.setblocking(False)
            heard.append(listening)
        said = tried(
            "socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)[0].sendto(b'x', path)",
            "socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)[0].sendto(b'x', '\\0' + name)",
            "socket.socketpair(socket.AF_UNIX, socket.SOCK_RAW)[0].sendto(b'x', path)",
            "socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)",
            "socket.socketpair()[0].sendto(b'x', path)",
            "socket.socketpair()[0].connect(path)",
            "socket.socket(socket.AF_UNIX)",
            "socket.socket(socket.AF_INET)",
            before="import socket",
            path=str(tmp_path / "log"),
            name=name,
        )
        assert said == "[]"
        for listening in heard:
            with pytest.raises(BlockingIOError):
                listening.recv(9)
    assert tried("len(socket.socketpair()) != 2", before="import socket") == "[]"


def test_the_scratch_folder_itself_stays_where_it_is(inside, tried):
    said = tried(
        "os.rename(home, home + 'x')",
        "os.rmdir(home)",
        "os.rename('.', '../../x')",
        "os.rename(home + '/scratch', os.path.dirname(home) + '/x')",
        "os.symlink('/', os.path.dirname(home) + '/s')",
        "open(os.path.dirname(home) + '/f', 'w')",
        "open(os.path.dirname(home) + '/lock')",
        "os.listdir(os.path.dirname(home))",
        before="home = os.environ['HOME']",
    )
    assert said == "[]"


def test_queues_and_semaphores_of_the_same_user_stay(tried):
    libc = ctypes.CDLL(None, use_errno=True)
    ids = [libc.semget(0, 1, 0o600 | 0o1000), libc.shmget(0, 4096, 0o1600), libc.msgget(0, 0o1600)]
    assert min(ids) >= 0
    try:
        said = tried(
            "libc.semctl(sem, 0, 0)",
            "libc.semop(sem, bytes(6), 1)",
            "libc.semtimedop(sem, bytes(6), 1, None)",
            "libc.shmctl(shm, 0, None)",
            "libc.shmat(shm, None, 0)",
            "libc.msgctl(msg, 0, None)",
            "libc.msgsnd(msg, bytes(64), 8, 2048)",
            "libc.mq_open(b'/threat', 66, 0o600, None)",
            "libc.mq_unlink(b'/threat')",
            "libc.sem_open(b'/threat', 66, 0o600, 1) or -1",
            "syscall(250, 0, -3, 0)",
            before="sem, shm, msg = ids",
            ids=ids,
        )
        assert said == "[]"
    finally:
        for call, each in zip((libc.semctl, libc.shmctl, libc.msgctl), ids):
            arguments = (each, 0, 0, None) if call is libc.semctl else (each, 0, None)
            assert call(*arguments) == 0  # it is still there


def test_a_worker_cannot_outlive_what_it_belongs_to(tried):
    assert tried(
        "libc.prctl(1, 0, 0, 0, 0)",
        "libc.prctl(ctypes.c_ulong(1 << 40 | 1), 0, 0, 0, 0)",
        "libc.prctl(4, 1, 0, 0, 0)",
        "libc.prctl(0x59616d61, ctypes.c_ulong(2**64 - 1), 0, 0, 0)",
        "os.fork()",
        "os.setsid()",
        "libc.daemon(0, 0)",
    ) == "[]"  # fmt: skip


# A judge of its own, that is killed, or whose fork server is.
JUDGE = """
import os, sys
from autograder.sandbox.isolation import Isolation
from autograder.sandbox.limits import Limits
from autograder.sandbox.sandbox import Sandbox
sandbox = Sandbox(Isolation("landlock"))
worker = sandbox.worker(Limits())
worker.ask({"do": "files", "files": {}}, 60)
source = "import os\\nopen('left', 'w').close()\\nprint(os.getpid(), os.getppid())"
said = worker.ask({"do": "cell", "source": source, "pictures": False}, 60)["outputs"][0]["text"]
print(sandbox.process.pid, *said.split(), sandbox.folder, flush=True)
sys.stdin.read()
"""


@pytest.mark.parametrize("killed", ["judge", "fork server", "init process", "both"])
def test_whoever_is_killed_no_worker_stays(inside, killed, tmp_path):
    judge = subprocess.Popen(
        [sys.executable, "-c", JUDGE],
        cwd=ROOT,
        env={**os.environ, "TMPDIR": str(tmp_path)},
        text=True,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    try:
        *pids, folder = judge.stdout.readline().split()
        server, worker, init = map(int, pids)
        aims = {"judge": [judge.pid], "fork server": [server], "init process": [init]}
        for pid in aims.get(killed, [judge.pid, server]):
            os.kill(pid, signal.SIGKILL)
        until(lambda: not alive(worker))
        if killed == "init process":
            return
        until(lambda: not alive(init))
        until(lambda: not scratch_folders(folder))
        if killed == "judge":
            until(lambda: not os.path.exists(folder))
    finally:
        judge.kill()
        judge.communicate()


def alive(pid):
    """Tell whether a process runs; one that waits to be reaped does not."""
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    return False


def scratch_folders(folder):
    """Return the scratch folders of workers in a folder, which may be removed meanwhile."""
    with contextlib.suppress(FileNotFoundError):
        return [name for name in os.listdir(folder) if len(name) == 32]
    return []


def until(condition):
    """Wait for something that must come; how long it takes is the machine's business."""
    for _ in range(6000):
        if condition():
            return
        time.sleep(0.01)
    raise AssertionError("it did not come")


def test_what_killed_gradings_left_is_swept_away(inside, tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    left, lock = scratch.private_folder()
    held, its_lock = scratch.private_folder()
    deep = os.open(left, os.O_RDONLY)
    for _ in range(1500):
        os.mkdir("d", dir_fd=deep)
        inner = os.open("d", os.O_RDONLY, dir_fd=deep)
        os.close(deep)
        deep = inner
    os.close(deep)
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "kept").touch()
    os.symlink(outside, Path(left) / "link")
    (tmp_path / "autograder-link").symlink_to(outside)
    os.close(lock)
    scratch.sweep()
    assert not os.path.exists(left)
    assert os.path.exists(held) and (outside / "kept").exists()
    os.close(its_lock)


def test_two_gradings_do_not_sweep_each_other(inside):
    other = Sandbox(KINDS["landlock"], probe=True)
    assert os.path.exists(inside.sandbox.folder) and os.path.exists(other.folder)
    folder = other.folder
    other.close()
    assert not os.path.exists(folder)
    assert inside.message("print(1)") == "1\n"


def test_threads_are_bounded_for_numbers_that_honest_code_needs(inside):
    source = (
        "import threading\nfrom concurrent.futures import ThreadPoolExecutor\n"
        "with ThreadPoolExecutor(16) as pool:\n    print(sum(pool.map(abs, range(100))))"
    )
    assert inside.message(source) == "4950\n"


def test_memory_is_bounded_with_threads(inside):
    source = "b = bytearray(100 * 2**20)"
    assert "MemoryError" in inside.message(source, memory_bytes=64 * MB)
    assert threading.active_count() < 10
