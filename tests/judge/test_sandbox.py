"""The sandbox: every limit bites, as root and as an ordinary user; without it, a refusal."""

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from dataclasses import fields, replace
from pathlib import Path

import pytest

from autograder import commands
from autograder.demo import answers
from autograder.demo.students import filled, submit
from autograder.judge import sandbox as sandboxes
from autograder.judge.examine import Cases
from autograder.judge.grade import verdict_on
from autograder.judge.limits import MB, Limits
from autograder.judge.sandbox import NoSandbox, Sandbox, WorkerEnded
from autograder.judge.worker import frames
from autograder.student import wire
from tests.conftest import released, source_of

pytestmark = pytest.mark.system

PS2 = "ps2_loss_at_init"
RIGHT = answers.styles(PS2)["right_loops"]


@pytest.fixture(scope="module")
def cases():
    """Return the cases of the assignment for one seed."""
    return Cases(PS2, 1)


@pytest.fixture
def judged(sandbox, cases, tmp_path):
    """Return what judges a notebook with some answers exchanged."""

    def judge(changed, **limits):
        handed = filled(released(PS2), {**RIGHT, **changed})
        folder = tmp_path / "submission"
        folder.mkdir()
        (folder / "loss_at_init.ipynb").write_text(json.dumps(handed))
        return verdict_on(
            folder, source_of(PS2), released(PS2), PS2, sandbox, cases, replace(Limits(), **limits)
        )

    return judge


@pytest.fixture
def run(sandbox):
    """Return what runs a cell in a worker with given limits and returns what it printed."""

    def of(source, seconds=30, **limits):
        worker = sandbox.worker(replace(Limits(), **limits))
        try:
            worker.ask({"do": "files", "files": {}}, 20)
            message = worker.ask({"do": "cell", "source": source, "pictures": False}, seconds)
        finally:
            worker.close()
        return message

    return of


def text(message):
    """Return what a cell printed, and what it raised."""
    return "".join(each.get("text", "") + each.get("evalue", "") for each in message["outputs"])


def states(verdict):
    """Return the states that are not "passed"."""
    return {
        name.removeprefix("test_"): result.state
        for name, result in verdict.exercises.items()
        if result.state != "passed"
    }


ENDLESS = "def {}(*a, **k):\n    while True:\n        pass"
LOOPS = {name: ENDLESS.format(name) for name in ("softmax", "class_frequencies")}


def test_cell_seconds(judged):
    verdict = judged({"softmax": "while True:\n    pass"}, cell_seconds=1.0)
    assert states(verdict) == {"softmax": "timed out"}
    assert "within 1 seconds, when the cell was run" in verdict.exercises["test_softmax"].message


def test_exercise_seconds(judged):
    start = time.monotonic()
    assert states(judged(LOOPS, exercise_seconds=1.0)) == dict.fromkeys(LOOPS, "timed out")
    assert time.monotonic() - start < 15


def test_hearing_seconds(judged):
    asks = (
        "def cross_entropy(logits, labels):\n    while softmax.__name__ != 'softmax':\n"
        "        softmax(logits)\n    return 0.0"
    )
    verdict = judged(
        {"softmax": "def softmax(z):\n    return z", "cross_entropy": asks}, hearing_seconds=1.0
    )
    assert states(verdict) == {"softmax": "failed", "cross_entropy": "timed out"}


def test_submission_seconds(judged):
    every = {name: ENDLESS.format(name) for name in Cases(PS2, 1).exercises}
    verdict = judged(every, exercise_seconds=1.0, submission_seconds=3.0)
    assert set(states(verdict).values()) == {"timed out"}
    assert "the whole submission was used up" in list(verdict.exercises.values())[-1].message
    assert len(verdict.remarks) < 3


def test_cpu_seconds(run):
    with pytest.raises(WorkerEnded, match="processor") as ended:
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


def test_threads(run):
    assert 0 < int(text(run(THREADS, threads=12))) <= 12
    assert int(text(run(THREADS, threads=100))) > 12


def test_open_files(run):
    source = "kept = [open('/dev/null') for _ in range(100)]"
    assert "Too many open files" in text(run(source))
    assert text(run(source, open_files=200)) == ""


