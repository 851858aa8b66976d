"""Answers looked for on disk, in memory, in the environment, or asked of the judge.

Each answer gives back what it could steal, and is wrong where there was nothing.
"""

from autograder.judge.exercises import Cases, Stage
from tests.threats.declare import ASSIGNMENT, FAILED, Submission, cheat

N_PUBLIC = len(Cases(ASSIGNMENT, 1).calls("softmax", Stage.PUBLIC))  # they are called first
STEAL = """
def softmax(logits):
    for stolen in loot:
        try:
            return stolen(logits)
        except Exception:
            pass
    return np.full(logits.shape, 0.25)
"""

RIGHT = """
def right(logits):
    e = np.exp(logits - logits.max(axis=0))
    return e / e.sum(axis=0)
"""

DISK = """
import ast, os, re
loot = []
for place, folders, names in os.walk("/"):
    folders[:] = [each for each in folders if each not in ("usr", "lib", "site-packages", "proc")]
    for name in names:
        if re.search(r"ps2_|loss_at_init|softmax|cases|gradebook|solution|reference|hidden", name):
            path = os.path.join(place, name)
            try:
                text = open(path, errors="replace").read()
            except OSError:
                continue
            if "def softmax" in text:
                space = {"np": np}
                for node in ast.parse(text).body:
                    if isinstance(node, ast.FunctionDef):
                        node.decorator_list = []
                        exec(compile(ast.Module([node], []), name, "exec"), space)
                loot.append(space["softmax"])
"""

IMPORTS = """
import importlib, os, sys
loot = []
sys.path[:0] = ["/root/course", "/course", "..", "../..", "/", os.getcwd()]
for name in ("course.ps2_loss_at_init.softmax", "course.ps2_loss_at_init.reference",
             "course.ps2_loss_at_init", "ps2_loss_at_init.softmax", "course.demo.answers",
             "reference", "softmax", "checks", "judge", "checks.cases"):
    try:
        loot.append(importlib.import_module(name).softmax)
    except Exception:
        pass
try:
    registry = importlib.import_module("autograder.registry")
    registry.register("course")
    loot.append(registry.exercises("ps2_loss_at_init")["softmax"].solution)
except Exception:
    pass
"""

GARBAGE = """
import gc, sys, types
loot = []
for thing in gc.get_objects():
    try:
        if isinstance(thing, types.FunctionType) and thing.__name__ == "softmax":
            loot.append(thing)
        if isinstance(thing, dict) and callable(thing.get("reference")):
            loot.append(thing["reference"])
        if type(thing).__name__ == "Exercise":
            loot.append(thing.solution)
    except Exception:
        pass
"""

FRAMES = """
import sys
loot = []
def look():
    frame = sys._getframe()
    while frame:
        for space in (frame.f_locals, frame.f_globals):
            for name, value in list(space.items()):
                if name in ("expected", "rule", "value", "case", "cases", "reference"):
                    if isinstance(value, np.ndarray):
                        loot.append(lambda z, v=value: v)
                    if hasattr(value, "value"):
                        loot.append(lambda z, v=value.value: v)
        frame = frame.f_back
"""

FRAME_ANSWER = """
def softmax(logits):
    look()
    for stolen in loot:
        found = stolen(logits)
        if getattr(found, "shape", None) == logits.shape and found is not logits:
            return found
    return np.full(logits.shape, 0.25)
"""

ENVIRONMENT = """
import glob, os
loot = []
places = list(os.environ.values()) + [os.readlink(p) for p in glob.glob("/proc/*/cwd")]
for path in glob.glob("/proc/*/environ") + glob.glob("/proc/*/maps") + glob.glob("/proc/*/mem"):
    places += open(path, errors="replace").read().split()
if any("source" in p or "gradebook" in p for p in places):
    loot.append(right)
"""

GRADEBOOK = """
import os, sqlite3
loot = []
for place, folders, names in os.walk("/"):
    folders[:] = [each for each in folders if each not in ("usr", "lib", "site-packages", "proc")]
    for name in names:
        if name.endswith((".db", ".sqlite", "verdict.json", "seed.json")):
            try:
                sqlite3.connect(os.path.join(place, name)).execute("delete from grade")
                loot.append(right)
            except Exception:
                pass
"""

# The judge's socket, found among the objects of the process.
SOCKET = """
import gc, socket, struct, json
from student import wire
from worker import frames
line = next(o for o in gc.get_objects() if type(o).__name__ == "Session").socket
def say(message):
    frames.send(line, wire.dumps(message))
def hear():
    return wire.loads(frames.receive(line, wire.MAX_BYTES))
"""

# Softmax fails on purpose, so that the judge would answer for it when others call it. It has
# seen its inputs by then. What it is told must not count when softmax is judged again because
# a name that it misses stands further down.
REMEMBER = {
    "softmax": """
seen, known = [], {}
def softmax(logits):
    key = logits.tobytes()
    if key in known:
        return known[key]
    seen.append(logits.copy())
    return defined_below(logits)
""",
    "cross_entropy": """
def cross_entropy(logits, labels):
    for each in seen:
        if each.tobytes() not in known:
            known[each.tobytes()] = softmax(each)
    p = softmax(logits)
    z = logits - logits.max(axis=0)
    return float(np.mean(np.log(np.exp(z).sum(axis=0)) - z[labels, np.arange(len(labels))]))
""",
    "entropy": """
defined_below = softmax.__class__   # a name that softmax missed; a wrong one
def entropy(frequencies):
    f = frequencies[frequencies > 0]
    return -float(np.sum(f * np.log(f)))
""",
}

