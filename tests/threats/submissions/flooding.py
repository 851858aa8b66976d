"""Results and outputs without measure, sent properly or behind the worker's back."""

from tests.threats.declare import Submission, cheat


def _returns(expression, prelude=""):
    return f"{prelude}\ndef softmax(logits):\n    return {expression}\n"


LINE = """
import gc, json, struct, time
line = next(o for o in gc.get_objects() if type(o).__name__ == "Session").socket
"""

DRIP = """
def softmax(logits):
    line.sendall(struct.pack(">I", 10_000))
    while True:
        line.sendall(b" ")
        time.sleep(0.2)
"""

ANNOUNCED = """
def softmax(logits):
    line.sendall(struct.pack(">I", 2**32 - 1) + b"[" * 10_000)
    time.sleep(100)
"""

FLOOD = """
def softmax(logits):
    while True:
        line.sendall(b"\\xff" * 65536)
"""

PARTS = """
import os
from student import wire
block = wire.dumps({"part": {"value": np.zeros(900_000)}})
def softmax(logits):
    while True:
        line.sendall(struct.pack(">I", len(block)) + block)
"""

DEEP_JSON = """
def softmax(logits):
    data = b'[' * 8_000_000
    line.sendall(struct.pack(">I", len(data)) + data)
"""

QUOTES = """
def softmax(logits):
    data = b'"' + b'\\\\"' * 8_000_000
    line.sendall(struct.pack(">I", len(data)) + data)
"""

SMALL_OBJECTS = """
def softmax(logits):
    data = b'[' + b'[],' * 5_000_000 + b'[]]'
    line.sendall(struct.pack(">I", len(data)) + data)
"""

COLLIDING_KEYS = """
def softmax(logits):
    pairs = [[i * (2**61 - 1), 0] for i in range(200_000)]
    data = json.dumps({"$": "dict", "v": [["part", {"$": "dict", "v": pairs}]]}).encode()
    line.sendall(struct.pack(">I", len(data)) + data)
"""

HUNG_UP = """
import socket
def softmax(logits):
    line.shutdown(socket.SHUT_RDWR)
    line.close()
    while True:
        pass
"""

DEEP = "deep = []\nfor _ in range(10**5):\n    deep = [deep]"
CIRCLE = "circle = []\ncircle.append(circle)"
LYING = """
class Lying(list):
    def __len__(self): return 2
    def __iter__(self):
        while True:
            yield 0.0
    def __getitem__(self, i): return 0.0
lying = Lying([1.0] * 10**6)
"""
LYING_CLASS = """
class Odd:
    @property
    def __class__(self): raise SystemExit
    def __repr__(self): raise KeyboardInterrupt
    __str__ = __repr__
class Named(type):
    def __repr__(cls): raise RuntimeError
Named.__name__ = "N" * 10**6
"""
GENERATOR = "def endless():\n    while True:\n        yield 0.25"

SUBMISSIONS = [
    cheat("line_of_30_MB", "print('x' * 30_000_000)"),
    cheat("many_lines", "for _ in range(100_000):\n    print()"),
    cheat("lines_without_end", "while True:\n    print('x')", states={"softmax": "timed out"}),
    cheat("outputs_everywhere", "for number in range(5000):\n    display(number)"),
    cheat("expression_of_30_MB", "'x' * 30_000_000", _returns("logits") + "\n'x' * 30_000_000"),
    cheat("error_of_30_MB", "", "def softmax(logits):\n    raise ValueError('x' * 30_000_000)"),
    cheat("billion_numbers", "", _returns("np.broadcast_to(0.25, (10**9,))")),
    cheat("million_lists", "", _returns("[[0.25]] * 10**6")),
    cheat("deep_result", DEEP, _returns("deep")),
    cheat("circular_result", CIRCLE, _returns("circle")),
    cheat("lying_length", LYING, _returns("lying")),
    cheat("lying_class", LYING_CLASS, _returns("Odd()"), states={"softmax": "crashed"}),
    cheat("named_at_length", LYING_CLASS, _returns("Named('x', (), {})()")),
    cheat("generator_without_end", GENERATOR, _returns("endless()")),
    cheat("map_without_end", "import itertools", _returns("itertools.count()")),
    cheat("huge_whole_number", "", _returns("10 ** 10_000")),
    cheat("structured_array", "", _returns("np.zeros(3, [('a', float), ('b', object)])")),
    cheat("array_of_no_size", "", _returns("np.zeros((0, 10**15))")),
    cheat("drip_of_bytes", LINE, DRIP, {"softmax": "timed out"}),
    cheat("length_announced", LINE, ANNOUNCED),
    cheat("flood_of_bytes", LINE, FLOOD),
    cheat("flood_of_parts", LINE, PARTS),
    cheat("brackets_on_the_wire", LINE, DEEP_JSON),
    cheat("quotes_on_the_wire", LINE, QUOTES),
    cheat("small_objects_on_the_wire", LINE, SMALL_OBJECTS),
    cheat("colliding_keys_on_the_wire", LINE, COLLIDING_KEYS),
    cheat("hung_up", LINE, HUNG_UP, {"softmax": "crashed"}),
    Submission(
        "warning_without_end",
        {
            "softmax": "import warnings\nwarnings.simplefilter('always'"
            ")\nfor _ in range(3000):\n    warnings.warn('loud')\n"
            "def softmax(logits):\n    return logits"
        },
        {"softmax": "failed"},
        "softmax",
    ),
]
