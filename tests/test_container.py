"""The container that the project ships. No engine runs here: its files are read."""

import fnmatch
import json
import re
import shlex

import pytest

from course import ROOT

DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
DEVCONTAINER = json.loads((ROOT / ".devcontainer/devcontainer.json").read_text(encoding="utf-8"))


def instructions():
    """Return the Dockerfile's instructions, their lines joined."""
    lines = [line for line in DOCKERFILE.splitlines() if line and not line.startswith("#")]
    return [line.split(None, 1) for line in "\n".join(lines).replace("\\\n", " ").splitlines()]


def arguments(name):
    return [rest for each, rest in instructions() if each == name]


def test_it_starts_from_a_python_that_the_course_supports():
    (base,) = arguments("FROM")
    version = re.fullmatch(r"python:3\.(\d+)-slim-bookworm", base)
    assert version and 11 <= int(version.group(1)) <= 14


def test_it_runs_as_an_ordinary_user_and_asks_for_no_rights():
    names = [name for name, _ in instructions()]
    assert arguments("USER") == ["course"]
    assert names.index("USER") < names.index("COPY") < names.index("ENTRYPOINT")
    assert DEVCONTAINER["remoteUser"] == "course"
    assert not {"privileged", "capAdd", "securityOpt", "runArgs"} & DEVCONTAINER.keys()


def test_what_it_copies_and_starts_is_there():
    assert arguments("COPY") == ["--chown=course . ."]
    (entry,) = arguments("ENTRYPOINT")
    assert (ROOT / json.loads(entry)[-1]).is_file()
    assert "python3 course.py build" in arguments("RUN")
    assert (ROOT / ".devcontainer" / DEVCONTAINER["build"]["dockerfile"]).resolve() == (
        ROOT / "Dockerfile"
    )
    assert shlex.split(DEVCONTAINER["postCreateCommand"])[1:] == ["course.py", "build"]
    assert DEVCONTAINER["workspaceFolder"] == arguments("WORKDIR")[0] == "/course"


def test_the_port_of_jupyterlab_leads_out():
    assert arguments("EXPOSE") == ["8888"]
    assert DEVCONTAINER["forwardPorts"] == [8888]


def left_out():
    lines = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


@pytest.mark.parametrize(
    "path",
    ["submitted", "gradebook.db", "gradebook.db-journal", "verdicts", "instructor_config.py",
     "exchange", "feedback", "autograded", ".venv", ".git", "limits.json"],
)  # fmt: skip
def test_no_student_s_work_and_no_secret_gets_into_an_image(path):
    assert any(fnmatch.fnmatch(path, pattern) for pattern in left_out())


@pytest.mark.parametrize(
    "path", ["autograder", "source", "data", "course.py", "nbgrader_config.py"]
)
def test_what_the_course_needs_gets_in(path):
    assert (ROOT / path).exists()
    assert not any(fnmatch.fnmatch(path, pattern) for pattern in left_out())
