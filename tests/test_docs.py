"""The pages say what is there: commands, flags, links, files, limits, counts."""

import importlib
import re
import shlex
import struct

import nbformat
import numpy as np
import pytest
import typer
from nbgrader.apps.nbgraderapp import NbGraderApp
from traitlets.utils.importstring import import_item

from autograder import registry
from autograder.authoring import build, text
from autograder.authoring.answers import text_of
from autograder.cases import PUBLIC_SEED, make_cases
from autograder.checks import rules
from autograder.checks.judging import judge, local_caller
from autograder.gradebook.autograde import CourseAutograde
from autograder.sandbox.limits import Limits
from course import ROOT
from course.__main__ import app
from course.demo.answers import STYLES
from tests.course import test_exercises
from tests.course.independent import test_answers
from tests.course.judged import finding

PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
NAMES = [page.name for page in PAGES]
SECURITY = ROOT / "docs" / "security.md"

# Folders and files of this project. What a grading makes is not there before it.
OURS = ("autograder", "bench", "course", "data", "docs", "examples", "tests", "typings")
MADE = (
    "source",
    "release",
    "submitted",
    "verdicts",
    "autograded",
    "feedback",
    "exchange",
    "demo-class",
    "notebooks",
    "lessons",
    "site",
    "book",
    "checks",
)
# What a reader of the page for authors makes.
TO_BE_WRITTEN = (
    "course/ps2_loss_at_init/accuracy.py",
    "course/ps2_loss_at_init/test_accuracy.py",
    "course/ps6_evaluation",
)


def content(page):
    """Return a page without what it links to elsewhere: other projects have paths too."""
    return re.sub(r"\[[^\]]*\]\(https?:[^)]*\)", "", page.read_text(encoding="utf-8"))


def spans(page):
    """Return the pieces of code in a page: lines of blocks, and what stands in backticks."""
    written = content(page)
    blocks = re.findall(r"^```\w*\n(.*?)^```", written, re.M | re.S)
    inline = re.findall(r"`([^`]+)`", re.sub(r"^```.*?^```", "", written, flags=re.M | re.S))
    return [
        *(line for block in blocks for line in block.splitlines()),
        *(" ".join(each.split()) for each in inline),
    ]


def commands(start):
    """Return (page, command) for every command of a kind in the pages."""
    return [
        pytest.param(each, id=f"{page.name}-{each[:60]}")
        for page in PAGES
        for each in dict.fromkeys(spans(page))
        if re.match(rf"{start}\b", each)
    ]


@pytest.mark.parametrize("command", commands(r"python3 course\.py"))
def test_a_command_of_the_course_exists(command):
    words = shlex.split(command.partition(" | ")[0])[2:]
    verbs = typer.main.get_command(app).commands
    if not words:
        return
    assert words[0] in verbs
    verb = verbs[words[0]]
    known = {option for each in verb.params for option in each.opts} | {"--help"}
    passed_on = verb.context_settings.get("ignore_unknown_options", False)
    for word in words[1:]:
        assert not word.startswith("--") or passed_on or word.partition("=")[0] in known
    named = [word for word in words[1:] if not word.startswith("-")]
    for wanted, word in zip(
        [each for each in verb.params if not each.opts[0].startswith("-")], named
    ):
        _exists(wanted.name, word)


def _exists(argument, word):
    if argument == "assignment":
        assert word in registry.assignments()
    if argument == "notebook":
        assert (ROOT / word).exists()
    if argument == "which":
        assert (ROOT / "bench" / f"{word}.py").exists()


@pytest.mark.parametrize("command", commands("nbgrader"))
def test_a_command_of_nbgrader_exists(command):
    words = shlex.split(command)[1:]
    application = NbGraderApp()
    while application.subcommands:
        name = words.pop(0)
        assert name in application.subcommands
        kind = application.subcommands[name][0]
        application = (import_item(kind) if isinstance(kind, str) else kind)()
    for word in words:
        if word.startswith("--"):
            _check_flag(application, word.removeprefix("--").partition("=")[0])


def _check_flag(application, name):
    kind, _, trait = name.partition(".")
    if trait:
        classes = {each.__name__: each for each in (CourseAutograde, *application.classes)}
        assert trait in classes[kind].class_traits(config=True)
        return
    named = [*application.flags, *application.aliases]
    assert name in {each for key in named for each in ([key] if isinstance(key, str) else key)}


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_every_link_leads_somewhere(page):
    for target in re.findall(r"\]\(([^)\s]+)\)", page.read_text(encoding="utf-8")):
        if target.startswith("https://"):
            continue
        path, _, anchor = target.partition("#")
        file = (page.parent / path).resolve() if path else page
        assert file.is_relative_to(ROOT) and file.exists(), target
        assert not anchor or anchor in _anchors(file), target


