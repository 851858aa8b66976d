"""How long each lesson takes from top to bottom in a fresh kernel."""

import resource
import sys
import time
from pathlib import Path

import nbformat
from nbclient import NotebookClient

FOLDER = Path(__file__).parents[1] / "notebooks"
PROMISED = 60.0  # seconds, on two cores


def processor_time() -> float:
    """Return the seconds of processor time of all kernels that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main():
    """Print the seconds of every lesson; exit 1 if one takes too long.

    On a machine that does something else as well, processor time tells more.
    """
    slow = 0
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
        slow += seconds > PROMISED
        used = processor_time() - used
        print(
            f"{path.stem:22} {seconds:5.1f} s, {used:5.1f} s of processor time   "
            f"(promised: under {PROMISED:.0f} s)",
            flush=True,
        )
    return int(slow > 0)


if __name__ == "__main__":
    sys.exit(main())
