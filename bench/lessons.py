"""How long each lesson takes from top to bottom in a fresh kernel."""

import sys
import time
from pathlib import Path

import nbformat
from nbclient import NotebookClient

FOLDER = Path(__file__).parents[1] / "notebooks"
PROMISED = 60.0  # seconds, on two cores


def main():
    """Print the seconds of every lesson; exit 1 if one takes too long."""
    slow = 0
    for path in sorted(FOLDER.glob("*.ipynb")):
        notebook = nbformat.read(path, as_version=4)
        start = time.perf_counter()
        NotebookClient(
            notebook,
            timeout=600,
            kernel_name="python3",
            resources={"metadata": {"path": str(FOLDER)}},
        ).execute()
        seconds = time.perf_counter() - start
        slow += seconds > PROMISED
        print(f"{path.stem:22} {seconds:5.1f} s   (promised: under {PROMISED:.0f} s)", flush=True)
    return int(slow > 0)


if __name__ == "__main__":
    sys.exit(main())
