"""What students receive holds no answer: every file of every release, against every answer."""

import inspect
import json
import re
import shutil
from pathlib import Path

import nbformat
import pytest

from autograder import registry
from autograder.authoring.build import CHECKS
from autograder.authoring.carrying import MAX_CARRIED, carry
from autograder.authoring.rule_modules import released_rules
from autograder.cases import PUBLIC_SEED, make_cases
from autograder.submission.rebuild import rebuild
from course import ROOT
from tests.conftest import released
from tests.leaks import answers_under_other_names, files, lines_of_answers, markers, strings

pytestmark = pytest.mark.system

PS2 = "ps2_loss_at_init"
BUILT = sorted(path.name for path in (ROOT / "source").iterdir() if path.is_dir())
USUAL = (PS2, "ps4_char_rnn")  # without data and with; the others are like one of them


def param(name):
    """Return an assignment as a parameter: its tests go to one process, most in --all only."""
    marks = [pytest.mark.xdist_group(f"release {name}")]
    return pytest.param(name, marks=marks if name in USUAL else [*marks, pytest.mark.thorough])


@pytest.fixture(
    scope="module",
    params=[param(name) for name in BUILT],
)
def release(request, course_with):
    """Return the assignment and its released folder, for each assignment."""
    return request.param, course_with(request.param).folder / "release" / request.param


def test_a_release_holds_what_it_should_and_nothing_else(release):
    assignment, folder = release
    declared = registry.load(assignment)
    made = {"checks/cases.json", "checks/texts.json"}
    expected = {f"{declared.notebook}.ipynb", *made, *declared.data}
    rules = released_rules(declared)
    expected |= {f"checks/{path.name}" for path in CHECKS.glob("*.py")}
    expected |= {f"checks/{name}" for name in rules}
    notebook = f"{declared.notebook}.ipynb"
    carries = {f"{notebook}/{name}": name for name in expected - {notebook}}
    found = files(folder)
    assert set(found) == expected | set(carries)
    assert all(found[inside] == found[beside] for inside, beside in carries.items())
    for path in CHECKS.glob("*.py"):
        assert (folder / "checks" / path.name).read_text() == path.read_text()
    for name, content in rules.items():
        assert (folder / "checks" / name).read_text() == content


def test_a_grading_sees_the_notebook_without_what_it_carries(release):
    assignment, folder = release
    notebook = f"{registry.load(assignment).notebook}.ipynb"
    cells = nbformat.read(folder / notebook, 4).cells
    assert sum("bring_checks" in cell.source for cell in cells) == 1
    assert max(len(cell.source) for cell in cells) <= MAX_CARRIED
    rebuilt = rebuild(released(assignment), folder, notebook, limit=10**7)
    handed_out = [cell.source for cell in released(assignment).cells]
    assert [cell.source for cell in rebuilt.notebook.cells] == handed_out
    assert rebuilt.repairs == [] and not rebuilt.not_gradable


SEARCHES = [markers, lines_of_answers, answers_under_other_names]


@pytest.mark.parametrize("search", SEARCHES)
def test_no_answer(release, search):
    assert search(*release) == []


LEAK = """
def softmax(logits):
    largest = logits.max(axis=0)           # (m,)
    exponentials = np.exp(logits - largest)
    return exponentials / exponentials.sum(axis=0)
"""
RENAMED = """
class Helper:
    def compute(self, a):
        b = a.max(axis=0)
        c = np.exp(a - b)
        return c / c.sum(axis=0)
"""


NOTEBOOK, MODULE, CASES = "loss_at_init.ipynb", "checks/wire.py", "checks/cases.json"
CARRIED = f"{NOTEBOOK}/{MODULE}"


@pytest.mark.xdist_group(f"release {PS2}")
@pytest.mark.parametrize(
    ("search", "leak", "path"),
    [
        *((markers, "# ### begin solution", path) for path in (NOTEBOOK, MODULE, CASES, CARRIED)),
        *((lines_of_answers, LEAK, path) for path in (NOTEBOOK, MODULE, CASES, CARRIED)),
        *((answers_under_other_names, RENAMED, path) for path in (NOTEBOOK, MODULE, CARRIED)),
    ],
)
def test_a_planted_answer_is_found(course_with, tmp_path, search, leak, path):
    """What searches for leaks is itself tried on leaks."""
    folder = shutil.copytree(course_with(PS2).folder / "release" / PS2, tmp_path / "release")
    plant(folder / path, leak)
    assert search(PS2, folder) == [path]


def plant(path, leak):
    """Put a leak into a file of a release, or into one that a notebook carries."""
    if not path.exists():
        plant(path.parents[1].parent / MODULE, leak)
        notebook = nbformat.read(path.parents[1], 4)
        carry(notebook, path.parents[1].parent, ())
        nbformat.write(notebook, path.parents[1])
        shutil.rmtree(path.parents[1].parent / "checks")
    elif path.suffix == ".ipynb":
        notebook = nbformat.read(path, 4)
        notebook.cells.append(nbformat.v4.new_code_cell(leak))
        nbformat.write(notebook, path)
    elif path.suffix == ".json":
        content = json.loads(path.read_text())
        path.write_text(json.dumps(content | {"leak": json.dumps([leak])}))
    else:
        path.write_text(path.read_text() + leak)


@pytest.mark.parametrize("search", SEARCHES[1:])
def test_an_answer_in_a_rule_module_is_found(tmp_path, search):
    """A rule module is no answer, and nothing in it is thereby in the open."""
    assignment, [name] = "ps1_initialization", registry.load("ps1_initialization").rules
    path = shutil.copy(ROOT / "course" / assignment / f"{name}.py", tmp_path)
    assert search(assignment, tmp_path) == []
    reference = registry.exercises(assignment)["plot_cost"].solution
    plant(Path(path), inspect.getsource(reference))
    assert search(assignment, tmp_path) == [f"{name}.py"]


def test_no_code_among_the_cases(release):
    content = (release[1] / "checks" / "cases.json").read_text()
    assert not re.search(
        r"\bdef \w+\(|\blambda\b|\bimport \w", "\n".join(strings(json.loads(content)))
    )


def test_no_hidden_case(release):
    """Labels tell: those of hidden cases alone must not be in the open."""
    assignment, folder = release
    listed = json.loads((folder / "checks" / "cases.json").read_text())["exercises"]
    for exercise in registry.exercises(assignment).values():
        labels = [
            {case.label for case in make_cases(exercise, PUBLIC_SEED, public=public_only)}
            for public_only in (True, False)
        ]
        for label in labels[1] - labels[0]:
            assert label not in strings(listed[exercise.name]), (exercise.name, label)


def test_nothing_of_this_machine_and_no_outputs(release):
    for path, content in files(release[1]).items():
        for place in (str(ROOT), str(Path.home()), "/tmp/", "/home/", "/Users/", "C:\\"):
            assert place not in content, (path, place)
        assert "import autograder" not in content and "from autograder" not in content
        if path.endswith(".ipynb"):
            cells = nbformat.reads(content, 4).cells
            assert not any(cell.get("outputs") or cell.get("execution_count") for cell in cells)
