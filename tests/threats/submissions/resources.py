"""Time, memory, processes and files used up."""

from tests.threats.declare import Submission, cheat, with_cell

TIMED_OUT = {"softmax": "timed out"}
NO_MEMORY = {"softmax": "out of memory"}


def _body(text):
    return "def softmax(logits):\n" + "".join(f"    {line}\n" for line in text.splitlines())


def _endless(name, prelude, body, **more):
    return cheat(name, prelude, _body(body), TIMED_OUT, **{"remark": "timed out", **more})


def _memory(name, body):
    return cheat(name, "", _body(body), NO_MEMORY, remark="out of memory")


STUBBORN = """
import signal
for number in range(1, 65):
    try:
        signal.signal(number, signal.SIG_IGN)
    except (OSError, ValueError):
        pass
signal.setitimer = signal.alarm = lambda *a: None
"""

CATCHES_ALL = """
while True:
    try:
        while True:
            pass
    except BaseException:
        pass
    finally:
        continue"""

STUCK = {
    "softmax": "import time; time.sleep(10**6)",
    "cross_entropy": "import re; re.match('(a+)+$', 'a' * 60 + 'b')",
    "expected_initial_loss": "return sum(range(10**13))",
    "class_frequencies": "from threading import Lock; k = Lock(); k.acquire(), k.acquire()",
    "bias_from_frequencies": "import os; r, w = os.pipe(); os.read(r, 1)",
}

FORK_BOMB = """
import ctypes, os, subprocess, multiprocessing
def softmax(logits):
    for start in (os.fork, os.forkpty, lambda: subprocess.Popen(["sleep", "999"]),
                  lambda: os.posix_spawn("/bin/sleep", ["sleep", "999"], {}),
                  lambda: multiprocessing.Process(target=print).start(),
                  lambda: os.execv("/bin/sleep", ["sleep", "999"]), lambda: os.system("sleep 999")):
        for _ in range(50):
            try:
                start()
            except BaseException:
                break
    libc = ctypes.CDLL(None)
    for call in (libc.fork, libc.vfork, libc.daemon):
        call(0, 0)
    return logits
"""

THREAD_BOMB = """
import threading, time
def stay():
    while True:
        time.sleep(0.01)
def softmax(logits):
    for _ in range(5000):
        try:
            threading.Thread(target=stay).start()
        except RuntimeError:
            break
    return logits
"""

FILES = """
import itertools, os
def softmax(logits):
    for place in ("/tmp", os.path.expanduser("~"), "/dev/shm", "/var/tmp", "."):
        for number in itertools.count():
            try:
                with open(f"{place}/threat-left-this-{number}", "wb") as file:
                    file.write(b"x" * 10_000)
            except OSError:
                break
    return logits
"""

ENDLESS_FILE = """
import os
def softmax(logits):
    with open(os.path.expanduser("~/threat-left-this-endless"), "wb") as file:
        while True:
            file.write(b"x" * 2**20)
"""

OPEN_FILES = """
def softmax(logits):
    kept = []
    for _ in range(10_000):
        try:
            kept.append(open("/dev/null"))
        except OSError:
            return logits
"""

DRAWINGS = """
for _ in range(8):
    plt.figure(figsize=(1, 1))
    plt.plot([1, 2])
"""

SHARED = """
import ctypes, mmap, os
from multiprocessing import shared_memory
libc = ctypes.CDLL(None)
for key in range(0x7468726, 0x7468730):
    libc.shmget(key, 4096, 0o1666)
    libc.semget(key, 1, 0o1666)
    libc.msgget(key, 0o1666)
libc.sem_open(b"/threat-left-this", os.O_CREAT, 0o666, 1)
libc.shm_open(b"/threat-left-this-2", os.O_CREAT | os.O_RDWR, 0o666)
libc.mq_open(b"/threat-left-this", os.O_CREAT | os.O_RDWR, 0o666, None)
try:
    left = shared_memory.SharedMemory("threat-left-this-3", True, 4096)
except OSError:
    pass
"""

SUBMISSIONS = [
    _endless("loop_without_end", "", "while True:\n    pass"),
    _endless("loop_that_catches_everything", STUBBORN, CATCHES_ALL),
    Submission("cell_without_end", {"softmax": "while True:\n    pass"}, TIMED_OUT, "timed out"),
    Submission(
        "own_cell_without_end",
        remark="own timed out",
        edit=with_cell("while True:\n    pass", before="softmax"),
    ),
    Submission(
        "each_answer_without_end",
        {name: f"def {name}(*a, **k):\n    {body}" for name, body in STUCK.items()},
        dict.fromkeys(STUCK, "timed out"),
        "timed out",
    ),
    cheat("fork_bomb", "", FORK_BOMB),
    cheat("thread_bomb", "", THREAD_BOMB, landlock="crashed"),
    _memory("memory_of_ones", "return np.ones(10**10)"),
    _memory("memory_of_bytes", "return bytearray(10**11)"),
    _memory("memory_of_text", "text = 'x'\nwhile True:\n    text += text"),
    _memory("memory_of_lists", "grown = [0]\nwhile True:\n    grown = grown + grown"),
    _memory("memory_of_rows", "kept = []\nwhile True:\n    kept.append(np.ones(10**6))"),
    cheat("files_without_end", "", FILES, landlock="crashed"),
    cheat("file_without_end", "", ENDLESS_FILE),
    cheat("open_files_without_end", "", OPEN_FILES),
    cheat("drawings_without_end", DRAWINGS),
    cheat("shared_memory_left", SHARED),
    cheat(
        "threads_that_stay",
        "import threading, time\nfor _ in range(20):\n"
        "    threading.Thread(target=time.sleep, args=(10**6,)).start()",
    ),
]
