"""What a worker answers, taken for data: whatever it holds becomes replies."""

import builtins
import re
from dataclasses import replace

import numpy as np

from autograder.student.calls import Reply
from autograder.student.rules import clean
from autograder.student.wire import Opaque

# What the wire itself says of a value that does not travel.
OURS = re.compile(r"array of [a-z]+\d*|nested deeper than \d\d levels or in a circle|"
                  r"(more|larger) than \d{1,6} (entries|MB)|a whole number of more than 300 digits")


def replies(message, name, count):
    """Turn a worker's message into replies, whatever it holds."""
    if message.get("missing") is True:
        return [Reply(trouble="failed", detail=f"there is no function {name}: an error in its "
                      "cell kept it from being defined, or it is spelled otherwise")] * count
    if "unsendable" in message:
        why = clean(message["unsendable"])
        return [Reply(trouble="failed", detail=f"the result cannot be compared: {why}")] * count
    parts = [_reply(each) for each in message["parts"][:count]]
    lost = Reply(trouble="failed", detail="the result could not be read")
    return parts + [lost] * (count - len(parts))


def until(ended, count):
    """Return the replies that came before a worker ended, then what ended it."""
    parts = [_reply(each) for each in ended.parts[:count]]
    return parts + [Reply(trouble=ended.state, detail=ended.detail)] * (count - len(parts))


def muted(reply, sources):
    """Return a reply to a hidden case without words that the code made up while it ran.

    The student reads about the first case that fails. What the code says there could be the
    hidden numbers themselves, so only what stands in its text may be repeated.

    Parameters
    ----------
    reply : Reply
    sources : str
        The text of the notebook's cells.
    """
    if reply.raised:
        kind, line = reply.raised["type"], reply.raised["line"]
        known = hasattr(builtins, kind) or kind in sources
        reply.raised |= {"message": "", "type": kind if known else "an error",
                         "line": line if line in sources else ""}
    told = reply.value.name if isinstance(reply.value, Opaque) else "str"
    known = OURS.fullmatch(told) or told in sources or any(
        hasattr(module, told) for module in (builtins, np))
    if isinstance(reply.value, str) or not known:
        return replace(reply, value=Opaque(told if known else "another kind"))
    return reply


def _words(text):
    return clean(text[:1000]) if isinstance(text, str) else ""


def _reply(data):
    if not isinstance(data, dict):
        return Reply(trouble="failed", detail="the result could not be read")
    raised = data.get("raised")
    if raised is not None:
        fields = raised if isinstance(raised, dict) else {}
        raised = {key: _words(fields.get(key)) for key in ("type", "message", "line")}
        bases = fields.get("bases")
        raised["bases"] = [each[:60] for each in bases[:20] if isinstance(each, str)] if (
            isinstance(bases, list)) else []
        if raised["type"] == "MemoryError":
            return Reply(trouble="out of memory", detail="your code used up its memory")
        if raised["type"] in ("SystemExit", "KeyboardInterrupt"):
            return Reply(trouble="crashed", detail="your code ended the program (exit)")
    after = data.get("after")
    return Reply(data.get("value"), after if isinstance(after, tuple) else (), raised,
                 bool(data.get("global_draws") is True))
