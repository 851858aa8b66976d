"""Plain data as JSON and arrays as npy bytes: what travels between a student's code and a judge.

Nothing here trusts its input. `loads` checks size and depth before it parses, reads arrays
without pickle, and builds only None, bool, int, float, str, list, tuple, dict, arrays, NumPy
scalars and the four markers below.
"""

import base64
import io
import json
import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

import numpy as np

MAX_BYTES = 16 * 2**20  # of one message; the largest honest one, a layer of weights, is 2 MB
MAX_DEPTH = 24  # of containers in each other; the deepest honest answer has 4
MAX_ITEMS = 200_000  # of list and dict entries in all; arrays count as one
MAX_NAME = 60  # characters kept of the name of a type
MAX_BITS = 1000  # of a whole number; a float holds 1024
SMALL = 2**60  # of whole numbers below it nobody asks how many bits they have
SHORT = 20  # digits of a whole number, which are fewer bits
MANY_DIGITS = re.compile(rb"\d{%d}" % (SHORT + 1))
MAX_KEYS = 500  # of a dict that are not strings: only the hash of text resists collisions
MAX_MARKS = 11 * MAX_ITEMS  # brackets and commas: a pair of a dict takes up to ten
MAX_QUOTES = 20 * MAX_ITEMS  # and sixteen quotation marks
MAX_NESTED = 4 * MAX_DEPTH  # brackets in each other: each value takes up to four
Order = Literal["F", "C"]  # of an array's numbers in memory
WRITE = json.JSONEncoder(allow_nan=False).encode
NUMBERS = (float, int, bool, type(None))
KINDS = "biufc"  # of arrays that hold their entries themselves
STACKED = 4  # arrays of one kind in a list from which on they travel as one
BASES = (float, int, str, bool, type(None), list, tuple, dict, np.ndarray)
PLAIN = {id(kind) for kind in (*BASES, *np.sctypeDict.values())}  # a metaclass may lie about `==`
CONTENTS: dict[type[Any], Callable[[Any], Any]] = {
    int: int.__int__,
    float: float.__float__,
    str: str.__str__,
    np.generic: np.generic.item,
}


class WireError(ValueError):
    """A value that cannot travel, or an invalid message."""


@dataclass(frozen=True)
class Seed:
    """Stands for a random generator, made from `seed` where the call happens."""

    kind: str  # "Generator" or "RandomState"
    seed: int


@dataclass(frozen=True)
class FreshAxes:
    """Stands for fresh Matplotlib axes, made where the call happens."""


@dataclass(frozen=True)
class AxesSnapshot:
    """What was drawn on axes, as plain data."""

    content: dict[str, Any]


@dataclass(frozen=True)
class Opaque:
    """A value of a type that does not travel; only the type's name does."""

    name: str


def dumps(value: object) -> bytes:
    """Return `value` as a message; raise WireError if it is too large or too deep.

    The bytes of its arrays follow the JSON, in their order.
    """
    encoder = _TailEncoder()
    return b"\n".join([WRITE(encoder.encode(value, 0)).encode(), *encoder.tail()])


def text(value: object) -> str:
    """Return `value` as JSON alone, for a file: arrays are in base 64."""
    return WRITE(_Encoder().encode(value, 0))


def loads(data: bytes) -> Any:
    """Return the value that `dumps` or `text` wrote; raise WireError if `data` is invalid."""
    if len(data) > MAX_BYTES:
        raise WireError(f"a message of {len(data)} bytes, over the limit of {MAX_BYTES}")
    end = data.find(b"\n")  # in JSON as it is written here there is no such byte
    decoder = _Decoder(data if end >= 0 else b"", end + 1)
    data = data[:end] if end >= 0 else data
    _check_frame(data)
    try:  # in any other encoding the brackets counted would not be those that are parsed
        whole = _whole if MANY_DIGITS.search(data) else None  # to ask of each takes a third
        value = decoder.decode(json.loads(data.decode("ascii"), parse_int=whole))
    except WireError:
        raise
    except Exception as error:  # NumPy's reader of headers alone knows ten kinds
        raise WireError(f"not a valid message: {type(error).__name__}") from None
    if not decoder.is_used_up():
        raise WireError("a message with more bytes than its arrays have")
    return value