def test_file_bytes(run):
    source = "open('x', 'wb').write(b'x' * 2**20)"
    with pytest.raises(WorkerEnded, match="too large"):
        run(
            "import signal\nsignal.signal(signal.SIGXFSZ, signal.SIG_DFL)\n" + source,
            file_bytes=1000,
        )
    assert "File too large" in text(run(source, file_bytes=1000))
    assert text(run(source)) in ("", "1048576")


FILL = """
for number in range(20):
    with open(f"{place}/{{number}}", "wb") as file:
        file.write(b"x" * 2**19)
"""


@pytest.mark.parametrize("place", ["/tmp", "/tmp/scratch", "/dev/shm"])
def test_scratch_bytes(run, place):
    assert "No space left" in text(run(FILL.format(place=place), scratch_bytes=4 * MB))
    assert text(run(FILL.format(place=place), scratch_bytes=64 * MB)) == ""


def test_scratch_files(run):
    source = "for number in range(60):\n    open(str(number), 'w')"
    assert "No space left" in text(run(source, scratch_files=50))
    assert text(run(source)) == ""


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
print(sorted(os.environ), os.getuid(), os.listdir("/"), os.listdir("/proc"),
      [os.path.exists(each) for each in {places!r}], os.getpid())
"""


def test_nothing_of_the_course_is_there(run, tmp_path):
    places = [
        str(each)
        for each in (
            tmp_path,
            commands.ROOT / "source",
            Path.home() / ".bashrc",
            "/etc/passwd",
            "/etc/shadow",
            "/var",
            "/sys",
        )
    ]
    said = text(run(LOOK.format(places=places)))
    assert "True" not in said
    assert "[]" in said  # /proc
    assert "SECRET" not in said


@pytest.mark.skipif(os.getuid() != 0, reason="an ordinary user has no other to become")
def test_a_worker_of_root_is_nobody_and_nobody_else(run):
    look = "import os\nprint(*{*os.getresuid()}, {*os.getresgid()}, os.getgroups())"
    first, second = (text(run(look)).split(" ", 1) for _ in range(2))
    assert first[1] == second[1] == "{65534} []\n"
    assert len({first[0], second[0], "0"}) == 3


GREEDY = """
import threading, time
threading.stack_size(65536)
for _ in range(60):
    threading.Thread(target=time.sleep, args=(9,), daemon=True).start()
print("started")
"""


@pytest.mark.skipif(os.getuid() != 0, reason="an ordinary user has no other to become")
def test_threads_of_nobody_are_not_missing_to_another(sandbox):
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
found = []
for place, folders, files in os.walk("/"):
    for name in (".", *folders, *files):
        path = os.path.join(place, name)
        if os.path.isdir(path) and not os.path.islink(path) and name == ".":
            try:
                open(os.path.join(place, "threat-left-this"), "w").close()
            except OSError:
                continue
            found.append(place)
print([each for each in found if each.split("/")[1] != "tmp" and each != "/dev/shm"])
"""


def test_nothing_but_the_scratch_folders_can_be_written(run):
    assert text(run(WRITABLE)) == "[]\n"


def test_what_one_worker_leaves_the_next_does_not_see(run):
    leave = (
        "for place in ('/tmp', '/dev/shm'):\n"
        "    open(f'{place}/threat-left-this', 'w').write('x')\nimport builtins, numpy\n"
        "builtins.left = numpy.left = 1"
    )
    look = (
        "import os, builtins, numpy\nprint([n for p in ('/tmp', '/dev/shm') for n in "
        "os.listdir(p) if 'threat' in n], hasattr(builtins, 'left'), hasattr(numpy, 'left'))"
    )
    assert text(run(leave)) == ""
    assert text(run(look)) == "[] False False\n"


def test_a_spare_worker_that_was_killed_is_nobodys_fault(sandbox):
    sandbox.worker().close()
    spare = sandbox.spare
    end = {"do": "cell", "source": "import os; os._exit(0)", "pictures": False}
    frames.send(spare.socket, wire.dumps(end))
    while not spare.gone():
        time.sleep(0.01)
    worker = sandbox.worker()
    assert worker is not spare
    assert worker.ask({"do": "cell", "source": "1", "pictures": False}, 20)["outputs"]
    worker.close()


