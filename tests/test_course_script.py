"""course.py: what it says when it cannot start, when it sets up, what it hands over."""

import ast
import hashlib
import importlib.util
import io
import json
import os
import re
import shutil
import subprocess
import sys
import time
import zipfile
from pathlib import Path
from types import SimpleNamespace

import pytest

from course import usage

pytestmark = [pytest.mark.system, pytest.mark.xdist_group("course.py")]

ROOT = Path(__file__).resolve().parent.parent
WAITING = "Set-up is already running; waiting for it ...\n"
VERBS = (
    "demo",
    "test",
    "lab",
    "lessons",
    "build",
    "check",
    "grade",
    "explain",
    "report",
    "reproduce",
    "bench",
    "bring-back",
    "texts",
)
# Stands for the package: tells what it was given, and ends with a code of its own.
PACKAGE = """
import json, os, sys
json.dump({"arguments": sys.argv[1:], "cwd": os.getcwd(), "env": dict(os.environ),
           "prefix": sys.prefix, "base": sys.base_prefix}, sys.stdout)
sys.exit(7)
"""


def make_project(folder):
    """Lay out a project whose requirements are empty, so that it sets up without a network."""
    (folder / "course").mkdir(parents=True)
    (folder / "course" / "__init__.py").touch()  # else course.py beside it comes first
    (folder / "course" / "__main__.py").write_text(PACKAGE)
    shutil.copy(ROOT / "course.py", folder)
    (folder / "docs").mkdir()
    shutil.copy(ROOT / "docs" / "usage.txt", folder / "docs")
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
    out, err = process.communicate(timeout=900)  # only a hang takes so long
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
    """Return a bubblewrap command."""
    return ["bwrap", "--dev-bind", "/", "/", *map(str, options)]


@pytest.mark.bubblewrap
def test_a_folder_that_cannot_be_written_to_is_told(tmp_path):
    folder = make_project(tmp_path / "project")
    result = start(folder, "demo", prefix=walls("--ro-bind", folder, folder))
    assert_refused(result, f"The folder {folder} cannot be written to")


@pytest.mark.bubblewrap
def test_a_full_disk_is_told(tmp_path):
    folder = make_project(tmp_path / "project")
    (folder / ".venv").mkdir()
    result = start(folder, "demo", prefix=walls("--size", 10**7, "--tmpfs", folder / ".venv"))
    assert_refused(result, "The disk is full", "900 MB", str(folder))
    assert "Last output" not in result.err  # refused before anything was tried


def test_an_environment_behind_a_link_is_left_alone(tmp_path):
    folder, other = make_project(tmp_path / "project"), tmp_path / "other"
    (other / "lib").mkdir(parents=True)
    (folder / ".venv").symlink_to(other)
    result = start(folder, "demo")
    assert_refused(result, f"is a link to {other}.", "Delete the link")
    assert [each.name for each in other.iterdir()] == ["lib"]


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
    first, second = sorted((result.err for result in results), reverse=True)
    assert first.splitlines()[0].endswith("s: making .venv")
    assert first.endswith("s: done\n")
    assert second in (WAITING, "")


def test_the_second_start_says_nothing(ready):
    folder, _ = ready
    result = start(folder, "demo")
    assert (result.code, result.err) == (7, "")


def test_a_registry_out_of_reach_is_told_and_what_was_ready_stays_so(ready):
    folder, _ = ready
    (folder / "requirements-dev.txt").write_text("numpy==2.4.6\n")
    registry = {"PIP_INDEX_URL": "http://127.0.0.1:9", "PIP_NO_INDEX": "0", "PIP_RETRIES": "0"}
    result = start(folder, "test", PIP_NO_CACHE_DIR="1", **registry)
    assert_refused(result, "installing packages", "registry could not be reached", "HTTPS_PROXY")
    assert NONE in result.err
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
    assert result.code == 7 and "making .venv" in result.err
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
    find = "import importlib.util as u; print(u.find_spec('course').submodule_search_locations)"
    command = [folder / ".venv" / "bin" / "python", "-c", find]
    out = subprocess.run(command, cwd="/", capture_output=True, text=True, check=True).stdout
    assert str(folder / "course") in out


def test_without_a_verb_it_names_the_verbs_and_makes_nothing(tmp_path):
    folder = make_project(tmp_path / "project")
    result = start(folder)
    assert result.code == 0
    for verb in VERBS:
        assert re.search(rf"^  {verb} ", result.out, re.MULTILINE)
    assert not (folder / ".venv").exists()


