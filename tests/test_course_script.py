"""course.py: what it says when it cannot start, when it sets up, what it hands over."""

import ast
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

ROOT = Path(__file__).resolve().parent.parent
SETTING_UP = "Setting up (once, about a minute) ...\n"
# Stands for the package: tells what it was given, and ends with a code of its own.
PACKAGE = """
import json, os, sys
json.dump({"arguments": sys.argv[1:], "cwd": os.getcwd(), "env": dict(os.environ),
           "prefix": sys.prefix, "base": sys.base_prefix}, sys.stdout)
sys.exit(7)
"""


def make_project(folder):
    """Lay out a project whose requirements are empty, so that it sets up without a network."""
    (folder / "autograder").mkdir(parents=True)
    (folder / "autograder" / "__main__.py").write_text(PACKAGE)
    shutil.copy(ROOT / "course.py", folder)
    for name in ("requirements.txt", "requirements-dev.txt"):
        (folder / name).write_text("# nothing\n")
    return folder


def start(folder, *arguments, python=sys.executable, prefix=(), **env):
    """Start course.py from another folder and in a disturbing environment; wait for its end."""
    return finish(launch(folder, *arguments, python=python, prefix=prefix, **env))


def launch(folder, *arguments, python=sys.executable, prefix=(), **env):
    kept = {name: os.environ[name] for name in os.environ if not name.startswith("PIP_")}
    kept |= {"PIP_CONFIG_FILE": os.devnull, "PIP_NO_INDEX": "1"} | env
    command = [*prefix, str(python), str(folder / "course.py"), *arguments]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    return subprocess.Popen(command, env=kept, cwd="/", **pipes)


def finish(process):
    out, err = process.communicate(timeout=60)
    return SimpleNamespace(code=process.returncode, out=out, err=err)


def assert_refused(result, *words):
    assert result.code == 2
    assert "Traceback" not in result.err
    for word in words:
        assert word in result.err


@pytest.fixture(scope="module")
def ready(tmp_path_factory):
    """Start the same new project twice at once: (folder, the results of both)."""
    folder = make_project(tmp_path_factory.mktemp("course") / "a folder")
    disturbance = {
        "PYTHONHOME": sys.base_prefix,
        "PYTHONPATH": str(folder),
        "PYTHONSAFEPATH": "1",
        "VIRTUAL_ENV": "/elsewhere",
        "PIP_USER": "1",
    }
    processes = [launch(folder, "demo", "--students", "3", **disturbance) for _ in range(2)]
    return folder, [finish(process) for process in processes]


@pytest.fixture
def script(tmp_path):
    """The functions of course.py, in a project of their own."""
    return load(make_project(tmp_path / "project"))


