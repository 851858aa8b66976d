"""The output of a cell, kept within bounds."""

import io
from collections.abc import Mapping
from typing import Any

KEPT = ("text/plain", "image/png")  # what a page may show of a student's output
MAX_DECISIVE = 1000  # characters of a value that may be a number of points


class Recorder:
    """The outputs of one cell, up to a size."""

    def __init__(self) -> None:
        self.start(0, 0)

    def start(self, size: int, items: int) -> None:
        """Forget what was recorded; keep so many characters and outputs from now on."""
        self.room, self.items, self.full = size, items, False
        self.outputs: list[dict[str, Any]] = []
        self.decisive: dict[str, Any] | None = None

    def stream(self, name: str, text: str) -> None:
        """Record text that was printed."""
        text = str(text)
        kept = text[: max(self.room, 0)]
        self.room -= len(text)
        self.full |= len(kept) < len(text)
        last = self.outputs[-1] if self.outputs else None
        if last and last.get("name") == name:
            last["text"].append(kept)
        elif kept and self._place():
            self.outputs.append({"output_type": "stream", "name": name, "text": [kept]})

    def display(self, data: Mapping[str, Any], kind: str = "display_data") -> None:
        """Record what was displayed, by MIME type."""
        if kind == "execute_result":
            text = str(data.get("text/plain", ""))[:MAX_DECISIVE]
            self._decide({"output_type": kind, "data": {"text/plain": text}})
        data = {key: data[key] for key in KEPT if isinstance(data.get(key), str)}
        size = sum(map(len, data.values()))
        if size > self.room or not data or not self._place():
            self.full |= bool(data)
            return
        self.room -= size
        self.outputs.append({"output_type": kind, "data": data})

    def error(self, name: str, text: str) -> None:
        """Record an error that ended a cell."""
        output = {"output_type": "error", "ename": name, "evalue": text[:300]}
        self._decide(output)
        if self._place():
            self.outputs.append(output)

    def _decide(self, output: dict[str, Any]) -> None:
        """Keep the first output that nbgrader scores a test by, whatever else was printed."""
        self.decisive = self.decisive or output

    def _place(self) -> bool:
        self.full |= len(self.outputs) >= self.items
        return len(self.outputs) < self.items

    def result(self) -> list[dict[str, Any]]:
        """Return the outputs as plain data."""
        return [
            {**each, "text": "".join(each["text"])} if "text" in each else each
            for each in self.outputs
        ]


RECORDER = Recorder()


class Stream(io.TextIOBase):
    """A file to print to."""

    def __init__(self, name: str) -> None:
        self.stream_name = name

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        RECORDER.stream(self.stream_name, text)
        return len(text)