@pytest.mark.parametrize("verb", VERBS)
def test_help_is_shown_and_makes_nothing(tmp_path, verb):
    folder = make_project(tmp_path / "project")
    for arguments in ([verb, "--help"], [verb, "ps9", "--help"], [verb, "-h"]):
        result = start(folder, *arguments)
        assert (result.code, result.err) == (0, "")
        assert result.out.startswith(f"Usage: python3 course.py {verb} ")
        assert result.out.count("Usage:") == 1
    assert not (folder / ".venv").exists()


def test_the_version_is_that_of_the_project_and_makes_nothing(tmp_path):
    folder = make_project(tmp_path / "project")
    (folder / "pyproject.toml").write_text('[project]\nname = "pack"\nversion = "7.1"\n')
    result = start(folder, "--version")
    assert (result.code, result.out, result.err) == (0, "pack 7.1\n", "")
    assert not (folder / ".venv").exists()


# What has a shell complete a line where nobody types, and print the candidates.
BY_FUNCTION = """W=({words}); COMP_WORDS=("${{W[@]}}"); COMP_CWORD=$((${{#W[@]}} - 1)); _course_py
echo "${{COMPREPLY[@]}}"
"""
ASK = {
    "bash": BY_FUNCTION,
    "zsh": "emulate sh\n" + BY_FUNCTION,  # as bashcompinit calls it
    "fish": "complete -C '{words}' | string replace -r '\\t.*' '' | string join ' '",
}


COMPLETED = {
    "python3 course.py gra": "grade",
    "python3 course.py --v": "--version",
    "./course.py re": "record report reproduce result",
    "python3 ../course.py grade --js": "--json",
    "python3 course.py report ps2 --j": "--json",
    "python3 course.py tset --j": "",
    "python3 -m course gra": "",
}


