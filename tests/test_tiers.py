"""The tiers of tests: what each takes, and what is told of what is not tested."""

import sys
from types import SimpleNamespace

import pytest
from typer.testing import CliRunner

from course.__main__ import app
from tests import tiers

pytest_plugins = "pytester"

TESTS = """
import pytest

def test_plain():
    pass

@pytest.mark.system
def test_system():
    pass

@pytest.mark.slow
def test_slow():
    pass

@pytest.mark.browser
def test_browser():
    pass
"""
CONFIGURATION = """
[pytest]
testpaths = .
markers =
    system: one
    slow: another
    browser: a third
"""
NOT_TESTED = "Not tested: pages in a browser (chromium is missing). To test them: sudo apt-get *"


@pytest.fixture
def run(pytester):
    """Return what runs four tests, one of each kind."""
    pytester.makepyfile(test_kinds=TESTS)
    pytester.makeini(CONFIGURATION)
    return lambda *options: pytester.runpytest_inprocess(
        "-p", "tests.tiers", "-p", "no:xdist", *options
    )


@pytest.fixture
def without_chromium(monkeypatch):
    """Hide Chromium."""
    monkeypatch.setattr(tiers.shutil, "which", lambda name: None)


@pytest.mark.parametrize(
    ("options", "passed"),
    [
        (["--tier", "quick"], 1),
        ([], 2),
        (["--tier", "all"], 4),
        (["test_kinds.py"], 4),
        (["--tier", "quick", "test_kinds.py"], 1),
        (["-m", "slow"], 1),
    ],
)
def test_a_tier_leaves_out_and_what_is_named_is_run(run, monkeypatch, options, passed):
    monkeypatch.setattr(tiers, "NEEDS", ())
    run(*options).assert_outcomes(passed=passed, deselected=4 - passed)


def test_what_is_left_out_is_told_at_the_top_and_at_the_end(run):
    lines = run().outlines
    told = [number for number, line in enumerate(lines) if line.startswith("Not in this run: ")]
    result = next(number for number, line in enumerate(lines) if line.startswith("test_kinds.py"))
    assert len(told) == 2 and told[0] < result < told[1]
    assert "course.py test --all" in lines[told[0]]


def test_what_a_missing_program_keeps_from_being_tested_is_told(run, without_chromium):
    result = run("--tier", "all", "-ra")
    result.assert_outcomes(passed=3, skipped=1)
    result.stdout.fnmatch_lines([NOT_TESTED, "*chromium is missing", NOT_TESTED])


def test_a_run_that_may_leave_nothing_out_does_not_begin(run, without_chromium):
    result = run("--tier", "all", "--no-missing")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["*Cannot test pages in a browser*apt-get install chromium"])


@pytest.mark.parametrize(
    ("words", "options"),
    [
        ([], []),
        (["--quick"], ["--tier", "quick"]),
        (["--all", "-x"], ["--tier", "all", "--cov", "-x"]),
        (["tests/judge", "-k", "x", "-n0"], ["tests/judge", "-k", "x", "-n0"]),
    ],
)
def test_the_verb_hands_its_options_on(monkeypatch, words, options):
    given = []
    monkeypatch.setattr(pytest, "main", lambda arguments: given.extend(arguments) or 5)
    assert CliRunner().invoke(app, ["test", *words]).exit_code == 5
    assert given[4:] == options


def test_two_tiers_at_once_are_refused():
    result = CliRunner().invoke(app, ["test", "--quick", "--all"])
    assert result.exit_code == 1 and "Choose --quick or --all." in result.output


@pytest.mark.parametrize(("marker", "is_counted"), [("slow", False), ("hub", True)])
def test_lines_are_counted_but_of_long_tests(marker, is_counted):
    item = SimpleNamespace(get_closest_marker={marker: True}.get)
    before = sys.gettrace()
    sys.settrace(tracer := lambda *_: None)
    try:
        call = tiers.pytest_runtest_call(item)
        next(call)
        during = sys.gettrace()
        with pytest.raises(StopIteration, match="done"):
            call.send("done")
        after = sys.gettrace()
    finally:
        sys.settrace(before)
    assert (during is tracer, after is tracer) == (is_counted, True)
