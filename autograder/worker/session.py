"""The loop in which a confined process runs cells and answers calls.

A student's code can change anything in this process, but all that leaves it are messages, which
the judge reads as untrusted data.
"""

import ast
import asyncio
import base64
import builtins
import getpass
import os
import sys
import traceback
from collections.abc import Callable
from socket import socket
from typing import Any, NoReturn

import numpy as np
from checks import wire
from checks.calls import Call, Reply, called, encoded
from IPython.core.error import StdinNotImplementedError
from IPython.core.interactiveshell import ExecutionResult

from . import frames
from .outputs import RECORDER, Stream
from .requests import Calls, Cell, Files, Keep, Restore, Substitute
from .settings import Bounds
from .shell import Shell

MAX_STOPS = 10  # in one cell, after each of which the rest is run


class Session:
    """One submission's process.

    Parameters
    ----------
    shell : Shell
    line : socket.socket
        To the judge.
    bounds : Bounds
    scratch : str
        The folder that can be written.
    """

    def __init__(self, shell: Shell, line: socket, bounds: Bounds, scratch: str) -> None:
        self.shell, self.socket, self.bounds = shell, line, bounds
        self.kept: dict[str, Any] = {}  # by exercise, the functions that checks ask about
        self.replaced: dict[
            str, Any
        ] = {}  # the student's functions for which the reference answers
        self.place = os.path.join(scratch, "scratch")  # where the cells run
        self.loop = asyncio.new_event_loop()
        asyncio.set_event_loop(self.loop)
        sys.stdout, sys.stderr = Stream("stdout"), Stream("stderr")
        np.random.seed()  # not the state that every fork would inherit

    def serve(self) -> None:
        """Answer until the judge hangs up."""
        while True:
            request = wire.loads(frames.receive(self.socket, wire.MAX_BYTES))
            answer = getattr(self, "do_" + request["do"])(request)
            self._send(answer)

    def _send(self, answer: dict[str, Any]) -> None:
        try:
            data = wire.dumps(answer)
        except Exception as error:
            data = wire.dumps({"unsendable": str(error)[:200]})
        frames.send(self.socket, data)

    def do_files(self, request: Files) -> dict[str, Any]:
        """Write the assignment's files into the scratch folder, where the cells find them."""
        os.makedirs(self.place, exist_ok=True)
        os.chdir(self.place)
        if self.place not in sys.path:  # as in Jupyter: modules beside the notebook
            sys.path.insert(0, self.place)
        if {"checks.py", "checks/__init__.py"} & set(request["files"]):
            sys.modules.pop("checks", None)  # the course has a module of that name itself
        for name, content in request["files"].items():
            os.makedirs(os.path.dirname(os.path.join(self.place, name)), exist_ok=True)
            with open(os.path.join(self.place, name), "ab") as file:
                file.write(base64.b64decode(content))
        return {"done": True}

    def do_cell(self, request: Cell) -> dict[str, Any]:
        """Run a cell; return its outputs, pictures only if they are wanted."""
        shown = ["text/plain", "image/png"] if request["pictures"] else ["text/plain"]
        assert self.shell.display_formatter is not None
        self.shell.display_formatter.active_types = shown  # drawing one costs 0.1 s
        RECORDER.start(self.bounds["output_bytes"], self.bounds["output_items"])
        builtins.input = getpass.getpass = nobody_answers  # anew for each cell, as in a kernel
        source, stops = request["source"], 0
        result = self._run(source)
        while request.get("goes_on") and stops < MAX_STOPS:
            # A package that is missing here, a file, a question: none of it may cost the
            # answer below it in the same cell.
            source = below(self.shell.transform_cell(source), result.error_in_exec)
            if not source:
                break
            result, stops = self._run(source), stops + 1
        error = result.error_before_exec or result.error_in_exec
        if error and RECORDER.decisive is None:  # it was not shown
            RECORDER.error(type(error).__name__, "")
        return {
            "outputs": RECORDER.result(),
            "decisive": RECORDER.decisive,
            "cut": RECORDER.full,
            "went_on": bool(stops),
        }

    def _run(self, source: str) -> ExecutionResult:
        return self.loop.run_until_complete(self.shell.run_in_loop(source))

    def do_keep(self, request: Keep) -> dict[str, Any]:
        """Keep what a check is about, as it is now: a cell further down may define it anew."""
        try:
            self.kept[request["name"]] = eval(request["expression"], self.shell.user_ns)
        except Exception:  # it is not defined
            self.kept.pop(request["name"], None)
            return {"missing": True}
        return {"done": True}

    def do_call(self, request: Calls) -> dict[str, Any]:
        """Make calls of a kept function; what came of each is sent at once, in a part."""
        function = self.kept.get(request["name"])
        if not callable(function):
            return {"missing": True}
        RECORDER.start(0, 0)
        for call in request["calls"]:
            try:
                reply = called(function, Call(**call))
            except Exception as error:
                reply = Reply(
                    raised={
                        "type": type(error).__name__,
                        "bases": ["Exception"],
                        "message": "",
                        "line": "",
                    }
                )
            frames.send(self.socket, encoded(reply))
        return {"done": True}

    def do_substitute(self, request: Substitute) -> dict[str, Any]:
        """Have the reference answer for some of the student's functions."""
        for name in request["names"]:
            self.replaced[name] = self.shell.user_ns.get(name)
            self.shell.user_ns[name] = self._asking(name)
        return {"done": True}

    def do_restore(self, request: Restore) -> dict[str, Any]:
        """Put the student's own functions back."""
        for name, function in self.replaced.items():
            if function is None:
                self.shell.user_ns.pop(name, None)
            else:
                self.shell.user_ns[name] = function
        self.replaced.clear()
        return {"done": True}

    def _asking(self, name: str) -> Callable[..., Any]:
        """Return a function that asks the judge."""

        def ask(*args: Any, **kwargs: Any) -> Any:
            question = {
                "ask": name,
                "args": tuple(map(_seed, args)),
                "kwargs": {key: _seed(value) for key, value in kwargs.items()},
            }
            frames.send(self.socket, wire.dumps(question))
            answer = wire.loads(frames.receive(self.socket, wire.MAX_BYTES))
            if "raised" in answer:
                kind = {"ValueError": ValueError}.get(answer["raised"], TypeError)
                raise kind(answer["message"])
            return answer["value"]

        return ask


def below(source: str, error: BaseException | None) -> str:
    """Return the part of a cell's code below the top-level statement that raised an error."""
    if not isinstance(error, Exception):  # there was none, or it was meant to end the program
        return ""
    lines = [
        number
        for frame, number in traceback.walk_tb(error.__traceback__)
        if frame.f_code.co_name == "<module>"
    ]
    try:
        statements = ast.parse(source).body if lines else []
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ""
    ends = [
        end
        for each in statements
        if each.lineno <= lines[0] <= (end := each.end_lineno or each.lineno)
    ]
    return "\n".join(source.split("\n")[ends[-1] :]) if ends else ""


def nobody_answers(prompt: object = "", *_args: object, **_kwargs: object) -> NoReturn:
    """Stand for `input`: raise what a kernel raises where nobody can type."""
    raise StdinNotImplementedError("input was called, and nobody is there to answer")


def _seed(value: Any) -> Any:
    """A generator travels as a seed drawn from it: the draws are others, as good as its own."""
    if isinstance(value, np.random.RandomState):
        return wire.Seed("RandomState", int(value.randint(2**31)))
    if isinstance(value, np.random.Generator):
        return wire.Seed("Generator", int(value.integers(2**31)))
    return value
