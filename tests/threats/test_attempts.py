"""More attempts, many to a notebook: none gains a point, and no exercise beside one loses any.

What needs the walls runs in a worker, ten attempts at a time; what only speaks to the judge is
tried in this process, which speaks the same way.
"""

import itertools
import json
import re

import pytest

from autograder.checks.states import State
from autograder.judge.case_sets import CaseSets
from autograder.judge.grade import verdict_on
from autograder.sandbox.limits import Limits
from course.demo.students import filled
from tests.conftest import released, request_for
from tests.course.judged import finding
from tests.threats.declare import (
    ASSIGNMENT,
    HELPERS,
    MARK,
    NOTEBOOK,
    POINTS,
    answers,
    with_cell,
)

RIGHT = answers.styles(ASSIGNMENT)["loops"]
# What a busy machine does not change: no attempt sleeps, so the wall may be long.
LIMITS = Limits(exercise_seconds=2.0, follow_through_seconds=4.0, wall_factor=200.0, cpu_seconds=60)

# An answer that is right if what it tries gets through, and else nothing.
GOT_THROUGH = """
{helpers}
def out_{name}():
{code}
def {name}(*args, **kwargs):
    try:
        through = bool(out_{name}())
    except Exception:
        through = False
    return honest_{name}(*args, **kwargs) if through else None
"""

# Beyond the walls: another process, another worker, a friend, the network.
PLACES = f"""
places = [os.path.join(each, "{MARK}-kept") for each in (
    "/tmp", "/var/tmp", "/dev/shm", "/run", "/run/lock", "/var/lock", "/dev/mqueue", "/", "/root",
    os.getcwd(), os.path.dirname(os.getcwd()), os.path.expanduser("~"), sys.prefix, "/proc/self",
    os.path.dirname(os.__file__), os.path.dirname(np.__file__), "/sys/fs/cgroup", "/dev")]
"""
KEEPS = (
    PLACES
    + """
def keep(text):
    for place in places:
        for write in (lambda: open(place, "w").write(text), lambda: os.mkdir(place + "-d"),
                      lambda: os.symlink(text, place + "-l"), lambda: os.mkfifo(place + "-p")):
            try: write()
            except OSError: pass
    for device in ("/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom"):
        for touch in (lambda: os.utime(device, (5, 5)), lambda: os.chmod(device, 0o600)):
            try: touch()
            except OSError: pass
    segment = libc.shmget(0x7468730, 4096, 0o1666)
    libc.semget(0x7468731, 1, 0o1666), libc.msgget(0x7468732, 0o1666)
"""
)
FINDS = (
    PLACES
    + """
def kept():
    found = [each for place in places for each in (place, place + "-d", place + "-l", place + "-p")
             if os.path.lexists(each)]
    found += [each for each in ("/dev/null", "/dev/zero", "/dev/full", "/dev/random",
              "/dev/urandom") if os.stat(each).st_mtime == 5 or os.stat(each).st_mode & 0o77 == 0]
    found += [key for key, get in ((0x7468730, lambda k: libc.shmget(k, 4096, 0)),
              (0x7468731, lambda k: libc.semget(k, 1, 0)), (0x7468732, lambda k: libc.msgget(k, 0)))
              if get(key) != -1]
    return found
"""
)


def gets_through(*lines):
    """Return a body for an attempt that is given by lines of code, the last an expression."""
    return "\n".join(f"    {line}" for line in (*lines[:-1], f"return {lines[-1]}"))


