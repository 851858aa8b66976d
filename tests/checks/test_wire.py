"""The wire: what goes in comes out, and nothing else harms who reads it."""

import base64
import contextlib
import enum
import io
import json
import math
import socket
import threading
import time
import tracemalloc

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from autograder.checks import wire
from autograder.checks.calls import Call, perform
from autograder.worker import frames

TYPES = (
    "bool",
    "int8",
    "uint8",
    "int64",
    "uint64",
    "float16",
    "float32",
    "float64",
    "complex128",
    ">f8",
    "<i4",
    "<U3",
)
ARRAYS = st.sampled_from(TYPES).flatmap(
    lambda kind: npst.arrays(
        np.dtype(kind), npst.array_shapes(min_dims=0, max_dims=3, min_side=0, max_side=4)
    )
)
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**999), 2**999),
    st.floats(),
    TEXT,
    ARRAYS,
    st.builds(np.float64, st.floats()),
    st.builds(np.int32, st.integers(-(2**31), 2**31 - 1)),
    st.builds(wire.Seed, st.sampled_from(["Generator", "RandomState"]), st.integers(0, 2**31)),
    st.just(wire.FreshAxes()),
    st.builds(wire.Opaque, st.from_regex(r"\w{1,9}", fullmatch=True)),
)
KEYS = st.one_of(TEXT, st.integers(-9, 9), st.booleans(), st.none(), st.tuples(TEXT, st.integers()))
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.lists(inner, max_size=4).map(tuple),
        st.dictionaries(KEYS, inner, max_size=4),
        st.builds(wire.AxesSnapshot, st.dictionaries(TEXT, inner, max_size=2)),
    ),
    max_leaves=12,
)


def same(a, b):
    """Tell whether two values are the same in type, shape and bits (NaN is NaN)."""
    if type(a) is not type(b):
        return False
    if isinstance(a, (np.ndarray, np.generic)):
        return (
            a.shape == b.shape
            and a.dtype == b.dtype
            and np.array_equal(a, b, equal_nan=a.dtype.kind in "fc")
        )
    if isinstance(a, float):
        return a == b or (math.isnan(a) and math.isnan(b))
    if isinstance(a, wire.AxesSnapshot):
        return same(a.content, b.content)
    if isinstance(a, dict):
        return list(a) == list(b) and all(same(a[key], b[key]) for key in a)
    if isinstance(a, (list, tuple)):
        return len(a) == len(b) and all(map(same, a, b))
    return a == b


@pytest.mark.long
@given(VALUES)
def test_every_plain_value_comes_back_as_it_was(value):
    assert same(wire.loads(wire.dumps(value)), value)
    assert same(wire.loads(wire.text(value).encode()), value)
    assert same(wire.travelled(value), value)


def reads_or_refuses(data):
    """Read a message; the only error there may be is a WireError."""
    try:
        value = wire.loads(data)
    except wire.WireError as error:
        assert str(error)
        return
    wire.dumps(value)  # what was read is plain data


BRACKETS = b'[{"$":"tuple","v":[' * 200
# Found by fuzzing and by hand; each once raised something else, or took for ever.
FOUND = [
    b"",
    b"\x00",
    b"\xff\xfe[\x00]\x00",
    "[1]".encode("utf-16"),
    "[1]".encode("utf-32"),
    b'{"$":"array","v":""}',
    b'{"$":"array","v":"k05VTVBZAQB2AA=="}',
    b'{"$":[],"v":1}',
    b'{"$":"dict","v":[[[1],2]]}',
    b'{"$":"dict","v":{"ab":1}}',
    b'{"$":"rng","v":["x",1e999]}',
    b'{"$":"float","v":{}}',
    b'{"v":1}',
    b'"\\ud800"',
    b'{"$":"dict","v":[["\\udfff","\\ud800"]]}',
    b"9" * 400,
    b"-" + b"9" * 5000,
    b"NaN",
    b"[" * 100_000,
    BRACKETS,
    b'"' + b'\\"' * 50_000,
    b'{"$":"drawn","v":{"$":"drawn"}}',
    b'{"$":"opaque","v":{"$":1}}',
    b'{"$":"scalar","v":5}',
    b'{"$":"array","v":5}\nabc',
    b'{"$":"array","v":-3}\nabc',
    b'{"$":"array","v":true}\na',
    b'[{"$":"array","v":1},{"$":"array","v":-1}]\nab',
    b'{"$":"opaque","v":{"$":"array","v":9}}\n',
]


@pytest.mark.parametrize("data", FOUND, ids=range(len(FOUND)))
def test_what_was_found_is_refused_or_read(data):
    reads_or_refuses(data)


@given(st.binary(max_size=300))
def test_arbitrary_bytes_raise_nothing_else(data):
    reads_or_refuses(data)


