"""What is declared, what is locked, what is exported: they agree, and nothing needs a compiler."""

import re
import subprocess
import sys
import tomllib
from functools import cache
from typing import Any

import pytest
from packaging import tags
from packaging.markers import Marker
from packaging.utils import parse_wheel_filename

from course import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def linux(machine: str) -> list[str]:
    """Return the platforms of wheels for glibc 2.28 (RHEL 8) and up; Debian 12 has 2.36."""
    names = [f"manylinux_2_{each}" for each in range(28, 4, -1)]
    return [f"{name}_{machine}" for name in [*names, "manylinux2014", "manylinux1"]]


# What is promised: each of these systems, with each of these Pythons.
PYTHONS = [(3, 11), (3, 12), (3, 13), (3, 14)]
SYSTEMS = {
    "Linux on x86-64": ("linux", "x86_64", linux("x86_64")),
    "Linux on ARM": ("linux", "aarch64", linux("aarch64")),
    "Windows": ("win32", "AMD64", ["win_amd64"]),
    "macOS 11 on Apple silicon": ("darwin", "arm64", [*tags.mac_platforms((11, 0), "arm64")]),
    "macOS 11 on Intel": ("darwin", "x86_64", [*tags.mac_platforms((11, 0), "x86_64")]),
}


def uv(*arguments: object) -> subprocess.CompletedProcess[str]:
    """Run uv on the project, without a network."""
    command = [sys.executable, "-m", "uv", *map(str, arguments), "--offline"]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120)


@cache
def locked() -> dict[str, dict[str, Any]]:
    """Return the packages of uv.lock by name; a package that is there twice is a failure."""
    packages = tomllib.loads((ROOT / "uv.lock").read_text(encoding="utf-8"))["package"]
    names = [package["name"] for package in packages]
    assert len(names) == len(set(names))
    return {package["name"]: package for package in packages if "registry" in package["source"]}


def pins(name: str) -> dict[str, tuple[str, str]]:
    """Return the pins of an exported file: version and marker by name."""
    text = (ROOT / name).read_text(encoding="utf-8")
    found = re.findall(r"^([\w.-]+)==(\S+)(?: ; (.*?))? \\$", text, re.MULTILINE)
    return {package: (version, marker) for package, version, marker in found}


def test_the_lock_is_of_what_is_declared() -> None:
    result = uv("lock", "--check")
    assert result.returncode == 0, result.stderr


@pytest.mark.parametrize(
    ("name", "options"),
    [("requirements.txt", ["--no-default-groups"]), ("requirements-dev.txt", ["--all-extras"])],
)
def test_a_requirement_file_is_the_export_of_the_lock(name: str, options: list[str]) -> None:
    result = uv("export", "--frozen", *options, "--no-emit-project")
    assert result.returncode == 0, result.stderr
    text = (ROOT / name).read_text(encoding="utf-8")
    assert body(text) == body(result.stdout), f"Renew it: see CONTRIBUTING.md ({name})"


def body(text: str) -> str:
    """Return an exported file without its heading, which quotes the command."""
    return re.sub(r"\A(#.*\n)+", "", text)


def test_who_tests_has_what_running_needs() -> None:
    running, testing = pins("requirements.txt"), pins("requirements-dev.txt")
    for name, (version, _) in running.items():  # markers may be wider there
        assert testing[name][0] == version, name


def test_every_requirement_is_declared_with_its_reason() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    declared = PROJECT["project"]["dependencies"]
    for group in PROJECT["project"]["optional-dependencies"].values():
        declared = declared + group
    for group in ("dev", "browser"):
        declared = declared + [
            each for each in PROJECT["dependency-groups"][group] if isinstance(each, str)
        ]
    assert len(declared) > 15
    for requirement in declared:
        assert re.search(rf'^  "{re.escape(requirement)}", +# \w', text, re.MULTILINE), requirement


@pytest.mark.parametrize("python", PYTHONS, ids=lambda version: f"Python 3.{version[1]}")
@pytest.mark.parametrize("system", SYSTEMS)
def test_everything_has_a_wheel(system: str, python: tuple[int, int]) -> None:
    platform, machine, platforms = SYSTEMS[system]
    environment = {
        "sys_platform": platform,
        "platform_machine": machine,
        "os_name": "nt" if platform == "win32" else "posix",
        "python_full_version": f"3.{python[1]}.2",
        "implementation_name": "cpython",
        "platform_python_implementation": "CPython",
    }
    supported = {*tags.cpython_tags(python, platforms=platforms)}
    supported |= {*tags.compatible_tags(python, f"cp3{python[1]}", platforms)}
    for name, (_, marker) in pins("requirements-dev.txt").items():
        if not marker or Marker(marker).evaluate(environment):
            files = [wheel["url"].rpartition("/")[2] for wheel in locked()[name]["wheels"]]
            wheels = {tag for file in files for tag in parse_wheel_filename(file)[3]}
            assert wheels & supported, f"{name} has no wheel for it"
