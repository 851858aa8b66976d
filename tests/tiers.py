"""Which tests a run takes, in which order, and what this machine lacks for them.

A pytest plugin, loaded by the options in pyproject.toml. `course.py test` chooses the tier by
`--quick` or `--all`; plain `pytest` takes the usual one. Whoever names paths or `-m` gets what
they name, whatever its tier.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Generator
from dataclasses import dataclass
from glob import glob

import pytest

# The tests of a run share the cores between processes; more threads would only wait.
for _name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_name, "1")

# The markers that a tier leaves out, and what to call the tests behind them.
TIERS: dict[str, dict[str, str]] = {
    "quick": {
        "long": "answers that take long to judge",
        "thorough": "other seeds and sizes",
        "system": "gradings, nbgrader's commands, set-ups",
        "slow": "lessons and other long runs",
        "browser": "pages in a browser",
        "hub": "a department's hub",
        "postgresql": "a gradebook on a server",
        "nightly": "the same in more ways, at night",
    },
    "usual": {
        "thorough": "other seeds and sizes",
        "slow": "lessons and other long runs",
        "browser": "pages in a browser",
        "hub": "a department's hub",
        "postgresql": "a gradebook on a server",
        "nightly": "the same in more ways, at night",
    },
    "all": {"nightly": "the same in more ways, at night"},
    "nightly": {},
}
# What takes longest begins first, so that no worker waits for another at the end.
LONGEST_FIRST = ("slow", "browser", "system")
# No lines are counted while they run, which takes twice the time: what they reach others reach
# too, or it runs in programs of their own.
UNCOUNTED = ("uncounted", "long", "thorough", "slow", "browser", "postgresql", "system")


def chromium() -> str | None:
    """Return the path of the installed Chromium."""
    return shutil.which("chromium") or shutil.which("chromium-browser")


def postgresql() -> str | None:
    """Return the path of what makes a PostgreSQL server's folder; Debian has it beside PATH."""
    beside = sorted(glob("/usr/lib/postgresql/*/bin/initdb"))
    return shutil.which("initdb") or (beside[-1] if beside else None)


def npm() -> str | None:
    """Return the path of the installer of a hub's proxy."""
    return shutil.which("npm")


def bubblewrap() -> bool:
    """Tell whether bubblewrap is installed and allowed to work here."""
    command = ["bwrap", "--dev-bind", "/", "/", "true"]
    return bool(shutil.which("bwrap")) and not subprocess.call(command, stderr=subprocess.DEVNULL)


@dataclass(frozen=True)
class Need:
    """What the tests behind a marker need of the machine, beyond the Python environment."""

    marker: str
    tests: str
    program: str
    remedy: str
    present: Callable[[], object]

    def __str__(self) -> str:
        return f"{self.tests} ({self.program} is missing). To test them: {self.remedy}"


NEEDS = (
    Need(
        "browser",
        "pages in a browser",
        "chromium",
        "sudo apt-get install chromium",
        chromium,
    ),
    Need(
        "hub",
        "a department's hub",
        "npm",
        "sudo apt-get install npm",
        npm,
    ),
    Need(
        "bubblewrap",
        "what only bubblewrap does",
        "bubblewrap",
        "sudo apt-get install bubblewrap",
        bubblewrap,
    ),
    Need(
        "postgresql",
        "a gradebook on a server",
        "postgresql",
        "sudo apt-get install postgresql",
        postgresql,
    ),
)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options of a run."""
    group = parser.getgroup("course")
    group.addoption("--tier", choices=TIERS, help="which tests; by default the usual ones")
    group.addoption(
        "--no-missing", action="store_true", help="refuse to run where something is missing"
    )


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Decide on the tier, here for the workers too."""
    option = config.option
    by_name = config.args_source is config.ArgsSource.ARGS or option.markexpr
    option.tier = option.tier or ("all" if by_name else "usual")
    if option.no_missing and missing(option.tier):
        raise pytest.UsageError("\n".join(f"Cannot test {need}" for need in missing(option.tier)))


def missing(tier: str) -> list[Need]:
    """Return what this machine lacks for the tests of a tier."""
    return [need for need in NEEDS if need.marker not in TIERS[tier] and not need.present()]


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what is of another tier, skip what cannot be tested here, put long ones first."""
    left_out = TIERS[config.option.tier]
    out = [item for item in items if any(item.get_closest_marker(name) for name in left_out)]
    if out:
        config.hook.pytest_deselected(items=out)
    gone = {id(item) for item in out}
    items[:] = sorted((item for item in items if id(item) not in gone), key=_rank)
    exercises = _exercises()
    for item in items:
        # What an exercise's mistakes compute is known to the process that has computed it.
        if not item.get_closest_marker("xdist_group") and (name := _exercise(item, exercises)):
            item.add_marker(pytest.mark.xdist_group(name))
    for need in missing(config.option.tier):
        for item in items:
            if item.get_closest_marker(need.marker):
                item.add_marker(pytest.mark.skip(reason=f"{need.program} is missing"))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, object, object]:
    """Count no lines in tests that are not worth it.

    The mark of pytest-cov does the same, but each time it looks at all modules that are imported.
    """
    tracer = sys.gettrace()
    if tracer is None or not any(item.get_closest_marker(name) for name in UNCOUNTED):
        return (yield)
    sys.settrace(None)
    try:
        return (yield)
    finally:
        sys.settrace(tracer)


def _exercises() -> set[str]:
    """Return the names of all exercises of the course."""
    from autograder import registry  # not before its lines are counted

    return {name for each in registry.assignments() for name in registry.exercises(each)}


def _exercise(item: pytest.Item, known: set[str]) -> str | None:
    """Return the exercise that a test is about: by its file, or by one of its parameters."""
    callspec = getattr(item, "callspec", None)
    given = callspec.params.values() if callspec else ()
    names = [item.path.stem.removeprefix("test_"), *given]
    return next((name for name in names if isinstance(name, str) and name in known), None)


def _rank(item: pytest.Item) -> int:
    marked = (item.get_closest_marker(name) is not None for name in LONGEST_FIRST)
    return next((place for place, yes in enumerate(marked) if yes), len(LONGEST_FIRST))


def notes(config: pytest.Config) -> list[str]:
    """Return a line for all that the tier leaves out, and one for each missing program."""
    tier = config.option.tier
    lines = [f"Not tested: {need}" for need in missing(tier)]
    if TIERS[tier]:
        more = ", ".join(TIERS[tier].values())
        all_of_it = ".ci/nightly" if tier == "all" else "python3 course.py test --all"
        lines.append(f"Not in this run: {more}. To test them: {all_of_it}")
    return lines


def pytest_report_header(config: pytest.Config) -> list[str]:
    """Say at the top what is not tested."""
    return notes(config)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter,
) -> Generator[None, None, None]:
    """Say it again at the end, below pytest's own summary."""
    yield
    for line in notes(terminalreporter.config):
        terminalreporter.write_line(line)