def load(folder):
    spec = importlib.util.spec_from_file_location("course_script", folder / "course.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def pretend_made(script):
    """Lay out a .venv as a set-up for the tests leaves it, without the packages."""
    os.makedirs(script.BIN)
    os.symlink(os.path.realpath(sys.executable), script.PYTHON)
    for name in (script.RUN, script.DEV):
        Path(script.stamp_file(name)).write_text(script.stamp_of(name))


@pytest.mark.parametrize("version", [(2, 7, 18), (3, 7, 16), (3, 10, 99), (3, 11, 1)])
def test_an_old_python_is_refused(script, version):
    with pytest.raises(script.Refusal, match=r"(?s)3\.11\.2 or newer.*Install a newer one"):
        script.check_version(version)


@pytest.mark.parametrize("version", [(3, 11, 2), (3, 11, 7), (3, 13, 0), (3, 15, 0)])
def test_a_supported_python_is_not_refused(script, version):
    assert script.check_version(version) is None


def test_python_3_6_can_parse_the_script():
    assert ast.parse((ROOT / "course.py").read_text(), feature_version=(3, 6)).body


def old_pythons():
    names = ["python2.7", *(f"python3.{minor}" for minor in range(4, 11))]
    found = [shutil.which(name, path="/usr/bin:/usr/local/bin") for name in names]
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    found += [path for name in names for path in sorted(pyenv.glob(f"*/bin/{name}"))]
    return [str(path) for path in found if path]


@pytest.mark.skipif(not old_pythons(), reason="this machine has no Python older than 3.11")
def test_old_pythons_of_this_machine_are_refused(tmp_path):
    folder = make_project(tmp_path / "project")
    for python in old_pythons():
        assert_refused(start(folder, "demo", python=python), "3.11.2 or newer", python)
    assert not (folder / ".venv").exists()


@pytest.mark.parametrize("module", ["venv", "ensurepip"])
def test_a_python_without_venv_is_told_the_package(tmp_path, module):
    folder = make_project(tmp_path / "project")
    (tmp_path / f"{module}.py").write_text(f"raise ImportError('no {module}')")
    result = start(folder, "demo", PYTHONPATH=str(tmp_path))
    assert_refused(result, "modules venv and ensurepip", "apt-get install python3-venv")


DEBIAN = """The virtual environment was not created successfully because ensurepip is not
available.  On Debian/Ubuntu systems, you need to install the python3-venv
package using the following command."""
RETRY = "WARNING: Retrying (Retry(total=0)) after connection broken by '{}': /simple/numpy/"
NONE = "ERROR: No matching distribution found for numpy==2.4.6"
SOME = (
    "ERROR: Could not find a version that satisfies the requirement numpy==9 (from versions: 1, 2)"
)
MISMATCH = """ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE. ...
    tqdm==4.70.1 from https://mirror/tqdm-4.70.1-py3-none-any.whl:
        Expected sha256 0000
             Got        1111"""
FULL = "ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (DEBIAN, "apt-get install python3-venv"),
        (f"{RETRY.format('NewConnectionError(...)')}\n{NONE}", "registry could not be reached"),
        (f"{RETRY.format('ProxyError(...)')}\n{NONE}", "HTTPS_PROXY"),
        (f"{RETRY.format('SSLError(...)')}\n{SOME}\n{NONE}", "PIP_CERT"),
        (f"ERROR: ... (from versions: none)\n{NONE}", "registry could not be reached"),
        (f"{SOME}\n{NONE}", "no numpy==2.4.6 that fits"),
        (MISMATCH, "is not what the project was tested with"),
        (FULL, "The disk is full"),
        ("[Errno 122] Disk quota exceeded: 'numpy'", "The disk is full"),
        ("[Errno 13] Permission denied: '.venv'", "cannot be written to"),
        ("error: something new", "The set-up failed"),
    ],
)
def test_a_failure_is_explained_and_quoted(script, words, sentence):
    text = script.explain(words + "\n[notice] A new release of pip is available")
    assert sentence in text
    assert text.endswith(words.splitlines()[-1])


def walls(*options):
    """Return a bubblewrap command, or skip where it does not work."""
    command = ["bwrap", "--dev-bind", "/", "/", *map(str, options)]
    if not shutil.which("bwrap") or subprocess.call([*command, "true"]):
        pytest.skip("bubblewrap is not installed or not allowed here")
    return command


def test_a_folder_that_cannot_be_written_to_is_told(tmp_path):
    folder = make_project(tmp_path / "project")
    result = start(folder, "demo", prefix=walls("--ro-bind", folder, folder))
    assert_refused(result, f"The folder {folder} cannot be written to")


def test_a_full_disk_is_told(tmp_path):
    folder = make_project(tmp_path / "project")
    (folder / ".venv").mkdir()
    result = start(folder, "demo", prefix=walls("--size", 10**7, "--tmpfs", folder / ".venv"))
    assert_refused(result, "The disk is full", "800 MB", str(folder))
    assert "What was said last" not in result.err  # refused before anything was tried


def test_what_was_made_from_the_same_is_ready(script):
    pretend_made(script)
    assert script.is_ready(script.RUN) and script.is_ready(script.DEV)


@pytest.mark.parametrize(
    ("changed", "run_is_ready"),
    [("requirements.txt", False), ("requirements-dev.txt", True)],
)
def test_a_changed_pin_asks_for_a_set_up(script, changed, run_is_ready):
    pretend_made(script)
    (Path(script.ROOT) / changed).write_text("tqdm==4.70.1\n")
    assert script.is_ready(script.RUN) is run_is_ready
    assert not script.is_ready(changed)


