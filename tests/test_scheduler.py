"""A class judged by workers of Dask, one of which is killed, is graded as on one machine."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from typer.testing import CliRunner

from autograder import scheduler
from autograder.cli import app
from autograder.cluster import grade_class
from course import ROOT
from tests.gradebook.conftest import STUDENTS, copied, make_fresh
from tests.threats.test_killed import TINY, content

TIMES = 3  # each of the three students
DASK = [str(Path(sys.executable).with_name("dask"))]
RESTRICTED = [sys.executable, str(ROOT / "tests" / "sandbox" / "restricted.py"), "docker"]


class Cluster:
    """A scheduler and three workers; the last one's machine lets it have no namespaces."""

    def __init__(self, folder):
        self.file = folder / "scheduler.json"
        self.started = [self.start(folder, [*DASK, "scheduler", "--host", "127.0.0.1"], "0")]
        while not self.file.exists():
            assert self.started[0].poll() is None
            time.sleep(0.1)
        self.address = json.loads(self.file.read_text())["address"]
        worker = [*DASK, "worker", self.address, "--nthreads", "1", "--no-nanny"]
        worker += ["--local-directory", str(folder), "--death-timeout", "600"]
        self.workers = [self.start(folder, [*under, *worker]) for under in ([], [], [*RESTRICTED])]

    def start(self, folder, command, port=None):
        """Start a program of the cluster."""
        options = ["--port", port, "--scheduler-file", str(self.file)] if port else []
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        return subprocess.Popen(
            [*command, "--no-dashboard", *options],
            cwd=folder,
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def wait(self):
        """Wait until all workers are there."""
        from distributed import Client

        with Client(self.address, timeout=600, set_as_default=False) as client:
            client.wait_for_workers(len(self.workers), timeout=600)

    def close(self):
        """End everything."""
        for process in [*self.workers, *self.started]:
            process.kill()
            process.wait()


@pytest.fixture
def cluster(tmp_path):
    """Return a running cluster."""
    made = Cluster(tmp_path)
    yield made
    made.close()


@pytest.fixture
def courses(once, tmp_path):
    """Return two courses with the same class, and the same seed."""
    made = [copied(once("tiny", make_fresh), tmp_path / name) for name in ("far", "near")]
    for course in made:
        place = course.folder / "submitted"
        for student in STUDENTS:
            for number in range(1, TIMES):
                shutil.copytree(place / student, place / f"{student}{number}")
        (course.folder / "verdicts" / TINY).mkdir(parents=True)
        (course.folder / "verdicts" / TINY / "seed.json").write_text('{"seed": 1}')
    return made


@pytest.mark.slow
def test_a_killed_worker_and_another_isolation_change_nothing(cluster, courses, monkeypatch):
    far, near = courses
    cluster.wait()
    command = [sys.executable, "-m", "course", "grade", TINY, "--course", str(far.folder)]
    grading = subprocess.Popen(
        [*command, "--scheduler", cluster.address], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    verdicts = far.folder / "verdicts" / TINY
    while not (there := len(list(verdicts.glob("*/tiny.json")))):
        assert grading.poll() is None
        time.sleep(0.02)
    os.kill(cluster.workers[0].pid, signal.SIGKILL)
    assert there < TIMES * len(STUDENTS)
    said = grading.communicate()[0]
    assert grading.returncode == 0, said
    assert "9 recorded, 0 were up to date, 3 not gradable" in said
    assert "namespaces" in said and "1 with Landlock" in said
    judged_in = {json.loads(path.read_text())["isolation"] for path in verdicts.glob("*/*.json")}
    assert "landlock" in judged_in and len(judged_in) > 1

    assert grade_class(near.folder, TINY, jobs=1) is None
    one, many = content(near.folder), content(far.folder)
    assert one.keys() == many.keys()
    different = [name for name in one if one[name] != many[name]]
    assert all(name.startswith("verdicts/") for name in different)  # they name the isolation

    monkeypatch.setattr(scheduler, "version_of", lambda assignment: "of tomorrow")
    with pytest.raises(SystemExit, match="Nothing was graded: the worker on .* another version"):
        scheduler.grade_on(cluster.address, far.folder, TINY)


@pytest.mark.slow
def test_a_scheduler_that_is_not_there_is_told(monkeypatch):
    monkeypatch.setattr(scheduler, "CONNECT_SECONDS", 0.1)
    with pytest.raises(SystemExit, match="No scheduler answers at tcp://127.0.0.1:9"):
        scheduler.RemoteJudges("tcp://127.0.0.1:9", "auto")


@pytest.mark.parametrize("option", ["--without-sandbox", "--jobs=2"])
def test_what_a_scheduler_does_not_take_is_refused(option):
    done = CliRunner().invoke(app, ["grade", TINY, "--scheduler", "tcp://127.0.0.1:9", option])
    assert done.exit_code == 1 and "its workers decide" in done.output
