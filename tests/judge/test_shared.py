"""Judges that share a fork server: each goes on alone when that has ended or lets nobody share."""

import contextlib
import json
import socket
from pathlib import Path
from types import SimpleNamespace

import pytest

from autograder.judge.process import Judge
from autograder.sandbox.isolation import UNCONFINED
from autograder.sandbox.ladder import opened
from autograder.sandbox.sandbox import Line, Sandbox
from course.demo import answers
from course.demo.students import filled
from tests.conftest import released, request_for

pytestmark = pytest.mark.system

PS2 = "ps2_loss_at_init"


@pytest.fixture
def right(tmp_path):
    """Return a request to judge right answers."""
    handed = filled(released(PS2), answers.styles(PS2)["loops"])
    (tmp_path / "loss_at_init.ipynb").write_text(json.dumps(handed))
    return request_for(PS2, tmp_path)


@pytest.fixture
def judging():
    """Return what makes a judge that shares a sandbox, and ends it."""
    made = []

    def judge(sandbox):
        made.append(Judge(sandbox.isolation, sandbox))
        return made[-1]

    yield judge
    for each in made:
        each.close()


def states(verdict):
    """Return the states that exercises have."""
    return {result.state for result in verdict.results.values()}


def has_its_own(judge):
    """Tell whether a judge has started a fork server: it starts nothing else."""
    parents = set()
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):  # it has ended
            parents.add(int(stat.read_text().rpartition(")")[2].split()[1]))
    return judge.process.pid in parents


def test_a_judge_goes_on_when_the_fork_server_has_ended(right, judging):
    shared = opened()
    judge = judging(shared)
    assert states(judge.grade(right)) == {"passed"} and not has_its_own(judge)
    begun = judge.process.pid
    shared.process.kill()
    shared.process.wait()
    assert states(judge.grade(right)) == {"passed"} and judge.process.pid == begun
    assert has_its_own(judge)
    shared.close()


def test_a_judge_that_is_told_nothing_starts_its_own(right, judging):
    def hung_up():
        ours, theirs = socket.socketpair(type=socket.SOCK_SEQPACKET)
        theirs.close()
        return ours

    sandbox = opened()
    sandbox.close()
    gone = SimpleNamespace(isolation=sandbox.isolation, alive=lambda: True, line=hung_up)
    assert states(judging(gone).grade(right)) == {"passed"}


def test_a_judge_that_was_killed_shares_again(right, judging):
    shared = opened()
    judge, other = judging(shared), judging(shared)
    assert states(judge.grade(right)) == states(other.grade(right)) == {"passed"}
    judge.process.kill()
    judge.process.wait()
    assert states(judge.grade(right)) == states(other.grade(right)) == {"passed"}
    assert shared.alive() and not has_its_own(judge) and not has_its_own(other)
    shared.close()


def test_without_walls_nobody_shares():
    loose = Sandbox(UNCONFINED, probe=True)
    line = Line(UNCONFINED, loose.line())
    assert not line.is_ready()
    line.close()
    assert loose.alive()
    loose.close()