def _anchors(page):
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.M)
    return {re.sub(r"[^\w -]", "", each).lower().replace(" ", "-") for each in headings}


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_every_path_that_is_named_exists(page):
    for span in spans(page):
        for word in re.findall(r"[\w.<>*/-]+", span):
            top = word.partition("/")[0]
            is_ours = (
                top in OURS
                and "/" in word
                or ("/" not in word and re.fullmatch(r"[\w.-]+\.(md|toml)", word))
            )
            if is_ours:
                if word.rstrip("/") in TO_BE_WRITTEN:
                    continue
                pattern = re.sub(r"<\w+>", "*", word.rstrip("./"))
                found = [*ROOT.glob(pattern), *(ROOT / "docs").glob(pattern)]
                assert found, f"{word} in {page.name}"


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_every_folder_that_is_named_is_one_of_the_projects(page):
    for span in spans(page):
        found = re.fullmatch(r"([\w-]+)/", span)
        assert not found or found[1] in (*OURS, *MADE), span


def rows(page):
    """Return the cells of every line of the tables in a page."""
    return [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in page.read_text(encoding="utf-8").splitlines()
        if line.startswith("|")
    ]


UNITS = {"": 1, "s": 1, "MB": 2**20}


def number(cell):
    """Return the value of a cell such as "20 s", "2,000" or "16 MB"."""
    value, _, unit = cell.partition(" ")
    return float(value.replace(",", "")) * UNITS[unit]


def limit_rows():
    """Return name and value of every limit in the page on security."""
    return {
        row[0].strip("`"): number(row[1])
        for row in rows(SECURITY)
        if re.fullmatch(r"`[\w.]+`", row[0]) and re.match(r"\d", row[1])
    }


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_every_test_that_is_named_exists(page):
    for path, name in re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", content(page)):
        assert f"def {name}(" in (ROOT / path).read_text(encoding="utf-8"), (path, name)


def test_every_promise_about_security_names_the_tests_that_show_it():
    promised = content(SECURITY).partition("## What is promised")[2].partition("\n## ")[0]
    promises = re.split(r"^\d+\. ", promised, flags=re.M)[1:]
    assert len(promises) == 7 and all("::test_" in each for each in promises)


def test_every_limit_is_documented_with_its_value():
    documented = {name: value for name, value in limit_rows().items() if "." not in name}
    assert documented == Limits().as_dict()


@pytest.mark.parametrize(
    "name, value", [(name, value) for name, value in limit_rows().items() if "." in name]
)
def test_every_bound_on_messages_and_files_has_its_value(name, value):
    folder = {"wire": "checks", "reading": "submission"}[name.partition(".")[0]]
    module = importlib.import_module(f"autograder.{folder}.{name.partition('.')[0]}")
    assert getattr(module, name.partition(".")[2]) == value


def test_every_limit_has_a_reason():
    for row in rows(SECURITY):
        if row[0].strip("`") in limit_rows():
            assert len(row[2]) > 10, row[0]


def overview():
    """Return the lessons of the table in README: title, minutes, assignment."""
    return [row for row in rows(ROOT / "README.md") if row[0][:1].isdigit()]


def test_the_overview_gives_the_minutes_that_the_lessons_give():
    said = [
        re.search(r"About (\d+) minutes", path.read_text(encoding="utf-8").replace("\n# ", " "))
        for path in sorted((ROOT / "course" / "lessons").glob("*.py"))
    ]
    assert [row[1] for row in overview()] == [each[1] for each in said]


def test_the_overview_names_assignments_that_there_are():
    assert {row[2].strip("`") for row in overview()} <= set(registry.assignments())


def test_pictures_are_small_and_described():
    for page in PAGES:
        for alt, path in re.findall(r"!\[([^\]]*)\]\(([^)]+)\)", page.read_text(encoding="utf-8")):
            picture = (page.parent / path).read_bytes()
            assert len(alt) > 40 and len(picture) < 150_000
            assert max(struct.unpack(">II", picture[16:24])) < 1500  # a PNG's width and height


def test_the_readme_needs_two_commands_for_all_set_up():
    start = re.search(r"^## Start\n(.*?)^## ", (ROOT / "README.md").read_text(), re.M | re.S)[1]
    blocks = re.findall(r"^```\n(.*?)^```", start, re.M | re.S)
    assert blocks == ["python3 course.py demo\npython3 course.py test\n"]