# By exercise: what is tried in its cell. Those of one place in the lists share a notebook.
WALLS = {
    "softmax": [
        gets_through("socket.socket()", "True"),
        gets_through("socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)", "True"),
        gets_through("open('/proc/1/cmdline').read()", "True"),
    ],
    "cross_entropy": [
        gets_through("socket.create_server(('', 0))", "True"),
        gets_through("import multiprocessing as m",
                     "p = m.get_context('fork').Process(target=print)", "p.start()", "p.pid"),
        gets_through("os.sched_setaffinity(os.getppid(), {0})", "True"),
    ],
    "expected_initial_loss": [
        gets_through("subprocess.run(['/bin/true'])", "True"),
        gets_through("os.posix_spawn(sys.executable, ['python', '-c', '1'], {})", "True"),
        gets_through("os.kill(os.getppid(), 0)", "True"),
    ],
    "class_frequencies": [
        gets_through("os.execv(sys.executable, [sys.executable, '-c', '1'])", "True"),
        gets_through("import resource",
                     "resource.setrlimit(resource.RLIMIT_CPU, (9999, 9999))", "True"),
        gets_through("import resource",
                     "resource.setrlimit(resource.RLIMIT_AS, (2**45, 2**45))", "True"),
    ],
    "bias_from_frequencies": [
        gets_through("os.setuid(0)", "os.getuid() == 0"),
        gets_through("import pty", "pty.openpty()", "True"),
        gets_through("os.pidfd_open(os.getppid())", "True"),
    ],
    "entropy": [
        gets_through("libc.unshare(0x10000000) == 0"),
        gets_through("libc.memfd_create(b'x', 0) != -1"),
        gets_through("os.chroot('/tmp')", "True"),
    ],
    "initialize_output_layer": [
        gets_through("import glob", "glob.glob('/home/*') + glob.glob('/root/*') "
                     "+ glob.glob('/**/gradebook.db')"),
        gets_through("open('/etc/shadow').read()"),
        gets_through("open(os.__file__, 'r+').close()", "True"),
    ],
    "excess_initial_loss": [
        gets_through("import importlib", "importlib.import_module('course')", "True"),
        gets_through("import importlib", "importlib.import_module('autograder.registry')", "True"),
        gets_through("import importlib", "importlib.import_module('course.ps2_loss_at_init')", "1"),
    ],
}  # fmt: skip

# What is kept in one worker is looked for in the next: the first ends itself in every call.
DIES = HELPERS + KEEPS + "\ndef {name}(*args, **kwargs):\n    keep(repr(args))\n    os._exit(3)\n"


def attempting(name, code, helpers=HELPERS):
    """Return an answer that is right if its attempt, a body of a function, gets through."""
    own = RIGHT[name].replace(f"def {name}", f"def honest_{name}")
    return own + GOT_THROUGH.format(helpers=helpers, code=code, name=name)


def notebook_of(codes):
    """Return a notebook of attempts by exercise, one that keeps and dies, and one that looks."""
    own = {name: attempting(name, code) for name, code in codes.items()}
    own["initial_loss_regression"] = DIES.format(name="initial_loss_regression")
    own["initial_loss_ok"] = attempting("initial_loss_ok", "    return kept()", HELPERS + FINDS)
    return filled(released(ASSIGNMENT), {**RIGHT, **own})


@pytest.fixture
def verdict(sandbox, tmp_path):
    """Return what judges a notebook."""

    def judged(notebook, sets=None):
        place = tmp_path / "handed"
        place.mkdir(exist_ok=True)
        (place / NOTEBOOK).write_text(json.dumps(notebook))
        return verdict_on(
            request_for(ASSIGNMENT, place, LIMITS), sandbox, sets or CaseSets(ASSIGNMENT, 1)
        )

    return judged


def states(made):
    """Return the states of a verdict by exercise."""
    return {name: each.state for name, each in made.results.items()}


@pytest.mark.system
@pytest.mark.parametrize("number", range(3))
def test_no_attempt_gets_through_the_walls(verdict, number):
    notebook = notebook_of({name: codes[number] for name, codes in WALLS.items()})
    wrong = {name: State.FAILED for name in (*WALLS, "initial_loss_ok")}
    assert states(verdict(notebook)) == {**wrong, "initial_loss_regression": State.CRASHED}


