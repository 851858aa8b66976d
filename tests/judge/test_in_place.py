"""Notebooks whose test cells are run where they stand: what is scored, and what is shown."""

import json

import nbformat
import pytest
from traitlets.config import Config

from autograder.checks.states import State
from autograder.judge.case_sets import CaseSets
from autograder.judge.grade import verdict_on
from autograder.judge.request import Request
from autograder.judge.run import PARCEL
from autograder.sandbox.limits import Limits
from autograder.submission.master import Notebooks, as_recorded, stripped
from tests.foreign.homework import marked

pytestmark = pytest.mark.system

HIDDEN = "### BEGIN HIDDEN TESTS\n{}\n### END HIDDEN TESTS"


def answer(source, name="f"):
    """Return an answer cell."""
    return marked("code", source, name, solution=True)


def cell(source, name="test_f", points=2):
    """Return a test cell."""
    return marked("code", source, name, points, grade=True, locked=True)


@pytest.fixture
def judged(sandbox, tmp_path):
    """Return what judges the cells of a master, with its answers or with others handed in."""

    def judge(*cells, metadata=None, data=b"", **answers):
        master = nbformat.v4.new_notebook(cells=list(cells), metadata=metadata or {})
        both = Notebooks(master, stripped(master, Config()))
        handed = nbformat.from_dict(both.student)
        for each in handed.cells:
            each.source = answers.get(
                each.metadata.get("nbgrader", {}).get("grade_id"), each.source
            )
        source, folder = tmp_path / "source" / "work.ipynb", tmp_path / "submitted"
        for place in (source.parent, folder):
            place.mkdir()
        (source.parent / "data.bin").write_bytes(data)
        nbformat.write(handed, folder / source.name)
        nbformat.write(master, source)
        return verdict_on(Request(folder, source, both, "work", 1), sandbox, CaseSets("work", 1))

    return judge


@pytest.mark.parametrize(
    "flood",
    [
        "print('x' * 5_000_000)",
        "[display(i) for i in range(500)]",
        "[print(i) for i in range(90000)]",
    ],
)
def test_a_flood_of_output_hides_neither_error_nor_points(judged, flood):
    cells = (cell("f()\nassert False"), cell("f()\n1", "test_g"))
    verdict = judged(answer(""), *cells, f=f"def f():\n    {flood}")
    assert {name: each.points for name, each in verdict.exercises.items()} == {
        "test_f": 0,
        "test_g": 1,
    }


def test_what_one_hidden_test_defines_the_next_cell_has(judged):
    first = cell("assert f(1) == 1\n" + HIDDEN.format("def agrees(x):\n    return f(x) == x"))
    verdict = judged(answer(""), first, cell("assert agrees(7)", "test_g"), f="f = abs")
    assert [each.state for each in verdict.exercises.values()] == [State.PASSED] * 2


def test_the_text_of_a_hidden_test_and_its_error_are_on_no_page(judged):
    hidden = HIDDEN.format("secret = 4711\nassert f(secret) == 1, f'it is {secret}'")
    partial = cell("p = 1\n" + HIDDEN.format("p += f(815)") + "\np", "test_g")
    verdict = judged(answer(""), cell(hidden), partial, f="def f(x):\n    print(x)\n    return 0")
    assert verdict.exercises["test_f"].points == 0 and verdict.exercises["test_g"].points == 1
    shown = json.dumps([verdict.notebook, verdict.exercises["test_f"].message])
    assert not any(word in shown for word in ("4711", "secret", "815"))


def test_a_course_may_have_its_own_check(judged):
    own = cell("def check(x, y):\n    assert x == y\n\ncheck(f(2), 4)\ncheck(f(3), 6)")
    assert judged(answer(""), own, f="def f(x):\n    return 4").exercises["test_f"].points == 0


def test_all_the_authors_cells_are_run(judged):
    first = nbformat.v4.new_code_cell("unused = open('x.txt', 'w').write('seen')")
    test = cell("assert open('x.txt').read() == 'seen'")
    assert judged(answer(""), first, test, f="f = 1").exercises["test_f"].points == 2


def test_a_module_that_is_not_there_is_named(judged):
    missing = "import no_such_module\n\ndef f():\n    return 1"
    verdict = judged(answer(""), cell("assert f() == 1"), f=missing)
    said = verdict.exercises["test_f"].message
    assert "NameError" in said and "The module no_such_module is not there" in said


def test_large_files_of_an_assignment_travel_in_pieces(judged):
    size = 2 * PARCEL + 7
    test = cell(f"assert open('data.bin', 'rb').read() == bytes(range(256)) * {size // 256}")
    verdict = judged(answer(""), test, data=bytes(range(256)) * (size // 256), f="f = 1")
    assert verdict.exercises["test_f"].points == 2


def test_files_above_the_limits_are_the_authors_to_mend(judged):
    verdict = judged(answer(""), cell("assert f"), data=bytes(Limits().file_bytes + 1), f="f = 1")
    assert "data.bin has 16,777,217 bytes" in verdict.not_gradable
    assert verdict.exercises["test_f"].state == State.NOT_GRADABLE


KERNELS = [
    ({"kernelspec": {"name": "ir", "display_name": "R", "language": "R"}}, "R"),
    ({"language_info": {"name": "julia"}}, "julia"),
    ({"kernelspec": {"name": "julia-1.11", "display_name": "Julia 1.11"}}, "Julia"),
]


@pytest.mark.parametrize("metadata, language", KERNELS)
def test_another_language_is_refused_by_its_name(judged, metadata, language):
    verdict = judged(answer(""), cell("assert f == 1"), metadata=metadata, f="f = 1")
    assert verdict.not_gradable == f"its kernel is for {language}; only Python is graded"
    assert verdict.exercises["test_f"].state == State.NOT_GRADABLE


def test_what_nbgrader_recorded_takes_the_place_of_what_the_source_says(tmp_path):
    path = tmp_path / "work.ipynb"
    cells = [answer("#+\nf = 1\n#-"), cell("### AUTOTEST f"), nbformat.v4.new_code_cell("f")]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), path)
    nbformat.write(
        nbformat.v4.new_notebook(cells=[answer("import os", "top")]), tmp_path / "h.ipynb"
    )
    config = Config()
    config.ClearSolutions.begin_solution_delimeter = "#+"
    config.ClearSolutions.end_solution_delimeter = "#-"
    config.ClearHiddenTests.begin_test_delimeter = "HIDE"
    config.ClearHiddenTests.end_test_delimeter = "SHOW"
    config.IncludeHeaderFooter.header = "h.ipynb"
    texts = {"f": "# fill in", "test_f": "assert f == 1\n# HIDE\nassert f\n# SHOW"}
    both = as_recorded(path, texts, config, tmp_path)
    assert [each.source for each in both.instructor.cells[2:]] == [texts["test_f"], "f"]
    assert [each.source for each in both.student.cells[1:]] == ["# fill in", "assert f == 1", "f"]
    assert both.student.cells[0].source.startswith("# YOUR CODE HERE")