TOKENS = st.lists(
    st.sampled_from(
        [
            b"[",
            b"]",
            b"{",
            b"}",
            b",",
            b":",
            b'"',
            b"\\",
            b'"$"',
            b'"v"',
            b'"dict"',
            b'"array"',
            b'"tuple"',
            b'"scalar"',
            b'"rng"',
            b'"float"',
            b'"opaque"',
            b'"drawn"',
            b'"axes"',
            b"1",
            b"-1e999",
            b"null",
            b"true",
            b'"inf"',
            b'"k05VTVBZAQB2AHs="',
            b'{"$":"array","v":',
        ]
    ),
    max_size=30,
)


@given(TOKENS.map(b"".join))
def test_arbitrary_json_raises_nothing_else(data):
    reads_or_refuses(data)


@given(VALUES, st.data())
@settings(max_examples=200)
def test_changed_messages_raise_nothing_else(value, data):
    message = bytearray(wire.dumps(value))
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(message)))
        message[place : place + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=3))
    reads_or_refuses(bytes(message))


HEADERS = st.text("{}()'\": ,descrfoanhpTuel0123456789<>|bifcUOVMmS[]-+*", max_size=80)


@given(HEADERS, st.binary(max_size=40))
@example("{'descr': '|O', 'fortran_order': False, 'shape': (1,)}", b"\x80\x04N.")
@example("{'descr': '<f8', 'fortran_order': False, 'shape': (10**9,)}", b"")
@example("{'descr': '<f8', 'fortran_order': False, 'shape': (99999999999999,)}", b"12345678")
@example("{'descr': '<f8', 'fortran_order': False, 'shape': (0, 99999999999999)}", b"")
@example("{'descr': '<f8', 'fortran_order': False, 'shape': (-1,)}", b"")
@example("{'descr': '<U1', 'fortran_order': False, 'shape': ()}", b"\xff\xff\xff\xff")
@example("{'descr': [('a', '<f8')], 'fortran_order': False, 'shape': ()}", b"12345678")
@example("{'descr': '<f8', 'fortran_order': False, 'shape': (1,)} \\\n(", b"12345678")
@example("(" * 99, b"")
def test_arbitrary_headers_of_arrays_raise_nothing_else(header, content):
    data = header.encode()
    array = b"\x93NUMPY\x01\x00" + len(data).to_bytes(2, "little") + data + content
    for kind in ("array", "scalar"):
        for message in both(kind, array):
            reads_or_refuses(message)


def both(kind, array):
    """Return npy bytes as a message: in base 64, and behind the JSON."""
    text = {"$": kind, "v": base64.b64encode(array).decode()}
    counted = {"$": kind, "v": len(array)}
    return json.dumps(text).encode(), json.dumps(counted).encode() + b"\n" + array


@pytest.mark.parametrize(
    "message", [b"[]\n ", b'{"$":"array","v":1}\n', b"[1]\n\x93NUMPY", b"1\n2\n"]
)
def test_what_follows_the_json_must_be_its_arrays(message):
    with pytest.raises(wire.WireError):
        wire.loads(message)


class Opened:
    """Says so when it is unpickled."""

    seen = []

    def __reduce__(self):
        return self.seen.append, (True,)


def test_a_pickle_is_never_opened():
    buffer = io.BytesIO()
    np.save(buffer, np.array([Opened()], object), allow_pickle=True)
    text = buffer.getvalue()
    header = text.index(b"\n") + 1
    for data in (text, text.replace(b"|O", b"|V"), text[:header] + text[header : header + 8]):
        for message in both("array", data):
            with pytest.raises(wire.WireError):
                wire.loads(message)
    assert not Opened.seen


MB = 2**20
BOMBS = {
    "small lists": b"[" + b"[]," * 4_000_000 + b"[]]",
    "small dicts": b"[" + b"{}," * 4_000_000 + b"{}]",
    "numbers": b"[" + b"0," * 8_000_000 + b"0]",
    "quotes": b'"' + b'\\"' * (8 * MB - 10) + b'"',
    "quotes without end": b'"' + b'\\"' * (8 * MB - 10),
    "backslashes": b'"' + b"\\" * (16 * MB - 10),
    "short texts": b"[" + b'"",' * 5_000_000 + b'""]',
    "depth": b"[" * (16 * MB),
    "depth of dicts": b'{"$":"dict","v":[' * 800_000,
    "a closing flood": b"]" * (16 * MB),
    "keys that collide": json.dumps(
        {"$": "dict", "v": [[i * (2**61 - 1), 0] for i in range(30_000)]}
    ).encode(),
    "keys that are tuples": json.dumps(
        {"$": "dict", "v": [[{"$": "tuple", "v": [i]}, 0] for i in range(30_000)]}
    ).encode(),
    "one long text": b'"' + b"a" * (16 * MB - 10) + b'"',
}


