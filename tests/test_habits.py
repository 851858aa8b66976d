"""The habits of the project, run as tests: style, types, imports, what a commit must not bring."""

import subprocess
import sys
from pathlib import Path

import pytest

from course import ROOT

COMMANDS = {
    "style": ["ruff", "check"],
    "layout": ["ruff", "format", "--check"],
    "types": ["mypy"],
    "imports": ["lint-imports"],
}


@pytest.mark.parametrize(
    "name", ["style", "layout", "imports", pytest.param("types", marks=pytest.mark.slow)]
)
def test_the_code_keeps_to(name: str) -> None:
    program, *options = COMMANDS[name]
    command = [str(Path(sys.executable).with_name(program)), *options]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=900)
    assert result.returncode == 0, result.stdout + result.stderr


def test_the_changelog_knows_the_version() -> None:
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    version = project.partition('\nversion = "')[2].partition('"')[0]
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert version and f"\n## {version} - " in changes