def test_a_half_done_install_is_not_ready(script):
    pretend_made(script)
    Path(script.HALF_DONE).touch()
    assert not script.is_ready(script.RUN)


def test_a_venv_whose_python_is_gone_is_not_ready(script):
    pretend_made(script)
    os.remove(script.PYTHON)
    os.symlink("/nowhere/python", script.PYTHON)
    assert not script.is_ready(script.RUN)


def test_a_moved_venv_is_not_ready(script, tmp_path):
    pretend_made(script)
    os.rename(script.ROOT, tmp_path / "moved")
    assert not load(tmp_path / "moved").is_ready(script.RUN)


def test_another_python_asks_for_a_set_up(script, monkeypatch):
    pretend_made(script)
    monkeypatch.setattr(script, "sys", SimpleNamespace(version_info=(3, 99, 0)))
    assert not script.is_ready(script.RUN)


def test_only_one_start_holds_the_lock(script):
    os.makedirs(script.VENV)
    with open(script.LOCK, "w") as second:
        with script.one_at_a_time():
            assert not script.try_lock(second)
        assert script.try_lock(second)


def test_two_starts_at_once_set_up_once(ready):
    _, results = ready
    assert [result.code for result in results] == [7, 7]
    assert sorted(SETTING_UP in result.err for result in results) == [False, True]
    assert all(len(result.err.splitlines()) <= 1 for result in results)


def test_the_second_start_says_nothing(ready):
    folder, _ = ready
    result = start(folder, "demo")
    assert (result.code, result.err) == (7, "")


def test_a_registry_out_of_reach_is_told_and_what_was_ready_stays_so(ready):
    folder, _ = ready
    (folder / "requirements-dev.txt").write_text("numpy==2.4.6\n")
    registry = {"PIP_INDEX_URL": "http://127.0.0.1:9", "PIP_NO_INDEX": "0", "PIP_RETRIES": "0"}
    result = start(folder, "test", PIP_NO_CACHE_DIR="1", **registry)
    assert_refused(result, SETTING_UP, "registry could not be reached", "HTTPS_PROXY", NONE)
    assert NONE in (folder / ".venv" / "setup.log").read_text()
    assert not (folder / ".venv" / "requirements-dev.txt.stamp").exists()
    result = start(folder, "demo")
    assert (result.code, result.err) == (7, "")


def test_its_own_python_makes_a_half_done_venv_again(ready):
    folder, _ = ready
    leftover = folder / ".venv" / "lib" / "leftover"
    leftover.touch()
    (folder / ".venv" / "setup.half").touch()
    result = start(folder, "demo", python=folder / ".venv" / "bin" / "python")
    assert (result.code, result.err) == (7, SETTING_UP)
    assert not leftover.exists()


def test_the_package_gets_the_environment_of_the_venv(ready):
    folder, results = ready
    venv = str(folder / ".venv")
    for told in (json.loads(result.out) for result in results):
        assert told["arguments"] == ["demo", "--students", "3"]
        assert told["cwd"] == str(folder)
        assert (told["prefix"], told["base"]) == (venv, sys.base_prefix)
        assert told["env"]["PATH"].split(os.pathsep)[0] == os.path.join(venv, "bin")
        assert told["env"]["VIRTUAL_ENV"] == venv
        assert not {"PYTHONHOME", "PYTHONPATH", "PYTHONSAFEPATH"} & set(told["env"])


def test_the_package_is_found_from_every_folder(ready):
    folder, _ = ready
    find = "import importlib.util as u; print(u.find_spec('autograder').submodule_search_locations)"
    command = [folder / ".venv" / "bin" / "python", "-c", find]
    out = subprocess.run(command, cwd="/", capture_output=True, text=True, check=True).stdout
    assert str(folder / "autograder") in out


def test_without_a_verb_it_names_the_verbs_and_makes_nothing(tmp_path):
    folder = make_project(tmp_path / "project")
    result = start(folder)
    assert result.code == 0
    for verb in ("demo", "test", "lab", "build", "grade", "report", "reproduce", "bench"):
        assert re.search(rf"^  {verb} ", result.out, re.MULTILINE)
    assert not (folder / ".venv").exists()
