"""What isolation costs: the start of a fork server, of a worker, and a worker's end.

Every kind that this machine gives, in turn and in one run, beside none at all. The quickest of
many is printed, which a busy machine slows down least.
"""

import sys
import time
from collections.abc import Callable

from autograder.sandbox.connection import NoSandboxError, Worker
from autograder.sandbox.isolation import LADDER, UNCONFINED, Isolation
from autograder.sandbox.limits import Limits
from autograder.sandbox.sandbox import Sandbox

from ._outcome import Outcome, finish

N_SERVERS = 3
N_WORKERS = 100


def timed(call: Callable[[], object]) -> float:
    """Return how long a call takes, in milliseconds."""
    start = time.perf_counter()
    call()
    return 1000 * (time.perf_counter() - start)


def servers(isolation: Isolation) -> float:
    """Return how long a fork server takes until it can fork workers."""
    taken = []
    for _ in range(N_SERVERS):
        start = time.perf_counter()
        sandbox = Sandbox(isolation)
        taken.append(1000 * (time.perf_counter() - start))
        sandbox.close()
    return min(taken)


def one_worker(sandbox: Sandbox) -> tuple[float, float]:
    """Return how long a worker takes until it has answered, and until it is gone."""
    start = time.perf_counter()
    worker = Worker(sandbox, Limits())
    worker.ask({"do": "files", "files": {}}, 60)
    started = 1000 * (time.perf_counter() - start)
    return started, timed(worker.close)


def measured(kinds: list[Isolation]) -> dict[Isolation, tuple[float, float, float]]:
    """Return the quickest of each kind: fork server, worker, its end."""
    sandboxes = {kind: Sandbox(kind) for kind in kinds}
    taken: dict[Isolation, list[tuple[float, float]]] = {kind: [] for kind in kinds}
    for _ in range(N_WORKERS):
        for kind, sandbox in sandboxes.items():
            taken[kind].append(one_worker(sandbox))
    for sandbox in sandboxes.values():
        sandbox.close()
    return {
        kind: (servers(kind), *(min(each) for each in zip(*taken[kind], strict=True)))
        for kind in kinds
    }


def main() -> Outcome:
    """Measure and print; nothing is promised."""
    kinds = [UNCONFINED]
    for kind in LADDER:
        try:
            Sandbox(kind, probe=True).close()
        except NoSandboxError as error:
            print(f"{kind.name()} is not available: {error}")
        else:
            kinds.append(kind)
    found = measured(kinds)
    print(f"quickest of {N_WORKERS} workers and {N_SERVERS} fork servers; in brackets: to none")
    print(f"{'':32} {'fork server':>16} {'worker':>16} {'its end':>16}")
    for kind, times in found.items():
        cells = [
            f"{each:7.1f} ms ({each / none:3.1f})"
            for each, none in zip(times, found[UNCONFINED], strict=True)
        ]
        print(f"{kind.name():32} {' '.join(f'{each:>16}' for each in cells)}")
    names = ("fork_server_ms", "worker_ms", "end_ms")
    rows = [{"isolation": kind.name(), **dict(zip(names, each))} for kind, each in found.items()]
    return Outcome(rows, [])


if __name__ == "__main__":
    sys.exit(finish("isolation", main))
