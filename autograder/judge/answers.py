"""What a worker answers, taken for data: whatever it holds becomes replies."""

from autograder.student.calls import Reply
from autograder.student.rules import clean


def replies(message, name, count):
    """Turn a worker's message into replies, whatever it holds."""
    if message.get("missing"):
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


def _reply(data):
    if not isinstance(data, dict):
        return Reply(trouble="failed", detail="the result could not be read")
    raised = data.get("raised")
    if raised is not None:
        fields = raised if isinstance(raised, dict) else {}
        raised = {key: clean(fields.get(key, "")) for key in ("type", "message", "line")}
        bases = fields.get("bases")
        raised["bases"] = [str(each)[:60] for each in bases[:20]] if isinstance(bases, list) else []
        if raised["type"] == "MemoryError":
            return Reply(trouble="out of memory", detail="your code used up its memory")
        if raised["type"] in ("SystemExit", "KeyboardInterrupt"):
            return Reply(trouble="crashed", detail="your code ended the program (exit)")
    after = data.get("after")
    return Reply(data.get("value"), after if isinstance(after, tuple) else (), raised,
                 bool(data.get("global_draws") is True))