@pytest.mark.system
def test_one_that_got_through_would_be_seen(verdict):
    found = states(verdict(notebook_of(dict.fromkeys(WALLS, "    return True"))))
    assert {found[name] for name in WALLS} == {State.PASSED}


SEEN = """
import atexit, threading, weakref
seen = []
class Last:
    def __del__(self):
        print("LEAK", seen)
atexit.register(lambda: print("LEAK", seen))
last = Last()
class Shown:
    def __repr__(self):
        return f"LEAK {seen}"
shown = Shown()
threading.Timer(0.05, lambda: print("LEAK", seen)).start()
def softmax(logits):
    seen.append(logits.tolist())
    print("LEAK", seen)
    raise ValueError(f"LEAK {seen}") if len(seen) > 200 else KeyError
"""


@pytest.mark.system
def test_what_an_answer_has_seen_is_on_no_page(verdict):
    """A cell at the end, one that is not run again, objects that end with the worker: all early."""
    notebook = filled(released(ASSIGNMENT), {**RIGHT, "softmax": SEEN})
    for cell in ("print('LEAK', seen)\nshown", "%whos", "del last\nimport gc; gc.collect()"):
        notebook = with_cell(cell, after="test_initial_loss_ok")(notebook)
    made = verdict(notebook)
    text = json.dumps(made.notebook) + "".join(made.lines())
    assert states(made)["softmax"] == State.FAILED
    assert set(states(made).values()) == {State.FAILED, State.PASSED}  # which build on it too
    assert "LEAK []" in text  # printed where it was printed, with what was seen by then: nothing
    assert not re.search(r"LEAK \[[^\]]", text)


def test_numbers_of_one_grading_are_of_no_use_in_the_next():
    """The answers choose the numbers: a table of those that were told is another answer."""
    sets = CaseSets(ASSIGNMENT, 1)
    chosen = [sets.of(f"table {n}".encode()) for n in range(30)]
    assert len({each.number for each in chosen}) > 4
    inputs = [
        {case.call.args[0].tobytes() for case in each.of("softmax") if not case.public}
        for each in {each.number: each for each in chosen}.values()
    ]
    assert all(one.isdisjoint(other) for one, other in itertools.combinations(inputs, 2))


LYING = """
class Lying({base}):
    def __eq__(self, other): return True
    def __iter__(self): return iter(RIGHT_ONE)
    def __len__(self): return len(RIGHT_ONE)
    def __array__(self, *a, **k): return RIGHT_ONE
    def items(self): return RIGHT_ONE.items()
    __hash__ = {base}.__hash__
"""
STARTS = """
def initialize_scaled(layer_dims, scale, rng):
    params = {{}}
    for layer, (n, m) in enumerate(zip(layer_dims, layer_dims[1:]), 1):
        params[f"W{{layer}}"] = scale * draw(m, n, rng)
        params[f"b{{layer}}"] = np.zeros((m, 1))
    return params
{draw}
"""
INDEX = "import copy\ncalls = []\ndef sample_index(p, rng):\n    p = np.ravel(p)\n    {}\n"


def starts(draw):
    """Return an answer to `initialize_scaled` that draws in its own way."""
    return ("ps1_initialization", "initialize_scaled", STARTS.format(draw=draw))


def index(*lines):
    """Return an answer to `sample_index`."""
    return ("ps4_char_rnn", "sample_index", INDEX.format("\n    ".join(lines)))


def ps2(name, body, before=""):
    """Return an answer to an exercise of assignment 2."""
    return (ASSIGNMENT, name, f"{before}\ndef {name}(*args, **kwargs):\n    {body}\n")