def travelled(value: object) -> Any:
    """Return `value` as it would arrive, without the text in between, which takes most of the time.

    Raises
    ------
    WireError
        If it is too large or too deep.
    """
    return _Decoder(b"", 0).decode(_Copier().encode(value, 0))


def skeleton(data: bytes) -> bytes:
    """Return JSON text (bytes) without its strings, in linear time, whatever it holds.

    Backslashes stand in strings only, so escapes can be taken out first; then a string ends at
    the next quotation mark.
    """
    bare = data.replace(rb"\\", b"").replace(rb"\"", b"")
    return re.sub(rb'"[^"]*"?', b"", bare)


def marks(bare: bytes) -> int:
    """Return how many brackets and commas there are: each pair may become an object."""
    return sum(map(bare.count, (b"[", b"]", b"{", b"}", b",")))


def _check_frame(data: bytes) -> None:
    """Count what the parser would make objects of, and how deep it would have to recurse."""
    opened = data.count(b"[") + data.count(b"{")
    if opened <= MAX_NESTED and marks(data) <= MAX_MARKS and data.count(b'"') <= MAX_QUOTES:
        return  # even if all were brackets, and each in the one before
    bare = skeleton(data) if data.count(b'"') <= MAX_QUOTES else b"," * (MAX_MARKS + 1)
    if marks(bare) > MAX_MARKS:
        raise WireError("too many entries")
    depth = 0
    for byte in re.findall(rb"[\[\]{}]", bare):
        depth += 1 if byte in b"[{" else -1
        if not 0 <= depth <= MAX_NESTED:
            raise WireError("nested too deep")


def _whole(digits: str) -> int:
    value = int(digits)
    if len(digits) > SHORT and value.bit_length() > MAX_BITS:
        raise WireError("an integer of more than 300 digits")
    return value


def plain(value: Any) -> Any:
    """Return what an array, a number or a text of a subclass contains, as a plain one.

    Only methods of the base classes are called: a subclass may lie in all of its own. An array
    that hides some of its entries stays what it is, as no number stands for those.
    """
    kind = type(value)
    if id(kind) in PLAIN:
        return value
    if issubclass(kind, np.ndarray):
        hides = issubclass(kind, np.ma.MaskedArray) and np.ma.getmaskarray(value).any()
        return value if hides else np.ndarray.view(value, np.ndarray)
    contents = (method for base, method in CONTENTS.items() if issubclass(kind, base))
    return next(contents, lambda each: each)(value)


@lru_cache(maxsize=256)  # as `_header`: writing one takes longer than the rest
def _npy_header(shape: tuple[int, ...], fortran: bool, descr: str) -> bytes:
    """Return what stands before the numbers of an array in npy bytes."""
    buffer = io.BytesIO()
    header = {"shape": shape, "fortran_order": fortran, "descr": descr}
    np.lib.format.write_array_header_1_0(buffer, header)
    return buffer.getvalue()


def _are_alike(values: list[Any]) -> bool:
    """Tell whether these are arrays of numbers that differ in their numbers alone."""
    if len(values) < STACKED or type(values[0]) is not np.ndarray:
        return False
    shape, dtype = values[0].shape, values[0].dtype
    if dtype.kind not in KINDS or not values[0].size or not shape:
        return False
    return all(
        type(each) is np.ndarray
        and each.shape == shape
        and each.dtype == dtype
        and each.flags.c_contiguous
        for each in values
    )


