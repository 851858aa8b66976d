"""A worker's answers, read as data: anything in them becomes replies."""

from __future__ import annotations

import builtins
import re
from dataclasses import replace
from functools import lru_cache
from typing import Any

import numpy as np

from autograder.checks.calls import Reply
from autograder.checks.rules import printable_line
from autograder.checks.states import State
from autograder.checks.texts import said
from autograder.checks.wire import KINDS, NUMBERS, AxesSnapshot, Opaque
from autograder.sandbox.connection import WorkerEndedError

# What the wire itself says of a value that does not travel.
WIRE_REASONS = re.compile(
    r"array of [a-z]+\d*|nested deeper than \d\d levels or circular|"
    r"(more|larger) than \d{1,6} (entries|MB)|an integer of more than 300 digits"
)


def replies(message: dict[str, Any], name: str, count: int, why_missing: str = "") -> list[Reply]:
    """Turn a worker's message, valid or not, into replies."""
    if message.get("missing") is True:
        why = why_missing or said(
            "an error in its cell kept it from being defined, or its name is spelled differently"
        )
        return [Reply(trouble=State.FAILED, detail=f"there is no function {name}: {why}")] * count
    if "unsendable" in message:
        why = printable_line(message["unsendable"])
        return [Reply(trouble=State.FAILED, detail=f"the result cannot be compared: {why}")] * count
    parts = [_reply(each) for each in message["parts"][:count]]
    lost = Reply(trouble=State.FAILED, detail="the result could not be read")
    return parts + [lost] * (count - len(parts))


def until(ended: WorkerEndedError, count: int) -> list[Reply]:
    """Return the replies that came before a worker ended, then what ended it."""
    parts = [_reply(each) for each in ended.parts[:count]]
    return parts + [Reply(trouble=ended.state, detail=ended.detail)] * (count - len(parts))


def redacted(reply: Reply, sources: tuple[str, ...], texts: set[str]) -> Reply:
    """Return a reply to a hidden case without words that the code made up while it ran.

    The student reads about the first case that fails. What the code says there could be the
    hidden numbers themselves, so only what stands in its text may be repeated.

    Parameters
    ----------
    reply : Reply
    sources : tuple of str
        The text of the notebook's cells.
    texts : set of str
        What may stand in a result: the texts in arguments and expected results.
    """
    if reply.raised:
        kind, line = reply.raised["type"], reply.raised["line"]
        known = hasattr(builtins, kind)
        reply.raised |= {
            "message": "",
            "type": kind if known else "an error",
            "line": line if line in _lines(sources) else "",
        }
    if reply.trouble == State.FAILED:  # its text may be the worker's
        return replace(reply, detail="the result cannot be compared")
    value = _without_words(reply.value, texts)
    return replace(reply, value=Opaque("str") if value is OTHER else value)


def texts_in(value: Any) -> set[str]:
    """Return the texts in a value, in what it contains and in what its parts are made of."""
    if isinstance(value, str):
        return {value}
    if isinstance(value, np.ndarray):
        return set(value.flat) if value.dtype.kind == "U" else set()
    if isinstance(value, dict):
        return texts_in([*value, *value.values()])
    if isinstance(value, (list, tuple, set)):
        return set().union(*map(texts_in, value))
    return texts_in(vars(value)) if hasattr(value, "__dict__") and not callable(value) else set()


OTHER = said("another text")
AXES = re.compile(r"|linear|log|symlog|logit|asinh|[-+−×.\d]{0,5}1e[-−]?\d{1,2}")


def _without_words(value: Any, texts: set[str]) -> Any:
    """Return a value with a mark in the place of each text that the code has made up."""
    if isinstance(value, str):
        return value if str(value) in texts else OTHER
    if isinstance(value, Opaque):
        known = WIRE_REASONS.fullmatch(value.name) or any(
            isinstance(getattr(module, value.name, None), type) for module in (builtins, np)
        )
        return value if known else Opaque("another kind")
    if isinstance(value, np.ndarray) and value.dtype.kind == "U":
        return value if texts.issuperset(value.flat) else Opaque("array of text")
    if isinstance(value, dict):
        return {
            _without_words(key, texts): _without_words(each, texts) for key, each in value.items()
        }
    if isinstance(value, (list, tuple)):
        return type(value)(
            [each if _is_wordless(each) else _without_words(each, texts) for each in value]
        )
    if isinstance(value, AxesSnapshot):  # the keys are ours; of labels, what the rule looks for
        content = value.content if isinstance(value.content, dict) else {}
        return AxesSnapshot(
            {
                str(key)[:20]: _known_part(each, texts) if isinstance(each, str) else each
                for key, each in content.items()
            }
        )
    return value


def _is_wordless(value: Any) -> bool:
    """Tell at once of what most entries are, of which there may be thousands."""
    kind = type(value)
    return kind in NUMBERS or (kind is np.ndarray and value.dtype.kind in KINDS)


def _known_part(label: str, texts: set[str]) -> str:
    """Return the longest known text that a label holds, in small letters."""
    if AXES.fullmatch(label):
        return label
    return max((each for each in texts if each and each in label.lower()), key=len, default=OTHER)


@lru_cache(maxsize=4)
def _lines(sources: tuple[str, ...]) -> set[str]:
    """Return the lines of the notebook's code, as an error quotes them."""
    return {
        printable_line(line.strip()[:120])
        for source in sources
        for line in source.split("\n")
        if not line.strip().startswith("#")
    }


def _words(text: object) -> str:
    return printable_line(text[:1000]) if isinstance(text, str) else ""


def _reply(data: Any) -> Reply:
    if not isinstance(data, dict):
        return Reply(trouble=State.FAILED, detail="the result could not be read")
    raised = data.get("raised")
    if raised is not None:
        fields = raised if isinstance(raised, dict) else {}
        raised = {key: _words(fields.get(key)) for key in ("type", "message", "line")}
        bases = fields.get("bases")
        raised["answered"] = fields.get("answered") is True
        raised["bases"] = (
            [each[:60] for each in bases[:20] if isinstance(each, str)]
            if (isinstance(bases, list))
            else []
        )
        if raised["type"] == "MemoryError":
            return Reply(trouble=State.OUT_OF_MEMORY, detail="your code ran out of memory")
        if raised["type"] in ("SystemExit", "KeyboardInterrupt"):
            return Reply(trouble=State.CRASHED, detail="your code ended the program (exit)")
    after = data.get("after")
    return Reply(
        data.get("value"),
        after if isinstance(after, tuple) else (),
        raised,
        bool(data.get("global_draws") is True),
        shares=data.get("shares") is True,
    )
