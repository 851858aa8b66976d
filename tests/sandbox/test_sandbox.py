"""The sandbox: in every isolation each limit bites and each wall stands, as root and as a user."""

import ast
import contextlib
import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
from dataclasses import fields, replace
from pathlib import Path

import pytest

from autograder import registry
from autograder.checks import wire
from autograder.judge.case_sets import CaseSets
from autograder.judge.grade import verdict_on
from autograder.sandbox import view
from autograder.sandbox.connection import WorkerEndedError
from autograder.sandbox.isolation import UNCONFINED
from autograder.sandbox.ladder import choose
from autograder.sandbox.limits import MB, Limits
from autograder.sandbox.sandbox import Line, Sandbox
from autograder.worker import frames
from course import ROOT
from course.demo import answers
from course.demo.students import filled, submit
from tests.conftest import released, request_for

from .isolations import KINDS, ORDINARY, Elsewhere, InSandbox, needed, text

pytestmark = [pytest.mark.system, pytest.mark.xdist_group("sandbox")]

PS2 = "ps2_loss_at_init"
RIGHT = answers.styles(PS2)["loops"]


@pytest.fixture(scope="module")
def cases():
    """Return the case sets of the assignment for one secret."""
    return CaseSets(PS2, 1)


@pytest.fixture(scope="module")
def any_sandbox():
    """Return a sandbox for tests of the judge's own limits."""
    made = Sandbox(choose())
    yield made
    made.close()


@pytest.fixture
def judged(any_sandbox, cases, tmp_path):
    """Return what judges a notebook with some answers exchanged."""

    def judge(changed, **limits):
        handed = filled(released(PS2), {**RIGHT, **changed})
        folder = tmp_path / "submission"
        folder.mkdir()
        (folder / "loss_at_init.ipynb").write_text(json.dumps(handed))
        asked = request_for(PS2, folder, replace(Limits(), **limits))
        return verdict_on(asked, any_sandbox, cases)

    return judge


@pytest.fixture(scope="module", params=KINDS)
def inside(request):
    """Return what runs cells behind each kind of walls that this machine gives."""
    made = InSandbox(needed(request.param))
    yield made
    made.sandbox.close()


@pytest.fixture
def sandbox(inside):
    """Return the sandbox in each of them."""
    return inside.sandbox


@pytest.fixture
def run(inside):
    """Return what runs a cell in a worker with given limits and returns what came of it."""
    return inside.run


def states(verdict):
    """Return the states that are not "passed"."""
    return {
        name: result.state for name, result in verdict.results.items() if result.state != "passed"
    }


ENDLESS = "def {}(*a, **k):\n    while True:\n        pass"
LOOPS = {name: ENDLESS.format(name) for name in ("softmax", "class_frequencies")}


def test_cell_seconds(judged):
    verdict = judged({"softmax": "while True:\n    pass"}, cell_seconds=1.0)
    assert states(verdict) == {"softmax": "timed out"}
    assert "within 1 seconds, when the cell was run" in verdict.exercises["test_softmax"].message


def test_wall_factor(judged):
    sleeps = {"softmax": "import time\ntime.sleep(1000)"}
    verdict = judged(sleeps, cell_seconds=1.0, wall_factor=4.0)
    assert states(verdict) == {"softmax": "timed out"}
    assert "within 4 seconds, when the cell was run" in verdict.exercises["test_softmax"].message


def test_exercise_seconds(judged):
    assert states(judged(LOOPS, exercise_seconds=1.0)) == dict.fromkeys(LOOPS, "timed out")


def test_follow_through_seconds(judged):
    asks = (
        "def cross_entropy(logits, labels):\n    while softmax.__name__ != 'softmax':\n"
        "        softmax(logits)\n    return 0.0"
    )
    verdict = judged(
        {"softmax": "def softmax(z):\n    return z", "cross_entropy": asks},
        follow_through_seconds=2.0,
    )
    assert states(verdict) == {"softmax": "failed", "cross_entropy": "timed out"}


def test_submission_seconds(judged):
    every = {name: ENDLESS.format(name) for name in registry.exercises(PS2)}
    verdict = judged(every, exercise_seconds=1.0, submission_seconds=4.0)
    assert set(states(verdict).values()) == {"timed out"}
    assert (
        "the whole submission was already used up" in list(verdict.exercises.values())[-1].message
    )
    assert len(verdict.remarks) < 3


def test_cpu_seconds(run):
    with pytest.raises(WorkerEndedError, match="CPU time") as ended:
        run("while True:\n    pass", cpu_seconds=1)
    assert ended.value.state == "timed out"


