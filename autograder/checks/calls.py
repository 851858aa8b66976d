"""One call of a student's function, made the same way in a notebook and in the worker."""

import ast
import contextlib
import copy
import ctypes
import inspect
import io
import sys
import textwrap
import traceback
import warnings
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, fields, replace
from typing import Any

import numpy as np
from numpy.random.bit_generator import ISeedSequence

from . import wire
from .axes import axes_snapshot
from .states import State

STATE_BYTES = 4 * (624 + 1)  # of a Mersenne twister: its numbers, and how many were used
# Of the base classes: a subclass may go on for ever in an iterator of its own.
ENTRIES: dict[type, Callable[[Any], Iterable[Any]]] = {
    dict: dict.values,
    list: list.__iter__,
    tuple: tuple.__iter__,
}
CONTAINERS = tuple(ENTRIES)
LEAVES = (int, float, bool, str, type(None))  # most entries, in which no array can be


@dataclass
class Call:
    """A call to make: arguments, and the seeds of its repetitions if there are any.

    With seeds the function is called `in_turn` times for each, the Seed among the arguments
    replaced, and the results are one list. Calls in turn share their generator.
    """

    args: tuple[Any, ...]
    kwargs: dict[str, Any] = field(default_factory=dict)
    seeds: tuple[int, ...] = ()
    in_turn: int = 1


@dataclass
class Reply:
    """What came of a call.

    `value` is the result (a list of results for a call with seeds), `after` the arguments as the
    function left them (none if it left them as they were), `raised` a dict with "type", "bases",
    "message" and "line" if it raised (and "answered" if an answer stands beside the `raise` of an
    exercise not attempted), `global_draws` whether the global random generator was used, `shares`
    whether an array of the result is one of the arguments' arrays.
    """

    value: Any = None
    after: tuple[Any, ...] = ()
    raised: dict[str, Any] | None = None
    global_draws: bool = False
    trouble: State | None = None  # set by a judge: crashed, timed out, out of memory
    detail: str = ""
    shares: bool = False


SELDOM = tuple(each.name for each in fields(Reply) if each.name != "value")


def perform(function: Callable[..., Any], call: Call) -> Reply:
    """Call `function` and return a Reply that holds plain data only."""
    reply = called(function, call)
    try:
        return Reply(**wire.travelled({"part": vars(reply)})["part"])
    except Exception:  # whatever a student's class raises when it is looked at
        return Reply(**wire.loads(encoded(reply))["part"])


def encoded(reply: Reply) -> bytes:
    """Return a Reply as the bytes of a message.

    What cannot be sent is replaced by a marker, of a result by one that says why.
    """
    try:
        return _part(reply)
    except Exception as error:
        why = _text(error)
    try:
        after = tuple(each if _travels(each) else wire.Opaque("") for each in reply.after)
        value = reply.value if _travels(reply.value) else wire.Opaque(why)
        return _part(replace(reply, value=value, after=after))
    except Exception:  # each can be sent, but together they are too large
        return _part(Reply(wire.Opaque(why)))


def _part(reply: Reply) -> bytes:
    """Return a Reply as a message; what is not said of most of them is left out."""
    more = {name: each for name in SELDOM if (each := getattr(reply, name))}
    return wire.dumps({"part": {"value": reply.value, **more}})


def _travels(value: object) -> bool:
    try:
        return bool(wire.dumps(value))
    except Exception:  # whatever a student's class raises when it is looked at
        return False


def called(function: Callable[..., Any], call: Call) -> Reply:
    """Call `function` and return a Reply with its result, not yet as plain data."""
    arguments = list(call.args) + list(call.kwargs.values())
    made = [_make(each) for each in arguments]
    positional, named = made[: len(call.args)], dict(zip(call.kwargs, made[len(call.args) :]))
    before = _global_state()
    quiet = io.StringIO()  # prints and warnings are dropped and cost nothing
    with (
        contextlib.redirect_stderr(quiet),
        contextlib.redirect_stdout(quiet),
        warnings.catch_warnings(),
    ):
        warnings.simplefilter("ignore")
        try:
            if call.seeds:
                value = [
                    result
                    for seed in call.seeds
                    for result in _in_turn(function, positional, named, seed, call.in_turn)
                ]
            else:
                value = _snapshot(function(*positional, **named), made)
        except KeyboardInterrupt:
            raise
        except BaseException as error:  # whatever a student's code raises, SystemExit too
            return Reply(raised=_describe(error, function))
    shares = not _owners(value).isdisjoint(_owners(made))
    after = () if all(map(_unchanged, arguments, made)) else tuple(made)
    return Reply(value, after, global_draws=before != _global_state(), shares=shares)


def _unchanged(before: Any, after: Any) -> bool:
    """Tell whether an argument is surely what it was: most are, and need not be sent back.

    Of a student's own class nothing is sure, so nothing of it is asked.
    """
    kind = type(before)
    if kind in (wire.Seed, wire.FreshAxes):
        return True  # each is used up by the call
    if type(after) is not kind:
        return False
    if kind is np.ndarray:
        if before.dtype != after.dtype or before.shape != after.shape:
            return False
        return before.dtype.kind in wire.KINDS and before.tobytes() == after.tobytes()
    if kind is dict:
        return _unchanged([*before], [*after]) and _unchanged([*before.values()], [*after.values()])
    if kind in (list, tuple):
        return len(before) == len(after) and all(map(_unchanged, before, after))
    return kind in LEAVES and bool(before == after)


