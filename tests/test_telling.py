"""What verbs print for programs: figures as JSON alone on standard output; no unwanted colours."""

import json
import re

import pytest
from nbgrader.apps import NbGrader
from traitlets.config import Config
from typer.testing import CliRunner

from autograder import commands
from autograder.authoring import review
from autograder.authoring.mutants import running
from autograder.authoring.mutants.equivalents import COLUMNS
from autograder.authoring.mutants.judging import Base, Fate
from autograder.authoring.mutants.making import Mutant
from autograder.gradebook.install import propose
from bench import _outcome
from course import lesson_release, usage
from course.__main__ import app
from course.demo import run as demo

PS3 = "ps3_smoothed_loss"
# They print no figures: they make or open something, or are a program's own.
WITHOUT = {"build", "bring-back", "result", "test", "lab", "lessons", "site", "book"}


def invoke(*arguments):
    done = CliRunner().invoke(app, [*arguments, "--json"])
    return done.exit_code, json.loads(done.stdout), done.stderr


def test_every_verb_that_prints_figures_prints_them_for_programs():
    usages = usage.FILE.read_text(encoding="utf-8").split("\n\n\n")
    found = {re.search(r"course.py (\S+)", each)[1] for each in usages if "  --json" not in each}
    assert found == WITHOUT


def test_a_check_names_what_it_found(monkeypatch):
    monkeypatch.setattr(review, "check", lambda *_: ["a: wrong"])
    assert invoke("check", PS3)[:2] == (
        1,
        {"assignment": PS3, "passes": False, "found": ["a: wrong"]},
    )


def test_mutants_are_counted_and_survivors_named(monkeypatch):
    base, mutant = Base(PS3, "smooth", "loops"), Mutant("number", "1 -> 2", "")
    fates = [
        Fate(base, mutant),
        Fate(base, mutant, "public", "a"),
        Fate(base, mutant, "hidden", "b"),
    ]
    monkeypatch.setattr(running, "in_parallel", lambda *_: [fates])
    code, figures, _ = invoke("mutants", PS3)
    assert (
        code == 1 and figures["mutants"] == 3 and figures["noticed"] == {"public": 1, "hidden": 1}
    )
    (survivor,) = figures["survivors"]
    assert survivor == dict(zip(COLUMNS, (PS3, "smooth", "loops", "1 -> 2")))
    monkeypatch.setattr(running, "in_parallel", lambda *_: [(2, ["smooth: refused"])])
    code, figures, _ = invoke("mutants", PS3, "--right-answers", "5")
    assert (code, figures) == (1, {"judged": 2, "seeds": 5, "refused": ["smooth: refused"]})


def test_the_words_of_the_demo_are_kept_apart(monkeypatch, tmp_path):
    monkeypatch.setattr(demo, "make", lambda *_: print("nbgrader autograde ...") or tmp_path)
    monkeypatch.setattr(demo, "show", lambda *asked: print(json.dumps(asked[2])))
    code, figures, words = invoke("demo")
    assert (code, figures) == (0, True) and "nbgrader autograde ..." in words


@pytest.mark.parametrize("short", [[], ["it took 70 s; under 60 s is promised."]])
def test_a_promise_that_is_not_reached_is_a_sentence_and_an_exit_code(monkeypatch, capsys, short):
    def measure():
        print("70 s")
        return _outcome.Outcome([{"wall_s": 70.0}], short)

    said = "".join(f"Not reached: {each}\n" for each in short)
    code = 3 if short else 0  # as the usage of `bench` says
    for arguments, out, err in (
        ([], f"70 s\n{said}", ""),
        (["--json"], None, f"70 s\n{said}"),
    ):
        monkeypatch.setattr("sys.argv", ["bench", *arguments])
        assert _outcome.finish("lessons", measure) == code
        told = capsys.readouterr()
        assert told.err == err and (out is None or told.out == out)
    figures = {"measurement": "lessons", "rows": [{"wall_s": 70.0}], "not_reached": short}
    assert json.loads(told.out) == figures


@pytest.mark.parametrize("wish", ["", "1"])
def test_a_log_has_no_colours_where_none_are_wanted(monkeypatch, tmp_path, wish):
    monkeypatch.setenv("NO_COLOR", wish)
    config = Config()
    propose(config, str(tmp_path), "nn")
    assert ("color" in NbGrader(config=config).log_format) is not bool(wish)
    asked = []
    monkeypatch.setattr(commands, "run", lambda *arguments: asked.extend(map(str, arguments)))
    monkeypatch.setattr(lesson_release, "make", list)
    assert CliRunner().invoke(app, ["lab"]).exit_code == 0
    formats = [each for each in asked if "log_format" in each]
    assert len(formats) == bool(wish) and not any("color" in each for each in formats)