@pytest.mark.parametrize(
    "source",
    [
        "b = bytearray(80 * 2**20)",
        "l = [0] * 12_000_000",
        "import numpy as np\na = np.ones(10_000_000)",
    ],
)
def test_memory_bytes(run, source):
    assert "MemoryError" in text(run(source, memory_bytes=64 * MB))
    assert text(run(source, memory_bytes=256 * MB)) == ""


THREADS = """
import threading, time
for made in range(200):
    try:
        threading.Thread(target=time.sleep, args=(100,), daemon=True).start()
    except RuntimeError:
        break
print(made)
"""


def test_threads(inside):
    if inside.counts_threads:
        assert 0 < int(inside.message(THREADS, threads=12)) <= 12
    else:
        with pytest.raises(WorkerEndedError, match="more than 12 threads"):
            inside.run(THREADS + "time.sleep(100)", threads=12)
    assert int(inside.message(THREADS.replace("200", "50"), threads=100)) > 12


def test_open_files(run):
    source = "kept = [open('/dev/null') for _ in range(100)]"
    assert "Too many open files" in text(run(source))
    assert text(run(source, open_files=200)) == ""


def test_file_bytes(run):
    source = "open('x', 'wb').write(b'x' * 2**20)"
    with pytest.raises(WorkerEndedError, match="too large"):
        run(
            "import signal\nsignal.signal(signal.SIGXFSZ, signal.SIG_DFL)\n" + source,
            file_bytes=1000,
        )
    assert "File too large" in text(run(source, file_bytes=1000))
    assert text(run(source)) in ("", "1048576")


FILL = """
import os, time
for number in range(20):
    with open(os.path.expanduser(f"{place}/{{number}}"), "wb") as file:
        file.write(b"x" * 2**19)
time.sleep({sleep})
"""


@pytest.mark.parametrize("place", ["~", "~/scratch", "/dev/shm"])
def test_scratch_bytes(inside, place):
    fill = FILL.format(place=place, sleep=0)
    if not inside.is_landlock:
        assert "No space left" in inside.message(fill, scratch_bytes=4 * MB)
    elif place == "/dev/shm":
        assert "Permission denied" in inside.message(fill)
        return
    else:
        with pytest.raises(WorkerEndedError, match="filled its scratch folder.*4,194,304 bytes"):
            inside.run(FILL.format(place=place, sleep=100), scratch_bytes=4 * MB)
    assert inside.message(fill, scratch_bytes=64 * MB) == ""


def test_scratch_files(inside):
    source = "import time\nfor number in range(60):\n    open(str(number), 'w')\n"
    if inside.is_landlock:
        with pytest.raises(WorkerEndedError, match="filled its scratch folder.*50 files"):
            inside.run(source + "time.sleep(100)", scratch_files=50)
    else:
        assert "No space left" in inside.message(source, scratch_files=50)
    assert inside.message(source) == ""


def test_output_bytes(run):
    message = run("print('x' * 5000)", output_bytes=1000)
    assert text(message) == "x" * 1000
    assert message["cut"] is True


def test_output_items(run):
    message = run("for i in range(9):\n    display(i)", output_items=4)
    assert len(message["outputs"]) == 4
    assert message["cut"] is True


def test_submission_output_bytes(judged):
    loud = {name: f"print('x' * 4000)\n{RIGHT[name]}" for name in ("softmax", "entropy")}
    verdict = judged(loud, submission_output_bytes=6000)
    assert states(verdict) == {}
    shown = [str(cell.get("outputs", "")) for cell in verdict.notebook["cells"]]
    assert sum("xxxx" in each for each in shown) == 1
    assert sum("the rest was left out" in each for each in shown) >= 1


def test_starts(judged):
    dying = {
        name: f"def {name}(*a, **k):\n    import os\n    os._exit(1)"
        for name in ("softmax", "cross_entropy", "expected_initial_loss", "class_frequencies")
    }
    verdict = judged(dying, starts=2)
    assert set(states(verdict).values()) == {"crashed"}
    assert "crashed too often" in verdict.exercises["test_entropy"].message


def test_notebook_bytes(judged):
    assert judged({}, notebook_bytes=1000).not_gradable.endswith("hand it in again")


def test_every_limit_has_its_test():
    tests = {name.removeprefix("test_") for name in globals()}
    assert {field.name for field in fields(Limits)} <= tests


