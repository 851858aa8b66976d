"""How long each lesson takes from top to bottom in a fresh kernel."""

import resource
import sys
import time
from pathlib import Path

import nbformat
from nbclient import NotebookClient

from ._outcome import Outcome, finish

FOLDER = Path(__file__).parents[1] / "notebooks"
PROMISED = 60.0  # seconds, on two cores


def processor_time() -> float:
    """Return the seconds of processor time of all kernels that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main():
    """Print the seconds of every lesson, and return the Outcome.

    On a machine that does something else as well, processor time tells more.
    """
    rows = []
    for path in sorted(FOLDER.glob("*.ipynb")):
        notebook = nbformat.read(path, as_version=4)
        start, used = time.perf_counter(), processor_time()
        NotebookClient(
            notebook,
            timeout=600,
            kernel_name="python3",
            resources={"metadata": {"path": str(FOLDER)}},
        ).execute()
        seconds = time.perf_counter() - start
        used = processor_time() - used
        rows.append({"lesson": path.stem, "wall_s": seconds, "cpu_s": used})
        print(
            f"{path.stem:22} {seconds:5.1f} s, {used:5.1f} s of processor time   "
            f"(promised: under {PROMISED:.0f} s)",
            flush=True,
        )
    slow = [
        f"{row['lesson']} took {row['wall_s']:.1f} s; under {PROMISED:.0f} s is promised."
        for row in rows
        if row["wall_s"] > PROMISED
    ]
    return Outcome(rows, slow)


if __name__ == "__main__":
    sys.exit(finish("lessons", main))