@pytest.mark.long
@pytest.mark.parametrize("name", BOMBS)
def test_reading_is_bounded_in_time_and_memory(name):
    start = time.process_time()
    with contextlib.suppress(wire.WireError):
        wire.loads(BOMBS[name])
    assert time.process_time() - start < 8  # of the processor; a fraction of that as a rule
    tracemalloc.start()
    with contextlib.suppress(wire.WireError):
        wire.loads(BOMBS[name])
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 300 * MB  # the message itself, a few copies of it, and its entries


def test_a_message_over_the_limit_is_refused_before_it_is_parsed():
    with pytest.raises(wire.WireError, match="over the limit"):
        wire.loads(b"[" * (wire.MAX_BYTES + 1))


DEEP, CIRCLE = [], []
for _ in range(10**5):
    DEEP = [DEEP]
CIRCLE.append(CIRCLE)


@pytest.mark.parametrize(
    "value, why",
    [
        (DEEP, "deeper"),
        (CIRCLE, "circular"),
        ([0] * 300_000, "entries"),
        (2**2000, "digits"),
        ("x" * 9 * MB, "MB"),
        (np.zeros(2 * MB), "MB"),
        (np.broadcast_to(0.0, (10**9,)), "MB"),
        ({i: 0 for i in range(1000)}, "keys"),
    ],
    ids=["deep", "circle", "many", "whole", "text", "array", "broadcast", "keys"],
)
def test_what_is_too_much_does_not_travel(value, why):
    with pytest.raises(wire.WireError, match=why):
        wire.dumps(value)


class AtLeastEqual(type):
    """A class of classes each of which is equal to every other one."""

    __hash__ = type.__hash__

    def __eq__(cls, other):
        return True


@pytest.mark.parametrize(
    "value",
    [
        np.array([object()]),
        (x for x in ()),
        np.zeros(2, [("a", float)]),
        np.ma.masked_array([1.0, 2.0], [False, True]),
        AtLeastEqual("A", (), {})(),
        object(),
        1j,
        {1, 2},
    ],
)
def test_other_types_travel_as_their_name_alone(value):
    assert isinstance(wire.loads(wire.dumps(value)), wire.Opaque)


def refuse(*_args, **_more):
    raise SystemExit("a method of the subclass was called")


def lying(base, *inherited):
    """Return a subclass whose own methods and attributes must not be looked at."""
    methods = {name for name in dir(base) if name.startswith("__")}
    methods -= {"__new__", "__init__", "__class__", "__hash__", "__getattribute__", "__del__"}
    methods |= {"__array__", "__array_interface__", "__array_struct__", "__array_ufunc__"}
    methods -= {"__init_subclass__", *inherited}
    space = dict.fromkeys(methods, refuse)
    properties = ("__class__", "dtype", "nbytes", "shape", "size", "itemsize", "flags")
    space |= {name: property(refuse) for name in properties}
    return type("Lying", (base,), {**space, "__hash__": base.__hash__})


CONTENTS = [2.5, 7, "text", np.float64(2.5), np.float32(2.5), np.int16(7), np.str_("text")]


@pytest.mark.parametrize("value", CONTENTS, ids=lambda value: type(value).__name__)
def test_a_subclass_travels_as_its_contents_which_are_read_by_its_base(value):
    made = lying(type(value))(value)
    came = wire.loads(wire.dumps((made, [made], {"key": made})))
    assert came == (value, [value], {"key": value})
    assert type(came[0]) in (float, int, str)


def test_an_array_of_a_subclass_travels_as_its_numbers():
    numbers = np.arange(6.0).reshape(2, 3)
    kinds = (lying(np.ndarray, "__array_finalize__"), np.matrix, np.ma.MaskedArray, np.memmap)
    for kind in kinds:
        came = wire.loads(wire.dumps(np.ndarray.view(numbers, kind)))
        assert type(came) is np.ndarray and np.array_equal(came, numbers)


def test_keys_of_a_subclass_are_plain_too():
    kind = enum.StrEnum("kind", {"W": "W1"})
    number = enum.IntEnum("number", {"one": 1})
    came = wire.loads(wire.dumps({kind.W: number.one, number.one: kind.W}))
    assert came == {"W1": 1, 1: "W1"}
    assert [type(each) for each in (*came, *came.values())] == [str, int, int, str]


class Lying(list):
    def __len__(self):
        return 2

    def __iter__(self):
        for _ in range(10**5):  # for ever, but for this test
            yield 0
        raise AssertionError("its own iterator was asked")


def test_a_subclass_of_list_is_read_by_its_base():
    assert wire.loads(wire.dumps(Lying([1, 2, 3]))) == [1, 2, 3]
    assert perform(lambda: Lying([1, 2, 3]), Call(())).value == [1, 2, 3]