def test_a_signal_to_the_group_does_not_reach_other_workers(sandbox):
    bystander = sandbox.worker()
    bystander.ask({"do": "files", "files": {}}, 20)
    attacker = sandbox.worker()
    with pytest.raises(WorkerEnded):
        attacker.ask(
            {
                "do": "cell",
                "pictures": False,
                "source": "import os, signal\nos.killpg(0, signal.SIGKILL)",
            },
            20,
        )
    assert bystander.ask({"do": "cell", "source": "1", "pictures": False}, 20)["outputs"]
    bystander.close()
    assert sandbox.alive()


def test_a_worker_that_hung_up_is_ended_all_the_same(sandbox):
    worker = sandbox.worker(Limits())
    worker.ask({"do": "files", "files": {}}, 20)
    hang_up = (
        "import gc\nnext(o for o in gc.get_objects() if type(o).__name__ == 'Session')"
        ".socket.close()\nimport os, time\nos.closerange(3, 60)\nwhile True:\n    pass"
    )
    with pytest.raises(WorkerEnded):
        worker.ask({"do": "cell", "source": hang_up, "pictures": False}, 20)
    sandbox.spare.close()
    sandbox.spare = None
    workers = subprocess.run(["ps", "-eo", "pid,ppid,args"], capture_output=True, text=True).stdout
    zygote = [
        line for line in workers.splitlines() if "worker.zygote" in line and "bwrap" not in line
    ]
    pids = {line.split()[0] for line in zygote}
    inside = [line for line in zygote if line.split()[1] in pids]
    assert not [line for line in inside if _ancestor(line, zygote, sandbox.process.pid)]


def _ancestor(line, lines, wanted):
    """Tell whether a process descends from the sandbox's."""
    parents = {each.split()[0]: each.split()[1] for each in lines}
    every = subprocess.run(["ps", "-eo", "pid,ppid"], capture_output=True, text=True).stdout
    parents |= dict(each.split() for each in every.splitlines()[1:])
    pid = line.split()[0]
    while pid in parents:
        if pid == str(wanted):
            return True
        pid = parents[pid]
    return False


def kill_workers(sandbox):
    """Kill every worker of a sandbox, as a system does that has no memory left."""
    lines = subprocess.run(
        ["ps", "-eo", "pid,ppid,args"], capture_output=True, text=True
    ).stdout.splitlines()
    forked = [line for line in lines if "worker.zygote" in line and "bwrap" not in line]
    pids = {line.split()[0] for line in forked}
    for line in forked:
        if line.split()[1] in pids and _ancestor(line, forked, sandbox.process.pid):
            with contextlib.suppress(ProcessLookupError):
                os.kill(int(line.split()[0]), signal.SIGKILL)


def test_a_worker_killed_by_the_system_costs_nothing(tmp_path, sandbox):
    assignment, handed = "ps2_loss_at_init", released("ps2_loss_at_init")
    right = answers.styles(assignment)["right_loops"]
    slow = {**right, "entropy": "import time\ntime.sleep(2)\n" + right["entropy"]}
    folder = submit(tmp_path, "somebody", assignment, filled(handed, slow)).parent
    killer = threading.Timer(1.0, kill_workers, [sandbox])
    killer.start()
    verdict = verdict_on(
        folder, source_of(assignment), handed, assignment, sandbox, Cases(assignment, 1), Limits()
    )
    assert killer.finished.is_set()
    assert states(verdict) == {}


def without_bubblewrap(tmp_path):
    """Return a PATH with the environment's programs and the system's, but for one."""
    for name in ("sh", "env", "uname"):
        (tmp_path / name).symlink_to(shutil.which(name))
    return os.pathsep.join([str(tmp_path), os.path.dirname(sys.executable)])