def test_what_names_students_stays_out_of_git_and_images():
    page = content(ROOT / "docs" / "instructors.md")
    named = {*re.findall(r"--to ([\w-]+\.\w+)", page), *re.findall(r"students ([\w-]+\.csv)", page)}
    assert {"grades.csv", "canvas.csv", "class-list.csv"} <= named
    folders = {"submitted/", "downloaded/", "feedback/", "mail/", "answers/", "verdicts/"}
    for file in (".gitignore", ".dockerignore"):
        ignored = (ROOT / file).read_text(encoding="utf-8").splitlines()
        assert {each.strip("/") for each in named | folders} <= {
            each.strip("/") for each in ignored
        }


NEW = "ps6_evaluation"  # the assignment of the page, with the exercise of the page


@pytest.fixture(scope="module")
def blocks():
    """Return the pieces of Python in the page for authors, by what they are."""
    page = (ROOT / "docs" / "authors.md").read_text(encoding="utf-8")
    found = re.findall(r"^```python\n(.*?)^```", page, re.M | re.S)
    names = ("exercise", "test", "cells", "rule", "by_hand", "package", "notebook")
    return dict(zip(names, found, strict=True))


@pytest.fixture(scope="module")
def example(blocks, tmp_path_factory):
    """Register a course of nothing but what the page for authors says; return its exercise."""
    start, found, end = blocks["notebook"].partition("# %% [markdown]\n# ## A question in words")
    files = {
        "__init__.py": blocks["package"],
        "accuracy.py": blocks["exercise"],
        "test_accuracy.py": blocks["test"],
        "notebook.py": f"{start}{blocks['cells']}\n{found}{end}",
    }
    root = tmp_path_factory.mktemp("authors")
    folder = root / "authors_course" / NEW
    folder.mkdir(parents=True)
    (root / "authors_course" / "__init__.py").touch()
    for name, content in files.items():
        (folder / name).write_text(content, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(root)
        patch.setenv(registry.VARIABLE, "authors_course")
        yield registry.load(NEW).exercises["accuracy"]


@pytest.mark.parametrize("seed", [PUBLIC_SEED, *range(20)])
def test_the_worked_example_works(example, seed):
    cases = make_cases(example, seed, public=seed == PUBLIC_SEED)
    for answer in example.right_answers:
        assert finding(NEW, "accuracy", text_of(example, answer), cases).state == "passed"
    for mistake in example.mistakes:
        found = finding(NEW, "accuracy", text_of(example, mistake.compute), cases)
        assert found.state == "failed" and mistake.phrase in found.message
        assert not mistake.message or found.mistake == mistake.id


def test_the_worked_example_has_what_the_tests_ask_of_an_exercise(example):
    test_exercises.test_there_are_enough_of_both(NEW, "accuracy")
    importlib.import_module(f"authors_course.{NEW}.test_accuracy").test_two_of_three()
    for answer in example.right_answers:
        assert test_answers.accepted(NEW, "accuracy", answer)
    for mistake in example.mistakes:
        assert not test_answers.accepted(NEW, "accuracy", mistake.compute)


def test_the_notebook_of_the_worked_example_is_built(example):
    source = registry.folder() / NEW / registry.TEXT
    notebook = nbformat.reads(build.rendered(source, NEW), as_version=4)
    assert text.to_text(notebook) == source.read_text(encoding="utf-8")
    assert "<!--points-->3<!--/points-->" in notebook.cells[0].source
    space = {"np": np}
    (cell,) = [each for each in notebook.cells if "### BEGIN SOLUTION" in each.source][:1]
    exec(cell.source, space)
    cases = make_cases(example, PUBLIC_SEED, public=True)
    assert judge("accuracy", cases, local_caller(space["accuracy"])).state == "passed"


def test_the_rule_on_the_page_is_the_one_that_is_tried(blocks):
    tried = ROOT / "tests" / "foreign" / "puzzles" / "ps1_numbers" / "any_order.py"
    assert blocks["rule"] == tried.read_text(encoding="utf-8")


def test_the_tests_by_hand_of_the_page_pass(example, blocks):
    exec(blocks["by_hand"], {"np": np, "accuracy": example.solution})


def test_the_message_of_the_worked_example_is_that_of_the_page(example):
    cases = make_cases(example, PUBLIC_SEED, public=True)
    count = next(each for each in example.mistakes if each.id == "count")
    said = judge("accuracy", cases, local_caller(count.compute)).message
    assert said in " ".join((ROOT / "docs" / "authors.md").read_text(encoding="utf-8").split())


def test_the_page_for_authors_names_what_the_tests_ask_for():
    page = (ROOT / "docs" / "authors.md").read_text(encoding="utf-8")
    for style in STYLES:
        assert f"`{style}`" in page
    named = re.findall(r"^\| `([A-Z]\w+)` \|", page, re.M)
    engine = {name for name, kind in rules.RULES.items() if kind.__module__ == rules.__name__}
    assert set(named) == engine