class _Encoder:
    stacks = True

    def __init__(self) -> None:
        self.items = 0
        self.bytes = 0

    def encode(self, value: Any, depth: int) -> Any:
        if depth > MAX_DEPTH:
            raise WireError(f"nested deeper than {MAX_DEPTH} levels (or circular)")
        value = plain(value)
        kind = type(value)
        if value is None or kind is bool:
            return value
        if kind is float and math.isfinite(value):  # most are numbers
            return value
        if kind is float or kind is int or kind is str:
            return self._plain(value)
        if kind is np.ndarray or id(kind) in PLAIN and issubclass(kind, np.generic):
            return self._array(value)
        if issubclass(kind, (list, tuple, dict)):
            return self._container(value, depth)
        if kind is Seed:
            return {"$": "rng", "v": [value.kind, value.seed]}
        if kind is FreshAxes:
            return {"$": "axes"}
        if kind is AxesSnapshot:
            return {"$": "drawn", "v": self.encode(value.content, depth + 1)}
        name = value.name if kind is Opaque else kind.__name__
        return {"$": "opaque", "v": str(name)[:MAX_NAME]}

    def _plain(self, value: Any) -> Any:
        if type(value) is str:
            self._grow(len(value))
            return value.encode("utf-8", "replace").decode()
        if type(value) is int:
            if value.bit_length() > MAX_BITS:
                raise WireError("an integer of more than 300 digits")
            return value
        return value if math.isfinite(value) else {"$": "float", "v": repr(value)}

    def _grow(self, size: int) -> None:
        self.bytes += size
        if self.bytes > MAX_BYTES // 2:
            raise WireError(f"larger than {MAX_BYTES // 2 // 2**20} MB")

    def _array(self, value: np.ndarray | np.generic) -> Any:
        array = np.asarray(value)
        self._grow(array.nbytes)
        if array.dtype.kind not in "biufcU":
            return {"$": "opaque", "v": f"array of {array.dtype.name}"[:MAX_NAME]}
        order: Order = "F" if array.flags.f_contiguous and not array.flags.c_contiguous else "C"
        return self._numbers(array, order, type(value) is np.ndarray)

    def _numbers(self, array: np.ndarray, order: Order, is_array: bool) -> Any:
        """Return what stands for the numbers of an array, or of a NumPy scalar, in a message."""
        data = _npy_header(array.shape, order == "F", array.dtype.str) + array.tobytes(order)
        return {"$": "array" if is_array else "scalar", "v": self._bytes(data)}

    def _bytes(self, data: bytes) -> str | int:
        return base64.b64encode(data).decode()

    def _container(self, value: Any, depth: int) -> Any:
        # The base class's own length and iterator: a subclass may lie about both.
        base: Any = next(each for each in (list, tuple, dict) if issubclass(type(value), each))
        self.items += base.__len__(value)
        if self.items > MAX_ITEMS:
            raise WireError(f"more than {MAX_ITEMS} entries")
        if base is dict:
            _check_keys([plain(key) for key in dict.keys(value)])
            pairs = [
                [self.encode(k, depth + 1), self.encode(v, depth + 1)] for k, v in dict.items(value)
            ]
            return {"$": "dict", "v": pairs}
        entries = [*base.__iter__(value)]
        if base is list and self.stacks and _are_alike(entries):
            return self._stack(entries)
        entries = [
            each if type(each) is int and -SMALL < each < SMALL else self.encode(each, depth + 1)
            for each in entries
        ]
        return entries if base is list else {"$": "tuple", "v": entries}

    def _stack(self, arrays: list[np.ndarray]) -> Any:
        """Return what stands for arrays of one kind: their numbers as those of one array."""
        shape = (len(arrays), *arrays[0].shape)
        self._grow(math.prod(shape) * arrays[0].itemsize)
        header = _npy_header(shape, False, arrays[0].dtype.str)
        data = b"".join([header, *(each.tobytes() for each in arrays)])
        return {"$": "stack", "v": self._bytes(data)}


