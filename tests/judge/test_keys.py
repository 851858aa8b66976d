"""The key of a verdict changes with what decides it, and with nothing else."""

import random
import shutil
import sys
from dataclasses import replace

import pytest

from autograder import registry
from autograder.judge import keys
from autograder.judge.keys import COURSE_WORDS, key, modules, reached
from autograder.judge.meanings import digest, meaning
from autograder.judge.request import Request
from autograder.sandbox.limits import Limits
from autograder.submission.master import Notebooks
from tests.conftest import released, source_of
from tests.threats.declare import ASSIGNMENT, NOTEBOOK
from tests.threats.submissions.accidents import SUBMISSIONS

LOUD = next(each for each in SUBMISSIONS if each.name == "loud")


@pytest.fixture
def of(tmp_path):
    """Return what gives the key of a submission in this folder, changed in one thing or not."""
    place = tmp_path / "source" / NOTEBOOK
    place.parent.mkdir()
    shutil.copy(source_of(ASSIGNMENT), place)
    LOUD.write(tmp_path / "handed", released(ASSIGNMENT))
    handed_out = released(ASSIGNMENT)
    notebooks = Notebooks(handed_out, handed_out)
    usual = {
        "notebooks": notebooks,
        "assignment": ASSIGNMENT,
        "seed": 1,
    }

    def made(folder="handed", mode="landlock", **changed):
        return key(Request(tmp_path / folder, place, **{**usual, **changed}), mode)

    return made


def test_an_equal_submission_has_an_equal_key(of, tmp_path):
    LOUD.write(tmp_path / "again", released(ASSIGNMENT))
    assert of() == of("again")


@pytest.mark.parametrize(
    "changed",
    [
        {"seed": 2},
        {"limits": replace(Limits(), cell_seconds=3.0)},
        {"mode": "namespaces"},
        {"assignment": "ps1_initialization"},
    ],
    ids=lambda changed: next(iter(changed)),
)
def test_what_a_grading_is_asked_for_changes_it(of, changed):
    assert of(**changed) != of()


@pytest.mark.parametrize(
    "path, content",
    [
        ("handed/another.ipynb", "{}"),
        ("handed/" + NOTEBOOK, "{}"),
        ("source/data.csv", "1,2"),
        ("source/folder/helpers.py", "x = 1"),
    ],
)
def test_files_that_were_handed_in_or_lie_beside_the_notebook_change_it(
    of, tmp_path, path, content
):
    before = of()
    (tmp_path / path).parent.mkdir(exist_ok=True)
    (tmp_path / path).write_text(content)
    assert of() != before


def test_a_link_beside_the_notebook_changes_it(of, tmp_path):
    before = of()
    (tmp_path / "handed" / "link.ipynb").symlink_to("/etc/passwd")
    assert of() != before


def test_packages_that_the_answers_import_change_it_and_others_do_not(of, tmp_path, monkeypatch):
    known = {"scipy": "scipy 1", "pandas": "pandas 1"}
    monkeypatch.setattr(keys, "_packages", lambda: known)
    monkeypatch.setattr(keys, "_is_installed", known.__contains__)
    own = {"softmax": "from scipy.special import softmax"}
    replace(LOUD, answers=own).write(tmp_path / "scientific", released(ASSIGNMENT))
    loud, scientific = of(), of("scientific")
    known["pandas"] = "pandas 2"
    assert (of(), of("scientific")) == (loud, scientific)
    known["scipy"] = "scipy 2"
    assert of() == loud and of("scientific") != scientific


def test_what_is_installed_is_known_with_its_version():
    assert keys._versions({"pytest", "numpy", "json", "no_such_module", "a.b", ""}) == repr(
        [f"pytest {pytest.__version__}"]
    )


@pytest.mark.parametrize(
    "text, found",
    [
        ('"import scipy\\n", "x"', {"scipy"}),
        ('"from scipy.special import expit"', {"scipy"}),
        ('"import numpy as np, pandas"', {"numpy", "pandas"}),
        ('"importance"', set()),
    ],
)
def test_modules_are_found_in_the_text_of_a_notebook(text, found):
    assert modules(text.encode()) - {""} == found