@pytest.mark.parametrize(
    "source",
    [
        "import os\nos.fork()",
        "import subprocess\nsubprocess.run(['true'])",
        "import socket\nsocket.socket()",
        "import os\nos.mknod('x', 0o20666, 259)",
        "import ctypes\nif ctypes.CDLL(None, use_errno=True).ptrace(0, 0, 0, 0) < 0:\n"
        "    raise OSError(ctypes.get_errno(), 'Operation not permitted')",
    ],
)
def test_what_an_answer_never_needs_is_refused(run, source):
    assert "not permitted" in text(run(source))


LOOK = """
import os
for place in {places!r}:
    try:
        print("SECRET", place, os.listdir(place) if os.path.isdir(place) else open(place).read(9))
    except OSError:
        pass
print([each for each in {places!r} if os.path.exists(each)])
print([name for name in os.environ if name not in {known!r}])
"""
KNOWN = """
    PATH LANG LC_CTYPE HOME TMPDIR MPLCONFIGDIR IPYTHONDIR OPENBLAS_NUM_THREADS OMP_NUM_THREADS
    PYTHONDONTWRITEBYTECODE PWD MPLBACKEND NBGRADER_EXECUTION
""".split()


def test_nothing_of_the_course_is_there(inside, tmp_path):
    places = [
        *map(str, (tmp_path, ROOT / "source", ROOT / "README.md")),
        *map(str, (Path.home() / ".bashrc", view.AUTOGRADER / "exercises" / "__init__.py")),
        *("/etc/passwd", "/etc/shadow", "/var", "/var/log", "/sys", "/home", "/srv", "/run"),
        *("/proc/1/environ", "/proc/self/environ", "/proc/self/fd", "/dev/mem"),
    ]
    said = inside.message(LOOK.format(places=places, known=KNOWN))
    assert "SECRET" not in said
    seen, variables = said.splitlines()
    assert variables == "[]"
    if inside.is_landlock:  # it does not hide that something is there
        assert "/etc/passwd" in seen
    else:
        assert seen == "[]"


RIGHTS = """
import ctypes, os
header, held = (ctypes.c_uint32 * 2)(0x20080522, 0), (ctypes.c_uint32 * 6)()
assert ctypes.CDLL(None).capget(header, held) == 0
print(*{*os.getresuid()}, {*os.getresgid()}, os.getgroups(), list(held))
"""


@pytest.mark.skipif(os.getuid() != 0, reason="an ordinary user has no other to become")
def test_a_worker_of_root_has_no_rights_and_is_nobody_else(inside):
    first, second = (inside.message(RIGHTS).split(" ", 1) for _ in range(2))
    assert first[1].endswith("[0, 0, 0, 0, 0, 0]\n")
    if inside.drops:
        assert first[1] == second[1] == "{65534} [] [0, 0, 0, 0, 0, 0]\n"
        assert len({first[0], second[0], "0"}) == 3


GREEDY = """
import threading, time
threading.stack_size(65536)
for _ in range(60):
    threading.Thread(target=time.sleep, args=(9,), daemon=True).start()
print("started")
"""


def test_threads_of_one_worker_are_not_missing_to_another(sandbox):
    greedy, honest = sandbox.worker(), sandbox.worker()
    for worker in (greedy, honest):
        worker.ask({"do": "files", "files": {}}, 20)
    greedy.ask({"do": "cell", "source": GREEDY, "pictures": False}, 20)
    said = honest.ask({"do": "cell", "source": GREEDY, "pictures": False}, 20)
    greedy.close()
    honest.close()
    assert text(said) == "started\n"


WRITABLE = """
import os
found, scratch = [], os.path.expanduser("~")
listed = [place for place, _, _ in os.walk("/")]
for place in listed + {places!r}:
    try:
        open(os.path.join(place, "threat-left-this"), "w").close()
    except OSError:
        continue
    found.append(place)
print([each for each in found if not each.startswith(scratch)])
"""


def test_nothing_but_the_scratch_folders_can_be_written(inside, tmp_path):
    shown = view.view().shown
    places = ["/tmp", "/var/tmp", "/dev/shm", "/dev", str(tmp_path), str(ROOT)]
    places += [str(view.WORKER), str(view.CHECKS), str(Path.home()), *shown]
    said = inside.message(WRITABLE.format(places=places))
    assert set(ast.literal_eval(said)) == (set() if inside.is_landlock else {"/dev/shm"})
    assert not [each for each in places if (Path(each) / "threat-left-this").exists()]