@pytest.mark.parametrize("shell", ASK)
def test_a_shell_completes_verbs_and_options_and_nothing_is_made(tmp_path, shell):
    if not shutil.which(shell):
        pytest.skip(f"{shell}, whose completion this is, is missing")
    folder = make_project(tmp_path / "project")
    script = start(folder, "--completion", shell)
    assert (script.code, script.err) == (0, "") and not (folder / ".venv").exists()
    asked = "\n".join(f"{ASK[shell].format(words=words)}\necho @" for words in COMPLETED)
    home = {**os.environ, "HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path)}
    about = {"cwd": folder / "docs", "env": home, "capture_output": True, "text": True}
    told = subprocess.run([shell, "-c", f"{script.out}\n{asked}"], **about)
    assert told.stderr == ""
    for (words, completed), found in zip(
        COMPLETED.items(), told.stdout.split("@")[:-1], strict=True
    ):
        # zsh itself leaves out what does not begin with the word; in bash and fish we do.
        fitting = [each for each in found.split() if each.startswith(words.split()[-1])]
        assert " ".join(sorted(fitting)) == completed, words
        assert shell == "zsh" or fitting == found.split(), words


def test_a_shell_that_is_not_known_is_told(tmp_path):
    folder = make_project(tmp_path / "project")
    assert_refused(start(folder, "--completion", "tcsh"), "no completion for tcsh, but for bash, ")


def test_the_usage_is_that_of_the_verbs():
    assert usage.FILE.read_text(encoding="utf-8") == usage.text(), "python -m course.usage"


def test_an_unknown_verb_is_told_before_anything_is_made(tmp_path):
    folder = make_project(tmp_path / "project")
    assert_refused(start(folder, "tset"), "There is no verb tset.", "  test ")
    assert not (folder / ".venv").exists()


class Terminal(io.StringIO):
    """Stands for stderr on a terminal."""

    def isatty(self):
        return True


def shown(script, monkeypatch, stream, times):
    """Show the same step at these times; return what was written."""
    clock = iter([0, *times])
    monkeypatch.setattr(script.time, "time", lambda: next(clock))
    monkeypatch.setattr(script.sys, "stderr", stream)
    monkeypatch.setenv("TERM", "xterm")
    progress = script.Progress()
    for number, _ in enumerate(times):
        progress.show("installing", f" {number}")
    progress.end()
    return stream.getvalue()


def test_a_log_gets_a_line_now_and_then(script, monkeypatch):
    text = shown(script, monkeypatch, io.StringIO(), [0, 1, 9, 10, 11, 19, 21])
    assert [line.split()[2:4] for line in text.splitlines()] == [["0", "s:"], ["10", "s:"]] + [
        ["21", "s:"]
    ]


def test_a_terminal_gets_one_line_that_changes(script, monkeypatch):
    text = shown(script, monkeypatch, Terminal(), [0, 1, 2])
    assert text.count("\n") == 1 and text.endswith("\n")
    assert [line.strip() for line in text.split("\r")[1:]] == [
        f"Setting up, {each} s: installing {each}" for each in range(3)
    ]


def test_signs_of_life_come_while_a_step_runs(script, tmp_path):
    os.makedirs(os.path.join(script.packages_folder(), "numpy-2.4.6.dist-info"))
    go, seen = tmp_path / "go", []

    def show(step, detail):
        seen.append(step + detail)
        if seen[-1].endswith("; Downloading"):
            go.touch()

    wait = "import os, sys, time; print('Downloading', flush=True)\n"
    wait += "while not os.path.exists(sys.argv[1]): time.sleep(0.01)"
    command = [sys.executable, "-c", wait, str(go)]
    assert script.run(command, SimpleNamespace(show=show), "installing", 3) is None
    assert set(seen) - {"installing, 1 of 3; starting"} == {"installing, 1 of 3; Downloading"}


# Stands for uv: records what it was told, and fails if it shall.
FAKE_UV = """#!/bin/sh
printf '%s\\n' "$@" > "$VIRTUAL_ENV/told"
exit $FAKE_UV_EXIT
"""


def pin_uv(folder, place, text=FAKE_UV):
    """Make what stands for uv the only requirement of the tests; return the index that has it."""
    name = f"uv-1.{time.time_ns()}"  # each time anew, so never installed already
    place = place / "uv"
    place.mkdir()
    wheel = place / f"{name}-py3-none-any.whl"
    about = "Metadata-Version: 2.1\nName: uv\nVersion: " + name[3:]
    with zipfile.ZipFile(wheel, "w") as archive:
        program = zipfile.ZipInfo(f"{name}.data/scripts/uv")
        program.external_attr = 0o100755 << 16
        archive.writestr(program, text)
        archive.writestr(f"{name}.dist-info/METADATA", about)
        archive.writestr(f"{name}.dist-info/WHEEL", "Wheel-Version: 1.0\nTag: py3-none-any\n")
        archive.writestr(f"{name}.dist-info/RECORD", "")
    (place / "index.html").write_text(f'<a href="{wheel.name}">{wheel.name}</a>')
    digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
    pin = f"uv=={name[3:]} \\\n    --hash=sha256:{digest}\n    # via us\n"
    (folder / "requirements-dev.txt").write_text(pin)
    return {"PIP_NO_INDEX": "0", "PIP_INDEX_URL": place.parent.as_uri(), "FAKE_UV_EXIT": "0"}


def test_uv_is_fetched_and_installs_the_rest(ready, tmp_path):
    folder, _ = ready
    options = pin_uv(folder, tmp_path)
    result = start(folder, "test", **options)
    assert result.code == 7, result.err
    assert "with pip" not in result.err
    told = (folder / ".venv" / "told").read_text().splitlines()
    assert told[:2] == ["pip", "install"]
    assert {"--no-deps", "--require-hashes", "requirements-dev.txt"} <= set(told)
    assert told[told.index("--default-index") + 1] == options["PIP_INDEX_URL"]
    assert (start(folder, "test").code, start(folder, "test").err) == (7, "")


@pytest.mark.parametrize(
    ("interpreter", "code"), [("#!/bin/sh", "2"), ("#!/nowhere/sh", "0")], ids=["2", "no start"]
)
def test_where_uv_fails_pip_installs(ready, tmp_path, interpreter, code):
    folder, _ = ready
    options = pin_uv(folder, tmp_path, FAKE_UV.replace("#!/bin/sh", interpreter))
    result = start(folder, "test", **{**options, "FAKE_UV_EXIT": code})
    assert result.code == 7, result.err
    assert "installing packages with pip" in result.err
    assert (start(folder, "test").code, start(folder, "test").err) == (7, "")


def test_an_altered_package_is_refused(ready, tmp_path):
    folder, _ = ready
    options = pin_uv(folder, tmp_path)
    pins = folder / "requirements-dev.txt"
    pins.write_text(re.sub("sha256:.{8}", "sha256:00000000", pins.read_text()))
    result = start(folder, "test", **options)
    assert_refused(result, "is not what the project was tested with", "tell those who run it")


def test_what_is_used_is_compiled(script, monkeypatch):
    packages = Path(script.packages_folder())
    packages.mkdir(parents=True)
    for name in ("used", "unused"):
        (packages / f"{name}.py").write_text("1\n")
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    monkeypatch.setattr(script, "USED", "used")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", script.VENV], check=True)
    script.start_once(SimpleNamespace(show=lambda step, detail: None))
    assert [path.name.partition(".")[0] for path in packages.rglob("*.pyc")] == ["used"]


def test_what_is_used_can_be_imported(script):
    subprocess.run([sys.executable, "-c", f"import {script.USED}"], check=True)
