"""The engine by itself, installed from its wheel where nothing else is: it grades any course."""

import ast
import json
import os
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

from autograder.gradebook import guard
from autograder.sandbox.connection import NoSandboxError
from autograder.sandbox.ladder import choose
from course import ROOT
from tests import student_env
from tests.conftest import scores_by_exercise
from tests.sandbox.isolations import text

from . import homework, seminar
from .exercises import PLAIN

pytestmark = [pytest.mark.system, pytest.mark.xdist_group("installed engine")]

UV = (sys.executable, "-m", "uv")
TWICE = "import IPython.core.interactiveshell, matplotlib.pyplot, nbgrader.apps"
INSTALLED = "installed_seminar"  # the course, where it lies among the libraries


def install(folder: Path) -> None:
    """Make an environment of the locked wheels and the engine's own."""
    student_env.make(folder / "venv", (ROOT / "requirements.txt").read_text())
    student_env.run(*UV, "build", "-q", "--offline", "--wheel", "-o", folder / "dist", ROOT)
    (wheel,) = (folder / "dist").glob("*.whl")
    python = folder / "venv" / "bin" / "python"
    student_env.run(*UV, "pip", "install", "-q", "--no-deps", "--python", python, wheel)
    student_env.run(python, "-c", TWICE)  # compiled once, as workers cannot


class Engine:
    """The environment that has the engine, and nothing of this project besides."""

    def __init__(self, folder: Path):
        self.venv = folder / "venv"
        (self.wheel,) = (folder / "dist").glob("*.whl")
        (self.libraries,) = (self.venv / "lib").glob("python*/site-packages")

    def variables(self, course: str = "") -> dict[str, str]:
        """Return the environment's variables, with a course or with what a directory registers."""
        known = student_env.clean_environment(AUTOGRADER_COURSE=course)
        return known | {"PATH": os.pathsep.join([str(self.venv / "bin"), known["PATH"]])}

    def run(self, *command: str, cwd: Path, course: str = "") -> subprocess.CompletedProcess[str]:
        """Run a program of the environment, with a course or with what a directory registers."""
        program = [str(self.venv / "bin" / command[0]), *command[1:]]
        variables = self.variables(course)
        return subprocess.run(program, cwd=cwd, env=variables, text=True, capture_output=True)

    def done(self, *command: str, cwd: Path) -> str:
        """Run a program that succeeds; return what it says."""
        result = self.run(*command, cwd=cwd)
        assert result.returncode == 0, result.stdout + result.stderr
        return result.stdout + result.stderr


@pytest.fixture(scope="module")
def engine(once) -> Engine:
    return Engine(once("engine", install))


@pytest.fixture(params=["namespaces", "landlock"])
def isolation(request) -> str:
    try:
        choose(request.param)
    except NoSandboxError as error:
        if "CI" in os.environ:
            raise
        pytest.skip(f"no {request.param} on this machine: {error}")
    return request.param


def grade(engine: Engine, assignment: str, isolation: str, stock: bool, cwd: Path) -> str:
    """Grade by nbgrader's command or by the engine's."""
    if stock:
        option = f"--CourseAutograde.isolation={isolation}"
        return engine.done("nbgrader", "autograde", assignment, option, cwd=cwd)
    return engine.done("autograder", "grade", assignment, "--isolation", isolation, cwd=cwd)