MODULE = '''
"""A docstring."""

LIMIT = 3


def wrong(n):
    # why
    return f"expected {LIMIT} draws, got {n}." if n > LIMIT else "f"
'''


@pytest.mark.parametrize(
    "old, new, same",
    [
        ("# why", "# because", True),
        ("A docstring.", "Other words.", True),
        ("LIMIT = 3\n\n", "LIMIT  =  3\n", True),
        (" draws, got ", " draws; it was ", True),
        ("LIMIT = 3", "LIMIT = 4", False),
        ("n > LIMIT", "n >= LIMIT", False),
        ('else "f"', 'else "iu"', False),
    ],
)
def test_comments_and_words_of_the_engine_do_not_change_it(old, new, same):
    assert old in MODULE
    assert (meaning(MODULE, 1) == meaning(MODULE.replace(old, new), 1)) is same


def test_a_name_in_a_case_is_no_wording_and_a_mistakes_message_is():
    text = 'case("anna b")\nsays("Every letter comes equally often.")'
    assert meaning(text, COURSE_WORDS) != meaning(text.replace("anna b", "anna c"), COURSE_WORDS)
    assert meaning(text, COURSE_WORDS) == meaning(text.replace("often", "rarely"), COURSE_WORDS)


def test_the_engines_own_code_counts():
    assert keys.JUDGING.keys() == {"checks", "judge", "submission", "sandbox", "worker"}
    assert all((keys.AUTOGRADER / name).is_dir() for name in keys.JUDGING)


def test_what_is_remembered_of_a_module_is_forgotten_with_its_text(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    module = tmp_path / "module.py"
    module.write_text(MODULE)
    first = digest(tmp_path, [(module, 1)])
    assert [*tmp_path.glob("__pycache__/*.json")]
    assert digest(tmp_path, [(module, 1)]) == first
    module.write_text(MODULE + "\nmore = 1\n")
    assert digest(tmp_path, [(module, 1)]) != first
    module.write_text(MODULE + "\n# more\n")
    assert digest(tmp_path, [(module, 1)]) == first


def test_imports_are_those_that_the_expression_finds_alone():
    pieces = [b"import", b"from", b" ", b"\n", b".", b",", b"_", b"1", b"x", b"mport", b"i", b"\\n"]
    draw = random.Random(0)
    for _ in range(20_000):
        text = b"".join(draw.choices(pieces, k=10))
        assert [*keys._imported(text)] == keys.IMPORTED.findall(text)


def test_what_an_assignment_imports_of_the_course_counts_too(tmp_path):
    course = tmp_path / "lectures"
    texts = {
        "one/area.py": "import numpy\nfrom ..shared.sizes import side\nfrom .length import unit",
        "one/length.py": "from lectures.more import (\n    metres,\n    feet,\n)",
        "shared/sizes.py": "from . import walls\nfrom .. import top",
        "shared/walls.py": "from os.path import join",
        "more/__init__.py": "",
        "more/metres.py": "from elsewhere.more import inches",
        "more/inches.py": "",
        "top.py": "from .one.area import area",
        "other/area.py": "from ..shared.sizes import side",
    }
    for name, text in texts.items():
        (course / name).parent.mkdir(parents=True, exist_ok=True)
        (course / name).write_text(text)
    found = {str(each.relative_to(course)) for each in reached(course, [course / "one/area.py"])}
    assert found == texts.keys() - {"more/inches.py", "other/area.py"}


def test_the_course_of_this_project_is_followed():
    course = registry.folder()
    found = reached(course, (course / "ps4_char_rnn").glob("*.py"))
    assert course / "ps2_loss_at_init" / "softmax.py" in found


def test_what_is_imported_changes_the_key(monkeypatch):
    declared = keys._declared.__wrapped__  # without its memory
    before = declared("ps4_char_rnn")
    monkeypatch.setattr(keys, "reached", lambda course, own: set(own))
    assert declared("ps4_char_rnn") != before
