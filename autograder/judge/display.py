"""A student's outputs as notebook outputs: text without control characters, real pictures."""

from __future__ import annotations

import re
from typing import Any

from nbformat import NotebookNode

from autograder.checks.states import State
from autograder.checks.texts import said
from autograder.sandbox.connection import WorkerEndedError
from autograder.sandbox.limits import Limits
from autograder.submission.reading import is_png

from .verdict import Result

CONTROL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff"
    "\ud800-\udfff\ufff9-\ufffb\U000e0000-\U000e007f]"
)


def printable(text: object) -> str:
    """Return text without the characters that steer a terminal or turn a line around."""
    without = re.sub(r"\x1b\[[0-9;?]*[ -/]*[@-~]", "", text if isinstance(text, str) else "")
    return CONTROL.sub("", without)


def output(kind: str, **fields: Any) -> NotebookNode:
    """Return an output of a cell; nbformat would validate each, and the whole notebook is, once."""
    if kind in ("display_data", "execute_result"):
        fields["metadata"] = NotebookNode()
    if kind == "execute_result":
        fields["execution_count"] = None
    return NotebookNode(output_type=kind, **fields)


def sanitized(message: dict[str, Any], limits: Limits, room: int) -> list[NotebookNode]:
    """Return the outputs in a worker's message; what is not well-formed is left out.

    Parameters
    ----------
    message : dict
    limits : Limits
    room : int
        Bytes that are left to the submission.
    """
    found = message.get("outputs")
    read = (_output(each) for each in (found if isinstance(found, list) else []))
    made = [each for each in read if each is not None][: limits.output_items]
    kept, room = [], min(limits.output_bytes, room)
    for each in made:
        room -= len(str(each))
        if room < 0:
            break
        kept.append(each)
    if message.get("cut") is True or len(kept) < len(made):
        kept.append(note("The output was longer; the rest was left out."))
    return kept


def decisive(message: dict[str, Any]) -> NotebookNode | None:
    """Return the output by which a test cell is scored; None if there was neither error nor value.

    What cannot be read is an error: nothing at all would be full marks.
    """
    data = message.get("decisive", {})
    lost = {"output_type": "error", "ename": "error", "evalue": "its outputs could not be read"}
    return None if data is None else _output(data) or _output(lost)


def _output(data: Any) -> NotebookNode | None:
    if not isinstance(data, dict):
        return None
    kind, name = (
        each if isinstance(each, str) else ""
        for each in (data.get("output_type"), data.get("name"))
    )
    if kind == "stream":
        name = "stderr" if name == "stderr" else "stdout"
        return output("stream", name=name, text=printable(data.get("text", "")))
    if kind == "error":
        text = printable(data.get("evalue", ""))
        return output(
            "error",
            ename=printable(data.get("ename", ""))[:60],
            evalue=text,
            traceback=text.splitlines(),
        )
    content = data.get("data")
    if kind not in ("display_data", "execute_result") or not isinstance(content, dict):
        return None
    shown = {}
    if "text/plain" in content:
        shown["text/plain"] = printable(content["text/plain"])
    if is_png(content.get("image/png", "")):
        shown["image/png"] = content["image/png"]
    return output(kind, data=shown) if shown else None


def note(text: str) -> NotebookNode:
    """Return an output that says something about the outputs."""
    return output("stream", name="stdout", text=said(f"[{text}]") + "\n")


def ended(how: WorkerEndedError) -> list[NotebookNode]:
    """Return the outputs of a cell in which the worker ended."""
    return [note(f"{how.state}: {how.detail}")]


def finding(result: Result) -> list[NotebookNode]:
    """Return the output of a test cell: the result, for student and instructor."""
    text = said(f"{result.state} ({result.points:g} of {result.max_points:g} points)")
    if result.state == State.PASSED:
        message = f"\n{result.message}" if result.message else ""
        return [output("stream", name="stdout", text=f"{text}{message}\n")]
    if result.points:  # a number as the cell's value is a partial score to nbgrader
        words = output("stream", name="stdout", text=f"{text}\n{result.message}\n")
        number = {"text/plain": f"{result.points:g}"}
        return [words, output("execute_result", data=number)]
    lines = [text, *printable(result.message).splitlines()]
    return [output("error", ename=result.state, evalue=result.message, traceback=lines)]