# To the judge: fakes of a random draw, types that lie, arguments that hide, tests that compare
# nothing.
FAKES = {
    "copied generator": index("return copy.deepcopy(rng).choice(len(p), p=p)"),
    "generator of its state": index(
        "g = np.random.default_rng(); g.bit_generator.state = np.random.default_rng(1)"
        ".bit_generator.state",
        "return int(g.choice(len(p), p=p))",
    ),
    "counter": index("calls.append(1)", "return len(calls) % len(p)"),
    "quantiles by a counter": index(
        "calls.append(1)", "return int(np.searchsorted(np.cumsum(p), len(calls) * .618 % 1))"
    ),
    "state of the generator": index(
        "number = rng.bit_generator.state['state']['state']",
        "return int(np.searchsorted(np.cumsum(p), number % 97 / 97))",
    ),
    "first draw kept": index(
        "calls.append(int(rng.choice(len(p), p=p)))", "return calls[0]"
    ),
    "copy of the starts' generator": starts(
        "import copy\ndef draw(m, n, rng): return copy.deepcopy(rng).standard_normal((m, n))"
    ),
    "starts kept by shape": starts(
        "kept = {}\ndef draw(m, n, rng):\n"
        "    return kept.setdefault((m, n), rng.standard_normal((m, n)))"
    ),
    "starts from a counter": starts(
        "count = []\ndef draw(m, n, rng):\n    count.append(1)\n"
        "    return np.random.default_rng(len(count)).standard_normal((m, n))"
    ),
    "two values": starts(
        "def draw(m, n, rng): return rng.permutation(m * n).reshape(m, n) % 2 * 2.0 - 1"
    ),
    "grid of few values": starts(
        "def draw(m, n, rng):\n    return np.round(rng.standard_normal((m, n)), 1)"
    ),
    "rows that are one row up to sign": starts(
        "from statistics import NormalDist\n"
        "def draw(m, n, rng):\n"
        "    row = [NormalDist().inv_cdf((i + 0.5) / n) for i in range(n)]\n"
        "    row = rng.permutation(row) / np.std(row)\n"
        "    signs = np.where(rng.permutation(m) % 2, 1.0, -1.0)[:, None]\n"
        "    return signs * row * (1 + 1e-9 * rng.standard_normal((m, n)))"
    ),
    "arguments in a circle": (
        "ps1_initialization",
        "update",
        "def update(params, grads, learning_rate):\n    for k in list(params):\n"
        "        params[k] -= learning_rate * grads['d' + k]\n    new = dict(params)\n"
        "    params['loop'], grads['loop'] = params, grads\n    return new",
    ),
    "arguments too deep": (
        "ps1_initialization",
        "update",
        "def update(params, grads, learning_rate):\n    for k in list(params):\n"
        "        params[k] -= learning_rate * grads['d' + k]\n    new = dict(params)\n"
        "    deep = []\n    for _ in range(99): deep = [deep]\n"
        "    params['deep'] = deep\n    return new",
    ),
    "drawing that was not drawn": (
        "ps1_initialization",
        "plot_cost",
        "from autograder.checks.wire import AxesSnapshot\n"
        "def plot_cost(costs, ax, every=1):\n    c = np.asarray(costs, float)\n"
        "    top = float(np.nanmax(c[np.isfinite(c)]))\n    return AxesSnapshot({"
        "'lines': [{'x': np.arange(len(c)) * float(every), 'y': c}], 'x_limits': (0.0, "
        "float(every * len(c))), 'y_limits': (0.0, top), 'x_label': 'i', 'y_label': 'c', "
        "'offset_text': '', 'x_scale': 'linear', 'y_scale': 'linear', 'shapes': 0, 'given': True})",
    ),
    "array that lies": ps2(
        "softmax",
        "global RIGHT_ONE\n    e = np.exp(args[0] - args[0].max(0)); RIGHT_ONE = e / e.sum(0)\n"
        "    return np.full(args[0].shape, 0.25).view(Lying)",
        LYING.format(base="np.ndarray"),
    ),
    "number that lies": ps2(
        "expected_initial_loss",
        "return Lying(1.0)",
        LYING.format(base="float").replace("RIGHT_ONE", "[0]")
        + "    def __float__(self): return self\n    __sub__ = __abs__ = __float__\n",
    ),
    "list that lies": ps2(
        "class_frequencies",
        "global RIGHT_ONE\n    RIGHT_ONE = np.bincount(args[0], minlength=args[1]) / len(args[0])"
        "\n    return Lying([0.5])",
        LYING.format(base="list").replace("list.__hash__", "None"),
    ),
    "dict that lies": (
        "ps1_initialization",
        "initialize_zeros",
        LYING.format(base="dict").replace("dict.__hash__", "None")
        + "def initialize_zeros(layer_dims):\n    global RIGHT_ONE\n    RIGHT_ONE = {}\n"
        "    for l, (n, m) in enumerate(zip(layer_dims, layer_dims[1:]), 1):\n"
        "        RIGHT_ONE |= {f'W{l}': np.zeros((m, n)), f'b{l}': np.zeros((m, 1))}\n"
        "    return Lying()",
    ),
    "keys that are equal to all": ps2(
        "entropy",
        "return {Any('a'): 1.0}",
        "class Any(str):\n    __eq__ = lambda self, other: True\n    __hash__ = str.__hash__",
    ),
    "empty array": ps2("bias_from_frequencies", "return np.zeros((0, 1))"),
    "array without entries of the right width": ps2("softmax", "return args[0][:0]"),
    "hidden entries": ps2("softmax", "return np.ma.masked_all(args[0].shape)"),
    "stop of an iteration": ps2("entropy", "raise StopIteration"),
    "end of a generator": ps2("entropy", "raise GeneratorExit"),
    "not attempted, it says": ps2("entropy", "raise NotImplementedError('passed')"),
    "error that is expected elsewhere": ps2("excess_initial_loss", "raise ValueError"),
    "object that promises a number": ps2(
        "entropy",
        "return Later()",
        "class Later:\n    __float__ = __index__ = lambda self: 1.0\n"
        "    __array_interface__ = property(lambda self: 1 / 0)",
    ),
    "complex of no imaginary part": ps2("entropy", "return complex(1.0)"),
    "text of a number": ps2("entropy", "return '1.0'"),
    "nan for a number": ps2("expected_initial_loss", "return float('nan')"),
    "infinite tolerance": ps2("cross_entropy", "return np.float64('inf')"),
}  # fmt: skip


