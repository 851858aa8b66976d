"""Limits count what the processor does for an answer, not how long others kept it waiting."""

import os
import signal
import subprocess
import sys
import threading
from dataclasses import replace

import pytest

from autograder.checks.states import State
from autograder.sandbox import connection
from autograder.sandbox.connection import OwnTime, WorkerEndedError
from autograder.sandbox.limits import Limits

pytestmark = pytest.mark.system
SLEEP = {"do": "cell", "source": "import time\ntime.sleep(1000)", "pictures": False}
WORK = {"do": "cell", "source": "while True:\n    pass", "pictures": False}
SUM = {"do": "cell", "source": "sum(range(1000))", "pictures": False}


class Clock:
    """A clock on the wall and one of a process, both moved by hand."""

    def __init__(self, monkeypatch):
        self.wall = self.own = self.waited = 0.0
        monkeypatch.setattr(connection.time, "monotonic", lambda: self.wall)
        monkeypatch.setattr(connection, "processor_seconds", lambda process: self.own)
        monkeypatch.setattr(connection, "waiting_seconds", lambda process: self.waited)


def test_what_counts_is_the_processors_time_or_a_part_of_the_walls(monkeypatch):
    clock = Clock(monkeypatch)
    limit = OwnTime(20.0, 5.0, 1)
    clock.wall, clock.own = 60.0, 10.0  # a busy machine: a sixth of the processor
    assert limit.spent() == 12.0 and limit.left() == 8.0
    clock.own = 20.0
    with pytest.raises(TimeoutError):
        limit.left()
    assert limit.words() == "20 seconds"
    clock.own = 0.0  # it has ended, and its clock with it
    assert limit.spent() == 20.0
    limit = OwnTime(20.0, 5.0, 1)
    clock.wall = 160.0
    with pytest.raises(TimeoutError):
        limit.left()
    assert limit.words() == "100 seconds"


def test_to_wait_for_a_processor_costs_nothing(monkeypatch):
    clock = Clock(monkeypatch)
    limit = OwnTime(20.0, 5.0, 1)
    clock.wall, clock.waited = 160.0, 100.0  # the rest it slept
    assert limit.spent() == 12.0
    clock.waited = 0.0  # it has ended, and its count with it
    assert limit.spent() == 12.0


def test_the_kernel_counts_what_a_process_waits():
    one = min(os.sched_getaffinity(0))
    spin = f"import os; os.sched_setaffinity(0, {{{one}}}); sum(range(3 * 10**7))"
    both = [subprocess.Popen([sys.executable, "-c", spin]) for _ in range(2)]
    most = 0.0
    while both[0].poll() is None:
        most = max(most, connection.waiting_seconds(both[0].pid))
    both[1].wait()
    assert most - connection.waiting_seconds(0) > 0.05


@pytest.fixture
def started(sandbox):
    """Return what starts a worker in which cells can be run, with a factor of its own."""
    workers = []

    def start(factor):
        workers.append(sandbox.worker(replace(Limits(), wall_factor=factor)))
        workers[-1].ask({"do": "files", "files": {}}, 60)
        return workers[-1]

    yield start
    for worker in workers:
        worker.close()


def test_a_worker_that_others_keep_from_running_is_not_late(started):
    worker = started(1000.0)
    os.kill(worker.process, signal.SIGSTOP)
    threading.Timer(0.6, os.kill, (worker.process, signal.SIGCONT)).start()
    before = worker.spent
    assert worker.ask(SUM, 0.3)["outputs"][0]["data"] == {"text/plain": "499500"}
    assert 0 < worker.spent - before < 0.3


@pytest.mark.parametrize("cell, factor, words", [(WORK, 1000.0, "0"), (SLEEP, 2.0, "1")])
def test_work_without_end_is_ended_and_so_is_sleep(started, cell, factor, words):
    worker = started(factor)
    with pytest.raises(WorkerEndedError, match=f"no result within {words} seconds") as ended:
        worker.ask(cell, 0.4)
    assert ended.value.state == State.TIMED_OUT
    assert worker.spent >= 0.4