def test_the_wheel_holds_the_engine_and_only_that(engine):
    with zipfile.ZipFile(engine.wheel) as wheel:
        names = {name for name in wheel.namelist() if not name.endswith("/")}
    expected = {
        str(path.relative_to(ROOT))
        for path in (ROOT / "autograder").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    rest = {name for name in names - expected if ".dist-info/" not in name}
    assert expected <= names
    assert {name.partition(".data/data/")[2] for name in rest} == {guard.PLACE.as_posix()}


def test_its_guard_comes_with_it(engine, tmp_path):
    assert (engine.venv / guard.PLACE).read_bytes() == guard.SOURCE.read_bytes()
    refused = engine.run("nbgrader", "db", "student", "list", cwd=tmp_path)
    assert refused.returncode == 1
    assert "Nothing was done." in refused.stderr and "does not exist" in refused.stderr


def test_the_command_tells_its_version_and_completes_its_verbs(engine, tmp_path):
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    said = engine.run("autograder", "--version", cwd=tmp_path).stdout
    assert said == version["version"] + "\n"
    # It asks which shell it was started from; `true` keeps bash from becoming the command.
    bash = ("bash", "-c", "autograder --show-completion; true")
    script = subprocess.run(
        bash, cwd=tmp_path, env=engine.variables(), text=True, capture_output=True
    )
    assert "_AUTOGRADER_COMPLETE=complete_bash" in script.stdout


def test_in_a_checkout_too_where_the_course_is_found_as_well(tmp_path):
    python = tmp_path / "venv" / "bin" / "python"
    student_env.run(*UV, "venv", "-q", "--python", sys.executable, tmp_path / "venv")
    options = ("-q", "--offline", "--no-deps", "--python", python)
    student_env.run(*UV, "pip", "install", *options, "-e", ROOT)  # as `uv sync` does
    assert (tmp_path / "venv" / guard.PLACE).read_bytes() == guard.SOURCE.read_bytes()
    found = student_env.run(python, "-c", "import autograder, course; print(course.ROOT)")
    assert found == f"{ROOT}\n"


@pytest.fixture(scope="module")
def foreign(engine, tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("foreign")
    homework.write_course(folder, homework.CONFIG)
    engine.done("nbgrader", "generate_assignment", homework.ASSIGNMENT, cwd=folder)
    answers = homework.students()
    homework.submit(folder, {name: answers[name] for name in ("right", "wrong")})
    return folder


ONE_EACH = pytest.mark.parametrize(
    "isolation", ["namespaces", pytest.param("landlock", marks=pytest.mark.nightly)], indirect=True
)


@pytest.mark.slow
@ONE_EACH
def test_it_grades_a_course_that_declares_nothing(engine, foreign, isolation):
    said = grade(engine, homework.ASSIGNMENT, isolation, isolation == "namespaces", foreign)
    assert f"Isolation: {isolation}" in said.replace("Landlock", "landlock")
    scores = scores_by_exercise(foreign, homework.ASSIGNMENT)
    assert scores["right"].items() >= {each.name: each.points for each in PLAIN}.items()
    assert scores["wrong"].items() >= {each.name: each.wrong_points for each in PLAIN}.items()


@pytest.fixture(scope="module")
def declared(engine, tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("seminar")
    seminar.write_course(folder)
    engine.done("autograder", "build", cwd=folder)
    seminar.submit(folder)
    return folder


@pytest.mark.slow
@ONE_EACH
def test_it_builds_and_grades_a_course_that_declares_its_exercises(engine, declared, isolation):
    said = grade(engine, seminar.UNIT, isolation, isolation == "landlock", declared)
    assert f"Isolation: {isolation}" in said.replace("Landlock", "landlock")
    expected = {"right": {seminar.EXERCISE: 4.0}, "unsorted": {seminar.EXERCISE: 0.0}}
    assert scores_by_exercise(declared, seminar.UNIT) == expected
    (verdict,) = (declared / "verdicts" / seminar.UNIT / "unsorted").glob("*.json")
    assert "expected that of the sorted one" in verdict.read_text()


READ = """
import importlib.metadata, importlib.util
read = []
for place in {places!r}:
    try:
        open(place).close()
        read.append(place)
    except OSError:
        pass
import sqlite3, matplotlib.animation, sqlalchemy
assert importlib.metadata.version("numpy") and importlib.util.find_spec("nbgrader")
print(read)
"""
IN_WORKER = """
import json, sys
from autograder.sandbox.ladder import choose
from autograder.sandbox.sandbox import Sandbox
sandbox = Sandbox(choose(sys.argv[1]))
worker = sandbox.worker()
worker.ask({"do": "files", "files": {}}, 60)
said = worker.ask({"do": "cell", "source": sys.argv[2], "pictures": False}, 60)
print(json.dumps(said))
"""


def test_a_worker_reads_the_libraries_but_neither_engine_nor_course_among_them(
    engine, isolation, tmp_path
):
    own = engine.libraries / INSTALLED
    shutil.rmtree(own, ignore_errors=True)
    seminar.write_package(own)
    packages = (engine.libraries / "autograder", own)
    files = [str(path) for package in packages for path in package.rglob("*.py")]
    files += [each.replace("/lib/", "/lib64/") for each in files]
    assert len(files) > 100 and os.path.exists(files[-1])
    source = READ.format(places=files)
    result = engine.run(
        "python", "-c", IN_WORKER, isolation, source, cwd=tmp_path, course=INSTALLED
    )
    assert result.returncode == 0, result.stderr
    said = text(json.loads(result.stdout))
    assert said.startswith("["), said
    found = [Path(each).resolve() for each in ast.literal_eval(said)]
    read = {each.relative_to(engine.libraries.resolve()).parts[:2] for each in found}
    theirs = {("autograder", "checks"), ("autograder", "worker")}  # what runs in a worker
    assert read == (theirs if isolation == "landlock" else set())