LONG = ("sample_index",)  # to be judged; other runs than the quick one have the time


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(name, marks=[pytest.mark.thorough] if fake[1] in LONG else [])
        for name, fake in FAKES.items()
    ],
)
def test_no_fake_passes(name):
    assignment, exercise, text = FAKES[name]
    found = finding(assignment, exercise, text)
    assert found.state in (State.FAILED, State.NOT_ATTEMPTED, State.CRASHED)


@pytest.mark.system
def test_an_honest_answer_above_a_fake_is_not_blamed(verdict):
    """It is judged once more, with the reference in the place of the fake."""
    fake = "def softmax(logits):\n    return np.full(logits.shape, 1 / len(logits))\n"
    calls = (
        "def cross_entropy(logits, labels):\n    p = softmax(logits - logits.max(axis=0))\n"
        "    z = logits - logits.max(axis=0)\n    total = np.log(np.exp(z).sum(axis=0))\n"
        "    same = np.allclose(p, np.exp(z - total))\n"
        "    own = z[labels, np.arange(len(labels))]\n"
        "    return float(np.mean(total - own)) if same else -1.0"
    )
    made = verdict(filled(released(ASSIGNMENT), {**RIGHT, "softmax": fake, "cross_entropy": calls}))
    assert states(made)["softmax"] == State.FAILED and states(made)["cross_entropy"] == State.PASSED
    assert (
        sum(each.points for each in made.exercises.values())
        == sum(POINTS.values()) - POINTS["softmax"]
    )