class _TailEncoder(_Encoder):
    """Says of an array only how many bytes it has behind the JSON."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[bytes] = []

    def _bytes(self, data: bytes) -> str | int:
        self.parts.append(data)
        return len(data)

    def tail(self) -> list[bytes]:
        """Return what follows the JSON, if anything does."""
        return [b"".join(self.parts)] if self.parts else []


class _Copier(_Encoder):
    """Puts a copy of an array in the place of its bytes."""

    stacks = False

    def _numbers(self, array: np.ndarray, order: Order, is_array: bool) -> Any:
        copied = array.copy(order)
        return copied if is_array else copied[()]


class _Decoder:
    """Reads what the parser of JSON has made of a message, and the arrays that follow the JSON.

    Parameters
    ----------
    data : bytes
    start : int
        Where the first array begins in them.
    """

    def __init__(self, data: bytes, start: int) -> None:
        self.data, self.at = memoryview(data), start
        self.stacked = 0  # arrays

    def decode(self, value: Any) -> Any:
        """Return the value that the parser's dicts, lists and plain values stand for."""
        kind = type(value)
        if kind is dict:
            return DECODERS[value["$"]](self, value.get("v"))
        if kind is list:  # of numbers, often of thousands
            return [each if type(each) in NUMBERS else self.decode(each) for each in value]
        if kind is str and not value.isascii():  # lone surrogates cannot be written
            return value.encode("utf-8", "replace").decode()
        return value

    def pairs(self, content: Any) -> dict[Any, Any]:
        """Return the dict of these pairs."""
        _check_keys([key for key, _ in content])  # text is text in JSON too
        return {self._key(key): self.decode(value) for key, value in content}

    def _key(self, encoded: Any) -> Any:
        """Return a dict key; an array, which cannot be one, becomes its type's name."""
        if type(encoded) is str and encoded.isascii():  # most are
            return encoded
        key = self.decode(encoded)
        try:
            hash(key)
        except TypeError:
            return Opaque(type(key).__name__)
        return key

    def array(self, content: Any) -> np.ndarray:
        """Return the next array, of so many bytes, or the one in a text of base 64."""
        if type(content) is not int:
            return _read_array(memoryview(base64.b64decode(content, validate=True)))
        start, self.at = self.at, self.at + content
        if not start < self.at <= len(self.data):
            raise WireError("an array that is not there")
        return _read_array(self.data[start : self.at])

    def stack(self, content: Any) -> list[np.ndarray]:
        """Return arrays that have travelled as one, each with numbers of its own."""
        array = self.array(content)
        if array.ndim < 2:
            raise WireError("an array in the place of several")
        self.stacked += len(array)
        if self.stacked > MAX_ITEMS:  # none of them takes room in the JSON
            raise WireError("too many arrays")
        return [each.copy() for each in array]

    def is_used_up(self) -> bool:
        """Tell whether all arrays were asked for."""
        return self.at == len(self.data)


# By the mark of a kind of value.
DECODERS: dict[str, Callable[[_Decoder, Any], Any]] = {
    "dict": _Decoder.pairs,
    "array": _Decoder.array,
    "stack": _Decoder.stack,
    "scalar": lambda decoder, content: decoder.array(content)[()],
    "tuple": lambda decoder, content: tuple(decoder.decode([*content])),
    "float": lambda _, content: {"inf": math.inf, "-inf": -math.inf, "nan": math.nan}[content],
    "rng": lambda _, content: Seed(str(content[0]), int(content[1])),
    "axes": lambda *_: FreshAxes(),
    "drawn": lambda decoder, content: AxesSnapshot(decoder.decode(content)),
    "opaque": lambda _, content: Opaque(_clean_name(content)),
}


def _check_keys(keys: list[Any]) -> None:
    if len(keys) > MAX_KEYS and sum(type(key) is not str for key in keys) > MAX_KEYS:
        raise WireError(f"a dict of more than {MAX_KEYS} keys that are not strings")


def _clean_name(name: object) -> str:
    return re.sub(r"[^\w .,\[\]]", "", str(name))[:MAX_NAME]


def _read_array(data: memoryview) -> np.ndarray:
    """Read npy bytes whose header says exactly what follows it."""
    start = 10 + int.from_bytes(data[8:10], "little")
    shape, fortran, dtype = _header(bytes(data[:start]))
    if math.prod(shape) * dtype.itemsize != len(data) - start:
        raise WireError("an array whose size is not what it says")
    order: Order = "F" if fortran else "C"
    return np.ndarray(shape, dtype, buffer=data, offset=start, order=order).copy(order="K")


@lru_cache(maxsize=256)  # parsing one takes longer than the rest, and most have been met before
def _header(data: bytes) -> tuple[tuple[int, ...], bool, np.dtype[Any]]:
    """Return shape, order and type from the header of npy bytes."""
    buffer = io.BytesIO(data)
    if np.lib.format.read_magic(buffer) != (1, 0):
        raise WireError("an array in a format other than npy 1.0")
    shape, fortran, dtype = np.lib.format.read_array_header_1_0(buffer)
    if dtype.kind not in KINDS + "U" or dtype.hasobject or dtype.subdtype or not dtype.itemsize:
        raise WireError("an array of an unsupported type")
    if len(shape) > 32 or any(n < 0 for n in shape):
        raise WireError("an array of impossible shape")
    if 0 in shape and max(shape) > MAX_ITEMS:
        raise WireError("an array of impossible shape")
    return shape, fortran, dtype
