"""A submission that travels as bytes is, where it arrives, the same to a judge."""

import os
import pickle

import nbformat
import pytest

from autograder.judge import remote
from autograder.judge.keys import key, version_of
from autograder.judge.parcel import packed, unpacked
from autograder.judge.request import Request
from autograder.sandbox.limits import Limits
from autograder.submission import reading
from autograder.submission.master import Notebooks, data_files
from tests.threats.test_killed import SOURCE, TINY

LIMITS = Limits(notebook_bytes=100_000)


@pytest.fixture
def source(tmp_path):
    """Return an instructor's notebook with another one and files beside it."""
    place = tmp_path / "course" / "source" / TINY
    (place / "data" / "deep").mkdir(parents=True)
    (place / "data" / "deep" / "table.csv").write_text("1,2\n")
    for name in ("tiny", "other"):
        nbformat.write(SOURCE, place / f"{name}.ipynb")
    return place / "tiny.ipynb"


@pytest.fixture
def folder(tmp_path):
    """Return a submission with something of every kind."""
    place = tmp_path / "course" / "submitted" / "ann" / TINY
    (place / "more" / "empty").mkdir(parents=True)
    (place / ".ipynb_checkpoints").mkdir()
    nbformat.write(SOURCE, place / "tiny.ipynb")
    (place / "more" / "tiny (1).ipynb").write_text("{")
    (place / "more" / "huge.ipynb").write_bytes(b" " * (LIMITS.notebook_bytes + 1))
    (place / "notes.txt").write_text("x" * 1000)
    os.mkfifo(place / "pipe.ipynb")
    (place / "passwd.ipynb").symlink_to("/etc/passwd")
    (place / "outside").symlink_to("/etc")
    with open(os.path.join(os.fsencode(place), b"\xff\xfe.ipynb"), "wb") as file:
        file.write(b"[]")
    return place


def seen(folder, source):
    """Return what a judge sees of a submission and its assignment."""
    files, remarks = reading.listing(folder, source.name)
    names = [os.path.relpath(path, folder) for path in files]
    request = Request(folder, source, Notebooks(SOURCE, SOURCE), TINY, 1, LIMITS)
    beside = sorted(path.name for path in source.parent.glob("*.ipynb"))
    return key(request, "landlock"), names, remarks, data_files(source.parent), beside


@pytest.mark.parametrize("most", [reading.MAX_ENTRIES, 3])
def test_what_arrives_is_what_was_sent(folder, source, tmp_path, monkeypatch, most):
    monkeypatch.setattr(reading, "MAX_ENTRIES", most)
    parcel = packed(folder, source, LIMITS.notebook_bytes)
    assert sum(len(item.content) for item in parcel.items) < LIMITS.notebook_bytes
    (tmp_path / "far").mkdir()
    arrived = unpacked(pickle.loads(pickle.dumps(parcel)), tmp_path / "far")
    assert seen(*arrived) == seen(folder, source)
    links = [path for path in arrived[0].rglob("*") if path.is_symlink()]
    assert all(os.readlink(path) == "nowhere" for path in links)


def test_a_worker_of_another_version_judges_nothing():
    task = {"course": "", "version": version_of(TINY)[:-1] + "?", "assignment": TINY}
    assert "has another version of the engine" in remote.judged(task)