def test_without_bubblewrap_there_is_a_refusal_with_the_reason(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", without_bubblewrap(tmp_path))
    with pytest.raises(NoSandbox, match="bubblewrap .* is not installed.*apt-get install"):
        Sandbox()


def test_a_sandbox_that_does_not_start_says_why(tmp_path, monkeypatch):
    fake = tmp_path / "bwrap"
    fake.write_text("#!/bin/sh\necho 'bwrap: No permissions to create a new namespace' >&2\nexit 1")
    fake.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    with pytest.raises(NoSandbox, match="No permissions to create a new namespace"):
        Sandbox()


def test_the_commands_refuse_and_grade_when_told_to_all_the_same(course_with, tmp_path):
    course = course_with(PS2)
    course.submit("kim", PS2, filled(released(PS2), RIGHT))
    place = tmp_path / "bin"
    place.mkdir()
    environment = {**os.environ, "PATH": without_bubblewrap(place)}

    def command(*words):
        return subprocess.run(
            [sys.executable, "-m", *words],
            cwd=course.folder,
            text=True,
            env={**environment, "PYTHONPATH": str(commands.ROOT)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )

    for words in (("nbgrader", "autograde", PS2), ("autograder", "grade", PS2, "--course", ".")):
        refused = command(*words)
        assert refused.returncode != 0
        assert "Nothing was graded" in refused.stdout and "bubblewrap" in refused.stdout
        assert "without" in refused.stdout
        assert course.rows(PS2) == {}
    told = command("autograder", "grade", PS2, "--course", ".", "--without-sandbox")
    assert told.returncode == 0, told.stdout
    assert course.rows(PS2)["kim"]["score"] == 23


def test_limits_hold_without_a_sandbox_too():
    loose = Sandbox(confined=False)
    try:
        worker = loose.worker(Limits(memory_bytes=64 * MB, cpu_seconds=2))
        cell = {"do": "cell", "pictures": False}
        assert "MemoryError" in text(worker.ask({**cell, "source": "b = bytearray(2**27)"}, 20))
        with pytest.raises(WorkerEnded, match="processor"):
            worker.ask({**cell, "source": "while 1:\n    pass"}, 60)
    finally:
        loose.close()


def test_a_course_where_student_code_could_read_it_is_refused():
    assert sandboxes.shows("/usr/share/course")
    assert sandboxes.shows(Path(sys.prefix) / "course")
    assert not sandboxes.shows("/srv/course")


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
    with pytest.raises(SystemExit, match="limits.json is not as it should be.*cell_seconds"):
        Limits.of_course(tmp_path, PS2)


# What only root can set up: the same tests as a user without rights. The home of root, where
# Python may lie, becomes readable in a mount namespace of its own.
ORDINARY = """
set -e
mkdir -p {place}/python
for prefix in {prefixes}; do
    mkdir -p {place}/python$prefix
    mount --rbind $prefix {place}/python$prefix
done
if [ "$(stat -c %a /root)" = 700 ]; then mount -t tmpfs -o mode=755 none /root; fi
for prefix in {prefixes}; do
    if [ ! -d $prefix ]; then mkdir -p $prefix; mount --rbind {place}/python$prefix $prefix; fi
done
cd {root}
exec setpriv --reuid=65534 --regid=65534 --clear-groups --inh-caps=-all --bounding-set=-all \\
    env HOME={place}/home TMPDIR={place}/home PYTHONDONTWRITEBYTECODE=1 {python} -m pytest -q \\
    -p no:cacheprovider --basetemp={place}/home/base tests/judge/test_sandbox.py \\
    -k "not ordinary and not commands and not nobody"
"""


@pytest.mark.skipif(os.getuid() != 0, reason="these tests run as an ordinary user already")
def test_all_of_it_as_an_ordinary_user(tmp_path_factory):
    place = Path("/tmp") / f"ordinary-{os.getpid()}"
    (place / "home").mkdir(parents=True)
    os.chmod(place, 0o755)
    os.chown(place / "home", 65534, 65534)
    script = ORDINARY.format(
        place=place,
        root=commands.ROOT,
        python=sys.executable,
        prefixes=" ".join({sys.base_prefix, sys.prefix}),
    )
    try:
        result = subprocess.run(
            ["unshare", "--mount", "sh", "-c", script],
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=300,
        )
        assert result.returncode == 0, result.stdout[-4000:]
        assert " passed" in result.stdout and "skipped" not in result.stdout.splitlines()[-1]
    finally:
        shutil.rmtree(place)
