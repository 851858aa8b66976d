"""Processor time of processes that nobody waits for; without the rights to count it, none."""

import os
import time

from bench import _control_group
from bench._control_group import ControlGroup

SECONDS = 0.2


def work():
    """Work for some time in a grandchild that nobody waits for."""
    ours, theirs = os.pipe()
    if os.fork() == 0:
        while time.process_time() < SECONDS:
            pass
        os.write(theirs, b"x")
        os._exit(0)
    os.read(ours, 1)


def counted(group):
    child = os.fork()
    if child == 0:
        group.join()
        work()
        os._exit(0)
    assert os.waitpid(child, 0)[1] == 0
    return group.seconds()


def test_a_grandchild_is_counted_that_nobody_waited_for():
    group = ControlGroup()
    if group.place is None:  # not root, or no such mount: the next test is about that
        assert counted(group) is None
        return
    assert SECONDS <= counted(group) < 60
    group.close()
    assert not group.place.exists()


def test_without_a_control_group_nothing_is_known(monkeypatch, tmp_path):
    (tmp_path / "mountinfo").write_text("1 0 0:1 / /sys rw - sysfs sysfs rw\n")
    monkeypatch.setattr(_control_group, "MOUNTS", tmp_path / "mountinfo")
    group = ControlGroup()
    assert group.place is None and counted(group) is None
    group.close()