def _owners(value: Any) -> set[int]:
    """Return the identities of the arrays whose memory the arrays in a value use."""
    found: set[int] = set()
    seen: set[int] = set()  # a container may hold itself
    waiting = [value]
    while waiting:
        each = waiting.pop()
        if isinstance(each, CONTAINERS) and id(each) not in seen:
            seen.add(id(each))
            entries = next(of for kind, of in ENTRIES.items() if isinstance(each, kind))(each)
            waiting += [entry for entry in entries if type(entry) not in LEAVES]
        while isinstance(each, np.ndarray) and isinstance(each.base, np.ndarray):
            each = each.base
        if isinstance(each, np.ndarray):
            found.add(id(each))
    return found


def _make(value: Any) -> Any:
    """Turn a marker into what it stands for; leave everything else."""
    if isinstance(value, wire.Seed):
        return generator(value)
    if isinstance(value, wire.FreshAxes):
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure

        figure = Figure()
        FigureCanvasAgg(figure)
        return figure.add_subplot()
    return _copied(value)  # so that the case stays as it was


def _copied(value: Any) -> Any:
    """Return a deep copy; of what arguments are made of, in a quarter of the time."""
    kind = type(value)
    if kind in LEAVES:
        return value
    if kind is np.ndarray:
        return value.copy("K") if value.dtype.kind in wire.KINDS else copy.deepcopy(value)
    if kind is list:  # of numbers, often of thousands
        return [each if type(each) in LEAVES else _copied(each) for each in value]
    if kind is tuple:
        return tuple([_copied(each) for each in value])
    if kind is dict:
        return {key: _copied(each) for key, each in value.items()}
    return copy.deepcopy(value)


def generator(seed: wire.Seed) -> np.random.Generator | np.random.RandomState:
    """Make the random generator that a Seed stands for."""
    if seed.kind == "RandomState":
        return _random_state(seed.seed)
    return np.random.default_rng(seed.seed)


class _Unseeded(ISeedSequence):
    """The state of a twister that is about to get another one: to draw one takes 0.2 ms."""

    def generate_state(self, n_words: int, dtype: Any = np.uint32) -> Any:
        return [1] * n_words


def _random_state(seed: int) -> np.random.RandomState:
    """Return `RandomState(seed)`, which would first gather entropy and then seed over it."""
    twister = np.random.MT19937(_Unseeded())  # type: ignore[arg-type]  # any that has the method
    made = np.random.RandomState(twister)
    made.seed(seed)
    return made


def _in_turn(
    function: Callable[..., Any], positional: list[Any], named: dict[str, Any], seed: int, n: int
) -> list[Any]:
    """Return the results of n calls, each with the generator that the one before has left."""

    def replace(value: Any) -> Any:
        if isinstance(value, np.random.RandomState):
            return _random_state(seed)
        return np.random.default_rng(seed) if isinstance(value, np.random.Generator) else value

    seeded, by_name = [*map(replace, positional)], {k: replace(v) for k, v in named.items()}
    return [function(*seeded, **by_name) for _ in range(n)]


def _global_state() -> str | bytes:
    """Return the memory of NumPy's global generator: asking for its state takes 50 times longer."""
    generator: Any = np.random.get_bit_generator()  # type: ignore[attr-defined]  # as of 1.24
    if type(generator) is not np.random.MT19937:
        return repr(generator.state)
    return ctypes.string_at(generator.ctypes.state_address, STATE_BYTES)


def _snapshot(value: Any, made: list[Any]) -> Any:
    drawing: Any = sys.modules.get("matplotlib.axes")  # imported by now, if these are axes
    axes = getattr(drawing, "Axes", None)
    if isinstance(axes, type) and isinstance(value, axes):
        given = any(value is each for each in made)
        return wire.AxesSnapshot({**axes_snapshot(value), "given": given})
    forged = type(value) is wire.AxesSnapshot  # only what is on axes was drawn
    return wire.Opaque("AxesSnapshot") if forged else value


def _describe(error: BaseException, function: Callable[..., Any]) -> dict[str, Any]:
    """Say what was raised and in which line of the student's own code."""
    lines = [
        frame
        for frame in traceback.extract_tb(error.__traceback__)
        if frame.filename not in (__file__, wire.__file__)
    ]
    line = lines[-1].line if lines else ""
    own = [
        frame.line
        for frame in lines
        if frame.filename == getattr(getattr(function, "__code__", None), "co_filename", "")
    ]
    described: dict[str, Any] = {
        "type": type(error).__name__,
        "bases": [kind.__name__ for kind in type(error).__mro__],
        "message": _text(error)[:300],
        "line": ((own[-1] if own else line) or "")[:120],
    }
    if isinstance(error, NotImplementedError) and _answered(function):
        described["answered"] = True
    return described


def _answered(function: Callable[..., Any]) -> bool:
    """Tell whether a function holds more than its docstring and the `raise` it came with."""
    try:
        source = textwrap.dedent(inspect.getsource(function))
        body = ast.parse(source).body[0].body  # type: ignore[attr-defined]  # caught below
    except Exception:  # no function, or its text is not known
        return False
    stubs = [
        each
        for each in body
        if isinstance(each, ast.Raise) and "NotImplementedError" in ast.unparse(each)
    ]
    idle = [
        each
        for each in body
        if isinstance(each, ast.Pass)
        or (isinstance(each, ast.Expr) and isinstance(each.value, ast.Constant))
    ]
    return bool(stubs) and len(body) > len(stubs) + len(idle)


def _text(error: BaseException) -> str:
    try:
        return str(error)
    except Exception:
        return ""
