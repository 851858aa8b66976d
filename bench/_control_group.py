"""The processor time of all descendants of a process, those of namespaces among them.

The kernel adds up what a process's children took when somebody waits for them. For a worker that
is ended with its namespace nobody does. A control group counts every process that was ever in it;
to make one takes the rights of root, or a delegated hierarchy.
"""

from __future__ import annotations

import contextlib
import os
import tempfile
import time
from pathlib import Path

MOUNTS = Path("/proc/self/mountinfo")
PATIENCE = 2.0  # seconds in which the kernel ends the last process of a namespace


class ControlGroup:
    """A control group of its own, if this machine lets us have one."""

    def __init__(self) -> None:
        self.place: Path | None = None
        mounts = MOUNTS.read_text().splitlines()
        roots = [each.split()[4] for each in mounts if " - cgroup2 " in each]
        if roots and os.access(f"{roots[0]}/cgroup.procs", os.W_OK):
            with contextlib.suppress(OSError):
                self.place = Path(tempfile.mkdtemp(prefix="bench-", dir=roots[0]))

    def join(self) -> None:
        """Have this process, and all that it starts, counted."""
        if self.place:
            (self.place / "cgroup.procs").write_text("0")

    def seconds(self) -> float | None:
        """Return the processor time of all that were counted, or None."""
        if self.place is None:
            return None
        lines = dict(line.split() for line in (self.place / "cpu.stat").read_text().splitlines())
        return int(lines["usage_usec"]) / 1e6

    def close(self) -> None:
        """Remove it, once all in it have ended."""
        end = time.monotonic() + PATIENCE
        while self.place:
            try:
                os.rmdir(self.place)
                return
            except OSError:
                if time.monotonic() > end:
                    return
                time.sleep(0.05)
