"""A `check` cell is recognised by what it says, not by how it is laid out."""

import nbformat
import pytest

from autograder.submission.test_cells import (
    Check,
    Ordinary,
    TestCellError,
    imports_check,
    parse,
    waits,
)


def cell(source):
    made = nbformat.v4.new_code_cell(source)
    made.metadata["nbgrader"] = {"grade_id": "test_softmax", "grade": True, "points": 3}
    return made


@pytest.mark.parametrize(
    "source",
    [
        'check("softmax", softmax)',
        "check('softmax', softmax)  # three points",
        'check("softmax", softmax);',
        'check("softmax", function=softmax)',
        'check(function=softmax, name="softmax")',
        '# below your answer\n\ncheck(\n    "softmax",\n    softmax,\n)\n# done',
    ],
)
def test_a_check_is_recognised_however_it_is_written(source):
    assert parse(cell(source), source) == Check("softmax", "softmax")


def test_the_function_may_be_any_expression():
    source = 'check("softmax", Model().softmax)'
    assert parse(cell(source), source) == Check("softmax", "Model().softmax")


@pytest.mark.parametrize(
    "source",
    [
        "assert softmax(x).sum() == 1",
        "%timeit softmax(x)",
        "await ready()\nassert softmax(x) is not None",
        "checked = 3\nchecked",
        "model.check('softmax', softmax)",
        "softmax(",
        "# check('softmax', softmax)",
        "",
    ],
)
def test_anything_else_is_an_ordinary_test(source):
    assert parse(cell(source), source) == Ordinary(source, source)


def test_hidden_tests_are_what_students_do_not_see():
    test = parse(cell("assert f(1) == 2\nassert f(2) == 3"), "assert f(1) == 2")
    assert test.has_hidden_tests
    assert not parse(cell("assert f(1) == 2"), "assert f(1) == 2").has_hidden_tests


@pytest.mark.parametrize(
    "source",
    [
        'check("softmax", softmax)\nassert softmax is not None',
        'if True:\n    check("softmax", softmax)',
        'result = check("softmax", softmax)',
        'check("softmax", softmax); check("entropy", entropy)',
        'print(check("softmax", softmax))',
        'check("softmax")',
        "check(softmax)",
        "check(name, softmax)",
        'check("softmax", *functions)',
        'check("softmax", softmax, 3)',
        'check("softmax", softmax, **more)',
    ],
)
def test_a_check_that_could_be_passed_by_chance_is_refused_with_its_cell(source):
    with pytest.raises(TestCellError, match="test_softmax"):
        parse(cell(source), source)


@pytest.mark.parametrize(
    "source, files, ours",
    [
        ("from checks import check, points", (), True),
        ("import numpy as np\nfrom checks import (\n    check,\n)", (), True),
        ("from checks import *", ("data.csv",), True),
        ("from checks import near", (), False),
        ("def check(x, y):\n    assert x == y", (), False),
        ("from checks import check", ("checks.py",), False),
        ("from checks import check", ("checks/__init__.py",), False),
    ],
)
def test_check_is_the_engines_where_a_notebook_imports_it(source, files, ours):
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source)])
    assert imports_check(notebook, files) == ours


@pytest.mark.parametrize(
    "source, waiting",
    [
        ("### AUTOTEST f(1)", True),
        ("assert f\n  # HASHED AUTOTEST f(2); f(3)", True),
        ("from hashlib import sha1\nassert str(f(1)) == '''2'''", False),
        ("AUTOTESTS = 1", False),
    ],
)
def test_what_nbgrader_has_yet_to_write_is_known(source, waiting):
    assert waits(source) == waiting