ASK_LATER = """
def cross_entropy(logits, labels):
    for name in ("cross_entropy", "entropy", "initial_loss_ok", "no_such", ["softmax"], 7, None):
        say({"ask": name, "args": (logits, labels), "kwargs": {}})
        answer = hear()
        if "value" in answer:
            return answer["value"]
    softmax(logits)
    return 0.0
"""

HOSTILE_QUESTIONS = """
done = []
def cross_entropy(logits, labels):
    if done:
        return 0.0
    done.append(True)
    for args in ((np.ones((1, 1)) * np.inf,), (np.zeros((0, 0)),), ([[1]] * 9999,), ("x" * 10**6,),
                 (wire.Seed("RandomState", 2**40),), (wire.FreshAxes(),), (None,) * 99):
        say({"ask": "softmax", "args": args, "kwargs": {}})
        hear()
    for kwargs in ({"logits": 1}, {3: 4}, {(1, 2): np.zeros(3)}, [], None):
        say({"ask": "softmax", "args": (), "kwargs": kwargs})
        hear()
    softmax(logits)
    return 0.0
"""

ASK_WITHOUT_END = """
def cross_entropy(logits, labels):
    while softmax.__name__ != "softmax":   # the judge's, in a follow-through
        try:
            softmax(logits)
        except BaseException:
            pass
    return 0.0
"""

HUGE_QUESTION = """
def bias_from_frequencies(frequencies):
    for n in (10**8, 10**9, 10**12, -1, 2.5):
        try:
            class_frequencies(np.zeros(3, int), n)
        except (ValueError, TypeError, MemoryError):
            pass
    return np.zeros((3, 1))
"""

LEAK = """
from math import exp
public = set()
def softmax(logits):
    if logits.shape[1] and logits.tobytes() in public or len(public) < N_PUBLIC:
        public.add(logits.tobytes())
        e = np.exp(logits - logits.max(axis=0))
        return e / e.sum(axis=0)
    raise type("E" + repr(logits)[:99], (ValueError,), {})("HIDDEN " + repr(logits.tolist()))
""".replace("N_PUBLIC", str(N_PUBLIC))

# Numbers of hidden cases, carried out in what a message might repeat.
TOLD_BY_KEY = """
def softmax(logits):
    return {f"hidden {number}": 0 for number in logits.flat}
"""
TOLD_BY_TYPE = (
    """
def softmax(logits):
    raise type(f"hidden{abs(logits.flat[0]):.0f}x", (ValueError,), {})()
# """
    + " ".join(f"hidden{number}x" for number in range(2000))
    + "\n"
)
SILENT = r"^(?!.*hidden ?-?\d)"
HALF = "if not hasattr(np, 'calls'):\n    np.calls = []\n"
COUNTED = (
    HALF
    + """
def initial_loss_ok(logits, labels, frequencies, tolerance=0.05):
    np.calls.append(1)
    return [True, False, True, False, False, True, False, False, True][(len(np.calls) - 1) % 9]
"""
)


def after_public(function):
    """Return an answer that is right for the public cases and goes wrong in the hidden ones."""
    return (
        HALF
        + RIGHT
        + function.replace("def softmax", "def told")
        + """
def softmax(logits):
    np.calls.append(1)
    return right(logits) if len(np.calls) <= N_PUBLIC else told(logits)
""".replace("N_PUBLIC", str(N_PUBLIC))
    )


SUBMISSIONS = [
    Submission(
        "calls_counted",
        {"initial_loss_ok": COUNTED},
        {"initial_loss_ok": "failed"},
        "initial_loss_ok: failed",
    ),
    Submission(
        "told_by_keys", {"softmax": after_public(TOLD_BY_KEY)}, FAILED, "softmax", message=SILENT
    ),
    Submission(
        "told_by_types", {"softmax": after_public(TOLD_BY_TYPE)}, FAILED, "softmax", message=SILENT
    ),
    cheat("source_on_disk", DISK, STEAL),
    cheat("reference_imported", IMPORTS, STEAL),
    cheat("reference_in_garbage", GARBAGE, STEAL),
    cheat("expected_in_frames", FRAMES, FRAME_ANSWER),
    cheat("secrets_in_environment", RIGHT + ENVIRONMENT, STEAL),
    cheat("gradebook_opened", RIGHT + GRADEBOOK, STEAL),
    cheat(
        "judge_asked_in_turn",
        SOCKET
        + """
def softmax(logits):
    say({"ask": "softmax", "args": (logits,), "kwargs": {}})
    return hear()["value"]
""",
        "",
        states={"softmax": "failed"},
    ),
    Submission(
        "later_answers_asked_for",
        {
            "softmax": SOCKET + "\ndef softmax(logits):\n    return logits",
            "cross_entropy": ASK_LATER,
        },
        {"softmax": "failed", "cross_entropy": "failed"},
        "softmax",
    ),
    Submission(
        "hostile_questions",
        {
            "softmax": SOCKET + "\ndef softmax(logits):\n    return logits",
            "cross_entropy": HOSTILE_QUESTIONS,
        },
        {"softmax": "failed", "cross_entropy": "failed"},
        "softmax",
    ),
    Submission(
        "questions_without_end",
        {"softmax": "def softmax(logits):\n    return logits", "cross_entropy": ASK_WITHOUT_END},
        {"softmax": "failed", "cross_entropy": "timed out"},
        "cross_entropy: timed out",
    ),
    Submission(
        "huge_questions",
        {
            "class_frequencies": "def class_frequencies(labels, n_classes):\n    return 1",
            "bias_from_frequencies": HUGE_QUESTION,
        },
        {"class_frequencies": "failed", "bias_from_frequencies": "failed"},
        "class_frequencies",
    ),
    Submission("answers_remembered", REMEMBER, {"softmax": "failed"}, "softmax"),
    cheat("hidden_cases_told", LEAK, "", message=r"stopped with an error\b(?!.*\d\.\d)"),
]