def test_what_one_worker_leaves_the_next_does_not_see(inside):
    leave = (
        "import os\nfor place in (os.path.expanduser('~'), '/tmp', '/dev/shm'):\n"
        "    try:\n        open(f'{place}/threat-left-this', 'w').write('x')\n"
        "    except OSError:\n        pass\n"
        "import builtins, numpy\nbuiltins.left = numpy.left = 1"
    )
    look = (
        "import os, builtins, numpy\nfound = []\n"
        "for place in (os.path.expanduser('~'), '/tmp', '/dev/shm'):\n"
        "    try:\n        found += [n for n in os.listdir(place) if 'threat' in n]\n"
        "    except OSError:\n        pass\n"
        "print(found, hasattr(builtins, 'left'), hasattr(numpy, 'left'))"
    )
    assert inside.message(leave) == ""
    assert inside.message(look) == "[] False False\n"


def test_a_spare_worker_that_was_killed_is_nobodys_fault(sandbox):
    sandbox.worker().close()
    spare = sandbox.spare
    end = {"do": "cell", "source": "import os; os._exit(0)", "pictures": False}
    frames.send(spare.socket, wire.dumps(end))
    while not spare.has_ended():
        time.sleep(0.01)
    worker = sandbox.worker()
    assert worker is not spare
    assert worker.ask({"do": "cell", "source": "1", "pictures": False}, 20)["outputs"]
    worker.close()


def test_a_signal_to_the_group_does_not_reach_other_workers(sandbox):
    bystander = sandbox.worker()
    bystander.ask({"do": "files", "files": {}}, 60)
    attacker = sandbox.worker()
    source = "import os, signal\nos.killpg(0, signal.SIGKILL)"
    said = attacker.ask({"do": "cell", "pictures": False, "source": source}, 60)
    attacker.close()
    assert "not permitted" in text(said)
    assert bystander.ask({"do": "cell", "source": "1", "pictures": False}, 60)["outputs"]
    bystander.close()
    assert sandbox.alive()


def test_a_worker_that_hung_up_is_ended_all_the_same(sandbox):
    worker = sandbox.worker(Limits())
    worker.ask({"do": "files", "files": {}}, 60)
    hang_up = (
        "import gc\nnext(o for o in gc.get_objects() if type(o).__name__ == 'Session')"
        ".socket.close()\nimport os, time\nos.closerange(3, 60)\nwhile True:\n    pass"
    )
    with pytest.raises(WorkerEndedError):
        worker.ask({"do": "cell", "source": hang_up, "pictures": False}, 60)
    sandbox.spare.close()
    sandbox.spare = None
    assert workers_of(sandbox) == []


def test_no_worker_outlives_its_fork_server(inside):
    made = Sandbox(inside.sandbox.isolation)
    worker = made.worker(Limits())
    worker.ask({"do": "files", "files": {}}, 60)
    left = {pid: start_of(pid) for pid in workers_of(made)}
    assert len(left) >= 2  # an init process and a worker
    made.process.kill()
    for _ in range(6000):
        if not any(start_of(pid) == start for pid, start in left.items()):
            break
        time.sleep(0.01)
    else:
        raise AssertionError(f"{left} still run")
    made.close()


@pytest.fixture
def lines(inside):
    """Return two lines to a fork server of their own, as two judges have them."""
    made = Sandbox(inside.sandbox.isolation, probe=True)
    yield made, [Line(made.isolation, made.line()) for _ in range(2)]
    made.close()


OPEN = """
import os
def is_open(number):
    try:
        return bool(os.fstat(number))
    except OSError:
        return False
print(sum(map(is_open, range(3, 256))))
"""


def test_two_judges_share_a_fork_server(lines, inside):
    def said(number, source):
        asked = {"do": "cell", "source": source, "pictures": False}
        return text(workers[number].ask(asked, 60))

    made, both = lines
    assert all(line.is_ready() for line in both)
    workers = [line.worker(Limits()) for line in both]
    for number in range(2):
        assert said(number, f"open('{number}', 'w').close()\nimport os\nprint(os.listdir())") == (
            f"['{number}']\n"
        )
        assert said(number, OPEN) == inside.message(OPEN)  # no line to the fork server
    before = len(workers_of(made))
    for hangs_up in (both[0].control, workers[0].status, both[0].spare.status):
        hangs_up.close()  # as when a judge is killed
    for _ in range(6000):
        if len(workers_of(made)) <= before - 4:  # two workers, and over each an init process
            break
        time.sleep(0.01)
    assert said(1, "print(2 + 2)") == "4\n"
    for each in (workers[0], both[0].spare):
        each.socket.close()
    workers[1].close()
    both[1].close()