def both_ends():
    """Return two connected sockets."""
    return socket.socketpair()


def test_a_message_must_be_there_at_the_deadline_even_byte_by_byte():
    mine, theirs = both_ends()
    refused = threading.Event()

    def drip():
        theirs.sendall((1000).to_bytes(4, "big"))
        for _ in range(1000):  # if the deadline were one for each byte, all would be read
            if refused.wait(0.05):
                return
            theirs.sendall(b" ")

    sender = threading.Thread(target=drip)
    sender.start()
    with pytest.raises(TimeoutError):
        frames.receive(mine, 10_000, frames.Deadline(0.4))
    refused.set()
    sender.join()


def test_a_length_over_the_limit_is_refused_before_anything_is_kept():
    mine, theirs = both_ends()
    theirs.sendall((2**32 - 1).to_bytes(4, "big"))
    with pytest.raises(ValueError, match="over the limit"):
        frames.receive(mine, 1000)


def test_a_closed_connection_is_told():
    mine, theirs = both_ends()
    theirs.sendall((10).to_bytes(4, "big") + b"12345")
    theirs.close()
    with pytest.raises(frames.ClosedError):
        frames.receive(mine, 1000)


@given(st.binary(max_size=200_000))
@settings(max_examples=20)
def test_frames_come_as_they_were_sent(data):
    mine, theirs = both_ends()
    with mine, theirs:
        sender = threading.Thread(target=frames.send, args=(theirs, data))
        sender.start()
        assert frames.receive(mine, 200_000) == data
        sender.join()


@given(st.lists(st.binary(max_size=100_000), max_size=6))
@settings(max_examples=20)
def test_frames_that_come_together_are_read_one_by_one(messages):
    mine, theirs = both_ends()
    with mine, theirs:
        sender = threading.Thread(target=lambda: [frames.send(theirs, each) for each in messages])
        sender.start()
        held = bytearray()
        within = frames.Deadline(60)  # one that comes wrong may never end
        received = [frames.receive(mine, 100_000, within, held) for _ in messages]
        sender.join()
    assert received == messages and not held


@pytest.mark.parametrize("shape", [(1,), (3, 1), (2, 2, 2)])
@pytest.mark.parametrize("kind", ["bool", "int8", "float64", "complex128", ">f8"])
def test_arrays_of_one_kind_travel_as_one_and_arrive_each_by_itself(shape, kind):
    arrays = [np.full(shape, n).astype(kind) for n in range(100)]
    message = wire.dumps({"x": arrays})
    assert message.count(b"NUMPY") == 1
    came = wire.loads(message)["x"]
    assert type(came) is list and [each.dtype for each in came] == [arrays[0].dtype] * 100
    assert all(map(np.array_equal, arrays, came))
    came[0][:] = 1
    assert np.array_equal(came[2], arrays[2]) and all(each.base is None for each in came)
    assert all(map(np.array_equal, arrays, wire.loads(wire.text(arrays).encode())))


class Named(np.ndarray):
    pass


@pytest.mark.parametrize(
    "other",
    [
        1.0,
        np.zeros((1, 2)),
        np.zeros((2, 1), int),
        np.zeros((2, 2))[:, :1],
        np.zeros((2, 1)).view(Named),
        np.float64(1),
    ],
    ids=["number", "shape", "dtype", "strided", "subclass", "scalar"],
)
@pytest.mark.parametrize("place", [0, 7])
def test_a_list_of_several_kinds_travels_entry_by_entry(other, place):
    values = [np.ones((2, 1)) for _ in range(9)]
    values[place] = other
    message = wire.dumps(values)
    assert message.count(b"NUMPY") == 9 - (type(other) is float)
    came = wire.loads(message)
    assert [np.shape(each) for each in came] == [np.shape(each) for each in values]
    assert all(map(np.array_equal, values, came))


def stacked(*shapes):
    """Return a message of stacks of bytes of these shapes."""
    buffer, marks = io.BytesIO(), []
    for shape in shapes:
        before = buffer.tell()
        np.save(buffer, np.zeros(shape, np.int8))
        marks.append({"$": "stack", "v": buffer.tell() - before})
    return json.dumps(marks).encode() + b"\n" + buffer.getvalue()


@pytest.mark.parametrize(
    "shapes", [[()], [(5,)], [(wire.MAX_ITEMS + 1, 1)], [(wire.MAX_ITEMS // 2 + 1, 1)] * 2]
)
def test_a_stack_that_is_none_or_too_high_is_refused(shapes):
    with pytest.raises(wire.WireError):
        wire.loads(stacked(*shapes))
    assert len(wire.loads(stacked((wire.MAX_ITEMS, 1)))[0]) == wire.MAX_ITEMS