def start_of(pid):
    """Return when a process was started, which tells it from another of that number."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None
    return None if fields[0] in "ZX" else fields[19]


def workers_of(sandbox):
    """Return the numbers of a sandbox's init processes and workers."""
    listed = subprocess.run(["ps", "-wweo", "pid=,ppid=,args="], capture_output=True, text=True)
    lines = [line.split(None, 2) for line in listed.stdout.splitlines()]
    below, servers = {str(sandbox.process.pid)}, set()
    for _ in range(6):
        below |= {pid for pid, parent, *_ in lines if parent in below}
    for pid, _, *words in lines:
        command = " ".join(words)
        if pid in below and "fork_server" in command and not START.search(command):
            servers.add(pid)
    return [int(pid) for pid, parent, *_ in lines if pid in servers and parent in servers]


START = re.compile(r"^\S*bwrap |\"enclose\"")  # what starts a fork server


def kill_workers(sandbox):
    """Kill every worker of a sandbox, as a system does that has no memory left."""
    for pid in workers_of(sandbox):
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def test_a_worker_killed_by_the_system_costs_nothing(tmp_path, sandbox):
    assignment, handed = "ps2_loss_at_init", released("ps2_loss_at_init")
    right = answers.styles(assignment)["loops"]
    slow = {**right, "entropy": "import time\ntime.sleep(2)\n" + right["entropy"]}
    folder = submit(tmp_path, "somebody", assignment, filled(handed, slow)).parent
    killer = threading.Timer(1.0, kill_workers, [sandbox])
    killer.start()
    verdict = verdict_on(request_for(assignment, folder), sandbox, CaseSets(assignment, 1))
    assert killer.finished.is_set()
    assert states(verdict) == {}


def test_limits_hold_without_a_sandbox_too():
    loose = Sandbox(UNCONFINED)
    try:
        worker = loose.worker(Limits(memory_bytes=64 * MB, cpu_seconds=2))
        cell = {"do": "cell", "pictures": False}
        assert "MemoryError" in text(worker.ask({**cell, "source": "b = bytearray(2**27)"}, 20))
        with pytest.raises(WorkerEndedError, match="CPU time"):
            worker.ask({**cell, "source": "while 1:\n    pass"}, 60)
    finally:
        loose.close()


def test_a_course_where_student_code_could_read_it_is_refused():
    assert view.shows("/usr/share/course")
    assert view.shows(Path(sys.prefix) / "lib" / "course")
    assert not view.shows("/srv/course")
    assert not view.shows("/usr/local/course")


def test_a_courses_own_limits(tmp_path):
    (tmp_path / "limits.json").write_text('{"cell_seconds": 3, "starts": 5, "ps9": {"starts": 7}}')
    assert Limits.of_course(tmp_path, PS2) == Limits(cell_seconds=3, starts=5)
    assert Limits.of_course(tmp_path, "ps9").starts == 7


@pytest.mark.parametrize(
    "wrong",
    [
        '{"cell_second": 3}',
        '{"starts": 0}',
        '{"starts": true}',
        "[]",
        '{"starts": 1.5}',
        '{"cell_seconds": "3"}',
        "{",
        '{"starts": -1}',
    ],
)
def test_wrong_limits_are_told(tmp_path, wrong):
    (tmp_path / "limits.json").write_text(wrong)
    with pytest.raises(SystemExit, match="limits.json is invalid.*cell_seconds"):
        Limits.of_course(tmp_path, PS2)


@pytest.fixture(scope="module")
def elsewhere():
    """Return where other users' commands run; only root can make that."""
    made = Elsewhere(Path("/tmp") / f"elsewhere-{os.getpid()}", {sys.base_prefix, sys.prefix})
    yield made
    made.close()


# Limits that the judge keeps, whoever it is.
JUDGED = (
    "cell_seconds or exercise_ or follow_through_ or submission_ or starts or notebook_bytes "
    "or wall_factor or limits"
)


# As root with an open home: there a worker under Landlock can become a user of its own.
@pytest.mark.slow
@pytest.mark.xdist_group("as another user")
@pytest.mark.skipif(os.getuid() != 0, reason="these tests run as an ordinary user already")
@pytest.mark.parametrize(
    "user, which",
    [(ORDINARY, ""), pytest.param(0, " and landlock", marks=pytest.mark.nightly)],
)
def test_all_of_it_as_another_user(elsewhere, user, which):
    tests = ["tests/sandbox/test_sandbox.py", "tests/sandbox/test_landlock.py"]
    options = ["-q", "-p", "no:cacheprovider", "--basetemp", str(elsewhere.place / "home" / "base")]
    options += ["-k", f"not another_user and not ({JUDGED}){which}"]
    words = [sys.executable, "-m", "pytest", *options, *tests]
    result = elsewhere.run(*words, user=user, cwd=ROOT, CI="true")
    assert result.returncode == 0, result.stdout[-4000:]
    assert " passed" in result.stdout
